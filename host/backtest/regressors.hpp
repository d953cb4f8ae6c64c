// Rows that the models of a back-test are estimated from; exporters are the clusters.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/backtest/origin.hpp"
#include "host/statistics/rows.hpp"

namespace potentia::backtest {

/// More columns for cells that might start.
class MoreColumns {
public:
  virtual ~MoreColumns() = default;
  virtual const std::vector<std::string>& names() const = 0;
  /// @param x [names][column_stride]
  virtual void fill(std::int32_t exporter, const Cells& cells, std::uint64_t first, std::int32_t count, double* x) const = 0;
};

/// Whether a cell without trade started.
class StartRows : public statistics::RowStream {
public:
  /// @param more null = the plain model
  explicit StartRows(const Origin& origin, const MoreColumns* more = nullptr);

  std::int32_t clusters() const override { return origin_.facts.countries; }
  std::uint64_t rows(std::int32_t cluster) const override { return origin_.candidates[cluster].size(); }
  const std::vector<std::string>& columns() const override { return names_; }
  void read(std::int32_t cluster, std::uint64_t first, std::int32_t count, double* x, double* y) const override;
  std::uint64_t events(std::int32_t cluster) const override { return origin_.candidates[cluster].log_after.size(); }

private:
  const Origin& origin_;
  const MoreColumns* more_;
  std::vector<std::string> names_;
};

/// How much those that started sell: y = ln v1.
class SizeRows : public statistics::RowStream {
public:
  explicit SizeRows(const Origin& origin);

  std::int32_t clusters() const override { return origin_.facts.countries; }
  std::uint64_t rows(std::int32_t cluster) const override { return origin_.candidates[cluster].log_after.size(); }
  const std::vector<std::string>& columns() const override { return plain_names(); }
  void read(std::int32_t cluster, std::uint64_t first, std::int32_t count, double* x, double* y) const override;

private:
  const Origin& origin_;
  std::vector<std::vector<std::uint32_t>> starters_;  ///< [exporter] positions among the candidates
};

/// ln v0, then the plain regressors, of cells with trade.
std::vector<std::string> flow_names();

/// Whether a flow survived.
class SurvivalRows : public statistics::RowStream {
public:
  explicit SurvivalRows(const Origin& origin) : origin_(origin), names_(flow_names()) {}

  std::int32_t clusters() const override { return origin_.facts.countries; }
  std::uint64_t rows(std::int32_t cluster) const override { return origin_.flows[cluster].size(); }
  const std::vector<std::string>& columns() const override { return names_; }
  void read(std::int32_t cluster, std::uint64_t first, std::int32_t count, double* x, double* y) const override;

private:
  const Origin& origin_;
  std::vector<std::string> names_;
};

/// By how much a survivor grew: y = ln(v1 / v0).
class GrowthRows : public statistics::RowStream {
public:
  explicit GrowthRows(const Origin& origin);

  std::int32_t clusters() const override { return origin_.facts.countries; }
  std::uint64_t rows(std::int32_t cluster) const override { return survivors_[cluster].size(); }
  const std::vector<std::string>& columns() const override { return names_; }
  void read(std::int32_t cluster, std::uint64_t first, std::int32_t count, double* x, double* y) const override;

private:
  const Origin& origin_;
  std::vector<std::vector<std::uint32_t>> survivors_;  ///< [exporter] positions among the flows
  std::vector<std::string> names_;
};

}  // namespace potentia::backtest
