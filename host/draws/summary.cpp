#include "host/draws/summary.hpp"

#include <fmt/format.h>

#include <cmath>

namespace potentia {

std::vector<std::string> uncertainty_lines(const Uncertainty& uncertainty) {
  std::vector<std::string> lines = {"Drawn, with the spread of each (a standard deviation):"};
  for (const DrawGroup group : draw_groups) {
    const GroupSpread& spread = uncertainty.of(group);
    if (!spread.varies(group)) {
      lines.push_back(fmt::format("  {:<18} as in the world", group_name(group)));
      continue;
    }
    const std::string number = group == DrawGroup::trade ? "–" : fmt::format("{}", spread.spread);
    const std::string source = spread.source.empty() ? "an assumption"
                               : spread.assumption   ? "an assumption: " + spread.source
                                                     : spread.source;
    lines.push_back(
        fmt::format("  {:<18} {:<6} of the {} ({})", group_name(group), number, spread_meaning(group), source));
  }
  return lines;
}

std::vector<std::string> draws_lines(const World& world, const DrawsResult& draws, std::int32_t exporter,
                                     std::int32_t market) {
  const std::size_t countries = world.country_count(), size = countries * countries;
  const std::size_t at = static_cast<std::size_t>(exporter) * countries + static_cast<std::size_t>(market);
  std::vector<std::string> lines = {fmt::format("{} to {}, USD million over {} draws:{:>14}{:>12}{:>12}{:>12}",
                                                world.countries[exporter].iso3, world.countries[market].iso3,
                                                draws.draws, "median", "5 %", "95 %", "sd")};
  const char* const names[] = {"potential now", "potential", "unrealised", "  static", "  dynamic"};
  for (std::size_t column = 0; column < drawn_columns.size(); ++column) {
    const auto quantile = [&](std::size_t q) { return draws.pair.quantile[column][q * size + at] / 1e6; };
    lines.push_back(fmt::format("  {:<40}{:>12.3f}{:>12.3f}{:>12.3f}{:>12.3f}", names[column], quantile(2), quantile(0),
                                quantile(4), draws.pair.sd[column][at] / 1e6));
  }
  const Sensitivity& sensitivity = draws.sensitivity;
  if (sensitivity.groups.empty()) return lines;
  lines.push_back(fmt::format("{:<42}{:>12}{:>12}{:>12}{:>12}", "What unrealised potential hangs on", "first order",
                              "± error", "total", "± error"));
  for (std::size_t group = 0; group < sensitivity.groups.size(); ++group) {
    const auto of = [&](const Buffer<double>& index) { return index[group * size + at]; };
    lines.push_back(std::isnan(of(sensitivity.pair.first))
                        ? fmt::format("  {:<40}{:>12}", group_name(sensitivity.groups[group]), "–")
                        : fmt::format("  {:<40}{:>12.3f}{:>12.3f}{:>12.3f}{:>12.3f}",
                                      group_name(sensitivity.groups[group]), of(sensitivity.pair.first),
                                      of(sensitivity.pair.first_error), of(sensitivity.pair.total),
                                      of(sensitivity.pair.total_error)));
  }
  return lines;
}

}  // namespace potentia
