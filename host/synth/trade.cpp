// Bilateral trade: who sells what to whom, and how much, in every year.
//
// For exporter i, market j, product k:  strength q = scale · pair(i,j) · advantage(i,k) · demand(j,k), with
// pair = exporter GDP^a · market GDP^b / distance^c · noise. A draw u in (0,1) gives ln z = ln q + ln((1−u)/u), and the
// flow is there in a year if ln z + shift > 0, that is with probability q e^shift / (1 + q e^shift); the shift follows
// the two countries' growth and a first-order autoregression of the flow's own, so flows last and weak ones flicker.
// The value rises with q and with z. Once drawn, a flow that could be there in any year is a candidate.
#include <algorithm>
#include <cmath>
#include <exception>

#include "host/synth/parts.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::synth {
namespace {

constexpr double exporter_mass = 1.0, market_mass = 0.45, distance_decay = 1.1;  // on the chance to trade
constexpr double value_of_strength = 1.0, value_of_luck = 0.6;                   // elasticities of value to q and z/q
constexpr double value_of_market = 0.45, value_of_exporter = -0.1;                 // and to GDP beyond that
constexpr double value_noise = 1.4;                                               // and of nothing at all
constexpr double largest_shift = 0.75;
constexpr double trade_to_gdp = 0.16;                                             // of the world, in the last year

/// Candidates of one product, ordered by (exporter, market).
struct Candidates {
  std::vector<std::uint16_t> exporter, market;
  std::vector<float> log_chance;  ///< ln z
  std::vector<float> log_value;   ///< ln USD at shift 0, before the world's scale
};

/// Work space of one thread.
struct Scratch {
  std::vector<double> advantage, demand, shift, strength, luck;
  std::vector<std::uint8_t> present;
  std::vector<std::uint64_t> key;
  double size = 0.0;           ///< ln of how much of the product crosses a border at once
  std::uint64_t cell_key = 0;  ///< of the product's draws
};

/// Marks the markets of one row that could see a flow at the largest shift: q (1 − u) e^s > u.
PT_CLONES void mark_row(std::int64_t markets, std::uint64_t key, const double* PT_RESTRICT pair,
                        const double* PT_RESTRICT demand, double advantage, double reach,
                        std::uint8_t* PT_RESTRICT present) {
  for (std::int64_t j = 0; j < markets; ++j) {
    const double u = unit_interval(draw(key, static_cast<std::uint64_t>(j)));
    const double q = pair[j] * (demand[j] * advantage);
    present[j] = q * (1.0 - u) * reach > u;
  }
}

/// Logarithms of chance and value of the candidates.
PT_CLONES void finish_candidates(std::int64_t count, const double* PT_RESTRICT strength, const double* PT_RESTRICT luck,
                                 const double* PT_RESTRICT value_base, float* PT_RESTRICT log_chance,
                                 float* PT_RESTRICT log_value) {
  for (std::int64_t n = 0; n < count; ++n) {
    const double log_strength = log(strength[n]);
    const double log_luck = log((1.0 - luck[n]) / luck[n]);
    log_chance[n] = static_cast<float>(log_strength + log_luck);
    log_value[n] = static_cast<float>(value_base[n] + value_of_strength * log_strength + value_of_luck * log_luck);
  }
}

PT_CLONES void exponentials(std::int64_t count, double* values) {
  for (std::int64_t n = 0; n < count; ++n) values[n] = exp(values[n]);
}

/// Values in whole US dollars, at least one.
PT_CLONES void to_dollars(std::int64_t count, double log_scale, double* PT_RESTRICT values) {
  for (std::int64_t n = 0; n < count; ++n) values[n] = std::max(1.0, std::floor(exp(values[n] + log_scale) + 0.5));
}

/// The flow's own wandering: e ← 0.6 e + noise; the result includes the countries' trends and is capped.
PT_CLONES void next_shift(std::int64_t count, std::uint64_t year, const std::uint64_t* PT_RESTRICT key,
                          const double* PT_RESTRICT trend, double* PT_RESTRICT state, double* PT_RESTRICT shift) {
  for (std::int64_t n = 0; n < count; ++n) {
    state[n] = 0.6 * state[n] + 0.2 * nearly_normal(draw(key[n], year));
    shift[n] = std::min(largest_shift, state[n] + trend[n]);
  }
}

class TradeMaker {
public:
  TradeMaker(const SynthOptions& options, const std::vector<Place>& places, World& world)
      : options_(options), places_(places), world_(world), countries_(static_cast<std::int64_t>(places.size())) {}

  void run() {
    prepare_countries();
    prepare_pairs();
    calibrate();
    draw_candidates();
    count_flows();
    write_flows();
  }

private:
  static constexpr std::int64_t chunk = 64;  // products between two looks at Ctrl-C

