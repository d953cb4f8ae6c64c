// What scenarios change, as figures that several views have.
const ScenarioFigures = (() => {
  'use strict';
  const LEGEND = [['rises', 'Rises'], ['falls', 'Falls']];

  const change = (list, at) => list.after.potential[at] - list.before.potential[at];
  const address = (world, number) => Links.to(['scenario', world.scenarios[number][0]]);

  // Columns and entries of a table of changes, after those that say whose they are.
  const COLUMNS = [
    {key: 'before', label: 'Baseline', kind: 'usd'}, {key: 'after', label: 'Scenario', kind: 'usd'},
    {key: 'change', label: 'Change', kind: 'usd'}, {key: 'change_share', label: 'Relative', kind: 'share'},
    {key: 'change_static', label: 'Of it static', kind: 'usd'}, {key: 'change_dynamic', label: 'Dynamic', kind: 'usd'},
    {key: 'risk', label: 'At risk', kind: 'usd'}
  ];
  const entries = (list, at) =>
      [list.before.potential[at], list.after.potential[at], Data.eight(change(list, at)),
       list.before.potential[at] > 0 ? Data.eight(change(list, at) / list.before.potential[at]) : null,
       Data.eight(list.after.static[at] - list.before.static[at]),
       Data.eight(list.after.dynamic[at] - list.before.dynamic[at]), list.risk[at]];

  // Places of a list, largest change first, whichever way it goes.
  const ordered = (list, places) => places.filter((at) => change(list, at) !== 0)
                                        .sort((a, b) => Math.abs(change(list, b)) - Math.abs(change(list, a)));

  // Which of the scenarios a view shows: its number.
  function chosen(world, route) {
    const at = world.scenarios.findIndex(([name]) => name === route.params.get('scenario'));
    return Math.max(0, at);
  }

  function choice(world, number) {
    if (world.scenarios.length < 2) return null;
    const select = Dom.make(
        'select', {id: 'scenario'},
        ...world.scenarios.map(([name], at) => Dom.make('option', {value: name, selected: at === number}, name)));
    select.addEventListener('change', () => {
      location.hash = Links.changed({scenario: select.value});
    });
    return Dom.make(
        'div', {class: 'controls'},
        Dom.make('label', {class: 'choice'}, Dom.make('span', {class: 'label'}, 'Scenario'), select));
  }

  // A country's partners: [] without scenarios, for any view may ask.
  function partners(world, route, country, chunk, pairOf, label) {
    if (!world.scenarios.length) return [];
    const number = chosen(world, route);
    const list = chunk.scenarios[number];
    const order = ordered(list, d3.range(list.country.length));
    const [name] = world.scenarios[number];
    return [Figure.make({
      id: 'scenario',
      title: `Scenario “${name}”, by ${label.toLowerCase()}`,
      controls: choice(world, number),
      legend: LEGEND,
      notice: order.length === 0 ? 'It leaves the potential as it is here.' : '',
      lead: Dom.make('a', {href: address(world, number)}, 'What it assumes'),
      about: `The potential under the scenario minus that of its baseline; the 15 largest changes of ${order.length}.`,
      draw: (holder, width) => Changes.draw(
          holder, width, order.slice(0, 15).map((at) => ({
                                                  label: world.list[list.country[at]].name,
                                                  href: pairOf(world.list[list.country[at]]),
                                                  value: change(list, at)
                                                })),
          {label: 'Changes of the potential'}),
      table: () => ({
        columns: [
          {key: 'code', label: 'Code', kind: 'code'},
          {key: 'name', label, kind: 'text', link: (row) => pairOf(world.byCode.get(row[0]))}, ...COLUMNS
        ],
        rows: order.map((at) => {
          const partner = world.list[list.country[at]];
          return [partner.code, partner.name, ...entries(list, at)];
        }),
      }),
    })];
  }

  // One pair under every scenario: by instrument from the baseline to the scenario.
  async function pair(world, chunk, market) {
    if (!world.scenarios.length) return [];
    const told = await Promise.all(world.scenarios.map((_, number) => Data.scenario(number)));
    return world.scenarios.map(([name, description], number) => {
      const list = chunk.scenarios[number];
      const at = list.country.indexOf(market.index);
      const steps =
          at < 0 ? [] : told[number].players.map((player, n) => ({label: player, value: list.instruments[n][at]}));
      const moves = at < 0 ? 0 : change(list, at);
      return Figure.make({
        id: `scenario-${number}`,
        title: `Scenario “${name}”`,
        notice: at < 0 ? 'It leaves the potential of this pair as it is.' : '',
        lead: Dom.make(
            'span', {}, description ? `${description}. ` : '',
            at < 0 ? '' :
                     `The potential ${moves < 0 ? 'falls' : 'rises'} by ${Numbers.usd(Math.abs(moves))} (${
                         Numbers.percent(Numbers.share(Math.abs(moves), list.before.potential[at]), 1)})${
                         list.risk[at] > 0 ? `; exports at risk: ${Numbers.usd(list.risk[at])}` : ''}. `,
            Dom.make('a', {href: address(world, number)}, 'What it assumes')),
        about: 'The difference between the scenario and its baseline, split exactly among its instruments.',
        draw: (holder, width) => Waterfall.draw(
            holder, width, {label: 'Baseline', value: list.before.potential[at]}, steps,
            {label: 'Scenario', value: list.after.potential[at]}, {label: `Scenario ${name}`}),
        table: () => ({
          columns: [
            ...COLUMNS,
            ...told[number].players.map((player, n) => ({key: `instrument_${n + 1}`, label: player, kind: 'usd'}))
          ],
          rows: [[...entries(list, at), ...list.instruments.map((values) => values[at])]]
        }),
      });
    });
  }

  return {LEGEND, COLUMNS, entries, change, ordered, partners, pair, address};
})();
