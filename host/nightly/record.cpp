// See record.hpp. Each field is named once for reading and once for writing; a test compares the two.
#include "host/nightly/record.hpp"

#include <ctime>
#include <nlohmann/json.hpp>

#include "kernels/error.hpp"

namespace potentia::nightly {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* record_format = "potentia-run";
constexpr int record_version = 1;

template <class State, std::size_t Count>
State state_from(const std::string& name, const State (&states)[Count]) {
  for (const State state : states)
    if (name == state_name(state)) return state;
  throw input_error("unknown state \"" + name + "\"");
}

StepState step_state(const std::string& name) {
  static constexpr StepState states[] = {StepState::done, StepState::carried, StepState::failed, StepState::not_run};
  return state_from(name, states);
}

RunState run_state(const std::string& name) {
  static constexpr RunState states[] = {RunState::success, RunState::alarm, RunState::partial, RunState::failed};
  return state_from(name, states);
}

template <class Item, class Write>
Json list(const std::vector<Item>& items, Write write) {
  Json json = Json::array();
  for (const Item& item : items) json.push_back(write(item));
  return json;
}

template <class Item, class Read>
std::vector<Item> list(const Json& json, Read read) {
  std::vector<Item> items;
  for (const Json& item : json) items.push_back(read(item));
  return items;
}

Json write_input(const InputRecord& input) {
  return {{"role", input.role},
          {"path", input.path},
          {"bytes", input.bytes},
          {"modified", input.modified},
          {"sha256", input.sha256}};
}

InputRecord read_input(const Json& json) {
  return {json.at("role"), json.at("path"), json.at("bytes"), json.at("modified"), json.at("sha256")};
}

Json write_output_file(const OutputRecord& output) {
  return {{"path", output.path}, {"bytes", output.bytes}, {"modified_ns", output.modified}, {"sha256", output.sha256}};
}

OutputRecord read_output_file(const Json& json) {
  return {json.at("path"), json.at("bytes"), json.at("modified_ns"), json.at("sha256")};
}

Json write_step(const StepRecord& step) {
  return {{"kind", step.kind},
          {"name", step.name},
          {"state", state_name(step.state)},
          {"key", step.key},
          {"from", step.from},
          {"command", step.command},
          {"exit_code", step.exit_code},
          {"seconds", step.seconds},
          {"threads", step.threads},
          {"error", step.error},
          {"content_digest", step.digest},
          {"inputs", list(step.inputs, write_input)},
          {"outputs", list(step.outputs, write_output_file)}};
}

StepRecord read_step(const Json& json) {
  StepRecord step;
  step.kind = json.at("kind");
  step.name = json.at("name");
  step.state = step_state(json.at("state"));
  step.key = json.at("key");
  step.from = json.at("from");
  step.command = json.at("command").get<std::vector<std::string>>();
  step.exit_code = json.at("exit_code");
  step.seconds = json.at("seconds");
  step.threads = json.at("threads");
  step.error = json.at("error");
  step.digest = json.at("content_digest");
  step.inputs = list<InputRecord>(json.at("inputs"), read_input);
  step.outputs = list<OutputRecord>(json.at("outputs"), read_output_file);
  return step;
}

Json write_move(const MoveRecord& move) {
  return {{"side", move.side}, {"code", move.code}, {"name", move.name},    {"column", move.column},
          {"was", move.was},   {"is", move.is},     {"factor", move.factor}};
}

MoveRecord read_move(const Json& json) {
  return {json.at("side"), json.at("code"), json.at("name"),  json.at("column"),
          json.at("was"),  json.at("is"),   json.at("factor")};
}

Json write_world(const WorldRecord& world) {
  return {{"name", world.name},
          {"world_digest", world.world_digest},
          {"result_digest", world.result_digest},
          {"actual", world.actual},
          {"potential_now", world.potential_now},
          {"potential", world.potential},
          {"realized", world.realized},
          {"unrealized", world.unrealized},
          {"exporters", world.exporters},
          {"markets", world.markets},
          {"products", world.products},
          {"drops", world.drops},
          {"fills", world.fills},
          {"data_modified", world.data_modified},
          {"solve_seconds", world.solve_seconds},
          {"compared_with", world.compared_with},
          {"changed", world.changed},
          {"moves", list(world.moves, write_move)}};
}

WorldRecord read_world(const Json& json) {
  WorldRecord world;
  world.name = json.at("name");
  world.world_digest = json.at("world_digest");
  world.result_digest = json.at("result_digest");
  world.actual = json.at("actual");
  world.potential_now = json.at("potential_now");
  world.potential = json.at("potential");
  world.realized = json.at("realized");
  world.unrealized = json.at("unrealized");
  world.exporters = json.at("exporters");
  world.markets = json.at("markets");
  world.products = json.at("products");
  world.drops = json.at("drops");
  world.fills = json.at("fills");
  world.data_modified = json.at("data_modified");
  world.solve_seconds = json.at("solve_seconds");
  world.compared_with = json.at("compared_with");
  world.changed = json.at("changed").get<std::vector<std::string>>();
  world.moves = list<MoveRecord>(json.at("moves"), read_move);
  return world;
}

RunRecord read_run(const Json& json) {
  if (json.at("format") != record_format || json.at("version") != record_version)
    throw input_error("is of another format");
  RunRecord run;
  run.name = json.at("run");
  run.number = json.at("number");
  run.state = run_state(json.at("state"));
  run.started = json.at("started_unix");
  run.seconds = json.at("seconds");
  const Json& program = json.at("program");
  run.version = program.at("version");
  run.commit = program.at("commit");
  run.executable_sha256 = program.at("sha256");
  run.host = json.at("host");
  run.threads = json.at("threads");
  run.config = json.at("config").at("path");
  run.config_sha256 = json.at("config").at("sha256");
  run.previous = json.at("previous");
  for (const auto& [phase, seconds] : json.at("phases").items()) run.phases.emplace_back(phase, seconds.get<double>());
  run.steps = list<StepRecord>(json.at("steps"), read_step);
  run.worlds = list<WorldRecord>(json.at("worlds"), read_world);
  run.alarms = json.at("alarms").get<std::vector<std::string>>();
  return run;
}

}  // namespace

