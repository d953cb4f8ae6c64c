// See steps.hpp.
#include "host/nightly/steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>

#include "host/nightly/children.hpp"
#include "host/nightly/outputs.hpp"
#include "io/output_file.hpp"
#include "io/result/result_read.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::nightly {
namespace {

namespace fs = std::filesystem;

constexpr auto breath = std::chrono::milliseconds(1000);  // then looked whether a signal has come

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string with(std::string text, const std::string& mark, const std::string& value) {
  const std::size_t at = text.find(mark);
  return at == text.npos ? text : text.replace(at, mark.size(), value);
}

void make_parents(const fs::path& path) {
  std::error_code failure;
  fs::create_directories(path.parent_path(), failure);
  if (failure) throw_disk_error(failure.value(), path.parent_path().string());
}

}  // namespace

int threads_for_step(int free_threads, int ready) { return std::max(1, free_threads / std::max(1, ready)); }

std::string StepRunner::log_path(std::size_t at) const {
  std::string name = plan_[at].kind + "-" + plan_[at].name;
  std::replace(name.begin(), name.end(), '/', '-');
  return "logs/" + name + ".txt";
}

std::vector<std::string> StepRunner::command(std::size_t at, int threads) const {
  const Step& step = plan_[at];
  std::string world;
  if (step.world_from != no_step) world = plan_[step.world_from].output;
  for (const auto& [role, path] : step.inputs)
    if (role == "world") world = path;
  std::vector<std::string> arguments{"potentia"};
  for (const std::string& argument : step.arguments)
    arguments.push_back(with(with(argument, "{world}", world), "{output}", step.output));
  arguments.insert(arguments.end(), {"--threads", std::to_string(threads)});
  return arguments;
}

void StepRunner::fail(std::size_t at, int exit_code, const std::string& error) {
  StepRecord& record = records_[at];
  record.state = StepState::failed;
  record.exit_code = exit_code;
  record.error = error;
  turns_[at].place = Place::over;
  std::error_code none;
  fs::remove_all(fs::path(run_) / plan_[at].output, none);
  if (fs::exists(fs::path(run_) / log_path(at), none)) record.outputs = list_outputs(run_, log_path(at));
  journal_.warn(fmt::format("{} {} failed with exit code {}: {}", record.kind, record.name, exit_code, error));
}

/// Takes the step's outputs from the newest run that made them of the same inputs.
bool StepRunner::carry(std::size_t at) {
  StepRecord& record = records_[at];
  for (auto run = earlier_.runs.rbegin(); run != earlier_.runs.rend(); ++run) {
    for (const StepRecord& step : run->steps) {
      const bool made = step.state == StepState::done || step.state == StepState::carried;
      if (!made || step.key != record.key || step.kind != record.kind || step.name != record.name) continue;
      const std::string folder = folder_.run_path(run->name);
      if (!outputs_are_whole(folder, step.outputs)) {
        journal_.warn(fmt::format("{} {}: files of run {} are not as they were written, so they are not carried over",
                                  record.kind, record.name, run->name));
        continue;
      }
      carry_outputs(folder, run_, step.outputs);
      record.state = StepState::carried;
      record.from = step.state == StepState::carried ? step.from : run->name;
      record.digest = step.digest;
      record.outputs = step.outputs;
      journal_.say(fmt::format("{} {}: unchanged, from run {}", record.kind, record.name, record.from));
      return true;
    }
  }
  return false;
}

/// A step whose turn has come: carried over, ready to run, or not to run at all.
void StepRunner::prepare(std::size_t at) {
  const Step& step = plan_[at];
  StepRecord& record = records_[at];
  std::string world_digest;
  if (step.world_from != no_step) {
    if (turns_[step.world_from].place != Place::over) return;
    const StepRecord& world = records_[step.world_from];
    if (world.state == StepState::failed) {
      record.error = fmt::format("{} {} failed", world.kind, world.name);
      turns_[at].place = Place::over;
      journal_.warn(fmt::format("{} {} does not run: {}", record.kind, record.name, record.error));
      return;
    }
    world_digest = world.digest;
  }
  if (!step.error.empty()) return fail(at, static_cast<int>(ErrorKind::input), step.error);
  try {
    record.inputs = inputs_of(step, fingerprints_, world_digest);
  } catch (const Error& error) {
    return fail(at, error.exit_code(), error.what());
  }
  record.key = key_of(step, program_, record.inputs);
  turns_[at].place = carry(at) ? Place::over : Place::ready;
}

