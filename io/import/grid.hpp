// Tables that are read whole: sheets of workbooks and Stata's data files.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "io/import/row_source.hpp"

namespace potentia {

/// Cells as text. Numbers are in the shortest form that reads back to the same double, those with decimals with an
/// exponent ("12.5e0"), so that no style of writing numbers applies to them.
struct Grid {
  std::vector<std::vector<std::string>> rows;
};

/// The first sheet, or the one that is named. @param bytes the whole file, @param name for complaints
/// @throws Error(input) for a damaged file, a sheet that is not there (naming those that are), or absurd dimensions
Grid read_xls(const std::string& bytes, const std::string& sheet, const std::string& name);
Grid read_xlsx(const std::string& bytes, const std::string& sheet, const std::string& name);
/// Stata, all versions. @throws as above
Grid read_dta(const std::string& bytes, const std::string& name);

/// A number as a cell of a grid.
std::string grid_number(double value);

/// A file in memory under a path, for libraries that open files by name.
class MemoryFile {
public:
  /// @throws Error(resources)
  explicit MemoryFile(const std::string& bytes);
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile();
  const std::string& path() const noexcept { return path_; }

private:
  int descriptor_;
  std::string path_;
};

/// What grids may hold at most: more is no table that people keep in a workbook.
inline constexpr std::size_t most_grid_cells = std::size_t{100} << 20;
inline constexpr std::size_t most_grid_columns = 16384;

class GridRows : public RowSource {
public:
  explicit GridRows(Grid grid) : grid_(std::move(grid)) {}

  bool next(Row& row) override;
  std::uint64_t line() const noexcept override { return at_; }
  std::vector<Row> peek(std::size_t rows) override;
  void scan(const std::function<void(const Row&, std::uint64_t line)>& look) override;

private:
  Row row_at(std::size_t at) const;

  Grid grid_;
  std::size_t at_ = 0;
};

}  // namespace potentia
