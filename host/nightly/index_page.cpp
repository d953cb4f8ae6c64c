// See index_page.hpp.
#include "host/nightly/index_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "host/nightly/alarms.hpp"
#include "host/nightly/figures.hpp"
#include "host/nightly/trend.hpp"
#include "host/run/progress.hpp"
#include "io/printable.hpp"

namespace potentia::nightly {
namespace {

constexpr std::size_t told_alarms = 3;  // of an older run; its manifest has them all

/// Text of unknown origin as text of the page.
std::string escaped(const std::string& text) { return html_text(printable(text)); }

std::string link(const std::string& path, const std::string& text) {
  return fmt::format("<a href=\"{}\">{}</a>", path_address(path), escaped(text));
}

std::string when(std::int64_t time) {  // 2026-11-26 02:04 UTC
  const std::string text = utc_text(time);
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

const char* words(RunState state) {
  switch (state) {
    case RunState::success:
      return "complete";
    case RunState::alarm:
      return "complete, with alarms";
    case RunState::partial:
      return "partial";
    default:
      return "failed";
  }
}

std::string state_html(RunState state) {
  return fmt::format("<span class=\"state {}\">{}</span>", state_name(state), words(state));
}

std::string duration_text(double seconds) {
  return seconds < 10    ? fmt::format("{:.2f} s", seconds)
         : seconds < 100 ? fmt::format("{:.1f} s", seconds)
                         : fmt::format("{:.0f} min", seconds / 60);
}
std::string count_text(double count) { return with_thousands(static_cast<std::uint64_t>(count)); }
std::string count_change_text(double was, double is) {
  return was == is ? "unchanged" : fmt::format("{:+.0f}", is - was);
}

std::string figure(const std::string& name, const std::vector<TrendPoint>& points, std::string (*text)(double),
                   std::string (*change)(double, double) = change_text) {
  if (points.empty()) return "";
  const double last = points.back().value;
  std::string html = fmt::format("<figure><figcaption><span>{}</span> <b>{}</b>", name, text(last));
  if (points.size() > 1)
    html += fmt::format(" <span class=\"change\">{} since the run before, {} since {}</span>",
                        change(points[points.size() - 2].value, last), change(points.front().value, last),
                        points.front().label.substr(0, 10));
  return html + "</figcaption>" + trend_svg(points, name + " over the runs", text) + "</figure>\n";
}

/// A number of one world over the runs that have it.
template <class Number>
std::vector<TrendPoint> points_of(const RunList& list, const std::string& world, Number number,
                                  std::string (*text)(double)) {
  std::vector<TrendPoint> points;
  for (const RunRecord& run : list.runs) {
    const WorldRecord* const record = run.world(world);
    if (record == nullptr) continue;
    const double value = number(*record);
    points.push_back({when(run.started) + ", " + escaped(run.name) + ": " + text(value), value});
  }
  return points;
}

/// The newest run in which a world was another than before, and what it says of it; nulls if there is none.
std::pair<const RunRecord*, const WorldRecord*> last_moved(const RunList& list, const std::string& name) {
  for (auto run = list.runs.rbegin(); run != list.runs.rend(); ++run) {
    const WorldRecord* const world = run->world(name);
    if (world != nullptr && !world->moves.empty()) return {&*run, world};
  }
  return {nullptr, nullptr};
}

std::string moves_html(const RunList& list, const std::string& name) {
  const auto [run, world] = last_moved(list, name);
  if (run == nullptr) return "<p class=\"muted\">Nothing has moved since the first of these runs.</p>\n";
  std::string html = fmt::format(
      "<h3>What moved most in run {}, since run {}</h3>\n<div class=\"scroll\"><table><caption>Largest "
      "changes</caption><thead><tr><th>Side</th>"
      "<th>Whose</th><th>What</th><th class=\"amount\">Was</th><th class=\"amount\">Is</th><th "
      "class=\"amount\">Change</th>"
      "<th>Moved most by</th></tr></thead><tbody>\n",
      escaped(run->name), escaped(world->compared_with));
  for (const MoveRecord& move : world->moves)
    html += fmt::format(
        "<tr><td>{}</td><th>{} {}</th><td>{}</td><td class=\"amount\">{}</td><td class=\"amount\">{}</td>"
        "<td class=\"amount\">{}</td><td class=\"factor\">{}</td></tr>\n",
        escaped(move.side), escaped(move.code), escaped(move.name),
        move.column == "unrealized" ? "unrealised" : "potential", amount_text(move.was), amount_text(move.is),
        change_text(move.was, move.is), escaped(move.factor));
  html += "</tbody></table></div>\n";
  return world->changed.empty() ? html : html + "<p class=\"muted\">" + escaped(changed_text(*world)) + ".</p>\n";
}

/// Links to what a run holds of a world, and to its reports.
std::string links_html(const RunRecord& run, const std::string& world) {
  std::string html = "<ul class=\"links\">\n";
  for (const StepRecord& step : run.steps) {
    if (step.outputs.empty() || (step.state != StepState::done && step.state != StepState::carried)) continue;
    const std::string base = "runs/" + run.name + "/";
    if (step.kind == "report" && step.name.compare(0, world.size() + 1, world + "/") == 0) {
      const std::string folder = "reports/" + step.name + "/";
      const bool has_page = std::any_of(step.outputs.begin(), step.outputs.end(), [&](const OutputRecord& output) {
        return output.path == folder + "report.html";
      });
      html += "<li>" +
              link(base + folder + (has_page ? "report.html" : ""), "report " + step.name.substr(world.size() + 1)) +
              "</li>\n";
    } else if (step.kind == "scenario" && step.name.compare(0, world.size() + 1, world + "/") == 0) {
      html += "<li>" + link(base + step.outputs[0].path, "scenario " + step.name.substr(world.size() + 1) + ".h5") +
              "</li>\n";
    } else if (step.kind == "atlas" && step.name.compare(0, world.size() + 1, world + "/") == 0) {
      html += "<li>" + link(base + "atlases/" + step.name + "/index.html", "atlas " + step.name.substr(world.size() + 1)) + "</li>\n";
    } else if (step.name == world) {
      html += "<li>" + link(base + step.outputs[0].path, step.kind == "import" ? "world.h5" : "result.h5") + "</li>\n";
    }
  }
  return html + "</ul>\n";
}

std::string world_html(const RunList& list, const RunRecord& run, const WorldRecord& world) {
  const auto real = [&](const char* name, double WorldRecord::*field) {
    return figure(name,
                  points_of(
                      list, world.name, [field](const WorldRecord& each) { return each.*field; }, amount_text),
                  amount_text);
  };
  std::string html = fmt::format("<section><h2>World {}</h2>\n", escaped(world.name));
  html += fmt::format(
      "<p class=\"muted\">{} exporters × {} markets × {} products; newest data of {}; {} rows dropped, {} gaps "
      "filled.</p>\n",
      world.exporters, world.markets, with_thousands(world.products), when(world.data_modified),
      count_text(static_cast<double>(world.drops)), count_text(static_cast<double>(world.fills)));
  html += links_html(run, world.name);
  html += "<div class=\"charts\">\n" + real("Potential at the horizon", &WorldRecord::potential) +
          real("Unrealised potential", &WorldRecord::unrealized) + real("Actual exports", &WorldRecord::actual);
  const auto gaps = [](const WorldRecord& each) { return static_cast<double>(each.drops + each.fills); };
  html += figure("Rows dropped and gaps filled", points_of(list, world.name, gaps, count_text), count_text,
                 count_change_text) +
          "</div>\n";
  return html + moves_html(list, world.name) + "</section>\n";
}

std::string steps_text(const RunRecord& run) {
  std::map<StepState, int> counts;
  for (const StepRecord& step : run.steps) ++counts[step.state];
  std::string text;
  for (const auto& [state, name] :
       {std::make_pair(StepState::done, "run"), std::make_pair(StepState::carried, "unchanged"),
        std::make_pair(StepState::failed, "failed"), std::make_pair(StepState::not_run, "not run")})
    if (counts[state] != 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counts[state], name);
  return text;
}

std::string runs_html(const RunList& list, const std::string& latest) {
  std::string html =
      "<section><h2>Runs</h2>\n<div class=\"scroll\"><table><caption>Runs, newest "
      "first</caption><thead><tr><th>Run</th><th>Began</th><th>State</th>"
      "<th>Steps</th><th class=\"amount\">Took</th><th>Alarms</th><th>Files</th></tr></thead><tbody>\n";
  for (auto run = list.runs.rbegin(); run != list.runs.rend(); ++run) {
    const std::string base = "runs/" + run->name + "/";
    std::string alarms;
    for (std::size_t n = 0; n < run->alarms.size() && n < told_alarms; ++n)
      alarms += (n == 0 ? "" : "<br>") + escaped(run->alarms[n]);
    if (run->alarms.size() > told_alarms) alarms += fmt::format("<br>and {} more", run->alarms.size() - told_alarms);
    html += fmt::format(
        "<tr><th class=\"run\">{}{}</th><td class=\"began\">{}</td><td>{}</td><td>{}</td><td class=\"amount\">{}</td>"
        "<td class=\"told\">{}</td><td>{} {}</td></tr>\n",
        link(base, run->name), run->name == latest ? " (latest)" : "", when(run->started), state_html(run->state),
        steps_text(*run), duration_text(run->seconds), alarms, link(base + "log.txt", "log"),
        link(base + "manifest.json", "manifest"));
  }
  for (const std::string& name : list.unreadable)
    html += fmt::format(
        "<tr><th>{}</th><td colspan=\"6\" class=\"muted\">its manifest.json is damaged or missing</td></tr>\n",
        escaped(name));
  return html + "</tbody></table></div></section>\n";
}

}  // namespace

std::string index_page(const std::string& title, const RunList& list, const std::string& latest) {
  const std::string name = escaped(title.empty() ? "Nightly runs" : title);
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{}\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src "
      "data:\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" "
      "content=\"light dark\">\n"
      "<title>{}</title>\n<link rel=\"icon\" "
      "href=\"data:,\">\n<style>\n{}</style>\n</head>\n<body>\n<header><h1>{}</h1>\n",
      index_mark, name, index_style(), name);
  if (list.runs.empty()) return html + "<p>No run yet.</p></header>\n</body>\n</html>\n";
  const RunRecord& last = list.runs.back();
  html += fmt::format("<p>Last run: {} on {}, {}; {}; took {}.</p>\n", link("runs/" + last.name + "/", last.name),
                      when(last.started), state_html(last.state), steps_text(last), duration_text(last.seconds));
  if (!last.complete()) {
    html += latest.empty()
                ? "<p>No run was ever complete.</p>\n"
                : fmt::format("<p>The latest complete run stays {}.</p>\n", link("runs/" + latest + "/", latest));
  }
  html += "</header>\n<main>\n";
  if (!last.alarms.empty()) {
    html += "<ul class=\"alarms\">\n";
    for (const std::string& alarm : last.alarms) html += "<li>" + escaped(alarm) + "</li>\n";
    html += "</ul>\n";
  }
  for (const WorldRecord& world : last.worlds) html += world_html(list, last, world);
  html += runs_html(list, latest);
  std::vector<TrendPoint> durations;
  for (const RunRecord& run : list.runs)
    durations.push_back(
        {when(run.started) + ", " + escaped(run.name) + ": " + duration_text(run.seconds), run.seconds});
  html += "<section><h2>How long runs take</h2>\n<div class=\"charts\">\n" +
          figure("Duration", durations, duration_text) + "</div></section>\n";
  return html + fmt::format(
                    "</main>\n<footer><p>An unofficial replication of the method of the International Trade Centre's "
                    "export potential "
                    "indicator: these are not ITC's figures.</p><p>potentia {} on {}.</p></footer>\n</body>\n</html>\n",
                    escaped(last.version), escaped(last.host));
}

}  // namespace potentia::nightly
