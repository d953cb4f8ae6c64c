// The files of a step: listed when it has made them, and taken over from an earlier run where nothing has changed.
#pragma once

#include <string>
#include <vector>

#include "host/nightly/record.hpp"

namespace potentia::nightly {

/// Every file at or below `path`, which is within `run`, with size, time and (but for HDF5 files) SHA-256, by name.
/// @throws Error(input) when one cannot be read
std::vector<OutputRecord> list_outputs(const std::string& run, const std::string& path);

/// Whether all are there as they were written: same size, same time.
bool outputs_are_whole(const std::string& run, const std::vector<OutputRecord>& outputs);

/// Gives the files of one run to another as well: as hard links, which take no room, or as copies with the same times
/// where the file system has no links. @throws Error(resources)
void carry_outputs(const std::string& from, const std::string& to, const std::vector<OutputRecord>& outputs);

}  // namespace potentia::nightly
