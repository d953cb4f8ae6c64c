// See plan.hpp.
#include "host/nightly/plan.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "host/model/groups.hpp"
#include "io/import/manifest.hpp"
#include "io/sha256.hpp"
#include "kernels/error.hpp"

namespace potentia::nightly {
namespace {

constexpr std::int64_t second = 1000000000;

Step import_step(const WorldConfig& world) {
  Step step;
  step.kind = "import";
  step.name = world.name;
  step.arguments = {"import", world.manifest, "-o", "{output}"};
  if (!world.lenient.empty()) step.arguments.push_back("--lenient=" + world.lenient);
  step.matters = {"lenient " + world.lenient};
  step.output = "worlds/" + world.name + ".h5";
  step.inputs.emplace_back("manifest", world.manifest);
  try {
    for (const std::string& file : read_manifest(world.manifest).files) step.inputs.emplace_back("data", file);
  } catch (const Error& error) {
    step.error = error.what();
  }
  return step;
}

void read_world_of(Step& step, const std::vector<Step>& plan, const WorldConfig& world,
                   const std::vector<std::size_t>& imports, std::size_t at) {
  if (world.file.empty()) {
    step.world_from = imports[at];
    step.matters.push_back("world " + plan[imports[at]].output);
  } else {
    step.inputs.emplace_back("world", world.file);
  }
}

void add_file(Step& step, const char* role, const std::string& flag, const std::string& path) {
  if (path.empty()) return;
  if (!flag.empty()) step.arguments.insert(step.arguments.end(), {flag, path});
  step.inputs.emplace_back(role, path);
}

/// @param inputs the files and what they are made of: one that another includes may be a scenario of its own, or not
void add_scenarios(Step& step, const std::vector<std::string>& files, const std::vector<std::string>& inputs) {
  for (const std::string& file : files) {
    step.arguments.insert(step.arguments.end(), {"--scenario", file});
    step.matters.push_back("scenario " + file);
  }
  for (const std::string& file : inputs) add_file(step, "scenario", "", file);
}

Step solve_step(const WorldConfig& world, const Config& config) {
  Step step;
  step.kind = "solve";
  step.name = world.name;
  step.arguments = {"solve", "{world}", "-o", "{output}", "--backend", config.backend};
  step.output = "results/" + world.name + ".h5";
  add_file(step, "settings", "--settings", world.settings);
  add_file(step, "groups", "", world.groups);
  return step;
}

Step report_step(const ReportConfig& report, const Config& config) {
  Step step;
  step.kind = "report";
  step.name = report.world + "/" + report.name;
  step.output = "reports/" + step.name;
  step.arguments = {"drilldown", "{world}", "-o", "{output}", "--backend", config.backend};
  for (const auto& [flag, value] :
       {std::make_pair("--exporter", report.exporter), std::make_pair("--market", report.market)}) {
    if (!value.empty()) step.arguments.push_back(std::string(flag) + "=" + value);
    step.matters.push_back(std::string(flag) + " " + value);
  }
  for (const std::string& form : report.forms) step.forms.push_back("." + form);
  std::sort(step.forms.begin(), step.forms.end());
  for (const std::string& form : step.forms) step.matters.push_back("form " + form);
  if (std::find(step.forms.begin(), step.forms.end(), ".xlsx") != step.forms.end())
    step.arguments.insert(step.arguments.end(), {"--xlsx", "{output}/report.xlsx"});
  add_file(step, "settings", "--settings", report.settings);
  add_file(step, "groups", "--groups", report.groups);
  return step;
}

Step scenario_step(const ScenarioConfig& scenario, const Config& config) {
  Step step;
  step.kind = "scenario";
  step.name = scenario.world + "/" + scenario.name;
  step.output = "scenarios/" + step.name + ".h5";
  step.arguments = {"scenario", "{world}", "-o", "{output}", "--backend", config.backend};
  add_scenarios(step, scenario.files, scenario.inputs);
  for (const auto& [flag, value] :
       {std::make_pair("--exporter", scenario.exporter), std::make_pair("--market", scenario.market)}) {
    if (!value.empty()) step.arguments.push_back(std::string(flag) + "=" + value);
    step.matters.push_back(std::string(flag) + " " + value);
  }
  if (scenario.full) step.arguments.emplace_back("--full");
  step.matters.emplace_back(scenario.full ? "full" : "not full");
  add_file(step, "settings", "--settings", scenario.settings);
  add_file(step, "groups", "--groups", scenario.groups);
  return step;
}

/// Whether a report has a page that an atlas can link: of two single countries, given by their codes.
bool is_page_of_pair(const ReportConfig& report) {
  const auto groups = read_groups(report.groups);
  const auto is_code = [&](const std::string& text) {
    return text.size() == 3 && groups.count(text) == 0 && text != "ALL" &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  const bool has_page = report.forms.empty() || std::find(report.forms.begin(), report.forms.end(), "html") != report.forms.end();
  return has_page && is_code(report.exporter) && is_code(report.market);
}

Step atlas_step(const AtlasConfig& atlas, const Config& config) {
  Step step;
  step.kind = "atlas";
  step.name = atlas.world + "/" + atlas.name;
  step.output = "atlases/" + step.name;
  step.arguments = {"atlas", "{world}", "-o", "{output}", "--backend", config.backend};
  const std::string cells = atlas.cells ? std::to_string(*atlas.cells) : "";
  for (const auto& [flag, value] : {std::make_pair("--exporters", atlas.exporters), std::make_pair("--markets", atlas.markets),
                                    std::make_pair("--cells", cells), std::make_pair("--title", atlas.title)}) {
    if (!value.empty()) step.arguments.push_back(std::string(flag) + "=" + value);
    step.matters.push_back(std::string(flag) + " " + value);
  }
  for (const std::string& entry : atlas.names) {
    step.arguments.insert(step.arguments.end(), {"--names", entry});
    step.matters.push_back("names " + entry.substr(0, entry.find('=')));
    add_file(step, "names", "", entry.substr(entry.find('=') + 1));
  }
  std::set<std::string> linked;  // of several reports on a pair, the first
  for (const ReportConfig& report : config.reports)
    if (report.world == atlas.world && is_page_of_pair(report)) {
      const std::string pair = report.exporter + "/" + report.market;
      const std::string page = "/reports/" + report.world + "/" + report.name + "/report.html";
      if (!linked.insert(pair).second) continue;
      step.arguments.insert(step.arguments.end(), {"--report", pair + "={output}/../../.." + page});
      step.matters.push_back("report " + pair + page);
    }
  add_scenarios(step, atlas.scenarios, atlas.inputs);
  add_file(step, "logo", "--logo", atlas.logo);
  add_file(step, "outlook", "--outlook", atlas.outlook);
  add_file(step, "settings", "--settings", atlas.settings);
  add_file(step, "groups", "--groups", atlas.groups);
  return step;
}

}  // namespace

std::vector<Step> make_plan(const Config& config) {
  std::vector<Step> plan;
  std::vector<std::size_t> imports(config.worlds.size(), no_step);  // the import of each world
  for (std::size_t at = 0; at < config.worlds.size(); ++at) {
    const WorldConfig& world = config.worlds[at];
    if (world.manifest.empty()) continue;
    for (std::size_t other = 0; other < at; ++other)
      if (config.worlds[other].manifest == world.manifest && config.worlds[other].lenient == world.lenient)
        imports[at] = imports[other];
    if (imports[at] != no_step) continue;
    imports[at] = plan.size();
    plan.push_back(import_step(world));
  }
  for (std::size_t at = 0; at < config.worlds.size(); ++at) {
    Step step = solve_step(config.worlds[at], config);
    read_world_of(step, plan, config.worlds[at], imports, at);
    plan.push_back(std::move(step));
  }
  const auto add = [&](Step step, const std::string& name) {
    const auto world = std::find_if(config.worlds.begin(), config.worlds.end(),
                                    [&](const WorldConfig& each) { return each.name == name; });
    read_world_of(step, plan, *world, imports, static_cast<std::size_t>(world - config.worlds.begin()));
    plan.push_back(std::move(step));
  };
  for (const ReportConfig& report : config.reports) add(report_step(report, config), report.world);
  for (const ScenarioConfig& scenario : config.scenarios) add(scenario_step(scenario, config), scenario.world);
  for (const AtlasConfig& atlas : config.atlases) add(atlas_step(atlas, config), atlas.world);
  return plan;
}

std::size_t step_of(const std::vector<Step>& plan, const std::string& kind, const std::string& name) {
  for (std::size_t at = 0; at < plan.size(); ++at)
    if (plan[at].kind == kind && plan[at].name == name) return at;
  return no_step;
}

std::size_t import_of(const std::vector<Step>& plan, const std::string& world) {
  const std::size_t solve = step_of(plan, "solve", world);
  return solve == no_step ? no_step : plan[solve].world_from;
}

std::vector<InputRecord> inputs_of(const Step& step, const Fingerprints& fingerprints,
                                   const std::string& world_digest) {
  std::vector<InputRecord> inputs;
  for (const auto& [role, path] : step.inputs) {
    const Fingerprint& file = fingerprints.of(path);
    inputs.push_back({role, path, file.stamp.bytes, file.stamp.modified / second, file.sha256});
  }
  if (step.world_from != no_step) inputs.push_back({"world", "", 0, 0, world_digest});
  return inputs;
}

std::string key_of(const Step& step, const Program& program, const std::vector<InputRecord>& inputs) {
  // Each part with its length, so that no two lists of parts read the same.
  Sha256 hash;
  const auto add = [&hash](const std::string& text) {
    const std::string part = std::to_string(text.size()) + ":" + text + "\n";
    hash.update(part.data(), part.size());
  };
  for (const std::string& text : {program.version, program.commit, program.sha256, step.kind, step.name}) add(text);
  for (const std::string& text : step.matters) add(text);
  add("inputs");
  for (const InputRecord& input : inputs) {
    add(input.role);
    add(input.path.substr(input.path.rfind('/') + 1));  // files are known by name in what is made from them
    add(input.sha256);
  }
  return hash.hex();
}

}  // namespace potentia::nightly
