// See report_links.hpp.
#include "host/atlas/report_links.hpp"

#include <filesystem>
#include <set>
#include <utility>

#include "io/printable.hpp"
#include "kernels/error.hpp"

namespace potentia::atlas {
namespace {

namespace fs = std::filesystem;

constexpr const char* flag = "--report";
constexpr const char* usage = "write --report LAO/CHN=laos-china/report.html, with the pair before the equals sign";

std::int32_t country(const Parties& parties, const std::string& text, std::vector<Notice>& notices) {
  const Party party = parties.find(text, flag, notices);
  if (party.members.size() != 1)
    throw Error(ErrorKind::usage, "\"" + printable(text) + "\" is not one country", flag,
                "name one exporter and one market: the atlas has pages of pairs");
  return party.members[0];
}

/// How a page in the folder names a file.
std::string address_from(const std::string& folder, const std::string& file) {
  return path_address(fs::weakly_canonical(fs::absolute(file))
                          .lexically_relative(fs::weakly_canonical(fs::absolute(folder)))
                          .generic_string());
}

}  // namespace

std::vector<ReportLink> read_report_links(const std::vector<std::string>& typed, const Parties& parties,
                                          const std::string& site_folder, std::vector<Notice>& notices) {
  std::vector<ReportLink> links;
  std::set<std::pair<std::int32_t, std::int32_t>> seen;
  for (const std::string& text : typed) {
    const std::size_t equals = text.find('='), slash = text.find('/');
    if (equals == text.npos || slash == text.npos || slash > equals || equals + 1 == text.size())
      throw Error(ErrorKind::usage, "--report says no pair and file", printable(text), usage);
    const std::string file = text.substr(equals + 1);
    ReportLink link{country(parties, text.substr(0, slash), notices),
                    country(parties, text.substr(slash + 1, equals - slash - 1), notices),
                    address_from(site_folder, file)};
    if (!seen.emplace(link.exporter, link.market).second)
      throw Error(ErrorKind::usage, "two reports on one pair", printable(text), "name the one that is to be linked");
    if (!fs::exists(file))
      notices.push_back(
          {"note", "atlas.no_report", 1, "a report that the atlas links is not there", {printable(file)}});
    links.push_back(std::move(link));
  }
  return links;
}

}  // namespace potentia::atlas
