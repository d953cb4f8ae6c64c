// The search over countries and products: code, name, words in any order. Arrow keys, Enter, Escape; "/" comes here.
const Search = (() => {
  'use strict';
  const MOST = 12;
  const folded = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

  let entries = null;   // [{text, label, lang, title, kind, href, size}]
  let preparedFor = null;  // the language of their names

  async function prepare() {
    if (entries && preparedFor === Names.tag()) return;
    const [world, products] = await Promise.all([Data.world(), Data.products()]);
    entries = [];
    preparedFor = Names.tag();
    for (const country of world.list) {
      const text = folded(Names.searchedCountry(country));
      const size = Math.log1p(world.exporters.potential[country.index] + world.markets.potential[country.index]);
      if (country.exporter)
        entries.push({
          text,
          code: folded(country.code),
          label: `${country.name} (${country.code})`,
          lang: Names.lang(country.name),
          kind: 'exporter',
          href: Links.exporter(country),
          size: size + 1
        });
      if (country.market)
        entries.push({
          text,
          code: folded(country.code),
          label: `${country.name} (${country.code})`,
          lang: Names.lang(country.name),
          kind: 'market',
          href: Links.market(country),
          size
        });
    }
    products.code.forEach((code, index) => {
      entries.push({
        text: folded(Names.searched(products, index)),
        code: folded(code),
        label: `${code} ${products.short[index]}`,
        lang: Names.lang(products.short[index]),
        title: products.name[index],
        kind: 'product',
        href: Links.product(code),
        size: 0
      });
    });
  }

  function find(query) {
    const words = folded(query).split(/\s+/).filter(Boolean);
    if (words.length === 0 || !entries) return [];
    const scored = [];
    for (const entry of entries) {
      let score = entry.size;
      let all = true;
      for (const word of words) {
        const at = entry.text.indexOf(word);
        if (at < 0) {
          all = false;
          break;
        }
        if (entry.code === word)
          score += 200;
        else if (at === 0 || entry.text[at - 1] === ' ')
          score += 40;
      }
      if (all) scored.push([score, entry]);
    }
    scored.sort((a, b) => b[0] - a[0]);
    return scored.slice(0, MOST).map(([, entry]) => entry);
  }

  function attach(holder) {
    const input = Dom.make('input', {
      type: 'search',
      id: 'search-input',
      placeholder: 'Search countries and products',
      autocomplete: 'off',
      spellcheck: 'false',
      role: 'combobox',
      'aria-label': 'Search countries and products',
      'aria-expanded': 'false',
      'aria-controls': 'search-list',
      'aria-autocomplete': 'list'
    });
    const list = Dom.make('ul', {id: 'search-list', role: 'listbox', 'aria-label': 'Found', hidden: true});
    let found = [];
    let active = -1;

    function show() {
      list.replaceChildren();
      found.forEach((entry, at) => {
        const option = Dom.make(
            'li', {role: 'option', id: `found-${at}`, 'aria-selected': String(at === active)},
            Dom.make('span', {class: 'label', lang: entry.lang, title: entry.title}, entry.label), Dom.make('span', {class: 'kind'}, entry.kind));
        option.addEventListener('mousedown', (event) => {
          event.preventDefault();
          go(entry);
        });
        list.append(option);
      });
      if (found.length === 0 && input.value.trim() && entries)
        list.append(Dom.make('li', {class: 'none'}, 'Nothing has all of these words.'));
      list.hidden = !list.firstChild;
      input.setAttribute('aria-expanded', String(!list.hidden));
      if (active >= 0) {
        input.setAttribute('aria-activedescendant', `found-${active}`);
        list.children[active].scrollIntoView({block: 'nearest'});
      } else
        input.removeAttribute('aria-activedescendant');
    }

    function close() {
      found = [];
      active = -1;
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
    }

    function go(entry) {
      close();
      input.value = '';
      location.hash = entry.href;
    }

    async function update() {
      try {
        await prepare();
      } catch (error) {
        list.replaceChildren(Dom.make('li', {class: 'none'}, error.message));
        list.hidden = false;
        return;
      }
      found = find(input.value);
      active = found.length > 0 ? 0 : -1;
      show();
    }

    input.addEventListener('input', update);
    input.addEventListener('focus', () => prepare().catch(() => {}));
    input.addEventListener('blur', close);
    input.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        if (found.length === 0) return;
        active = (active + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
        show();
      } else if (event.key === 'Enter' && active >= 0) {
        event.preventDefault();
        go(found[active]);
      } else if (event.key === 'Escape') {
        if (found.length === 0) input.value = '';
        close();
      }
    });
    document.addEventListener('keydown', (event) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey ||
          /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName))
        return;
      event.preventDefault();
      input.focus();
    });
    holder.append(input, list);
  }

  return {attach, prepare, find};
})();
