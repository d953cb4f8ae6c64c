// See nightly.hpp.
#include "host/nightly/nightly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "host/nightly/alarms.hpp"
#include "host/nightly/figures.hpp"
#include "host/nightly/fingerprints.hpp"
#include "host/nightly/index_page.hpp"
#include "host/nightly/journal.hpp"
#include "host/nightly/lock.hpp"
#include "host/nightly/plan.hpp"
#include "host/nightly/run_folder.hpp"
#include "host/nightly/steps.hpp"
#include "host/nightly/telling.hpp"
#include "host/run/host_name.hpp"
#include "host/version.hpp"
#include "io/output_file.hpp"
#include "kernels/error.hpp"

namespace potentia::nightly {
namespace {

constexpr std::size_t told_moves = 5;  // of each side and column
constexpr const char* executable = "/proc/self/exe";

std::int64_t now() { return static_cast<std::int64_t>(std::time(nullptr)); }

class Night {
public:
  Night(const Config& config, const RunFolder& folder, int threads)
      : config_(config), folder_(folder), threads_(threads) {
    record_.started = now();
  }
  ~Night() {
    if (!published_ && !record_.name.empty()) folder_.abandon(record_.name);
  }
  Night(const Night&) = delete;
  Night& operator=(const Night&) = delete;

  int run() {
    look_around();
    make();
    keep();
    return close();
  }

private:
  /// Notes how long it took since the last phase.
  void phase(const std::string& name) {
    const auto time = Clock::now();
    record_.phases.emplace_back(name, std::chrono::duration<double>(time - last_phase_).count());
    last_phase_ = time;
  }

  void look_around() {
    for (const std::string& name : folder_.remove_leftovers())
      journal_.say(fmt::format("removed {}, which a night that was killed left behind", name));
    earlier_ = folder_.list();
    for (const std::string& name : earlier_.unreadable)
      journal_.warn(fmt::format(
          "the manifest.json of run {} is damaged or missing: the run is left alone and not compared with", name));
    const std::string complaint = prints_.load(folder_.path("state.json"));
    if (!complaint.empty())
      journal_.warn(fmt::format("{} {}: every input is hashed anew", folder_.path("state.json"), complaint));
    plan_ = make_plan(config_);
    std::vector<std::string> files{config_.path, executable};
    for (const Step& step : plan_)
      for (const auto& [role, path] : step.inputs) files.push_back(path);
    prints_.update(files, threads_);
    if (prints_.hashed() > 0)
      journal_.say(fmt::format("{} of {} inputs are new or changed in size or time: hashed ({:.1f} MB)",
                               prints_.hashed(), std::set<std::string>(files.begin(), files.end()).size(),
                               static_cast<double>(prints_.hashed_bytes()) / 1e6));
    describe_run();
    phase("look");
  }

  void describe_run() {
    record_.number = earlier_.last_number + 1;
    record_.name = run_name(record_.started, record_.number);
    program_ = {program_version(), program_commit(), prints_.of(executable).sha256};
    record_.version = program_.version;
    record_.commit = program_.commit;
    record_.executable_sha256 = program_.sha256;
    record_.host = host_name();
    record_.threads = threads_;
    record_.config = config_.path;
    record_.config_sha256 = prints_.of(config_.path).sha256;
    if (previous() != nullptr) record_.previous = previous()->name;
    if (previous() != nullptr && previous()->started > record_.started)
      journal_.warn(fmt::format("the clock says {}, before run {} began: runs are told apart by their numbers",
                                utc_text(record_.started), previous()->name));
  }

  const RunRecord* previous() const { return earlier_.latest_complete(); }

