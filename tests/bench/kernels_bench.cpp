// kernels_bench: loads and evaluates a world of full size on every backend, checks that all give the same bytes, and
// prints how long it takes beside what the machine could do at most. Links only potentia_kernels.
//
//   kernels_bench [--backend cpu|cuda|all] [--threads N] [--runs N] [--countries N] [--products N] [--density D]
//                 [--tariffs] [--bandwidth GB/s] [--rate Gop/s] [--peaks] [--only load|cells|asked|list]
//
// --only times one step, without the comparison of bytes: for perf and callgrind.
//
// The exit code is 1 if two backends or two thread counts differ, 2 for a wrong flag.
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "kernels/backend.hpp"
#include "tests/bench/bench_problem.hpp"
#include "tests/bench/machine_peaks.hpp"
#include "tests/parity/results.hpp"

namespace potentia::bench {
namespace {

struct Flags {
  BenchShape shape;
  std::string backend = "all";
  int threads = 0;
  int runs = 5;
  double bandwidth = 0.0, rate = 0.0;  // GB/s and Gop/s, 0 = measured, or known of the device
  bool peaks = false;
  std::string only;

  bool times(const char* step) const { return only.empty() || only == step; }
};

[[noreturn]] void usage(const std::string& what) {
  std::fprintf(stderr, "kernels_bench: %s; see the head of kernels_bench.cpp for the flags\n", what.c_str());
  std::exit(2);
}

Flags parse(int argc, char** argv) {
  Flags flags;
  for (int n = 1; n < argc; ++n) {
    const std::string flag = argv[n];
    if (flag == "--tariffs") {
      flags.shape.tariffs = true;
      continue;
    }
    if (flag == "--peaks") {
      flags.peaks = true;
      continue;
    }
    if (n + 1 == argc) usage("unknown flag or no value: " + flag);
    const char* value = argv[++n];
    if (flag == "--backend") flags.backend = value;
    else if (flag == "--threads") flags.threads = std::atoi(value);
    else if (flag == "--runs") flags.runs = std::atoi(value);
    else if (flag == "--countries") flags.shape.countries = std::atoi(value);
    else if (flag == "--products") flags.shape.products = std::atoi(value);
    else if (flag == "--density") flags.shape.density = std::atof(value);
    else if (flag == "--bandwidth") flags.bandwidth = std::atof(value);
    else if (flag == "--rate") flags.rate = std::atof(value);
    else if (flag == "--only") flags.only = value;
    else usage("unknown flag " + flag);
  }
  const bool known = flags.backend == "cpu" || flags.backend == "cuda" || flags.backend == "all";
  const BenchShape& shape = flags.shape;
  if (!known || flags.runs < 1 || flags.threads < 0) usage("a value is out of range");
  if (shape.countries < 2 || shape.countries > 2000 || shape.products < 16 || shape.products > 100000 ||
      !(shape.density > 0.0 && shape.density < 0.9)) {
    usage("a size is out of range");
  }
  if (flags.threads == 0) flags.threads = omp_get_max_threads();
  return flags;
}

/// What a device does at most: by its data sheet, in GB/s and in double-precision Gop/s without fused operations.
struct Peaks {
  double bandwidth = 0.0, rate = 0.0;
};

Peaks peaks_of(const Backend& backend, const Flags& flags) {
  Peaks peaks;
  if (backend.name() == "cpu") {
    peaks = {memory_bandwidth(flags.threads) * 1e-9, arithmetic_rate(flags.threads) * 1e-9};
  } else {
    struct Sheet {
      const char* name;
      double bandwidth, rate;
    };
    for (const Sheet& sheet : {Sheet{"H200", 4800, 17000}, Sheet{"H100", 3350, 17000}, Sheet{"A100", 2000, 4900},
                               Sheet{"V100", 900, 3900}, Sheet{"T4", 320, 127}}) {
      if (backend.device().find(sheet.name) == std::string::npos) continue;
      peaks = {sheet.bandwidth, sheet.rate};
      break;
    }
  }
  if (flags.bandwidth > 0.0) peaks.bandwidth = flags.bandwidth;
  if (flags.rate > 0.0) peaks.rate = flags.rate;
  return peaks;
}

struct Times {
  double median, least, most;
};

Times time_runs(int runs, const std::function<void()>& work) {
  std::vector<double> seconds;
  for (int run = 0; run < runs + (runs > 1 ? 1 : 0); ++run) {  // the first one warms up
    const auto start = std::chrono::steady_clock::now();
    work();
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  if (runs > 1) seconds.erase(seconds.begin());
  std::sort(seconds.begin(), seconds.end());
  return {seconds[seconds.size() / 2], seconds.front(), seconds.back()};
}

void print_row(const char* what, const Times& times, double floor, const char* bound) {
  std::printf("%-28s %9.2f ms  (%.2f-%.2f)", what, times.median * 1e3, times.least * 1e3, times.most * 1e3);
  if (floor > 0.0) {
    std::printf("  floor %8.2f ms (%s), %5.1f %% of it reached", floor * 1e3, bound, 100.0 * floor / times.median);
  }
  std::printf("\n");
}

/// Additions, multiplications, comparisons and divisions of one cell with all its sums, counted in kernels/cell.hpp and
/// kernels/margins.hpp: reach 5, potentials 6, unrealised and static 5, growth 2, logarithmic mean 12, sums 23.
/// A changing tariff adds 6.
double operations(const Problem& problem) {
  return static_cast<double>(live_cells(problem)) * (problem.tariffs.rows > 0 ? 59.0 : 53.0);
}

/// Every flow once, and the factor tables once.
double bytes_in(const Problem& problem) {
  const double tables = 8.0 * problem.countries * problem.products;
  return 12.0 * static_cast<double>(problem.flows.flows) + 6.0 * tables;
}

/// Twelve columns of every margin.
double bytes_out(const Problem& problem) {
  const double n = problem.countries;
  return 12.0 * 8.0 * (n * n * (1.0 + problem.sectors) + 2.0 * n * problem.products);
}

void bench_backend(Backend& backend, const std::shared_ptr<const Problem>& problem, const Flags& flags) {
  const Peaks peaks = flags.only.empty() ? peaks_of(backend, flags) : Peaks{};
  std::printf("\n%s: %s", backend.name().c_str(), backend.device().c_str());
  if (backend.threads() > 0) std::printf(", %d threads", backend.threads());
  std::printf("; at most %.1f GB/s and %.1f Gop/s\n", peaks.bandwidth, peaks.rate);
  const auto floor = [&](double bytes, double ops, const char*& bound) {
    if (peaks.bandwidth <= 0.0 || peaks.rate <= 0.0) return 0.0;
    const double moving = bytes / (peaks.bandwidth * 1e9), computing = ops / (peaks.rate * 1e9);
    bound = moving > computing ? "bytes" : "operations";
    return std::max(moving, computing);
  };
  const char* bound = "";
  const double in = bytes_in(*problem), out = bytes_out(*problem);
  double limit = floor(in, 0.0, bound);
  backend.load(problem);
  if (flags.times("load"))
    print_row("load (factor tables)", time_runs(flags.runs, [&] { backend.load(problem); }), limit, bound);
  limit = floor(in + out, operations(*problem), bound);
  if (flags.times("cells")) {
    const Times cells = time_runs(flags.runs, [&] { backend.evaluate({}, {}); });
    print_row("evaluate (cells, margins)", cells, limit, bound);
    const double all = static_cast<double>(problem->countries) * problem->countries * problem->products;
    std::printf("%-28s %9.3f ns  a cell of all, %.3f ns a cell whose exporter sells the product\n", "evaluate",
                cells.median * 1e9 / all, cells.median * 1e9 / static_cast<double>(live_cells(*problem)));
  }
  if (flags.times("asked")) {
    const AskedSums asked{{column_potential}, {}, {column_potential}, {}, false};
    print_row("pair, exporter potentials", time_runs(flags.runs, [&] { backend.evaluate({}, {}, asked); }), 0.0, "");
    AskedSums levels = asked;
    levels.pair = levels.exporter_product = columns_of(CellTerms::levels);
    print_row("pair, exporter levels", time_runs(flags.runs, [&] { backend.evaluate({}, {}, levels); }), 0.0, "");
  }
  if (!flags.times("list")) return;
  backend.evaluate({}, {});
  print_row("list_cells (500 each)", time_runs(flags.runs, [&] { backend.list_cells({}, {}, {}); }), 0.0, "");
}

/// @return whether all backends and 1, 2 and 5 threads give the same bytes
bool check_bytes(const std::vector<std::string>& backends, const std::shared_ptr<const Problem>& problem) {
  const auto results = [&](BackendChoice choice, int threads) {
    return testing::results_of(*make_backend(choice, threads), problem, {}, {});
  };
  const testing::Results expected = results(BackendChoice::cpu, 1);
  bool same = true;
  const auto compare = [&](const char* what, const testing::Results& found) {
    const std::string difference = testing::byte_difference(expected, found);
    std::printf("%-10s %s\n", what, difference.empty() ? "the same bytes as cpu with 1 thread" : difference.c_str());
    same = same && difference.empty();
  };
  compare("cpu, 2", results(BackendChoice::cpu, 2));
  compare("cpu, 5", results(BackendChoice::cpu, 5));
  if (std::find(backends.begin(), backends.end(), "cuda") != backends.end()) {
    compare("cuda", results(BackendChoice::cuda, 0));
  }
  return same;
}

int run(const Flags& flags) {
  if (flags.peaks) {
    std::printf("{\"threads\": %d, \"bandwidth_gb_s\": %.2f, \"rate_gop_s\": %.2f}\n", flags.threads,
                memory_bandwidth(flags.threads) * 1e-9, arithmetic_rate(flags.threads) * 1e-9);
    return 0;
  }
  std::vector<std::string> backends;
  for (const BackendInfo& info : list_backends()) {
    const bool wanted = flags.backend == "all" || flags.backend == info.name;
    if (wanted && info.available) backends.push_back(info.name);
    if (wanted && !info.available) std::printf("%s is not available: %s\n", info.name.c_str(), info.detail.c_str());
    if (flags.backend == info.name && !info.available) return static_cast<int>(ErrorKind::backend);
  }
  const auto problem = make_bench_problem(flags.shape);
  std::printf("%d countries, %d products, %llu flows, %s tariffs; %.1f million cells, of which %.1f of exporters that "
              "sell the product; medians of %d\n",
              problem->countries, problem->products, static_cast<unsigned long long>(problem->flows.flows),
              flags.shape.tariffs ? "with" : "without",
              1e-6 * problem->countries * problem->countries * problem->products,
              1e-6 * static_cast<double>(live_cells(*problem)), flags.runs);
  if (flags.only.empty() && !check_bytes(backends, problem)) return 1;
  for (const std::string& name : backends) {
    const auto backend = make_backend(name == "cuda" ? BackendChoice::cuda : BackendChoice::cpu, flags.threads);
    bench_backend(*backend, problem, flags);
  }
  return 0;
}

}  // namespace
}  // namespace potentia::bench

int main(int argc, char** argv) {
  try {
    return potentia::bench::run(potentia::bench::parse(argc, argv));
  } catch (const potentia::Error& error) {
    std::fprintf(stderr, "kernels_bench: %s\n", error.what());
    return error.exit_code();
  }
}
