// Bars to both sides of nothing: what rises, what falls. Each row may be a link.
const Changes = (() => {
  'use strict';
  const ROW = 26;

  // rows: {label, full, href, value, note}.
  function draw(holder, width, rows, options) {
    const settings = Object.assign({label: 'Changes', format: Numbers.signed, tick: Numbers.tick}, options);
    const left = Math.min(Math.max(90, width * 0.3), 280);
    const room = 70;  // for the amounts beside the bars
    const top = 20;
    const height = top + rows.length * ROW + 4;
    const [least, most] =
        [Math.min(0, d3.min(rows, (row) => row.value)), Math.max(0, d3.max(rows, (row) => row.value))];
    const x = d3.scaleLinear().domain(least === most ? [0, 1] : [least, most]).range([
      left + (least < 0 ? room : 0), width - (most > 0 ? room : 4)
    ]);
    const svg = Figure.svg(holder, width, height, settings.label);
    const grid = svg.append('g').attr('class', 'grid').attr('aria-hidden', 'true');
    for (const tick of x.ticks(Math.max(2, Math.floor((width - left - room) / 110)))) {
      grid.append('line').attr('x1', x(tick)).attr('x2', x(tick)).attr('y1', top - 4).attr('y2', height - 4);
      grid.append('text').attr('x', x(tick)).attr('y', 11).attr('text-anchor', 'middle').text(settings.tick(tick));
    }
    rows.forEach((row, at) => {
      const y = top + at * ROW;
      const group = svg.append(row.href ? 'a' : 'g').attr('class', 'row');
      if (row.href) group.attr('href', row.href);
      const amount = settings.format(row.value);
      Figure.explain(group, `${row.full || row.label}: ${amount}${row.note ? `, ${row.note}` : ''}`);
      group.append('rect').attr('class', 'hit').attr('x', 0).attr('y', y).attr('width', width).attr('height', ROW);
      group.append('text')
          .attr('class', 'name')
          .attr('x', left - 8)
          .attr('y', y + ROW / 2)
          .attr('text-anchor', 'end')
          .attr('dominant-baseline', 'central')
          .attr('lang', Names.lang(row.label))
          .text(Figure.fitted(row.label, left - 12, 13));
      const falls = row.value < 0;
      const [from, to] = falls ? [x(row.value), x(0)] : [x(0), x(row.value)];
      if (row.value !== 0)
        group.append('rect')
            .attr('class', `part ${falls ? 'falls' : 'rises'}`)
            .attr('x', from)
            .attr('y', y + 4)
            .attr('width', Math.max(0.5, to - from))
            .attr('height', ROW - 8);
      group.append('text')
          .attr('class', 'amount')
          .attr('x', falls ? from - 6 : to + 6)
          .attr('y', y + ROW / 2)
          .attr('text-anchor', falls ? 'end' : 'start')
          .attr('dominant-baseline', 'central')
          .text(amount);
    });
    svg.append('line')
        .attr('class', 'base')
        .attr('x1', x(0))
        .attr('x2', x(0))
        .attr('y1', top - 4)
        .attr('y2', height - 4);
  }

  return {draw};
})();
