// The steps of a night, run: carried over from an earlier run where nothing has changed, else as programs of their own,
// as many at a time as there are threads for.
#pragma once

#include <string>
#include <vector>

#include "host/nightly/journal.hpp"
#include "host/nightly/plan.hpp"
#include "host/nightly/record.hpp"
#include "host/nightly/run_folder.hpp"

namespace potentia::nightly {

/// Threads for one of `ready` steps that could start now, of those that nobody uses; at least one.
int threads_for_step(int free_threads, int ready);

class StepRunner {
public:
  /// @param run folder of the run under way
  StepRunner(const std::vector<Step>& plan, const RunFolder& folder, std::string run, const RunList& earlier,
             const Program& program, const Fingerprints& fingerprints, Journal& journal)
      : plan_(plan),
        folder_(folder),
        run_(std::move(run)),
        earlier_(earlier),
        program_(program),
        fingerprints_(fingerprints),
        journal_(journal) {}

  /// Runs all. A step that fails keeps those from running that need it, and no others.
  /// @param threads that all steps together may use
  /// @param jobs    steps at a time; 0 = as many as there are threads
  /// @throws Error(interrupted), Error(resources) when this process itself cannot go on
  std::vector<StepRecord> run(int threads, int jobs);

private:
  enum class Place { waiting, ready, running, over };
  struct Turn {
    Place place = Place::waiting;
    int threads = 0;
  };
  void prepare(std::size_t at);
  bool carry(std::size_t at);
  void describe_success(std::size_t at);
  void fail(std::size_t at, int exit_code, const std::string& error);
  std::string log_path(std::size_t at) const;
  std::vector<std::string> command(std::size_t at, int threads) const;

  const std::vector<Step>& plan_;
  const RunFolder& folder_;
  const std::string run_;
  const RunList& earlier_;
  const Program& program_;
  const Fingerprints& fingerprints_;
  Journal& journal_;
  std::vector<StepRecord> records_;
  std::vector<Turn> turns_;
};

}  // namespace potentia::nightly
