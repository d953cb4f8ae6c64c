// The steps of a night, in an order in which they can run, and what each depends on.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "host/nightly/config.hpp"
#include "host/nightly/fingerprints.hpp"
#include "host/nightly/record.hpp"

namespace potentia::nightly {

inline constexpr std::size_t no_step = static_cast<std::size_t>(-1);

/// One run of the program itself. Every kind of step is made in plan.cpp and nowhere else.
struct Step {
  std::string kind, name;              ///< as in StepRecord
  std::vector<std::string> arguments;  ///< of the program, from the subcommand on; {world} and {output} stand for
                                       ///< paths, within the run's folder where a step makes them
  std::vector<std::string> matters;    ///< what of the configuration the outputs depend on: part of the key
  std::vector<std::pair<std::string, std::string>> inputs;  ///< (role, path) of files that are read
  std::size_t world_from = no_step;                         ///< the import whose world is read; it runs first
  std::string output;                                       ///< file or folder, within the run's folder
  std::vector<std::string> forms;                           ///< of a report: endings of the files to keep; empty = all
  std::string error;  ///< why it cannot run, such as a manifest that cannot be read
};

/// Worlds that name the same manifest share its import.
std::vector<Step> make_plan(const Config& config);

/// Index of the step; no_step when there is none.
std::size_t step_of(const std::vector<Step>& plan, const std::string& kind, const std::string& name);
/// The step that makes a world's file; no_step for one that is given.
std::size_t import_of(const std::vector<Step>& plan, const std::string& world);

/// The program that runs the steps: outputs of another one are not taken for its own.
struct Program {
  std::string version, commit, sha256;
};

/// What the step reads, with the digest of the world where an earlier step made it.
/// @throws Error(input) for a file that cannot be read
std::vector<InputRecord> inputs_of(const Step& step, const Fingerprints& fingerprints, const std::string& world_digest);

/// SHA-256 of all that the outputs depend on: program, kind, name, configuration, contents of inputs. Not the number of
/// threads, the backend or the time, which change no output.
std::string key_of(const Step& step, const Program& program, const std::vector<InputRecord>& inputs);

}  // namespace potentia::nightly
