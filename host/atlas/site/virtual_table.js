// A table of any length of which only the rows in sight are in the page.
const VirtualTable = (() => {
  'use strict';
  const ROW = 34;

  // columns: {key, label, kind, text: (row) → text, whole: (row) → longer text, lang: (row) → its language, link: (row)
  // → address, width}; rows are numbers that mean something to the columns. onSort(key) is told of clicks on headings.
  function make(columns, onSort) {
    const head = Dom.make('div', {class: 'vhead', role: 'row'});
    const body = Dom.make('div', {class: 'vbody', role: 'presentation'});
    const space = Dom.make('div', {class: 'vspace', role: 'presentation'});
    const scroller =
        Dom.make('div', {class: 'virtual', tabindex: '0', role: 'table', 'aria-label': 'Opportunities'}, head, space);
    space.append(body);
    const template = columns.map((column) => column.width).join(' ');
    head.style.gridTemplateColumns = template;
    const buttons = new Map();
    for (const column of columns) {
      const cell = Dom.make('span', {role: 'columnheader', class: Numbers.isAmount(column.kind) ? 'amount' : ''});
      const button = Dom.make('button', {type: 'button', id: `sort-${column.key}`}, column.label);
      button.addEventListener('click', () => onSort(column.key));
      cell.append(button);
      buttons.set(column.key, cell);
      head.append(cell);
    }
    let rows = [];
    let first = -1;
    let top = 0;
    // Computed, since asking the page for it would cost a layout.
    const em = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const heightOf = (count) => Math.round(Math.min(36 * em, 0.75 * window.innerHeight, count * ROW + 64));
    let room = 0;  // for so many rows
    let height = 0;

    function draw(force) {
      const from = Math.max(0, Math.floor(top / ROW) - 4);
      if (!force && from === first) return;
      first = from;
      const to = Math.min(rows.length, from + Math.ceil(height / ROW) + 8);
      const focused = focusedPlace();
      body.replaceChildren();
      body.style.transform = `translateY(${from * ROW}px)`;
      for (let at = from; at < to; ++at) {
        const line = Dom.make('div', {class: 'vrow', role: 'row', 'aria-rowindex': at + 2});
        line.style.gridTemplateColumns = template;
        for (const column of columns) {
          const text = column.text(rows[at]);
          const address = column.link ? column.link(rows[at]) : null;
          line.append(Dom.make(
              'span', {
                role: 'cell',
                class: Numbers.isAmount(column.kind) ? 'amount' : '',
                title: column.whole        ? column.whole(rows[at]) :
                    column.kind === 'text' ? text :
                                             null,
                lang: column.lang ? column.lang(rows[at]) : null
              },
              address ? Dom.make('a', {href: address}, text) : text));
        }
        body.append(line);
        if (focused && focused.row === line.getAttribute('aria-rowindex'))
          line.querySelectorAll('a')[focused.link].focus({preventScroll: true});
      }
    }

    // Which link of which row has the focus: whoever tabs through rows, which scrolls them, keeps it.
    function focusedPlace() {
      const link = document.activeElement;
      if (!link || !body.contains(link)) return null;
      const line = link.closest('.vrow');
      return {row: line.getAttribute('aria-rowindex'), link: [...line.querySelectorAll('a')].indexOf(link)};
    }

    scroller.addEventListener('scroll', () => requestAnimationFrame(() => {
                                          top = scroller.scrollTop;
                                          draw(false);
                                        }));

    // coming: how many rows there may be once all have come, for which room is kept.
    function show(list, sorted, coming) {
      rows = list;
      room = Math.max(rows.length, coming || 0);
      height = heightOf(room);
      scroller.style.height = `${height}px`;
      space.style.height = `${rows.length * ROW}px`;
      scroller.setAttribute('aria-rowcount', String(rows.length + 1));
      if (top !== 0) scroller.scrollTop = 0;
      top = 0;
      for (const [key, cell] of buttons) {
        if (key === sorted.key)
          cell.setAttribute('aria-sort', sorted.down ? 'descending' : 'ascending');
        else
          cell.removeAttribute('aria-sort');
      }
      draw(true);
    }

    return {
      element: scroller,
      show,
      redraw: () => {
        height = heightOf(room);
        scroller.style.height = `${height}px`;
        draw(true);
      }
    };
  }

  return {make};
})();
