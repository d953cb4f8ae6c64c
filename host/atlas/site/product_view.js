// One product: exporters against markets, largest gaps, who holds the market.
const ProductView = (() => {
  'use strict';

  async function show(route) {
    const [world, products] = await Promise.all([Data.world(), Data.products()]);
    const index = products.byCode.get(route.parts[0]);
    if (index === undefined) return Page.unknown(`There is no product with the code “${route.parts[0]}” here.`);
    const chunk = await Data.product(index);
    const code = products.code[index];
    const sum = Page.totals(chunk.sum, 0);
    const {exporters, markets} = chunk;
    const rows = exporters.country.slice(0, 10).map((at) => world.list[at]);
    const columns = markets.country.slice(0, 10).map((at) => world.list[at]);
    const cell = (r, c) =>
        ({actual: chunk.actual[r * columns.length + c], potential: chunk.potential[r * columns.length + c]});
    const heading = (country, href) => ({label: country.name, full: country.name, code: country.code, href});
    const gaps = () => {
      const all = rows.flatMap((row, r) => columns.map((column, c) => ({row, column, ...cell(r, c)})))
                      .filter((each) => each.potential > each.actual);
      all.sort((a, b) => (b.potential - b.actual) - (a.potential - a.actual));
      return {
        columns: [
          {key: 'exporter', label: 'Exporter', kind: 'text', link: (row) => Links.exporter(world.byCode.get(row[6]))}, {
            key: 'market',
            label: 'Market',
            kind: 'text',
            link: (row) => Links.pair(world.byCode.get(row[6]), world.byCode.get(row[7]))
          },
          {key: 'actual', label: 'Exports', kind: 'usd'}, {key: 'potential', label: 'Potential', kind: 'usd'},
          {key: 'unrealized', label: 'Unrealised', kind: 'usd'},
          {key: 'realized_share', label: 'Realised', kind: 'share'},
          {key: 'exporter_code', label: '', kind: 'code', hidden: true},
          {key: 'market_code', label: '', kind: 'code', hidden: true}
        ],
        rows: all.map(
            (each) =>
                [each.row.name, each.column.name, each.actual, each.potential, Data.eight(each.potential - each.actual),
                 Data.eight(each.actual / each.potential), each.row.code, each.column.code]),
      };
    };
    const side = (id, title, list, address, about) => {
      const order = d3.range(list.length);
      return Figure.make({
        id,
        title,
        about,
        legend: [['realized', 'Realised'], ['static', 'Static'], ['dynamic', 'Dynamic'], ['mark', 'Exports']],
        draw: (holder, width) => Bars.draw(
            holder, width,
            order.map(
                (at) => Page.potentialBar(
                    list, at, world.list[list.country[at]].name, address(world.list[list.country[at]]))),
            {label: title}),
        table: () => Page.pairTable(
            world, order.map((at) => world.list[list.country[at]]), Page.reindexed(list), address, title,
            world.compact),
      });
    };
    const processing = {0: 'raw', 1: 'semi-processed', 2: 'processed'}[products.processing[index]];
    return {
      title: `${code} ${Numbers.brief(products.short[index], 60)}`,
      name: code,
      nodes: [
        Page.heading(
            products.short[index] || code,
            `Product ${code} · ${products.sectorName(index)}${processing ? ` · ${processing}` : ''} · base period ${
                Page.years(world)}, horizon ${world.horizon_year}`,
            [[Links.to(['finder'], {product: code}), 'Its opportunities in the finder']]),
        products.name[index] === products.short[index] ?
            null :
            Dom.make('p', {class: 'whole-name', lang: Names.lang(products.name[index])}, products.name[index]),
        Page.totalNumbers(sum),
        Page.caution(sum),
        Figure.make({
          id: 'matrix',
          title: 'Exporters and markets',
          legend: [['unrealized', 'Potential'], ['realized', 'Exports']],
          about:
              'The ten largest on either side, by what they trade or could trade. The square is the potential, ' +
                  'the filled part what is exported; where the filled part is the whole square, exports reach ' +
                  'or exceed the potential.',
          draw: (holder, width) => Matrix.draw(
              holder, Math.min(width, 760), rows.map((each) => heading(each, Links.exporter(each))),
              columns.map((each) => heading(each, Links.market(each))),
              (r, c) => {
                const found = cell(r, c);
                if (!found.potential && !found.actual) return null;
                return {
                  outer: found.potential,
                  inner: found.actual,
                  href: Links.pair(rows[r], columns[c]),
                  words: `${rows[r].name} to ${columns[c].name}: exports ${Numbers.usd(found.actual)}, potential ${
                      Numbers.usd(found.potential)}`
                };
              },
              {label: 'Exporters and markets'}),
          table: () => ({
            columns: [
              {key: 'exporter', label: 'Exporter', kind: 'code'}, {key: 'market', label: 'Market', kind: 'code'},
              {key: 'actual', label: 'Exports', kind: 'usd'}, {key: 'potential', label: 'Potential', kind: 'usd'}
            ],
            rows: rows.flatMap(
                (row, r) =>
                    columns.map((column, c) => [row.code, column.code, cell(r, c).actual, cell(r, c).potential])),
          }),
        }),
        Figure.make({
          id: 'gaps',
          title: 'Largest gaps',
          about: 'Among the exporters and markets of the matrix.',
          table: gaps,
          rows: 10
        }),
        side(
            'exporters', 'Exporters', exporters, Links.exporter,
            `The largest of ${exporters.all} exporters, by what they trade or could trade in all markets: the ticks ` +
                'say who holds the market.'),
        side(
            'markets', 'Markets', markets, Links.market,
            `The largest of ${markets.all} markets, all exporters together.`),
      ].filter(Boolean),
    };
  }

  return {show};
})();
