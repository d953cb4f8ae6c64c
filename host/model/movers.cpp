// See movers.hpp.
#include "host/model/movers.hpp"

#include <initializer_list>
#include <numeric>

#include "host/model/mover_estimates.hpp"
#include "host/model/mover_tables.hpp"
#include "kernels/real_math.hpp"

namespace potentia {
namespace {

using Columns = MoverSide::Columns;

double& part(MoverParts& parts, MoverFactor factor) { return parts[static_cast<std::size_t>(factor)]; }

/// The change of a sum of cells that is owed to a factor which all its cells share.
double owed(double sum_before, double sum_after, double factor_before, double factor_after) {
  if (factor_before > 0 && factor_after > 0)
    return logarithmic_mean(sum_before, sum_after) * log(factor_after / factor_before);
  return factor_before == factor_after ? 0.0 : sum_after - sum_before;
}

/// ln of the mean A / A⁰ of a sum.
double tariff_log(const Columns& columns, std::size_t at) {
  const double mean = logarithmic_mean(columns[column_potential_now][at], columns[column_potential][at]);
  return mean > 0 ? columns[column_change_tariff][at] / mean : 0.0;
}

/// Tariffs to come between the two results.
double owed_to_tariffs(const Columns& before, const Columns& after, std::size_t at) {
  const double mean = logarithmic_mean(before[column_potential][at], after[column_potential][at]);
  return mean > 0 ? mean * (tariff_log(after, at) - tariff_log(before, at)) : 0.0;
}

void close(Mover& mover) {
  const double known = std::accumulate(mover.parts.begin(), mover.parts.end(), 0.0);
  part(mover.parts, MoverFactor::access_and_fit) += mover.change(column_potential) - known;
}

/// Shares out the changes of one axis.
class Shares {
public:
  explicit Shares(const MoverTables& tables)
      : tables_(tables),
        exporters_(tables.exporters.size()),
        markets_(tables.markets.size()),
        products_(tables.products.size()),
        estimates_(estimate_movers(tables, product_means())) {}

  MoverList exporters() const {
    const bool measured = tables_.has_exporter_product;
    MoverList result = list(tables_.exporters, [&](std::size_t i, Mover& mover) {
      for (std::size_t j = 0; j < markets_; ++j) {
        const std::size_t at = i * markets_ + j;
        if (!add_pair(at, tables_.markets.is_common(j), mover)) continue;
        add_pair_population(at, j, mover.parts);
        add_estimated_demand(at, mover.parts);
        if (!measured) add_estimated_supply(at, mover.parts);
      }
      for (std::size_t k = 0; measured && k < products_; ++k)
        add_supply(i, k, tables_.products.is_common(k), mover.parts);
    });
    mark(result, {MoverFactor::imports, MoverFactor::income});
    if (!measured) mark(result, {MoverFactor::supply, MoverFactor::supply_growth});
    return result;
  }

  MoverList markets() const {
    const bool measured = tables_.has_market_product;
    MoverList result = list(tables_.markets, [&](std::size_t j, Mover& mover) {
      for (std::size_t i = 0; i < exporters_; ++i) {
        const std::size_t at = i * markets_ + j;
        if (!add_pair(at, tables_.exporters.is_common(i), mover)) continue;
        add_estimated_supply(at, mover.parts);
        if (measured) continue;
        add_pair_population(at, j, mover.parts);
        add_estimated_demand(at, mover.parts);
      }
      for (std::size_t k = 0; measured && k < products_; ++k)
        add_demand(j, k, tables_.products.is_common(k), mover.parts);
    });
    mark(result, {MoverFactor::supply, MoverFactor::supply_growth});
    if (!measured) mark(result, {MoverFactor::imports, MoverFactor::income});
    return result;
  }

