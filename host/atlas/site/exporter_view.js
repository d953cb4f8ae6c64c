// One exporter: its markets, sectors and products, best opportunities, rivals, peers.
const ExporterView = (() => {
  'use strict';
  const SIZES = [['potential', 'Potential'], ['unrealized', 'Unrealised']];
  const PEER_BY = [['usd', 'USD'], ['share', 'Share of its whole potential']];
  const SORTS = Partners.sorts('Exports');

  async function show(route) {
    const [world, products] = await Promise.all([Data.world(), Data.products()]);
    const {country, missing} = Partners.find(world, route.parts[0], 'exporter');
    if (missing) return missing;
    const codes =
        (route.params.get('peers') || '')
            .split(',')
            .filter((code) => world.byCode.has(code) && world.byCode.get(code).exporter && code !== country.code);
    const peers = [...new Set(codes)].slice(0, 3).map((code) => world.byCode.get(code));
    const [chunk, cells, ...peerChunks] =
        await Promise.all([Data.exporter(country), Data.cells(country), ...peers.map(Data.exporter)]);
    const totals = Page.totals(world.exporters, country.index);
    const sort = Page.pick(route, 'sort', SORTS);
    const size = Page.pick(route, 'size', SIZES);

    return {
      title: country.name,
      name: country.code.toLowerCase(),
      nodes: [
        Page.heading(
            country.name,
            `Exporter · ${country.region} · base period ${Page.years(world)}, horizon ${world.horizon_year}`,
            [
              Links.market(country) ? [Links.market(country), 'As a market'] : null,
              [Links.to(['finder'], {exporter: country.code}), 'Its opportunities in the finder']
            ]),
        Page.totalNumbers(totals),
        Page.caution(totals),
        ...markets(world, country, chunk.pairs, sort),
        rivals(world, country, chunk.rivals),
        tree(world, products, country, chunk, size),
        opportunities(world, products, country, cells),
        ...OutlookFigures.chances(world, products, country, cells, d3.range(cells.length), true),
        ...ScenarioFigures.partners(world, route, country, chunk, (other) => Links.pair(country, other), 'Market'),
        comparison(world, country, chunk, peers, peerChunks, Page.pick(route, 'peerby', PEER_BY)),
      ],
    };
  }

  function markets(world, country, pairs, sort) {
    const rows = Partners.rows(world, pairs, sort);
    const link = (other) => Links.pair(country, other);
    const shared = {country, pairs, rows, link, table: () => Page.pairTable(world, rows, pairs, link, 'Market')};
    return [
      Partners.map({
        ...shared,
        id: 'markets-map',
        title: 'Where it could sell',
        about:
            'A circle for each market: its area is the potential, its shade the part that is realised. Pale ' +
                'and large is room to grow. Click a market for the pair.',
        label: 'Markets on a map',
      }),
      Partners.bars({
        ...shared,
        id: 'markets',
        title: 'Markets',
        controls: Figure.choice('Largest by', 'sort', sort, SORTS),
        about:
            'The 20 largest. A bar is the potential: what is realised, what today’s frictions hold back ' +
                '(static), what growth and tariff change bring (dynamic). The tick is what is exported; where ' +
                'it lies beyond, some products exceed their potential.',
        label: 'Markets',
      }),
    ];
  }

  // Sums over markets, by sector.
  function sectorSums(world, chunk) {
    const sums = world.sectors.map(
        (label) => ({label, actual: 0, realized: 0, static: 0, dynamic: 0, unrealized: 0, potential: 0}));
    const {sector} = chunk.sectors;
    for (let at = 0; at < sector.length; ++at) {
      for (const key of ['actual', 'realized', 'static', 'dynamic', 'unrealized', 'potential'])
        sums[sector[at]][key] += chunk.sectors[key][at];
    }
    return sums;
  }

  function tree(world, products, country, chunk, size) {
    const sums = sectorSums(world, chunk);
    const listed = chunk.products;
    const groups = Partners.tiles(world, products, listed, size);
    const rest = sums.map((sum) => ({value: sum[size], realized: sum.realized, potential: sum.potential}));
    listed.product.forEach((product, at) => {
      const other = rest[products.sector[product]];
      other.value -= listed[size][at];
      other.realized -= listed.realized[at];
      other.potential -= listed.potential[at];
    });
    rest.forEach((other, sector) => {
      if (other.value > 0) {
        groups[sector].items.push({
          label: 'Other products',
          value: other.value,
          shade: Numbers.share(Math.max(0, other.realized), other.potential),
          words: `Other products of ${world.sectors[sector]}: ${Numbers.usd(other.value)}`
        });
      }
    });
    return Partners.treemap({
      title: 'Sectors and products',
      controls: Figure.choice('Area', 'size', size, SIZES),
      about: (size === 'potential' ? 'Area is the potential' : 'Area is the unrealised potential') + ' in all markets, ' +
          'shade the part of the potential that is realised. ' +
          `The ${listed.product.length} largest of ${listed.all} products one by one, the others of each sector together.`,
      label: 'Sectors and products',
      groups,
      table: () => Page.productTable(products, listed, world),
    });
  }

  function opportunities(world, products, country, cells) {
    return Figure.make({
      id: 'opportunities',
      wide: true,
      title: 'Best opportunities',
      notice: cells.length === 0 ? 'No cell qualifies for the list.' : '',
      about: `The cells of a product in a market with most unrealised potential; the atlas lists ${
          cells.length} of this exporter.`,
      table: () => Page.cellTable(world, products, country, cells, d3.range(cells.length)),
      rows: 15,
    });
  }

  function rivals(world, country, list) {
    const table = () => ({
      columns: [
        {key: 'code', label: 'Code', kind: 'code'},
        {key: 'name', label: 'Rival', kind: 'text', link: (row) => Links.exporter(world.byCode.get(row[0]))},
        {key: 'cells', label: 'Opportunities in common', kind: 'count'},
        {key: 'size', label: 'Size in common', kind: 'usd'}
      ],
      rows: list.country.map(
          (other, at) => [world.list[other].code, world.list[other].name, list.cells[at], list.size[at]]),
    });
    return Figure.make({
      id: 'rivals',
      title: 'Whom it meets most often',
      notice: list.country.length === 0 ?
          'No other exporter has an opportunity listed in the same market and product.' :
          '',
      about: 'Exporters whose listed opportunities are in the same market and product. The bar adds up the ' +
          'smaller of the two unrealised potentials; the number behind it says in how many markets and ' +
          'products they meet.',
      draw: (holder, width) => Bars.draw(
          holder, width,
          list.country.slice(0, 15).map((other, at) => ({
                                          label: world.list[other].name,
                                          href: Links.exporter(world.list[other]),
                                          parts: [{name: 'plain', label: 'In common', value: list.size[at]}],
                                          note: `${Numbers.short(list.size[at])} · ${list.cells[at]}`
                                        })),
          {label: 'Rivals'}),
      table,
    });
  }

  function comparison(world, country, chunk, peers, peerChunks, by) {
    const all = [country, ...peers];
    const chunks = [chunk, ...peerChunks];
    const sums = chunks.map((each) => sectorSums(world, each));
    const whole = sums.map((each) => (by === 'share' ? d3.sum(each, (sum) => sum.potential) || 1 : 1));
    const chosen = Dom.make('div', {class: 'controls'});
    if (peers.length) chosen.append(Figure.choice('In', 'peerby', by, PEER_BY));
    const address = (list) => Links.changed({peers: list.map((each) => each.code).join(',')});
    for (const peer of peers) {
      const button = Dom.make(
          'button', {type: 'button', class: 'option', id: `peer-${peer.code}`, 'aria-label': `Remove ${peer.name}`},
          `${peer.name} ×`);
      button.addEventListener('click', () => {
        location.hash = address(peers.filter((each) => each !== peer));
      });
      chosen.append(button);
    }
    if (peers.length < 3) {
      const select =
          Dom.make('select', {id: 'add-peer'}, Dom.make('option', {value: ''}, 'Add an economy to compare with…'));
      for (const other of Names.inOrder(world.list))
        if (other.exporter && !all.includes(other))
          select.append(Dom.make('option', {value: other.code, lang: Names.lang(other.name)}, other.name));
      select.addEventListener('change', () => {
        location.hash = address([...peers, world.byCode.get(select.value)]);
      });
      chosen.append(Dom.make('label', {}, Dom.make('span', {class: 'hidden'}, 'Economy to compare with'), select));
    }
    const order = d3.range(world.sectors.length)
                      .filter((sector) => sums.some((each) => each[sector].potential > 0))
                      .sort(
                          (a, b) => d3.sum(sums, (each, at) => each[b].potential / whole[at]) -
                              d3.sum(sums, (each, at) => each[a].potential / whole[at]));
    return Figure.make({
      id: 'peers',
      wide: true,
      title: peers.length ? `Compared with ${peers.map((each) => each.name).join(', ')}` :
                            'By sector, and compared with peers',
      controls: chosen,
      legend: [['realized', 'Realised'], ['static', 'Static'], ['dynamic', 'Dynamic']],
      about: 'Each bar is the potential in one sector in all markets. Add up to three economies to see theirs below.',
      draw: (holder, width) => Bars.draw(
          holder, width, order.slice(0, 16).flatMap((sector) => all.map((each, at) => {
            const sum = sums[at][sector];
            return {
              label: at === 0 ? (all.length > 1 ? `${world.sectors[sector]} · ${each.code}` : world.sectors[sector]) :
                                each.code,
              full: `${world.sectors[sector]}, ${each.name}`,
              href: Links.exporter(each),
              parts: ['realized', 'static', 'dynamic'].map((name) => ({name, value: sum[name] / whole[at]}))
            };
          })),
          by === 'share' ? {
            label: 'Sectors',
            labelShare: 0.34,
            format: (value) => Numbers.percent(value),
            tick: (value) => Numbers.percent(value, 0)
          } :
                           {label: 'Sectors', labelShare: 0.34}),
      table: () => ({
        columns: [
          {key: 'sector', label: 'Sector', kind: 'text'}, {key: 'exporter', label: 'Exporter', kind: 'code'},
          ...['actual', 'potential', 'realized', 'unrealized', 'static', 'dynamic'].map(
              (key) => ({key, label: Numbers.LABELS[key], kind: 'usd'}))
        ],
        rows: order.flatMap(
            (sector) => all.map(
                (each, at) =>
                    [world.sectors[sector], each.code,
                     ...['actual', 'potential', 'realized', 'unrealized', 'static', 'dynamic'].map(
                         (key) => Data.eight(sums[at][sector][key]))])),
      }),
    });
  }

  return {show};
})();
