// A table that sorts by any column, searches, filters and shows one page of rows at a time; only those rows are built.
const Tables = (() => {
  'use strict';
  const {make} = Dom;
  const SMALL = 50;         // up to so many rows need no search and no pages
  const PAGE = 25;
  const MOST_COLUMNS = 11;  // more of them make a wide table: the first ones at once, all on request
  const FEW_COLUMNS = 9;  // and the flags
  const PRINTED_ROWS = 25;
  // Widths on paper, in millimetres: as many columns are printed as fit.
  const PAPER = {portrait: 180, landscape: 272};
  const WIDTHS = {text: 27, code: 14, year: 10, count: 11, usd: 18, share: 17, points: 19, number: 17, flag: 16,
      flags: 36};
  const NAMED_WIDTH = 46;
  const LONG_TEXT = 160;
  const LONG_CODE = 16;
  const SECTOR = /(^|_)sector(_name)?$/;
  const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

  // What is shown of the table's columns: the flags become one column of chips, apart from all scores.
  function shownColumns(table) {
    const flags = [];
    const shown = [];
    table.columns.forEach((column, at) => {
      if (column.key === 'key') return;  // what programs call a row that the next column names for people
      if (column.kind === 'flag') flags.push({label: column.label, at});
      else shown.push({...column, at, decimals: Format.usualDecimals(table.rows.map((row) => row[at]), column.kind)});
    });
    if (flags.length === 1) {
      const [{at}] = flags;
      shown.splice(at, 0, {...table.columns[at], at, decimals: 0});
    } else if (flags.length) {
      // Where the same flags are also listed in words, the chips stand for them.
      const words = shown.findIndex((column) => column.key === 'flags' && column.kind === 'text');
      if (words >= 0) shown.splice(words, 1);
      shown.push({key: 'confidence_flags', label: 'Confidence flags', kind: 'flags', flags});
    }
    return shown;
  }

  const flagsOf = (column, row) => column.flags.filter((flag) => row[flag.at] === true);
  const sortKey = (column, row) => (column.kind === 'flags' ? flagsOf(column, row).length : row[column.at]);
  const isAmount = (column) => Format.isAmount(column.kind) && column.kind !== 'year';

  function compare(a, b) {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return String(a).localeCompare(String(b), 'en', {numeric: true, sensitivity: 'base'});
  }

  const isMissing = (entry) => entry === null || entry === undefined || entry === '';

  class DataTable {
    // rowId names a row, for links to it.
    constructor(figure, fileName, {rowId = null, landscape = false} = {}) {
      this.rowId = rowId;
      this.landscape = landscape;
      this.figure = figure;
      this.table = figure.table;
      this.columns = shownColumns(this.table);
      this.named = this.columns.find((column) => column.kind === 'text') || this.columns[0];  // what a row is about
      for (const column of this.columns) {
        column.long = column.kind === 'text'
            && this.table.rows.some((row) => String(row[column.at] ?? '').length > LONG_TEXT);
      }
      for (const column of this.columns) {
        column.breaks = column.kind === 'code' && this.table.rows.some((row) => String(row[column.at] ?? '').length > LONG_CODE);
      }
      this.wide = this.columns.length > MOST_COLUMNS;
      this.allColumns = !this.wide;
      this.long = this.table.rows.length > SMALL;
      this.pageSize = PAGE;
      this.page = 0;
      this.sort = null;
      this.text = '';
      this.sector = '';
      this.flag = '';
      this.order = this.table.rows.map((_row, index) => index);
      this.element = make('div', {class: 'data-table'}, this.buildTools(fileName), this.buildTable(),
          this.buildPager());
      this.update();
    }

    buildTools(fileName) {
      const tools = make('div', {class: 'tools'});
      if (this.long) {
        const search = make('input', {type: 'search', class: 'search', autocomplete: 'off', spellcheck: 'false'});
        search.addEventListener('input', () => this.filter({text: folded(search.value.trim())}));
        tools.append(make('label', {class: 'grow'}, 'Search in names and codes', search));
        this.buildFilters(tools);
      }
      if (this.wide) {
        const all = make('input', {type: 'checkbox', class: 'all-columns'});
        all.addEventListener('change', () => {
          this.allColumns = all.checked;
          this.show();
        });
        tools.append(make('label', {class: 'check'}, all, `Show all ${this.columns.length} columns`));
      }
      tools.append(Csv.button(this.table, fileName));
      return tools;
    }

    buildFilters(tools) {
      const sector = this.columns.find((column) => column.kind === 'text' && SECTOR.test(column.key));
      const choose = (label, name, first, choices, use) => {
        const select = make('select', {class: name}, make('option', {value: ''}, first));
        for (const [value, text] of choices) select.append(make('option', {value}, text));
        select.addEventListener('change', () => use(select.value));
        tools.append(make('label', null, label, select));
      };
      if (sector) {
        this.sectorAt = sector.at;
        const names = [...new Set(this.table.rows.map((row) => row[sector.at]).filter((name) => !isMissing(name)))];
        if (names.length > 1 && names.length <= 60) {
          names.sort(compare);
          choose('Sector', 'sector', 'All sectors', names.map((name) => [name, name]),
              (value) => this.filter({sector: value}));
        }
      }
      this.flags = this.columns.find((column) => column.kind === 'flags');
      if (this.flags) {
        choose('Confidence flags', 'flags', 'With or without flags',
          [['none', 'Without any flag'], ...this.flags.flags.map((flag) => [String(flag.at), `With: ${flag.label}`])],
          (value) => this.filter({flag: value}));
      }
    }

    buildTable() {
      this.head = make('thead');
      this.body = make('tbody');
      const table = make('table', {class: this.wide ? 'wide' : null}, make('caption', null, this.figure.title),
          this.head, this.body);
      return make('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Table: ${this.figure.title}`},
          table);
    }

    buildPager() {
      this.status = make('p', {class: 'status', role: 'status'});
      this.printNote = make('p', {class: 'status print-only'});
      if (!this.long) return make('div', null, this.printNote);
      const step = (label, by) => {
        const button = make('button', {type: 'button', class: 'plain'}, label);
        button.addEventListener('click', () => {
          this.page += by;
          this.show();
        });
        return button;
      };
      this.previous = step('Previous', -1);
      this.next = step('Next', 1);
      const size = make('select', {class: 'page-size', 'aria-label': 'Rows on a page'});
      for (const rows of [25, 50, 100, 250]) size.append(make('option', {value: rows}, `${rows} rows`));
      size.addEventListener('change', () => {
        this.pageSize = Number(size.value);
        this.page = 0;
        this.show();
      });
      return make('div', null, make('div', {class: 'pager'}, this.previous, this.next, size, this.status),
          this.printNote);
    }

    filter(change) {
      Object.assign(this, change);
      this.page = 0;
      this.update();
    }

    sortBy(column) {
      const first = isAmount(column) || column.kind === 'flags' ? 'descending' : 'ascending';
      const second = first === 'ascending' ? 'descending' : 'ascending';
      const now = this.sort && this.sort.column === column ? this.sort.direction : null;
      this.sort = now === second ? null : {column, direction: now === first ? second : first};
      this.page = 0;
      this.update();
    }

    // Which rows, in which order: ties and missing values keep the table's own order, missing ones last.
    update() {
      const {rows} = this.table;
      if (this.text && !this.texts) {
        const at = this.table.columns.map((column, index) => index)
          .filter((index) => ['text', 'code'].includes(this.table.columns[index].kind));
        this.texts = rows.map((row) => folded(at.map((index) => row[index] ?? '').join('\u0001')));
      }
      this.order = rows.map((_row, index) => index).filter((index) => {
        if (this.text && !this.text.split(/\s+/).every((word) => this.texts[index].includes(word))) return false;
        if (this.sector && rows[index][this.sectorAt] !== this.sector) return false;
        if (this.flag === 'none') return flagsOf(this.flags, rows[index]).length === 0;
        return !this.flag || rows[index][Number(this.flag)] === true;
      });
      if (this.sort) {
        const {column, direction} = this.sort;
        const sign = direction === 'ascending' ? 1 : -1;
        const keys = rows.map((row) => sortKey(column, row));
        this.order.sort((a, b) => (isMissing(keys[a]) - isMissing(keys[b]))
          || (isMissing(keys[a]) ? 0 : sign * compare(keys[a], keys[b])) || a - b);
      }
      this.show();
    }

    // As many columns as fit on paper, what the row is about and the flags always among them.
    printedColumns() {
      const width = (column) => (column === this.named ? NAMED_WIDTH : WIDTHS[column.kind] + (column.long ? 30 : 0));
      const always = (column) => column === this.named || column.kind === 'flags';
      let left = PAPER[this.landscape ? 'landscape' : 'portrait'];
      left -= this.columns.filter(always).reduce((sum, column) => sum + width(column), 0);
      let full = false;
      return this.columns.filter((column) => {
        if (always(column)) return true;
        full = full || width(column) > left;
        if (!full) left -= width(column);
        return !full;
      });
    }

    visibleColumns() {
      if (this.allColumns) return this.columns;
      const few = this.columns.slice(0, FEW_COLUMNS);
      const last = this.columns[this.columns.length - 1];
      return last.kind === 'flags' ? [...few, last] : few;
    }

    // Builds the rows of the page, or those that go on paper.
    show(printing = false) {
      const size = printing ? PRINTED_ROWS : (this.long ? this.pageSize : this.order.length);
      const pages = Math.max(1, Math.ceil(this.order.length / Math.max(1, size)));
      if (!printing) this.page = Math.min(Math.max(this.page, 0), pages - 1);
      const start = printing ? 0 : this.page * size;
      const shown = this.order.slice(start, start + size);
      const columns = printing ? this.printedColumns() : this.visibleColumns();
      const focused = this.head.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      this.head.replaceChildren(make('tr', null, ...columns.map((column) => this.headCell(column, printing))));
      this.body.parentNode.classList.toggle('short', shown.length <= 16);
      this.body.parentNode.classList.toggle('dense', columns.length > 6);
      this.body.replaceChildren(...shown.map((index) => this.rowOf(this.table.rows[index], columns)));
      if (!shown.length) {
        this.body.replaceChildren(make('tr', null, make('td', {colspan: columns.length},
            'No row fits the search and filters.')));
      }
      if (focused) {
        const again = [...this.head.querySelectorAll('button')].find((button) => button.dataset.key === focused);
        if (again) again.focus({preventScroll: true});
      }
      const count = (number) => Format.fixed(number, 0);
      const left = [];
      if (shown.length < this.table.rows.length) {
        left.push(`${count(shown.length)} of ${count(this.table.rows.length)} rows`);
      }
      if (columns.length < this.columns.length) left.push(`${columns.length} of ${this.columns.length} columns`);
      this.printNote.textContent = left.length ? `In print: ${left.join(', ')}; the CSV file has them all.` : '';
      if (!this.long || printing) return;
      this.previous.disabled = this.page === 0;
      this.next.disabled = this.page >= pages - 1;
      const filtered = this.order.length < this.table.rows.length ? ` (${count(this.table.rows.length)} in all)` : '';
      const range = shown.length
        ? `Rows ${count(start + 1)}\u2013${count(start + shown.length)} of ${count(this.order.length)}` : 'No rows';
      this.status.textContent = range + filtered;
    }

    cellClass(column) {
      const classes = [];
      if (isAmount(column)) classes.push('amount', column.kind);
      else if (column.kind === 'code' || column.kind === 'year') classes.push(column.breaks ? 'name' : 'code');
      else if (column.kind === 'text') classes.push('words');
      if (column.long && column !== this.named) classes.push('long');
      if (column === this.named) classes.push('pinned');
      return classes.length ? classes.join(' ') : null;
    }

    headCell(column, printing) {
      const unit = Format.unit(column.kind);
      const state = this.sort && this.sort.column === column ? this.sort.direction : 'none';
      // A button in the head of a table is not repeated on the following sheets of paper.
      const label = printing ? column.label : make('button', {type: 'button', 'data-key': column.key}, column.label);
      if (!printing) label.addEventListener('click', () => this.sortBy(column));
      return make('th', {scope: 'col', class: this.cellClass(column), 'aria-sort': state}, label,
        unit && column.kind !== 'share' ? make('span', {class: 'unit-of'}, unit) : null);
    }

    rowOf(row, columns) {
      return make('tr', {id: this.rowId && this.rowId(row)}, ...columns.map((column) => {
        if (column.kind === 'flags') {
          const flags = flagsOf(column, row);
          if (!flags.length) return make('td', null, Format.MISSING);
          return make('td', null, make('ul', {class: 'chips'}, ...flags.map((flag) => make('li', null, flag.label))));
        }
        const text = Format.value(row[column.at], column.kind, column.decimals);
        const attributes = {class: this.cellClass(column), title: text.length > 90 ? text : null};
        // A long name of a program's breaks behind its dots and underscores.
        const pieces = column.breaks ? text.split(/(?<=[._])/).flatMap((piece) => [piece, make('wbr')]) : [text];
        if (column !== this.named) return make('td', attributes, ...pieces);
        const before = column.at > 0 && this.table.columns[column.at - 1].kind === 'code' ? row[column.at - 1] : null;
        const name = before ? Names.of(before, text) : text;
        if (name !== text) attributes.title = text;
        return make('th', {scope: 'row', ...attributes}, make('span', {class: 'clamp'}, name));
      }));
    }
  }

  return {DataTable};
})();
