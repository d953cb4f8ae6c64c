// Logistics performance of the two countries of a pair: a friction that is known of. No potential is computed from it.
const LogisticsFigures = (() => {
  'use strict';

  // [figure], or [] where the atlas has no scores.
  async function pair(world, exporter, market) {
    if (!world.logistics) return [];
    const scores = await Data.logistics();
    const places = d3.range(scores.country.length);
    const year = d3.max(places.filter((at) => scores.country[at] === exporter.index), (at) => scores.year[at]);
    const then = places.filter((at) => scores.year[at] === year);
    const known = (value) => typeof value === 'number' && !Number.isNaN(value);
    const mean = (component, counts) => d3.mean(
        then.filter((at) => counts(scores.country[at])).map((at) => scores.columns[component][at]).filter(known));
    const groups = [
      ['exporter', exporter.name, (index) => index === exporter.index],
      ['region', exporter.region, (index) => world.list[index].region === exporter.region],
      ['market', market.name, (index) => index === market.index], ['world', 'World', () => true]
    ];
    const rows = scores.components.map(
        (name, component) => ({
          label: name.charAt(0).toUpperCase() + name.slice(1),
          values: Object.fromEntries(groups.map(([key, , counts]) => [key, mean(component, counts)]))
        }));
    const bar = (label, full, value, world) =>
        ({label, full, mark: world, parts: [{name: 'plain', label: 'Score', value: value || 0}], note: score(value)});
    return [Figure.make({
      id: 'logistics',
      title: `Logistics performance${year ? `, ${year}` : ''}`,
      notice: year ? '' : `${exporter.name} has no score of logistics performance.`,
      legend: [['plain', 'Score, 1 to 5'], ['mark', 'Mean of the world']],
      about:
          'The World Bank’s Logistics Performance Index, overall and by component, in the latest year with a score of ' +
          'the exporter. It says where trade is slow or dear; no potential is computed from it.',
      draw: (holder, width) => Bars.draw(
          holder, width,
          rows.flatMap(
              ({label, values}) =>
                  [bar(`${label} · ${exporter.code}`, `${label}, ${exporter.name}`, values.exporter, values.world),
                   bar(market.code, `${label}, ${market.name}`, values.market, values.world)]),
          {
            label: 'Logistics performance',
            markLabel: 'Mean of the world',
            format: score,
            tick: score,
            labelShare: 0.36
          }),
      table: () => ({
        columns: [
          {key: 'component', label: 'Component', kind: 'text'},
          ...groups.map(([key, label]) => ({key, label, kind: 'score'}))
        ],
        rows: rows.map(({label, values}) => [label, ...groups.map(([key]) => rounded(values[key]))])
      }),
    })];
  }

  const rounded = (value) => (value === undefined ? null : Data.eight(value));
  const score = (value) => (typeof value === 'number' ? Numbers.fixed(value, 1) : Numbers.NONE);

  return {pair};
})();
