// What views share: headings, key numbers, tables of pairs, products and cells.
const Page = (() => {
  'use strict';
  const AMOUNTS = ['actual', 'potential_now', 'potential', 'realized', 'unrealized', 'static', 'dynamic'];

  function years(world) {
    const list = world.base_years;
    if (list.length === 1) return String(list[0]);
    const whole = list[list.length - 1] - list[0] === list.length - 1;
    return whole ? `${list[0]}–${list[list.length - 1]}` : list.join(', ');
  }

  // title: a text, or several of which some may be names.
  function heading(title, below, links) {
    const parts = [].concat(title);
    const length = parts.join('').length;
    const list = (links || []).filter(Boolean);
    return Dom.make(
        'header', {class: 'heading wide'}, Dom.make('h1', {class: length > 60 ? 'long' : null}, ...parts.map(Names.marked)),
        Dom.make('p', {class: 'below'}, below),
        list.length ? Dom.make(
                          'p', {class: 'links'},
                          ...list.flatMap(([href, text], at) => [at ? ' · ' : '', Dom.make('a', {href}, text)])) :
                      null);
  }

  // [[label, USD, words, swatch]]
  function keyNumbers(entries) {
    const list = Dom.make('dl', {class: 'key-numbers wide'});
    for (const [label, value, words, swatch] of entries) {
      list.append(Dom.make(
          'div', {}, Dom.make('dt', {}, swatch ? Dom.make('span', {class: `swatch ${swatch}`}) : null, label),
          Dom.make('dd', {}, Numbers.usd(value)), Dom.make('dd', {class: 'words'}, words)));
    }
    return list;
  }

  function totalNumbers(totals) {
    const of = (value) => Numbers.percent(Numbers.share(value, totals.potential));
    return keyNumbers([
      [
        'Potential', totals.potential,
        `at the horizon; ${Numbers.usd(totals.potential_now)} under the conditions of today`
      ],
      [
        'Realised', totals.realized,
        `${of(totals.realized)} of the potential; exports are ${Numbers.usd(totals.actual)}`, 'realized'
      ],
      ['Held by frictions', totals.static, `${of(totals.static)}, unrealised already today (static)`, 'static'],
      ['To come', totals.dynamic, `${of(totals.dynamic)}, with growth and tariff change (dynamic)`, 'dynamic'],
    ]);
  }

  // A potential is an expectation; and actual exports may exceed it.
  function caution(totals) {
    const above = totals && totals.overtrade > 0.2 * totals.actual ?
        ` Of the exports, ${
            Numbers.usd(totals.overtrade)} are above the potential of their product, which offsets nothing elsewhere.` :
        '';
    return Dom.make(
        'p', {class: 'caution wide'},
        `A potential is what supply, demand and ease of trade lead one to expect, not a ceiling.${above} `,
        Dom.make('a', {href: Links.to(['about'])}, 'Definitions and sources'));
  }

  // One row of columns as an object.
  function totals(table, index) {
    const found = {};
    for (const [key, list] of Object.entries(table))
      if (Array.isArray(list)) found[key] = list[index];
    return found;
  }

  const pick = (route, key, choices) =>
      (choices.some(([name]) => name === route.params.get(key)) ? route.params.get(key) : choices[0][0]);

  const potentialBar = (table, at, label, href) => ({
    label,
    href,
    mark: table.actual[at],
    parts: ['realized', 'static', 'dynamic'].map((name) => ({name, value: table[name][at]}))
  });

  // One row of a table in words.
  function words(name, table, at) {
    const realized = Numbers.percent(Numbers.share(table.realized[at], table.potential[at]));
    return `${name}: potential ${Numbers.usd(table.potential[at])}, realised ${realized}, ` +
        `unrealised ${Numbers.usd(table.unrealized[at])}`;
  }

  // Rows by place, for a table whose rows are not those of the world's countries.
  function reindexed(list) {
    const table = {};
    for (const [key, values] of Object.entries(list)) {
      if (!Array.isArray(values)) continue;
      table[key] = [];
      list.country.forEach((country, at) => {
        table[key][country] = values[at];
      });
    }
    return table;
  }

  function pairTable(world, countries, table, address, label, names) {
    const keys = [...new Set([...(names || world.columns), 'unrealized'])];
    return {
      columns: [
        {key: 'code', label: 'Code', kind: 'code'},
        {key: 'name', label, kind: 'text', link: (row) => address(world.byCode.get(row[0]))},
        ...keys.map((key) => ({key, label: Numbers.LABELS[key], kind: 'usd'})),
        {key: 'realized_share', label: 'Realised share', kind: 'share'}
      ],
      rows: countries.map(
          (country) =>
              [country.code, country.name, ...keys.map((key) => table[key][country.index]),
               table.potential[country.index] > 0 ?
                   Data.eight(table.realized[country.index] / table.potential[country.index]) :
                   null]),
    };
  }

  // The name of the product whose code is at a place of the row: short on the page, whole in files.
  const nameColumn = (products, key, place) => ({
    key,
    label: 'Product',
    kind: 'text',
    roomy: true,
    text: (row) => products.short[products.byCode.get(row[place])]
  });

  function productTable(products, listed, world) {
    const keys = [...new Set([...world.compact, 'unrealized'])];
    return {
      columns: [
        {key: 'product', label: 'Code', kind: 'code', link: (row) => Links.product(row[0])},
        nameColumn(products, 'name', 0), {key: 'sector', label: 'Sector', kind: 'text'},
        ...keys.map((key) => ({key, label: Numbers.LABELS[key], kind: 'usd'}))
      ],
      rows: d3.range(listed.product.length)
                .map(
                    (at) =>
                        [products.code[listed.product[at]], products.name[listed.product[at]],
                         products.sectorName(listed.product[at]), ...keys.map((key) => listed[key][at])]),
    };
  }

  const flagNames = (world, bits) =>
      world.flags.filter(({bit}) => bits >> bit & 1).map(({label}) => label.toLowerCase()).join(', ');

  function cellTable(world, products, exporter, cells, order) {
    return {
      columns: [
        {key: 'market', label: 'Market code', kind: 'code', hidden: true}, {
          key: 'market_name',
          label: 'Market',
          kind: 'text',
          link: (row) => Links.pair(exporter, world.byCode.get(row[0]))
        },
        {key: 'product', label: 'Code', kind: 'code', link: (row) => Links.product(row[2])},
        nameColumn(products, 'product_name', 2),
        ...world.columns.map((key) => ({
                               key,
                               label: Numbers.LABELS[key],
                               kind: 'usd',
                               hidden: !AMOUNTS.includes(key) || key === 'potential_now'
                             })),
        {key: 'tariff_now', label: 'Tariff now', kind: 'share', hidden: !world.tariffs},
        {key: 'tariff', label: `Tariff ${world.horizon_year}`, kind: 'share', hidden: !world.tariffs},
        {key: 'growth', label: 'Market growth', kind: 'share'},
        {key: 'imports', label: 'Imports', kind: 'usd', hidden: true},
        {key: 'supplier', label: 'Largest rival', kind: 'code'},
        {key: 'supplier_share', label: 'Its share', kind: 'share'}, ...OutlookFigures.columns(world),
        {key: 'flags', label: 'Flags', kind: 'text'}
      ],
      rows: order.map(
          (at) =>
              [world.list[cells.market[at]].code, world.list[cells.market[at]].name, products.code[cells.product[at]],
               products.name[cells.product[at]], ...world.columns.map((key) => cells[key][at]), cells.tariff_now[at],
               cells.tariff[at], cells.growth[at], cells.imports[at],
               cells.supplier[at] >= 0 ? world.list[cells.supplier[at]].code : null, cells.supplier_share[at],
               ...OutlookFigures.entries(world, cells, at), flagNames(world, cells.flags[at])]),
    };
  }

  // Regions and groups of countries by which exporters are chosen: {key, label, has: [by country]}, or null.
  function area(world, key) {
    if (world.regions.includes(key)) return {key, label: key, has: world.list.map((country) => country.region === key)};
    const group = world.groups.find(([code]) => code === key);
    if (!group) return null;
    const members = new Set(group[2]);
    return {key, label: group[1] || key, has: world.list.map((country) => members.has(country.index))};
  }

  function areaOptions(world, current) {
    const option = (value, label) => Dom.make('option', {value, selected: value === current}, label);
    return [
      option('', 'All regions'),
      Dom.make(
          'optgroup', {label: 'Groups'},
          ...world.groups.map(([code, name]) => option(code, name ? `${code}: ${name}` : code))),
      Dom.make(
          'optgroup', {label: 'Regions'},
          ...world.regions.filter((region) => world.list.some((country) => country.region === region))
              .map((region) => option(region, region)))
    ];
  }

  function regionSelect(world, current) {
    const select = Dom.make('select', {id: 'region'}, ...areaOptions(world, current));
    select.addEventListener('change', () => {
      location.hash = Links.changed({region: select.value});
    });
    return Dom.make('label', {class: 'choice'}, Dom.make('span', {class: 'label'}, 'Exporters of'), select);
  }

  const unknown = (words, link) => ({
    title: 'Not here',
    name: 'unknown',
    nodes: [
      Dom.make('h1', {}, 'Not here'), Dom.make('p', {}, words),
      Dom.make('p', {}, link ? Dom.make('a', {href: link[0]}, link[1]) : Dom.make('a', {href: Links.to([])}, 'To the world'))
    ]
  });

  return {
    years,
    words,
    heading,
    keyNumbers,
    totalNumbers,
    caution,
    totals,
    pick,
    potentialBar,
    reindexed,
    pairTable,
    nameColumn,
    productTable,
    cellTable,
    flagNames,
    area,
    areaOptions,
    regionSelect,
    unknown
  };
})();
