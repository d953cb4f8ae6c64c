// Tables: sorted by a click on a column, cut after some rows until more are asked for.
const Table = (() => {
  'use strict';

  function compare(a, b, kind) {
    const missing = (x) => x === null || x === undefined || x === '' || Number.isNaN(x);
    if (missing(a) || missing(b)) return missing(a) ? (missing(b) ? 0 : 1) : -1;
    return typeof a === 'number' && typeof b === 'number' ? a - b : Names.compare(String(a), String(b));
  }

  // columns: {key, label, kind, link: (row) → address or null, text: (row) → what is shown of it, roomy, hidden}; rows: lists of
  // entries.
  function make(table, options) {
    const settings = Object.assign({rows: 25, caption: ''}, options);
    const body = Dom.make('tbody');
    const head = Dom.make('tr');
    const more = Dom.make('button', {type: 'button', class: 'plain'});
    const shown = table.columns.map((column, at) => ({column, at})).filter(({column}) => !column.hidden);
    const long = new Set(shown.filter(
        ({column, at}) => table.rows.slice(0, 50).some((row) => {
          const text = column.text ? column.text(row) : row[at];
          return typeof text === 'string' && text.length > 40;
        })));
    const kindOf = (each) =>
        (Numbers.isAmount(each.column.kind) ? 'amount' :
             each.column.kind === 'code'    ? (long.has(each) ? 'code long' : 'code') :
             long.has(each)                 ? 'words long' :
             each.column.roomy              ? 'words roomy' :
                                              'words');
    let order = table.rows.slice();
    let most = settings.rows;
    let sorted = null;

    function fill() {
      body.replaceChildren();
      for (const row of order.slice(0, most)) {
        const line = Dom.make('tr');
        shown.forEach((each, place) => {
          const {column, at} = each;
          const whole = Numbers.value(row[at], column.kind);
          const text = column.text ? column.text(row) : whole;
          const address = column.link ? column.link(row) : null;
          const cell = Dom.make(place === 0 ? 'th' : 'td', {
            class: kindOf(each),
            scope: place === 0 ? 'row' : null,
            title: text === whole ? null : whole,
            lang: Names.lang(whole)
          });
          cell.append(address ? Dom.make('a', {href: address}, text) : text);
          line.append(cell);
        });
        body.append(line);
      }
      more.hidden = order.length <= most;
      more.textContent = `Show all ${Numbers.count(order.length)} rows`;
    }

    for (const {column, at} of shown) {
      const button = Dom.make('button', {type: 'button'}, column.label);
      const cell = Dom.make('th', {scope: 'col', class: Numbers.isAmount(column.kind) ? 'amount' : ''}, button);
      button.addEventListener('click', () => {
        const down = sorted && sorted.at === at ? !sorted.down : Numbers.isAmount(column.kind);
        sorted = {at, down};
        order = table.rows.slice().sort((a, b) => {
          const missing = (x) => x === null || x === undefined || x === '';
          if (missing(a[at]) || missing(b[at])) return compare(a[at], b[at], column.kind);
          return (down ? -1 : 1) * compare(a[at], b[at], column.kind);
        });
        for (const other of head.children) other.removeAttribute('aria-sort');
        cell.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        fill();
      });
      head.append(cell);
    }
    more.addEventListener('click', () => {
      most = Infinity;
      fill();
    });
    fill();
    return Dom.make(
        'div', {class: shown.length <= 3 && long.size === 0 ? 'narrow' : null},
        Dom.make(
            'div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Table: ${settings.caption}`},
            Dom.make('table', {}, Dom.make('caption', {}, settings.caption), Dom.make('thead', {}, head), body)),
        more);
  }

  return {make};
})();
