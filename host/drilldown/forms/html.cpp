#include "host/drilldown/forms/html.hpp"

#include <charconv>
#include <string_view>

#include "host/drilldown/forms/page/assets.hpp"
#include "io/printable.hpp"
#include "kernels/error.hpp"

namespace potentia::drilldown {
namespace {

constexpr int page_digits = 8;

bool is_number_character(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

void append_number(std::string_view token, std::string& out) {
  double value = 0;
  const char* end = token.data() + token.size();
  char shorter[32];
  if (token.size() > page_digits && token.find_first_of(".eE") != token.npos &&
      std::from_chars(token.data(), end, value).ptr == end) {
    const auto written =
        std::to_chars(shorter, shorter + sizeof shorter, value, std::chars_format::general, page_digits);
    const std::string_view rounded(shorter, static_cast<std::size_t>(written.ptr - shorter));
    if (rounded.size() < token.size()) token = rounded;
  }
  out += token;
}

/// JSON as the contents of a <script> element: no text in it can end the element or open a comment, whatever names
/// the data brings. These characters occur in strings only, where an escape means the same.
std::string inlined_json(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 16);
  bool in_string = false;
  for (std::size_t i = 0; i < json.size();) {
    const char c = json[i];
    if (!in_string && (c == '-' || (c >= '0' && c <= '9'))) {
      std::size_t end = i;
      while (end < json.size() && is_number_character(json[end])) ++end;
      append_number(json.substr(i, end - i), out);
      i = end;
      continue;
    }
    if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else if (json.substr(i, 3) == "\xe2\x80\xa8" || json.substr(i, 3) == "\xe2\x80\xa9") {
      out += json[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else if (in_string && c == '\\' && i + 1 < json.size()) {
      out += c;
      out += json[++i];
    } else {
      if (c == '"') in_string = !in_string;
      out += c;
    }
    ++i;
  }
  return out;
}

std::string policy() {
  const auto quoted = [](std::string_view hash) { return " '" + std::string(hash) + "'"; };
  return "default-src 'none'; script-src" + quoted(page::library().hash) + quoted(page::script().hash) + "; style-src" +
         quoted(page::style().hash) + "; img-src data:; base-uri 'none'; form-action 'none'";
}

}  // namespace

std::string report_html(const std::string& report_json, const std::string& title) {
  const auto content = [&](std::string_view name) -> std::string {
    if (name == "policy") return policy();
    if (name == "title") return html_text(title);
    if (name == "style") return std::string(page::style().text);
    if (name == "report") return inlined_json(report_json);
    if (name == "library") return std::string(page::library().text);
    if (name == "script") return std::string(page::script().text);
    throw Error(ErrorKind::internal, "unknown place '" + std::string(name) + "'", "host/drilldown/forms/page/page.html");
  };
  std::string html;
  html.reserve(report_json.size() + report_json.size() / 8 + page::library().text.size() + (1u << 17));
  std::string_view rest = page::skeleton();
  for (std::size_t open = rest.find("{{"); open != rest.npos; open = rest.find("{{")) {
    const std::size_t close = rest.find("}}", open);
    html += rest.substr(0, open);
    html += content(rest.substr(open + 2, close - open - 2));
    rest.remove_prefix(close + 2);
  }
  html += rest;
  return html;
}

}  // namespace potentia::drilldown
