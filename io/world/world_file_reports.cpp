// Checks of the tables that only reports read. See world_file_rows.hpp.
#include <cmath>
#include <tuple>

#include "io/world/world_file_limits.hpp"
#include "io/world/world_file_rows.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

[[noreturn]] void fail(std::size_t row, const std::string& what, const std::string& where) {
  throw input_error("row " + std::to_string(row) + " " + what, where, "see io/README.md");
}

void check_size(std::size_t is, std::size_t should_be, const std::string& where) {
  if (is == should_be) return;
  throw input_error("has " + std::to_string(is) + " elements instead of " + std::to_string(should_be), where,
                    "give all columns the same rows");
}

void check_years(const std::vector<std::int32_t>& years, const std::string& where) {
  for (std::size_t row = 0; row < years.size(); ++row) {
    if (years[row] < world_limits::first_year || years[row] > world_limits::last_year) fail(row, "has no year", where);
  }
}

}  // namespace

void check_report_rows(const World& world, const std::string& file) {
  const Logistics& logistics = world.logistics;
  const std::string place = file + ":/logistics/";
  check_size(logistics.year.size(), logistics.country.size(), place + "year");
  check_size(logistics.score.size(), logistics.country.size() * logistics.components.size(), place + "score");
  check_indices(logistics.country, 0, world.country_count(), place + "country");
  check_years(logistics.year, place + "year");
  for (std::size_t row = 1; row < logistics.country.size(); ++row) {
    if (std::tie(logistics.country[row - 1], logistics.year[row - 1]) <
        std::tie(logistics.country[row], logistics.year[row])) {
      continue;
    }
    fail(row, "is not above the one before it by (country, year)", place + "country");
  }
  for (std::size_t at = 0; at < logistics.score.size(); ++at) {
    const double score = logistics.score[at];
    if (std::isinf(score) || score < 0.0) {
      fail(at / logistics.components.size(), "has a score below 0 or infinite", place + "score");
    }
  }

  const Utilization& use = world.utilization;
  const std::string used = file + ":/utilization/";
  check_size(use.regime.size(), use.market.size(), used + "regime");
  check_size(use.exporter.size(), use.market.size(), used + "exporter");
  check_size(use.year.size(), use.market.size(), used + "year");
  check_size(use.share.size(), use.market.size(), used + "share");
  check_indices(use.exporter, 0, world.country_count(), used + "exporter");
  check_years(use.year, used + "year");
  for (std::size_t row = 0; row < use.market.size(); ++row) {
    if (!(use.share[row] >= 0.0 && use.share[row] <= 1.0)) fail(row, "is not between 0 and 1", used + "share");
    if (row == 0 || std::tie(use.market[row - 1], use.regime[row - 1], use.exporter[row - 1], use.year[row - 1]) <
                        std::tie(use.market[row], use.regime[row], use.exporter[row], use.year[row])) {
      continue;
    }
    fail(row, "is not above the one before it by (market, regime, exporter, year)", used + "market");
  }
}

}  // namespace potentia
