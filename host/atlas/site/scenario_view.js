// Scenarios: which there are; and of one what it rests on, who gains, who loses, and by what.
const ScenarioView = (() => {
  'use strict';
  const SIDES = [['exporter', 'Exporters'], ['market', 'Markets']];

  async function show(route) {
    const world = await Data.world();
    const number = route.parts.length ? world.scenarios.findIndex(([name]) => name === route.parts[0]) : -1;
    if (!route.parts.length) return list(world);
    if (number < 0)
      return Page.unknown(`There is no scenario “${route.parts[0]}” here.`, [Links.to(['scenario']), 'All scenarios']);
    const [name, description, changesNothing] = world.scenarios[number];
    const scenario = await Data.scenario(number);
    const side = Page.pick(route, 'side', SIDES);
    const table = side === 'market' ? scenario.markets : scenario.exporters;
    const order = ScenarioFigures.ordered(table, d3.range(world.list.length));
    const nothing = changesNothing || order.length === 0;
    const nodes = [
      Page.heading(
          `Scenario “${name}”`, description || `Base period ${Page.years(world)}, horizon ${world.horizon_year}`,
          [world.scenarios.length > 1 ? [Links.to(['scenario']), 'All scenarios'] : null]),
      nothing ? Dom.make('p', {class: 'notice wide'}, 'It leaves the potential of every pair as it is.') :
                keyNumbers(world, table, order, side),
      Dom.make(
          'p', {class: 'caution wide'},
          'A scenario says what the potential would be if its assumptions held; it does not say that they will. ' +
              'Scenarios do not build on each other and are not to be added up.'),
      assumptions(scenario),
      ...(scenario.targets.length ? [targets(world, scenario)] : []),
    ];
    if (!nothing)
      nodes.push(
          Dom.make('div', {class: 'controls'}, Figure.choice('Of', 'side', side, SIDES)),
          map(world, table, order, side), ranking(world, table, order, side), instruments(scenario, table),
          pairs(world, scenario.pairs));
    return {title: `Scenario ${name}`, name: 'scenario', nodes};
  }

  function keyNumbers(world, table, order, side) {
    const [before, after] = [d3.sum(table.before.potential), d3.sum(table.after.potential)];
    const gains = d3.sum(order, (at) => Math.max(0, ScenarioFigures.change(table, at)));
    return Page.keyNumbers([
      ['Potential, baseline', before, `of the world in ${world.horizon_year}`],
      ['Potential, scenario', after, `${Numbers.signed(after - before)}, ${signedShare(after - before, before)}`],
      ['Gains', gains, `of ${side === 'market' ? 'markets' : 'exporters'} that gain`, 'rises'],
      [
        'Exports at risk', d3.sum(table.risk), 'that the baseline’s potential carries and the scenario’s does not',
        'falls'
      ],
    ]);
  }

  function list(world) {
    const rows = world.scenarios.map(([name, description]) => [name, description]);
    return {
      title: 'Scenarios',
      name: 'scenarios',
      nodes: [
        Page.heading('Scenarios', 'What the potential would be under stated assumptions.'), Figure.make({
          id: 'scenarios',
          wide: true,
          title: 'Scenarios of this atlas',
          notice: rows.length ? '' : 'None: they come with potentia atlas --scenario.',
          table: () => ({
            columns: [
              {key: 'name', label: 'Scenario', kind: 'text', link: (row) => Links.to(['scenario', row[0]])},
              {key: 'description', label: 'About', kind: 'text'}
            ],
            rows
          })
        })
      ]
    };
  }

  const signedShare = (part, whole) => (part > 0 ? '+' : '') + Numbers.percent(Numbers.share(part, whole), 2);
  const home = (side) => (side === 'market' ? Links.market : Links.exporter);

  function map(world, table, order, side) {
    return Figure.make({
      id: 'map',
      wide: true,
      title: 'Where the potential changes',
      legend: ScenarioFigures.LEGEND,
      about:
          'A circle for each economy, its area the change of the potential, whichever way it goes. Click a circle for the economy.',
      draw: (holder, width) => Dorling.draw(
          holder, width,
          order.map((at) => ({
                      country: world.list[at],
                      value: Math.abs(ScenarioFigures.change(table, at)),
                      shade: ScenarioFigures.change(table, at) < 0 ? 0 : 0.5,
                      href: home(side)(world.list[at]),
                      words: `${world.list[at].name}: ${Numbers.signed(ScenarioFigures.change(table, at))}`
                    })),
          {label: 'Map of changes', shades: 'change'}),
      table: () => countries(world, table, order, side),
    });
  }

  const countries = (world, table, order, side) => ({
    columns: [
      {key: 'code', label: 'Code', kind: 'code'}, {
        key: 'name',
        label: side === 'market' ? 'Market' : 'Exporter',
        kind: 'text',
        link: (row) => home(side)(world.byCode.get(row[0]))
      },
      ...ScenarioFigures.COLUMNS
    ],
    rows: order.map((at) => [world.list[at].code, world.list[at].name, ...ScenarioFigures.entries(table, at)])
  });

  function ranking(world, table, order, side) {
    return Figure.make({
      id: 'ranking',
      title: 'Who gains, who loses',
      legend: ScenarioFigures.LEGEND,
      about: `The potential under the scenario minus that of its baseline: the 25 largest changes of ${order.length}.`,
      draw: (holder, width) => Changes.draw(
          holder, width,
          order.slice(0, 25).map((at) => ({
                                   label: world.list[at].name,
                                   href: home(side)(world.list[at]),
                                   value: ScenarioFigures.change(table, at),
                                   note: signedShare(ScenarioFigures.change(table, at), table.before.potential[at])
                                 })),
          {label: 'Changes of the potential'}),
      table: () => countries(world, table, order, side),
    });
  }

  function instruments(scenario, table) {
    const rows = scenario.players.map((name, n) => ({label: name, value: d3.sum(table.instruments[n])}));
    return Figure.make({
      id: 'instruments',
      title: 'By instrument',
      notice: rows.length ? '' : 'No instrument differs between baseline and scenario.',
      legend: ScenarioFigures.LEGEND,
      about:
          'The world’s difference between scenario and baseline, split exactly: factors of the potential by logarithmic means, instruments on the same factor by Shapley values.',
      draw: (holder, width) => Changes.draw(holder, width, rows, {label: 'By instrument'}),
      table: () => ({
        columns: [
          {key: 'instrument', label: 'Instrument', kind: 'text'},
          {key: 'change', label: 'Change of the potential', kind: 'usd'}
        ],
        rows: rows.map((row) => [row.label, Data.eight(row.value)])
      }),
    });
  }

  function pairs(world, table) {
    const country = (side, at) => world.list[table[side][at]];
    return Figure.make({
      id: 'pairs',
      wide: true,
      title: 'Pairs that change most',
      rows: 15,
      table: () => ({
        columns: [
          {key: 'exporter', label: 'Exporter', kind: 'text', hidden: true}, {
            key: 'exporter_name',
            label: 'Exporter',
            kind: 'text',
            link: (row) => Links.exporter(world.byCode.get(row[0]))
          },
          {key: 'market', label: 'Market', kind: 'text', hidden: true}, {
            key: 'market_name',
            label: 'Market',
            kind: 'text',
            link: (row) => Links.pair(world.byCode.get(row[0]), world.byCode.get(row[2]))
          },
          ...ScenarioFigures.COLUMNS
        ],
        rows: d3.range(table.exporter.length)
                  .map(
                      (at) =>
                          [country('exporter', at).code, country('exporter', at).name, country('market', at).code,
                           country('market', at).name, ...ScenarioFigures.entries(table, at)]),
      }),
    });
  }

  function targets(world, scenario) {
    const names = (indices) => indices.map((index) => world.list[index].name).join(', ');
    return Figure.make({
      id: 'targets',
      wide: true,
      title: 'Targets',
      about: 'Totals that are to be reached, against the potential at the horizon.',
      table: () => ({
        columns: [
          {key: 'target', label: 'Target', kind: 'text'}, {key: 'trade', label: 'Trade', kind: 'text'},
          {key: 'year', label: 'Year', kind: 'code'}, {key: 'value', label: 'To be reached', kind: 'usd'},
          {key: 'actual', label: 'Exports', kind: 'usd'}, {key: 'baseline', label: 'Potential, baseline', kind: 'usd'},
          {key: 'potential', label: 'Potential, scenario', kind: 'usd'},
          {key: 'reached', label: 'Within the potential', kind: 'text'},
          {key: 'required_growth', label: 'Growth required, a year', kind: 'share'},
          {key: 'potential_growth', label: 'Growth to the potential, a year', kind: 'share'}
        ],
        rows: scenario.targets.map(
            ([
              name, exporters, markets, bothWays, year, value, actual, baseline, potential, reached, required, growth
            ]) =>
                [name, `${names(exporters)} → ${names(markets)}${bothWays ? ', both ways' : ''}`, String(year), value,
                 actual, baseline, potential, reached ? 'yes' : 'no', required, growth])
      }),
    });
  }

  function assumptions(scenario) {
    const remark = (acts, inBase) => [inBase ? 'already in the base trade: the scenario takes it out' : '',
                                      acts ? '' : 'does not act at the horizon']
                                         .filter(Boolean)
                                         .join('; ');
    return Figure.make({
      id: 'assumptions',
      wide: true,
      title: 'What it rests on',
      rows: 30,
      notice: scenario.assumptions.length ? '' : 'It states nothing.',
      lead: `Read from ${scenario.files.join(', ')}.`,
      table: () => ({
        columns: [
          {key: 'instrument', label: 'Instrument', kind: 'text'}, {key: 'kind', label: 'Kind', kind: 'code'},
          {key: 'says', label: 'Says', kind: 'text'}, {key: 'applies_to', label: 'Applies to', kind: 'text'},
          {key: 'side', label: 'Laid under', kind: 'text'}, {key: 'basis', label: 'Basis', kind: 'text'},
          {key: 'source', label: 'Source or reason', kind: 'text'}, {key: 'remark', label: 'Remark', kind: 'text'}
        ],
        rows: scenario.assumptions.map(
            ([instrument, kind, side, says, applies, assumed, source, acts, inBase]) =>
                [instrument, kind, says, applies, side === 'both' ? 'baseline and scenario' : side,
                 assumed ? 'assumption' : 'source', source, remark(acts, inBase)])
      }),
    });
  }

  return {show};
})();
