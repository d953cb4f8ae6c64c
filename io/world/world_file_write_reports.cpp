// Tables of a world that no formula reads: for reports, and where the world comes from.
#include <string>
#include <vector>

#include "io/world/world_file_writer.hpp"

namespace potentia::world_file {
namespace {

using hdf5::Dataset;

void write_logistics(const Logistics& logistics, const hdf5::File& file) {
  const hdf5::Group group = hdf5::create_group(file, "logistics");
  const Dataset component = as_scale(hdf5::write_strings(group, "component", logistics.components), "component");
  const Dataset row = hdf5::write_bare_scale(group, "row", logistics.country.size());
  along(column(group, "country", logistics.country), {&row});
  along(column(group, "year", logistics.year), {&row});
  along(table(group, "score", logistics.score, {logistics.country.size(), logistics.components.size()}),
        {&row, &component});
}

void write_utilization(const Utilization& utilization, const hdf5::File& file) {
  const hdf5::Group group = hdf5::create_group(file, "utilization");
  const Dataset row = hdf5::write_bare_scale(group, "row", utilization.share.size());
  along(hdf5::write_strings(group, "market", utilization.market), {&row});
  along(hdf5::write_strings(group, "regime", utilization.regime), {&row});
  along(column(group, "exporter", utilization.exporter), {&row});
  along(column(group, "year", utilization.year), {&row});
  along(column(group, "share", utilization.share), {&row});
}

void write_sources(const std::vector<SourceFile>& sources, const hdf5::Group& group) {
  std::vector<std::string> role, name, sha256;
  std::vector<std::uint64_t> bytes;
  for (const SourceFile& source : sources) {
    role.push_back(source.role);
    name.push_back(source.name);
    sha256.push_back(source.sha256);
    bytes.push_back(source.bytes);
  }
  const Dataset source = hdf5::write_bare_scale(group, "source", sources.size());
  along(hdf5::write_strings(group, "source_role", role), {&source});
  along(hdf5::write_strings(group, "source_name", name), {&source});
  along(hdf5::write_strings(group, "source_sha256", sha256), {&source});
  units(along(column(group, "source_bytes", bytes), {&source}), "byte");
}

void write_notices(const std::vector<Notice>& notices, const hdf5::Group& group) {
  std::vector<std::string> kind, rule, detail, whose;
  std::vector<std::uint64_t> count;
  for (const Notice& notice : notices) {
    kind.push_back(notice.kind);
    rule.push_back(notice.rule);
    count.push_back(notice.count);
    detail.push_back(notice.detail);
    std::string lines;
    for (const std::string& who : notice.whose) lines += (lines.empty() ? "" : "\n") + who;
    whose.push_back(std::move(lines));
  }
  const Dataset notice = hdf5::write_bare_scale(group, "notice", notices.size());
  along(hdf5::write_strings(group, "notice_kind", kind), {&notice});
  along(hdf5::write_strings(group, "notice_rule", rule), {&notice});
  along(column(group, "notice_count", count), {&notice});
  along(hdf5::write_strings(group, "notice_detail", detail), {&notice});
  along(hdf5::write_strings(group, "notice_whose", whose), {&notice});
}

}  // namespace

void write_report_tables(const World& world, const hdf5::File& file) {
  if (!world.logistics.empty()) write_logistics(world.logistics, file);
  if (!world.utilization.empty()) write_utilization(world.utilization, file);
  const hdf5::Group provenance = hdf5::create_group(file, "provenance");
  write_sources(world.sources, provenance);
  write_notices(world.notices, provenance);
}

}  // namespace potentia::world_file
