// Long tables are scanned twice at most: a pass on all cores that only counts faults, and a slow one that names the
// first of them.
#include "io/world/world_file_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "io/world/world_file_limits.hpp"

namespace potentia {
namespace {

constexpr std::int64_t worth_threads = 1 << 16;  // shorter loops end before a thread has woken up

/// Order of a flow within its product.
inline std::uint32_t pair_key(std::uint16_t exporter, std::uint16_t market) {
  return (static_cast<std::uint32_t>(exporter) << 16) | market;
}

bool bad_value(double value) { return !(value >= 0 && value <= std::numeric_limits<double>::max()); }

/// Whether all flows are sound. Rows of one product ascend, so the only rows that do not ascend on the one before are
/// first rows of products: counting both kinds needs no look at the product inside the long loop.
bool flows_are_sound(const TradeYear& trade, std::size_t countries) {
  const auto flows = static_cast<std::int64_t>(trade.value.size());
  const std::uint16_t* exporter = trade.exporter.data();
  const std::uint16_t* market = trade.market.data();
  const double* value = trade.value.data();
  if (flows == 0) return true;
  std::int64_t faults = 0;
  std::int64_t descents = 0;
  std::uint16_t highest = std::max(exporter[0], market[0]);
  faults += exporter[0] == market[0] || bad_value(value[0]);
#pragma omp parallel for simd schedule(static) reduction(+ : faults, descents) reduction(max : highest) \
    if (flows > worth_threads)
  for (std::int64_t at = 1; at < flows; ++at) {
    highest = std::max(highest, std::max(exporter[at], market[at]));
    faults += (exporter[at] == market[at]) | bad_value(value[at]);
    descents += pair_key(exporter[at], market[at]) <= pair_key(exporter[at - 1], market[at - 1]);
  }
  const std::vector<std::uint64_t>& offset = trade.product_offset;
  std::int64_t allowed = 0;
  for (std::size_t k = 1; k + 1 < offset.size(); ++k) {
    const std::uint64_t at = offset[k];
    if (at == 0 || at == offset[k + 1]) continue;  // no flow before it, or no flow of it
    allowed += pair_key(exporter[at], market[at]) <= pair_key(exporter[at - 1], market[at - 1]);
  }
  return faults == 0 && descents == allowed && highest < countries;
}

[[noreturn]] void name_bad_flow(const World& world, const TradeYear& trade, const std::string& group) {
  const std::size_t countries = world.countries.size();
  for (std::size_t k = 0; k < world.products.size(); ++k)
    for (std::uint64_t at = trade.product_offset[k]; at < trade.product_offset[k + 1]; ++at) {
      const std::uint16_t exporter = trade.exporter[at];
      const std::uint16_t market = trade.market[at];
      for (const auto& [index, name] : {std::pair(exporter, "exporter"), std::pair(market, "market")})
        if (index >= countries)
          throw input_error(fmt::format("country {} at row {} does not exist", index, at), group + "/" + name,
                            fmt::format("use 0 to {}", countries - 1));
      const std::string flow = fmt::format("row {} ({}, {} to {})", at, world.products[k].code,
                                           world.countries[exporter].iso3, world.countries[market].iso3);
      if (exporter == market)
        throw input_error("exporter and market are the same in " + flow, group + "/market", "remove the flow");
      if (bad_value(trade.value[at]))
        throw input_error(fmt::format("value {} is negative or not finite in {}", trade.value[at], flow),
                          group + "/value", "give US dollars, or remove the flow");
      if (at == trade.product_offset[k]) continue;
      const std::uint32_t before = pair_key(trade.exporter[at - 1], trade.market[at - 1]);
      if (before == pair_key(exporter, market))
        throw input_error(flow + " is there twice", group + "/exporter", "add the two flows up");
      if (before > pair_key(exporter, market))
        throw input_error(flow + " is out of order", group + "/exporter", "sort by (product, exporter, market)");
    }
  throw Error(ErrorKind::internal, "flows were counted as bad and none was found", group);
}

bool lines_are_sound(const Tariffs& tariffs, std::size_t products) {
  const auto lines = static_cast<std::int64_t>(tariffs.line_rate.size());
  const std::int32_t* schedule = tariffs.line_schedule.data();
  const std::int32_t* regime = tariffs.line_regime.data();
  const std::int32_t* product = tariffs.line_product.data();
  const double* rate = tariffs.line_rate.data();
  const auto schedules = static_cast<std::int32_t>(tariffs.schedules.size());
  const auto regimes = static_cast<std::int32_t>(tariffs.regimes.size());
  const auto product_count = static_cast<std::int32_t>(products);
  std::int64_t faults = 0;
#pragma omp parallel for schedule(static) reduction(+ : faults) if (lines > worth_threads)
  for (std::int64_t at = 0; at < lines; ++at) {
    faults += schedule[at] < 0 || schedule[at] >= schedules || regime[at] < 0 || regime[at] >= regimes ||
              product[at] < 0 || product[at] >= product_count || bad_value(rate[at]);
    if (at == 0) continue;
    const bool ascends = schedule[at] != schedule[at - 1] ? schedule[at] > schedule[at - 1]
                         : regime[at] != regime[at - 1]   ? regime[at] > regime[at - 1]
                                                          : product[at] > product[at - 1];
    faults += !ascends;
  }
  return faults == 0;
}

[[noreturn]] void name_bad_line(const World& world, const std::string& group) {
  const Tariffs& tariffs = world.tariffs;
  check_indices(tariffs.line_schedule, 0, tariffs.schedules.size(), group + "/line_schedule");
  check_indices(tariffs.line_regime, 0, tariffs.regimes.size(), group + "/line_regime");
  check_indices(tariffs.line_product, 0, world.products.size(), group + "/line_product");
  for (std::size_t at = 0; at < tariffs.line_rate.size(); ++at) {
    const auto key = [&](std::size_t row) {
      return std::make_tuple(tariffs.line_schedule[row], tariffs.line_regime[row], tariffs.line_product[row]);
    };
    const std::string line =
        fmt::format("line {} ({}, {}, {})", at, tariffs.schedules[static_cast<std::size_t>(tariffs.line_schedule[at])],
                    tariffs.regimes[static_cast<std::size_t>(tariffs.line_regime[at])],
                    world.products[static_cast<std::size_t>(tariffs.line_product[at])].code);
    if (bad_value(tariffs.line_rate[at]))
      throw input_error(fmt::format("rate {} is negative or not finite in {}", tariffs.line_rate[at], line),
                        group + "/line_rate", "give a fraction, 0.2 for 20 %");
    if (at > 0 && key(at) == key(at - 1))
      throw input_error(line + " is there twice", group + "/line_schedule", "keep one of each");
    if (at > 0 && key(at) < key(at - 1))
      throw input_error(line + " is out of order", group + "/line_schedule", "sort by (schedule, regime, product)");
  }
  throw Error(ErrorKind::internal, "tariff lines were counted as bad and none was found", group);
}

void same_size(std::size_t is, std::size_t should_be, const std::string& where) {
  if (is != should_be)
    throw input_error(fmt::format("has {} rows instead of {}", is, should_be), where, "make the columns of one length");
}

}  // namespace

void check_indices(const std::vector<std::int32_t>& values, std::int32_t lowest, std::size_t size,
                   const std::string& where) {
  for (std::size_t at = 0; at < values.size(); ++at)
    if (values[at] < lowest || values[at] >= static_cast<std::int64_t>(size))
      throw input_error(fmt::format("index {} at row {} does not exist", values[at], at), where,
                        fmt::format("use {} to {}", lowest, static_cast<std::int64_t>(size) - 1));
}

void check_offsets(const World& world, const TradeYear& trade, std::uint64_t flows, const std::string& where) {
  const std::vector<std::uint64_t>& offset = trade.product_offset;
  if (offset.size() != world.products.size() + 1)
    throw input_error(fmt::format("has {} elements instead of {}", offset.size(), world.products.size() + 1), where,
                      "give one more than there are products");
  if (offset.front() != 0) throw input_error(fmt::format("starts with {}", offset.front()), where, "start with 0");
  for (std::size_t k = 0; k + 1 < offset.size(); ++k)
    if (offset[k + 1] < offset[k])
      throw input_error(fmt::format("{} follows {} at product {}", offset[k + 1], offset[k], world.products[k].code),
                        where, "offsets never fall");
  if (offset.back() != flows)
    throw input_error(fmt::format("ends with {} where there are {} flows", offset.back(), flows), where,
                      "end with the number of flows");
}

void check_trade(const World& world, const TradeYear& trade, const std::string& file) {
  const std::string group = fmt::format("{}:/trade/{}", file, trade.year);
  same_size(trade.exporter.size(), trade.value.size(), group + "/exporter");
  same_size(trade.market.size(), trade.value.size(), group + "/market");
  check_offsets(world, trade, trade.value.size(), group + "/product_offset");
  if (!flows_are_sound(trade, world.countries.size())) name_bad_flow(world, trade, group);
}

void check_tariff_rows(const World& world, const std::string& file) {
  const Tariffs& tariffs = world.tariffs;
  const std::string group = file + ":/tariff";
  same_size(tariffs.line_schedule.size(), tariffs.line_rate.size(), group + "/line_schedule");
  same_size(tariffs.line_regime.size(), tariffs.line_rate.size(), group + "/line_regime");
  same_size(tariffs.line_product.size(), tariffs.line_rate.size(), group + "/line_product");
  if (!lines_are_sound(tariffs, world.products.size())) name_bad_line(world, group);

  const std::size_t members = tariffs.member_market.size();
  same_size(tariffs.member_regime.size(), members, group + "/member_regime");
  same_size(tariffs.member_exporter.size(), members, group + "/member_exporter");
  same_size(tariffs.member_first_year.size(), members, group + "/member_first_year");
  same_size(tariffs.member_last_year.size(), members, group + "/member_last_year");
  check_indices(tariffs.member_market, 0, world.countries.size(), group + "/member_market");
  check_indices(tariffs.member_regime, 0, tariffs.regimes.size(), group + "/member_regime");
  check_indices(tariffs.member_exporter, 0, world.countries.size(), group + "/member_exporter");
  for (std::size_t at = 0; at < members; ++at)
    if (tariffs.member_first_year[at] < Tariffs::first_open || tariffs.member_last_year[at] > Tariffs::last_open)
      throw input_error(fmt::format("member row {} lasts from {} to {}", at, tariffs.member_first_year[at],
                                    tariffs.member_last_year[at]),
                        group + "/member_first_year",
                        fmt::format("use {} and {} for open ends", Tariffs::first_open, Tariffs::last_open));
}

}  // namespace potentia
