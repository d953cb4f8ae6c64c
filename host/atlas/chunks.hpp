// The chunks of a site, each a script file. Countries are indices into the list of `world`, products into that of
// `products`; tables are one list per column.
#pragma once

#include <string>
#include <vector>

#include "host/atlas/chunk.hpp"
#include "host/atlas/pair_walk.hpp"
#include "host/atlas/site_data.hpp"

namespace potentia::atlas {

/// Countries, sectors, totals: what the first view needs.
std::string world_chunk(const SiteData& site);
/// Codes and names of products.
std::string products_chunk(const SiteData& site);
/// Names of one language, by place; empty where the world's own stays.
std::string names_chunk(const SiteData& site, std::size_t language);
/// Scores of logistics performance, by country and year.
std::string logistics_chunk(const SiteData& site);
/// Definitions, settings, sources, what was filled.
std::string about_chunk(const SiteData& site);
/// What a scenario rests on, and what it changes for each exporter, each market and the pairs it changes most.
std::string scenario_chunk(const SiteData& site, std::size_t number);
/// "scenarios": for each what it changes of a country's pairs, as an exporter or as a market.
void write_scenarios(Chunk& chunk, const SiteData& site, std::size_t country, bool as_exporter);
/// An exporter's pairs, sectors, products and rivals.
std::string exporter_chunk(const SiteData& site, std::size_t exporter, const PairProducts& products);
/// An exporter's listed cells.
std::string cells_chunk(const SiteData& site, std::size_t exporter);
/// A market's suppliers, products, and the cells that others list of it.
/// @param listed [countries] places of the listed cells of each market
std::string market_chunk(const SiteData& site, std::size_t market, const std::vector<std::vector<std::size_t>>& listed);
/// The products of one group.
std::string product_chunk(const SiteData& site, std::size_t group, const ProductMatrices& matrices);

}  // namespace potentia::atlas
