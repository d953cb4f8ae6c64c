// Cells of one exporter and product after another, judged by the models of a back-test.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/model/cell_facts.hpp"
#include "host/model/outlook_models.hpp"

namespace potentia {

/// What an outlook looks things up in.
struct OutlookTables {
  OutlookTables(const OutlookModels& models, const OutlookScale& scale, CellFacts facts);

  OutlookModels models;
  OutlookScale scale;
  CellFacts facts;
  std::vector<double> log_shared;        ///< [n] ln(1 + share of flows · n)
  std::vector<double> reach, mean_ratio; ///< [class of size] e^width; what is expected over the middle of the interval
};

/// Some cells of a row: of one exporter and product. What a cell comes to does not depend on the others.
struct OutlookCells {
  explicit OutlookCells(std::int32_t countries);
  std::int32_t count = 0;
  std::vector<std::uint16_t> market;                ///< [countries, padded]
  std::vector<double> potential, trade;             ///< USD; no trade where it is about starts
  std::vector<double> chance, expected, low, high;  ///< chance is missing where nothing says how likely flows go on
};

/// One per thread.
class OutlookWalk {
public:
  static constexpr std::int32_t places = 16;  ///< exporters that are at hand at a time

  explicit OutlookWalk(const OutlookTables& tables);

  /// Markets without which there is nothing: that an exporter reaches at all.
  const std::vector<std::uint16_t>& reached(std::int32_t place) const { return reached_[place]; }

  void take_exporter(std::int32_t exporter, std::int32_t place);
  void take_product(std::int32_t product);
  void take_row(std::int32_t place);  ///< of the exporter there and the product

  /// Chance and expected exports of cells without trade.
  void judge_starts(OutlookCells& cells);
  /// Expected exports of cells with trade, and with `whole` their interval and chance to go on.
  void judge_flows(OutlookCells& cells, bool whole);

private:
  enum : int { start, size, growth, survival, forms };
  const OutlookForm* form_of(int number) const;
  void index(int number, const OutlookCells& cells, bool with_trade);

  const OutlookTables& tables_;
  const double* log_count_;
  std::int32_t countries_;
  std::int32_t product_ = 0, place_ = 0;
  std::array<std::int32_t, places> exporter_{};
  std::array<std::vector<std::uint16_t>, places> reached_;
  std::array<std::array<std::vector<double>, forms>, places> by_pair_;  ///< [market]
  std::array<std::vector<double>, forms> by_product_;                   ///< [market]
  std::array<double, forms> row_{};
  std::vector<double> log_potential_, log_trade_, index_;
  std::vector<std::int32_t> class_;
};

}  // namespace potentia
