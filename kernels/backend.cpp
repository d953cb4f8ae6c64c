#include "kernels/backend.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "kernels/cpu/cpu_backend.hpp"
#include "kernels/cuda/cuda_backend.hpp"

namespace potentia {
namespace {

/// Why CUDA is not to be used; empty if it is.
std::string cuda_obstacle() {
  const char* disabled = std::getenv("POTENTIA_DISABLE_CUDA");
  if (disabled != nullptr && *disabled != '\0' && std::string(disabled) != "0") return "disabled by POTENTIA_DISABLE_CUDA";
  return cuda_unavailable_reason();
}

}  // namespace

Margins Backend::evaluate(const Rows& rows, const ProgressSink& progress, const AskedSums& asked) {
  PartialSums sums = begin(rows, asked);
  evaluate_segments(0, segments(), sums, {}, progress);
  return finish(std::move(sums));
}

Margins Backend::finish_share(PartialSums sums) {
  Margins margins;
  margins.exporter_product = std::move(sums.exporter_product);
  margins.market_product = std::move(sums.market_product);
  world_ = std::move(sums.world);
  if (sums.exporter_sums) world_ = {std::move(sums.exporters), {}, {}, std::move(sums.exporter_sums)};
  return margins;
}

Margins Backend::finish(PartialSums sums) {
  std::vector<PairPiece> pieces = sums.pairs.take();
  fold_pieces(pieces);
  Margins pairs;
  if (sums.asked.any_pair())
    write_pair_margins(sums.terms, pieces, sectors(), sums.exporters, sums.markets, std::max(1, threads()), pairs, sums.asked);
  Margins margins = finish_share(std::move(sums));
  margins.pair = std::move(pairs.pair);
  margins.pair_sector = std::move(pairs.pair_sector);
  return margins;
}

std::vector<BackendInfo> list_backends() {
  std::vector<BackendInfo> backends;
  backends.push_back({"cpu", true, processor_name()});
  const std::string obstacle = cuda_obstacle();
  backends.push_back({"cuda", obstacle.empty(), obstacle.empty() ? cuda_device_name() : obstacle});
  return backends;
}

std::unique_ptr<Backend> make_backend(BackendChoice choice, int threads, int place) {
  if (choice == BackendChoice::cpu) return make_cpu_backend(threads);
  const std::string obstacle = cuda_obstacle();
  if (obstacle.empty()) return make_cuda_backend(threads, place);
  if (choice == BackendChoice::cuda)
    throw Error(ErrorKind::backend, "the CUDA backend is not available: " + obstacle, "--backend cuda",
                "use --backend cpu, or run where `potentia backends` lists a device");
  return make_cpu_backend(threads);
}

}  // namespace potentia
