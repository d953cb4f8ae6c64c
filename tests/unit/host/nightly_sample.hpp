// Runs made up for the tests of nightly.
#pragma once

#include "host/nightly/record.hpp"
#include "host/nightly/run_folder.hpp"

namespace potentia::nightly {

inline RunRecord run_of(std::int64_t number, RunState state, std::int64_t started) {
  RunRecord run;
  run.number = number;
  run.name = run_name(started, number);
  run.state = state;
  run.started = started;
  return run;
}

/// A record in which no two fields are the same.
inline RunRecord full_record() {
  RunRecord run = run_of(12, RunState::alarm, 1795659871);
  run.seconds = 1.25;
  run.version = "1.0";
  run.commit = "abc";
  run.executable_sha256 = "e";
  run.host = "h";
  run.threads = 3;
  run.config = "c.toml";
  run.config_sha256 = "cs";
  run.previous = "2026-11-25-0011";
  run.phases = {{"look", 0.5}, {"steps", 0.75}};
  StepRecord step;
  step.kind = "solve";
  step.name = "base";
  step.state = StepState::carried;
  step.key = "k";
  step.from = "2026-11-24-0010";
  step.command = {"potentia", "solve"};
  step.exit_code = 4;
  step.seconds = 2;
  step.threads = 1;
  step.error = "e \"quoted\" \n";
  step.digest = "d";
  step.inputs = {{"world", "w", 1, 2, "s"}};
  step.outputs = {{"results/base.h5", 3, 4, "t"}};
  run.steps = {step};
  WorldRecord world;
  world.name = "base";
  world.world_digest = "wd";
  world.result_digest = "rd";
  world.actual = 1;
  world.potential_now = 2;
  world.potential = 0.1;
  world.realized = 4;
  world.unrealized = 5;
  world.exporters = 6;
  world.markets = 7;
  world.products = 8;
  world.drops = 9;
  world.fills = 10;
  world.data_modified = 11;
  world.solve_seconds = 12;
  world.compared_with = "2026-11-25-0011";
  world.changed = {"macro.csv"};
  world.moves = {{"product", "0101", "n", "potential", 1, 2, "income"}};
  run.worlds = {world};
  run.alarms = {"one", "two"};
  return run;
}

}  // namespace potentia::nightly
