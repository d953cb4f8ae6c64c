// Finds the world's products by their codes. See codes.hpp.
#include "io/import/cells.hpp"
#include "io/import/codes.hpp"

namespace potentia {

ProductCodes::ProductCodes(const std::vector<Product>& products) : index_(1000000, -1) {
  for (std::size_t i = 0; i < products.size(); ++i) {
    std::int32_t code = 0;
    if (parse_integer(products[i].code, code) && code < 1000000) {
      index_[static_cast<std::size_t>(code)] = static_cast<std::int32_t>(i);
    }
  }
}

std::int32_t ProductCodes::find(const std::string& code) const {
  std::int32_t number = 0;
  return code.size() == 6 && parse_integer(code, number) ? index_[static_cast<std::size_t>(number)] : -1;
}

}  // namespace potentia
