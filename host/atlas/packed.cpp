// See packed.hpp.
#include "host/atlas/packed.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <system_error>

namespace potentia::atlas {
namespace {

constexpr std::uint32_t above_digits = 100'000'000;  // what eight digits stay below
constexpr int digits_bits = 27;

void append_decimal(const EightDigits& number, std::string& out) {
  if (number.digits == 0) {
    out += '0';
    return;
  }
  char digits[site_digits];
  const int count = static_cast<int>(std::to_chars(digits, digits + sizeof digits, number.digits).ptr - digits);
  const int power = number.power, exponent = power + count - 1;  // d.ddd · 10^exponent
  if (number.negative) out += '-';
  if (power > 2 || exponent < -4) {
    out.append(digits, count);
    out += 'e';
    out += std::to_string(power);
  } else if (power >= 0) {
    out.append(digits, count);
    out.append(power, '0');
  } else if (exponent >= 0) {
    out.append(digits, exponent + 1);
    out += '.';
    out.append(digits + exponent + 1, count - exponent - 1);
  } else {
    out += "0.";
    out.append(-exponent - 1, '0');
    out.append(digits, count);
  }
}

std::uint32_t pack_decimal(const EightDigits& number, Packing packing) {
  const int lowest = packing == Packing::amount ? -16 : -15, highest = packing == Packing::amount ? 15 : 0;
  std::uint32_t digits = number.digits;
  int power = number.power;
  while (power > highest && digits < above_digits / 10) {
    digits *= 10;
    --power;
  }
  if (power > highest || power < lowest || (number.negative && packing == Packing::amount)) return packed_other;
  if (packing == Packing::amount) return digits | static_cast<std::uint32_t>(power + 16) << digits_bits;
  return digits | static_cast<std::uint32_t>(-power) << digits_bits | (number.negative ? 1u << 31 : 0u);
}

std::size_t base64_length(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

/// The lowest `width` bytes of each value, lowest first.
template <class Value>
void append_base64(const std::vector<Value>& values, std::size_t width, std::string& out) {
  static constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::uint32_t bits = 0;
  int held = 0;
  for (const Value value : values)
    for (std::size_t byte = 0; byte < width; ++byte) {
      bits = bits << 8 | (static_cast<std::uint64_t>(value) >> 8 * byte & 0xff);
      for (held += 8; held >= 6; held -= 6) out += signs[bits >> (held - 6) & 63];
    }
  if (held > 0) {
    out += signs[bits << (6 - held) & 63];
    out.append(held == 2 ? 2 : 1, '=');
  }
}

/// The bytes of one packing and the numbers that it cannot hold.
struct Packed {
  const char* key;
  std::vector<std::uint32_t> words;
  std::string other;  // [place,number],…
  std::size_t length() const {
    return base64_length(4 * words.size()) + std::string_view(key).size() + 7 +
           (other.empty() ? 0 : other.size() + 11);  // {"key":"…","other":[…]}
  }
};

Packed make_packed(const std::vector<double>& values, const std::vector<EightDigits>& decimals, Packing packing) {
  Packed packed{packing == Packing::amount ? "amount" : "rate", std::vector<std::uint32_t>(values.size()), {}};
  for (std::size_t at = 0; at < values.size(); ++at) {
    packed.words[at] = std::isfinite(values[at]) ? pack_decimal(decimals[at], packing) : packed_none;
    if (packed.words[at] != packed_other) continue;
    packed.other += (packed.other.empty() ? "[" : ",[") + std::to_string(at) + ",";
    append_decimal(decimals[at], packed.other);
    packed.other += ']';
  }
  return packed;
}

}  // namespace

EightDigits eight_digits(double value) {
  if (value == 0.0) return {};
  char text[32];  // d.ddddddde±xx
  const auto end =
      std::to_chars(text, text + sizeof text, std::fabs(value), std::chars_format::scientific, site_digits - 1).ptr;
  const char* exponent_at = text + site_digits + 2;
  EightDigits number;
  std::from_chars(exponent_at + (*exponent_at == '+' ? 1 : 0), end, number.power);
  for (int digit = 0; digit < site_digits; ++digit)
    number.digits = number.digits * 10 + static_cast<std::uint32_t>(text[digit == 0 ? 0 : digit + 1] - '0');
  number.power -= site_digits - 1;
  for (; number.digits % 10 == 0; number.digits /= 10) ++number.power;
  number.negative = value < 0.0;
  return number;
}

void append_number(double value, std::string& out) {
  if (std::isfinite(value))
    append_decimal(eight_digits(value), out);
  else
    out += "null";
}

std::uint32_t pack(double value, Packing packing) {
  return std::isfinite(value) ? pack_decimal(eight_digits(value), packing) : packed_none;
}

void append_numbers(const std::vector<double>& values, std::string& out) {
  std::vector<EightDigits> decimals(values.size());
  const std::size_t start = out.size();
  bool negative = false;
  out += '[';
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (at > 0) out += ',';
    if (std::isfinite(values[at])) {
      decimals[at] = eight_digits(values[at]);
      append_decimal(decimals[at], out);
      negative |= decimals[at].negative;
    } else {
      out += "null";
    }
  }
  out += ']';
  if (base64_length(4 * values.size()) >= out.size() - start) return;

  Packed packed = make_packed(values, decimals, negative ? Packing::rate : Packing::amount);
  if (negative && !packed.other.empty()) {
    Packed amounts = make_packed(values, decimals, Packing::amount);
    if (amounts.length() < packed.length()) packed = std::move(amounts);
  }
  if (packed.length() >= out.size() - start) return;
  out.resize(start);
  out.append("{\"").append(packed.key).append("\":\"");
  append_base64(packed.words, 4, out);
  out += '"';
  if (!packed.other.empty()) out.append(",\"other\":[").append(packed.other).append("]");
  out += '}';
}

void append_integers(const std::vector<std::int64_t>& values, std::string& out) {
  const std::size_t start = out.size();
  out += '[';
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (at > 0) out += ',';
    out += std::to_string(values[at]);
  }
  out += ']';
  if (values.empty()) return;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  struct Kind {
    const char* head;
    std::size_t width;
    std::int64_t least, most;
  };
  for (const Kind& kind :
       {Kind{"{\"u8\":\"", 1, 0, 255}, Kind{"{\"i16\":\"", 2, -32768, 32767},
        Kind{"{\"i32\":\"", 4, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()}}) {
    if (*least < kind.least || *most > kind.most) continue;
    if (base64_length(kind.width * values.size()) + std::string_view(kind.head).size() + 2 < out.size() - start) {
      out.resize(start);
      out += kind.head;
      append_base64(values, kind.width, out);
      out += "\"}";
    }
    return;
  }
}

}  // namespace potentia::atlas
