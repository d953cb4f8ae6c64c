// What the views of an exporter and of a market share: who is on the other side, on a map and as bars; their products
// as tiles of a treemap.
const Partners = (() => {
  'use strict';

  const sorts = (actual) => [
      ['unrealized', 'Unrealised'], ['potential', 'Potential'], ['actual', actual], ['static', 'Static'],
      ['dynamic', 'Dynamic']];

  // The country that an address names, or what to say where it has no page on that side.
  function find(world, code, side) {
    const country = world.byCode.get(code);
    if (!country) return {missing: Page.unknown(`There is no economy with the code “${code}” here.`)};
    if (country[side]) return {country};
    const [as, other, link] =
        side === 'exporter' ? ['an exporter', 'a market', Links.market] : ['a market', 'an exporter', Links.exporter];
    return {
      missing: Page.unknown(
          `${country.name} has no page as ${as} in this atlas.`,
          link(country) ? [link(country), `${country.name} as ${other}`] : null)
    };
  }

  // Countries with trade or potential, largest first by a column.
  const rows = (world, pairs, sort) =>
      world.list.filter((other) => pairs.potential[other.index] > 0 || pairs.actual[other.index] > 0)
          .sort((a, b) => pairs[sort][b.index] - pairs[sort][a.index]);

  // options: {id, title, about, label, country, pairs, rows, link: (other) → address, table}
  const map = (options) => Figure.make({
    id: options.id,
    wide: true,
    title: options.title,
    lead: Dorling.scale('0 %', '100 % realised'),
    about: options.about,
    draw: (holder, width) => Dorling.draw(
        holder, width,
        options.rows
            .map((other) => ({
                   country: other,
                   value: options.pairs.potential[other.index],
                   shade: Numbers.share(options.pairs.realized[other.index], options.pairs.potential[other.index]),
                   href: options.link(other),
                   words: Page.words(other.name, options.pairs, other.index)
                 }))
            .concat({country: options.country, value: 0, chosen: true, words: options.country.name}),
        {label: options.label}),
    table: options.table,
  });

  // The 20 largest; options likewise, and controls.
  const bars = (options) => Figure.make({
    id: options.id,
    title: options.title,
    controls: options.controls,
    legend: [['realized', 'Realised'], ['static', 'Static'], ['dynamic', 'Dynamic'], ['mark', 'Exports']],
    about: options.about,
    draw: (holder, width) => Bars.draw(
        holder, width,
        options.rows.slice(0, 20).map(
            (other) => Page.potentialBar(options.pairs, other.index, other.name, options.link(other))),
        {label: options.label}),
    table: options.table,
  });

  // Groups of a treemap, one for each sector, with a tile for each listed product; `size` names the column of its area.
  function tiles(world, products, listed, size) {
    const groups = world.sectors.map((label) => ({label, items: []}));
    listed.product.forEach((product, at) => {
      groups[products.sector[product]].items.push({
        label: products.short[product],
        value: listed[size][at],
        shade: Numbers.share(listed.realized[at], listed.potential[at]),
        href: Links.product(products.code[product]),
        words: Page.words(`${products.code[product]} ${products.name[product]}`, listed, at),
      });
    });
    return groups;
  }

  // options: {title, controls, about, label, groups, table}
  const treemap = (options) => Figure.make({
    id: 'products',
    wide: true,
    title: options.title,
    controls: options.controls,
    lead: Dorling.scale('0 %', '100 % realised'),
    about: options.about,
    draw: (holder, width) =>
        Treemap.draw(holder, width, options.groups.filter((group) => group.items.length), {label: options.label}),
    table: options.table,
  });

  return {sorts, find, rows, map, bars, tiles, treemap};
})();
