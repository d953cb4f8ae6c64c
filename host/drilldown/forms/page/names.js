// What a product is called where there is little room. Tables and files have its whole name.
const Names = (() => {
  'use strict';
  let shorter = {};
  return {
    use(names) { shorter = names || {}; },
    of: (code, name) => (Object.hasOwn(shorter, code) ? shorter[code] : name),
  };
})();
