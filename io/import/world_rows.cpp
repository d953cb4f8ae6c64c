// What is common to the readers of side tables: rows about another world. See side_tables.hpp.
#include <algorithm>

#include "io/import/cells.hpp"
#include "io/import/side_tables.hpp"
#include "io/printable.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr std::size_t most_examples = 5;

std::string listed(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : ", ") + code;
  return text.empty() ? "none" : text;
}

}  // namespace

void WorldRows::see(bool is_of_world, std::string_view code) {
  ++rows_;
  if (is_of_world) {
    ++of_world_;
  } else if (of_world_ == 0 && examples_.size() < most_examples) {
    std::string example = printable(code.substr(0, 40));
    if (std::find(examples_.begin(), examples_.end(), example) == examples_.end()) examples_.push_back(std::move(example));
  }
}

void WorldRows::require_some() const {
  if (rows_ == 0 || of_world_ != 0) return;
  std::vector<std::string> known;
  // The largest list is of products; countries are better told by three letters than by the first in order alone.
  const std::size_t count = kind_ == CodesOf::countries ? tables_.world.country_count() : tables_.world.product_count();
  const std::size_t step = std::max<std::size_t>(1, (count + most_examples + 1) / (most_examples + 2));
  for (std::size_t i = 0; i < count; i += step) {
    known.push_back(kind_ == CodesOf::countries ? tables_.world.countries[i].iso3 : tables_.world.products[i].code);
  }
  const bool countries = kind_ == CodesOf::countries;
  throw input_error("none of the " + std::to_string(rows_) + " rows is about a " + (countries ? "country" : "product") +
                        " of this world: it has " + listed(examples_) + ", this world " + listed(known),
                    where_, countries ? "check the file, or map its codes in [aliases]"
                                      : "take a table of revision " + tables_.world.hs_revision + ", or convert it");
}

void note_outside_country(const SideTables& tables, const std::string& table, std::string_view code, std::uint64_t count) {
  tables.notices.add("drop", table + ".country_outside_world", "rows about countries that the trade files do not have",
                     outside_code(one_line_name(code)), count);
}

void note_outside_product(const SideTables& tables, const std::string& table, const std::string& code, std::uint64_t count) {
  tables.notices.add("drop", table + ".product_outside_world", "rows about products that the trade files do not have",
                     code, count);
}

}  // namespace potentia
