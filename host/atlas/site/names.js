// Names of countries and products in the language that the address asks for (?names=fr); those that its table lacks
// stay as in the world.
const Names = (() => {
  'use strict';
  let wanted = '';        // asked for last, while its chunk comes
  let tag = '';           // shown; '' = the world's own names
  let shown = new Set();  // names of that language, whole and short
  let dressed = '';       // in what language the lists of the world and of products are
  let collator = new Intl.Collator('en');

  // Puts the names of a language into the lists that views read, and keeps the world's own beside them.
  function dress(world, products, chunk) {
    world.list.forEach((country, at) => {
      if (country.own === undefined) country.own = country.name;
      country.name = (chunk && chunk.country[at]) || country.own;
    });
    if (!products.own) products.own = {name: products.name, short: products.short};
    const {own} = products;
    products.name = chunk ? own.name.map((name, at) => chunk.product[at] || name) : own.name;
    products.short = chunk ? own.short.map((name, at) => chunk.short[at] || chunk.product[at] || name) : own.short;
    shown = new Set(chunk ? [...chunk.country, ...chunk.product, ...chunk.short].filter(Boolean) : []);
  }

  // Shows names in that language from now on; in the world's own where the atlas has no such language.
  async function choose(asked) {
    const world = await Data.world();
    const known = world.languages.find(([each]) => each.toLowerCase() === (asked || '').toLowerCase());
    wanted = known ? known[0] : '';
    if (wanted === dressed) {
      tag = wanted;
      return;
    }
    const mine = wanted;
    const [products, chunk] = await Promise.all([Data.products(), known ? Data.load(`names/${known[1]}`) : null]);
    if (mine !== wanted || mine === dressed) return;  // somebody chose again meanwhile
    dress(world, products, chunk);
    tag = dressed = mine;
    collator = new Intl.Collator(tag ? [tag, 'en'] : 'en');
  }

  // The language of a text that is a name, for its `lang`; null for any other text.
  const lang = (text) => (shown.has(text) ? tag : null);

  // A name in a heading or a sentence of the site.
  const marked = (text) => (lang(text) ? Dom.make('span', {lang: lang(text)}, text) : text);

  // What a language calls itself, where the browser knows.
  function label(each) {
    try {
      return new Intl.DisplayNames([each], {type: 'language'}).of(each);
    } catch (error) {
      return each;
    }
  }

  // The choice among languages, with the world's own first.
  function chooser(world) {
    const others = world.languages.map(([each]) => [each, label(each), each]);
    const own = others.some(([, text]) => text === 'English') ? 'The world’s own' : 'English';
    return Figure.choice('Names', 'names', tag, [['', own], ...others]);
  }

  // All that a product or country can be found by.
  const searched =
      (products, at) => [products.code[at], products.name[at], products.own ? products.own.name[at] : ''].join(' ');
  const searchedCountry = (country) => [country.code, country.name, country.own || '', country.also].join(' ');

  return {
    choose,
    tag: () => tag,
    lang,
    marked,
    chooser,
    compare: (a, b) => collator.compare(a, b),
    inOrder: (countries) => countries.slice().sort((a, b) => collator.compare(a.name, b.name)),
    searched,
    searchedCountry
  };
})();
