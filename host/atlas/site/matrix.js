// Exporters against markets: the square is the potential, the filled part of it what is exported already.
const Matrix = (() => {
  'use strict';

  // rows, columns: {label, full, href}; cell(row, column) → {outer, inner, words, href} or null.
  function draw(holder, width, rows, columns, cell, options) {
    const settings = Object.assign({label: 'Matrix'}, options);
    const left = Math.min(150, Math.max(52, width * 0.2));
    const side = Math.max(18, Math.min(54, (width - left - 6) / columns.length));
    const brief = left < 100;
    const top = 44;
    const height = top + rows.length * side + 6;
    const svg = Figure.svg(holder, width, height, settings.label).attr('class', 'matrix');
    let most = 0;
    rows.forEach((row, r) => columns.forEach((column, c) => {
      const found = cell(r, c);
      if (found) most = Math.max(most, found.outer, found.inner);
    }));
    const length = d3.scaleSqrt().domain([0, most || 1]).range([0, side - 3]);
    const heading = (entry, x, y, anchor, text, size) => {
      const group = svg.append(entry.href ? 'a' : 'g').attr('class', 'heading');
      if (entry.href) group.attr('href', entry.href);
      Figure.explain(group, entry.full);
      group.append('text')
          .attr('x', x)
          .attr('y', y)
          .attr('text-anchor', anchor)
          .attr('dominant-baseline', 'central')
          .attr('lang', text === entry.code ? null : Names.lang(entry.label))
          .style('font-size', size)
          .text(text);
    };
    columns.forEach(
        (column, c) => heading(
            column, left + (c + 0.5) * side, top - 12, 'middle', side < 27 ? column.code.slice(0, 3) : column.code,
            side < 32 ? `${Math.max(8, 0.36 * side)}px` : null));  // three letters beside the next three
    rows.forEach((row, r) => {
      const y = top + r * side;
      heading(row, left - 8, y + side / 2, 'end', brief ? row.code : Figure.fitted(row.label, left - 12, 12.5));
      columns.forEach((column, c) => {
        const x = left + c * side;
        svg.append('rect')
            .attr('class', 'grid-cell')
            .attr('x', x + 0.5)
            .attr('y', y + 0.5)
            .attr('width', side - 1)
            .attr('height', side - 1);
        const found = cell(r, c);
        if (!found) return;
        const group = svg.append(found.href ? 'a' : 'g').attr('class', 'entry');
        if (found.href) group.attr('href', found.href);
        Figure.explain(group, found.words);
        const square = (value, name) => {
          const size = length(Math.max(0, value));
          if (size >= 0.5)
            group.append('rect')
                .attr('class', name)
                .attr('x', x + (side - size) / 2)
                .attr('y', y + (side - size) / 2)
                .attr('width', size)
                .attr('height', size);
        };
        group.append('rect').attr('class', 'hit').attr('x', x).attr('y', y).attr('width', side).attr('height', side);
        square(found.outer, 'part unrealized');
        square(found.inner, 'part realized');
      });
    });
    svg.append('text').attr('class', 'axis').attr('x', left).attr('y', 12).text(settings.columnsLabel || 'Markets');
    svg.append('text')
        .attr('class', 'axis')
        .attr('x', left - 8)
        .attr('y', 12)
        .attr('text-anchor', 'end')
        .text(settings.rowsLabel === undefined ? 'Exporters' : settings.rowsLabel);
  }

  return {draw};
})();
