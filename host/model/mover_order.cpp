// How movers and factors are called, and which come first.
#include <algorithm>
#include <cmath>

#include "host/model/movers.hpp"

namespace potentia {
namespace {

constexpr double rounding = 1e-9;  // of sums of some ten thousand terms

}  // namespace

const char* factor_name(MoverFactor factor) {
  static const char* const names[mover_factor_count] = {
      "supply", "supply_growth", "imports", "population", "income", "tariffs", "ease", "coverage", "access_and_fit"};
  return names[static_cast<std::size_t>(factor)];
}

const char* factor_in_words(MoverFactor factor) {
  static const char* const words[mover_factor_count] = {
      "supply",        "growth of supply", "imports",       "population",
      "income",        "tariffs to come",  "ease of trade", "countries or products of one result",
      "access and fit"};
  return words[static_cast<std::size_t>(factor)];
}

const char* Movers::method() {
  return "what moved: the change of the potential at the horizon, shared out by logarithmic means between supply, "
         "imports, "
         "their growth, tariffs to come and ease of trade where the result holds sums by the axes of that factor; ~ "
         "marks "
         "what is averaged over estimated cells instead; access and fit (tariffs of today, distance fit) is what "
         "remains.";
}

std::vector<std::size_t> largest_movers(const MoverList& list, Column column, std::size_t most) {
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < list.movers.size(); ++n)
    if (list.movers[n].change(column) != 0) order.push_back(n);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(list.movers[a].change(column)) > std::abs(list.movers[b].change(column));
  });
  order.resize(std::min(order.size(), most));
  return order;
}

std::vector<MoverFactor> factors_by_size(const Mover& mover) {
  std::vector<MoverFactor> order;
  double whole = 0;
  for (const double value : mover.parts) whole += std::abs(value);
  for (std::size_t f = 0; f < mover_factor_count; ++f)
    if (std::abs(mover.parts[f]) > rounding * whole) order.push_back(static_cast<MoverFactor>(f));
  std::stable_sort(order.begin(), order.end(), [&](MoverFactor a, MoverFactor b) {
    return std::abs(mover.parts[static_cast<std::size_t>(a)]) > std::abs(mover.parts[static_cast<std::size_t>(b)]);
  });
  return order;
}

}  // namespace potentia
