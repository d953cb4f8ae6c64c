// Chunks of the opportunity finder: the listed cells of all exporters in one order, so that its table needs no sort and
// the first chunk can be shown before the others have come.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "host/atlas/site_data.hpp"

namespace potentia::atlas {

inline constexpr std::size_t finder_cells = 100'000;  ///< of a chunk

/// Chunks that so many cells take.
inline std::size_t finder_parts(std::size_t cells) { return (cells + finder_cells - 1) / finder_cells; }

/// The page shows and filters by whatever columns it finds.
struct FinderColumn {
  const char* name;
  bool whole;                                 ///< whether its numbers are whole
  std::function<double(std::size_t)> number;  ///< of the listed cell at a place
};

/// What filters, table and scatter ask for.
std::vector<FinderColumn> finder_columns(const SiteData& site);
/// What is told of the same cells only when they are downloaded.
std::vector<FinderColumn> finder_more_columns(const SiteData& site);

/// Places of the listed cells of exporters with a page: most unrealised first, ties by exporter, market, product.
std::vector<std::size_t> finder_order(const SiteData& site);

/// "finder/0", "finder_more/0".
std::string finder_name(std::size_t part, bool more);
std::string finder_chunk(const SiteData& site, const std::vector<std::size_t>& order, std::size_t part, bool more);

}  // namespace potentia::atlas
