// Addresses of views: #/, #/LAO, #/LAO/CHN, #/market/CHN, #/product/071410, #/finder?market=CHN, #/about. What a view
// shows beside that stands behind the question mark, so that a link restores it.
const Links = (() => {
  'use strict';
  const WORDS = new Set(['market', 'product', 'scenario', 'finder', 'about']);

  // {view, parts, params} of an address.
  function parse(hash) {
    const [path, query] = hash.replace(/^#\/?/, '').split('?');
    const parts = path.split('/').filter(Boolean).map((part) => {
      try {
        return decodeURIComponent(part);
      } catch (error) { return part; }
    });
    const params = new URLSearchParams(query || '');
    if (parts.length === 0) return {view: 'world', parts: [], params};
    if (WORDS.has(parts[0])) return {view: parts[0], parts: parts.slice(1), params};
    return {view: parts.length > 1 ? 'pair' : 'exporter', parts, params};
  }

  // Names are shown in the same language wherever one goes.
  function to(parts, params) {
    const entries = Object.entries(Object.assign({}, params, {names: Names.tag()}))
                        .filter(([, value]) => value !== '' && value !== null && value !== undefined);
    const query = new URLSearchParams(entries).toString();
    return '#/' + parts.map(encodeURIComponent).join('/') + (query ? `?${query}` : '');
  }

  const exporter = (country) => (country.exporter ? to([country.code]) : null);
  const market = (country) => (country.market ? to(['market', country.code]) : null);
  const pair = (exporting, importing) =>
      (exporting.exporter && exporting !== importing ? to([exporting.code, importing.code]) : null);
  const product = (code) => to(['product', code]);

  // The address shown, with some of what stands behind its question mark changed.
  function changed(changes) {
    const {params} = parse(location.hash);
    for (const [key, value] of Object.entries(changes)) {
      if (value === '' || value === null || value === undefined)
        params.delete(key);
      else
        params.set(key, value);
    }
    const query = params.toString();
    return (location.hash.split('?')[0] || '#/') + (query ? `?${query}` : '');
  }

  return {parse, to, exporter, market, pair, product, changed};
})();
