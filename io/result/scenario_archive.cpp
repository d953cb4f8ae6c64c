#include "io/result/scenario_archive.hpp"

#include <array>
#include <cstring>
#include <type_traits>

#include "kernels/error.hpp"

namespace potentia {
namespace {

class Out {
public:
  static constexpr bool reads = false;
  Bytes bytes;
  void raw(const void* from, std::size_t count) {
    const auto* begin = static_cast<const std::uint8_t*>(from);
    bytes.insert(bytes.end(), begin, begin + count);
  }
};

class In {
public:
  static constexpr bool reads = true;
  In(const Bytes& bytes, const std::string& where) : bytes_(bytes), where_(where) {}
  void raw(void* to, std::size_t count) {
    if (count > bytes_.size() - at_) damaged();
    if (count > 0) std::memcpy(to, bytes_.data() + at_, count);
    at_ += count;
  }
  /// Before room is made for so many. @param each bytes that one takes at least
  void expect(std::uint64_t count, std::size_t each) const {
    if (count > (bytes_.size() - at_) / each) damaged();
  }
  void end() const {
    if (at_ != bytes_.size()) damaged();
  }

private:
  [[noreturn]] void damaged() const {
    throw input_error("is not what was written", where_, "make the file again with this program");
  }
  const Bytes& bytes_;
  const std::string& where_;
  std::size_t at_ = 0;
};

// Each struct says once which members it has, for both directions.

template <class A, class T, std::enable_if_t<std::is_arithmetic_v<T> || std::is_enum_v<T>, int> = 0>
void visit(A& a, T& value) {
  a.raw(&value, sizeof value);
}

template <class A>
std::uint64_t visit_size(A& a, std::uint64_t size, std::size_t each) {
  visit(a, size);
  if constexpr (A::reads) a.expect(size, each);
  return size;
}

template <class A>
void visit(A& a, std::string& text) {
  const std::uint64_t size = visit_size(a, text.size(), 1);
  if constexpr (A::reads) text.resize(size);
  a.raw(text.data(), size);
}

template <class A, class T>
void visit(A& a, Buffer<T>& buffer) {
  const std::uint64_t size = visit_size(a, buffer.size(), sizeof(T));
  if constexpr (A::reads) buffer = Buffer<T>(size);
  a.raw(buffer.data(), size * sizeof(T));
}

template <class A>
void visit(A& a, Notice& notice);
template <class A>
void visit(A& a, SourceFile& file);
template <class A>
void visit(A& a, Country& country);
template <class A>
void visit(A& a, Product& product);
template <class A>
void visit(A& a, AssumptionLine& line);
template <class A>
void visit(A& a, PairPiece& piece);
template <class A>
void visit(A& a, TargetPart& target);

template <class A, class T>
void visit(A& a, std::vector<T>& list) {
  constexpr bool plain = std::is_arithmetic_v<T>;
  const std::uint64_t size = visit_size(a, list.size(), plain ? sizeof(T) : 1);
  if constexpr (A::reads) list.resize(size);
  if constexpr (plain) {
    a.raw(list.data(), size * sizeof(T));
  } else {
    for (T& one : list) visit(a, one);
  }
}

template <class A, class T, std::size_t n>
void visit(A& a, std::array<T, n>& list) {
  for (T& one : list) visit(a, one);
}

template <class A, class... Members>
void visit_all(A& a, Members&... members) {
  (visit(a, members), ...);
}

template <class A>
void visit(A& a, Notice& notice) {
  visit_all(a, notice.kind, notice.rule, notice.count, notice.detail, notice.whose);
}
template <class A>
void visit(A& a, SourceFile& file) {
  visit_all(a, file.role, file.name, file.sha256, file.bytes);
}
template <class A>
void visit(A& a, Country& country) {
  visit_all(a, country.iso3, country.iso2, country.name);
}
template <class A>
void visit(A& a, Product& product) {
  visit_all(a, product.code, product.name, product.in_scope, product.sector, product.processing);
}
template <class A>
void visit(A& a, AssumptionLine& line) {
  visit_all(a, line.instrument, line.kind, line.side, line.what, line.source, line.assumption, line.acts, line.where);
}
template <class A>
void visit(A& a, PairPiece& piece) {
  visit_all(a, piece.segment, piece.sector, piece.continues, piece.sums);
}
template <class A>
void visit(A& a, TargetPart& target) {
  TargetLine& line = target.line;
  visit_all(a, line.instrument, line.exporters, line.markets, line.two_way, line.year, line.compared_year, line.value,
            line.past_growth, line.past_first, line.past_last, target.unrealized, target.static_part);
}
template <class A>
void visit(A& a, PairTerms& terms) {
  visit_all(a, terms.countries, terms.tariffs, terms.income_by_product, terms.log_population, terms.log_income);
}
template <class A>
void visit(A& a, PairSums& sums) {
  visit_all(a, sums.markets, sums.terms, sums.pieces);
}
template <class A>
void visit(A& a, Margin& margin) {
  visit(a, margin.columns);
}
template <class A>
void visit(A& a, Factors& factors) {
  visit_all(a, factors.supply_now, factors.supply, factors.demand_now, factors.demand, factors.typical_distance,
            factors.ease);
}

template <class A>
void visit(A& a, ScenarioPart& part) {
  ScenarioResult& told = part.told;
  visit_all(a, told.name, told.description, told.files, told.assumptions, told.instruments, told.notices,
            told.changes_nothing, told.sector_exporters, told.sector_markets);
  visit_all(a, told.baseline_exporter_product, told.scenario_exporter_product, told.baseline_market_product,
            told.scenario_market_product, told.baseline_factors, told.scenario_factors);
  ScenarioCells& cells = told.cells;
  visit_all(a, cells.exporter, cells.market, cells.product, cells.baseline, cells.scenario, cells.at_risk,
            cells.by_instrument);
  ScenarioProducts& products = told.products;
  visit_all(a, products.baseline, products.scenario, products.at_risk, products.by_instrument);
  visit_all(a, part.start, part.baseline, part.scenario, part.targets);
}

template <class A>
void visit(A& a, ScenarioHead& head) {
  World& world = head.world;
  visit_all(a, world.countries, world.products, world.sectors, world.title, world.hs_revision, world.sources,
            world.notices);
  Solution& baseline = head.baseline;
  visit_all(a, baseline.axes.exporters, baseline.axes.markets, baseline.axes.products, baseline.notices, head.inputs);
  std::string settings;
  if constexpr (!A::reads) settings = settings_to_toml(baseline.settings);
  visit(a, settings);
  if constexpr (A::reads) baseline.settings = parse_settings(settings, "settings of a shard");
  ScenarioShare& share = head.share;
  visit_all(a, share.first, share.last, share.segments, share.columns, share.start, head.names);
}

template <class T>
Bytes bytes_of(const T& value) {
  Out out;
  visit(out, const_cast<T&>(value));  // writing looks at it only
  return std::move(out.bytes);
}

template <class T>
T from_bytes(const Bytes& bytes, const std::string& where) {
  In in(bytes, where);
  T value;
  visit(in, value);
  in.end();
  return value;
}

}  // namespace

Bytes to_bytes(const ScenarioPart& part) { return bytes_of(part); }
Bytes to_bytes(const ScenarioHead& head) { return bytes_of(head); }

ScenarioPart part_from_bytes(const Bytes& bytes, const std::string& where) {
  return from_bytes<ScenarioPart>(bytes, where);
}
ScenarioHead head_from_bytes(const Bytes& bytes, const std::string& where) {
  return from_bytes<ScenarioHead>(bytes, where);
}

}  // namespace potentia
