// One exporter and one market, and one product of theirs where the address names it.
const PairView = (() => {
  'use strict';
  const BY = [
    ['unrealized', 'Unrealised'], ['static', 'Static'], ['dynamic', 'Dynamic'], ['potential', 'Potential'],
    ['actual', 'Exports']
  ];

  async function show(route) {
    const [world, products] = await Promise.all([Data.world(), Data.products()]);
    const [exporter, market] = route.parts.slice(0, 2).map((code) => world.byCode.get(code));
    if (!exporter || !market || exporter === market)
      return Page.unknown(`There is no pair “${route.parts.slice(0, 2).join(' to ')}” here.`);
    if (!exporter.exporter) return Page.unknown(`${exporter.name} has no page as an exporter in this atlas.`);
    const [chunk, cells] = await Promise.all([Data.exporter(exporter), Data.cells(exporter)]);
    const by = Page.pick(route, 'by', BY);
    const totals = Page.totals(chunk.pairs, market.index);
    const back = market.exporter && exporter.market ? [Links.pair(market, exporter), 'The other way round'] : null;
    const listed = d3.range(cells.length)
                       .filter((at) => cells.market[at] === market.index)
                       .sort((a, b) => cells[by][b] - cells[by][a]);
    const report = world.reports.find(([from, to]) => from === exporter.index && to === market.index);
    const chosen = route.parts[2] && products.byCode.get(route.parts[2]);
    const nodes = [
      Page.heading(
          [exporter.name, ' → ', market.name], `Base period ${Page.years(world)}, horizon ${world.horizon_year}`,
          [
            report ? [report[2], 'The full report'] : null, [Links.exporter(exporter), `${exporter.name} everywhere`],
            Links.market(market) ? [Links.market(market), `${market.name} and all its suppliers`] : null, back,
            [Links.to(['finder'], {exporter: exporter.code, market: market.code}), 'In the finder']
          ]),
    ];
    if (totals.potential === 0 && totals.actual === 0) {
      return {
        title: `${exporter.name} to ${market.name}`,
        name: `${exporter.code}-${market.code}`.toLowerCase(),
        nodes: [
          ...nodes,
          Dom.make('p', {class: 'notice'}, 'There is neither trade nor potential between the two in products in scope.')
        ]
      };
    }
    nodes.push(Page.totalNumbers(totals), OutlookFigures.ofPair(world, chunk, market, totals) || '', Page.caution());
    if (chosen !== undefined && route.parts[2])
      nodes.push(PairProduct.figure(world, products, market, chunk, cells, chosen));
    nodes.push(whole(totals), change(world, totals), sectors(world, chunk, market, by));
    nodes.push(...await LogisticsFigures.pair(world, exporter, market));
    nodes.push(await rivals(world, exporter, market, cells, listed));
    nodes.push(productFigure(world, products, exporter, market, chunk, cells, listed, by));
    nodes.push(...OutlookFigures.chances(world, products, exporter, cells, listed, false));
    nodes.push(...await ScenarioFigures.pair(world, chunk, market));
    nodes.push(Figure.make({
      id: 'figures',
      wide: true,
      title: 'All figures of the pair',
      rows: 12,
      table: () => ({
        columns: [
          {key: 'column', label: 'Figure', kind: 'text'}, {key: 'value', label: 'USD', kind: 'usd'},
          {key: 'exact', label: 'Eight digits', kind: 'code'}
        ],
        rows: world.columns.map((name) => [Numbers.LABELS[name], totals[name], String(totals[name])])
      }),
    }));
    if (!report)
      nodes.push(Dom.make(
          'p', {class: 'hint'},
          'The full report on this pair (trade by year, tariffs, logistics, every product) is made from the ' +
              'same world by ',
          Dom.make(
              'code', {}, `potentia drilldown WORLD.h5 --exporter ${exporter.code} --market ${market.code} -o DIR`),
          '.'));
    return {title: `${exporter.name} to ${market.name}`, name: `${exporter.code}-${market.code}`.toLowerCase(), nodes};
  }

  function whole(totals) {
    const keys = ['actual', 'potential', 'realized', 'static', 'dynamic', 'overtrade'];
    const above = `Exports exceed the potential by ${Numbers.usd(totals.overtrade)} in some products: these never ` +
        `offset others, so exports of ${Numbers.usd(totals.actual)} realise ${
                      Numbers.usd(totals.realized)} of the potential.`;
    const parts = (names) => names.map((name) => ({name, value: totals[name]}));
    return Figure.make({
      id: 'whole',
      title: 'Potential and exports',
      legend: [
        ['realized', 'Realised'], ['static', 'Static'], ['dynamic', 'Dynamic'], ['overtrade', 'Above potential']
      ],
      lead: totals.overtrade > 0.005 * totals.actual ? above : '',
      about: 'The potential and what of it is realised, beside actual exports and the part of them above the ' +
          'potential of their product.',
      draw: (holder, width) => Bars.draw(
          holder, width,
          [
            {label: 'Potential', parts: parts(['realized', 'static', 'dynamic'])},
            {label: 'Exports', parts: parts(['realized', 'overtrade'])},
          ],
          {label: 'Potential and exports', labelShare: 0.16}),
      table: () => ({
        columns: keys.map((key) => ({key, label: Numbers.LABELS[key], kind: 'usd'})),
        rows: [keys.map((key) => totals[key])],
      }),
    });
  }

  function change(world, totals) {
    const steps = [
      ['change_supply', 'Supply'], ['change_population', 'Population'], ['change_income', 'Income'],
      ['change_tariff', 'Tariffs']
    ];
    return Figure.make({
      id: 'change',
      title: `Why the potential changes until ${world.horizon_year}`,
      about: 'From the potential under the conditions of the base period to that at the horizon: growth of the ' +
          'exporter’s supply, of the market’s population and income per head, and tariff change.',
      draw: (holder, width) => Waterfall.draw(
          holder, width, {label: 'Now', value: totals.potential_now},
          steps.map(([key, label]) => ({label, value: totals[key]})),
          {label: String(world.horizon_year), value: totals.potential}, {label: 'Why the potential changes'}),
      table: () => ({
        columns: ['potential_now', ...steps.map(([key]) => key), 'potential'].map(
            (key) => ({key, label: Numbers.LABELS[key], kind: 'usd'})),
        rows: [['potential_now', ...steps.map(([key]) => key), 'potential'].map((key) => totals[key])]
      }),
    });
  }

  function sectors(world, chunk, market, by) {
    const table = chunk.sectors;
    const rows = d3.range(table.sector.length)
                     .filter((at) => table.market[at] === market.index)
                     .sort((a, b) => table[by][b] - table[by][a]);
    return Figure.make({
      id: 'sectors',
      title: 'Sectors',
      controls: Figure.choice('Largest by', 'by', by, BY),
      legend: [['realized', 'Realised'], ['static', 'Static'], ['dynamic', 'Dynamic'], ['mark', 'Exports']],
      about: 'A bar is the potential of a sector; the tick is what is exported.',
      draw: (holder, width) => Bars.draw(
          holder, width, rows.map((at) => Page.potentialBar(table, at, world.sectors[table.sector[at]])),
          {label: 'Sectors', labelShare: 0.38}),
      table: () => ({
        columns: [
          {key: 'sector', label: 'Sector', kind: 'text'},
          ...['actual', 'potential', 'realized', 'unrealized', 'static', 'dynamic'].map(
              (key) => ({key, label: Numbers.LABELS[key], kind: 'usd'}))
        ],
        rows: rows.map(
            (at) =>
                [world.sectors[table.sector[at]],
                 ...['actual', 'potential', 'realized', 'unrealized', 'static', 'dynamic'].map(
                     (key) => table[key][at])])
      }),
    });
  }

  // The listed cells where there are any, else the pair's largest products, which every pair has.
  function productFigure(world, products, exporter, market, chunk, cells, listed, by) {
    const few = chunk.pair_products;
    const source = listed.length >= 5 ? cells : few;
    const order = source === cells ? listed :
                                     d3.range(few.product.length)
                                         .filter((at) => few.market[at] === market.index)
                                         .sort((a, b) => few[by][b] - few[by][a]);
    return Figure.make({
      id: 'products',
      wide: true,
      title: 'Products',
      notice: order.length === 0 ? 'No product has unrealised potential.' : '',
      legend: [['realized', 'Realised'], ['static', 'Static'], ['dynamic', 'Dynamic'], ['mark', 'Exports']],
      about: source === cells ?
          `The largest of ${order.length} products that the atlas lists for this pair.` :
          'The five products with most unrealised potential: the atlas lists fewer than five opportunities of ' +
              'this pair.',
      draw: (holder, width) => Bars.draw(
          holder, width,
          order.slice(0, 20).map(
              (at) => Object.assign(
                  Page.potentialBar(
                      source, at, products.short[source.product[at]], Links.product(products.code[source.product[at]])),
                  {full: `${products.code[source.product[at]]} ${products.name[source.product[at]]}`})),
          {label: 'Products', labelShare: 0.4}),
      table: () =>
          (source === cells ? Page.cellTable(world, products, exporter, cells, order) :
                              Page.productTable(
                                  products,
                                  Object.assign(
                                      {},
                                      ...[...world.compact, 'unrealized', 'product'].map(
                                          (key) => ({[key]: order.map((at) => few[key][at])})),
                                      {length: order.length}),
                                  world)),
    });
  }

  async function rivals(world, exporter, market, cells, listed) {
    if (!market.market) return Dom.make('span', {hidden: true});
    const chunk = await Data.market(market);
    const own = new Map(listed.map((at) => [cells.product[at], cells.unrealized[at]]));
    const met = new Map();
    for (let at = 0; at < chunk.cells.length; ++at) {
      const size = own.get(chunk.cells.product[at]);
      if (size === undefined || chunk.cells.exporter[at] === exporter.index) continue;
      const each = met.get(chunk.cells.exporter[at]) || {count: 0, size: 0};
      each.count += 1;
      each.size += Math.min(size, chunk.cells.unrealized[at]);
      met.set(chunk.cells.exporter[at], each);
    }
    const rows =
        [...met].sort((a, b) => b[1].size - a[1].size).map(([at, each]) => ({country: world.list[at], ...each}));
    return Figure.make({
      id: 'rivals',
      title: `Whom it meets in ${market.name}`,
      notice: rows.length === 0 ? 'No other exporter lists an opportunity in the same products here.' : '',
      about: 'Exporters with listed opportunities in the same products of this market: the smaller of the two ' +
          'unrealised potentials, added up; behind it, in how many products.',
      draw: (holder, width) => Bars.draw(
          holder, width, rows.slice(0, 12).map((row) => ({
                                                 label: row.country.name,
                                                 href: Links.pair(row.country, market),
                                                 parts: [{name: 'plain', label: 'In common', value: row.size}],
                                                 note: `${Numbers.short(row.size)} · ${row.count}`
                                               })),
          {label: 'Rivals'}),
      table: () => ({
        columns: [
          {key: 'code', label: 'Code', kind: 'code'}, {key: 'name', label: 'Rival', kind: 'text'},
          {key: 'products', label: 'Products', kind: 'count'}, {key: 'size', label: 'Size in common', kind: 'usd'}
        ],
        rows: rows.map((row) => [row.country.code, row.country.name, row.count, Data.eight(row.size)])
      }),
    });
  }

  return {show};
})();
