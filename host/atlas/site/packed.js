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
  function amounts(from, to, first, none) {
    for (let at = 0; at < from.length; ++at) {
      const digits = from[at] & DIGITS;
      const power = (from[at] >>> 27) - 16;
      to[first + at] = digits >= NONE ? none : power < 0 ? digits / TENS[-power] : digits * TENS[power];
    }
  }

  function rates(from, to, first, none) {
    for (let at = 0; at < from.length; ++at) {
      const digits = from[at] & DIGITS;
      const size = digits / TENS[from[at] >>> 27 & 15];
      to[first + at] = digits >= NONE ? none : from[at] >>> 31 ? -size : size;
    }
  }

  // Puts a column into a list or an array, from a place on; returns how many numbers it has.
  function into(column, to, first, none) {
    if (Array.isArray(column)) {
      for (let at = 0; at < column.length; ++at) to[first + at] = column[at] === null ? none : column[at];
      return column.length;
    }
    const kind = kindOf(column);
    const from = words(column, kind);
    if (kind === 'amount')
      amounts(from, to, first, none);
    else if (kind === 'rate')
      rates(from, to, first, none);
    else
      for (let at = 0; at < from.length; ++at) to[first + at] = from[at];
    for (const [at, value] of column.other || []) to[first + at] = value;
    return from.length;
  }

  function list(column) {
    const to = [];
    into(column, to, 0, null);
    return to;
  }

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
