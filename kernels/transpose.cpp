#include "kernels/transpose.hpp"

#include <algorithm>

namespace potentia {

void transpose_products(const double* in, std::int32_t stride, std::int32_t products, std::int32_t countries,
                        const std::int32_t* product_column, double* out, int threads) {
  // A block of 32 products by all countries stays in the second-level cache; runs of 32 columns fill cache lines.
  constexpr std::int32_t block = 32;
#pragma omp parallel for schedule(static) num_threads(threads)
  for (std::int32_t first = 0; first < products; first += block) {
    const std::int32_t last = std::min(products, first + block);
    for (std::int32_t country = 0; country < countries; ++country) {
      double* row = out + static_cast<std::size_t>(country) * products;
      for (std::int32_t product = first; product < last; ++product)
        row[product_column[product]] = in[static_cast<std::size_t>(product) * stride + country];
    }
  }
}

}  // namespace potentia
