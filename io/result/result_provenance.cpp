// /provenance: what a result was made from, and what had to be filled or dropped on the way.
#include <nlohmann/json.hpp>

#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/result/result_writer.hpp"
#include "io/settings.hpp"

namespace potentia::result {
namespace {

std::string run_json(const RunInfo& run) {
  nlohmann::ordered_json json;
  json["program"] = "potentia";
  json["version"] = run.version;
  json["commit"] = run.commit;
  json["backend"] = run.backend;
  json["device"] = run.device;
  json["threads"] = run.threads;
  json["ranks"] = run.ranks;
  json["host"] = run.host;
  json["started"] = run.started;
  json["seconds"] = nlohmann::ordered_json::object();
  for (const auto& [stage, seconds] : run.seconds) json["seconds"][stage] = seconds;
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

/// One group whose datasets are the columns of a list.
class ListGroup {
public:
  ListGroup(hid_t parent, const char* name, const char* row, std::size_t rows)
      : group_(hdf5::create_group(parent, name)), row_(hdf5::write_bare_scale(group_, row, rows)) {}

  void texts(const char* name, const std::vector<std::string>& values, const char* long_name) {
    finish(hdf5::write_strings(group_, name, values), long_name, "1");
  }
  void counts(const char* name, const std::vector<std::int64_t>& values, const char* long_name, const char* units) {
    finish(hdf5::write_dataset(group_, name, values.data(), {values.size()}), long_name, units);
  }

private:
  void finish(const hdf5::Dataset& dataset, const char* long_name, const char* units) {
    hdf5::describe(dataset, units, long_name);
    hdf5::attach_scale(dataset, row_, 0);
  }
  hdf5::Group group_;
  hdf5::Dataset row_;
};

void write_inputs(const hdf5::Group& provenance, const std::vector<SourceFile>& inputs) {
  std::vector<std::string> role, name, sha256;
  std::vector<std::int64_t> bytes;
  for (const SourceFile& input : inputs) {
    role.push_back(input.role);
    name.push_back(input.name);
    sha256.push_back(input.sha256);
    bytes.push_back(static_cast<std::int64_t>(input.bytes));
  }
  ListGroup list(provenance, "inputs", "input", inputs.size());
  list.texts("role", role, "what the file was read for");
  list.texts("name", name, "name of the file");
  list.texts("sha256", sha256, "SHA-256 of the file, of a world its content digest");
  list.counts("bytes", bytes, "size of the file, 0 where the content digest says which it is", "byte");
}

void write_notices(const hdf5::Group& provenance, const std::vector<Notice>& notices) {
  std::vector<std::string> kind, rule, detail, whose;
  std::vector<std::int64_t> count;
  for (const Notice& notice : notices) {
    kind.push_back(notice.kind);
    rule.push_back(notice.rule);
    count.push_back(static_cast<std::int64_t>(notice.count));
    detail.push_back(notice.detail);
    whose.emplace_back();
    for (const std::string& code : notice.whose) whose.back() += (whose.back().empty() ? "" : " ") + code;
  }
  ListGroup list(provenance, "notices", "notice", notices.size());
  list.texts("kind", kind, "drop, fill, warning or note");
  list.texts("rule", rule, "name of the rule");
  list.counts("count", count, "how often the rule applied", "1");
  list.texts("detail", detail, "the rule in a sentence");
  list.texts("whose", whose, "codes of the countries or products concerned, between spaces");
}

}  // namespace

void write_provenance(const Writer& writer) {
  const Solution& solution = writer.solution;
  const hdf5::Group group = hdf5::create_group(writer.file, "provenance");
  hdf5::write_attribute(group, "run", run_json(writer.options.run));
  hdf5::write_attribute(group, "all_exporters", std::int64_t{solution.all_exporters});
  hdf5::write_attribute(group, "all_markets", std::int64_t{solution.all_markets});
  hdf5::describe(hdf5::write_string(group, "settings", settings_to_toml(solution.settings)), "1",
                 "settings of the solve, as TOML");

  std::vector<SourceFile> inputs = writer.options.inputs;
  inputs.insert(inputs.end(), writer.world.sources.begin(), writer.world.sources.end());
  write_inputs(group, inputs);
  std::vector<Notice> notices = writer.world.notices;
  notices.insert(notices.end(), solution.notices.begin(), solution.notices.end());
  write_notices(group, notices);
}

}  // namespace potentia::result
