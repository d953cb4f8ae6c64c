// Numbers for people: scaled to the unit named beside them, at least two significant digits, never scientific notation.
const Format = (() => {
  'use strict';
  const MINUS = '\u2212';
  const MISSING = '\u2013';
  const SCALE = {usd: 1e-6, share: 100, points: 100};
  const SMALLEST = {usd: 4, share: 2, points: 2, number: 4};  // decimals below which a number reads "<0.0001"
  const UNIT = {usd: 'USD million', share: '%', points: 'percentage points'};
  const formats = new Map();

  function fixed(value, decimals) {
    if (!formats.has(decimals)) {
      formats.set(decimals, new Intl.NumberFormat('en-GB', {
        minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: true,
      }));
    }
    const text = formats.get(decimals).format(Math.abs(value));
    return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
  }

  const scaled = (value, kind) => value * (SCALE[kind] || 1);

  // Decimals that suit most of a column; single values may need more.
  function usualDecimals(values, kind) {
    if (kind === 'count' || kind === 'year') return 0;
    if (kind === 'share' || kind === 'points') return 1;
    const numbers = values.filter((value) => typeof value === 'number').map((value) => Math.abs(scaled(value, kind)));
    if (kind === 'number' && numbers.every(Number.isInteger)) return 0;
    const largest = numbers.reduce((most, value) => Math.max(most, value), 0);
    if (largest >= 10000) return 0;
    return largest >= 10 ? 1 : 2;
  }

  // A number in its unit, without the unit: 1,234.5 or −0.012; shares carry their %.
  function number(value, kind, decimals) {
    const x = scaled(value, kind);
    const suffix = kind === 'share' ? '%' : '';
    if (kind === 'count') return fixed(x, 0);
    if (x === 0) return fixed(0, 0) + suffix;
    const most = SMALLEST[kind] || 4;
    const size = Math.abs(x);
    if (size < 0.5 * 10 ** -most) return (x < 0 ? `>${MINUS}` : '<') + fixed(10 ** -most, most) + suffix;
    const needed = 1 - Math.floor(Math.log10(size));
    return fixed(x, Math.max(decimals, Math.min(most, needed))) + suffix;
  }

  // Any entry of a table as text.
  function value(entry, kind, decimals) {
    if (entry === null || entry === undefined || entry === '') return MISSING;
    if (typeof entry === 'boolean') return entry ? 'Yes' : 'No';
    if (typeof entry !== 'number') return String(entry);
    if (kind === 'year' || kind === 'code' || kind === 'text') return String(entry);
    return number(entry, kind, decimals);
  }

  const isAmount = (kind) => ['year', 'count', 'usd', 'share', 'points', 'number'].includes(kind);

  // A number with its unit, for a tooltip.
  function withUnit(entry, kind, decimals) {
    const text = value(entry, kind, decimals);
    return kind === 'usd' || kind === 'points' ? `${text} ${UNIT[kind]}` : text;
  }

  // Dollars in a sentence, to three figures: USD 2.82 billion.
  function dollars(amount) {
    const size = Math.abs(amount);
    if (size > 0 && size < 1000) return 'less than USD\u00a01,000';
    const [unit, word] = [[1e12, 'trillion'], [1e9, 'billion'], [1e6, 'million'], [1, '']]
      .find(([least]) => Number(size.toPrecision(3)) >= least || least === 1);
    const digits = Number((amount / unit).toPrecision(3));
    return `USD\u00a0${digits.toLocaleString('en-GB', {maximumFractionDigits: 2}).replace('-', MINUS)}${word && `\u00a0${word}`}`;
  }

  return {MISSING, dollars, fixed, scaled, usualDecimals, value, withUnit, isAmount, unit: (kind) => UNIT[kind] || ''};
})();
