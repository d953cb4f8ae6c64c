#include "host/model/outlook_tables.hpp"

#include <algorithm>
#include <utility>

#include "kernels/real_math.hpp"

namespace potentia {

OutlookTables::OutlookTables(const OutlookModels& of_models, const OutlookScale& of_scale, CellFacts of_facts)
    : models(of_models), scale(of_scale), facts(std::move(of_facts)), log_share_of_trade(potentia::log(scale.share_of_trade)) {
  for (std::int32_t n = 0; n <= facts.products; ++n) log_shared.push_back(potentia::log(1.0 + scale.share_of_flows * n));
  for (std::size_t at = 0; at < models.class_width.size(); ++at) {
    reach.push_back(potentia::exp(models.class_width[at]));
    // Flows of a few hundred dollars err so widely that a mean says little: what is expected stays inside the interval.
    const double mean = potentia::exp(scale.years * potentia::log(models.class_smearing[at]));
    mean_ratio.push_back(std::min(std::max(mean, 1.0 / reach[at]), reach[at]));
  }
}

}  // namespace potentia
