// Chunks of data: script files, each of which calls atlas_data once; loaded when they are first asked for.
const Data = (() => {
  'use strict';
  const chunks = new Map();    // name → object
  const promises = new Map();  // name → promise of it

  window.atlas_data = (name, object) => {
    chunks.set(name, object);
  };

  // The chunk of that name: load('exporter/LAO').
  function load(name) {
    if (!promises.has(name)) {
      promises.set(name, new Promise((resolve, reject) => {
                     const script = document.createElement('script');
                     script.src = `data/${name}.js`;
                     script.addEventListener('load', () => {
                       script.remove();
                       if (chunks.has(name))
                         resolve(chunks.get(name));
                       else
                         reject(new Error(`data/${name}.js does not hold what it should`));
                     });
                     script.addEventListener('error', () => {
                       script.remove();
                       promises.delete(name);
                       reject(new Error(`data/${name}.js is missing: copy the whole folder of the atlas`));
                     });
                     document.head.append(script);
                   }));
    }
    return promises.get(name);
  }

  function forget(name) {
    chunks.delete(name);
    promises.delete(name);
  }

  // Lists of columns by their names; what follows from them is added: potential, unrealised.
  function columns(names, lists) {
    const table = {};
    names.forEach((name, at) => {
      table[name] = lists[at];
    });
    const sum = (...parts) => parts[0].map((first, at) => eight(parts.reduce((total, part) => total + part[at], 0)));
    if (!table.unrealized) table.unrealized = sum(table.static, table.dynamic);
    if (!table.potential) table.potential = sum(table.realized, table.static, table.dynamic);
    table.length = lists[0] ? lists[0].length : 0;
    return table;
  }

  // To the digits that the site carries.
  const eight = (value) => Number(value.toPrecision(8));

  const SECTOR_COLUMNS = ['actual', 'realized', 'static', 'dynamic'];

  // What every view needs of the world: countries as objects, totals as columns.
  function prepareWorld(world) {
    if (world.prepared) return world;
    Packed.open(world);
    const c = world.countries;
    world.list = c.code.map((code, index) => ({
                              index,
                              code,
                              name: c.name[index] || code,
                              also: c.also[index],
                              file: c.file[index],
                              region: world.regions[c.region[index]],
                              population: c.population[index],
                              exporter: c.exporter[index] === 1,
                              market: c.market[index] === 1,
                              place: COORDINATES[code] || null,
                            }));
    world.byCode = new Map(world.list.map((country) => [country.code, country]));
    // {key, label, meaning, bit}. Where there is one base year, every cell is of few years: nothing to tell cells by.
    world.flags = world.flags.map(([key, label, meaning], bit) => ({key, label, meaning, bit}))
                      .filter(({key}) => key !== 'few_years' || world.base_years.length > 1);
    world.exporters = columns(world.columns, world.totals.exporter);
    world.markets = columns(world.columns, world.totals.market);
    world.prepared = true;
    return world;
  }

  const world = () => load('world').then(prepareWorld);

  function products() {
    return load('products').then((list) => {
      if (!list.byCode) {
        Packed.open(list);
        list.short = list.short.map((short, at) => short || list.name[at]);
        list.byCode = new Map(list.code.map((code, index) => [code, index]));
        list.sectorName = (index) => chunks.get('world').sectors[list.sector[index]] || '';
      }
      return list;
    });
  }

  async function exporter(country) {
    const [w, chunk] = await Promise.all([world(), load(`exporter/${country.file}`)]);
    if (!chunk.ready) {
      Packed.open(chunk);
      chunk.pairs = columns(w.columns, chunk.pairs.columns);
      Object.assign(chunk.sectors, columns(SECTOR_COLUMNS, chunk.sectors.columns));
      Object.assign(chunk.products, columns(w.compact, chunk.products.columns));
      Object.assign(chunk.pair_products, columns(w.compact, chunk.pair_products.columns));
      (chunk.scenarios || []).forEach(compared);
      chunk.ready = true;
    }
    return chunk;
  }

  // "before" and "after" of a list of changes as columns by name.
  function compared(list) {
    for (const side of ['before', 'after'])
      list[side] = Object.fromEntries(['potential', 'static', 'dynamic'].map((name, at) => [name, list[side][at]]));
    return list;
  }

  async function scenario(number) {
    const chunk = await load(`scenario/${number}`);
    if (!chunk.ready) {
      Packed.open(chunk);
      for (const list of [chunk.exporters, chunk.markets, chunk.pairs]) compared(list);
      chunk.ready = true;
    }
    return chunk;
  }

  async function logistics() {
    const chunk = await load('logistics');
    if (!chunk.ready) Packed.open(chunk).ready = true;
    return chunk;
  }

  async function market(country) {
    const [w, chunk] = await Promise.all([world(), load(`market/${country.file}`)]);
    if (!chunk.ready) {
      Packed.open(chunk);
      chunk.pairs = columns(w.columns, chunk.pairs.columns);
      Object.assign(chunk.products, columns(w.compact, chunk.products.columns));
      Object.assign(chunk.cells, columns(w.compact, chunk.cells.columns));
      (chunk.scenarios || []).forEach(compared);
      chunk.ready = true;
    }
    return chunk;
  }

  async function cells(country) {
    const [w, chunk] = await Promise.all([world(), load(`cells/${country.file}`)]);
    if (!chunk.ready) {
      Packed.open(chunk);
      Object.assign(chunk, columns(w.columns, chunk.columns));
      chunk.ready = true;
    }
    return chunk;
  }

  async function product(index) {
    const list = await products();
    const [w, group] = await Promise.all([world(), load(`product/${list.groups[list.group[index]]}`)]);
    const chunk = group[index];
    if (!chunk.ready) {
      Packed.open(chunk);  // of the whole group the one that is asked for
      for (const side of [chunk.exporters, chunk.markets]) Object.assign(side, columns(w.compact, side.columns));
      chunk.sum = columns(w.columns, chunk.total.map((value) => [value]));
      chunk.ready = true;
    }
    return chunk;
  }

  // A part of the finder's cells, columns as the chunk carries them, or of what is told of them beyond. They are not
  // kept here: the finder does.
  const finder = (part, more) => load(`finder${more ? '_more' : ''}/${part}`).then((chunk) => {
    forget(`finder${more ? '_more' : ''}/${part}`);
    return chunk.columns;
  });

  return {load, world, products, exporter, market, cells, finder, product, scenario, logistics, about: () => load('about'), eight};
})();
