// Building elements: whatever comes from the data is set as text, never as markup.
const Dom = (() => {
  'use strict';

  // make('p', {class: 'note'}, 'text', element): attributes by name, children as text or elements.
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === false || value === null || value === undefined) continue;
      element.setAttribute(name, value === true ? '' : String(value));
    }
    for (const child of children) {
      if (child !== null && child !== undefined) element.append(child);
    }
    return element;
  }

  // An address that no text from the data can bend.
  const slug = (text) => String(text).toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'x';

  return {make, slug};
})();
