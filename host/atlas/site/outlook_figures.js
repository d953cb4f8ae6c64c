// How likely opportunities are, by the models of a back-test; nothing where the atlas has none.
const OutlookFigures = (() => {
  'use strict';

  const years = (list) => (list.length > 1 ? `${list[0]}–${list[list.length - 1]}` : String(list[0]));
  const basis = (world) => `Fitted to what came true from ${years(world.outlook.origin)} to ${
      years(world.outlook.outcome)}; the share of flows that start or go on at these odds, no promise of any one.`;

  // Further columns of a table of cells.
  const columns = (world) =>
      (world.outlook ?
           [
             {key: 'chance', label: 'Chance', kind: 'share'},
             {key: 'expected', label: `Expected ${world.horizon_year}`, kind: 'usd'},
             {key: 'low', label: 'Low', kind: 'usd', hidden: true},
             {key: 'high', label: 'High', kind: 'usd', hidden: true}
           ] :
           []);
  const entries = (world, cells, at) =>
      (world.outlook ? [cells.chance[at], cells.expected[at], cells.low[at], cells.high[at]] : []);

  // What is expected of a pair in a sentence.
  function ofPair(world, chunk, market, totals) {
    if (!world.outlook) return null;
    const expected = chunk.outlook.expected[market.index];
    const starts = chunk.outlook.starts[market.index];
    return Dom.make(
        'p', {class: 'hint wide', id: 'expected'},
        `By the models of a back-test, exports of ${Numbers.usd(expected)} are expected in ${world.horizon_year} (${
            Numbers.usd(totals.actual)} in the base period, a potential of ${Numbers.usd(totals.potential)}), and ${
            Numbers.count(starts)} ${Math.round(starts) === 1 ? 'product' : 'products'} to start. ${basis(world)}`);
  }

  // Listed cells without trade, the largest potentials first: how likely each is to start.
  function chances(world, products, exporter, cells, places, withMarket) {
    if (!world.outlook) return [];
    const order = places.filter((at) => cells.actual[at] === 0 && cells.chance[at] !== null)
                      .sort((a, b) => cells.unrealized[b] - cells.unrealized[a]);
    const name = (at) => products.short[cells.product[at]];
    const market = (at) => world.list[cells.market[at]];
    return [Figure.make({
      id: 'chances',
      title: 'How likely products not sold yet are to start',
      notice: order.length === 0 ? 'Every listed opportunity is sold already.' : '',
      about: `The 20 largest of ${
                 order.length} listed opportunities without exports, largest potential first; the bar is ` +
          `the chance that exports start until ${world.horizon_year}, behind it stand chance and potential. ${
                 basis(world)}`,
      draw: (holder, width) => Bars.draw(
          holder, width,
          order.slice(0, 20).map(
              (at) => ({
                label: withMarket ? `${market(at).code} · ${name(at)}` : name(at),
                full: `${withMarket ? `${market(at).name}, ` : ''}${products.code[cells.product[at]]} ${
                    products.name[cells.product[at]]}`,
                href: Links.to([exporter.code, market(at).code, products.code[cells.product[at]]]),
                parts: [{name: 'plain', label: 'Chance', value: cells.chance[at]}],
                note: `${Numbers.percent(cells.chance[at], 0)} · ${Numbers.short(cells.potential[at])}`
              })),
          {
            label: 'Chances',
            labelShare: 0.42,
            format: (value) => Numbers.percent(value),
            tick: (value) => Numbers.percent(value, 0)
          }),
      table: () => Page.cellTable(world, products, exporter, cells, order),
    })];
  }

  return {columns, entries, ofPair, chances};
})();
