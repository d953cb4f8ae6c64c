// The world: who has how much left to export (or to be sold), on a map and as a ranking.
const WorldView = (() => {
  'use strict';
  const MEASURES = [['unrealized', 'USD'], ['perhead', 'Per head'], ['share', 'Relative to exports']];
  const PARTS = [['all', 'All unrealised'], ['static', 'Held by frictions'], ['dynamic', 'To come with growth']];
  const SIDES = [['exporter', 'Exporters'], ['market', 'Markets']];

  function measured(value, by, country, table) {
    if (by === 'perhead') return country.population > 0 ? value / country.population : null;
    if (by === 'share') return Numbers.share(value, table.actual[country.index]);
    return value;
  }

  const formatted = (value, by) =>
      (by === 'share'       ? Numbers.percent(value) :
           by === 'perhead' ? (value === null    ? Numbers.NONE :
                                   value >= 1000 ? Numbers.short(value) :
                                                   Numbers.fixed(value, value < 10 ? 1 : 0)) :
                              Numbers.short(value));

  async function show(route) {
    const world = await Data.world();
    const pick = (key, choices) =>
        (choices.some(([name]) => name === route.params.get(key)) ? route.params.get(key) : choices[0][0]);
    const side = pick('side', SIDES);
    const by = pick('by', MEASURES);
    const part = pick('part', PARTS);
    const table = side === 'market' ? world.markets : world.exporters;
    const amount = (index) => (part === 'all' ? table.unrealized[index] : table[part][index]);
    const address = side === 'market' ? Links.market : Links.exporter;
    const rows = world.list.filter((country) => table.potential[country.index] > 0 || table.actual[country.index] > 0)
                     .map((country) => ({
                            country,
                            amount: amount(country.index),
                            value: measured(amount(country.index), by, country, table)
                          }));
    // Relative to hardly any exports, or per few heads, anything is large: such economies come last in their ranking.
    const counts = (row) => row.value !== null && (by !== 'share' || table.actual[row.country.index] >= 1e7) &&
        (by !== 'perhead' || row.country.population >= 1e5);
    rows.sort((a, b) => counts(b) - counts(a) || (b.value || 0) - (a.value || 0));
    const ranked = rows.filter(counts);

    const total = (name) => d3.sum(table[name]);
    const words = (row) => {
      const at = row.country.index;
      const held = Numbers.percent(Numbers.share(table.static[at], table.unrealized[at]));
      return `${row.country.name}: unrealised ${Numbers.usd(table.unrealized[at])}, of it static ${held}; ` +
          `exports ${Numbers.usd(table.actual[at])}, potential ${Numbers.usd(table.potential[at])}`;
    };
    const controls = Dom.make(
        'div', {class: 'controls'}, Figure.choice('Of', 'side', side, SIDES), Figure.choice('By', 'by', by, MEASURES),
        Figure.choice('Part', 'part', part, PARTS));
    const unit = by === 'share' ? 'relative to exports of the base period' : by === 'perhead' ? 'USD per head' : 'USD';
    const what = part === 'all' ? 'Unrealised potential' :
        part === 'static'       ? 'Potential held back by frictions' :
                                  'Potential to come with growth and tariff change';

    const fullTable = () => ({
      columns: [
        {key: 'code', label: 'Code', kind: 'code'},
        {
          key: 'name',
          label: side === 'market' ? 'Market' : 'Exporter',
          kind: 'text',
          link: (row) => address(world.byCode.get(row[0]))
        },
        ...['actual', 'potential_now', 'potential', 'realized', 'unrealized', 'static', 'dynamic', 'overtrade'].map(
            (key) => ({key, label: Numbers.LABELS[key], kind: 'usd'})),
        {key: 'unrealized_per_head', label: 'Unrealised per head', kind: 'number'},
        {key: 'unrealized_to_exports', label: 'Unrealised / exports', kind: 'share'},
      ],
      rows: rows.map(({country}) => {
        const at = country.index;
        return [
          country.code, country.name,
          ...['actual', 'potential_now', 'potential', 'realized', 'unrealized', 'static', 'dynamic', 'overtrade'].map(
              (key) => table[key][at]),
          country.population > 0 ? Data.eight(table.unrealized[at] / country.population) : null,
          table.actual[at] > 0 ? Data.eight(table.unrealized[at] / table.actual[at]) : null
        ];
      }),
    });

    const nodes = [
      Page.heading(
          document.body.dataset.title,
          `Export potential of ${rows.length} economies, base period ${Page.years(world)}, horizon ${
              world.horizon_year}.`),
      Page.keyNumbers([
        [
          'Potential', total('potential'),
          `at the horizon, in USD of the base period; now ${Numbers.usd(total('potential_now'))}`
        ],
        ['Realised', total('realized'), `of exports of ${Numbers.usd(total('actual'))}`],
        ['Held by frictions', total('static'), 'unrealised already under the conditions of today (static)', 'static'],
        ['To come', total('dynamic'), 'with growth and tariff change up to the horizon (dynamic)', 'dynamic'],
      ]),
      Page.caution(),
      controls,
      Figure.make({
        id: 'map',
        wide: true,
        title: `${what}, ${unit}`,
        lead: Dorling.scale('Held by frictions', 'to come with growth', 'div'),
        about:
            'A circle for each economy, near to where it lies; its area is the amount. The shade says how much ' +
                'of what is unrealised is static (orange: today’s frictions hold it back) or dynamic (blue: ' +
                'growth and tariff change bring it). Click a circle for the economy.',
        draw: (holder, width) => Dorling.draw(
            holder, width,
            ranked.map((row) => ({
                         country: row.country,
                         value: row.value,
                         shade: Numbers.share(table.dynamic[row.country.index], table.unrealized[row.country.index]),
                         href: address(row.country),
                         words: words(row),
                       })),
            {label: `Map: ${what}`, shades: 'div'}),
        table: fullTable,
      }),
      Figure.make(
          {
            id: 'ranking',
            title: 'Ranking',
            legend: part === 'all' ?
                [['static', 'Static: held by frictions'], ['dynamic', 'Dynamic: to come with growth']] :
                null,
            about: `${what}, ${unit}; the 30 largest.${
                by === 'share' ? ' Economies that export less than USD 10 million are left out.' : ''}${
                by === 'perhead' ? ' Economies of fewer than 100,000 people are left out.' :
                                   ''} The table has all economies.`,
            draw:
                (holder, width) =>
                    Bars.draw(
                        holder, width, ranked.slice(0, 30).map((row) => {
                          const at = row.country.index;
                          const scale = row.amount > 0 ? row.value / row.amount : 0;
                          const parts = part === 'all' ?
                              [
                                {name: 'static', value: table.static[at] * scale},
                                {name: 'dynamic', value: table.dynamic[at] * scale}
                              ] :
                              [{name: part, value: row.value}];
                          return {
                            label: row.country.name,
                            href: address(row.country),
                            parts,
                            note: formatted(row.value, by)
                          };
                        }),
                        {
                          label: 'Ranking',
                          format: (value) => formatted(value, by),
                          tick: by === 'share' ? (value) => Numbers.percent(value, 0) : Numbers.tick
                        }),
            table: fullTable,
          }),
      balance(table, rows, side, address),
    ];
    return {title: 'World', name: 'world', nodes};
  }

  // Who gains from growth, who is held by frictions.
  function balance(table, rows, side, address) {
    const share = (row, part) => Numbers.share(table[part][row.country.index], table.unrealized[row.country.index]);
    const largest = rows.slice()
                        .sort((a, b) => table.unrealized[b.country.index] - table.unrealized[a.country.index])
                        .slice(0, 30)
                        .filter((row) => table.unrealized[row.country.index] > 0);
    largest.sort((a, b) => share(b, 'dynamic') - share(a, 'dynamic'));
    return Figure.make({
      id: 'balance',
      title: 'Who gains from growth, who is held by frictions',
      legend: [['dynamic', 'Dynamic: to come with growth'], ['static', 'Static: held by frictions']],
      about:
          'The 30 economies with most unrealised potential, by how much of it comes with growth and tariff ' +
              'change; the rest is held back by today’s frictions.',
      draw: (holder, width) => Bars.draw(
          holder, width, largest.map((row) => ({
                                       label: row.country.name,
                                       href: address(row.country),
                                       note: Numbers.percent(share(row, 'dynamic'), 0),
                                       parts: ['dynamic', 'static'].map((name) => ({name, value: share(row, name)}))
                                     })),
          {label: 'Balance', format: (value) => Numbers.percent(value, 0), tick: (value) => Numbers.percent(value, 0)}),
      table: () => ({
        columns: [
          {key: 'code', label: 'Code', kind: 'code'},
          {key: 'name', label: side === 'market' ? 'Market' : 'Exporter', kind: 'text'},
          {key: 'dynamic_share', label: 'Dynamic', kind: 'share'},
          {key: 'static_share', label: 'Static', kind: 'share'}, {key: 'unrealized', label: 'Unrealised', kind: 'usd'}
        ],
        rows: largest.map(
            (row) =>
                [row.country.code, row.country.name, Data.eight(share(row, 'dynamic')),
                 Data.eight(share(row, 'static')), table.unrealized[row.country.index]]),
      }),
    });
  }

  return {show};
})();
