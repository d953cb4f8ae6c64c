// A table as spreadsheets and statistics programs take it: one row per observation, each column with its unit in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kernels/buffer.hpp"

namespace potentia {

/// A column of texts, which are few and shared, or of numbers.
struct TidyColumn {
  std::string key;       ///< the header: "exporter", "unrealized"
  std::string label;     ///< what it is, in words
  std::string units;     ///< of numbers: "USD", "km", "1"
  bool is_code = false;  ///< texts that may look like numbers and are none: "080810"

  /// Texts: row n holds (*texts)[(*which)[n]]. Null for numbers.
  std::shared_ptr<const std::vector<std::string>> texts;
  std::shared_ptr<const std::vector<std::int32_t>> which;  ///< [rows]
  /// Numbers: NaN = missing.
  Buffer<double> values;  ///< [rows]

  bool is_text() const noexcept { return texts != nullptr; }
  const std::string& text(std::size_t row) const { return (*texts)[static_cast<std::size_t>((*which)[row])]; }
};

struct TidyTable {
  std::string name;   ///< short: "pair_sector"
  std::string title;  ///< in a line
  std::size_t rows = 0;
  std::vector<TidyColumn> columns;
  std::vector<std::pair<std::string, std::string>> about;  ///< where it comes from: what → text
};

}  // namespace potentia
