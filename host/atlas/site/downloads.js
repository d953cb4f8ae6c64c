// What is drawn, as files: SVG, PNG and CSV.
const Downloads = (() => {
  'use strict';
  const STYLES = [
    'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'paint-order', 'opacity', 'font-family',
    'font-size', 'font-weight', 'text-anchor', 'dominant-baseline'
  ];

  function save(blob, name) {
    const address = URL.createObjectURL(blob);
    Dom.make('a', {href: address, download: name}).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  // A drawing that stands alone: its styles written into it, its links and what is for the screen only left out.
  function alone(svg) {
    const copy = svg.cloneNode(true);
    const from = [svg, ...svg.querySelectorAll('*')];
    const to = [copy, ...copy.querySelectorAll('*')];
    from.forEach((element, at) => {
      const style = getComputedStyle(element);
      for (const name of STYLES) {
        const value = style.getPropertyValue(name);
        if (value) to[at].setAttribute(name, value);
      }
      for (const name of ['class', 'tabindex', 'href', 'role', 'aria-label']) to[at].removeAttribute(name);
    });
    const {width, height} = svg.viewBox.baseVal;
    copy.setAttribute('width', width);
    copy.setAttribute('height', height);
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    paper.setAttribute('width', width);
    paper.setAttribute('height', height);
    paper.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
    copy.prepend(paper);
    return {text: new XMLSerializer().serializeToString(copy), width, height};
  }

  const svg = (drawing, name) =>
      save(new Blob([alone(drawing).text], {type: 'image/svg+xml;charset=utf-8'}), `${name}.svg`);

  function png(drawing, name) {
    const {text, width, height} = alone(drawing);
    const image = new Image();
    image.addEventListener('load', () => {
      const canvas = Dom.make('canvas', {width: width * 2, height: height * 2});
      const context = canvas.getContext('2d');
      context.scale(2, 2);
      context.drawImage(image, 0, 0, width, height);
      canvas.toBlob((blob) => save(blob, `${name}.png`));
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  }

  function field(entry) {
    if (entry === null || entry === undefined || Number.isNaN(entry)) return '';
    let text = String(entry);
    if (typeof entry === 'string' && /^[=+\-@\t\r]/.test(text))
      text = `'${text}`;  // no program shall read it as a formula
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  // A table {columns: [{key}], rows: [[…]] or whatever gives row after row} as RFC 4180 has it, numbers as the site
  // carries them. In pieces, so that a hundred thousand rows are never there as so many texts.
  function csvPieces(table) {
    const pieces = [];
    let lines = [table.columns.map((column) => field(column.key)).join(',')];
    for (const row of table.rows) {
      if (lines.length === 1000) {
        pieces.push(`${lines.join('\n')}\n`);
        lines = [];
      }
      lines.push(row.map(field).join(','));
    }
    pieces.push(`${lines.join('\n')}\n`);
    return pieces;
  }

  const csv = (table, name) => save(new Blob(csvPieces(table), {type: 'text/csv;charset=utf-8'}), `${name}.csv`);

  return {svg, png, csv, alone, save};
})();
