// See chunk.hpp.
#include "host/atlas/chunk.hpp"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace potentia::atlas {

void append_number(double value, std::string& out) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  if (value == 0.0) {
    out += '0';
    return;
  }
  // d.ddddddde±xx, taken apart into digits without zeros at the end and the power of ten behind the last of them
  char scientific[32];
  const auto written = std::to_chars(scientific, scientific + sizeof scientific, std::fabs(value),
                                     std::chars_format::scientific, site_digits - 1);
  const char* exponent_at = scientific + site_digits + 1;
  int exponent = 0;
  std::from_chars(exponent_at + (exponent_at[1] == '+' ? 2 : 1), written.ptr, exponent);
  char digits[site_digits];
  digits[0] = scientific[0];
  for (int digit = 1; digit < site_digits; ++digit) digits[digit] = scientific[digit + 1];
  int count = site_digits;
  while (count > 1 && digits[count - 1] == '0') --count;
  const int power = exponent - (count - 1);

  if (value < 0.0) out += '-';
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

void append_text(std::string_view text, std::string& out) {
  const std::string json = nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  for (const char c : json) {
    if (c == '<')
      out += "\\u003c";
    else if (c == '>')
      out += "\\u003e";
    else if (c == '&')
      out += "\\u0026";
    else
      out += c;
  }
}

Chunk::Chunk(std::string_view name) {
  out_ = "atlas_data(";
  append_text(name, out_);
  out_ += ',';
  open_object();
}

void Chunk::separate() {
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':' && last != '(' && last != ',') out_ += ',';
}

Chunk& Chunk::open(char bracket) {
  separate();
  out_ += bracket;
  return *this;
}

Chunk& Chunk::close(char bracket) {
  out_ += bracket;
  return *this;
}

Chunk& Chunk::key(std::string_view name) {
  separate();
  append_text(name, out_);
  out_ += ':';
  return *this;
}

Chunk& Chunk::number(double value) {
  separate();
  append_number(value, out_);
  return *this;
}

Chunk& Chunk::integer(std::int64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

Chunk& Chunk::text(std::string_view value) {
  separate();
  append_text(value, out_);
  return *this;
}

std::string Chunk::finish() {
  close_object();
  out_ += ");\n";
  return std::move(out_);
}

}  // namespace potentia::atlas
