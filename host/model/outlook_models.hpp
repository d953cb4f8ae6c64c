// The models of a back-test, as they are applied to a world of another base (METHOD.md, "Outlook").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/model/cell_facts.hpp"
#include "io/result/backtest_result.hpp"
#include "io/result/solution.hpp"
#include "io/world/world.hpp"

namespace potentia {

/// A fitted model as a sum over unscaled regressors.
struct OutlookForm {
  double constant = 0.0;
  double trade = 0.0;                      ///< weight of ln v0; 0 where it is none of the regressors
  double weight[plain_regressors] = {};
};

struct OutlookModels {
  OutlookForm start;                       ///< log odds that a flow starts: the plain model
  OutlookForm size;                        ///< ln of what starters sell
  double smearing = 1.0;                   ///< mean of exp(residual) of that
  OutlookForm growth;                      ///< ln(v1 / v0) of flows
  std::optional<OutlookForm> survival;     ///< log odds that a flow survives; none where the back-test saw no deaths
  std::vector<double> class_bound;         ///< USD of v0, ascending: one fewer than classes
  std::vector<double> class_width;         ///< of ln(v1 / v0)
  std::vector<double> class_smearing;      ///< mean of exp(residual)

  std::vector<std::int32_t> origin, outcome;  ///< years
  std::vector<std::string> products;       ///< codes of those that took part, ascending
  std::string hs_revision;
  std::string file, digest;                ///< where they are from
};

/// @throws Error(input) where the file is no back-test, or was not able to fit what an outlook needs
OutlookModels read_outlook_models(const std::string& path);

/// How a world is looked at with these models.
struct OutlookScale {
  double years = 1.0;          ///< h' / h: the world's horizon in units of the back-test's length
  double share_of_trade = 1.0; ///< of the products that took part in the world's base trade …
  double share_of_flows = 1.0; ///< … and among its flows: what v_ij and n_ij are multiplied by
};

/// Tells what is scaled.
/// @throws Error(input) where the world is of another nomenclature, or lacks many of the products
OutlookScale outlook_scale(const OutlookModels& models, const World& world, const Solution& solution, const Problem& problem,
                           const Tables& tables, const CellFacts& facts, std::vector<Notice>& notices);

}  // namespace potentia
