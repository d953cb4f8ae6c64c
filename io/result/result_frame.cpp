// How each of the files of results begins and ends.
#include <sys/stat.h>

#include "io/hdf5/file.hpp"
#include "io/result/result_writer.hpp"
#include "io/world/world.hpp"

namespace potentia::result {

void begin_file(Writer& writer, const char* format, std::int64_t version) {
  hdf5::write_attribute(writer.file, "format", format);
  hdf5::write_attribute(writer.file, "version", version);
  hdf5::write_attribute(writer.file, "title", writer.world.title);
  hdf5::write_attribute(writer.file, "hs_revision", writer.world.hs_revision);
}

void write_years(Writer& writer) {
  const auto& years = writer.solution.settings.world;
  hdf5::write_attribute(writer.file, "base_years",
                        std::vector<std::int64_t>(years.base_years.begin(), years.base_years.end()));
  hdf5::write_attribute(writer.file, "horizon_year", std::int64_t{years.horizon_year});
}

ResultReport end_file(Writer& writer) {
  write_provenance(writer);
  hdf5::close_file(writer.file, writer.output.target());
  ResultReport report;
  struct stat status {};
  if (::stat(writer.output.path().c_str(), &status) == 0) report.bytes = static_cast<std::uint64_t>(status.st_size);
  report.flush_seconds = writer.output.commit();
  return report;
}

}  // namespace potentia::result
