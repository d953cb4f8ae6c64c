// The opportunity finder: all listed cells in one table and one scatter; what is filtered is what is drawn and
// downloaded.
const FinderView = (() => {
  'use strict';
  let cells = null;  // parts of the cells, kept for the next time; what is told of them beyond, for downloads
  let more = null;

  async function show(route) {
    const [world, products] = await Promise.all([Data.world(), Data.products()]);
    const holder = Dom.make('div', {class: 'finder wide'});
    return {
      title: 'Opportunity finder',
      name: 'finder',
      nodes: [
        Page.heading(
            'Opportunity finder',
            `The listed opportunities of all exporters: products in markets with unrealised potential. Base period ${
                Page.years(world)}, horizon ${world.horizon_year}.`),
        holder
      ],
      after: () => fill(world, products, holder, route.params),
    };
  }

  // The page stands at once; cells are shown as they come, largest first.
  async function fill(world, products, holder, params) {
    cells = cells || new FinderRows.Parts(world.finder.parts, world.cells, false);
    const view = build(world, products, holder, params, cells.rows);
    try {
      do view.update(true);
      while (holder.isConnected && await cells.next());
    } catch (error) {
      view.fail(error);
    }
  }

  function build(world, products, holder, params, rows) {
    const present = {
      sector: world.sectors.length > 1,
      processing: products.processing.some((level) => level >= 0),
      tariff: Boolean(world.tariffs),
      chance: world.finder.columns.includes('chance')
    };
    const state = {sort: params.get('sort') || 'unrealized', up: params.get('up') === '1'};
    const form = Dom.make('form', {class: 'filters', 'aria-label': 'Filters'});
    for (const field of FinderFilters.FIELDS) {
      state[field[0]] = '';
      if (field[3] && !present[field[3]]) continue;
      state[field[0]] = params.get(field[0]) || '';
      form.append(FinderFilters.control(world, field, state[field[0]]));
    }
    const reset = Dom.make('button', {type: 'button', class: 'plain', id: 'filter-reset'}, 'Clear filters');
    form.append(reset);
    const said = Dom.make('p', {class: 'status', role: 'status', id: 'finder-said'});
    const country = (index) => world.list[index];
    const columns = [
      {
        key: 'exporter',
        label: 'Exporter',
        kind: 'text',
        width: 'minmax(6.2rem,1fr)',
        text: (at) => country(rows.exporter[at]).name,
        lang: (at) => Names.lang(country(rows.exporter[at]).name),
        link: (at) => Links.exporter(country(rows.exporter[at]))
      },
      {
        key: 'market',
        label: 'Market',
        kind: 'text',
        width: 'minmax(6.2rem,1fr)',
        text: (at) => country(rows.market[at]).name,
        lang: (at) => Names.lang(country(rows.market[at]).name),
        link: (at) => Links.pair(country(rows.exporter[at]), country(rows.market[at]))
      },
      {
        key: 'product',
        label: 'Product',
        kind: 'text',
        width: 'minmax(12rem,4fr)',
        text: (at) => `${products.code[rows.product[at]]} ${products.short[rows.product[at]]}`,
        whole: (at) => `${products.code[rows.product[at]]} ${products.name[rows.product[at]]}`,
        lang: (at) => Names.lang(products.short[rows.product[at]]),
        link: (at) => Links.product(products.code[rows.product[at]])
      },
      ...['unrealized', 'potential', 'actual', 'static', 'dynamic'].map((key) => ({
                                                                          key,
                                                                          label: Numbers.LABELS[key],
                                                                          kind: 'usd',
                                                                          width: '5.3rem',
                                                                          text: (at) => Numbers.short(rows[key][at])
                                                                        })),
      {
        key: 'growth',
        label: 'Growth',
        kind: 'share',
        width: '4.6rem',
        text: (at) => Numbers.percent(rows.growth[at], 0)
      },
      ...(present.chance ? [{
        key: 'chance',
        label: 'Chance',
        kind: 'share',
        width: '4.6rem',
        text: (at) => Numbers.percent(rows.chance[at], 0)
      }] :
                           []),
      ...(present.tariff ? [{
        key: 'tariff',
        label: 'Tariff',
        kind: 'share',
        width: '4.4rem',
        text: (at) => Numbers.percent(rows.tariff[at])
      }] :
                           []),
      {
        key: 'flags',
        label: 'Flags',
        kind: 'text',
        width: 'minmax(5rem,0.8fr)',
        text: (at) => Page.flagNames(world, rows.flags[at])
      },
    ];
    if (rows.names !== Names.tag()) rows.orders.clear();  // names have another order in another language
    rows.names = Names.tag();
    const ranks = {
      // texts are sorted by their place in the alphabet
      exporter: rank(world.list.map((each) => each.name)),
      market: rank(world.list.map((each) => each.name)),
      product: rank(products.code),
    };
    const table = VirtualTable.make(columns, (sortKey) => {
      state.up = state.sort === sortKey ? !state.up : Boolean(ranks[sortKey]);
      state.sort = sortKey;
      update();
    });
    const axis = () =>
        (state.y === 'chance' ? ['chance', 'Chance of exports'] : ['growth', 'Growth of the market’s demand']);
    const scatter = Scatter.make({
      label: 'Unrealised potential against growth of the market',
      points: () => ({x: rows.unrealized, logs: rows.log, y: rows[axis()[0]], tint: rows.share}),
      labels: () => ['Unrealised potential, USD', axis()[1]],
      words: (at) => `${country(rows.exporter[at]).name} to ${country(rows.market[at]).name}, ${
          products.code[rows.product[at]]} ${Numbers.brief(products.short[rows.product[at]], 60)}: unrealised ${
          Numbers.usd(rows.unrealized[at])}, ${axis()[0]} ${Numbers.percent(rows[axis()[0]][at])}`,
      href: (at) =>
          Links.to([country(rows.exporter[at]).code, country(rows.market[at]).code, products.code[rows.product[at]]]),
    });
    let shown = [];
    let written = 0;

    function update(atOnce) {
      const known = columns.some((column) => column.key === state.sort) ? state.sort : 'unrealized';
      if (rows.length > 0)
        shown = FinderRows.filter(
            FinderRows.order(rows, known, !state.up, ranks[known]), FinderFilters.tests(world, products, rows, state));
      scatter.draw(shown);
      showTable(known, atOnce);
      let sum = 0;
      for (const at of shown) sum += rows.unrealized[at];
      const found = `${Numbers.count(shown.length)} of ${Numbers.count(rows.length)} opportunities, unrealised ${
          Numbers.usd(sum)}`;
      if (rows.length === world.cells)
        said.textContent = world.cells > 0 ? found : 'No exporter lists an opportunity here.';
      else
        said.textContent = `Loading ${Numbers.count(world.cells)} opportunities${rows.length > 0 ? `: ${found}` : ''}…`;
      clearTimeout(written);
      if (atOnce)
        writeAddress();
      else
        written = setTimeout(writeAddress, 150);  // not for every letter or frame
    }

    // Once a frame, however often somebody types or drags.
    let due = 0;
    const updateSoon = () => {
      due = due || requestAnimationFrame(() => {
              due = 0;
              update();
            });
    };

    function fail(error) {
      said.textContent = error.message;
      said.setAttribute('role', 'alert');
    }

    // The points follow every frame; the table, which costs a layout, ten times a second and in a frame of its own.
    let tableDue = 0;
    let tableAt = 0;
    function showTable(known, atOnce) {
      clearTimeout(tableDue);
      const act = () => {
        tableAt = performance.now();
        const coming = rows.length < world.cells ? world.cells : 0;
        table.show(shown, {key: known, down: !state.up}, coming);
      };
      if (atOnce)
        act();
      else
        tableDue = setTimeout(act, Math.max(20, tableAt + 100 - performance.now()));
    }

    function writeAddress() {
      if (!holder.isConnected) return;
      const entries = FinderFilters.FIELDS.map(([name]) => [name, state[name] || '']);
      entries.push(['sort', state.sort === 'unrealized' ? '' : state.sort], ['up', state.up ? '1' : '']);
      App.replace(Links.to(['finder'], Object.fromEntries(entries)));
    }

    for (const [name] of FinderFilters.FIELDS) {
      const input = form.querySelector(`#filter-${name}`);
      if (!input) continue;
      input.addEventListener('input', () => {
        state[name] = input.value;
        updateSoon();
      });
    }
    form.addEventListener('submit', (event) => event.preventDefault());
    reset.addEventListener('click', () => {
      for (const [name] of FinderFilters.FIELDS) {
        state[name] = '';
        const input = form.querySelector(`#filter-${name}`);
        if (input) input.value = '';
      }
      update();
    });

    // What is filtered, once all cells are there, with what only downloads tell of them.
    async function csv() {
      more = more || new FinderRows.Parts(world.finder.parts, world.cells, true);
      const [, extra] = await Promise.all([cells.all(), more.all()]);
      update();
      const own = rows.columns.filter((name) => !['exporter', 'market', 'product', 'flags'].includes(name));
      const beyond = extra.columns.filter((name) => name !== 'supplier');
      function* lines(places) {
        for (const at of places)
          yield [
            country(rows.exporter[at]).code, country(rows.market[at]).code, products.code[rows.product[at]],
            products.name[rows.product[at]], products.sectorName(rows.product[at]),
            ...own.map((name) => rows[name][at]), ...beyond.map((name) => extra[name][at]),
            extra.supplier[at] >= 0 ? country(extra.supplier[at]).code : '', Page.flagNames(world, rows.flags[at])
          ];
      }
      return {
        columns: [
          'exporter', 'market', 'product', 'product_name', 'sector', ...own, ...beyond, 'supplier', 'flags'
        ].map((key) => ({key})),
        rows: lines(shown),
      };
    }
    const buttons = Dom.make('p', {class: 'downloads'});
    const button = (label, act) => {
      const element = Dom.make(
          'button', {
            type: 'button',
            class: 'plain small',
            id: `finder-${label.toLowerCase()}`,
            'aria-label': `Download what is filtered as ${label}`
          },
          label);
      element.addEventListener('click', act);
      buttons.append(element);
    };
    button('CSV', () => csv().then((table) => Downloads.csv(table, 'atlas-opportunities'), fail));
    button(
        'SVG',
        () => Downloads.save(
            new Blob([new XMLSerializer().serializeToString(scatter.svg())], {type: 'image/svg+xml'}),
            'atlas-opportunities.svg'));
    button('PNG', () => scatter.canvas.toBlob((blob) => Downloads.save(blob, 'atlas-opportunities.png')));
    if (world.cells === 0)
      holder.append(said);
    else
      holder.append(
          form, said,
          Figure.legend(
              [['static', 'Mostly static: held by frictions'], ['dynamic', 'Mostly dynamic: to come with growth']]),
          scatter.element, buttons, table.element);
    App.onResize(() => {
      scatter.draw(shown, true);
      table.redraw();
    });
    return {update, fail};
  }

  function rank(texts) {
    const order = texts.map((_, at) => at).sort((a, b) => Names.compare(texts[a], texts[b]));
    const ranks = new Float64Array(texts.length);
    order.forEach((at, place) => {
      ranks[at] = place;
    });
    return ranks;
  }

  return {show};
})();
