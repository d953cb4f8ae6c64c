#include "kernels/product_sums.hpp"

#include <algorithm>

namespace potentia {

ProductSums::ProductSums(const std::vector<std::uint32_t>& live, const std::vector<CellSums>& nothing, bool tariffs)
    : tariffs_(tariffs), slots_(column_count - (tariffs ? 1 : 2)), nothing_(nothing), first_(live.size()),
      begin_(nothing.size() + 1, 0) {
  std::vector<std::uint32_t> count(rows(), 0);
  for (std::size_t at = 0; at < live.size(); ++at) {
    first_[at] = count[at % rows()];
    count[at % rows()] += live[at];
  }
  for (std::size_t row = 0; row < rows(); ++row) begin_[row + 1] = begin_[row] + count[row];
  product_column_ = Buffer<std::int32_t>(begin_.back());
  values_ = Buffer<double>(begin_.back() * slots_);
}

const double* ProductSums::kept(int column, std::size_t row) const {
  if (column == column_dynamic || (column == column_change_tariff && !tariffs_)) return nullptr;
  const std::size_t slot = static_cast<std::size_t>(column) - (column > column_dynamic ? 1 : 0);
  return values_.data() + begin_[row] * slots_ + slot * (begin_[row + 1] - begin_[row]);
}

void ProductSums::row(Column column, std::size_t row, std::size_t first, std::size_t count, double* out) const {
  double nothing[column_count];
  value_columns(nothing_[row], nothing);
  std::fill_n(out, count, nothing[column]);
  const bool is_dynamic = column == column_dynamic;
  const double* const value = kept(is_dynamic ? column_unrealized : column, row);
  if (value == nullptr) return;
  const double* const less = is_dynamic ? kept(column_static, row) : nullptr;
  const std::int32_t* const place = product_column_.data() + begin_[row];
  const std::size_t entries = begin_[row + 1] - begin_[row];
  for (std::size_t entry = 0; entry < entries; ++entry) {
    const std::size_t at = static_cast<std::size_t>(place[entry]) - first;  // wraps before the first
    if (at < count) out[at] = less == nullptr ? value[entry] : value[entry] - less[entry];
  }
}

}  // namespace potentia