  /// Runs work(product, scratch) for every product on all threads. What it throws is thrown again here.
  template <class Work>
  void for_products(std::int64_t step, const Work& work) {
    const auto products = static_cast<std::int64_t>(world_.product_count());
    std::exception_ptr failure;
    for (std::int64_t first = 0; first < products; first += chunk * step) {
      check_interrupted();
      const std::int64_t last = std::min(products, first + chunk * step);
#pragma omp parallel
      {
        Scratch scratch;
#pragma omp for schedule(dynamic)
        for (std::int64_t k = first; k < last; k += step) {
          try {
            work(k, scratch);
          } catch (...) {
#pragma omp critical(synth_failure)
            failure = std::current_exception();
          }
        }
      }
      if (failure) std::rethrow_exception(failure);
    }
  }

  void prepare_countries() {
    for (const Place& place : places_) {
      log_gdp_.push_back(log(place.gdp * 1e-10));
      growth_.push_back(yearly_growth(options_, place));
    }
  }

  void prepare_pairs() {
    pair_.resize(countries_ * countries_);
    for (std::int64_t i = 0; i < countries_; ++i) {
      for (std::int64_t j = 0; j < countries_; ++j) {
        double km = world_.distance[i * countries_ + j];
        if (!(km > 0.0)) km = 6000.0;
        const std::uint64_t noise = key_of(options_.seed, Stream::pair, places_[i].rank, places_[j].rank);
        const double strength = exporter_mass * log_gdp_[i] + market_mass * log_gdp_[j] - distance_decay * log(km) +
                                0.7 * nearly_normal(noise);
        pair_[i * countries_ + j] = i == j ? 0.0 : exp(strength);
      }
    }
  }

  std::uint64_t product_key(Stream stream, std::int64_t k) const {
    return key_of(options_.seed, stream, static_cast<std::uint64_t>(k));
  }

  /// How widely a product is traded, as the logarithm of a factor on q.
  double log_spread(std::int64_t k) const {
    return 1.2 * nearly_normal(draw(product_key(Stream::product_size, k), 0));
  }
  /// How much of it crosses a border at once, beyond that: with a heavy tail.
  double log_size(std::int64_t k) const {
    const std::uint64_t key = product_key(Stream::product_size, k);
    return 0.9 * nearly_normal(draw(key, 1)) - 0.3 * log(unit_interval(draw(key, 2)));
  }

  /// Fills advantage[exporter] and demand[market] of product k.
  void fill_row_factors(std::int64_t k, Scratch& scratch) const {
    const Product& product = world_.products[k];
    const auto chapter = static_cast<std::uint64_t>(chapter_of(product));
    const std::uint64_t by_sector = key_of(options_.seed, Stream::sector_advantage, product.sector);
    const std::uint64_t by_chapter = key_of(options_.seed, Stream::chapter_advantage, chapter);
    const std::uint64_t by_product = product_key(Stream::product_advantage, k);
    const std::uint64_t chapter_demand = key_of(options_.seed, Stream::chapter_demand, chapter);
    const std::uint64_t product_demand = product_key(Stream::product_demand, k);
    const double common = log_scale_ + log_spread(k);
    scratch.advantage.resize(countries_);
    scratch.demand.resize(countries_);
    for (std::int64_t c = 0; c < countries_; ++c) {
      const std::uint64_t rank = places_[c].rank;
      scratch.advantage[c] = common + 0.7 * nearly_normal(draw(by_sector, rank)) +
                             0.7 * nearly_normal(draw(by_chapter, rank)) +
                             1.1 * nearly_normal(draw(by_product, rank));
      scratch.demand[c] = 0.35 * nearly_normal(draw(chapter_demand, rank)) +
                          0.6 * nearly_normal(draw(product_demand, rank));
    }
    exponentials(countries_, scratch.advantage.data());
    exponentials(countries_, scratch.demand.data());
  }

