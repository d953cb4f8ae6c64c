// A map of circles (Dorling's cartogram): as near to where they lie as there is room, so that small economies can be
// seen and clicked, and no border is drawn.
const Dorling = (() => {
  'use strict';
  const WIDTH = 1000;
  const HEIGHT = 520;

  const known = new Map();  // where circles came to lie, by what they stand for: the same map again costs nothing

  function places(items, most) {
    const key = items.map((item) => `${item.country.index} ${item.chosen ? '' : item.value}`).join();
    if (!known.has(key)) {
      if (known.size >= 12) known.delete(known.keys().next().value);  // the oldest
      known.set(key, layout(items, most).map(({x, y, r}) => ({x, y, r})));
    }
    return known.get(key).map((place, at) => ({item: items[at], ...place}));
  }

  // Circles apart from each other, of radii in units of a map 1000 wide.
  function layout(items, most) {
    const everywhere = Object.values(COORDINATES).map(([latitude, longitude]) => [longitude, latitude]);
    const projection = d3.geoEqualEarth().rotate([-11, 0]).fitExtent(
        [[20, 45], [WIDTH - 20, HEIGHT - 30]], {type: 'MultiPoint', coordinates: everywhere});
    // All circles together cover a fifth of the map, but none is larger than a continent.
    const sum = d3.sum(items, (item) => Math.max(0, item.value)) || 1;
    const largest = Math.min(78, Math.sqrt(0.2 * WIDTH * HEIGHT / Math.PI * (most || 1) / sum));
    const scale = d3.scaleSqrt().domain([0, most || 1]).range([0, largest]);
    let nowhere = 0;
    const nodes = items.map((item) => {
      const home = item.country.place ? projection([item.country.place[1], item.country.place[0]]) :
                                        [40 + 22 * (nowhere % 8), HEIGHT - 40 + 22 * Math.floor(nowhere++ / 8)];
      // Never at the same place: D3 would draw lots between two that are, and the map would not be the same twice.
      return {
        item,
        home,
        x: home[0] + item.country.index * 1e-4,
        y: home[1] + item.country.index * 2e-4,
        r: item.chosen ? 6 : Math.max(3, scale(Math.max(0, item.value)))
      };
    });
    const force = d3.forceSimulation(nodes)
                      .force('x', d3.forceX((node) => node.home[0]).strength(0.35))
                      .force('y', d3.forceY((node) => node.home[1]).strength(0.35))
                      .force('apart', d3.forceCollide((node) => node.r + 0.8).iterations(3))
                      .stop();
    for (let step = 0; step < 80; ++step) force.tick();
    for (const node of nodes) {
      node.x = Math.max(node.r + 2, Math.min(WIDTH - node.r - 2, node.x));
      node.y = Math.max(node.r + 2, Math.min(HEIGHT - node.r - 2, node.y));
    }
    return nodes;
  }

  // items: {country, value, shade (0 to 1, null = unknown), href, words, chosen (a ring instead)}; shades: seq or div.
  function draw(holder, width, items, options) {
    const settings = Object.assign({label: 'Map', shades: 'seq'}, options);
    const most = d3.max(items, (item) => item.value);
    const nodes = places(items, most);
    const shown = Math.max(width, 640);  // on a phone the map is moved under the finger
    const svg = Figure.svg(holder, WIDTH, HEIGHT, settings.label)
                    .attr('width', shown)
                    .attr('height', Math.round(shown * HEIGHT / WIDTH))
                    .attr('class', 'map');
    // Larger ones first, so that the keyboard goes through them in that order.
    nodes.sort((a, b) => b.item.value - a.item.value);
    for (const node of nodes) {
      const {item} = node;
      const group = svg.append(item.href ? 'a' : 'g').attr('class', `place ${item.chosen ? 'chosen' : ''}`);
      if (item.href) group.attr('href', item.href);
      Figure.explain(group, item.words);
      const shade =
          typeof item.shade === 'number' ? `${settings.shades}${Math.min(6, Math.floor(item.shade * 7))}` : 'unknown';
      group.append('circle').attr('cx', node.x).attr('cy', node.y).attr('r', node.r).attr('class', `shade ${shade}`);
      if (node.r >= 13) {
        const dark = typeof item.shade === 'number' && item.shade * 7 >= 4 ? 'on-dark' : 'on-light';
        group.append('text')
            .attr('class', `code ${dark}`)
            .attr('x', node.x)
            .attr('y', node.y)
            .attr('text-anchor', 'middle')
            .attr('dominant-baseline', 'central')
            .attr('font-size', Math.min(18, Math.max(9, node.r * 0.62)))
            .text(item.country.code);
      }
    }
    // Where there is room for a part only, that with the largest circle.
    if (shown > width) holder.scrollLeft = nodes[0].x * shown / WIDTH - width / 2;
  }

  // What the seven shades say.
  function scale(low, high, shades) {
    const list = Dom.make('p', {class: 'scale'}, low + ' ');
    for (let step = 0; step < 7; ++step) list.append(Dom.make('span', {class: `swatch ${shades || 'seq'}${step}`}));
    list.append(' ' + high);
    return list;
  }

  return {draw, scale};
})();