  void make() {
    making_ = folder_.begin(record_.name);
    StepRunner runner(plan_, folder_, making_, earlier_, program_, prints_, journal_);
    record_.steps = runner.run(threads_, static_cast<int>(config_.jobs));
    phase("steps");
    std::map<std::string, double> seconds{{"import", 0}, {"solve", 0}, {"report", 0}, {"scenario", 0}, {"atlas", 0}};
    for (const StepRecord& step : record_.steps) seconds[step.kind] += step.seconds;
    record_.phases.insert(record_.phases.end(), seconds.begin(), seconds.end());
    record_.alarms = step_alarms(record_.steps);
    const std::size_t told = record_.alarms.size();  // when it happened
    bool all_done = record_.alarms.empty();
    for (std::size_t at = 0; at < plan_.size(); ++at) {
      if (plan_[at].kind != "solve") continue;
      try {
        add_world(at);
      } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted) throw;
        record_.alarms.push_back(fmt::format("{}: its key numbers cannot be read: {}", plan_[at].name, error.what()));
        all_done = false;
      }
    }
    const auto made = [](const StepRecord& step) {
      return step.state == StepState::done || step.state == StepState::carried;
    };
    const bool any_done = std::any_of(record_.steps.begin(), record_.steps.end(), made);
    if (!all_done)
      record_.state = any_done ? RunState::partial : RunState::failed;
    else
      record_.state = record_.alarms.empty() ? RunState::success : RunState::alarm;
    for (std::size_t n = told; n < record_.alarms.size(); ++n) journal_.warn(record_.alarms[n]);
    phase("compare");
  }

  /// Newest of the files that a world is made of, without settings and the like.
  std::int64_t data_modified(std::size_t solve) const {
    const std::size_t import = plan_[solve].world_from;
    std::int64_t newest = 0;
    for (const InputRecord& input : record_.steps[import == no_step ? solve : import].inputs)
      if (input.role == "data" || input.role == "world") newest = std::max(newest, input.modified);
    return newest;
  }

  /// Key numbers of a world that was solved, now or in an earlier run, and what moved.
  void add_world(std::size_t at) {
    const StepRecord& step = record_.steps[at];
    if (step.state != StepState::done && step.state != StepState::carried) return;
    const std::string result = plan_[at].output;
    WorldRecord world;
    const WorldRecord* known = nullptr;
    for (const RunRecord& run : earlier_.runs) {
      const WorldRecord* const candidate = step.state == StepState::carried ? run.world(step.name) : nullptr;
      if (candidate != nullptr && candidate->result_digest == step.digest) known = candidate;
    }
    if (known != nullptr)
      world = *known;
    else
      world = figures_of(making_ + "/" + result);
    world.name = step.name;
    const std::size_t import = plan_[at].world_from;
    world.world_digest = import == no_step ? "" : record_.steps[import].digest;
    world.data_modified = data_modified(at);
    world.compared_with.clear();
    world.moves.clear();
    world.changed.clear();
    const WorldRecord* const before = previous() == nullptr ? nullptr : previous()->world(step.name);
    std::vector<MoveRecord> changes;
    if (before != nullptr) {
      world.compared_with = previous()->name;
      if (before->result_digest != world.result_digest) {
        changes = changes_since(*previous(), result);
        world.moves = largest_moves(changes, told_moves);
        world.changed =
            changed_inputs(previous()->steps, record_.steps, step.name, import == no_step ? "" : plan_[import].name);
        if (previous()->executable_sha256 != program_.sha256) world.changed.emplace_back("the program");
        journal_.say(fmt::format("{}: potential {} since run {}, unrealised {}", world.name,
                                 change_text(before->potential, world.potential), previous()->name,
                                 change_text(before->unrealized, world.unrealized)));
        if (!world.changed.empty()) journal_.say(changed_text(world));
      }
    }
    const auto alarms = world_alarms(config_.alarm, world, before, changes, now());
    record_.alarms.insert(record_.alarms.end(), alarms.begin(), alarms.end());
    record_.worlds.push_back(std::move(world));
  }

