// Products: codes spread over the chapters of the Harmonized System, and what is known of each.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "host/synth/parts.hpp"

namespace potentia::synth {
namespace {

constexpr int last_chapter = 97;
constexpr int reserved_chapter = 77;  // kept free in the Harmonized System

/// How finely a chapter is divided: chemicals, steel, textiles and machinery more than the others.
int chapter_weight(int chapter) {
  switch (chapter) {
    case reserved_chapter: return 0;
    case 84: return 50;
    case 29: return 38;
    case 85: return 27;
    case 3: return 22;
    case 28: case 72: return 17;
    case 39: case 52: case 73: case 90: return 13;
    case 44: case 48: case 55: case 61: case 62: return 11;
    case 2: case 7: case 8: case 25: case 38: case 40: case 54: case 70: case 82: case 87: return 8;
    default: return 3;
  }
}

/// Products in each chapter, by the method of largest remainders; earlier chapters win ties.
std::array<std::int64_t, last_chapter + 1> chapter_sizes(std::int64_t products) {
  std::array<std::int64_t, last_chapter + 1> sizes{};
  std::int64_t total = 0;
  for (int chapter = 1; chapter <= last_chapter; ++chapter) total += chapter_weight(chapter);
  std::vector<int> by_remainder;
  std::int64_t given = 0;
  for (int chapter = 1; chapter <= last_chapter; ++chapter) {
    sizes[chapter] = products * chapter_weight(chapter) / total;
    given += sizes[chapter];
    if (chapter != reserved_chapter) by_remainder.push_back(chapter);
  }
  std::stable_sort(by_remainder.begin(), by_remainder.end(), [&](int a, int b) {
    return products * chapter_weight(a) % total > products * chapter_weight(b) % total;
  });
  for (std::size_t n = 0; given < products; ++n, ++given) ++sizes[by_remainder[n]];
  return sizes;
}

Processing processing_of(int chapter, std::uint64_t bits) {
  const double chance = unit_interval(bits);
  if (chance < 0.005) return Processing::unknown;
  const bool land = chapter <= 14 || (chapter >= 25 && chapter <= 27);
  const bool material = (chapter >= 28 && chapter <= 31) || (chapter >= 39 && chapter <= 41) ||
                        (chapter >= 44 && chapter <= 55) || (chapter >= 72 && chapter <= 81);
  const double raw = land ? 0.6 : (material ? 0.05 : 0.005);  // up to here, and semi-processed up to there
  const double semi_processed = land ? 0.75 : (material ? 0.8 : 0.15);
  if (chance < raw) return Processing::raw;
  return chance < semi_processed ? Processing::semi_processed : Processing::processed;
}

double rounded(double x, double steps) { return std::floor(x * steps + 0.5) / steps; }

}  // namespace

void make_products(const SynthOptions& options, World& world) {
  const auto sizes = chapter_sizes(options.products);
  bool any_in_scope = false;
  for (int chapter = 1; chapter <= last_chapter; ++chapter) {
    // At least four subheadings a heading, more where 99 headings would not do.
    const std::int64_t per_heading = std::max<std::int64_t>(4, (sizes[chapter] + 98) / 99);
    for (std::int64_t n = 0; n < sizes[chapter]; ++n) {
      char code[40];
      std::snprintf(code, sizeof code, "%02d%02d%02d", chapter, static_cast<int>(n / per_heading) + 1,
                    static_cast<int>(10 + n % per_heading * (90 / per_heading)));
      const std::uint64_t key = key_of(options.seed, Stream::product, world.products.size());
      Product product;
      product.code = code;
      product.name = "Product " + product.code + " (synthetic)";
      product.in_scope = chapter != 93 && chapter != 97 && draw(key, 0) % 40 != 0;  // arms, antiques, and some others
      product.processing = processing_of(chapter, draw(key, 1));
      any_in_scope = any_in_scope || product.in_scope;
      world.products.push_back(std::move(product));
    }
  }
  if (!any_in_scope) world.products.front().in_scope = true;
  assign_sectors(world);

  for (std::size_t k = 0; k < world.product_count(); ++k) {
    const std::uint64_t key = key_of(options.seed, Stream::elasticity, k);
    const double tail = pow(unit_interval(draw(key, 1)), -0.15);  // few products are very elastic
    const double sigma = rounded(1.1 + 4.4 * exp(0.35 * nearly_normal(draw(key, 0))) * tail, 1e4);
    world.sigma.push_back(draw(key, 2) % 25 == 0 ? missing_value : sigma);
    const double typical = chapter_of(world.products[k]) <= 24 ? 0.7 : 1.05;  // food is bought at any income
    const double income = rounded(typical + 0.15 * nearly_normal(draw(key, 3)), 1e3);
    world.income_elasticity.push_back(draw(key, 4) % 20 == 0 ? missing_value : income);
  }
}

}  // namespace potentia::synth
