// report_html: one file, nothing in the data can leave its place.
#include "host/drilldown/forms/html.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/sha256.hpp"

namespace potentia::drilldown {
namespace {

std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t start = text.find(before);
  if (start == text.npos) return "(no " + before + ")";
  const std::size_t from = start + before.size();
  return text.substr(from, text.find(after, from) - from);
}

std::string report_in(const std::string& html) {
  return between(html, "<script type=\"application/json\" id=\"report\">", "</script>");
}

std::size_t count(const std::string& text, const std::string& piece) {
  std::size_t found = 0;
  for (std::size_t at = text.find(piece); at != text.npos; at = text.find(piece, at + 1)) ++found;
  return found;
}

std::string base64(const std::string& hex) {
  const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bits;
  for (const char c : hex) {
    const int value = std::stoi(std::string(1, c), nullptr, 16);
    for (int bit = 3; bit >= 0; --bit) bits += (value >> bit & 1) != 0 ? '1' : '0';
  }
  std::string out;
  for (std::size_t at = 0; at < bits.size(); at += 6) {
    std::string six = bits.substr(at, 6);
    six.resize(6, '0');
    out += digits[std::stoi(six, nullptr, 2)];
  }
  out.resize((out.size() + 3) / 4 * 4, '=');
  return out;
}

TEST(ReportHtml, HostileTextStaysText) {
  const nlohmann::json report = {{"name", "</script><script>alert(1)</script>"},
                                 {"comment", "<!-- <script> -->"},
                                 {"places", "{{style}} {{report}}"},
                                 {"escapes", "quote \" backslash \\ both \\\" end\\"},
                                 {"separators",
                                  "a\xe2\x80\xa8"
                                  "b\xe2\x80\xa9"
                                  "c & d"},
                                 {"accents", "C\xc3\xb4te d'Ivoire"}};
  const std::string html = report_html(report.dump(), "x");
  const std::string inlined = report_in(html);
  EXPECT_EQ(inlined.find_first_of("<>&"), inlined.npos);
  EXPECT_EQ(inlined.find("\xe2\x80\xa8"), inlined.npos);
  EXPECT_EQ(inlined.find("\xe2\x80\xa9"), inlined.npos);
  EXPECT_EQ(nlohmann::json::parse(inlined), report);
  EXPECT_EQ(count(html, "</script>"), count(report_html("{}", "x"), "</script>"));
}

TEST(ReportHtml, TheTitleIsText) {
  const std::string html = report_html("{}", "</title><script>alert(1)</script> \"&\" {{style}}");
  EXPECT_EQ(between(html, "<title>", "</title>"),
            "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;&quot; {{style}}");
}

TEST(ReportHtml, NumbersKeepTenDigitsAndTextsAllOfTheirs) {
  const std::string html =
      report_html(R"({"a":[1234567.891234567,-0.12345678901234,0.25,12345678901234,1.5e-7,2.2250738585072014e-308],)"
                  R"("b":"1234567.891234567","c 1234567.891234567":null})",
                  "x");
  EXPECT_EQ(report_in(html), R"({"a":[1234567.9,-0.12345679,0.25,12345678901234,1.5e-7,2.2250739e-308],)"
                             R"("b":"1234567.891234567","c 1234567.891234567":null})");
}

TEST(ReportHtml, ThePolicyAllowsNothingButWhatIsInThePage) {
  const std::string html = report_html("{}", "x");
  const std::string policy = between(html, "Content-Security-Policy\" content=\"", "\"");
  EXPECT_EQ(policy.rfind("default-src 'none';", 0), 0U);
  EXPECT_EQ(policy.find("unsafe"), policy.npos);
  EXPECT_EQ(policy.find("http"), policy.npos);
  const auto hash = [](const std::string& text) {
    Sha256 sha;
    sha.update(text.data(), text.size());
    return "'sha256-" + base64(sha.hex()) + "'";
  };
  EXPECT_NE(policy.find("style-src " + hash(between(html, "<style>", "</style>"))), policy.npos);
  std::string rest = html;
  for (int script = 0; script < 2; ++script) {
    rest = rest.substr(rest.find("<script>"));
    EXPECT_NE(between(policy, "script-src", ";").find(hash(between(rest, "<script>", "</script>"))), policy.npos);
    rest = rest.substr(1);
  }
  EXPECT_EQ(count(html, "<script"), 3U + count(between(html, "<script>", "</script>"), "<script"));
}

TEST(ReportHtml, ItIsOneFileWithTheLicenceOfItsLibrary) {
  const std::string html = report_html("{}", "x");
  EXPECT_EQ(html.rfind("<!doctype html>\n<html lang=\"en\">", 0), 0U);
  EXPECT_NE(html.find("Released under the MIT License"), html.npos);
  EXPECT_EQ(html.find("{{"), html.npos);
  EXPECT_EQ(count(html, " src="), 0U);
  EXPECT_LT(html.size(), 300000U);
}

}  // namespace
}  // namespace potentia::drilldown