  /// Chooses the scale of q that gives the wanted density: the mean of q/(1+q) over a sample of the cells, whose q are
  /// counted in bins of 1/64 octave (whole numbers, so that the order of counting does not matter).
  void calibrate() {
    constexpr std::int64_t bins = 256 * 64, lowest = 1023 - 128;
    const auto products = static_cast<std::int64_t>(world_.product_count());
    const std::int64_t cells = countries_ * countries_ * products;
    const std::int64_t step = std::max<std::int64_t>(1, cells / 20000000);
    std::vector<std::uint64_t> histogram(bins, 0);
    for_products(step, [&](std::int64_t k, Scratch& scratch) {
      fill_row_factors(k, scratch);
      std::vector<std::uint64_t> mine(bins, 0);
      for (std::int64_t i = 0; i < countries_; ++i) {
        const double* pair = pair_.data() + i * countries_;
        for (std::int64_t j = 0; j < countries_; ++j) {
          if (i == j) continue;
          const double q = pair[j] * (scratch.demand[j] * scratch.advantage[i]);
          const std::int64_t bin = static_cast<std::int64_t>(bits_of(q) >> 46) - lowest * 64;
          ++mine[std::clamp<std::int64_t>(bin, 0, bins - 1)];
        }
      }
#pragma omp critical(synth_histogram)
      for (std::int64_t b = 0; b < bins; ++b) histogram[b] += mine[b];
    });
    double total = 0.0;
    for (std::uint64_t n : histogram) total += static_cast<double>(n);
    double low = -200.0, high = 200.0;  // logarithm of the scale
    for (int round = 0; round < 60; ++round) {
      const double middle = 0.5 * (low + high);
      double present = 0.0;
      for (std::int64_t b = 0; b < bins; ++b) {
        if (histogram[b] == 0) continue;
        const double q = double_of(static_cast<std::uint64_t>(b + lowest * 64) << 46) * exp(middle);
        present += static_cast<double>(histogram[b]) * (q / (1.0 + q));
      }
      (present < options_.density * total ? low : high) = middle;
    }
    log_scale_ = total > 0.0 ? low : 0.0;
  }

  void add_candidate(std::int64_t k, std::int64_t i, std::int64_t j, double luck, Scratch& scratch) {
    const std::uint64_t noise = draw(draw(scratch.cell_key, places_[i].rank), (std::uint64_t{1} << 33) + j);
    candidates_[k].exporter.push_back(static_cast<std::uint16_t>(i));
    candidates_[k].market.push_back(static_cast<std::uint16_t>(j));
    scratch.strength.push_back(pair_[i * countries_ + j] * (scratch.demand[j] * scratch.advantage[i]));
    scratch.luck.push_back(luck);
    scratch.shift.push_back(scratch.size + value_of_market * log_gdp_[j] + value_of_exporter * log_gdp_[i] +
                            value_noise * nearly_normal(noise));
  }

  /// For a product that nobody would trade.
  void add_strongest_cell(std::int64_t k, Scratch& scratch) {
    std::int64_t exporter = 0, market = 1;
    double strongest = -1.0;
    for (std::int64_t i = 0; i < countries_; ++i) {
      for (std::int64_t j = 0; j < countries_; ++j) {
        const double q = pair_[i * countries_ + j] * (scratch.demand[j] * scratch.advantage[i]);
        if (i == j || q <= strongest) continue;
        strongest = q;
        exporter = i;
        market = j;
      }
    }
    add_candidate(k, exporter, market, 0.5, scratch);
  }

  void draw_candidates() {
    candidates_.resize(world_.product_count());
    std::vector<double> value_by_product(world_.product_count(), 0.0);
    const double reach = exp(largest_shift);
    for_products(1, [&](std::int64_t k, Scratch& scratch) {
      Candidates& found = candidates_[k];
      fill_row_factors(k, scratch);
      scratch.present.resize(countries_);
      scratch.strength.clear();
      scratch.luck.clear();
      scratch.shift.clear();  // holds the part of the value that does not depend on the draw
      scratch.size = log_size(k);
      scratch.cell_key = product_key(Stream::cell, k);
      for (std::int64_t i = 0; i < countries_; ++i) {
        const std::uint64_t row_key = draw(scratch.cell_key, places_[i].rank);
        const double* pair = pair_.data() + i * countries_;
        mark_row(countries_, row_key, pair, scratch.demand.data(), scratch.advantage[i], reach, scratch.present.data());
        for (std::int64_t j = 0; j < countries_; ++j) {
          if (!scratch.present[j]) continue;
          add_candidate(k, i, j, unit_interval(draw(row_key, static_cast<std::uint64_t>(j))), scratch);
        }
      }
      if (found.market.empty() && countries_ > 1) add_strongest_cell(k, scratch);
      const std::size_t count = found.market.size();
      found.exporter.shrink_to_fit();
      found.market.shrink_to_fit();
      found.log_chance.resize(count);
      found.log_value.resize(count);
      finish_candidates(static_cast<std::int64_t>(count), scratch.strength.data(), scratch.luck.data(),
                        scratch.shift.data(), found.log_chance.data(), found.log_value.data());
      if (count > 0) {
        // The likeliest flow is there in every year: every product is in its trade files, no year is without a record.
        float& likeliest = *std::max_element(found.log_chance.begin(), found.log_chance.end());
        likeliest = std::max(likeliest, 10.0f);
      }
      std::vector<double>& values = scratch.strength;
      values.assign(found.log_value.begin(), found.log_value.end());
      exponentials(static_cast<std::int64_t>(count), values.data());
      for (std::size_t n = 0; n < count; ++n) value_by_product[k] += found.log_chance[n] > 0.0f ? values[n] : 0.0;
    });
    double value = 0.0, gdp = 0.0;
    for (double v : value_by_product) value += v;
    for (const Place& place : places_) gdp += place.gdp;
    log_value_scale_ = value > 0.0 ? log(trade_to_gdp * gdp / value) : 0.0;
  }

