// One group of result.h5 read back whole, with the labels of its axes and where it comes from: what `export` needs.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "io/world/world.hpp"
#include "kernels/buffer.hpp"

namespace potentia {

enum class ResultAxis : std::size_t { exporter, market, product, sector };
inline constexpr std::size_t result_axis_count = 4;

struct ResultLabels {
  std::vector<std::string> codes, names;
};

struct ResultTable {
  std::string name, units, long_name;
  std::vector<ResultAxis> axes;  ///< of `values`, row-major; none for a column of cells
  Buffer<double> values;
};

struct ResultOrigin {
  std::string digest;  ///< content digest of the file; empty for one of another program
  std::string title, hs_revision;
  std::vector<std::int64_t> base_years;
  std::int64_t horizon_year = 0;
  std::string settings;  ///< TOML
  std::vector<SourceFile> inputs;
  std::vector<Notice> notices;
  bool all_exporters = true, all_markets = true;
};

struct ResultGroup {
  std::string name;
  std::array<ResultLabels, result_axis_count> labels;  ///< by ResultAxis
  std::vector<ResultTable> tables;
  /// Of "cells": cells of exporter i are cell_offsets[i] to cell_offsets[i + 1] - 1.
  std::vector<std::uint64_t> cell_offsets;
  std::vector<std::int32_t> cell_market, cell_product;  ///< positions along their axes
  ResultOrigin origin;

  const ResultLabels& axis(ResultAxis which) const { return labels[static_cast<std::size_t>(which)]; }
};

/// The groups of a result that hold tables: pair, pair_sector, exporter_product, market_product, cells, factors.
extern const std::vector<std::string> result_groups;

/// Reads one of result_groups.
/// @param tables names of those wanted, so that a large group need not be in memory at once; empty = all of the group
/// @throws Error(input) when the file is no result, is damaged, or was solved without what the group needs
ResultGroup read_result_group(const std::string& path, const std::string& group,
                              const std::vector<std::string>& tables = {});

}  // namespace potentia
