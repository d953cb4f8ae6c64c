// Bars to both sides of nothing: what rises, what falls. Each row may be a link.
const Changes = (() => {
  'use strict';

  // rows: {label, full, href, value, note}.
  function draw(holder, width, rows, options) {
    const settings = Object.assign({label: 'Changes', format: Numbers.signed, tick: Numbers.tick}, options);
    const left = LyingRows.left(width, 0.3);
    const room = 70;  // for the amounts beside the bars
    const height = LyingRows.total(rows);
    const [least, most] =
        [Math.min(0, d3.min(rows, (row) => row.value)), Math.max(0, d3.max(rows, (row) => row.value))];
    const x = d3.scaleLinear().domain(least === most ? [0, 1] : [least, most]).range([
      left + (least < 0 ? room : 0), width - (most > 0 ? room : 4)
    ]);
    const svg = Figure.svg(holder, width, height, settings.label);
    const plotted = x.range()[1] - x.range()[0];  // little on a phone
    LyingRows.scale(svg, x, x.ticks(Math.max(1, Math.floor(plotted / 100))), settings.tick, height);
    rows.forEach((row, at) => {
      const amount = settings.format(row.value);
      const {group, y} = LyingRows.row(svg, at, row, amount + (row.note ? `, ${row.note}` : ''), width, left);
      const falls = row.value < 0;
      const [from, to] = falls ? [x(row.value), x(0)] : [x(0), x(row.value)];
      if (row.value !== 0) LyingRows.bar(group, y, from, to, falls ? 'falls' : 'rises');
      LyingRows.amount(group, y, falls ? from - 6 : to + 6, falls ? 'end' : 'start', amount);
    });
    svg.append('line')
        .attr('class', 'base')
        .attr('x1', x(0))
        .attr('x2', x(0))
        .attr('y1', LyingRows.TOP - 4)
        .attr('y2', height - 4);
  }

  return {draw};
})();
