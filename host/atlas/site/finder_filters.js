// The filters of the finder: what they are, how they look, and what they let pass.
const FinderFilters = (() => {
  'use strict';

  // Filters: name in the address, label, kind, and what the world must have for it, beside what all have.
  const FIELDS = [
    ['exporter', 'Exporter', 'country'],
    ['region', 'Exporters of', 'region'],
    ['market', 'Market', 'country'],
    ['sector', 'Sector', 'sector', 'sector'],
    ['processing', 'Processing', 'processing', 'processing'],
    ['product', 'Product', 'text'],
    ['min', 'At least, USD', 'number'],
    ['static', 'Static share at least, %', 'number'],
    ['dynamic', 'Dynamic share at least, %', 'number'],
    ['tariff', 'Tariff at most, %', 'number', 'tariff'],
    ['growth', 'Market growth at least, %', 'number'],
    ['chance', 'Chance at least, %', 'number', 'chance'],
    ['flags', 'Flags', 'flags'],
    ['y', 'Drawn against', 'axis', 'chance'],
  ];

  const option = (value, label, current) => Dom.make('option', {value, selected: value === current}, label);

  function control(world, [name, label, kind], value) {
    let input;
    if (kind === 'country') {
      input = Dom.make('select', {}, option('', 'All', value));
      for (const country of Names.inOrder(world.list))
        if (name === 'exporter' ? country.exporter : country.market) {
          const entry = option(country.code, country.name, value);
          if (Names.lang(country.name)) entry.lang = Names.lang(country.name);
          input.append(entry);
        }
    } else if (kind === 'region') {
      input = Dom.make('select', {}, ...Page.areaOptions(world, value));
    } else if (kind === 'sector') {
      input = Dom.make(
          'select', {}, option('', 'All', value),
          ...world.sectors.map((sector, at) => option(String(at), sector, value)));
    } else if (kind === 'processing') {
      input = Dom.make(
          'select', {}, option('', 'All', value),
          ...['Raw', 'Semi-processed', 'Processed'].map((text, at) => option(String(at), text, value)));
    } else if (kind === 'axis') {
      input = Dom.make('select', {}, option('', 'Growth of the market', value), option('chance', 'Chance', value));
    } else if (kind === 'flags') {
      input = Dom.make(
          'select', {}, option('', 'Any', value), option('none', 'Without any flag', value),
          ...world.flags.map(({key, label}) => option(`-${key}`, `Without “${label.toLowerCase()}”`, value)));
    } else {
      input = Dom.make('input', {
        type: kind === 'number' ? 'number' : 'search',
        value: value || '',
        step: 'any',
        placeholder: kind === 'text' ? 'Code or words' : ''
      });
    }
    input.id = `filter-${name}`;
    return Dom.make('label', {class: kind}, Dom.make('span', {class: 'label'}, label), input);
  }

  // Tests by what the filters say.
  function tests(world, products, rows, state) {
    const list = [];
    const number = (name) => (state[name] !== '' && Number.isFinite(Number(state[name])) ? Number(state[name]) : null);
    for (const side of ['exporter', 'market']) {
      const country = world.byCode.get(state[side]);
      if (country) list.push((at) => rows[side][at] === country.index);
    }
    const area = Page.area(world, state.region);
    if (area) list.push((at) => area.has[rows.exporter[at]]);
    if (state.sector !== '') list.push((at) => products.sector[rows.product[at]] === Number(state.sector));
    if (state.processing !== '') list.push((at) => products.processing[rows.product[at]] === Number(state.processing));
    const words = state.product.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length) {
      const matches = products.code.map((code, index) => {
        const text = Names.searched(products, index).toLowerCase();
        return words.every((word) => (/^\d+$/.test(word) ? code.startsWith(word) : text.includes(word)));
      });
      list.push((at) => matches[rows.product[at]]);
    }
    if (number('min') !== null) {
      const least = number('min');
      list.push((at) => rows.unrealized[at] >= least);
    }
    if (number('static') !== null) {
      const least = number('static') / 100;
      list.push((at) => 1 - rows.share[at] >= least);
    }
    if (number('dynamic') !== null) {
      const least = number('dynamic') / 100;
      list.push((at) => rows.share[at] >= least);
    }
    if (number('tariff') !== null) {
      const most = number('tariff') / 100;
      list.push((at) => rows.tariff[at] <= most);
    }
    if (number('growth') !== null) {
      const least = number('growth') / 100;
      list.push((at) => rows.growth[at] >= least);
    }
    if (number('chance') !== null) {
      const least = number('chance') / 100;
      list.push((at) => rows.chance[at] >= least);
    }
    const unwanted = d3.sum(
        world.flags, ({key, bit}) => (state.flags === 'none' || state.flags === `-${key}` ? 1 << bit : 0));
    if (unwanted) list.push((at) => (rows.flags[at] & unwanted) === 0);
    return list;
  }

  return {FIELDS, control, tests};
})();
