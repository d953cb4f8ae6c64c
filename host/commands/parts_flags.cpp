#include "host/commands/parts_flags.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "host/run/log.hpp"
#include "host/run/signals.hpp"
#include "host/run/threads.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

constexpr int most_shards = 512;  // merge has all of them open at once

/// "3/16" as (3, 16); (0, 0) where the flag was not given.
std::pair<int, int> shard_of(const std::string& text) {
  if (text.empty()) return {0, 0};
  int shard = 0, shards = 0, end = 0;
  if (std::sscanf(text.c_str(), "%d/%d%n", &shard, &shards, &end) != 2 ||
      text.size() != static_cast<std::size_t>(end) || shard < 1 || shard > shards || shards > most_shards)
    throw Error(ErrorKind::usage, "--shard " + text + " is no share", "--shard",
                fmt::format("say --shard 3/16 for the third of sixteen, at most {}", most_shards));
  return {shard, shards};
}

/// "30s", "0.5s", "500ms", "2m", "1h", or a number of seconds.
double seconds_of(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const std::string unit = end;
  const double factor = unit.empty() || unit == "s"    ? 1.0
                        : unit == "ms"                 ? 1e-3
                        : unit == "m" || unit == "min" ? 60.0
                        : unit == "h"                  ? 3600.0
                                                       : 0.0;
  if (end == text.c_str() || factor == 0.0 || !(number >= 0.0) || number > 1e9)
    throw Error(ErrorKind::usage, "--every " + text + " is no time", "--every", "say --every 30s, 0.5s or 5m");
  return number * factor;
}

}  // namespace

void add_parts_flags(CLI::App& command, PartsFlags& flags) {
  command.add_option("--shard", flags.shard, "Only a share of the products, 3/16; merge puts the shards together");
  add_checkpoint_flags(command, flags);
}

void add_checkpoint_flags(CLI::App& command, PartsFlags& flags) {
  command.add_option("--checkpoint", flags.checkpoint.folder,
                     "Folder in which to keep progress, to be resumed after a stop");
  command.add_option("--every", flags.every, "How often to save it: 30s, 0.5s, 5m")->capture_default_str();
  command.add_flag("--resume", flags.checkpoint.resume, "Go on from the checkpoint, where there is one");
}

PartsPlan plan_parts(const PartsFlags& flags) {
  PartsPlan plan{shard_of(flags.shard), flags.checkpoint};
  plan.checkpoint.every = seconds_of(flags.every);
  if (plan.checkpoint.resume && !plan.checkpointed())
    throw Error(ErrorKind::usage, "--resume needs to know from where", "--resume", "name the folder with --checkpoint");
  if (plan.checkpointed()) let_signals_pause();
  return plan;
}

void join_job(const Ranks& ranks, const PartsPlan& plan, CommandContext& context) {
  if (ranks.size() == 1) return;
  context.before_failure = [rank = ranks.rank()] { return Ranks::may_speak(rank); };
  context.after_failure = [](int code) { Ranks::abort(code); };
  if (!ranks.is_root()) {
    start_logging(context.log_format == "json", true);
    interrupt_silently();
    context.progress.set_style(ProgressStyle::none);
  }
  if (!context.threads_given && std::getenv("OMP_NUM_THREADS") == nullptr) {
    context.threads = ranks.threads(processor_quota());
    omp_use(context.threads);
  }
  if (plan.is_shard())
    throw Error(ErrorKind::usage, "--shard is for jobs without MPI", "--shard", "leave it out under mpirun");
}

}  // namespace potentia
