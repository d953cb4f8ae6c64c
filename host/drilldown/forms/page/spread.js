// What charts show of chances and intervals: lines over bars, points on a scale of powers of ten, and points in the four
// fields that two medians divide.
const Spread = (() => {
  'use strict';
  const LEAST = 0.001;  // what the scale of powers of ten begins with at the least: USD 1,000
  const NAMED = 5;  // points of a scatter with their names beside them

  const median = (values) => {
    const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
    const at = (sorted.length - 1) / 2;
    return sorted.length ? (sorted[Math.floor(at)] + sorted[Math.ceil(at)]) / 2 : null;
  };

  // A line from low to high over each value that has them, with its ends marked.
  const whiskers = {
    id: 'whiskers',
    afterDatasetsDraw(chart, _args, options) {
      if (!options.lines) return;
      const {ctx, scales: {x}, chartArea} = chart;
      ctx.save();
      ctx.strokeStyle = options.colour;
      ctx.lineWidth = 1.5;
      options.lines.forEach((lines, set) => (lines || []).forEach((line, index) => {
        const element = chart.getDatasetMeta(set).data[index];
        if (!line || !element) return;
        const within = (value) => Math.min(Math.max(x.getPixelForValue(value), chartArea.left), chartArea.right);
        const [from, to] = line.map(within);
        ctx.beginPath();
        ctx.moveTo(from, element.y);
        ctx.lineTo(to, element.y);
        for (const end of [from, to]) {
          ctx.moveTo(end, element.y - 4);
          ctx.lineTo(end, element.y + 4);
        }
        ctx.stroke();
      }));
      ctx.restore();
    },
  };

  // Ends of the lines of each series, scaled as its values; null where the series has none.
  function linesOf(drawn, scale) {
    const lines = drawn.series.map((each) => each.lows && each.lows.map((low, row) => (
      low === null || each.highs[row] === null ? null : [scale(low), scale(each.highs[row])])));
    return lines.some((each) => each && each.some((line) => line)) ? lines : null;
  }

  const powerOfTen = (tick) => {
    const power = Math.log10(tick);
    return Math.abs(power - Math.round(power)) < 1e-9 ? Format.fixed(tick, Math.max(0, -Math.round(power))) : '';
  };

  // Lying bars become points on a scale of powers of ten; what is not above nothing has no place on it.
  function toPowersOfTen(config, drawn, lines, theme) {
    config.type = 'line';
    config.data.datasets.forEach((set, index) => Object.assign(set, {
      type: 'line', showLine: false, data: set.data.map((entry) => (entry > 0 ? entry : null)), pointRadius: 5,
      pointHoverRadius: 6, pointStyle: index ? 'rectRot' : 'circle', pointBackgroundColor: drawn.series[index].colour,
      pointBorderColor: theme.paper, pointBorderWidth: 1, order: index,
    }));
    const {ticks, grid} = config.options.scales.x;
    const shown = [...config.data.datasets.map((set) => set.data), ...(lines || []).filter((each) => each)].flat(2)
      .filter((value) => typeof value === 'number' && value > 0);
    config.options.scales.x = {
      type: 'logarithmic', grid, ticks: {color: ticks.color, callback: powerOfTen, maxRotation: 0},
      min: Math.max(LEAST, Math.min(...shown)), max: Math.max(...shown) * 1.1,
    };
    config.options.plugins.amounts.text = false;
    return config;
  }

  // Lines at the medians, and the names of the first points.
  const fields = {
    id: 'fields',
    beforeDatasetsDraw(chart, _args, options) {
      const {ctx, scales: {x, y}, chartArea} = chart;
      ctx.save();
      ctx.strokeStyle = options.axis;
      ctx.setLineDash([5, 4]);
      ctx.beginPath();
      const [across, up] = [x.getPixelForValue(options.middle[0]), y.getPixelForValue(options.middle[1])];
      ctx.moveTo(across, chartArea.top);
      ctx.lineTo(across, chartArea.bottom);
      ctx.moveTo(chartArea.left, up);
      ctx.lineTo(chartArea.right, up);
      ctx.stroke();
      ctx.restore();
      ctx.save();
      ctx.font = `12px ${options.family}`;
      ctx.fillStyle = options.muted;
      ctx.textAlign = 'right';
      ctx.fillText('large and likely', chartArea.right - 4, chartArea.top + 14);
      ctx.textAlign = 'left';
      ctx.fillText('large, less likely', chartArea.left + 4, chartArea.top + 14);
      ctx.textAlign = 'right';
      ctx.fillText('smaller, likelier', chartArea.right - 4, chartArea.bottom - 6);
      ctx.restore();
    },
    afterDatasetsDraw(chart, _args, options) {
      const {ctx, chartArea} = chart;
      const points = chart.getDatasetMeta(0).data;
      const taken = [];
      ctx.save();
      ctx.font = `12px ${options.family}`;
      ctx.fillStyle = options.ink;
      points.slice(0, NAMED).forEach((point, index) => {
        const text = options.names[index];
        const width = ctx.measureText(text).width;
        const left = point.x + 8 + width > chartArea.right;
        const box = {x: left ? point.x - 8 - width : point.x + 8, y: point.y + 4, width};
        const clashes = taken.some((other) => Math.abs(other.y - box.y) < 13 && box.x < other.x + other.width
          && other.x < box.x + box.width);
        if (clashes || box.x < chartArea.left) return;
        taken.push(box);
        ctx.fillText(text, box.x, box.y);
      });
      ctx.restore();
    },
  };

  const shortened = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trim()}\u2026` : text);

  function scatter(drawn, width, theme, pixelRatio) {
    const family = getComputedStyle(document.body).fontFamily;
    const [series] = drawn.series;
    const points = drawn.along.map((along, row) => ({
      x: Format.scaled(along, drawn.alongKind), y: Format.scaled(series.values[row], drawn.kind)}));
    const axis = (text, more) => ({
      grid: {color: theme.grid, drawBorder: false}, title: {display: true, text, color: theme.muted},
      ...more, ticks: {color: theme.muted, maxRotation: 0, ...more.ticks},
    });
    return {
      type: 'scatter',
      data: {datasets: [{data: points, backgroundColor: `${series.colour}cc`, borderColor: theme.paper, pointRadius: 5,
        pointHoverRadius: 7}]},
      options: {
        animation: false, maintainAspectRatio: false, devicePixelRatio: pixelRatio, font: {family, size: 12},
        layout: {padding: {right: 10}},
        scales: {
          x: axis(`${drawn.alongLabel}, %`, {beginAtZero: true}),
          y: axis(`${series.label}, USD million`, {type: 'logarithmic', ticks: {callback: powerOfTen}}),
        },
        plugins: {
          legend: {display: false},
          fields: {middle: [median(points.map((point) => point.x)), median(points.map((point) => point.y))],
            names: drawn.names.map((name) => shortened(name.name, width < 480 ? 16 : 30)), family, ...theme},
          tooltip: {callbacks: {
            title: (items) => drawn.names[items[0].dataIndex].full,
            label: (item) => [
              `${series.label}: ${Format.withUnit(series.values[item.dataIndex], drawn.kind, drawn.decimals)}`,
              `${drawn.alongLabel}: ${Format.value(drawn.along[item.dataIndex], drawn.alongKind, 1)}`],
          }},
        },
      },
      plugins: [fields],
    };
  }

  return {whiskers, linesOf, toPowersOfTen, scatter};
})();
