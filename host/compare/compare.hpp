// Two files of one kind: whether they say the same, or what differs; of results also economically.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/compare/cells.hpp"
#include "host/model/movers.hpp"
#include "io/hdf5/difference.hpp"

namespace potentia::compare {

/// A dataset that differs, and where its largest differences are, in words ("LAO>CHN 071410").
struct Change {
  hdf5::DatasetDifference dataset;
  std::string absolute_at, relative_at;
};

struct Outcome {
  std::string first, second;  ///< paths
  hdf5::CompareOptions options;
  hdf5::FileDifference files;   ///< without `changed`, which is in:
  std::vector<Change> changes;  ///< what explains others first; without /cells of two results
  std::optional<CellDifference> cells;
  std::optional<Movers> movers;  ///< of two results in which sums of pairs differ

  bool is_same() const { return files.is_same() && changes.empty() && !cells; }
};

/// @throws Error(input) when a file is damaged or no file of this program, or they are of two kinds; Error(interrupted)
Outcome compare_files(const std::string& first, const std::string& second, const hdf5::CompareOptions& options);

/// One line if they are the same, otherwise what differs. @param most datasets, attributes, movers … of a kind to name
std::vector<std::string> outcome_lines(const Outcome& outcome, std::size_t most);

/// The same as JSON, documented in host/README.md.
std::string outcome_json(const Outcome& outcome, std::size_t most);

}  // namespace potentia::compare
