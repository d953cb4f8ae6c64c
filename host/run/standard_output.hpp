// Results on standard output: lines that are complete or an error.
#pragma once

#include <string>
#include <vector>

namespace potentia {

/// Writes lines, made fit for a terminal (io/printable.hpp).
/// @throws Error(resources) when they cannot be written
void print_line(const std::string& line);
void print_lines(const std::vector<std::string>& lines);

/// Writes text as it is.
void print_text(const std::string& text);

/// Hands over what is still held back. Call it at the end of a command.
/// @throws Error(resources) when it cannot be written, as on a full disk
void finish_standard_output();

}  // namespace potentia
