// See standard_output.hpp.
#include "host/run/standard_output.hpp"

#include <cerrno>
#include <cstdio>

#include "io/output_file.hpp"
#include "io/printable.hpp"

namespace potentia {
namespace {

constexpr const char* place = "standard output";

}  // namespace

void print_text(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) throw_disk_error(errno, place);
}

void print_line(const std::string& line) { print_text(printable(line) + "\n"); }

void print_lines(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) print_line(line);
}

void finish_standard_output() {
  if (std::fflush(stdout) != 0) throw_disk_error(errno, place);
}

}  // namespace potentia
