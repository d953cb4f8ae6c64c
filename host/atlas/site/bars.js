// Bars lying on their side, in parts: realised, static, dynamic … Each row may be a link.
const Bars = (() => {
  'use strict';

  // rows: {label, full, href, parts: [{name, value}], mark (value of a tick, such as exports), note}.
  function draw(holder, width, rows, options) {
    const settings =
        Object.assign({label: 'Bars', format: Numbers.short, tick: Numbers.tick, labelShare: 0.3}, options);
    const left = LyingRows.left(width, settings.labelShare);
    const right = 74;
    const height = LyingRows.total(rows);
    const most =
        d3.max(rows, (row) => Math.max(d3.sum(row.parts, (part) => Math.max(0, part.value)), row.mark || 0)) || 1;
    const x = d3.scaleLinear().domain([0, most]).range([left, width - right]);
    const svg = Figure.svg(holder, width, height, settings.label);
    const ticks = x.ticks(Math.max(2, Math.floor((width - left - right) / 90)));
    LyingRows.scale(svg, x, ticks, settings.tick, height);
    rows.forEach((row, at) => {
      const words = row.parts.map(
          (part) => `${part.label || Numbers.LABELS[part.name] || part.name} ${settings.format(part.value)}`);
      if (typeof row.mark === 'number')
        words.unshift(`${settings.markLabel || 'Exports'} ${settings.format(row.mark)}`);
      const {group, y} = LyingRows.row(svg, at, row, words.join(', '), width, left);
      let from = 0;
      for (const part of row.parts) {
        const value = Math.max(0, part.value);
        if (value > 0) LyingRows.bar(group, y, x(from), x(from + value), part.name);
        from += value;
      }
      if (typeof row.mark === 'number' && row.mark > 0) {
        group.append('line')
            .attr('class', 'mark')
            .attr('x1', x(row.mark))
            .attr('x2', x(row.mark))
            .attr('y1', y + 1)
            .attr('y2', y + LyingRows.HEIGHT - 1);
      }
      // Right behind the bar; behind the tick too where that is near.
      const tick = x(row.mark || 0);
      const end = x(from);
      LyingRows.amount(
          group, y, (tick > end && tick - end < 72 ? tick : end) + 6, 'start',
          row.note !== undefined ? row.note : settings.format(from));
    });
  }

  return {draw};
})();
