// See draws_pair.hpp.
#include "io/result/draws_pair.hpp"

#include <algorithm>

#include "io/hdf5/contents.hpp"
#include "io/result/draws_file.hpp"
#include "io/result/result_columns.hpp"
#include "io/result/result_reader.hpp"

namespace potentia {
namespace {

std::size_t position(const result::Reader& reader, const std::vector<std::string>& codes, const std::string& code) {
  const auto found = std::find(codes.begin(), codes.end(), code);
  if (found == codes.end()) throw input_error("the draws have no country " + code, reader.path(), "draw the same world");
  return static_cast<std::size_t>(found - codes.begin());
}

/// @param entries of the table behind the axis of probabilities
DrawQuantiles quantiles_at(const std::vector<double>& table, std::size_t entries, std::size_t entry) {
  DrawQuantiles out{};
  for (std::size_t p = 0; p < out.size(); ++p) out[p] = table[p * entries + entry];
  return out;
}

std::string quantile_name(const std::string& group, Column column) {
  return group + "/" + column_name(column) + "/quantile";
}

void read_cells(const result::Reader& reader, std::size_t exporter, std::size_t market, PairDraws& out) {
  const std::vector<std::uint64_t> offsets = reader.cell_offsets();
  const auto cells = static_cast<std::size_t>(offsets.back());
  const auto of_market = reader.positions("cells/market", cells, reader.markets().size());
  const auto product = reader.positions("cells/product", cells, reader.products().size());
  const hdf5::Shape shape{draw_probabilities.size(), cells};
  const auto potential = reader.numbers<double>(quantile_name("cells", column_potential), shape);
  const auto unrealized = reader.numbers<double>(quantile_name("cells", column_unrealized), shape);
  const auto in_top10 = reader.numbers<double>("cells/in_top10", {cells});
  const auto in_top50 = reader.numbers<double>("cells/in_top50", {cells});
  for (std::uint64_t at = offsets[exporter]; at < offsets[exporter + 1]; ++at)
    if (static_cast<std::size_t>(of_market[at]) == market)
      out.cells.push_back({reader.products()[static_cast<std::size_t>(product[at])], quantiles_at(potential, cells, at),
                           quantiles_at(unrealized, cells, at), in_top10[at], in_top50[at]});
}

void read_groups(const result::Reader& reader, std::size_t pair, std::size_t pairs, PairDraws& out) {
  if (!hdf5::exists(reader.file(), "sensitivity/pair")) return;
  const std::vector<std::string> names = reader.texts("sensitivity/pair/group", reader.extent("sensitivity/pair/group", 1)[0]);
  const std::vector<std::string> all = reader.texts("uncertainty/group", reader.extent("uncertainty/group", 1)[0]);
  const std::vector<std::string> meanings = reader.texts("uncertainty/meaning", all.size());
  const auto spreads = reader.numbers<double>("uncertainty/spread", {all.size()});
  const auto read = [&](const char* name) {
    return reader.numbers<double>(std::string("sensitivity/pair/") + name,
                                  {names.size(), reader.exporters().size(), reader.markets().size()});
  };
  const auto first = read("first"), total = read("total"), first_error = read("first_error"), total_error = read("total_error");
  for (std::size_t n = 0; n < names.size(); ++n) {
    PairDraws::Group group;
    group.name = names[n];
    const auto found = static_cast<std::size_t>(std::find(all.begin(), all.end(), names[n]) - all.begin());
    if (found < all.size()) {
      group.meaning = meanings[found];
      group.spread = spreads[found];
    }
    const std::size_t at = n * pairs + pair;
    group.first = first[at];
    group.total = total[at];
    group.first_error = first_error[at];
    group.total_error = total_error[at];
    out.groups.push_back(group);
  }
}

}  // namespace

PairDraws read_pair_draws(const std::string& path, const std::string& exporter, const std::string& market) {
  {
    const hdf5::File file = hdf5::open_file(path);
    if (!hdf5::has_attribute(file, "format") || hdf5::read_text_attribute(file, "format") != draws_format)
      throw input_error("no draws of potentia", path, "make them with potentia draws");
  }
  const result::Reader reader(path, draws_format_version);
  PairDraws out;
  out.file = path;
  out.digest = hdf5::stored_digest(reader.file());
  out.draws = hdf5::read_integer_attribute(reader.file(), "draws");
  out.horizon_year = hdf5::read_integer_attribute(reader.file(), "horizon_year");
  out.base_years = hdf5::read_integers_attribute(reader.file(), "base_years");
  const auto inputs = static_cast<std::size_t>(reader.extent("provenance/inputs/role", 1)[0]);
  const auto roles = reader.texts("provenance/inputs/role", inputs), digests = reader.texts("provenance/inputs/sha256", inputs);
  for (std::size_t n = 0; n < inputs; ++n)
    if (roles[n] == "world") out.world_digest = digests[n];

  const std::size_t i = position(reader, reader.exporters(), exporter), j = position(reader, reader.markets(), market);
  const std::size_t markets = reader.markets().size(), pairs = reader.exporters().size() * markets, pair = i * markets + j;
  const hdf5::Shape shape{draw_probabilities.size(), reader.exporters().size(), markets};
  out.potential = quantiles_at(reader.numbers<double>(quantile_name("pair", column_potential), shape), pairs, pair);
  out.unrealized = quantiles_at(reader.numbers<double>(quantile_name("pair", column_unrealized), shape), pairs, pair);
  read_cells(reader, i, j, out);
  read_groups(reader, pair, pairs, out);
  return out;
}

}  // namespace potentia