  /// Calls use(year index, shifts of the candidates) for every year of product k.
  template <class Use>
  void for_years(std::int64_t k, Scratch& scratch, const Use& use) const {
    const Candidates& flows = candidates_[k];
    const std::size_t count = flows.market.size();
    scratch.key.resize(count);
    scratch.demand.resize(count);   // trend
    scratch.strength.assign(count, 0.0);  // the flow's own state
    scratch.shift.resize(count);
    const std::uint64_t cell_key = product_key(Stream::cell, k);
    for (std::size_t n = 0; n < count; ++n) {
      const std::uint64_t row_key = draw(cell_key, places_[flows.exporter[n]].rank);
      scratch.key[n] = draw(row_key, (std::uint64_t{1} << 32) + flows.market[n]);
    }
    const std::int32_t years = options_.years;
    for (std::int32_t y = 0; y < years; ++y) {
      const double elapsed = y - (years - 1);
      for (std::size_t n = 0; n < count; ++n) {
        scratch.demand[n] = elapsed * 0.5 * (growth_[flows.exporter[n]] + growth_[flows.market[n]]);
      }
      next_shift(static_cast<std::int64_t>(count), static_cast<std::uint64_t>(y), scratch.key.data(),
                 scratch.demand.data(), scratch.strength.data(), scratch.shift.data());
      use(y, scratch.shift.data());
    }
  }

  void count_flows() {
    const std::size_t products = world_.product_count();
    for (std::int32_t year : world_.base_years) {
      TradeYear trade;
      trade.year = year;
      trade.product_offset.assign(products + 1, 0);
      world_.trade.push_back(std::move(trade));
    }
    for_products(1, [&](std::int64_t k, Scratch& scratch) {
      const Candidates& flows = candidates_[k];
      for_years(k, scratch, [&](std::int32_t y, const double* shift) {
        std::uint64_t present = 0;
        for (std::size_t n = 0; n < flows.market.size(); ++n) present += flows.log_chance[n] + shift[n] > 0.0;
        world_.trade[y].product_offset[k + 1] = present;
      });
    });
    for (TradeYear& trade : world_.trade) {
      for (std::size_t k = 0; k < products; ++k) trade.product_offset[k + 1] += trade.product_offset[k];
      const std::uint64_t flows = trade.product_offset.back();
      trade.exporter = Buffer<std::uint16_t>(flows);
      trade.market = Buffer<std::uint16_t>(flows);
      trade.value = Buffer<double>(flows);
    }
  }

  void write_flows() {
    for_products(1, [&](std::int64_t k, Scratch& scratch) {
      const Candidates& flows = candidates_[k];
      for_years(k, scratch, [&](std::int32_t y, const double* shift) {
        TradeYear& trade = world_.trade[y];
        const std::uint64_t first = trade.product_offset[k];
        std::uint64_t at = first;
        for (std::size_t n = 0; n < flows.market.size(); ++n) {
          if (!(flows.log_chance[n] + shift[n] > 0.0)) continue;
          trade.exporter[at] = flows.exporter[n];
          trade.market[at] = flows.market[n];
          trade.value[at] = flows.log_value[n] + 1.3 * shift[n];
          ++at;
        }
        to_dollars(static_cast<std::int64_t>(at - first), log_value_scale_, trade.value.data() + first);
      });
      candidates_[k] = Candidates();
    });
  }

  const SynthOptions& options_;
  const std::vector<Place>& places_;
  World& world_;
  std::int64_t countries_;
  std::vector<double> log_gdp_;       // [countries] of GDP in tens of billions
  std::vector<double> growth_;        // [countries] a year
  std::vector<double> pair_;          // [exporter, market], 0 on the diagonal
  std::vector<Candidates> candidates_;  // [products]
  double log_scale_ = 0.0;
  double log_value_scale_ = 0.0;
};

}  // namespace

void make_trade(const SynthOptions& options, const std::vector<Place>& places, World& world) {
  TradeMaker(options, places, world).run();
}

}  // namespace potentia::synth
