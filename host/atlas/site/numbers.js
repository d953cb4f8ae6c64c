// Numbers for people, and the words of the columns.
const Numbers = (() => {
  'use strict';
  const MINUS = '\u2212';
  const NONE = '\u2013';

  const plain = new Map();
  function fixed(value, decimals) {
    if (!plain.has(decimals)) {
      plain.set(
          decimals, new Intl.NumberFormat('en-GB', {minimumFractionDigits: decimals, maximumFractionDigits: decimals}));
    }
    return plain.get(decimals).format(value);
  }

  const SCALES = [[1e12, 'trillion', 'tn'], [1e9, 'billion', 'bn'], [1e6, 'million', 'm'], [1e3, 'thousand', 'k']];

  // Three significant digits in the largest unit that fits: 4.16 bn, 73.3 k, 0.
  function scaled(value, word) {
    if (typeof value !== 'number') return NONE;
    const size = Math.abs(value);
    const sign = value < 0 ? MINUS : '';
    if (size < 0.5) return '0';
    const three = (x) => (x >= 99.95 ? fixed(x, 0) : x >= 9.995 ? fixed(x, 1) : fixed(x, 2));
    for (const [unit, long, short] of SCALES) {
      if (size >= unit * 0.9995) return `${sign}${three(size / unit)}\u00a0${word ? long : short}`;
    }
    return sign + fixed(size, 0);
  }

  // The same for an axis: 1 bn, 2.5 bn.
  const tick = (value) => scaled(value, false).replace(/(\.\d*?)0+(\u00a0|$)/, '$1$2').replace(/\.(\u00a0|$)/, '$1');

  const usd = (value) => (typeof value === 'number' ? `USD\u00a0${scaled(value, true)}` : NONE);
  const short = (value) => scaled(value, false);

  // With its sign: +1.2 bn, −3.4 m.
  const signed = (value) => (value > 0 ? '+' : '') + scaled(value, false);

  function percent(value, decimals) {
    if (typeof value !== 'number' || !Number.isFinite(value)) return NONE;
    const x = Math.abs(value) * 100;
    const text = fixed(x, decimals !== undefined ? decimals : x > 0 && x < 10 ? 1 : 0);
    return (value < 0 && /[1-9]/.test(text) ? MINUS : '') + text + '\u00a0%';
  }

  const count = (value) => (typeof value === 'number' ? fixed(value, 0) : NONE);

  // An entry of a table by its kind.
  function value(entry, kind) {
    if (entry === null || entry === undefined || entry === '' || Number.isNaN(entry)) return NONE;
    if (kind === 'usd') return short(entry);
    if (kind === 'share') return percent(entry);
    if (kind === 'count') return count(entry);
    if (kind === 'score') return fixed(entry, 1);
    if (kind === 'number') return scaled(entry, false);
    return String(entry);
  }

  const isAmount = (kind) => ['usd', 'share', 'count', 'score', 'number'].includes(kind);

  const share = (part, whole) => (whole > 0 ? part / whole : null);

  const LABELS = {
    actual: 'Exports',
    potential_now: 'Potential now',
    potential: 'Potential',
    realized: 'Realised',
    unrealized: 'Unrealised',
    static: 'Static',
    dynamic: 'Dynamic',
    overtrade: 'Above potential',
    change_supply: 'Change: supply',
    change_population: 'Change: population',
    change_income: 'Change: income',
    change_tariff: 'Change: tariffs',
  };

  // A product's name, shortened to so many characters at a blank.
  function brief(text, most) {
    if (text.length <= most) return text;
    const cut = text.lastIndexOf(' ', most - 1);
    return text.slice(0, cut > most / 2 ? cut : most - 1).replace(/[\s,;:]+$/, '') + '\u2026';
  }

  return {usd, short, signed, tick, percent, count, value, isAmount, share, LABELS, brief, fixed, NONE};
})();
