#include "io/result/draws_read.hpp"

#include <cmath>

#include "io/hdf5/contents.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/numbers.hpp"
#include "io/result/draws_file.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr const char* remedy = "write the file again with potentia draws";

class Reader {
public:
  explicit Reader(const std::string& path) : path_(path), file_(hdf5::open_file(path)) {
    if (!hdf5::has_attribute(file_, "format") || hdf5::read_text_attribute(file_, "format") != draws_format)
      throw input_error("no draws of potentia", path, "make some with potentia draws");
  }
  const hdf5::File& file() const { return file_; }

  std::vector<double> numbers(const std::string& name) const {
    const hdf5::Dataset dataset = hdf5::open_dataset(file_, name);
    std::vector<double> values(hdf5::element_count(hdf5::checked_shape(dataset)));
    hdf5::read_numbers(dataset, values.data(), values.size());
    return values;
  }
  std::vector<std::string> texts(const std::string& name) const {
    return hdf5::read_strings(hdf5::open_dataset(file_, name));
  }
  std::int64_t integer(const char* attribute) const {
    const std::vector<std::int64_t> values = hdf5::read_integers_attribute(file_, attribute);
    if (values.empty()) complain("is empty", attribute);
    return values[0];
  }
  [[noreturn]] void complain(const std::string& what, const std::string& name) const {
    throw input_error(what, path_ + ":/" + name, remedy);
  }

  Uncertainty uncertainty() const {
    Uncertainty found;
    const std::vector<std::string> groups = texts("uncertainty/group"), sources = texts("uncertainty/source");
    const std::vector<double> spread = numbers("uncertainty/spread"), varies = numbers("uncertainty/varies"),
                              assumption = numbers("uncertainty/assumption");
    for (const DrawGroup group : draw_groups) {
      const std::size_t at = static_cast<std::size_t>(group) - 1;
      if (at >= groups.size() || groups[at] != group_name(group) || at >= sources.size() || at >= spread.size() ||
          at >= varies.size() || at >= assumption.size())
        complain("does not list the groups of inputs in their order", "uncertainty");
      found.of(group) = {varies[at] != 0.0, spread[at], sources[at], assumption[at] != 0.0};
    }
    return found;
  }

private:
  std::string path_;
  hdf5::File file_;
};

void check_statistics(const Reader& reader, const std::string& group) {
  for (const Column column : drawn_columns) {
    const std::string name = group + "/" + column_name(column) + "/";
    const std::vector<double> mean = reader.numbers(name + "mean"), sd = reader.numbers(name + "sd"),
                              quantile = reader.numbers(name + "quantile");
    const std::size_t size = mean.size();
    if (sd.size() != size || quantile.size() != size * draw_probabilities.size())
      reader.complain("does not fit its axes", name + "quantile");
    for (std::size_t e = 0; e < size; ++e) {
      if (!std::isfinite(mean[e])) reader.complain("holds a value that is not finite", name + "mean");
      if (!(sd[e] >= 0.0)) reader.complain("holds a deviation that is none", name + "sd");
      for (std::size_t q = 0; q < draw_probabilities.size(); ++q)
        if (!(quantile[q * size + e] >= (q == 0 ? 0.0 : quantile[(q - 1) * size + e])))
          reader.complain("holds quantiles that do not ascend from 0 on", name + "quantile");
    }
  }
}

/// Indices and their errors, of as many groups as `group` names; NaN where nothing varies, and then in all four.
void check_sensitivity(const Reader& reader, const std::string& group) {
  const std::size_t groups = reader.texts(group + "/group").size();
  const std::vector<double> first = reader.numbers(group + "/first");
  if (groups == 0 || first.size() % groups != 0) reader.complain("does not fit its axes", group + "/first");
  for (const char* name : {"first", "total", "first_error", "total_error"}) {
    const std::vector<double> values = reader.numbers(group + "/" + name);
    if (values.size() != first.size()) reader.complain("does not fit its axes", group + "/" + name);
    const bool signed_index = std::string(name) == "first";  // an estimate may fall below 0
    for (std::size_t at = 0; at < values.size(); ++at)
      if (std::isfinite(first[at]) ? !(signed_index ? std::isfinite(values[at]) : !(values[at] < 0.0)) : !std::isnan(values[at]))
        reader.complain("holds an index that is none", group + "/" + name);
  }
}

}  // namespace

DrawsFileSummary read_draws_summary(const std::string& path) {
  const Reader reader(path);
  DrawsFileSummary summary;
  summary.draws = reader.integer("draws");
  summary.seed = reader.integer("seed");
  summary.horizon_year = reader.integer("horizon_year");
  summary.base_years = hdf5::read_integers_attribute(reader.file(), "base_years");
  summary.exporters = reader.texts("exporter").size();
  summary.markets = reader.texts("market").size();
  summary.cells = reader.numbers("cells/market").size();
  summary.uncertainty = reader.uncertainty();
  summary.digest = hdf5::stored_digest(reader.file());
  const hdf5::Group provenance = hdf5::open_group(reader.file(), "provenance");
  if (hdf5::has_attribute(provenance, "run")) summary.run = hdf5::read_text_attribute(provenance, "run");
  return summary;
}

void check_draws(const std::string& path) {
  const Reader reader(path);
  hdf5::check_all_values(reader.file());
  const DrawsFileSummary summary = read_draws_summary(path);
  if (summary.draws < 1) reader.complain("is no number of draws", "draws");
  for (const char* group : {"pair", "pair_sector", "exporter_product", "cells"}) check_statistics(reader, group);
  if (hdf5::exists(reader.file(), "sensitivity"))
    for (const char* group : {"sensitivity/pair", "sensitivity/exporter"}) check_sensitivity(reader, group);
  const std::vector<double> top10 = reader.numbers("cells/in_top10"), top50 = reader.numbers("cells/in_top50");
  for (std::size_t cell = 0; cell < summary.cells; ++cell)
    if (cell >= top10.size() || cell >= top50.size() || !(top10[cell] >= 0.0 && top10[cell] <= top50[cell] && top50[cell] <= 1.0))
      reader.complain("holds a share of draws that is none", "cells/in_top10");
}

}  // namespace potentia
