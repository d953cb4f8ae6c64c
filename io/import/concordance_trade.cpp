// Trade in codes of another revision: flows are shared out by weight. See concordance.hpp.
#include <algorithm>
#include <tuple>
#include <utility>

#include "io/import/cells.hpp"
#include "io/import/concordance.hpp"
#include "io/import/tariff_names.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

struct Part {
  std::size_t product;  ///< index of the table, of which flows come
  double weight;
};

struct Flow {
  std::uint16_t exporter, market;
  double value;
};

/// [own products] from where each one's flows come, in the order of codes.
std::vector<std::vector<Part>> parts_of(const Concordance& concordance, std::size_t own, const ProductTable& products,
                                        const std::vector<TradeYear>& years, NoticeBook& notices) {
  std::vector<std::pair<std::int32_t, std::size_t>> by_code;
  for (std::size_t k = 0; k < products.products.size(); ++k) {
    std::int32_t code = 0;
    parse_integer(products.products[k].code, code);
    by_code.emplace_back(code, k);
  }
  std::sort(by_code.begin(), by_code.end());
  std::vector<std::vector<Part>> parts(own);
  for (const auto& [code, k] : by_code) {
    const bool traded = std::any_of(years.begin(), years.end(), [k = k](const TradeYear& year) {
      return year.product_offset[k + 1] > year.product_offset[k];
    });
    if (!traded) continue;
    const std::vector<ConcordantCode>& targets = concordance.targets(code);
    if (targets.empty()) {
      parts[k].push_back({k, 1.0});  // both revisions have it
      continue;
    }
    if (targets.size() > 1 || targets[0].code != code)
      notices.add("note", "concordance.trade", "codes of another revision, whose trade was shared out",
                  six_digits(code));
    for (const ConcordantCode& target : targets) {
      const std::uint16_t to = products.index_of_code[static_cast<std::size_t>(target.code)];
      if (to < own)
        parts[to].push_back({k, target.weight});
      else
        notices.add("warning", "concordance.target_unknown",
                    "trade whose code here the product table does not have: left out",
                    six_digits(code) + " to " + six_digits(target.code));
    }
  }
  return parts;
}

void convert_year(const std::vector<std::vector<Part>>& parts, TradeYear& year) {
  std::vector<std::uint64_t> offset{0};
  std::vector<Flow> all, flows;
  for (const std::vector<Part>& sources : parts) {
    flows.clear();
    for (const Part& part : sources)
      for (std::uint64_t i = year.product_offset[part.product]; i < year.product_offset[part.product + 1]; ++i)
        flows.push_back({year.exporter[i], year.market[i], year.value[i] * part.weight});
    if (sources.size() > 1)
      std::stable_sort(flows.begin(), flows.end(), [](const Flow& a, const Flow& b) {
        return std::tie(a.exporter, a.market) < std::tie(b.exporter, b.market);
      });
    const std::size_t first = all.size();
    for (const Flow& flow : flows) {
      if (all.size() > first && all.back().exporter == flow.exporter && all.back().market == flow.market)
        all.back().value += flow.value;
      else
        all.push_back(flow);
    }
    offset.push_back(all.size());
  }
  Buffer<std::uint16_t> exporter(all.size()), market(all.size());
  Buffer<double> value(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    exporter[i] = all[i].exporter;
    market[i] = all[i].market;
    value[i] = all[i].value;
  }
  year.product_offset = std::move(offset);
  year.exporter = std::move(exporter);
  year.market = std::move(market);
  year.value = std::move(value);
}

}  // namespace

void add_other_codes(const Concordance& concordance, ProductTable& products) {
  for (const std::int32_t code : concordance.other_codes()) {
    if (products.products.size() >= ProductTable::none)
      throw input_error("more than 65,534 product codes", concordance.sources.front().name,
                        "name one concordance, to this world's revision");
    products.index_of_code[static_cast<std::size_t>(code)] = static_cast<std::uint16_t>(products.products.size());
    Product product;
    product.code = six_digits(code);
    products.products.push_back(std::move(product));
  }
}

void convert_trade(const Concordance& concordance, std::size_t own, ProductTable& products,
                   std::vector<TradeYear>& years, NoticeBook& notices) {
  const bool converts = std::any_of(years.begin(), years.end(), [own](const TradeYear& year) {
    return year.product_offset.back() > year.product_offset[own];
  });
  if (converts) {
    const std::vector<std::vector<Part>> parts = parts_of(concordance, own, products, years, notices);
    for (TradeYear& year : years) convert_year(parts, year);
  } else {
    for (TradeYear& year : years) year.product_offset.resize(own + 1);
  }
  products.products.resize(own);
}

}  // namespace potentia
