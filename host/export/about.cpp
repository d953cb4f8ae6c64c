// What an exported file says of its origin.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/export/tidy.hpp"

namespace potentia::exports {
namespace {

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

}  // namespace

std::vector<std::pair<std::string, std::string>> about_result(const ResultOrigin& origin, const std::string& file,
                                                              const std::string& chosen) {
  std::vector<std::pair<std::string, std::string>> about;
  about.emplace_back(
      "method",
      "Export potential after Decreux and Spies (2016), an unofficial replication: these are not ITC's figures");
  about.emplace_back(
      "world", origin.title + (origin.title.empty() || origin.hs_revision.empty() ? "" : ", ") + origin.hs_revision);
  about.emplace_back("base years", fmt::format("{}", fmt::join(origin.base_years, ", ")));
  about.emplace_back("horizon", std::to_string(origin.horizon_year));
  about.emplace_back("result", file + (origin.digest.empty() ? "" : ", content digest " + origin.digest));
  if (!chosen.empty()) about.emplace_back("chosen", chosen);
  if (!origin.all_exporters) about.emplace_back("solved for", "some exporters only");
  if (!origin.all_markets) about.emplace_back("solved for", "some markets only");
  for (const SourceFile& input : origin.inputs)
    about.emplace_back("input: " + input.role, input.name + (input.sha256.empty() ? "" : ", SHA-256 " + input.sha256));
  for (const Notice& notice : origin.notices)
    about.emplace_back(notice.kind + ": " + notice.rule,
                       fmt::format("{} x {}{}", notice.count, notice.detail,
                                   notice.whose.empty() ? "" : " [" + joined(notice.whose) + "]"));
  about.emplace_back("settings", origin.settings);
  return about;
}

}  // namespace potentia::exports
