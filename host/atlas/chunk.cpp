// See chunk.hpp.
#include "host/atlas/chunk.hpp"

#include <nlohmann/json.hpp>

namespace potentia::atlas {

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
