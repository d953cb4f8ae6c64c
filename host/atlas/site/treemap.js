// A treemap: area tells size, shade a share. Groups (sectors) hold items (products).
const Treemap = (() => {
  'use strict';
  const SIZE = 11.5;  // of letters, as in the styles

  // groups: {label, href, items: [{label, full, value, shade, href, words}]}.
  function draw(holder, width, groups, options) {
    const settings = Object.assign({label: 'Treemap'}, options);
    const height = Math.round(Math.max(360, Math.min(620, width * 0.62)));
    const root = d3.hierarchy({children: groups.map((group) => ({group, children: group.items}))})
                     .sum((node) => (node.children ? 0 : Math.max(0, node.value || 0)))
                     .sort((a, b) => b.value - a.value);
    d3.treemap()
        .size([width, height])
        .paddingInner(1)
        .paddingOuter(1)
        .paddingTop((node) => (node.depth === 1 ? 18 : 1))
        .round(true)(root);
    const svg = Figure.svg(holder, width, height, settings.label).attr('class', 'treemap');

    for (const branch of root.children || []) {
      const label = svg.append('text').attr('class', 'group').attr('x', branch.x0 + 4).attr('y', branch.y0 + 13);
      const room = Math.floor((branch.x1 - branch.x0 - 6) / 6.6);
      if (room >= 4) label.text(Numbers.brief(branch.data.group.label, room));
    }
    for (const leaf of root.leaves()) {
      const item = leaf.data;
      const wide = leaf.x1 - leaf.x0;
      const high = leaf.y1 - leaf.y0;
      if (wide < 1 || high < 1 || !item.words) continue;
      const linked = item.href && wide * high >= 60;
      const group = svg.append(linked ? 'a' : 'g').attr('class', 'tile');
      if (linked) group.attr('href', item.href);
      Figure.explain(group, item.words);
      const step = typeof item.shade === 'number' ? Math.min(6, Math.floor(item.shade * 7)) : null;
      group.append('rect')
          .attr('x', leaf.x0)
          .attr('y', leaf.y0)
          .attr('width', wide)
          .attr('height', high)
          .attr('class', `shade ${step === null ? 'unknown' : `seq${step}`}`);
      const room = Math.floor((wide - 6) / Math.max(6.2, Figure.letter(item.label, SIZE)));
      if (room >= 5 && high >= 15) {
        const tone = step !== null && step >= 4 ? 'on-dark' : 'on-light';
        const lines = wrapped(item.label, wide - 6, room, Math.min(3, Math.floor((high - 3) / 13)));
        lines.forEach(
            (line, at) => group.append('text')
                              .attr('class', tone)
                              .attr('lang', Names.lang(item.label))
                              .attr('x', leaf.x0 + 4)
                              .attr('y', leaf.y0 + 12 + at * 13)
                              .text(line));
      }
    }
  }

  // At most `most` lines of about `room` characters, or so many pixels.
  function wrapped(text, pixels, room, most) {
    const lines = [];
    let rest = text.trim();
    while (rest && lines.length < most) {
      if (lines.length === most - 1 || rest.length <= room) {
        lines.push(Figure.fitted(rest, pixels, SIZE));
        break;
      }
      const blank = rest.lastIndexOf(' ', room);
      if (blank <= 0) {  // no word fits
        lines.push(Figure.fitted(rest, pixels, SIZE));
        break;
      }
      lines.push(rest.slice(0, blank));
      rest = rest.slice(blank).trim();
    }
    return lines;
  }

  return {draw};
})();
