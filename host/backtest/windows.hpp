// The two windows of a back-test: the world as of an origin, and what came of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/model/base_trade.hpp"
#include "io/settings.hpp"
#include "io/world/world.hpp"

namespace potentia::backtest {

/// Years of a window, ascending, from "2017" or "2017-2019".
/// @throws Error(usage) naming the flag where it is neither, or its years descend
std::vector<std::int32_t> years_of_window(const std::string& text, const std::string& flag);

/// Settings that solve the world as of the origin: its years are the base, the last of the outcome is the horizon.
/// @throws Error(usage) where the outcome does not lie after the origin
Settings settings_of_origin(Settings settings, const std::vector<std::int32_t>& origin,
                            const std::vector<std::int32_t>& outcome);

/// Takes products that are not traded in both windows out of the scope, since nothing can be said of them.
/// @throws Error(input) where a window has no trade, or no product is traded in both
void keep_common_products(World& world, const std::vector<std::int32_t>& origin, const std::vector<std::int32_t>& outcome,
                          std::vector<Notice>& notices);

/// Mean trade of the outcome, and which countries take part in it.
struct Outcome {
  Outcome(const World& world, const std::vector<std::int32_t>& years, int threads);

  /// Flows of a product and exporter, ascending by market.
  struct Row {
    const std::uint16_t *market, *end;
    const double* value;
  };
  Row row(std::int32_t product, std::uint16_t exporter) const;

  std::vector<std::uint8_t> trades;  ///< [countries] whether it exports or imports anything

private:
  BaseTrade trade_;
};

}  // namespace potentia::backtest
