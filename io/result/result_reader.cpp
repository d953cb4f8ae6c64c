// See result_reader.hpp.
#include "io/result/result_reader.hpp"

#include <algorithm>
#include <sstream>

#include "io/result/result_file.hpp"

namespace potentia::result {
namespace {

constexpr std::size_t most_labels = 1000000;

}  // namespace

Reader::Reader(const std::string& path, std::int64_t wanted) : path_(path), file_(hdf5::open_file(path)) {
  const std::int64_t version = hdf5::read_integer_attribute(file_, "version");
  if (version != wanted) {
    throw input_error(fmt::format("a result of version {}; this program reads {}", version, wanted),
                      path_, "use the program that wrote it");
  }
  exporters_ = labels("exporter");
  markets_ = labels("market");
  products_ = labels("product");
  sectors_ = labels("sector");
}

hdf5::Shape Reader::extent(const std::string& name, std::size_t dimensions) const {
  hdf5::Shape shape = hdf5::checked_shape(hdf5::open_dataset(file_, name));
  if (shape.size() == dimensions) return shape;
  throw input_error(fmt::format("has {} dimensions instead of {}", shape.size(), dimensions), where(name), remedy);
}

std::vector<std::string> Reader::texts(const std::string& name, std::size_t rows) const {
  if (extent(name, 1)[0] != rows) throw input_error("has another length than its axis", where(name), remedy);
  return hdf5::read_strings(hdf5::open_dataset(file_, name));
}

std::vector<std::string> Reader::labels(const std::string& name) const {
  const std::size_t rows = extent(name, 1)[0];
  if (rows > most_labels) throw input_error(fmt::format("declares {} labels", rows), where(name), remedy);
  return texts(name, rows);
}

std::string Reader::text(const std::string& name) const {
  const hdf5::Dataset dataset = hdf5::open_dataset(file_, name);
  hdf5::checked_shape(dataset);
  const std::vector<std::string> found = hdf5::read_strings(dataset);
  if (found.size() != 1) throw input_error("is not one text", where(name), remedy);
  return found[0];
}

std::vector<Notice> Reader::notices() const {
  const std::size_t rows = extent("provenance/notices/kind", 1)[0];
  const auto kind = texts("provenance/notices/kind", rows), rule = texts("provenance/notices/rule", rows);
  const auto detail = texts("provenance/notices/detail", rows), whose = texts("provenance/notices/whose", rows);
  const auto count = numbers<std::uint64_t>("provenance/notices/count", {rows});
  std::vector<Notice> list;
  for (std::size_t n = 0; n < rows; ++n) {
    list.push_back({kind[n], rule[n], count[n], detail[n], {}});
    std::istringstream codes(whose[n]);
    for (std::string code; codes >> code;) list.back().whose.push_back(code);
  }
  return list;
}

std::vector<std::uint64_t> Reader::cell_offsets() const {
  const std::size_t cells = extent("cells/market", 1)[0];
  auto offsets = numbers<std::uint64_t>("cells/offsets", {exporters_.size() + 1});
  if (offsets.front() != 0 || offsets.back() != cells || !std::is_sorted(offsets.begin(), offsets.end())) {
    throw input_error("does not run from 0 to the number of cells", where("cells/offsets"), remedy);
  }
  return offsets;
}

std::vector<std::int32_t> Reader::positions(const std::string& name, std::size_t cells, std::size_t size) const {
  auto values = numbers<std::int32_t>(name, {cells});
  for (const std::int32_t value : values) {
    if (value < 0 || static_cast<std::size_t>(value) >= size) {
      throw input_error(fmt::format("holds {}, outside its axis", value), where(name), remedy);
    }
  }
  return values;
}

}  // namespace potentia::result
