// One product of a pair: its potential and exports, and what else is known of the cell.
const PairProduct = (() => {
  'use strict';

  function figure(world, products, market, chunk, cells, product) {
    const find = (source) => d3.range(source.product.length)
                                 .find((at) => source.product[at] === product && source.market[at] === market.index);
    let source = cells;
    let at = find(cells);
    if (at === undefined) {
      source = chunk.pair_products;
      at = find(source);
    }
    const name = `${products.code[product]} ${products.short[product]}`;
    const keys = source === cells ? world.columns : [...world.compact, 'unrealized'];
    const parts = (names) => names.map((key) => ({name: key, value: source[key][at]}));
    const beyond = Math.max(0, at === undefined ? 0 : source.actual[at] - source.realized[at]);
    return Figure.make({
      id: 'product',
      wide: true,
      title: name,
      lead: products.name[product] === products.short[product] ? null : Names.marked(products.name[product]),
      notice: at === undefined ?
          'The atlas does not list this product for this pair; see the product’s page for its largest exporters and markets.' :
          '',
      legend: [['realized', 'Realised'], ['static', 'Static'], ['dynamic', 'Dynamic']],
      facts: source === cells ? facts(world, cells, at) : null,
      draw: (holder, width) => Bars.draw(
          holder, width,
          [
            {label: 'Potential', parts: parts(['realized', 'static', 'dynamic'])},
            {label: 'Exports', parts: [...parts(['realized']), {name: 'overtrade', value: beyond}]}
          ],
          {label: name, labelShare: 0.12}),
      table: () => ({
        columns: [{key: 'column', label: 'Figure', kind: 'text'}, {key: 'value', label: 'USD', kind: 'usd'}],
        rows: keys.map((key) => [Numbers.LABELS[key], source[key][at]])
      }),
    });
  }

  // What is known of a listed cell beside its potential: [label, text].
  function facts(world, cells, at) {
    const rival = world.list[cells.supplier[at]];
    const list = [
      ['Growth of the market', Numbers.percent(cells.growth[at])],
      ['Imports of the market', Numbers.usd(cells.imports[at])],
      [
        'Largest rival',
        rival ? `${rival.name}, ${Numbers.percent(cells.supplier_share[at])} of the imports` : Numbers.NONE
      ]
    ];
    if (world.tariffs)
      list.unshift([
        'Tariff',
        `${Numbers.percent(cells.tariff_now[at])} now, ${Numbers.percent(cells.tariff[at])} in ${world.horizon_year}`
      ]);
    if (world.outlook) {
      const {chance, expected, low, high} = cells;
      list.push([cells.actual[at] > 0 ? 'Chance to go on' : 'Chance to start', Numbers.percent(chance[at])], [
        `Expected exports in ${world.horizon_year}`,
        Numbers.usd(expected[at]) +
            (low[at] === null ? '' : `, nine in ten between ${Numbers.short(low[at])} and ${Numbers.short(high[at])}`)
      ]);
    }
    list.push(['Flags', Page.flagNames(world, cells.flags[at]) || 'none']);
    return list;
  }

  return {figure};
})();
