// The figures of the part on potential, by what they are about, and what they share: measures (columns that follow from
// the sums of a row), series of charts, and words. Each figure is complete in itself: without potential it keeps its
// title and says so in its notice.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "host/drilldown/facts/context.hpp"
#include "host/drilldown/facts/facts_in_words.hpp"
#include "host/drilldown/facts/pair_sums.hpp"

namespace potentia::drilldown {

/// Rows that a figure shows of a longer list.
inline constexpr std::int64_t shown_markets = 15;
inline constexpr std::int64_t shown_products = 20;

/// A column of a table of potentials, with what stands in it for the sums of a row.
struct Measure {
  TableColumn column;
  std::function<Value(const Sums&)> value;
};
using Measures = std::vector<Measure>;

/// One of the value columns, USD, under its own name. @param label for people, where not the usual one
Measure usd(Column column, const std::string& label = "");
/// `part` as a share of `whole`, both of the same row.
Measure ratio(const std::string& key, const std::string& label, Column part, Column whole);
/// "static_share", "dynamic_share": the part's share of what is unrealised in the row.
Measure share_of_unrealized(Column part);
/// "share": what is unrealised in the row, of all that is. @param whole USD
Measure share_of_all_unrealized(double whole);
/// Potential at the horizon less potential now, and the four that add up to it.
Measures change_measures();

/// Columns of a table: what its rows are of, measures, and what else is said of them.
std::vector<TableColumn> columns_of(std::vector<TableColumn> first, const Measures& measures,
                                    const std::vector<TableColumn>& last = {});
/// A row of such a table.
std::vector<Value> row_of(std::vector<Value> first, const Measures& measures, const Sums& sums,
                          const std::vector<Value>& last = {});

const std::vector<Series>& static_and_dynamic();
const std::vector<Series>& parts_of_potential();  ///< realised, static, dynamic
const std::vector<Series>& reasons_of_change();

/// Bars that lie on their side, one a row, made up of the series.
Chart stacked(const std::string& category, const std::vector<Series>& series, std::int64_t first_rows = 0);

/// "By potential, the largest are A (USD 3 million), B (USD 2 million) and C (USD 1 million)."
/// @param order   items, largest first
/// @param name_of what to call an item, value_of its USD
std::string largest_of(const std::vector<std::int32_t>& order, const std::function<std::string(std::int32_t)>& name_of,
                       const std::function<double(std::int32_t)>& value_of, const std::string& by = "The");

/// What the charts of a figure show, in words; where its table has no rows, the notice instead, and no chart.
void describe(Figure& figure, const std::string& in_words, const std::string& notice);

Figure key_number_figure(const Context& context, const std::vector<Sums>& by_market);
std::vector<Figure> market_figures(const Context& context, const std::vector<Sums>& by_market);
std::vector<Figure> sector_figures(const Context& context);
std::vector<Figure> product_figures(const Context& context);

}  // namespace potentia::drilldown