  /// The totals are compared whatever became of the earlier file.
  std::vector<MoveRecord> changes_since(const RunRecord& run, const std::string& result) {
    try {
      return changes_between(folder_.run_path(run.name) + "/" + result, making_ + "/" + result);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::interrupted) throw;
      journal_.warn(fmt::format("what moved since run {} cannot be told: {}", run.name, error.what()));
      return {};
    }
  }

  void keep() {
    record_.seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
    write_output(making_ + "/log.txt", journal_.text());
    write_output(making_ + "/manifest.json", record_to_json(record_));
    folder_.publish(record_.name);
    published_ = true;
  }

  /// What follows once the run is kept. One duty that fails keeps none of the others from being done.
  int close() {
    std::vector<std::string> summary = record_.alarms;
    std::string failure;
    int code = record_.alarms.empty() ? 0 : alarm_exit_code;
    const auto duty = [&](const std::function<void()>& work) {
      try {
        work();
      } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted) throw;
        if (failure.empty()) {
          failure = error.what();
          code = error.exit_code();
        }
        summary.emplace_back(error.what());
      }
    };
    if (record_.complete()) duty([&] { folder_.switch_latest(record_.name); });
    RunList list = std::move(earlier_);
    list.runs.push_back(record_);
    duty([&] { remove_old(list); });
    duty([&] { prints_.save(folder_.path("state.json")); });
    duty([&] { write_output(folder_.path("index.html"), index_page(config_.title, list, folder_.latest())); });
    duty([&] { write_metrics(config_, &record_, list.latest_complete()); });
    const std::string run = folder_.run_path(record_.name);
    log_info(fmt::format("run {}: {} in {:.2f} s ({})", record_.name, state_name(record_.state), record_.seconds, run));
    if (code == 0) return 0;
    for (const WorldRecord& world : record_.worlds)
      if (!world.changed.empty()) summary.push_back(changed_text(world));
    call(config_, Call{failure.empty() ? state_name(record_.state) : "error", run, code, summary});
    if (!failure.empty())
      log_error(failure, code);
    else
      log_error(fmt::format("alarm: {}{} ({}); see {}", record_.alarms[0],
                            record_.alarms.size() == 1 ? "" : fmt::format(", and {} more", record_.alarms.size() - 1),
                            run, folder_.path("index.html")),
                code);
    return code;
  }

  void remove_old(RunList& list) {
    for (const std::string& name :
         runs_to_remove(list, config_.keep_runs, config_.keep_days, now(), folder_.latest())) {
      folder_.remove(name);
      list.runs.erase(
          std::find_if(list.runs.begin(), list.runs.end(), [&](const RunRecord& run) { return run.name == name; }));
    }
  }

  using Clock = std::chrono::steady_clock;

  const Config& config_;
  const RunFolder& folder_;
  const int threads_;
  const Clock::time_point begun_ = Clock::now();
  Clock::time_point last_phase_ = begun_;
  Journal journal_;
  Fingerprints prints_;
  Program program_;
  RunList earlier_;
  std::vector<Step> plan_;
  std::string making_;
  RunRecord record_;
  bool published_ = false;
};

}  // namespace

int run_nightly(const Config& config, int threads) {
  try {
    const RunFolder folder(config.folder);
    folder.require_ours();
    Lock lock(folder.path("lock"));
    if (!lock.held()) {
      log_error(fmt::format("another nightly is at work: {} ({}); try again later", lock.remark(), folder.path("lock")),
                busy_exit_code);
      return busy_exit_code;
    }
    if (!lock.remark().empty())
      log_warning(fmt::format("a stale lock was taken over: {} held it and is gone", lock.remark()));
    return Night(config, folder, threads).run();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::interrupted) tell_of(config, error);
    throw;
  } catch (const std::filesystem::filesystem_error& failure) {
    const Error error(ErrorKind::resources, "the folder of runs cannot be used: " + failure.code().message(),
                      failure.path1().string(), "check the disk");
    tell_of(config, error);
    throw error;
  }
}

}  // namespace potentia::nightly
