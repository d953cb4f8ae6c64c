// All listed cells as columns of numbers, and filters on them.
const FinderRows = (() => {
  'use strict';
  const WHOLE = new Set(['exporter', 'market', 'product', 'flags', 'supplier']);

  // Room for so many rows, of which `length` have come.
  const make = (room) => ({room, length: 0, columns: [], orders: new Map()});

  function column(rows, name) {
    if (!rows[name]) rows[name] = WHOLE.has(name) ? new Int32Array(rows.room) : new Float64Array(rows.room).fill(NaN);
    return rows[name];
  }

  // Appends the columns of a chunk, whichever it has.
  function append(rows, columns) {
    const first = rows.length;
    rows.columns = Object.keys(columns);
    for (const name of rows.columns) rows.length = first + Packed.into(columns[name], column(rows, name), first);
    rows.orders.clear();
    if (!rows.unrealized) return;
    const [share, log] = [column(rows, 'share'), column(rows, 'log')];
    for (let at = first; at < rows.length; ++at) {
      share[at] = rows.unrealized[at] > 0 ? rows.dynamic[at] / rows.unrealized[at] : 0;
      log[at] = Math.log(rows.unrealized[at]);
    }
  }

  // The parts of the finder's cells, each loaded once and appended in order, whoever asks.
  class Parts {
    constructor(count, room, more) {
      this.count = count;
      this.more = more;
      this.rows = make(room);
      this.done = 0;
      this.coming = null;
    }
    // Loads the next one; whether there was one.
    next() {
      if (this.done === this.count) return Promise.resolve(false);
      this.coming = this.coming ||
          Data.finder(this.done, this.more)
              .then((columns) => {
                append(this.rows, columns);
                ++this.done;
                return true;
              })
              .finally(() => {
                this.coming = null;
              });
      return this.coming;
    }
    async all() {
      while (await this.next())
        ;
      return this.rows;
    }
  }

  // Places in the order of a column; made once for each column and direction. NaN comes last. Rows come by falling
  // unrealised potential, which needs no sort.
  function order(rows, key, down, rank) {
    const name = `${key} ${down}`;
    if (!rows.orders.has(name)) {
      const list = Uint32Array.from({length: rows.length}, (_, at) => at);
      if (key !== 'unrealized' || !down) {
        const sign = down ? -1 : 1;
        const values = Float64Array.from(list, (at) => {
          const value = rank ? rank[rows[key][at]] : rows[key][at];
          return Number.isNaN(value) ? Infinity : sign * value;
        });
        list.sort((a, b) => values[a] - values[b] || a - b);
      }
      rows.orders.set(name, list);
    }
    return rows.orders.get(name);
  }

  // What of the list passes all tests; a test is a function of the place.
  function filter(list, tests) {
    if (!tests.length) return list;
    const kept = new Uint32Array(list.length);
    let count = 0;
    for (let n = 0; n < list.length; ++n) {
      const at = list[n];
      let passes = true;
      for (let t = 0; t < tests.length && passes; ++t) passes = tests[t](at);
      if (passes) kept[count++] = at;
    }
    return kept.subarray(0, count);
  }

  return {Parts, order, filter};
})();
