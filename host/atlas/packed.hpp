// Lists of numbers in few characters. Where a chunk has a list of numbers, there stands whichever is shorter: a list,
// or an object with the little-endian bytes of an array in base64,
//
//   {"u8":"…"}, {"i16":"…"}, {"i32":"…"}   whole numbers
//   {"amount":"…"}   32 bits each: digits (27 bits) · 10^(exponent (5 bits) − 16)
//   {"rate":"…"}     32 bits each: ± (1 bit) digits (27 bits) / 10^exponent (4 bits)
//
// so that eight significant digits are kept as they are. Digits of 100000000 mean none. Digits of 100000001 mean that
// the form cannot hold the number: it stands in "other":[[place, number], …] beside the bytes. No number is ever
// rounded or cut off to fit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace potentia::atlas {

/// Significant digits of every number of the site.
inline constexpr int site_digits = 8;

/// ± digits · 10^power, to eight significant digits, no zeros at the end of the digits. Zero is 0 · 10^0.
struct EightDigits {
  std::uint32_t digits = 0;
  int power = 0;
  bool negative = false;
};
/// @param value finite
EightDigits eight_digits(double value);

/// Appends a number with eight significant digits in as few characters as JSON allows: 1234.5, 12345678e3, 0; null for
/// what is no number.
void append_number(double value, std::string& out);

enum class Packing {
  amount,  ///< zero or more; all eight digits from 1e-9 up to 9.9999999e22
  rate,    ///< of either sign; all eight digits from 1e-8 up to 99999999
};

inline constexpr std::uint32_t packed_none = 100'000'000;   ///< digits of what is no number
inline constexpr std::uint32_t packed_other = 100'000'001;  ///< digits of a number that the form cannot hold

/// The 32 bits of a number.
std::uint32_t pack(double value, Packing packing);

/// Appends a list of numbers, packed where that is shorter.
void append_numbers(const std::vector<double>& values, std::string& out);
/// Likewise of whole numbers.
void append_integers(const std::vector<std::int64_t>& values, std::string& out);

}  // namespace potentia::atlas
