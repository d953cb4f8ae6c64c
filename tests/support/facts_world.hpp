// A world for reports that is small enough to check by hand: three years of trade among five countries, levels of
// processing, tariffs with a preference that ends, logistics and the use of preferences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/drilldown/facts/context.hpp"
#include "host/drilldown/report.hpp"
#include "io/result/solution.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia::testing {

inline constexpr std::int32_t facts_chn = 0, facts_khm = 1, facts_lao = 2, facts_tha = 3, facts_vnm = 4;

/// Products 071410 (raw), 110814 (semi-processed), 400121 (raw), 930100 (processed, out of scope), 980000 (not
/// classified, without a tariff line); base years 2022 and 2023, trade also in 2020.
World facts_world();

/// A world solved for a report of two parties. Holds all that the context points to.
class Evaluated {
public:
  Evaluated(World world, const Settings& settings, std::vector<std::int32_t> exporters,
            std::vector<std::int32_t> markets);

  const drilldown::Context& context() const { return context_; }

private:
  std::unique_ptr<World> world_;
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<Solution> solution_;
  drilldown::Context context_;
};

/// A party of these members, called by their codes.
Party party_of(const World& world, std::vector<std::int32_t> members);

/// The figure of a part. @throws std::out_of_range if there is none
const drilldown::Figure& figure_of(const drilldown::Part& part, std::string_view id);

/// An entry as a number, NaN where there is nothing.
/// @throws std::out_of_range if the row or the column is not there, std::bad_variant_access if it is no number
double number_at(const drilldown::Figure& figure, std::size_t row, const std::string& column);
std::string text_at(const drilldown::Figure& figure, std::size_t row, const std::string& column);

/// Checks that a figure can be drawn and written: rows as long as the columns, unique keys, charts of known columns,
/// and either rows or a notice. Returns the first complaint, or an empty text.
std::string figure_complaint(const drilldown::Figure& figure);

}  // namespace potentia::testing
