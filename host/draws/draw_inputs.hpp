// The inputs of the draws that are being evaluated: problems with growth and elasticities of their own, and their ease
// of trade, which is a sum over all products where it follows from what is drawn.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "host/draws/drawn_problem.hpp"
#include "kernels/backend.hpp"
#include "kernels/buffer.hpp"
#include "kernels/country_tables.hpp"
#include "kernels/sums.hpp"

namespace potentia {

/// Makes a backend of one thread, on which one draw is evaluated at a time; called once for each that works side by
/// side.
using MakeWorker = std::function<std::unique_ptr<Backend>()>;

class DrawInputs {
public:
  /// @param backend has the baseline loaded
  /// @param world, built and maker must outlive this
  DrawInputs(const World& world, const BuiltProblem& built, const DrawMaker& maker, const Backend& backend);

  /// What is evaluated from now on.
  /// @param make_worker where ease is calibrated; @param workers how many draws are looked at side by side
  /// @param between called now and then, one call at a time; may throw
  void choose(std::vector<DrawNumbers> draws, const MakeWorker& make_worker, int workers, const ProgressSink& progress,
              const std::function<void()>& between = {});

  std::size_t draws() const { return numbers_.size(); }
  const DrawNumbers& numbers(std::size_t draw) const { return numbers_[draw]; }
  /// The problem of a draw, but for its trade and ease. Kept, unless elasticities by market make it large. May be
  /// called for different draws side by side.
  std::shared_ptr<const Problem> problem(std::size_t draw);
  /// [exporter][stride]; the same pointer for draws with the same ease
  const double* ease(std::size_t draw) const;

  /// Whether draws have ease of their own, in memory for all of them.
  bool ease_varies() const { return ease_from_trade() || ease_calibrated() || maker_.varies(DrawGroup::ease); }
  bool trade_varies() const { return maker_.varies(DrawGroup::trade); }
  std::vector<double> weights(std::size_t draw) const { return maker_.weights(numbers_[draw].of(DrawGroup::trade)); }

  const World& world() const { return world_; }
  const BuiltProblem& built() const { return built_; }
  const std::vector<Segment>& segments() const { return segments_; }
  std::size_t countries() const { return built_.problem->countries; }
  std::size_t stride() const { return stride_; }
  const std::shared_ptr<const CountryTables>& country() const { return country_; }
  /// Whether the pair trades at all: elsewhere every draw's potential is 0.
  bool trades(std::size_t exporter, std::size_t market) const { return trades_[exporter * countries() + market] != 0; }
  /// Whether the exporter sells the product (in the problem's order): elsewhere every draw's potential is 0.
  bool sells(std::size_t exporter, std::size_t product) const { return sells_[product * countries() + exporter] != 0; }

private:
  bool ease_from_trade() const { return trade_varies() && built_.problem->ease_given == nullptr; }
  bool ease_calibrated() const { return built_.problem->ease == Ease::calibrated && maker_.varies(DrawGroup::sigma); }
  void mark_trade();
  void add_shares(const std::vector<std::size_t>& draws, int workers, double* eases, const std::function<void()>& done,
                  const std::function<void()>& between) const;
  void calibrate(const std::vector<std::size_t>& draws, const MakeWorker& make_worker, int workers, double* eases,
                 const std::function<void()>& done);

  const World& world_;
  const BuiltProblem& built_;
  const DrawMaker& maker_;
  std::vector<Segment> segments_;
  std::size_t stride_;
  std::shared_ptr<const CountryTables> country_;
  std::vector<std::uint8_t> trades_, sells_;
  Buffer<double> baseline_ease_;  ///< [exporter][stride]
  std::vector<DrawNumbers> numbers_;
  std::vector<std::shared_ptr<const Problem>> problems_;  ///< [draw]
  Buffer<double> eases_;                                  ///< [different ease][exporter][stride]; empty: the baseline's
  std::vector<std::size_t> ease_of_;                      ///< [draw] which one
};

}  // namespace potentia
