#include "host/model/outlook_models.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "io/result/backtest_file.hpp"
#include "io/result/result_read.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr double enough_products = 0.9;  ///< of those that took part, that a world must have

OutlookForm form_of(const BacktestModel& model, const std::string& where) {
  OutlookForm form;
  for (std::size_t at = 0; at < model.regressor.size(); ++at) {
    const std::string& name = model.regressor[at];
    const double weight = model.coefficient[at] / model.deviation[at];
    form.constant += at == 0 ? model.coefficient[0] : -weight * model.mean[at];
    const auto plain = std::find(plain_names().begin(), plain_names().end(), name);
    if (plain != plain_names().end()) form.weight[plain - plain_names().begin()] = weight;
    else if (name == trade_name) form.trade = weight;
    else if (at > 0)
      throw input_error("the model has a regressor that this program does not know: " + name, where,
                        "make the back-test with this version of potentia");
  }
  return form;
}

[[noreturn]] void refuse(const std::string& what, const std::string& where) {
  throw input_error("the back-test has no model of " + what, where, "make one of a larger world, or of other years");
}

double centre(const std::vector<std::int32_t>& years) {
  return std::accumulate(years.begin(), years.end(), 0.0) / static_cast<double>(years.size());
}

/// Whether each product of the problem took part.
std::vector<std::uint8_t> taking_part(const OutlookModels& models, const World& world, const Solution& solution,
                                      const Problem& problem) {
  std::vector<std::uint8_t> takes_part(problem.products);
  for (std::int32_t k = 0; k < problem.products; ++k) {
    const std::string& code = world.products[solution.axes.products[problem.product_column[k]]].code;
    takes_part[k] = std::binary_search(models.products.begin(), models.products.end(), code);
  }
  return takes_part;
}

void check_products(const OutlookModels& models, const World& world, std::size_t common) {
  if (world.hs_revision != models.hs_revision)
    throw input_error("the back-test is of products by " + models.hs_revision + ", the world of " + world.hs_revision,
                      models.file, "make a back-test of a world with the same nomenclature");
  if (static_cast<double>(common) < enough_products * static_cast<double>(models.products.size()))
    throw input_error(fmt::format("only {} of the {} products of the back-test are traded in this world", common,
                                  models.products.size()),
                      models.file, "make a back-test of a world with the same list of products");
}

}  // namespace

OutlookModels read_outlook_models(const std::string& path) {
  const Backtest backtest = read_backtest(path);
  OutlookModels models;
  const auto plain = std::find_if(backtest.chances.begin(), backtest.chances.end(),
                                  [](const BacktestChance& chance) { return chance.name == "plain"; });
  if (plain == backtest.chances.end()) refuse("chances", path + ":/chance/plain");
  if (backtest.start_size.empty()) refuse("the size of flows that start", path + ":/new/size");
  if (backtest.growth.empty()) refuse("growth", path + ":/continuing/growth");
  models.start = form_of(*plain, path + ":/chance/plain");
  models.size = form_of(backtest.start_size[0], path + ":/new/size");
  models.smearing = backtest.start_size[0].smearing;
  models.growth = form_of(backtest.growth[0], path + ":/continuing/growth");
  if (!backtest.survival.empty()) models.survival = form_of(backtest.survival[0], path + ":/continuing/survival");
  models.class_bound = backtest.class_bound;
  models.class_width = backtest.class_width;
  models.class_smearing = backtest.class_smearing;
  models.origin = backtest.origin;
  models.outcome = backtest.outcome;
  models.products = backtest.products;
  models.hs_revision = backtest.hs_revision;
  models.file = path;
  models.digest = content_digest(path);
  return models;
}

OutlookScale outlook_scale(const OutlookModels& models, const World& world, const Solution& solution, const Problem& problem,
                           const Tables& tables, const CellFacts& facts, std::vector<Notice>& notices) {
  OutlookScale scale;
  const double length = centre(models.outcome) - centre(models.origin);
  const double horizon = solution.settings.world.horizon_year - centre(solution.settings.world.base_years);
  scale.years = horizon / length;
  if (scale.years != 1.0)
    notices.push_back({"note", "outlook.scaled", 1,
                       fmt::format("the back-test is over {:g} years, the horizon {:g} ahead: chances are 1 - (1 - p)^({:g}/{:g}) "
                                   "and expected growth is multiplied by {:g}/{:g}; the width of intervals stays",
                                   length, horizon, horizon, length, horizon, length),
                       {}});
  if (!models.survival)
    notices.push_back({"note", "outlook.no_survival", 1,
                       "the back-test saw no flow end: flows of today have an expected value, but no chance to go on", {}});

  const std::vector<std::uint8_t> takes_part = taking_part(models, world, solution, problem);
  const auto common = static_cast<std::size_t>(std::count(takes_part.begin(), takes_part.end(), 1));
  check_products(models, world, common);
  if (common == takes_part.size()) return scale;
  double trade[2] = {}, flows[2] = {};  // of products that did not take part, and of those that did
  for (std::int32_t k = 0; k < problem.products; ++k)
    for (std::int32_t country = 0; country < problem.countries; ++country) {
      trade[takes_part[k]] += tables.view.exports[std::int64_t{k} * tables.view.stride + country];
      flows[takes_part[k]] += facts.suppliers[std::int64_t{k} * problem.countries + country];
    }
  scale.share_of_trade = trade[1] / (trade[0] + trade[1]);
  scale.share_of_flows = flows[1] / (flows[0] + flows[1]);
  notices.push_back({"note", "outlook.other_products", takes_part.size() - common,
                     fmt::format("{} of {} products took part in the back-test: trade and number of products between a pair are "
                                 "multiplied by their shares of trade, {:.4f}, and of flows, {:.4f}",
                                 common, takes_part.size(), scale.share_of_trade, scale.share_of_flows),
                     {}});
  return scale;
}

}  // namespace potentia
