// See trade_files.hpp.
#include "io/import/trade_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "kernels/error.hpp"

namespace potentia {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string base_name(const std::string& path) { return path.substr(path.find_last_of("/:") + 1); }

/// "202601" of "BACI_HS17_Y2024_V202601.csv"; empty where a name has none.
std::string release_in(const std::string& name) {
  for (std::size_t at = name.find("_V"); at != std::string::npos; at = name.find("_V", at + 1)) {
    std::size_t end = at + 2;
    while (end < name.size() && is_digit(name[end])) ++end;
    if (end - at - 2 >= 4) return name.substr(at + 2, end - at - 2);
  }
  return {};
}

void check_revision(const std::string& path, const std::string& hs_revision) {
  const std::string found = revision_in(base_name(path));
  if (found.empty() || found == revision_in(hs_revision)) return;
  throw input_error("a file of HS" + found + " in a world of " + hs_revision, path,
                    "download that of " + hs_revision + ", set world.hs_revision for all files alike, or name a [concordance]");
}

/// Where there is a concordance: all files of the revision of the first that says one.
void check_one_revision(const std::vector<std::string>& paths) {
  std::string first, where;
  for (const std::string& path : paths) {
    const std::string found = revision_in(base_name(path));
    if (found.empty() || found == first) continue;
    if (!first.empty())
      throw input_error("trade of HS" + found + " beside " + base_name(where) + " of HS" + first, path,
                        "take all files from one revision: a concordance converts trade as a whole");
    first = found;
    where = path;
  }
}

/// Rows of one file, kept and dropped.
struct Balance {
  std::uint64_t kept = 0, dropped = 0;
  double kept_value = 0.0, dropped_value = 0.0;
  std::map<std::string, std::pair<std::uint64_t, std::string>> reasons;  // rule → rows, words

  std::string words() const {
    std::string text;
    for (const auto& [rule, reason] : reasons) {
      text += (text.empty() ? "" : "; ") + std::to_string(reason.first) + " " + reason.second;
    }
    return text;
  }
};

std::string percent(double part, double whole) { return fmt::format("{:.1f} %", whole > 0.0 ? 100.0 * part / whole : 0.0); }

}  // namespace

std::string revision_in(const std::string& text) {
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const std::string& mark : {std::string("hs"), std::string("baci")}) {
    for (std::size_t at = lower.find(mark); at != std::string::npos; at = lower.find(mark, at + 1)) {
      if (at != 0 && std::isalnum(static_cast<unsigned char>(lower[at - 1])) != 0) continue;
      std::size_t digits = at + mark.size();
      if (digits < lower.size() && (lower[digits] == ' ' || lower[digits] == '-')) ++digits;
      std::size_t end = digits;
      while (end < lower.size() && is_digit(lower[end])) ++end;
      if (end - digits == 2) return lower.substr(digits, 2);
      if (end - digits == 4 && (lower.compare(digits, 2, "19") == 0 || lower.compare(digits, 2, "20") == 0)) {
        return lower.substr(digits + 2, 2);
      }
    }
  }
  return {};
}

void check_names(const Manifest& manifest) {
  check_revision(manifest.products.path, manifest.hs_revision);
  const TableEntry* first = nullptr;
  std::vector<std::string> paths;
  for (const TableEntry& file : manifest.trade_files) {
    if (manifest.concordance.empty()) check_revision(file.path, manifest.hs_revision);
    paths.push_back(file.path);
    const std::string release = release_in(base_name(file.path));
    if (release.empty()) continue;
    if (first == nullptr) first = &file;
    if (release == release_in(base_name(first->path))) continue;
    throw input_error("two releases of the trade files: " + base_name(first->path) + " and " + base_name(file.path),
                      file.where, "take all years from one release: later ones revise earlier years");
  }
  check_one_revision(paths);
}

void check_member_names(const std::vector<TradeMember>& members, const Manifest& manifest) {
  std::vector<std::string> names;
  for (const TradeMember& member : members) {
    if (manifest.concordance.empty()) check_revision(member.name, manifest.hs_revision);
    names.push_back(member.name);
  }
  check_one_revision(names);
}

void check_years_apart(const std::vector<TradeMember>& members) {
  std::map<std::int32_t, const TradeMember*> holder;
  for (const TradeMember& member : members) {
    for (const std::int32_t year : member.years) {
      const auto [known, is_new] = holder.emplace(year, &member);
      if (is_new) continue;
      throw input_error("the year " + std::to_string(year) + " is in " + base_name(known->second->name) + " too",
                        member.name, "name one file a year, all of one release");
    }
  }
}

void note_drops(const std::vector<TradeMember>& members, const std::vector<TradeBlock>& blocks, NoticeBook& notices) {
  double all_value = 0.0;
  std::map<std::string, double> dropped_value;
  std::map<std::string, std::map<std::string, std::uint64_t>> whose;
  std::map<std::string, std::string> detail;
  for (const TradeMember& member : members) {
    Balance balance;
    for (std::size_t i = member.first_block; i < member.end_block; ++i) {
      const TradeBlock& block = blocks[i];
      balance.kept += block.rows;
      for (const auto& [rule, drop] : block.drops) {
        std::uint64_t rows = 0;
        for (const auto& [code, count] : drop.whose) {
          rows += count;
          whose[rule][code] += count;
        }
        detail[rule] = drop.detail;
        dropped_value[rule] += drop.value;
        auto& reason = balance.reasons[rule];
        reason.first += rows;
        reason.second = drop.detail;
        if (drop.is_no_loss) continue;
        balance.dropped += rows;
        balance.dropped_value += drop.value;
      }
    }
    if (balance.reasons.empty()) continue;
    for (std::size_t i = member.first_block; i < member.end_block; ++i) {
      for (std::uint32_t row = 0; row < blocks[i].rows; ++row) balance.kept_value += blocks[i].value[row];
    }
    all_value += balance.kept_value + balance.dropped_value;
    const char* remedy = "correct the file or download it again: rows are dropped only where they are few";
    if (balance.kept == 0) {
      std::uint64_t rows = 0;
      for (const auto& [rule, reason] : balance.reasons) rows += reason.first;
      throw input_error("all " + std::to_string(rows) + " rows were dropped: " + balance.words(), member.name, remedy);
    }
    const std::uint64_t rows = balance.kept + balance.dropped;
    const double value = balance.kept_value + balance.dropped_value;
    if (balance.dropped * 2 <= rows && balance.dropped_value * 2.0 <= value) continue;
    throw input_error(std::to_string(balance.dropped) + " of " + std::to_string(rows) + " rows with " +
                          percent(balance.dropped_value, value) + " of the value would be dropped: " + balance.words(),
                      member.name, remedy);
  }
  for (const auto& [rule, codes] : whose) {
    // Value of files with drops: the others need no sum.
    const std::string words = detail[rule] + ", with " + percent(dropped_value[rule], all_value) +
                              " of the value of the files that have them";
    for (const auto& [code, count] : codes) notices.add("drop", rule, words, code, count);
  }
}

}  // namespace potentia
