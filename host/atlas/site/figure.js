// The frame of a figure: title, what it shows, the drawing, its table, its downloads.
const Figure = (() => {
  'use strict';
  const drawers = new WeakMap();  // holder → {draw, width}: drawn again when the width changes

  // make({id, title, lead, facts, about, draw, table, controls, legend}): draw(holder, width) puts an <svg> (or several things, the
  // first <svg> being what is downloaded) into the holder; table() is {columns: [{key, label, kind, link}], rows}.
  function make(options) {
    const id = options.id;
    const holder = Dom.make('div', {class: 'drawing'});
    const table = Dom.make('div', {class: 'table-of'});
    const figure = Dom.make(
        'section',
        {class: `figure ${options.wide ? 'wide' : ''}`, id: `figure-${id}`, 'aria-labelledby': `title-${id}`},
        Dom.make('h2', {id: `title-${id}`}, options.title),
        options.lead ? Dom.make('p', {class: 'lead'}, options.lead) : null, options.controls || null,
        options.facts ? facts(options.facts) : null, options.legend ? legend(options.legend) : null, holder);
    if (options.notice) holder.append(Dom.make('p', {class: 'notice'}, options.notice));

    const tools = Dom.make('div', {class: 'tools'});
    if (options.about) {
      const details = Dom.make(
          'details', {}, Dom.make('summary', {}, 'What this shows'),
          Dom.make('p', {}, options.about, ' ', Dom.make('a', {href: Links.to(['about'])}, 'Definitions and sources')));
      tools.append(details);
    }
    if (options.table && options.draw && !options.notice) {
      const details = Dom.make('details', {}, Dom.make('summary', {}, 'Table'), table);
      details.addEventListener('toggle', () => {
        if (details.open && !table.firstChild) table.append(Table.make(options.table(), {caption: options.title}));
      });
      tools.append(details);
    }
    const buttons = Dom.make('p', {class: 'downloads'});
    const name = () => `${document.body.dataset.name || 'atlas'}-${id}`;
    const button = (label, act) => {
      const element = Dom.make(
          'button', {
            type: 'button',
            class: 'plain small',
            id: `${id}-${label.toLowerCase()}`,
            'aria-label': `Download “${options.title}” as ${label}`
          },
          label);
      element.addEventListener('click', act);
      buttons.append(element);
    };
    if (options.draw && !options.notice) {
      const drawing = () => (options.drawing ? options.drawing() : holder.querySelector('svg'));
      button('SVG', () => Downloads.svg(drawing(), name()));
      button('PNG', () => Downloads.png(drawing(), name()));
    }
    if (options.table && !options.notice) button('CSV', () => Downloads.csv(options.table(), name()));
    if (buttons.firstChild) tools.append(buttons);
    figure.append(tools);

    if (options.draw && !options.notice) drawers.set(holder, {draw: options.draw, width: 0});
    if (options.table && !options.draw && !options.notice)
      holder.append(Table.make(options.table(), {caption: options.title, rows: options.rows}));
    return figure;
  }

  // [[label, text]]
  const facts = (entries) => Dom.make(
      'dl', {class: 'facts'},
      ...entries.map(([label, text]) => Dom.make('div', {}, Dom.make('dt', {}, label), Dom.make('dd', {}, text))));

  function legend(entries) {
    const list = Dom.make('ul', {class: 'legend'});
    for (const [name, label] of entries)
      list.append(Dom.make('li', {}, Dom.make('span', {class: `swatch ${name}`}), label));
    return list;
  }

  // A choice among a few, kept in the address; options: [value, text, language of the text].
  function choice(label, key, current, options) {
    const group = Dom.make(
        'div', {class: 'choice', role: 'group', 'aria-label': label}, Dom.make('span', {class: 'label'}, label));
    for (const [value, text, lang] of options) {
      const element = Dom.make(
          'button',
          {
            type: 'button',
            id: `choice-${key}-${value}`,
            class: 'option',
            'aria-pressed': String(value === current),
            'data-value': value,
            lang
          },
          text);
      element.addEventListener('click', () => {
        location.hash = Links.changed({[key]: value === options[0][0] ? null : value});
      });
      group.append(element);
    }
    return group;
  }

  // Draws what is in the page and has another width than when it was drawn.
  function drawAll() {
    for (const holder of document.querySelectorAll('.drawing')) {
      const drawer = drawers.get(holder);
      const width = Math.floor(holder.clientWidth);
      if (!drawer || width === 0 || width === drawer.width) continue;
      drawer.width = width;
      holder.replaceChildren();
      drawer.draw(holder, width);
    }
  }

  let waiting = false;
  window.addEventListener('resize', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      drawAll();
    });
  });

  // An empty drawing of that size.
  function svg(holder, width, height, label) {
    return d3.select(holder)
        .append('svg')
        .attr('viewBox', `0 0 ${width} ${height}`)
        .attr('width', width)
        .attr('height', height)
        .attr('role', 'group')
        .attr('aria-label', label);
  }

  const ruler = document.createElement('canvas').getContext('2d');
  let family = '';  // asked for once: amid a drawing each question costs a look at all that is new
  function measured(text, size) {
    family = family || getComputedStyle(document.body).fontFamily;
    ruler.font = `${size}px ${family}`;
    return ruler.measureText(text).width;
  }

  // Pixels that a letter of the text takes, which is twice as many in some scripts as in others.
  const letter = (text, size) => measured(text, size) / (text.length || 1);

  // A text cut to so many pixels, in letters of that size.
  function fitted(text, room, size) {
    const width = measured(text, size);
    if (width <= room) return text;
    let most = Math.floor(text.length * room / width);
    while (most > 2 && ruler.measureText(Numbers.brief(text, most)).width > room) --most;
    return Numbers.brief(text, Math.max(2, most));
  }

  // What is under the mouse or has the focus, in words; a <title> also tells it to screen readers.
  function explain(selection, text) {
    selection.append('title').text(text);
    return selection;
  }

  return {make, choice, drawAll, svg, explain, legend, letter, fitted};
})();
