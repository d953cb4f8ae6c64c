// Product codes of another revision of the nomenclature, and what they are in this world's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/import/codes.hpp"
#include "io/import/manifest.hpp"
#include "io/import/notice_book.hpp"
#include "io/world/world.hpp"

namespace potentia {

struct SideTables;

/// A code here, and the share of the other revision's code that it takes.
struct ConcordantCode {
  std::int32_t code;
  double weight;  ///< the weights of one code's targets add up to 1
};

/// Tables of from,to[,weight], or the United Nations' correlation tables, whose columns are named by their revisions.
class Concordance {
public:
  /// @param products the nomenclature of the trade files
  /// @throws Error(input) for a table without such columns, a pair that stands twice, weights that are negative or all
  /// 0
  Concordance(const Manifest& manifest, const ProductTable& products);

  bool given() const noexcept { return !targets_.empty(); }
  /// Whether the world's nomenclature has this code.
  bool is_own(std::int32_t code) const { return is_own_[static_cast<std::size_t>(code)] != 0; }
  /// Whether only another revision has this code.
  bool is_other(std::int32_t code) const {
    return given() && !is_own(code) && !targets_[static_cast<std::size_t>(code)].empty();
  }
  /// What a code of the other revision is here, ascending; empty where no table has it.
  const std::vector<ConcordantCode>& targets(std::int32_t code) const {
    return targets_[static_cast<std::size_t>(code)];
  }
  /// Codes that only another revision has, ascending.
  std::vector<std::int32_t> other_codes() const;

  std::vector<SourceFile> sources;

private:
  std::vector<char> is_own_;                          // [1,000,000]
  std::vector<std::vector<ConcordantCode>> targets_;  // [1,000,000], or empty
};

/// How the codes of one table are to be taken. A table with a code that only another revision has is of that revision,
/// and all of its codes are converted; any other is left as it is.
class Conversion {
public:
  /// Counts what is converted; warns of a table of another revision for which there is no concordance, with the share
  /// of trade in the products that it misses.
  /// @param table "elasticities", for notices @param codes of its rows, in any order, each as often as it likes
  Conversion(const SideTables& tables, const std::string& table, std::vector<std::int32_t> codes);

  bool converts() const noexcept { return converts_; }
  /// What a code of the table is here: itself where the table is of this world's revision, or the concordance lacks it.
  std::vector<std::int32_t> codes_here(std::int32_t code) const;

private:
  const Concordance& concordance_;
  bool converts_ = false;
};

/// Lets trade files name codes that only another revision has: they become further products behind the table's own.
void add_other_codes(const Concordance& concordance, ProductTable& products);

/// If trade has any flow of such a product, all of it is of the other revision: flows are shared out by weight, and
/// those that meet are summed, in the order of their codes. Takes the further products away again.
/// @param own number of the table's own products
void convert_trade(const Concordance& concordance, std::size_t own, ProductTable& products,
                   std::vector<TradeYear>& years, NoticeBook& notices);

}  // namespace potentia
