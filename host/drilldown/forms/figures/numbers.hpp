// Numbers of a picture as text: in one unit for the whole chart, as the page writes them (format.js).
#pragma once

#include <string>
#include <vector>

#include "host/drilldown/report.hpp"

namespace potentia::drilldown::figures {

/// What values are divided by and what stands beside the axis.
struct Unit {
  double factor = 1;   ///< shown = value × factor
  std::string name;    ///< of the axis: "USD million", "percentage points", or nothing
  std::string suffix;  ///< of each number: "%" or nothing
  int most_decimals = 4;
};

/// The unit in which the largest value of a chart reads well: dollars by themselves, in thousands (from 1,000 on), millions,
/// billions (from 10 billion on) or trillions (from 10 trillion on); shares in per cent.
Unit unit_of(Kind kind, double largest);

/// 1,234.50 and −0.5, with as many decimals; no sign on what rounds to nothing.
std::string fixed(double value, int decimals);

/// Decimals that suit most of these values. @param values in the table's measure, NaN where missing
int usual_decimals(const std::vector<double>& values, Kind kind, const Unit& unit);

/// A value with at least two significant digits where `decimals` would leave fewer: "1,234.5", "0.012", "<0.0001", "8.5%".
std::string amount(double value, Kind kind, const Unit& unit, int decimals);

}  // namespace potentia::drilldown::figures
