// The page: reads the address, shows the view, keeps the focus, and says what is wrong where something is.
const App = (() => {
  'use strict';
  const VIEWS = {
    world: WorldView,
    exporter: ExporterView,
    market: MarketView,
    product: ProductView,
    pair: PairView,
    scenario: ScenarioView,
    finder: FinderView,
    about: AboutView
  };
  const content = document.getElementById('content');
  let current = 0;   // number of the view that is being shown
  let quiet = null;  // an address that was put there without asking for a view
  let shownPath = null;
  const resized = new Set();
  const paths = new Map();  // links outside the views → where they lead

  function replace(hash) {
    if (location.hash === hash || (location.hash === '' && hash === '#/')) return;
    quiet = hash;
    location.replace(hash);
  }

  function lasting(path, text) {
    const link = Dom.make('a', {href: Links.to(path)}, text);
    paths.set(link, path);
    return link;
  }

  function failure(error) {
    return {
      title: 'Something is missing',
      name: 'error',
      nodes:
          [Dom.make('h1', {}, 'Something is missing'), Dom.make('p', {class: 'notice', role: 'alert'}, error.message)]
    };
  }

  async function show() {
    if (quiet !== null && location.hash === quiet) {
      quiet = null;
      return;
    }
    quiet = null;
    const number = ++current;
    const started = performance.now();
    const route = Links.parse(location.hash);
    content.setAttribute('aria-busy', 'true');
    let view;
    try {
      await Names.choose(route.params.get('names'));
      if (number !== current) return;
      view = await VIEWS[route.view].show(route);
    } catch (error) {
      view = failure(error);
    }
    if (number !== current) return;  // somebody went on meanwhile

    const path = location.hash.split('?')[0];
    const moved = path !== shownPath;
    const focused = document.activeElement && content.contains(document.activeElement) ? document.activeElement.id : '';
    const scroll = window.scrollY;
    resized.clear();
    document.title = `${view.title} – ${document.body.dataset.title}`;
    document.body.dataset.name = view.name;
    content.replaceChildren(...view.nodes);
    Figure.drawAll();
    content.removeAttribute('aria-busy');
    for (const button of document.querySelectorAll('#names button'))
      button.setAttribute('aria-pressed', String(button.dataset.value === Names.tag()));
    for (const link of document.querySelectorAll('.masthead a, .colophon a')) link.href = Links.to(paths.get(link));
    for (const link of document.querySelectorAll('#views a')) {
      if (link.dataset.view === route.view)
        link.setAttribute('aria-current', 'page');
      else
        link.removeAttribute('aria-current');
    }
    if (moved) {
      window.scrollTo(0, 0);
      if (shownPath !== null) content.focus({preventScroll: true});
    } else {
      window.scrollTo(0, scroll);
      const again = focused && document.getElementById(focused);
      if (again) again.focus({preventScroll: true});
    }
    shownPath = path;
    if (view.after) await view.after();
    if (number !== current) return;
    content.dataset.shown = location.hash || '#/';
    content.dataset.took = (performance.now() - started).toFixed(1);
  }

  async function start() {
    const world = await Data.world();
    document.body.dataset.title = world.title;
    Search.attach(document.getElementById('search'));
    paths.set(document.getElementById('home'), []);
    for (const link of document.querySelectorAll('#views a'))
      paths.set(link, link.dataset.view === 'world' ? [] : [link.dataset.view]);
    if (world.languages.length) document.getElementById('names').append(Names.chooser(world));
    const colophon = document.getElementById('colophon');
    colophon.append(
        Dom.make(
            'p', {},
            'An unofficial replication of the export potential method of the International Trade Centre (ITC); ' +
                'not ITC’s figures. Amounts in USD of the base period. ',
            lasting(['about'], 'Definitions and sources')),
        Dom.make(
            'p', {},
            `Made by Potentia ${world.program}. Circles stand near to where economies lie; no border is drawn.`));
    document.getElementById('skip').addEventListener('click', (event) => {
      event.preventDefault();
      content.focus();
    });
    window.addEventListener('hashchange', show);
    const again = () => {
      for (const act of resized) requestAnimationFrame(act);
    };
    window.addEventListener('resize', again);
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
    await show();
    setTimeout(() => Search.prepare().catch(() => {}), 200);  // who searches is told what is missing
  }

  start().catch((error) => {
    document.body.dataset.title = document.title;
    content.replaceChildren(...failure(error).nodes);
  });

  return {replace, onResize: (act) => resized.add(act)};
})();
