// Colours of series by role: those of Okabe and Ito, told apart with any kind of colour blindness, as in charts.js.
#include "host/drilldown/forms/figures/colours.hpp"

#include <set>

namespace potentia::drilldown::figures {
namespace {

Rgb colour_of(Role role) {
  switch (role) {
    case Role::plain:
    case Role::exports:
    case Role::market:
    case Role::supply:
    case Role::after:
    case Role::change: return 0x0072b2;
    case Role::imports:
    case Role::tariff: return 0xd55e00;
    case Role::balance:
    case Role::actual: return 0x6f7d8a;
    case Role::rest:
    case Role::before: return 0x9aa6b2;
    case Role::realized:
    case Role::income: return 0x009e73;
    case Role::unrealized:
    case Role::population: return 0xcc79a7;
    case Role::static_part: return 0xe69f00;
    case Role::dynamic_part: return 0x56b4e9;
    case Role::raw: return 0xa8dcc9;
    case Role::semi_processed: return 0x35a582;
    case Role::processed: return 0x00664b;
  }
  return 0x0072b2;
}

}  // namespace

std::vector<Rgb> colours_of(const std::vector<Role>& roles) {
  constexpr Rgb more[] = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x9aa6b2, 0x8c6d1f};
  std::set<Rgb> used;
  std::vector<Rgb> colours;
  for (const Role role : roles) {
    Rgb colour = colour_of(role);
    if (used.count(colour) > 0)
      for (const Rgb other : more)
        if (used.count(other) == 0) {
          colour = other;
          break;
        }
    used.insert(colour);
    colours.push_back(colour);
  }
  return colours;
}

}  // namespace potentia::drilldown::figures
