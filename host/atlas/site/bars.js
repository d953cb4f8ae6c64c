// Bars lying on their side, in parts: realised, static, dynamic … Each row may be a link.
const Bars = (() => {
  'use strict';
  const ROW = 26;

  // rows: {label, full, href, parts: [{name, value}], mark (value of a tick, such as exports), note}.
  function draw(holder, width, rows, options) {
    const settings =
        Object.assign({label: 'Bars', format: Numbers.short, tick: Numbers.tick, labelShare: 0.3}, options);
    const left = Math.min(Math.max(90, width * settings.labelShare), 280);
    const right = 74;
    const top = 20;
    const height = top + rows.length * ROW + 4;
    const most =
        d3.max(rows, (row) => Math.max(d3.sum(row.parts, (part) => Math.max(0, part.value)), row.mark || 0)) || 1;
    const x = d3.scaleLinear().domain([0, most]).range([left, width - right]);
    const svg = Figure.svg(holder, width, height, settings.label);

    const ticks = x.ticks(Math.max(2, Math.floor((width - left - right) / 90)));
    const grid = svg.append('g').attr('class', 'grid').attr('aria-hidden', 'true');
    for (const tick of ticks) {
      grid.append('line').attr('x1', x(tick)).attr('x2', x(tick)).attr('y1', top - 4).attr('y2', height - 4);
      grid.append('text').attr('x', x(tick)).attr('y', 11).attr('text-anchor', 'middle').text(settings.tick(tick));
    }
    rows.forEach((row, at) => {
      const y = top + at * ROW;
      const sum = d3.sum(row.parts, (part) => Math.max(0, part.value));
      const group = svg.append(row.href ? 'a' : 'g').attr('class', 'row');
      if (row.href) group.attr('href', row.href);
      const words = row.parts.map(
          (part) => `${part.label || Numbers.LABELS[part.name] || part.name} ${settings.format(part.value)}`);
      if (typeof row.mark === 'number')
        words.unshift(`${settings.markLabel || 'Exports'} ${settings.format(row.mark)}`);
      Figure.explain(group, `${row.full || row.label}: ${words.join(', ')}`);
      group.append('rect').attr('class', 'hit').attr('x', 0).attr('y', y).attr('width', width).attr('height', ROW);
      group.append('text')
          .attr('class', 'name')
          .attr('x', left - 8)
          .attr('y', y + ROW / 2)
          .attr('text-anchor', 'end')
          .attr('dominant-baseline', 'central')
          .attr('lang', Names.lang(row.label))
          .text(Figure.fitted(row.label, left - 12, 13));
      let from = 0;
      for (const part of row.parts) {
        const value = Math.max(0, part.value);
        if (value > 0) {
          group.append('rect')
              .attr('class', `part ${part.name}`)
              .attr('x', x(from))
              .attr('y', y + 4)
              .attr('width', Math.max(0.5, x(from + value) - x(from)))
              .attr('height', ROW - 8);
        }
        from += value;
      }
      if (typeof row.mark === 'number' && row.mark > 0) {
        group.append('line')
            .attr('class', 'mark')
            .attr('x1', x(row.mark))
            .attr('x2', x(row.mark))
            .attr('y1', y + 1)
            .attr('y2', y + ROW - 1);
      }
      // Right behind the bar; behind the tick too where that is near.
      const tick = x(row.mark || 0);
      const end = x(from);
      group.append('text')
          .attr('class', 'amount')
          .attr('x', (tick > end && tick - end < 72 ? tick : end) + 6)
          .attr('y', y + ROW / 2)
          .attr('dominant-baseline', 'central')
          .text(row.note !== undefined ? row.note : settings.format(sum));
    });
  }

  return {draw};
})();
