#include "io/scenario/instrument_spec.hpp"

#include <limits>

namespace potentia {
namespace {

using Units = std::vector<UnitSpec>;

constexpr double unlimited = std::numeric_limits<double>::max();
constexpr double above_zero = std::numeric_limits<double>::min();

const Units fraction = {{"fraction", 1.0}, {"per cent", 0.01}};
const Units points = {{"points", 0.01}, {"fraction", 1.0}};
const Units factor = {{"factor", 1.0}, {"per cent", 0.01, true}};
const Units time_spent = {{"hours", 1.0 / 24.0}, {"days", 1.0}};
const Units per_day = {{"per cent a day", 0.01}, {"fraction a day", 1.0}};
const Units points_a_year = {{"points a year", 0.01}};
const Units per_cent_a_year = {{"per cent a year", 0.01}};
const Units plain = {{"number", 1.0}};
const Units length = {{"km", 1.0}};
const Units money = {{"USD", 1.0}, {"USD thousand", 1e3}, {"USD million", 1e6}, {"USD billion", 1e9}};

const std::vector<std::string> everything = {"exporters", "markets", "products", "sectors", "processing", "tags"};
const std::vector<std::string> pairs_only = {"exporters", "markets"};
const std::vector<std::string> products_only = {"products", "sectors", "processing", "tags"};
const std::vector<std::string> markets_and_products = {"markets", "products", "sectors", "processing", "tags"};

NumberSpec scale_of(const char* what) { return {"scale", &factor, 0.0, unlimited, what}; }

InstrumentSpec growth_of(InstrumentKind kind, const char* name) {
  return {kind,
          name,
          {"countries"},
          {},
          {},
          {{"replace", &per_cent_a_year, -0.5, 1.0, "average growth until the horizon"},
           {"scale", &factor, above_zero, unlimited, "factor on the level at the horizon"},
           {"add", &points_a_year, -0.5, 1.0, "points of growth a year"}},
          {"replace", "scale", "add"},
          {},
          {},
          false};
}

}  // namespace

const std::vector<InstrumentSpec>& instrument_specs() {
  static const std::vector<InstrumentSpec> specs = {
      {InstrumentKind::tariff,
       "tariff",
       everything,
       {{"regime", {}}, {"eligibility", {"end", "start", "extend"}}},
       {"until"},
       {{"set", &fraction, 0.0, 100.0, "rate"},
        scale_of("factor on the rate"),
        {"add", &points, -100.0, 100.0, "points on the rate"},
        {"share", &fraction, 0.0, 1.0, "share of eligible trade that keeps the regime"}},
       {"eligibility", "share", "set", "scale", "add"},
       {},
       {"regime"},
       false},
      {InstrumentKind::utilisation,
       "utilisation",
       everything,
       {{"regime", {}}},
       {},
       {{"set", &fraction, 0.0, 1.0, "share of eligible trade that uses the regime"}, scale_of("factor on the share")},
       {"set", "scale"},
       {},
       {"regime"},
       false},
      {InstrumentKind::cost,
       "cost",
       everything,
       {},
       {},
       {{"days", &time_spent, -1000.0, 1000.0, "transit time"},
        {"border", &time_spent, -1000.0, 1000.0, "time at the border"},
        {"value_of_day", &per_day, 0.0, 1.0, "ad-valorem value of a day"},
        {"freight", &fraction, -0.99, 100.0, "change of freight"},
        {"freight_share", &fraction, 0.0, 10.0, "freight as a share of the value of goods"},
        {"spoilage", &fraction, -0.99, 10.0, "change of the share of goods that is lost"}},
       {},
       {"days", "border", "freight", "spoilage"},
       {},
       true},
      {InstrumentKind::ease,
       "ease",
       everything,
       {{"like", {}}},
       {},
       {{"set", &plain, 0.0, unlimited, "ease of trade"}, scale_of("factor on the ease of trade")},
       {"like", "set", "scale"},
       {},
       {},
       true},
      growth_of(InstrumentKind::gdp, "gdp"),
      growth_of(InstrumentKind::population, "population"),
      {InstrumentKind::income_elasticity,
       "income_elasticity",
       markets_and_products,
       {},
       {},
       {{"set", &plain, -100.0, 100.0, "income elasticity of imports"},
        scale_of("factor on the elasticity"),
        {"add", &plain, -100.0, 100.0, "added to the elasticity"}},
       {"set", "scale", "add"},
       {},
       {},
       false},
      {InstrumentKind::sigma,
       "sigma",
       products_only,
       {},
       {},
       {{"set", &plain, above_zero, 1000.0, "elasticity of substitution"},
        {"scale", &factor, above_zero, unlimited, "factor on the elasticity"},
        {"add", &plain, -1000.0, 1000.0, "added to the elasticity"}},
       {"set", "scale", "add"},
       {},
       {},
       false},
      {InstrumentKind::distance,
       "distance",
       pairs_only,
       {},
       {},
       {{"set", &length, above_zero, 1e6, "length of the route"},
        {"scale", &factor, above_zero, unlimited, "factor on the distance"},
        {"add", &length, -1e6, 1e6, "added to the distance"}},
       {"set", "scale", "add"},
       {},
       {},
       false},
      {InstrumentKind::target,
       "target",
       pairs_only,
       {},
       {"year"},
       {{"value", &money, above_zero, unlimited, "trade to be reached"}},
       {},
       {},
       {"value", "year", "exporters", "markets"},
       false},
  };
  return specs;
}

const InstrumentSpec& instrument_spec(InstrumentKind kind) { return instrument_specs()[static_cast<int>(kind)]; }

const char* kind_name(InstrumentKind kind) { return instrument_spec(kind).name; }

}  // namespace potentia
