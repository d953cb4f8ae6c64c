// The flows of a world file: all of them, or one process's share.
#include <algorithm>

#include "io/world/world_datasets.hpp"
#include "io/world/world_file_limits.hpp"
#include "io/world/world_file_rows.hpp"

namespace potentia {
namespace {

namespace limit = world_limits;

/// Names of the groups in /trade, which are years.
std::vector<std::int32_t> listed_years(const WorldDatasets& datasets) {
  const hdf5::Group group = hdf5::open_group(datasets.file(), "/trade");
  const std::string place = hdf5::where(group);
  H5G_info_t info;
  hdf5::check_read(H5Gget_info(group, &info), place);
  if (info.nlinks > limit::years)
    throw input_error(fmt::format("has {} years, more than {}", info.nlinks, limit::years), place, WorldDatasets::see);
  std::vector<std::int32_t> years;
  for (hsize_t at = 0; at < info.nlinks; ++at) {
    char name[64] = {};
    const ssize_t size = hdf5::check_read(
        H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, at, name, sizeof name, H5P_DEFAULT), place);
    const std::string text = name;
    if (size != 4 || text.find_first_not_of("0123456789") != std::string::npos)
      throw input_error(fmt::format("\"{}\" is not a year", text), place, "name the groups by four digits");
    years.push_back(std::stoi(text));
  }
  std::sort(years.begin(), years.end());
  return years;
}

std::string group_of(std::int32_t year) { return fmt::format("/trade/{:04}", year); }

/// A year without its flows. @return it, and their number
std::pair<TradeYear, std::size_t> open_year(const WorldDatasets& datasets, std::int32_t year, std::size_t products) {
  TradeYear trade;
  trade.year = year;
  trade.product_offset = datasets.numbers<std::uint64_t>(group_of(year) + "/product_offset", {products + 1});
  return {std::move(trade), datasets.length(group_of(year) + "/value", limit::rows)};
}

template <class T>
Buffer<T> chosen(const WorldDatasets& datasets, const std::string& path, std::size_t rows, const hdf5::RowChoice& choice) {
  const hdf5::Dataset dataset = datasets.open(path, hdf5::Shape{rows});
  Buffer<T> values(choice.count());
  hdf5::read_chosen_numbers(dataset, values.data(), choice);
  return values;
}

/// Reads the flows of the products that fall to this process, one after the other; the others get none.
void read_flows(const WorldDatasets& datasets, const TradeShare& share, const std::vector<int>& owner, TradeYear& trade) {
  const std::vector<std::uint64_t> offset = trade.product_offset;
  const std::size_t products = owner.size();
  hdf5::RowChoice choice;
  std::uint64_t own = 0;
  for (std::size_t k = 0; k < products; ++k) {
    trade.product_offset[k] = own;
    if (owner[k] != share.rank || offset[k] == offset[k + 1]) continue;
    own += offset[k + 1] - offset[k];
    if (!choice.rows.empty() && choice.rows.back().second == offset[k]) choice.rows.back().second = offset[k + 1];
    else choice.rows.emplace_back(offset[k], offset[k + 1]);
  }
  trade.product_offset[products] = own;
  // Chunks in which nobody has a product are looked at in turn.
  choice.also = [&](std::uint64_t chunk, std::uint64_t first, std::uint64_t last) {
    const auto past = std::upper_bound(offset.begin(), offset.end(), first);
    for (std::size_t k = static_cast<std::size_t>(past - offset.begin()) - 1; k < products && offset[k] < last; ++k)
      if (owner[k] >= 0 && offset[k] < offset[k + 1]) return false;
    return chunk % static_cast<std::uint64_t>(share.ranks) == static_cast<std::uint64_t>(share.rank);
  };
  choice.complete = share.complete;
  const std::string group = group_of(trade.year);
  const std::size_t rows = offset.back();
  trade.exporter = chosen<std::uint16_t>(datasets, group + "/exporter", rows, choice);
  trade.market = chosen<std::uint16_t>(datasets, group + "/market", rows, choice);
  trade.value = chosen<double>(datasets, group + "/value", rows, choice);
}

}  // namespace

std::vector<TradeYear> read_trade(const WorldDatasets& datasets, std::size_t products) {
  std::vector<TradeYear> years;
  for (const std::int32_t year : listed_years(datasets)) {
    auto [trade, flows] = open_year(datasets, year, products);
    trade.exporter = datasets.column<std::uint16_t>(group_of(year) + "/exporter", flows);
    trade.market = datasets.column<std::uint16_t>(group_of(year) + "/market", flows);
    trade.value = datasets.column<double>(group_of(year) + "/value", flows);
    years.push_back(std::move(trade));
  }
  return years;
}

std::vector<TradeYear> read_shared_trade(const WorldDatasets& datasets, World& world, const TradeShare& share) {
  world.is_share = true;
  const std::vector<std::int32_t> wanted = share.years(world);
  const auto is_wanted = [&](std::int32_t year) { return std::binary_search(wanted.begin(), wanted.end(), year); };
  const std::size_t products = world.product_count();
  std::vector<std::uint64_t> flows(products, 0);
  std::vector<TradeYear> years;
  for (const std::int32_t year : listed_years(datasets)) {
    auto [trade, rows] = open_year(datasets, year, products);
    check_offsets(world, trade, rows, fmt::format("{}:{}/product_offset", datasets.path(), group_of(year)));
    if (rows == 0) continue;  // a year without trade is as good as none
    if (is_wanted(year))
      for (std::size_t k = 0; k < products; ++k) flows[k] += trade.product_offset[k + 1] - trade.product_offset[k];
    years.push_back(std::move(trade));
  }
  const std::vector<int> owner = share.owner(world, flows);
  for (TradeYear& trade : years) {
    if (is_wanted(trade.year)) read_flows(datasets, share, owner, trade);
    else trade.product_offset.assign(products + 1, 0);
  }
  return years;
}

}  // namespace potentia
