// From product-major working tables to the country-major tables of the result.
#pragma once

#include <cstddef>
#include <cstdint>

namespace potentia {

/// out[country * products + product_column[product]] = in[product * stride + country]
/// @param in [products][stride], @param out [countries, products]
void transpose_products(const double* in, std::int32_t stride, std::int32_t products, std::int32_t countries,
                        const std::int32_t* product_column, double* out, int threads);

}  // namespace potentia
