// See figures.hpp.
#include "host/drilldown/forms/figures/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <set>
#include <system_error>
#include <thread>

#include "host/drilldown/drilldown.hpp"
#include "host/drilldown/forms/figures/charts.hpp"
#include "host/drilldown/forms/figures/surfaces.hpp"
#include "host/drilldown/wording.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::drilldown {
namespace {

using namespace figures;

struct Task {
  ChartData data;
  Caption caption;
  std::string name;  ///< of its files, without what kind they are of
};

std::string source_of(const Report& report, const ChartData& data) {
  std::string source = fmt::format("Source: Potentia, {} to {}; unofficial replication of ITC's method, not ITC's figures; "
                                   "base period {}, horizon {}",
                                   shortened(report.exporter.name, 60), shortened(report.market.name, 60), years_in_words(report.base_years), report.horizon_year);
  if (data.kind == Kind::usd && !data.by_year) source += "; US dollars of the base period";
  if (!report.world_title.empty()) source += "; world: " + shortened(report.world_title, 120);
  return source;
}

std::vector<Task> tasks_of(const Report& report) {
  std::vector<Task> tasks;
  for (const Part& part : report.parts) {
    std::string section;
    for (const Figure& figure : part.figures) {
      if (!figure.section.empty()) section = figure.section;
      for (std::size_t n = 0; n < figure.charts.size(); ++n) {
        std::optional<ChartData> data = chart_data(figure, figure.charts[n], report.short_names);
        if (!data) continue;
        const std::string name = part.id + "_" + figure.id;
        Caption caption{figure.title, section, figure.alternative, source_of(report, *data), name + ".csv"};
        tasks.push_back({std::move(*data), std::move(caption), n == 0 ? name : fmt::format("{}_{}", name, n + 1)});
      }
    }
  }
  return tasks;
}

}  // namespace

void check_fonts() { const Typesetter typesetter; }

FigureFiles draw_figures(const Report& report, int threads) {
  const std::vector<Task> tasks = tasks_of(report);
  FigureFiles drawn;
  drawn.files.resize(2 * tasks.size());
  std::vector<std::set<std::string>> lacking(tasks.size());
  std::atomic<std::size_t> next{0};
  const std::size_t wanted = std::min(static_cast<std::size_t>(std::max(threads, 1)), std::max<std::size_t>(tasks.size(), 1));
  std::vector<std::exception_ptr> failures(wanted);
  const auto work = [&](std::size_t worker) {
    try {
      Typesetter typesetter;
      for (std::size_t at = next++; at < tasks.size(); at = next++) {
        check_interrupted();
        const Task& task = tasks[at];
        const Picture picture = picture_of(task.data, task.caption, typesetter);
        drawn.files[2 * at] = {task.name + ".svg", svg_of(picture, typesetter)};
        drawn.files[2 * at + 1] = {task.name + ".png", png_of(picture, typesetter)};
        lacking[at] = typesetter.lacking();
      }
    } catch (...) {
      failures[worker] = std::current_exception();
      next = tasks.size();
    }
  };
  std::vector<std::thread> helpers;
  for (std::size_t worker = 1; worker < wanted; ++worker) {
    try {
      helpers.emplace_back(work, worker);
    } catch (const std::system_error&) {  // no more threads to be had: those there are do the work
      break;
    }
  }
  work(0);
  for (std::thread& helper : helpers) helper.join();
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
  std::set<std::string> all;
  for (const std::set<std::string>& each : lacking) all.insert(each.begin(), each.end());
  drawn.lacking.assign(all.begin(), all.end());
  return drawn;
}

bool is_figure_file(const Report& report, const std::string& file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == file_name.npos || (file_name.substr(dot) != ".svg" && file_name.substr(dot) != ".png")) return false;
  const std::string name = file_name.substr(0, dot);
  const std::string first = name.size() > 2 && name.compare(name.size() - 2, 2, "_2") == 0 ? name.substr(0, name.size() - 2) : name;
  for (const std::string& base : {name, first}) {
    if (is_table_of_a_chapter(base + ".csv")) return true;
    for (const Part& part : report.parts)
      for (const Figure& figure : part.figures)
        if (part.id + "_" + figure.id == base) return true;
  }
  return false;
}

}  // namespace potentia::drilldown
