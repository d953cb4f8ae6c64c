// A report as plain data: parts of figures, each a table with its definition, its unit and the chart that draws it. The
// page, the JSON and the CSV files are three ways of writing the same thing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "host/model/party.hpp"

namespace potentia::drilldown {

/// One entry of a table; monostate where there is nothing to say.
using Value = std::variant<std::monostate, std::string, double, std::int64_t, bool>;

/// How a column is to be read and shown. Tables hold USD, plain shares (0.25) and plain rates (0.05) in full precision;
/// only the page rounds and scales.
enum class Kind { text, code, year, count, usd, share, points, number, flag };

struct TableColumn {
  std::string key;    ///< stable name, snake_case: CSV header and JSON key
  std::string label;  ///< for people
  Kind kind = Kind::text;
};

struct Table {
  std::vector<TableColumn> columns;
  std::vector<std::vector<Value>> rows;  ///< each as long as `columns`
};

/// What a series shows: decides its colour, the same on every chart of the page.
enum class Role { plain, exports, imports, balance, market, rest, actual, realized, unrealized, static_part, dynamic_part,
                  supply, population, income, tariff, before, after, raw, semi_processed, processed,
                  change  ///< by its sign: one colour for what rises, one for what falls
};

struct Series {
  std::string column;  ///< key of the table's column
  Role role = Role::plain;
  std::string low = "", high = "";  ///< keys of the ends of a line over each value, if there is one
};

struct Chart {
  enum class Type {
    line,
    bar,
    stacked_bar,
    horizontal_bar,
    horizontal_stacked,
    waterfall, ///< lying bars, each from its first series to its second
    scatter,   ///< a point for each row, its series upwards and `along` to the right; medians divide it
    interval   ///< points on lying lines, on a scale of powers of ten
  } type = Type::bar;
  std::string category;  ///< key of the column along the axis
  std::vector<Series> series;
  std::int64_t first_rows = 0;  ///< draw only so many rows, 0 = all
  std::string along = "";       ///< key of the column along the other axis of a scatter
};

struct Figure {
  std::string id;          ///< stable name, also the name of its CSV file
  std::string title;
  std::string definition;  ///< what the numbers are and how they are computed, in a sentence or two
  Table table;
  std::vector<Chart> charts;   ///< none, one, or two beside each other
  std::string alternative;     ///< what a chart shows, in words, for those who cannot see it
  std::string notice;          ///< why there is nothing, in one line; then the table is empty
  std::string section = "";    ///< heading of the part's section that begins with this figure, mostly none
};

struct Part {
  std::string id, title;
  std::vector<Figure> figures;
};

/// A finding and the rule that made it.
struct Finding {
  std::string rule;      ///< stable name of the rule, listed in the page's appendix
  std::string sentence;
};

/// A rule that a reader can look up.
struct Rule {
  std::string name, when, says;
};

struct Report {
  Party exporter, market;
  std::vector<std::int32_t> base_years;
  std::int32_t horizon_year = 0;
  std::string world_title;
  std::map<std::string, std::string> short_names;  ///< of products, by code, where shorter than their names
  std::vector<Part> parts;            ///< the parts of the page, in order: eight, and one on scenarios if there are any
  std::vector<Finding> findings;
  std::vector<Rule> rules;
};

}  // namespace potentia::drilldown
