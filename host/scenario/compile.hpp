// Instruments → a variant: which inputs of the world they replace, for any set of them.
#pragma once

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "host/model/problem_builder.hpp"
#include "host/model/tariff_rows.hpp"
#include "host/model/variant.hpp"
#include "host/scenario/resolve.hpp"
#include "kernels/tables.hpp"

namespace potentia {

/// Value of a day on the way where an instrument does not say: the ends of the range of Hummels & Schaur (2013).
inline constexpr double value_of_day_default = 0.006;
inline constexpr double value_of_day_perishable = 0.021;

/// What is known of a world's tariffs beyond the rows that its problem has.
struct TariffKnowledge {
  TariffKnowledge(const World& world, const BuiltProblem& built);

  TariffDetail detail;                                      ///< empty where the problem has no tariffs
  std::set<std::pair<std::int32_t, std::int64_t>> members;  ///< (regime, exporter · countries + market) ever eligible
};

class VariantCompiler {
public:
  /// @param tables of the world as it is; distances, typical distances and ease are read from them
  VariantCompiler(const World& world, const BuiltProblem& built, const Tables& tables, const TariffKnowledge& tariffs,
                  const std::vector<ResolvedInstrument>& instruments);

  /// @param active [instruments] which of them act
  /// @throws Error(input) for what only shows on a cell: a distance that is not known, a rate of −100 %, too many pairs
  Variant compile(const std::vector<char>& active) const;

  /// What an instrument of costs adds to the price, τ of one product.
  double cost_of(const ResolvedInstrument& instrument, std::size_t product) const;

private:
  struct PairKey;
  struct Rows;
  using Active = std::vector<const ResolvedInstrument*>;

  void compile_growth(const Active& active, Variant& variant) const;
  void compile_elasticities(const Active& active, Variant& variant) const;
  void compile_access(const Active& active, Variant& variant) const;
  void give_ease(const Active& active, Variant& variant) const;

  PairKey key_of(std::size_t exporter, std::size_t market, const Active& active) const;
  std::vector<std::int32_t> regimes_of(std::size_t exporter, std::size_t market, const Active& active) const;
  void fill_row(const PairKey& key, std::size_t exporter, std::size_t market, double given_ease, double* rate,
                double* multiplier) const;
  double rate_of(const PairKey& key, const Active& on_pair, std::size_t product) const;
  double paid(const PairKey& key, const Active& on_pair, std::size_t product,
              const std::vector<std::int32_t>& regimes) const;
  double used_share(const Active& on_pair, std::int32_t regime, std::size_t product) const;
  double ease_factor(const Active& on_pair, std::size_t exporter, std::size_t market, std::size_t product,
                     double ease) const;
  double distance_factor(const Active& on_pair, std::size_t exporter, std::size_t market, std::size_t product) const;

  const World& world_;
  const Problem& problem_;
  const Tables& tables_;
  const std::vector<ResolvedInstrument>& instruments_;
  std::int32_t base_year_, horizon_year_;
  const TariffDetail& detail_;
  const std::set<std::pair<std::int32_t, std::int64_t>>& members_;
};

/// World indices of the products in the problem's order.
std::vector<std::int32_t> products_in_order(const BuiltProblem& built);

}  // namespace potentia
