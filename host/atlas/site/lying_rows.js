// What drawings of bars lying on their side share: rows with a name, each a link where it leads somewhere, and a scale.
const LyingRows = (() => {
  'use strict';
  const HEIGHT = 26;
  const TOP = 20;  // the scale's numbers stand above

  const total = (rows) => TOP + rows.length * HEIGHT + 4;
  const left = (width, share) => Math.min(Math.max(90, width * share), 280);

  // Lines and numbers of a scale.
  function scale(svg, x, ticks, format, height) {
    const grid = svg.append('g').attr('class', 'grid').attr('aria-hidden', 'true');
    for (const tick of ticks) {
      grid.append('line').attr('x1', x(tick)).attr('x2', x(tick)).attr('y1', TOP - 4).attr('y2', height - 4);
      grid.append('text').attr('x', x(tick)).attr('y', 11).attr('text-anchor', 'middle').text(format(tick));
    }
  }

  // The row at a place: {group, y}, to which bars and amounts are added. row: {label, full, href}; words explain it.
  function row(svg, place, row, words, width, from) {
    const y = TOP + place * HEIGHT;
    const group = svg.append(row.href ? 'a' : 'g').attr('class', 'row');
    if (row.href) group.attr('href', row.href);
    Figure.explain(group, `${row.full || row.label}: ${words}`);
    group.append('rect').attr('class', 'hit').attr('x', 0).attr('y', y).attr('width', width).attr('height', HEIGHT);
    group.append('text')
        .attr('class', 'name')
        .attr('x', from - 8)
        .attr('y', y + HEIGHT / 2)
        .attr('text-anchor', 'end')
        .attr('dominant-baseline', 'central')
        .attr('lang', Names.lang(row.label))
        .text(Figure.fitted(row.label, from - 12, 13));
    return {group, y};
  }

  // A bar of a row, and an amount beside it.
  const bar = (group, y, from, to, kind) => group.append('rect')
                                                .attr('class', `part ${kind}`)
                                                .attr('x', from)
                                                .attr('y', y + 4)
                                                .attr('width', Math.max(0.5, to - from))
                                                .attr('height', HEIGHT - 8);
  const amount = (group, y, at, anchor, text) => group.append('text')
                                                     .attr('class', 'amount')
                                                     .attr('x', at)
                                                     .attr('y', y + HEIGHT / 2)
                                                     .attr('text-anchor', anchor)
                                                     .attr('dominant-baseline', 'central')
                                                     .text(text);

  return {HEIGHT, TOP, total, left, scale, row, bar, amount};
})();
