// See concordance.hpp.
#include "io/import/concordance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "io/import/cells.hpp"
#include "io/import/side_tables.hpp"
#include "io/import/table.hpp"
#include "io/import/tariff_names.hpp"
#include "io/import/trade_files.hpp"
#include "io/world/coverage.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr std::size_t all_codes = 1000000;
constexpr const char* revisions[] = {"1988", "1992", "1996", "2002", "2007", "2012", "2017", "2022", "2028"};

/// "HS2007", "HS 07", "From HS 2007" … : what the columns of a revision may be called.
std::vector<std::string> column_names(const std::string& digits) {
  std::vector<std::string> names;
  for (const char* before : {"", "From ", "To "})
    for (const char* between : {"", "-"})
      for (const std::string& year : {digits, digits.substr(2)})
        names.push_back(std::string(before) + "HS" + between + year);
  return names;
}

/// Columns of codes in the other revision, and in this one.
struct CodeColumns {
  std::vector<std::string> from = {"from", "from_code", "source"}, to = {"to", "to_code", "target"};
};

CodeColumns code_columns(const std::string& hs_revision) {
  CodeColumns columns;
  const std::string own = revision_in(hs_revision);
  for (const std::string digits : revisions)
    for (std::string& name : column_names(digits))
      (digits.substr(2) == own ? columns.to : columns.from).push_back(std::move(name));
  return columns;
}

double weight_in(Table& table, int column) {
  const double weight = column < 0 ? 1.0 : table.number(column);
  if (weight != weight || weight < 0.0)
    throw input_error("weight \"" + std::string(table.cell(column)) + "\" is no share", table.where(),
                      "write a number of at least 0, or leave the column out");
  return weight;
}

}  // namespace

Concordance::Concordance(const Manifest& manifest, const ProductTable& products) : is_own_(all_codes, 0) {
  for (std::size_t code = 0; code < all_codes; ++code)
    is_own_[code] = products.index_of_code[code] != ProductTable::none;
  if (manifest.concordance.empty()) return;
  targets_.resize(all_codes);
  const CodeColumns names = code_columns(manifest.hs_revision);
  for (const TableEntry& file : manifest.concordance) {
    Table table(file.path, {{"*.csv", "*.xls", "*.xlsx", "*.txt"}, false}, {{names.from, names.to}, true});
    const int from = table.column(names.from), to = table.column(names.to),
              weight = table.find_column({"weight", "share"});
    table.expect_numbers({weight});
    while (table.next()) {
      const std::string source = hs6_code(table.cell(from)), target = hs6_code(table.cell(to));
      if (source.empty() || target.empty()) continue;  // headings, notes, codes without a counterpart
      std::int32_t source_code = 0, target_code = 0;
      parse_integer(source, source_code);
      parse_integer(target, target_code);
      std::vector<ConcordantCode>& targets = targets_[static_cast<std::size_t>(source_code)];
      if (std::any_of(targets.begin(), targets.end(),
                      [&](const ConcordantCode& one) { return one.code == target_code; }))
        throw input_error("the pair " + source + ", " + target + " stands twice", table.where(), "name each pair once");
      targets.push_back({target_code, weight_in(table, weight)});
    }
    sources.push_back(table.fingerprint("concordance"));
  }
  bool any = false;
  for (std::size_t code = 0; code < all_codes; ++code) {
    std::vector<ConcordantCode>& targets = targets_[code];
    if (targets.empty()) continue;
    any = true;
    std::sort(targets.begin(), targets.end(),
              [](const ConcordantCode& a, const ConcordantCode& b) { return a.code < b.code; });
    double sum = 0.0;
    for (const ConcordantCode& target : targets) sum += target.weight;
    if (!(sum > 0.0))
      throw input_error("the weights of " + six_digits(static_cast<std::int32_t>(code)) + " are all 0",
                        manifest.concordance.front().path, "correct them");
    for (ConcordantCode& target : targets) target.weight /= sum;
  }
  if (!any)
    throw input_error("no pair of product codes", manifest.concordance.front().path,
                      "take a table of codes of six digits, from another revision to " + manifest.hs_revision);
}

std::vector<std::int32_t> Concordance::other_codes() const {
  std::vector<std::int32_t> codes;
  for (std::size_t code = 0; code < targets_.size(); ++code)
    if (is_other(static_cast<std::int32_t>(code))) codes.push_back(static_cast<std::int32_t>(code));
  return codes;
}

Conversion::Conversion(const SideTables& tables, const std::string& table, std::vector<std::int32_t> codes)
    : concordance_(tables.concordance) {
  constexpr double worth_a_warning = 0.02;  // of the table's codes: of neighbouring revisions some 5 % differ
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  const auto strangers =
      std::count_if(codes.begin(), codes.end(), [&](std::int32_t code) { return !concordance_.is_own(code); });
  converts_ = std::any_of(codes.begin(), codes.end(), [&](std::int32_t code) { return concordance_.is_other(code); });
  if (converts_) {
    for (const std::int32_t code : codes) {
      const std::vector<ConcordantCode>& targets = concordance_.targets(code);
      if (targets.empty() || (targets.size() == 1 && targets[0].code == code)) continue;
      tables.notices.add("note", "concordance." + table, "codes of another revision, converted", six_digits(code));
    }
    return;
  }
  if (static_cast<double>(strangers) <= worth_a_warning * static_cast<double>(codes.size())) return;
  const TradeShares trade(tables.world);
  double missed = 0.0;
  for (std::size_t k = 0; k < tables.world.product_count(); ++k) {
    std::int32_t code = 0;
    parse_integer(tables.world.products[k].code, code);
    if (!std::binary_search(codes.begin(), codes.end(), code)) missed += trade.product(k);
  }
  tables.notices.add(
      "warning", table + ".other_revision",
      fmt::format("of {} codes are not of {}: a table of another revision? it misses {} of world trade; name a "
                  "[concordance]",
                  codes.size(), tables.manifest.hs_revision, share_in_words(trade.share(missed))),
      {}, static_cast<std::uint64_t>(strangers));
}

std::vector<std::int32_t> Conversion::codes_here(std::int32_t code) const {
  if (!converts_ || concordance_.targets(code).empty()) return {code};
  std::vector<std::int32_t> codes;
  for (const ConcordantCode& target : concordance_.targets(code)) codes.push_back(target.code);
  return codes;
}

}  // namespace potentia
