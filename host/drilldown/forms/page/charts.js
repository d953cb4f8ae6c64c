// Charts: the figures' series on Chart.js, drawn when they come near the screen, redrawn when the theme changes.
// Colours are those of Okabe and Ito, told apart with any kind of colour blindness; a role has one colour everywhere.
const Charts = (() => {
  'use strict';
  const LIGHT = {ink: '#1c2733', muted: '#55626f', grid: '#dfe5ea', axis: '#8f9ba7', paper: '#ffffff'};
  const DARK = {ink: '#e4e9ee', muted: '#a6b2be', grid: '#2b3641', axis: '#6d7a87', paper: '#131920'};
  const ROLES = {
    plain: '#0072b2', exports: '#0072b2', imports: '#d55e00', balance: '#6f7d8a',
    market: '#0072b2', rest: '#9aa6b2', actual: '#6f7d8a', realized: '#009e73', unrealized: '#cc79a7',
    static: '#e69f00', dynamic: '#56b4e9',
    supply: '#0072b2', population: '#cc79a7', income: '#009e73', tariff: '#d55e00',
    before: '#9aa6b2', after: '#0072b2',
    raw: '#a8dcc9', semi_processed: '#35a582', processed: '#00664b', change: '#0072b2',
  };
  const RISES = '#009e73';  // of a change, by its sign
  const FALLS = '#d55e00';
  const MORE = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#9aa6b2', '#8c6d1f'];  // a role used twice in a chart
  const MOST_BARS = 40;
  const printed = {width: 640, pixelRatio: 2.5};

  const darkScheme = window.matchMedia('(prefers-color-scheme: dark)');
  const holders = [];  // everything drawn or to be drawn
  let printing = false;

  function colours(series) {
    const used = new Set();
    return series.map((each) => {
      let colour = ROLES[each.role] || ROLES.plain;
      if (used.has(colour)) colour = MORE.find((other) => !used.has(other)) || colour;
      used.add(colour);
      return colour;
    });
  }

  // The text along the axis: a product is its code and name.
  function categoryNames(table, key) {
    const at = table.columns.findIndex((column) => column.key === key);
    const near = (step, kind) => table.columns[at + step] && table.columns[at + step].kind === kind;
    const named = table.columns[at].kind === 'code' && near(1, 'text') ? at + 1 : at;
    const coded = named !== at ? at : (table.columns[at].kind === 'text' && near(-1, 'code') ? at - 1 : -1);
    return table.rows.map((row) => {
      const name = Format.value(row[named], 'text');
      if (coded < 0 || !row[coded]) return {name, full: name};
      return {name: Names.of(row[coded], name), full: `${row[coded]} ${name}`};
    });
  }

  // At most `most` lines of about `width` characters; an ellipsis where more is left.
  function wrapped(text, width, most) {
    const lines = [];
    let rest = text.trim();
    while (rest && lines.length < most) {
      let cut = rest.length;
      if (rest.length > width) {
        const space = rest.lastIndexOf(' ', width);
        const next = rest.indexOf(' ', width);
        const word = next < 0 ? rest.length : next;  // a word slightly too long is better whole
        cut = space > width / 3 ? space : (word <= width + 5 ? word : width);
      }
      lines.push(rest.slice(0, cut).trim());
      rest = rest.slice(cut).trim();
    }
    if (rest) lines[lines.length - 1] = lines[lines.length - 1].slice(0, width - 1).replace(/[\s,;:.]+$/,
        '') + '\u2026';
    return lines;
  }

  // Amounts at the end of horizontal bars: the whole of a stack, each bar, or a change beside the end that it leads to.
  const amounts = {
    id: 'amounts',
    afterDatasetsDraw(chart, _args, options) {
      if (!options.text) return;
      const metas = chart.getSortedVisibleDatasetMetas();
      const {ctx} = chart;
      ctx.save();
      ctx.font = `12px ${options.family}`;
      ctx.fillStyle = options.colour;
      ctx.textBaseline = 'middle';
      if (options.changes) {
        const [meta] = metas;
        options.changes.forEach((change, index) => {
          if (change === null) return;
          ctx.textAlign = change < 0 ? 'right' : 'left';
          const end = chart.scales.x.getPixelForValue(chart.data.datasets[meta.index].data[index][1]);
          ctx.fillText(options.text(change), end + (change < 0 ? -6 : 6), meta.data[index].y);
        });
        ctx.restore();
        return;
      }
      const write = (index, elements) => {
        const sets = elements.map((meta) => chart.data.datasets[meta.index].data[index]);
        if (sets.every((entry) => entry === null)) return;
        const right = Math.max(...elements.map((meta) => Math.max(meta.data[index].x, meta.data[index].base)));
        ctx.fillText(options.text(sets.reduce((sum, entry) => sum + (entry || 0), 0)), right + 6,
            elements[0].data[index].y);
      };
      for (let index = 0; index < chart.data.labels.length; ++index) {
        if (options.stacked) write(index, metas);
        else metas.forEach((meta) => write(index, [meta]));
      }
      ctx.restore();
    },
  };

  function describe(figure, spec) {
    const {table} = figure;
    const waterfall = spec.type === 'waterfall';
    const horizontal = waterfall || spec.type.startsWith('horizontal') || spec.type === 'interval';
    const column = (key) => table.columns.findIndex((each) => each.key === key);
    const entries = (key) => (column(key) < 0 ? null : rows.map((row) => row[column(key)]));
    const wanted = spec.first_rows > 0 ? spec.first_rows : (horizontal ? MOST_BARS : table.rows.length);
    const rows = table.rows.slice(0, wanted);
    const series = spec.series.filter((each) => column(each.column) >= 0);
    const shades = colours(series);
    const kind = series.length ? table.columns[column(series[0].column)].kind : 'number';
    const values = series.map((each) => rows.map((row) => {
      const entry = row[column(each.column)];
      return typeof entry === 'number' ? entry : null;
    }));
    const names = categoryNames(table, spec.category).slice(0, wanted);
    // Bars of changes, coloured by their sign: from nothing, or from where the one before ended.
    const ofChanges = series.length > 0 && series.every((each) => each.role === 'change');
    const ends = ofChanges ? values[values.length - 1] : [];
    const starts = ofChanges ? ends.map((_end, row) => (waterfall ? values[0][row] : 0)) : [];
    const changes = ofChanges ? ends.map((end, row) => (end === null ? null : end - starts[row])) : null;
    return {
      changes, starts,
      spec, horizontal, kind, names, byYear: table.columns[column(spec.category)].kind === 'year', rows: rows.length,
          allRows: table.rows.length,
      along: entries(spec.along), alongKind: (table.columns[column(spec.along)] || {}).kind,
      alongLabel: (table.columns[column(spec.along)] || {}).label,
      stacked: spec.type === 'stacked_bar' || spec.type === 'horizontal_stacked',
      series: series.map((each, s) => ({
        lows: entries(each.low), highs: entries(each.high),
        label: table.columns[column(each.column)].label, colour: shades[s], role: each.role, values: values[s],
        line: spec.type === 'line' || (spec.type === 'bar' && each.role === 'balance' && rows.length > 2),
      })),
      decimals: Format.usualDecimals(values.flat(), kind),
    };
  }

  const isWhole = (drawn) => drawn.stacked && drawn.kind === 'share' && drawn.names.every((_name, index) => {
    const sum = drawn.series.reduce((total, each) => total + (each.values[index] || 0), 0);
    return sum === 0 || Math.abs(sum - 1) < 1e-6;
  });

  // A bar from its start to its end for each row, in place of one for each series.
  function changeBars(drawn, scale) {
    const bars = drawn.changes.map((change, row) => (
      change === null ? null : [scale(drawn.starts[row]), scale(drawn.starts[row] + change)]));
    return [{
      type: 'bar', label: drawn.series[drawn.series.length - 1].label, data: bars,
      backgroundColor: drawn.changes.map((change) => (change < 0 ? FALLS : RISES)), maxBarThickness: 22,
      categoryPercentage: 0.74, barPercentage: 0.95,
    }];
  }

  function config(drawn, width, theme, pixelRatio) {
    if (drawn.spec.type === 'scatter') return Spread.scatter(drawn, width, theme, pixelRatio);
    const {horizontal, stacked, kind} = drawn;
    const family = getComputedStyle(document.body).fontFamily;
    const whole = isWhole(drawn);
    const few = drawn.rows <= 3;
    const negative = drawn.series.some((each) => each.values.some((entry) => entry < 0));
    const labelWidth = Math.max(14, Math.min(44, Math.floor(width * 0.4 / 6.6)));
    const uprightWidth = Math.max(5, Math.floor((width - 60) / Math.max(1, drawn.names.length) / 6.8));
    const valueAxis = {
      stacked,
      beginAtZero: drawn.spec.type !== 'line' || kind !== 'number',
      grace: drawn.changes ? (width < 480 ? '25%' : '12%') : 0,  // room for amounts on either side
      max: whole ? 100 : undefined,
      grid: {color: (context) => (context.tick && context.tick.value === 0 ? theme.axis : theme.grid),
          drawBorder: false},
      ticks: {
        color: theme.muted, maxTicksLimit: horizontal ? (width < 480 ? 4 : 7) : 7,
        callback(tick, _index, ticks) {
          const step = ticks.length > 1 ? Math.abs(ticks[1].value - ticks[0].value) : 1;
          return Format.fixed(tick, Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9))));
        },
      },
    };
    const categoryAxis = {
      stacked, grid: {display: false, drawBorder: !horizontal, borderColor: theme.axis},
      ticks: {
        color: theme.ink, autoSkip: drawn.byYear, autoSkipPadding: 10, maxRotation: 0,
        callback(_value, index) {
          return horizontal ? wrapped(drawn.names[index].name, labelWidth, 2)
            : wrapped(drawn.names[index].name, uprightWidth, 3);
        },
      },
    };
    const scale = (entry) => (entry === null ? null : Format.scaled(entry, kind));
    const lines = Spread.linesOf(drawn, scale);
    if (lines) valueAxis.suggestedMax = Math.max(...lines.flat().filter((line) => line).map((line) => line[1]));
    const bars = {
      type: drawn.spec.type === 'line' ? 'line' : 'bar',
      data: {
        labels: drawn.names.map((name) => name.name),
        datasets: drawn.changes ? changeBars(drawn, scale) : drawn.series.map((each) => ({
          type: each.line ? 'line' : 'bar', label: each.label, data: each.values.map(scale),
          backgroundColor: each.colour, borderColor: each.line ? each.colour : theme.paper,
          borderWidth: each.line ? 2.25 : (stacked ? 0.75 : 0), pointRadius: each.line ? 3 : 0,
              order: each.line ? 0 : 1,
          maxBarThickness: horizontal ? 22 : (few ? 96 : 48),
          categoryPercentage: horizontal ? 0.74 : (few ? 0.5 : 0.78), barPercentage: 0.95,
        })),
      },
      options: {
        indexAxis: horizontal ? 'y' : 'x', animation: false, responsive: !printing, maintainAspectRatio: false,
        devicePixelRatio: pixelRatio, font: {family, size: 12},
            layout: {padding: {right: horizontal && !whole && !drawn.changes ? 58 : 6}},
        interaction: {mode: 'index', axis: horizontal ? 'y' : 'x', intersect: false},
        scales: horizontal ? {x: valueAxis, y: categoryAxis} : {x: categoryAxis, y: valueAxis},
        plugins: {
          legend: {display: false},
          amounts: {
            changes: drawn.changes && drawn.changes.map(scale),
            text: !lines && horizontal && !whole && (drawn.changes || !negative)
              && ((amount) => Format.value(amount / Format.scaled(1, kind), kind, drawn.decimals)),
            stacked, family, colour: theme.muted,
          },
          whiskers: {lines, colour: theme.ink},
          tooltip: {
            callbacks: {
              title: (items) => (items.length ? wrapped(drawn.names[items[0].dataIndex].full, 44, 6) : ''),
              label: (item) => `${drawn.changes ? 'Change' : item.dataset.label}: ${Format.withUnit(
                (drawn.changes || drawn.series[item.datasetIndex].values)[item.dataIndex], kind, drawn.decimals)}`,
            },
          },
        },
      },
      plugins: [amounts, Spread.whiskers],
    };
    return drawn.spec.type === 'interval' ? Spread.toPowersOfTen(bars, drawn, lines, theme) : bars;
  }

  // Names that would not fit below upright bars get room beside lying ones.
  function fitting(drawn, width) {
    const lying = drawn.spec.type.endsWith('bar') && !drawn.horizontal && !drawn.byYear
        && (width - 60) / drawn.names.length < 62;
    if (!lying) return drawn;
    return {...drawn, horizontal: true, series: drawn.series.map((each) => ({...each, line: false}))};
  }

  function heightOf(drawn, width) {
    if (drawn.spec.type === 'scatter') return width < 480 ? 340 : 430;
    if (!drawn.horizontal) return width < 480 ? 270 : 330;
    const bars = drawn.stacked || drawn.changes || drawn.spec.type === 'interval' ? 1 : drawn.series.length;
    return 62 + drawn.rows * (printing ? Math.max(32, 10 + 14 * bars) : Math.max(36, 14 + 18 * bars));
  }

  function draw(holder) {
    const {box} = holder;
    const dark = darkScheme.matches && !printing;
    const theme = dark ? DARK : LIGHT;
    const width = printing ? (holder.narrow ? printed.width / 2 - 12 : printed.width) : box.clientWidth || 600;
    const drawn = fitting(holder.drawn, width);
    if (holder.chart) holder.chart.destroy();
    const canvas = Dom.make('canvas', {role: 'img', 'aria-label': holder.alternative}, holder.alternative);
    box.style.height = `${heightOf(drawn, width)}px`;
    if (printing) {
      canvas.width = width;
      canvas.height = heightOf(drawn, width);
    }
    box.replaceChildren(canvas);
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    holder.chart = new Chart(canvas, config(drawn, width, theme, printing ? printed.pixelRatio : undefined));
    box.dataset.drawn = dark ? 'dark' : 'light';
  }

  const nearby = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      nearby.unobserve(entry.target);
      const holder = holders.find((each) => each.box === entry.target);
      if (!holder.chart) draw(holder);
    }
  }, {rootMargin: '600px 0px'});

  // A picture of the whole page has all of them: what is far from the screen is drawn when there is nothing else to do.
  function drawRest() {
    const next = holders.find((holder) => !holder.chart);
    if (!next) return;
    nearby.unobserve(next.box);
    draw(next);
    whenIdle(drawRest);
  }
  const whenIdle = (work) => (window.requestIdleCallback ? window.requestIdleCallback(work) : setTimeout(work, 50));

  function legend(drawn) {
    const list = Dom.make('ul', {class: 'legend'});
    const signs = [['Rises', RISES, 1], ['Falls', FALLS, -1]]
      .filter(([_label, _colour, sign]) => drawn.changes && drawn.changes.some((change) => change * sign > 0))
      .map(([label, colour]) => ({label, colour}));
    for (const each of drawn.changes ? signs : drawn.series) {
      const swatch = Dom.make('span', {class: each.line ? 'swatch line' : 'swatch', 'aria-hidden': 'true'});
      swatch.style.backgroundColor = each.colour;
      list.append(Dom.make('li', null, swatch, Dom.make('span', null, each.label)));
    }
    return list;
  }

  // All charts of a figure, or null where there is nothing to draw.
  function build(figure) {
    if (!figure.table.rows.length) return null;
    const has = (key) => figure.table.columns.some((column) => column.key === key);
    const hasNumbers = (drawn) => drawn.series.some((each) => each.values.some((entry) => entry !== null));
    const specs = (figure.charts || []).filter((spec) => has(spec.category))
      .map((spec) => describe(figure, spec)).filter(hasNumbers);
    if (!specs.length) return null;
    const upright = specs.length === 2 && specs.every((drawn) => !drawn.horizontal);
    const charts = Dom.make('div', {class: upright ? 'charts upright' : 'charts'});
    for (const drawn of specs) {
      const box = Dom.make('div', {class: 'canvas'});
      const alternative = (figure.alternative || figure.title)
        + (specs.length > 1 ? ` (${drawn.series.map((each) => each.label).join(', ')})` : '');
      const note = drawn.rows + 1 < drawn.allRows  // one row more is what the others come to
        ? Dom.make('p', {class: 'note'},
            `The chart shows the first ${drawn.rows} of ${Format.fixed(drawn.allRows, 0)} rows of the table.`)
        : null;
      charts.append(Dom.make('div', {class: 'chart'}, legend(drawn), box, note));
      holders.push({drawn, box, alternative, narrow: upright, chart: null});
      box.style.height = `${heightOf(drawn, window.innerWidth)}px`;
      nearby.observe(box);
    }
    return charts;
  }

  darkScheme.addEventListener('change', () => holders.filter((holder) => holder.chart).forEach(draw));

  return {
    build,
    colour: (role) => ROLES[role],
    drawRest: () => whenIdle(drawRest),
    startPrint() {
      printing = true;
      holders.forEach(draw);
    },
    endPrint() {
      printing = false;
      holders.forEach(draw);
    },
  };
})();
