// Which assumption matters: Sobol' indices of unrealised potential, by group of inputs.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "host/draws/draw_inputs.hpp"
#include "host/draws/segment_evaluator.hpp"
#include "io/result/draws_result.hpp"
#include "kernels/backend.hpp"

namespace potentia {

struct SensitivityJob {
  DrawInputs* inputs = nullptr;        ///< of its own: other draws are chosen
  const FlowGround* ground = nullptr;  ///< of the baseline; null: backends take each draw by itself
  std::vector<Backend*> backends;      ///< one for each worker, of one thread
  MakeWorker make_worker;
  std::uint32_t first = 1, samples = 0;  ///< sample n has draw first + n for A; B is of draws that nobody else has
  std::vector<DrawGroup> groups;         ///< that vary
  int workers = 1;
  std::int32_t first_row = 0;  ///< the exporter of the tables' first row
};

/// Fills the block's exporters of the tables, whose other rows stay as they are.
/// @param done called after each sample, one call at a time
void add_sensitivity(const SensitivityJob& job, const ExporterBlock& block, const std::function<void()>& done,
                     Sensitivity& sensitivity);

}  // namespace potentia
