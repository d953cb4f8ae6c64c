// See places.hpp. Dimension scales would say the same, but HDF5 follows a damaged reference wherever it leads.
#include "io/places.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/numbers.hpp"

namespace potentia {
namespace {

using Axes = std::vector<const char*>;

/// The last two names of a path: ("pair", "actual") of "/baseline/pair/actual".
std::pair<std::string, std::string> group_and_name(const std::string& dataset) {
  const std::size_t slash = dataset.rfind('/');
  const std::size_t before = slash == 0 ? 0 : dataset.rfind('/', slash - 1);
  return {slash == 0 ? "" : dataset.substr(before + 1, slash - before - 1), dataset.substr(slash + 1)};
}

/// Names of the axes of a dataset with labels; none where they are not known.
Axes axes_of(const std::string& dataset, std::size_t dimensions) {
  static const std::map<std::string, Axes> by_group = {{"pair", {"exporter", "market"}},
                                                       {"pair_sector", {"exporter", "market", "sector"}},
                                                       {"exporter_product", {"exporter", "product"}},
                                                       {"market_product", {"market", "product"}},
                                                       {"dense", {"exporter", "market", "product"}}};
  static const std::map<std::string, Axes> by_name = {{"factors/supply_now", {"exporter", "product"}},
                                                      {"factors/supply", {"exporter", "product"}},
                                                      {"factors/demand_now", {"market", "product"}},
                                                      {"factors/demand", {"market", "product"}},
                                                      {"factors/typical_distance", {"market", "product"}},
                                                      {"factors/ease", {"exporter", "market"}},
                                                      {"/distance", {"country/iso3", "country/iso3"}},
                                                      {"macro/gdp", {"country/iso3", "macro/year"}},
                                                      {"macro/population", {"country/iso3", "macro/year"}},
                                                      {"elasticity/sigma", {"product/code"}},
                                                      {"product/in_scope", {"product/code"}},
                                                      {"product/sector", {"product/code"}},
                                                      {"product/processing", {"product/code"}},
                                                      {"tariff/market_schedule", {"country/iso3"}}};
  const auto [group, name] = group_and_name(dataset);
  if (group == "elasticity" && name == "income")
    return dimensions == 1 ? Axes{"product/code"} : Axes{"country/iso3", "product/code"};
  const auto grouped = by_group.find(group);
  if (grouped != by_group.end()) return grouped->second;
  const auto named = by_name.find(group + "/" + name);
  return named != by_name.end() ? named->second : Axes{};
}

bool is_flow(const std::string& dataset) {
  const auto [group, name] = group_and_name(dataset);
  return dataset.rfind("/trade/", 0) == 0 && (name == "exporter" || name == "market" || name == "value");
}

}  // namespace

const std::vector<std::string>& Places::labels(const std::string& dataset) {
  const auto found = labels_.find(dataset);
  if (found != labels_.end()) return found->second;
  std::vector<std::string>& list = labels_[dataset];
  const hdf5::File file = hdf5::open_file(path_);
  if (!hdf5::exists(file, dataset)) return list;
  if (dataset == "macro/year") {
    for (const std::uint64_t year : positions(dataset)) list.push_back(std::to_string(year));
  } else {
    list = hdf5::read_strings(hdf5::open_dataset(file, dataset));
  }
  return list;
}

const std::vector<std::uint64_t>& Places::positions(const std::string& dataset) {
  const auto found = positions_.find(dataset);
  if (found != positions_.end()) return found->second;
  std::vector<std::uint64_t>& list = positions_[dataset];
  const hdf5::File file = hdf5::open_file(path_);
  if (!hdf5::exists(file, dataset)) return list;
  const hdf5::Dataset values = hdf5::open_dataset(file, dataset);
  list.resize(hdf5::element_count(hdf5::checked_shape(values)));
  hdf5::read_numbers(values, list.data(), list.size());
  return list;
}

std::string Places::flow_in_words(const std::string& group, std::uint64_t row) {
  const std::vector<std::uint64_t>& offsets = positions(group + "/product_offset");
  const std::vector<std::uint64_t>& exporters = positions(group + "/exporter");
  const std::vector<std::uint64_t>& markets = positions(group + "/market");
  const std::vector<std::string>& countries = labels("country/iso3");
  const std::vector<std::string>& products = labels("product/code");
  const auto after = std::upper_bound(offsets.begin(), offsets.end(), row);
  const std::size_t product = static_cast<std::size_t>(after - offsets.begin());
  if (product == 0 || product > products.size() || row >= exporters.size() || row >= markets.size() ||
      exporters[row] >= countries.size() || markets[row] >= countries.size())
    return fmt::format("[{}]", row);
  return fmt::format("{}>{} {}", countries[exporters[row]], countries[markets[row]], products[product - 1]);
}

std::string Places::in_words(const std::string& dataset, const std::vector<std::uint64_t>& index) {
  if (is_flow(dataset) && index.size() == 1) return flow_in_words(dataset.substr(0, dataset.rfind('/')), index[0]);
  const Axes axes = axes_of(dataset, index.size());
  std::vector<std::string> words;
  for (std::size_t axis = 0; axis < axes.size() && axes.size() == index.size(); ++axis) {
    const std::vector<std::string>& names = labels(axes[axis]);
    if (index[axis] < names.size()) words.push_back(names[index[axis]]);
  }
  if (words.empty() || words.size() != index.size()) return fmt::format("[{}]", fmt::join(index, ", "));
  const bool is_pair = axes.size() >= 2 && std::string(axes[0]) == (dataset == "/distance" ? axes[1] : "exporter") &&
                       std::string(axes[1]) != "product";
  std::string text = words[0];
  for (std::size_t n = 1; n < words.size(); ++n) text += (n == 1 && is_pair ? ">" : " ") + words[n];
  return text;
}

}  // namespace potentia
