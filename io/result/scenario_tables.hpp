// Tables and lists of scenario.h5, as reading and checking it need them.
#pragma once

#include <string>
#include <vector>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/result/scenario_read.hpp"

namespace potentia::scenario_tables {

inline constexpr const char* remedy = "make the file again with potentia scenario";

struct Table {
  hdf5::Shape shape;
  std::vector<double> values;
};

/// @param name below the file
Table read_any_table(const hdf5::File& file, const std::string& name);
/// The same, of finite values only. @throws Error(input)
Table read_table(const hdf5::File& file, const std::string& path, const std::string& name);

std::vector<std::string> read_texts(const hdf5::File& file, const std::string& name);

/// A table of pairs, with or without scenarios in front. @throws Error(input) where it is none
void require_pairs(const Table& table, const std::string& path, const std::string& name,
                   const ScenarioFileSummary& summary);

/// What /difference/opportunities says.
struct Opportunities {
  std::vector<std::string> scenario, product;
  Table was, is, before, after;
};

/// @param path of the file, for complaints
Opportunities read_opportunities(const hdf5::File& file, const std::string& path);

ScenarioFileSummary read_summary(const hdf5::File& file, const std::string& path);

}  // namespace potentia::scenario_tables