  MoverList products() const {
    const bool by_exporter = tables_.has_exporter_product, by_market = tables_.has_market_product;
    const MoverEstimates::Products& estimates = estimates_.products;
    MoverList result = list(tables_.products, [&](std::size_t k, Mover& mover) {
      for (std::size_t c = 0; c < mover.before.size(); ++c) {
        mover.before[c] = tables_.before.product[c][k];
        mover.after[c] = tables_.after.product[c][k];
      }
      MoverParts& parts = mover.parts;
      for (std::size_t i = 0; by_exporter && i < exporters_; ++i)
        add_supply(i, k, tables_.exporters.is_common(i), parts);
      for (std::size_t j = 0; by_market && j < markets_; ++j) add_demand(j, k, tables_.markets.is_common(j), parts);
      add_product_tariffs(k, parts);
      if (!by_exporter) {
        part(parts, MoverFactor::supply) += estimates.supply[k];
        part(parts, MoverFactor::supply_growth) += estimates.supply_growth[k];
      }
      if (!by_market) {
        part(parts, MoverFactor::imports) += estimates.imports[k];
        part(parts, MoverFactor::income) += estimates.income[k];
        part(parts, MoverFactor::population) += estimates.population[k];
      }
      part(parts, MoverFactor::ease) += estimates.ease[k];
    });
    mark(result, {MoverFactor::ease});
    if (!by_exporter) mark(result, {MoverFactor::supply, MoverFactor::supply_growth});
    if (!by_market) mark(result, {MoverFactor::imports, MoverFactor::income, MoverFactor::population});
    return result;
  }

private:
  static void mark(MoverList& list, std::initializer_list<MoverFactor> factors) {
    for (const MoverFactor factor : factors) list.estimated[static_cast<std::size_t>(factor)] = true;
  }

  template <class Fill>
  MoverList list(const MoverAxis& axis, const Fill& fill) const {
    MoverList result;
    for (std::size_t n = 0; n < axis.size(); ++n) {
      Mover mover;
      mover.code = axis.codes[n];
      mover.name = axis.names[n];
      fill(n, mover);
      close(mover);
      if (axis.is_common(n))
        result.movers.push_back(mover);
      else if (axis.in_before[n] != 0)
        result.only_before.push_back({mover.code, mover.name, mover.before});
      else
        result.only_after.push_back({mover.code, mover.name, mover.after});
    }
    return result;
  }

  /// What is measured in a pair. @return whether both results have its other side
  bool add_pair(std::size_t at, bool is_common, Mover& mover) const {
    const Columns &before = tables_.before.pair, &after = tables_.after.pair;
    for (std::size_t c = 0; c < mover.before.size(); ++c) {
      mover.before[c] += before[c][at];
      mover.after[c] += after[c][at];
    }
    const double ep_before = before[column_potential][at], ep_after = after[column_potential][at];
    if (!is_common) {
      part(mover.parts, MoverFactor::coverage) += ep_after - ep_before;
      return false;
    }
    part(mover.parts, MoverFactor::ease) += owed(ep_before, ep_after, tables_.before.ease[at], tables_.after.ease[at]);
    part(mover.parts, MoverFactor::tariffs) += owed_to_tariffs(before, after, at);
    return true;
  }

  void add_pair_population(std::size_t at, std::size_t market, MoverParts& parts) const {
    const double mean =
        logarithmic_mean(tables_.before.pair[column_potential][at], tables_.after.pair[column_potential][at]);
    part(parts, MoverFactor::population) += mean * population_change(market);
  }

  void add_estimated_supply(std::size_t at, MoverParts& parts) const {
    part(parts, MoverFactor::supply) += estimates_.pairs.supply[at];
    part(parts, MoverFactor::supply_growth) += estimates_.pairs.supply_growth[at];
  }

  void add_estimated_demand(std::size_t at, MoverParts& parts) const {
    part(parts, MoverFactor::imports) += estimates_.pairs.imports[at];
    part(parts, MoverFactor::income) += estimates_.pairs.income[at];
  }

