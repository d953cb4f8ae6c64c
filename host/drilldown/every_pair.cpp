#include "host/drilldown/every_pair.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "host/drilldown/drilldown.hpp"
#include "host/model/solver.hpp"
#include "io/export/csv_field.hpp"
#include "io/output_file.hpp"
#include "io/result/result_file.hpp"

namespace potentia::drilldown {
namespace {

std::string header(const std::string& keys) {
  std::string line = keys;
  for (int c = 0; c < column_count; ++c) line += std::string(",") + column_name(static_cast<Column>(c));
  return line + "\n";
}

/// The values of one row; columns of a margin and of the list of cells are both indexed [c][at].
template <class Columns>
void append_values(const Columns& columns, std::size_t at, std::string& out) {
  for (int c = 0; c < column_count; ++c) fmt::format_to(std::back_inserter(out), ",{}", columns[c][at]);
  out += '\n';
}

template <class Columns>
bool all_zero(const Columns& columns, std::size_t at) {
  return columns[column_actual][at] == 0.0 && columns[column_potential][at] == 0.0 &&
         columns[column_potential_now][at] == 0.0;
}

/// Rows of each exporter are written by a thread of their own, and put together in order.
template <class WriteRows>
std::string in_threads(const std::string& keys, std::size_t exporters, int threads, const WriteRows& write_rows) {
  std::vector<std::string> parts(exporters);
  std::string* part = parts.data();
  const std::int64_t count = static_cast<std::int64_t>(exporters);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (std::int64_t row = 0; row < count; ++row) write_rows(static_cast<std::size_t>(row), part[row]);
  std::string text = header(keys);
  std::size_t size = text.size();
  for (const std::string& each : parts) size += each.size();
  text.reserve(size);  // growing by doubling would copy it again and again
  for (std::string& each : parts) {
    text += each;
    std::string().swap(each);  // the whole world's cells are large
  }
  return text;
}

std::vector<std::int32_t> members_or_all(const Party& party, const World& world) {
  return party.members.size() == world.country_count() ? std::vector<std::int32_t>{} : party.members;
}

}  // namespace

std::vector<std::string> write_every_pair(const World& world, const Settings& settings, const Party& exporter,
                                          const Party& market, Backend& backend, const ProgressSink& progress,
                                          const std::string& folder) {
  const Selection selection{members_or_all(exporter, world), members_or_all(market, world)};
  const Solution solution = solve(world, settings, selection, backend, progress);
  const int threads = backend.threads() > 0 ? backend.threads() : 1;
  const std::vector<std::int32_t>&exporters = solution.axes.exporters, &markets = solution.axes.markets;
  const std::size_t market_count = markets.size(), sectors = world.sectors.size();
  const auto pair_key = [&](std::size_t row, std::size_t column) {
    return world.countries[exporters[row]].iso3 + "," + world.countries[markets[column]].iso3;
  };

  std::vector<std::pair<std::string, std::string>> files;
  files.emplace_back("pairs.csv",
                     in_threads("exporter,market", exporters.size(), threads, [&](std::size_t row, std::string& out) {
                       for (std::size_t m = 0; m < market_count; ++m) {
                         const std::size_t at = row * market_count + m;
                         if (all_zero(solution.margins.pair.columns, at)) continue;
                         out += pair_key(row, m);
                         append_values(solution.margins.pair.columns, at, out);
                       }
                     }));
  files.emplace_back(
      "pair_sectors.csv",
      in_threads("exporter,market,sector", exporters.size(), threads, [&](std::size_t row, std::string& out) {
        for (std::size_t m = 0; m < market_count; ++m)
          for (std::size_t sector = 0; sector < sectors; ++sector) {
            const std::size_t at = (row * market_count + m) * sectors + sector;
            if (all_zero(solution.margins.pair_sector.columns, at)) continue;
            out += pair_key(row, m) + "," + csv_text(world.sectors[sector]);
            append_values(solution.margins.pair_sector.columns, at, out);
          }
      }));
  files.emplace_back(
      "cells.csv",
      in_threads("exporter,market,product", exporters.size(), threads, [&](std::size_t row, std::string& out) {
        for (std::size_t at = solution.cells.offsets[row]; at < solution.cells.offsets[row + 1]; ++at) {
          out += pair_key(row, solution.cells.market[at]) + "," +
                 world.products[solution.axes.products[solution.cells.product[at]]].code;
          append_values(solution.cells.columns, at, out);
        }
      }));

  return write_outputs(folder, files);
}

}  // namespace potentia::drilldown
