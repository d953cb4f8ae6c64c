#include "host/backtest/summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace potentia {
namespace {

std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

void tell_chance(const BacktestChance& chance, std::vector<std::string>& lines) {
  lines.push_back(fmt::format("chance, {} model, out of sample: AUC {:.5f}, Brier score {:.6f}, log loss {:.6f}", chance.name,
                              chance.auc, chance.brier, chance.log_loss));
  lines.push_back(fmt::format("  tenths   predicted {:.4f}", fmt::join(chance.predicted, "  ")));
  lines.push_back(fmt::format("           observed  {:.4f}", fmt::join(chance.observed, "  ")));
  lines.push_back(fmt::format("  {:<34}{:>12}{:>12}", "regressor (a standard deviation)", "coefficient", "error"));
  for (std::size_t at = 0; at < chance.regressor.size(); ++at)
    lines.push_back(fmt::format("  {:<34}{:>12.5f}{:>12.5f}", chance.regressor[at], chance.coefficient[at], chance.standard_error[at]));
}

}  // namespace

std::vector<std::string> backtest_lines(const Backtest& backtest) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("origin {}, outcome {}", fmt::join(backtest.origin, ", "), fmt::join(backtest.outcome, ", ")));
  lines.push_back(fmt::format("new flows: {} of {} cells without trade started ({:.2f} %)", with_commas(backtest.starts),
                              with_commas(backtest.candidates),
                              100.0 * static_cast<double>(backtest.starts) / static_cast<double>(backtest.candidates)));
  lines.push_back(fmt::format("  {:<24}{:>9}{:>10}{:>10}{:>10}", "ranked by", "AUC", "top 10", "top 50", "top 500"));
  for (const BacktestPredictor& one : backtest.predictors)
    lines.push_back(fmt::format("  {:<24}{:>9.5f}{:>10.2f}{:>10.2f}{:>10.2f}", one.name, one.auc, one.lift[0], one.lift[1], one.lift[2]));
  for (const BacktestChance& chance : backtest.chances) tell_chance(chance, lines);
  lines.push_back(fmt::format("continuing flows: {}, of which {} survived", with_commas(backtest.flows), with_commas(backtest.survivors)));
  for (const BacktestChance& chance : backtest.survival) tell_chance(chance, lines);
  for (std::size_t at = 0; at < backtest.r2.size(); ++at)
    lines.push_back(fmt::format("  growth explained out of sample by {:<16} R2 {:.4f}", backtest.r2_name[at], backtest.r2[at]));
  lines.push_back(fmt::format("  rank correlation of growth with potential / trade {:.4f}, with trade {:.4f}", backtest.spearman_gap,
                              backtest.spearman_size));
  lines.push_back(fmt::format("  90 % intervals cover {:.4f} of flows out of sample", backtest.coverage90));
  return lines;
}

}  // namespace potentia
