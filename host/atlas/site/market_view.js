// One market: who could supply more of what, and who meets whom there.
const MarketView = (() => {
  'use strict';
  const SORTS = Partners.sorts('Sales');

  async function show(route) {
    const [world, products] = await Promise.all([Data.world(), Data.products()]);
    const {country, missing} = Partners.find(world, route.parts[0], 'market');
    if (missing) return missing;
    const chunk = await Data.market(country);
    const pairs = chunk.pairs;
    const totals = Page.totals(world.markets, country.index);
    const sort = Page.pick(route, 'sort', SORTS);
    const area = Page.area(world, route.params.get('region'));
    const region = area ? area.label : '';
    const isShown = (other) => !area || area.has[other.index];
    const rows = Partners.rows(world, pairs, sort).filter(isShown);
    const link = (other) => Links.pair(other, country);
    const shared = {country, pairs, rows, link, table: () => Page.pairTable(world, rows, pairs, link, 'Exporter')};
    return {
      title: `${country.name} as a market`,
      name: `market-${country.code.toLowerCase()}`,
      nodes: [
        Page.heading(
            country.name,
            `Market · ${country.region} · base period ${Page.years(world)}, horizon ${world.horizon_year}`,
            [
              Links.exporter(country) ? [Links.exporter(country), 'As an exporter'] : null,
              [Links.to(['finder'], {market: country.code}), 'Opportunities here in the finder']
            ]),
        Page.totalNumbers(totals),
        Page.caution(totals),
        Partners.map({
          ...shared,
          id: 'suppliers-map',
          title: 'Who could supply it',
          about:
              'A circle for each exporter: its area is the potential in this market, its shade the part that ' +
                  'is realised.',
          label: 'Suppliers on a map',
        }),
        Partners.bars({
          ...shared,
          id: 'suppliers',
          title: region ? `Suppliers of ${region}` : 'Suppliers',
          controls: Dom.make(
              'div', {class: 'controls'}, Figure.choice('Largest by', 'sort', sort, SORTS),
              Page.regionSelect(world, area ? area.key : '')),
          about: 'The 20 largest. A bar is the potential of an exporter here; the tick is what it sells.',
          label: 'Suppliers',
        }),
        meeting(world, country, chunk.cells, isShown, region),
        Partners.treemap({
          title: 'What it could buy',
          about: `Area is the potential of all exporters, shade the part that is realised; the ${
              chunk.products.product.length} largest of ${chunk.products.all} products.`,
          label: 'Products of the market',
          groups: Partners.tiles(world, products, chunk.products, 'potential'),
          table: () => Page.productTable(products, chunk.products, world),
        }),
        Figure.make({
          id: 'opportunities',
          wide: true,
          title: region ? `Opportunities of exporters of ${region} here` : 'Who could supply more of what',
          notice: chunk.cells.length === 0 ? 'No exporter lists an opportunity here.' : '',
          rows: 15,
          about: 'Opportunities that exporters list in this market, most unrealised potential first.',
          table: () => {
            const order = d3.range(chunk.cells.length)
                              .filter((at) => isShown(world.list[chunk.cells.exporter[at]]))
                              .sort((a, b) => chunk.cells.unrealized[b] - chunk.cells.unrealized[a]);
            return {
              columns: [
                {key: 'exporter', label: 'Exporter', kind: 'code', hidden: true}, {
                  key: 'exporter_name',
                  label: 'Exporter',
                  kind: 'text',
                  link: (row) => Links.to([row[0], country.code])
                },
                {key: 'product', label: 'Code', kind: 'code', link: (row) => Links.product(row[2])},
                Page.nameColumn(products, 'product_name', 2),
                ...['actual', 'potential', 'unrealized', 'static', 'dynamic'].map(
                    (key) => ({key, label: Numbers.LABELS[key], kind: 'usd'}))
              ],
              rows: order.map(
                  (at) =>
                      [world.list[chunk.cells.exporter[at]].code, world.list[chunk.cells.exporter[at]].name,
                       products.code[chunk.cells.product[at]], products.name[chunk.cells.product[at]],
                       ...['actual', 'potential', 'unrealized', 'static', 'dynamic'].map(
                           (key) => chunk.cells[key][at])]),
            };
          },
        }),
        ...ScenarioFigures.partners(world, route, country, chunk, (other) => Links.pair(other, country), 'Exporter'),
      ],
    };
  }

  // Exporters against each other: in how many products both list an opportunity here.
  function meeting(world, country, cells, isShown, region) {
    const byProduct = new Map();
    for (let at = 0; at < cells.length; ++at) {
      if (!isShown(world.list[cells.exporter[at]])) continue;
      if (!byProduct.has(cells.product[at])) byProduct.set(cells.product[at], []);
      byProduct.get(cells.product[at]).push(at);
    }
    const met = new Map();  // "a b" → {count, size}
    const weight = new Map();
    for (const list of byProduct.values()) {
      for (const a of list) {
        weight.set(cells.exporter[a], (weight.get(cells.exporter[a]) || 0) + cells.unrealized[a]);
        for (const b of list) {
          if (cells.exporter[a] === cells.exporter[b]) continue;
          const key = `${cells.exporter[a]} ${cells.exporter[b]}`;
          if (!met.has(key)) met.set(key, {count: 0, size: 0});
          met.get(key).count += 1;
          met.get(key).size += Math.min(cells.unrealized[a], cells.unrealized[b]);
        }
      }
    }
    const side = [...weight.keys()]
                     .filter((each) => [...weight.keys()].some((other) => met.has(`${each} ${other}`)))
                     .sort((a, b) => weight.get(b) - weight.get(a))
                     .slice(0, 10);
    const entries = side.map((index) => ({
                               label: world.list[index].name,
                               full: world.list[index].name,
                               code: world.list[index].code,
                               href: Links.exporter(world.list[index])
                             }));
    const found = (r, c) => (r === c ? null : met.get(`${side[r]} ${side[c]}`) || null);
    return Figure.make({
      id: 'meeting',
      title: region ? `Who meets whom here, ${region}` : 'Who meets whom here',
      notice: side.length < 2 ? 'No two exporters list an opportunity in the same product here.' : '',
      about: 'Pairs of exporters with opportunities in the same products of this market. The square adds up the ' +
          'smaller of their two unrealised potentials.',
      draw: (holder, width) => Matrix.draw(
          holder, Math.min(width, 640), entries, entries,
          (r, c) => {
            const both = found(r, c);
            return both && {
              outer: both.size,
              inner: 0,
              words: `${entries[r].label} and ${entries[c].label}: ${both.count} products, ${
                  Numbers.usd(both.size)} in common`
            };
          },
          {label: 'Who meets whom', columnsLabel: 'Exporters', rowsLabel: ''}),
      table: () => ({
        columns: [
          {key: 'exporter', label: 'Exporter', kind: 'text'}, {key: 'other', label: 'Meets', kind: 'text'},
          {key: 'products', label: 'Products', kind: 'count'}, {key: 'size', label: 'Size in common', kind: 'usd'}
        ],
        rows:
            side.flatMap((a, r) => side.map((b, c) => [found(r, c), a, b]).filter(([both, a2, b2]) => both && a2 < b2))
                .sort((a, b) => b[0].size - a[0].size)
                .map(([both, a, b]) => [world.list[a].name, world.list[b].name, both.count, Data.eight(both.size)]),
      }),
    });
  }

  return {show};
})();
