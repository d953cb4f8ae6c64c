// Sparse trade for walkers: a bit for every cell, and how many bits are set before each word of them.
//
// A thread that walks along exporters, markets or products finds the value of its cell by one population count. The
// whole world takes 37 MB of bits, as much of ranks and eight bytes a flow, whatever the direction of the walk.
#pragma once

#include <cstdint>

#include "kernels/portable.hpp"
#include "kernels/problem.hpp"

// What only a device has; tests/support/cuda_on_host doubles it.
#if defined(__CUDA_ARCH__) || defined(POTENTIA_CUDA_ON_HOST)
#define PT_ON_DEVICE 1
#else
#define PT_ON_DEVICE 0
#endif

namespace potentia {

PT_HD std::uint32_t count_bits(std::uint32_t word) {
#if PT_ON_DEVICE
  return static_cast<std::uint32_t>(__popc(word));
#else
  return static_cast<std::uint32_t>(__builtin_popcount(word));
#endif
}

struct FlowLookup {
  const std::uint32_t* bits;           ///< [product][exporter][word]
  const std::uint32_t* rank;           ///< [product][exporter][word] flows of the product before this word
  const std::uint64_t* product_begin;  ///< [product] first flow
  const double* value;                 ///< [flow]
  std::int32_t countries, words;

  /// v_ijk, 0 where nothing is traded.
  PT_HD double operator()(std::int64_t product, std::int64_t exporter, std::int64_t market) const {
    const std::int64_t word = (product * countries + exporter) * words + (market >> 5);
    const std::uint32_t set = bits[word], bit = std::uint32_t{1} << (market & 31);
    if ((set & bit) == 0) return 0.0;
    return value[product_begin[product] + rank[word] + count_bits(set & (bit - 1))];
  }
};

/// Sets the bit of the `entry`-th flow of a product.
struct SetFlowBit {
  const std::uint64_t* product_begin;
  const std::uint64_t* product_end;
  const std::uint16_t* exporter;
  const std::uint16_t* market;
  std::uint32_t* bits;
  std::int32_t countries, words;

  PT_HD void operator()(std::int64_t product, std::int64_t entry) const {
    const std::uint64_t flow = product_begin[product] + static_cast<std::uint64_t>(entry);
    if (flow >= product_end[product]) return;
    std::uint32_t* word = bits + (product * countries + exporter[flow]) * words + (market[flow] >> 5);
    const std::uint32_t bit = std::uint32_t{1} << (market[flow] & 31);
#if PT_ON_DEVICE
    atomicOr(word, bit);  // of integers: the order does not matter
#else
    *word |= bit;
#endif
  }
};

struct CountWord {
  const std::uint32_t* bits;
  PT_HD std::uint32_t operator()(std::int64_t word) const { return count_bits(bits[word]); }
};

/// The product a word belongs to: ranks start anew with each.
struct ProductOfWord {
  std::int64_t words_per_product;
  PT_HD std::int64_t operator()(std::int64_t word) const { return word / words_per_product; }
};

/// The look-up in a device's memory.
template <class Device>
class WalkFlows {
public:
  WalkFlows() = default;
  explicit WalkFlows(const Problem& problem) {
    const FlowView& flows = problem.flows;
    const std::int64_t products = problem.products, words = (problem.countries + 31) / 32;
    const std::int64_t words_per_product = words * problem.countries, all_words = words_per_product * products;
    product_begin_ = Buffer<std::uint64_t>::of(flows.product_begin, products);
    value_ = Buffer<double>::of(flows.value, flows.flows);
    bits_ = Buffer<std::uint32_t>::zeroed(all_words);
    rank_ = Buffer<std::uint32_t>(all_words);

    const auto product_end = Buffer<std::uint64_t>::of(flows.product_end, products);
    const auto exporter = Buffer<std::uint16_t>::of(flows.exporter, flows.flows);
    const auto market = Buffer<std::uint16_t>::of(flows.market, flows.flows);
    std::uint64_t longest = 0;
    for (std::int64_t product = 0; product < products; ++product) {
      const std::uint64_t length = flows.product_end[product] - flows.product_begin[product];
      longest = length > longest ? length : longest;
    }
    Device::launch(SetFlowBit{product_begin_.data(), product_end.data(), exporter.data(), market.data(), bits_.data(),
                              problem.countries, static_cast<std::int32_t>(words)},
                   products, static_cast<std::int64_t>(longest), "the bits of the flows");
    Device::exclusive_sum_by_key(ProductOfWord{words_per_product}, CountWord{bits_.data()}, all_words, rank_.data());
    lookup_ = {bits_.data(),      rank_.data(), product_begin_.data(), value_.data(),
               problem.countries, static_cast<std::int32_t>(words)};
  }

  const FlowLookup& lookup() const { return lookup_; }

private:
  template <class T>
  using Buffer = typename Device::template Buffer<T>;
  Buffer<std::uint32_t> bits_, rank_;
  Buffer<std::uint64_t> product_begin_;
  Buffer<double> value_;
  FlowLookup lookup_{};
};

}  // namespace potentia
