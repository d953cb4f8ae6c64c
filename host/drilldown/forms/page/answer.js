// The first screen: how much, of what, and how it compares with what is exported today. All of it stands in the figures
// below, which also say how it is computed.
const Answer = (() => {
  'use strict';
  const {make} = Dom;
  const PRODUCTS = 5;

  // Rows of a figure's table as objects by column key.
  function rowsOf(report, part, figure) {
    const found = (report.parts || []).filter((each) => each.id === part).flatMap((each) => each.figures)
      .find((each) => each.id === figure);
    if (!found) return [];
    return found.table.rows.map((row) => Object.fromEntries(found.table.columns.map((column, at) => [column.key, row[at]])));
  }

  // One bar: parts of a whole, each as wide as its amount, on a scale that all bars share.
  function bar(label, whole, parts, scale) {
    const strip = make('div', {class: 'strip', 'aria-hidden': 'true'});
    for (const part of parts.filter((each) => each.amount > 0)) {
      const piece = make('span', {class: 'piece'});
      piece.style.width = `${100 * part.amount / scale}%`;
      piece.style.backgroundColor = part.colour;
      strip.append(piece);
    }
    return make('div', {class: 'answer-bar'}, make('p', {class: 'of'}, make('strong', null, Format.dollars(whole)), ` ${label}`), strip,
      make('ul', {class: 'legend'}, ...parts.map((part) => {
        const swatch = make('span', {class: 'swatch', 'aria-hidden': 'true'});
        swatch.style.backgroundColor = part.colour;
        return make('li', null, swatch, make('span', null, `${part.label}: ${Format.dollars(part.amount)}`));
      })));
  }

  function bars(of, years, horizon) {
    const scale = Math.max(of.potential, of.actual);
    return make('div', {class: 'answer-bars'},
      bar(`of exports can be expected in ${horizon}: the potential`, of.potential, [
        {label: 'Realised', amount: of.realized, colour: Charts.colour('realized')},
        {label: 'Unrealised, static (frictions)', amount: of.static, colour: Charts.colour('static')},
        {label: 'Unrealised, dynamic (growth, tariffs)', amount: of.dynamic, colour: Charts.colour('dynamic')}], scale),
      bar(`exported ${/^\d+$/.test(years) ? '' : 'a year '}in ${years}, in the same products`, of.actual, [
        {label: 'Within the potential', amount: of.realized, colour: Charts.colour('realized')},
        {label: 'Above the potential', amount: of.overtrade, colour: Charts.colour('actual')}], scale));
  }

  function why(of) {
    if (!(of.overtrade > 0)) return null;
    const ties = 'where ties are closer than the indicator can see (investment, long contracts, transit trade)';
    return make('p', null, of.actual > of.potential
      ? `Exports exceed the potential because ${Format.dollars(of.overtrade)} of them are above it product by product, ${ties}; `
        + 'what is sold above potential in one product does not make up for what is unrealised in another.'
      : `${Format.dollars(of.overtrade)} of exports are above the potential of their products, ${ties}; they do not make up for `
        + 'what is unrealised in others.');
  }

  function products(report) {
    const rows = rowsOf(report, 'potential', 'by_product').slice(0, PRODUCTS);
    if (!rows.length) return null;
    return make('div', {class: 'answer-products'}, make('h3', null, 'Most untapped'),
      make('ol', null, ...rows.map((row) => {
        const name = make('span', {class: 'name', title: row.name}, `${row.product} ${Names.of(row.product, row.name)}`);
        return make('li', null, name, make('span', {class: 'amount'}, Format.dollars(row.unrealized)));
      })));
  }

  // Nothing where the report has no potentials.
  function build(report, years) {
    const rows = rowsOf(report, 'potential', 'key_numbers');
    const of = Object.fromEntries(rows.map((row) => [row.key, row.market]));
    if (!(of.potential > 0)) return null;
    return make('section', {class: 'answer', 'aria-labelledby': 'answer'},
      make('h2', {id: 'answer'}, `What ${report.exporter.name} could sell to ${report.market.name}`),
      bars(of, years, report.horizon_year), why(of), products(report),
      make('p', {class: 'caution'}, 'A potential is what trade of comparable partners lets expect, not a ceiling, a target or a forecast.'));
  }

  return {build};
})();
