// What an outlook looks things up in.
#pragma once

#include <limits>
#include <vector>

#include "host/model/cell_facts.hpp"
#include "host/model/outlook_models.hpp"

namespace potentia {

/// USD: what is smaller than a normal number is nothing.
inline constexpr double least_potential = std::numeric_limits<double>::min();

struct OutlookTables {
  OutlookTables(const OutlookModels& models, const OutlookScale& scale, CellFacts facts);

  OutlookModels models;
  OutlookScale scale;
  CellFacts facts;
  double log_share_of_trade;
  std::vector<double> log_shared;        ///< [n] ln(1 + share of flows · n)
  std::vector<double> reach, mean_ratio; ///< [class of size] e^width; what is expected over the middle of the interval
};

}  // namespace potentia
