// See compare.hpp.
#include "host/compare/compare.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "io/places.hpp"
#include "io/result/result_file.hpp"

namespace potentia::compare {
namespace {

using Kind = hdf5::DatasetDifference::Kind;

bool begins(const std::string& text, const char* with) { return text.rfind(with, 0) == 0; }

bool in_both(const hdf5::DatasetDifference& one) {
  return one.kind != Kind::only_first && one.kind != Kind::only_second;
}

/// Where a dataset comes in a report: what explains others first, sums before details.
std::size_t rank(const std::string& path) {
  static const char* const groups[] = {"/pair/",           "/pair_sector/", "/exporter_product/",
                                       "/market_product/", "/factors/",     "/dense/"};
  for (std::size_t n = 0; n < std::size(groups); ++n)
    if (begins(path, groups[n])) return n + 1;
  return 0;
}

Change located(hdf5::DatasetDifference dataset, Places& places) {
  Change change;
  if (dataset.has_numbers) {
    change.absolute_at = places.in_words(dataset.path, dataset.absolute.index);
    change.relative_at = places.in_words(dataset.path, dataset.relative.index);
  }
  change.dataset = std::move(dataset);
  return change;
}

}  // namespace

Outcome compare_files(const std::string& first, const std::string& second, const hdf5::CompareOptions& options) {
  Outcome outcome{first, second, options, hdf5::compare_files(first, second, options), {}, {}, {}};
  const bool are_results = outcome.files.format == result_format;
  std::vector<hdf5::DatasetDifference> changed;
  changed.swap(outcome.files.changed);
  // Cells move up and down their lists: row by row, everything would seem to have changed.
  const auto is_cell = [&](const hdf5::DatasetDifference& one) { return are_results && begins(one.path, "/cells/"); };
  const bool match_cells =
      std::any_of(changed.begin(), changed.end(), is_cell) &&
      std::all_of(changed.begin(), changed.end(), [&](const auto& one) { return !is_cell(one) || in_both(one); });
  std::stable_sort(changed.begin(), changed.end(),
                   [](const auto& a, const auto& b) { return rank(a.path) < rank(b.path); });
  Places places(first);
  for (hdf5::DatasetDifference& one : changed)
    if (!match_cells || !is_cell(one)) outcome.changes.push_back(located(std::move(one), places));
  if (match_cells) outcome.cells = compare_cells(first, second, options.tolerance);

  const auto is_pair = [](const Change& change) { return begins(change.dataset.path, "/pair/"); };
  if (are_results && std::any_of(outcome.changes.begin(), outcome.changes.end(), is_pair))
    outcome.movers = find_movers(first, second);
  return outcome;
}

}  // namespace potentia::compare
