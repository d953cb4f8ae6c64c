#include "io/result/scenario_part_file.hpp"

#include <fmt/format.h>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/output_file.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

void write_bytes(hid_t location, const std::string& name, const Bytes& bytes, const char* long_name) {
  hdf5::Layout layout = hdf5::row_layout({bytes.size()}, 1, hdf5::Packing::deflate);
  layout.least_zeros = 0.5;  // full mantissas hardly shrink
  hdf5::describe(hdf5::write_dataset(location, name, bytes.data(), {bytes.size()}, layout), "1", long_name);
}

Bytes read_bytes(const hdf5::File& file, const std::string& path, const std::string& name) {
  const hdf5::Dataset dataset = hdf5::open_dataset(file, name);
  const hdf5::Shape shape = hdf5::checked_shape(dataset);
  if (shape.size() != 1) throw input_error("is no list of bytes", path + ":/" + name, "make the file again");
  Bytes bytes(shape[0]);
  hdf5::read_dataset(dataset, bytes.data(), bytes.size());
  return bytes;
}

std::string format_of(const hdf5::File& file) {
  return hdf5::has_attribute(file, "format") ? hdf5::read_text_attribute(file, "format") : "";
}

}  // namespace

void write_scenario_parts(const std::string& path, const ScenarioPartFile& parts) {
  OutputFile output(path);
  hdf5::File file = hdf5::create_file(output.path());
  hdf5::write_attribute(file, "format", scenario_part_format);
  hdf5::write_attribute(file, "version", scenario_part_version);
  hdf5::write_attribute(file, "job", parts.name.job);
  hdf5::write_attribute(file, "shard", std::int64_t{parts.name.shard});
  hdf5::write_attribute(file, "shards", std::int64_t{parts.name.shards});
  hdf5::write_attribute(file, "first_segment", std::int64_t{parts.first});
  hdf5::write_attribute(file, "last_segment", std::int64_t{parts.last});
  std::vector<std::int64_t> units;
  for (const auto& [unit, bytes] : parts.parts) units.push_back(unit);
  hdf5::write_attribute(file, "scenarios", units);
  if (!parts.head.empty()) write_bytes(file, "head", parts.head, "what merging needs besides parts");
  {
    const hdf5::Group group = hdf5::create_group(file, "parts");
    for (const auto& [unit, bytes] : parts.parts)
      write_bytes(group, fmt::format("{:05}", unit), bytes, "a scenario over the segments of this file");
  }
  hdf5::close_file(file, output.target());
  output.commit();
}

ScenarioPartFile read_scenario_parts(const std::string& path) {
  const hdf5::File file = hdf5::open_file(path);
  if (format_of(file) != scenario_part_format)
    throw input_error("is no part of a list of scenarios", path, "give files that potentia scenario --shard made");
  const auto integer = [&](const char* name) {
    return static_cast<std::int32_t>(hdf5::read_integer_attribute(file, name));
  };
  if (integer("version") != scenario_part_version)
    throw input_error(fmt::format("a part of version {}", integer("version")), path, "use the program that wrote it");
  ScenarioPartFile parts;
  parts.name = {hdf5::read_text_attribute(file, "job"), integer("shard"), integer("shards")};
  parts.first = integer("first_segment");
  parts.last = integer("last_segment");
  if (hdf5::exists(file, "head")) parts.head = read_bytes(file, path, "head");
  for (const std::int64_t unit : hdf5::read_integers_attribute(file, "scenarios"))
    parts.parts.emplace(static_cast<std::int32_t>(unit), read_bytes(file, path, fmt::format("parts/{:05}", unit)));
  return parts;
}

bool is_scenario_part(const std::string& path) { return format_of(hdf5::open_file(path)) == scenario_part_format; }

}  // namespace potentia
