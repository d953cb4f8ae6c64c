// From one amount to another by steps that rise or fall.
const Waterfall = (() => {
  'use strict';

  const LINES = 4;

  // A label in lines of so many pixels, four at most.
  function wrapped(label, room) {
    const lines = [];
    for (const word of label.split(' ')) {
      const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
      if (lines.length && Figure.fitted(longer, room, 13) === longer)
        lines[lines.length - 1] = longer;
      else
        lines.push(word);
    }
    if (lines.length > LINES) lines.splice(LINES - 1, Infinity, lines.slice(LINES - 1).join(' '));
    return lines.map((line) => Figure.fitted(line, room, 13));
  }

  // first, last: {label, value}; steps: [{label, value}].
  function draw(holder, width, first, steps, last, options) {
    const settings = Object.assign({label: 'Waterfall'}, options);
    const room = width / (steps.length + 2) * 0.94;
    const lines = [first, ...steps, last].map((bar) => wrapped(bar.label, room));
    const bottom = 10 + 13 * d3.max(lines, (list) => list.length);
    const top = 38;  // above it stands where the axis begins
    const height = 224 + bottom;
    const bars = [{label: first.label, from: 0, to: first.value, name: 'before'}];
    let level = first.value;
    for (const step of steps) {
      bars.push({
        label: step.label,
        from: level,
        to: level + step.value,
        name: step.value < 0 ? 'falls' : 'rises',
        value: step.value
      });
      level += step.value;
    }
    bars.push({label: last.label, from: 0, to: last.value, name: 'after'});
    const changes = d3.extent(bars.slice(1, -1).flatMap((bar) => [bar.from, bar.to]).concat([first.value, last.value]));
    // Small changes of a large amount would not be seen from zero: then the axis begins near them, and says so.
    const spread = changes[1] - changes[0];
    const cut = spread < 0.25 * changes[1] ? Math.max(0, changes[0] - spread * 1.5) : Math.min(0, changes[0]);
    const y = d3.scaleLinear().domain([cut, changes[1] || 1]).range([height - bottom, top]);
    const step = width / bars.length;
    const svg = Figure.svg(holder, width, height, settings.label).attr('class', 'waterfall');
    bars.forEach((bar, at) => {
      const group = svg.append('g');
      const text =
          bar.value === undefined ? Numbers.short(bar.to) : (bar.value > 0 ? '+' : '') + Numbers.short(bar.value);
      Figure.explain(group, `${bar.label}: ${text}`);
      const high = y(Math.max(bar.from, bar.to));
      const low = y(Math.max(cut, Math.min(bar.from, bar.to)));
      group.append('rect')
          .attr('class', `part ${bar.name}`)
          .attr('x', at * step + step * 0.12)
          .attr('width', step * 0.76)
          .attr('y', high)
          .attr('height', Math.max(1, low - high));
      group.append('text')
          .attr('class', 'amount')
          .attr('x', (at + 0.5) * step)
          .attr('y', high - 6)
          .attr('text-anchor', 'middle')
          .text(text);
      lines[at].forEach(
          (words, line) => group.append('text')
                              .attr('class', 'name')
                              .attr('x', (at + 0.5) * step)
                              .attr('y', height - bottom + 15 + 13 * line)
                              .attr('text-anchor', 'middle')
                              .text(words));
    });
    svg.append('line')
        .attr('class', cut > 0 ? 'base cut' : 'base')
        .attr('x1', 0)
        .attr('x2', width)
        .attr('y1', y(Math.max(cut, 0)))
        .attr('y2', y(Math.max(cut, 0)));
    if (cut > 0)
      svg.append('text')
          .attr('class', 'axis')
          .attr('x', 2)
          .attr('y', 12)
          .text(`The axis begins at ${Numbers.short(cut)}.`);
  }

  return {draw};
})();
