#include "host/batch/shared_problem.hpp"

#include <algorithm>

#include "io/world/world_file.hpp"

namespace potentia {
namespace {

/// The years with a say: of settings or world, but for those of weight 0, which nobody looks at.
std::vector<std::int32_t> years_to_read(const World& world, const Settings& settings) {
  const std::vector<std::int32_t>& own = settings.world.base_years;
  std::vector<std::int32_t> years = own.empty() ? world.base_years : own;
  std::sort(years.begin(), years.end());
  return years;
}

std::vector<std::int32_t> candidates(const World& world, const std::vector<std::uint64_t>& flows) {
  std::vector<std::int32_t> products;
  for (std::size_t k = 0; k < flows.size(); ++k)
    if (world.products[k].in_scope && flows[k] > 0) products.push_back(static_cast<std::int32_t>(k));
  return products;
}

}  // namespace

SharedProblem read_shared_problem(const std::string& path, const Settings& settings, Ranks& ranks, int parts, int threads) {
  SharedProblem shared;
  if (ranks.size() == 1) {
    shared.world = read_world(path);
    shared.built = build_problem(shared.world, settings, threads);
    const auto flows = flows_by_product(shared.world, shared.built.settings.world.base_years);
    shared.division = divide(shared.world, shared.built.products, flows, parts);
    return shared;
  }

  // Whether a product with flows has any above zero is known once they have been read. It nearly always has; where not,
  // the work is divided anew and read again.
  std::vector<std::int32_t> traded;
  std::vector<std::uint64_t> all_flows;
  TradeShare share;
  share.rank = ranks.rank();
  share.ranks = ranks.size();
  share.years = [&](const World& world) { return years_to_read(world, settings); };
  share.owner = [&](const World& world, const std::vector<std::uint64_t>& flows) {
    all_flows = flows;
    if (traded.empty()) traded = candidates(world, flows);
    shared.division = divide(world, traded, flows, parts);
    return shared.division.owner;
  };
  share.complete = [&](std::vector<std::array<unsigned char, 16>>& hashes) {
    ranks.join_bits(hashes.data(), hashes.size() * sizeof hashes[0]);
  };
  const JoinFlags join = [&](std::vector<std::uint8_t>& flags) { ranks.join_bits(flags.data(), flags.size()); };
  shared.world = read_world_share(path, share);
  shared.built = build_problem(shared.world, settings, threads, join);
  if (shared.built.products != traded && !shared.built.products.empty()) {
    traded = shared.built.products;
    shared.built = {};
    shared.world = read_world_share(path, share);
    shared.built = build_problem(shared.world, settings, threads, join);
  } else if (shared.built.products.empty()) {
    shared.division = divide(shared.world, {}, all_flows, parts);
  }
  return shared;
}

}  // namespace potentia