const char* state_name(StepState state) {
  switch (state) {
    case StepState::done:
      return "done";
    case StepState::carried:
      return "carried";
    case StepState::failed:
      return "failed";
    default:
      return "not_run";
  }
}

const char* state_name(RunState state) {
  switch (state) {
    case RunState::success:
      return "success";
    case RunState::alarm:
      return "alarm";
    case RunState::partial:
      return "partial";
    default:
      return "failed";
  }
}

const WorldRecord* RunRecord::world(const std::string& wanted) const {
  for (const WorldRecord& each : worlds)
    if (each.name == wanted) return &each;
  return nullptr;
}

std::string utc_text(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[40];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string record_to_json(const RunRecord& run) {
  Json json{{"format", record_format},
            {"version", record_version},
            {"run", run.name},
            {"number", run.number},
            {"state", state_name(run.state)},
            {"started", utc_text(run.started)},
            {"started_unix", run.started},
            {"seconds", run.seconds},
            {"program", {{"version", run.version}, {"commit", run.commit}, {"sha256", run.executable_sha256}}},
            {"host", run.host},
            {"threads", run.threads},
            {"config", {{"path", run.config}, {"sha256", run.config_sha256}}},
            {"previous", run.previous},
            {"phases", Json::object()},
            {"alarms", run.alarms},
            {"worlds", list(run.worlds, write_world)},
            {"steps", list(run.steps, write_step)}};
  for (const auto& [phase, seconds] : run.phases) json["phases"][phase] = seconds;
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

RunRecord record_from_json(const std::string& text, const std::string& where) {
  try {
    return read_run(Json::parse(text));
  } catch (const nlohmann::json::exception&) {
    throw input_error("is damaged", where);
  } catch (const Error& error) {
    throw input_error(error.what(), where);
  }
}

}  // namespace potentia::nightly
