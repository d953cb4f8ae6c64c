// Lists of numbers as chunks carry them: a list, or the bytes of an array in base64 (host/atlas/packed.hpp).
const Packed = (() => {
  'use strict';
  const KINDS = {u8: Uint8Array, i16: Int16Array, i32: Int32Array, amount: Uint32Array, rate: Uint32Array};
  const DIGITS = (1 << 27) - 1;
  const NONE = 1e8;
  const TENS = Array.from({length: 17}, (_, power) => Number(`1e${power}`));

  const kindOf = (column) => Object.keys(KINDS).find((kind) => typeof column[kind] === 'string');

  // Browsers of before 2025 lack fromBase64, which is many times as fast.
  const bytesOf = Uint8Array.fromBase64 || ((text) => {
                    const raw = atob(text);
                    const bytes = new Uint8Array(raw.length);
                    for (let at = 0; at < raw.length; ++at) bytes[at] = raw.charCodeAt(at);
                    return bytes;
                  });

  const words = (column, kind) => new KINDS[kind](bytesOf.call(Uint8Array, column[kind]).buffer);

  // Digits below 2^53 times or by a power of ten up to 10^22: rounded once, so the very number that the digits mean.
  // None is NaN.
  function amounts(from, to) {
    for (let at = 0; at < from.length; ++at) {
      const digits = from[at] & DIGITS;
      const power = (from[at] >>> 27) - 16;
      to[at] = digits >= NONE ? NaN : power < 0 ? digits / TENS[-power] : digits * TENS[power];
    }
  }

  function rates(from, to) {
    for (let at = 0; at < from.length; ++at) {
      const digits = from[at] & DIGITS;
      const size = digits / TENS[from[at] >>> 27 & 15];
      to[at] = digits >= NONE ? NaN : from[at] >>> 31 ? -size : size;
    }
  }

  // A packed column as a typed array.
  function numbers(column) {
    const kind = kindOf(column);
    const from = words(column, kind);
    if (kind !== 'amount' && kind !== 'rate') return from;
    const to = new Float64Array(from.length);
    (kind === 'amount' ? amounts : rates)(from, to);
    for (const [at, value] of column.other || []) to[at] = value;
    return to;
  }

  // Puts a column into a typed array, from a place on; returns how many numbers it has.
  function into(column, to, first) {
    const from = Array.isArray(column) ? column.map((value) => (value === null ? NaN : value)) : numbers(column);
    to.set(from, first);
    return from.length;
  }

  const list = (column) => Array.from(numbers(column), (value) => (Number.isNaN(value) ? null : value));

  // Puts lists in the place of all packed columns of an object, however deep.
  function open(object) {
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (value === null || typeof value !== 'object') continue;
      if (Array.isArray(value) ? typeof value[0] !== 'object' : false) continue;  // a list of numbers or texts
      if (!Array.isArray(value) && kindOf(value))
        object[key] = list(value);
      else
        open(value);
    }
    return object;
  }

  return {into, open};
})();