void StepRunner::describe_success(std::size_t at) {
  const Step& step = plan_[at];
  StepRecord& record = records_[at];
  record.state = StepState::done;
  turns_[at].place = Place::over;
  const fs::path output = fs::path(run_) / step.output;
  if (!step.forms.empty()) {
    for (const fs::directory_entry& entry : fs::directory_iterator(output))
      if (std::none_of(step.forms.begin(), step.forms.end(),
                       [&](const std::string& form) { return ends_with(entry.path().string(), form); }))
        fs::remove(entry.path());
  }
  record.outputs = list_outputs(run_, step.output);
  if (fs::exists(fs::path(run_) / log_path(at)))
    for (OutputRecord& log : list_outputs(run_, log_path(at))) record.outputs.push_back(std::move(log));
  if (output.extension() == ".h5") record.digest = content_digest(output.string());
  for (const auto& [role, path] : step.inputs) {
    try {
      if (stamp_of(path) == fingerprints_.of(path).stamp) continue;
    } catch (const Error&) {
      // it is gone: changed as well
    }
    journal_.warn(
        fmt::format("{} {}: {} changed while it ran, so the next night does it again", record.kind, record.name, path));
    record.key.clear();
  }
  journal_.say(fmt::format("{} {}: {:.2f} s on {} thread{}", record.kind, record.name, record.seconds, record.threads,
                           record.threads == 1 ? "" : "s"));
}

std::vector<StepRecord> StepRunner::run(int threads, int jobs) {
  records_.clear();
  turns_.assign(plan_.size(), Turn{});
  for (const Step& step : plan_) {
    records_.emplace_back();
    records_.back().kind = step.kind;
    records_.back().name = step.name;
  }
  if (jobs == 0) jobs = threads;
  Children children;
  std::map<std::size_t, std::size_t> step_of_child;
  int free_threads = threads;
  while (true) {
    check_interrupted();
    std::vector<std::size_t> ready;
    for (std::size_t at = 0; at < plan_.size(); ++at) {
      if (turns_[at].place == Place::waiting) prepare(at);
      if (turns_[at].place == Place::ready) ready.push_back(at);
    }
    const int slots = jobs - static_cast<int>(children.running());
    int starting =
        std::min<int>({static_cast<int>(ready.size()), slots, std::max(free_threads, children.running() == 0 ? 1 : 0)});
    for (std::size_t n = 0; starting > 0; ++n, --starting) {
      const std::size_t at = ready[n];
      Turn& turn = turns_[at];
      StepRecord& record = records_[at];
      turn.threads = record.threads = threads_for_step(free_threads, starting);
      record.command = command(at, turn.threads);
      make_parents(fs::path(run_) / plan_[at].output);
      make_parents(fs::path(run_) / log_path(at));
      Command child;
      child.arguments = record.command;
      child.program = "/proc/self/exe";  // this very program, also where a newer one has been installed meanwhile
      child.folder = run_;
      child.log = run_ + "/" + log_path(at);
      step_of_child[children.start(child)] = at;
      turn.place = Place::running;
      free_threads -= turn.threads;
    }
    if (children.running() == 0) break;
    for (const Ended& ended : children.wait(breath)) {
      const std::size_t at = step_of_child.at(ended.child);
      free_threads += turns_[at].threads;
      records_[at].seconds = ended.seconds;
      records_[at].exit_code = ended.exit_code;
      if (ended.exit_code != 0) {
        fail(at, ended.exit_code, ended.error);
        continue;
      }
      try {
        describe_success(at);
      } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted) throw;
        fail(at, error.exit_code(), error.what());
      } catch (const fs::filesystem_error& error) {
        fail(at, static_cast<int>(ErrorKind::resources), error.what());
      }
    }
  }
  return records_;
}

}  // namespace potentia::nightly
