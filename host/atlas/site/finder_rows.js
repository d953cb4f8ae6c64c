// All listed cells as columns of numbers, and filters on them.
const FinderRows = (() => {
  'use strict';
  const AMOUNTS = ['actual', 'potential', 'realized', 'unrealized', 'static', 'dynamic'];
  const MORE = ['tariff_now', 'tariff', 'growth', 'imports', 'supplier_share'];

  // Cells of these exporters, one after the other; told(done, all) while they come.
  async function load(world, exporters, told) {
    const chunks = new Array(exporters.length);
    let next = 0;
    let done = 0;
    const worker = async () => {
      while (next < exporters.length) {
        const at = next++;
        chunks[at] = await Data.cells(exporters[at]);
        told(++done, exporters.length);
      }
    };
    await Promise.all(d3.range(8).map(worker));
    const length = d3.sum(chunks, (chunk) => chunk.length);
    const rows = {
      length,
      exporter: new Uint16Array(length),
      market: new Uint16Array(length),
      product: new Uint16Array(length),
      flags: new Uint16Array(length),
      supplier: new Int16Array(length)
    };
    for (const key of [...AMOUNTS, ...MORE, 'share']) rows[key] = new Float64Array(length);
    let at = 0;
    chunks.forEach((chunk, place) => {
      rows.exporter.fill(exporters[place].index, at, at + chunk.length);
      for (const key of ['market', 'product', 'flags', 'supplier']) rows[key].set(chunk[key], at);
      for (const key of AMOUNTS) rows[key].set(chunk[key], at);
      for (const key of MORE)
        for (let n = 0; n < chunk.length; ++n) rows[key][at + n] = chunk[key][n] === null ? NaN : chunk[key][n];
      at += chunk.length;
    });
    for (let n = 0; n < length; ++n) rows.share[n] = rows.unrealized[n] > 0 ? rows.dynamic[n] / rows.unrealized[n] : 0;
    rows.orders = new Map();
    return rows;
  }

  // Places in the order of a column; made once for each column and direction. NaN comes last.
  function order(rows, key, down, rank) {
    const name = `${key} ${down}`;
    if (!rows.orders.has(name)) {
      const values = rank ? Float64Array.from(rows[key], (value) => rank[value]) : rows[key];
      const list = Uint32Array.from({length: rows.length}, (_, at) => at);
      const value = (at) => (Number.isNaN(values[at]) ? Infinity : down ? -values[at] : values[at]);
      list.sort((a, b) => value(a) - value(b) || rows.unrealized[b] - rows.unrealized[a] || a - b);
      rows.orders.set(name, list);
    }
    return rows.orders.get(name);
  }

  // What of the list passes all tests; a test is a function of the place.
  function filter(list, tests) {
    const kept = [];
    for (let n = 0; n < list.length; ++n) {
      const at = list[n];
      let passes = true;
      for (let t = 0; t < tests.length && passes; ++t) passes = tests[t](at);
      if (passes) kept.push(at);
    }
    return kept;
  }

  return {load, order, filter, AMOUNTS, MORE};
})();
