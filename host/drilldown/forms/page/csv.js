// A table of the page as a CSV file (RFC 4180), made from the numbers in the page.
const Csv = (() => {
  'use strict';

  function field(entry) {
    if (entry === null || entry === undefined) return '';
    const text = String(entry);
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  function text(table) {
    const lines = [table.columns.map((column) => field(column.key)).join(',')];
    for (const row of table.rows) lines.push(row.map(field).join(','));
    return lines.join('\n') + '\n';
  }

  function button(table, fileName) {
    const element = Dom.make('button', {type: 'button', class: 'plain download'}, 'Download CSV');
    element.setAttribute('aria-label', `Download ${fileName}`);
    element.addEventListener('click', () => {
      const address = URL.createObjectURL(new Blob([text(table)], {type: 'text/csv;charset=utf-8'}));
      const link = Dom.make('a', {href: address, download: fileName});
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
    });
    return element;
  }

  return {text, button};
})();
