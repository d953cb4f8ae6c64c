// What an outlook says of one cell.
#pragma once

#include <cstdint>

#include "host/model/outlook_tables.hpp"
#include "io/world/world.hpp"

namespace potentia {

struct OneCell {
  std::int32_t exporter, market, product;  ///< of the problem
  double potential, trade;                 ///< USD; the potential a normal number
};

/// Missing is what nothing says.
struct CellJudgement {
  double chance = missing_value, expected = missing_value, low = missing_value, high = missing_value;
};

CellJudgement judge_cell(const OutlookTables& outlook, const OneCell& cell);

}  // namespace potentia