  void add_supply(std::size_t i, std::size_t k, bool is_common, MoverParts& parts) const {
    const std::size_t at = i * products_ + k;
    const MoverSide &a = tables_.before, &b = tables_.after;
    const double before = a.exporter_product[column_potential][at], after = b.exporter_product[column_potential][at];
    if (!is_common) {
      part(parts, MoverFactor::coverage) += after - before;
      return;
    }
    part(parts, MoverFactor::supply) += owed(before, after, a.supply_now[at], b.supply_now[at]);
    part(parts, MoverFactor::supply_growth) +=
        logarithmic_mean(before, after) * (b.supply_growth[at] - a.supply_growth[at]);
  }

  void add_demand(std::size_t j, std::size_t k, bool is_common, MoverParts& parts) const {
    const std::size_t at = j * products_ + k;
    const MoverSide &a = tables_.before, &b = tables_.after;
    const double before = a.market_product[column_potential][at], after = b.market_product[column_potential][at];
    if (!is_common) {
      part(parts, MoverFactor::coverage) += after - before;
      return;
    }
    part(parts, MoverFactor::imports) += owed(before, after, a.demand_now[at], b.demand_now[at]);
    const double mean = logarithmic_mean(before, after);
    part(parts, MoverFactor::population) += mean * population_change(j);
    part(parts, MoverFactor::income) += mean * (b.income[at] - a.income[at]);
  }

  void add_product_tariffs(std::size_t k, MoverParts& parts) const {
    const bool by_market = tables_.has_market_product;
    const Columns& before = by_market ? tables_.before.market_product : tables_.before.exporter_product;
    const Columns& after = by_market ? tables_.after.market_product : tables_.after.exporter_product;
    const std::size_t rows = by_market ? markets_ : exporters_;
    for (std::size_t row = 0; row < rows; ++row)
      part(parts, MoverFactor::tariffs) += owed_to_tariffs(before, after, row * products_ + k);
  }

  double population_change(std::size_t market) const {
    return tables_.after.population[market] - tables_.before.population[market];
  }

  /// Sums over the rows of a product's logarithmic means; none without sums of products.
  Buffer<double> product_means() const {
    if (!tables_.has_exporter_product && !tables_.has_market_product) return {};
    const bool by_exporter = tables_.has_exporter_product;
    const Buffer<double>& before =
        (by_exporter ? tables_.before.exporter_product : tables_.before.market_product)[column_potential];
    const Buffer<double>& after =
        (by_exporter ? tables_.after.exporter_product : tables_.after.market_product)[column_potential];
    Buffer<double> means = Buffer<double>::zeroed(products_);
    for (std::size_t at = 0; at < before.size(); ++at) means[at % products_] += logarithmic_mean(before[at], after[at]);
    return means;
  }

  const MoverTables& tables_;
  std::size_t exporters_, markets_, products_;
  MoverEstimates estimates_;
};

void add_sums(const MoverList& list, Movers& movers) {
  for (std::size_t c = 0; c < movers.before.size(); ++c) {
    for (const Mover& mover : list.movers) {
      movers.before[c] += mover.before[c];
      movers.after[c] += mover.after[c];
    }
    for (const Unmatched& one : list.only_before) movers.before[c] += one.values[c];
    for (const Unmatched& one : list.only_after) movers.after[c] += one.values[c];
  }
}

}  // namespace

Movers find_movers(const std::string& before, const std::string& after) {
  return find_movers(read_mover_tables(before, after));
}

Movers find_movers(const MoverTables& tables) {
  const Shares shares(tables);
  Movers movers;
  movers.exporters = shares.exporters();
  movers.markets = shares.markets();
  movers.has_products = tables.has_exporter_product || tables.has_market_product;
  if (movers.has_products) movers.products = shares.products();
  add_sums(movers.exporters, movers);
  return movers;
}

}  // namespace potentia
