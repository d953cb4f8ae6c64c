// What else the origin says of a cell that might start, for the rich model.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/backtest/regressors.hpp"
#include "host/backtest/similarity.hpp"
#include "io/world/world.hpp"

namespace potentia::backtest {

class RichColumns : public MoreColumns {
public:
  /// Leaves out columns that are the same in all cells, and says which.
  RichColumns(const World& world, const Problem& problem, const std::vector<std::int32_t>& product_of, const Origin& origin,
              int threads, std::vector<Notice>& notices);

  const std::vector<std::string>& names() const override { return names_; }
  void fill(std::int32_t exporter, const Cells& cells, std::uint64_t first, std::int32_t count, double* x) const override;

private:
  struct Groups {
    std::size_t count = 0;
    std::vector<std::int32_t> of;          ///< [product]
    std::vector<std::uint16_t> between;    ///< [exporter, group, market] products that the pair trades
    std::vector<double> log_sold, log_bought;  ///< [country, group] ln(1 + flows) out of and into a country
  };
  Groups make_groups(const World& world, const Problem& problem, const std::vector<std::int32_t>& product_of,
                     std::size_t digits) const;
  void count_flows(const Problem& problem);
  void leave_out_constants(const Origin& origin, int threads, std::vector<Notice>& notices);
  void fill_all(std::int32_t exporter, const Cells& cells, std::uint64_t first, std::int32_t count, double* x) const;

  std::size_t countries_, products_;
  Groups heading_, chapter_;
  SimilarThere similar_;
  std::vector<double> log_growth_;                    ///< [country] ln G
  std::vector<double> log_distance_;                  ///< [exporter, market], of unknown ones the mean of the known
  std::vector<std::uint8_t> distance_unknown_;
  std::vector<double> log_shared_;                    ///< [exporter, market] ln(1 + products between them)
  std::vector<double> log_sold_, log_bought_, log_traded_;  ///< ln(1 + flows) of an exporter, a market, a product
  std::vector<double> log_own_imports_, log_own_exports_;   ///< [country, product] ln(1 + USD): what the exporter buys, the market sells
  std::vector<std::string> names_;
  std::vector<std::size_t> kept_;                     ///< positions among all columns
};

}  // namespace potentia::backtest
