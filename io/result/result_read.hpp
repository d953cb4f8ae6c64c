// result.h5 read back: what `info` and `validate` need of it.
#pragma once

#include <string>

#include "io/result/result_summary.hpp"

namespace potentia {

enum class FileKind { world, result, scenario, backtest, draws };

/// Which kind a file says it is.
/// @throws Error(input) when it does not exist, is not HDF5, or is none of them
FileKind file_kind(const std::string& path);

/// The content digest that a file of any kind carries; empty for one of another program. @throws Error(input)
std::string content_digest(const std::string& path);

/// Axes, sums of pairs, settings and notices of a result.
/// @throws Error(input) naming file and dataset
ResultSummary read_result_summary(const std::string& path);

/// Checks that every dataset of io/README.md is there with its shape, that every number is finite and that the columns
/// fit each other: realised + unrealised = potential, static + dynamic = unrealised, realised + overtrade = actual, to
/// rounding. Of dense cubes only the shape is looked at.
/// @throws Error(input) naming file and dataset
void check_result(const std::string& path);

}  // namespace potentia
