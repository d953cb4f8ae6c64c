// An outcome in words.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "host/compare/compare.hpp"
#include "host/model/mover_lines.hpp"
#include "host/run/progress.hpp"

namespace potentia::compare {
namespace {

using Kind = hdf5::DatasetDifference::Kind;

/// How the files were looked at, for those who must know what "the same" rests on.
std::string how(const Outcome& outcome) {
  const hdf5::FileDifference& files = outcome.files;
  std::string text;
  if (files.by_digest) return "by their content digests, which is all that was compared; --full looks at every number";
  if (outcome.options.full)
    text = "every number was looked at";
  else
    text = fmt::format("the numbers of {} of {} datasets were looked at, the others have the same fingerprints",
                       files.read, files.datasets);
  if (files.read == files.datasets) text = "every number was looked at";
  if (outcome.options.tolerance > 0) text += fmt::format("; tolerance {}", outcome.options.tolerance);
  return text;
}

std::string counted(std::size_t count, const std::string& noun) {
  return fmt::format("{} {}{}", with_thousands(count), noun, count == 1 ? "" : "s");
}

std::string some(const std::vector<std::string>& named, std::uint64_t count) {
  return named.empty() ? "" : fmt::format(" ({}{})", fmt::join(named, ", "), count > named.size() ? ", …" : "");
}

/// Both numbers with as many digits as tell them apart, six at least.
std::string two_numbers(double first, double second) {
  int digits = 6;
  while (digits < 17 && fmt::format("{:.{}g}", first, digits) == fmt::format("{:.{}g}", second, digits)) ++digits;
  return fmt::format("{:.{}g} and {:.{}g}", first, digits, second, digits);
}

std::string number_line(const Change& change) {
  const hdf5::DatasetDifference& one = change.dataset;
  std::string text = fmt::format("{} of {} numbers", with_thousands(one.differing), with_thousands(one.elements));
  if (one.first != one.second) text += fmt::format(" ({} and {})", one.first, one.second);
  if (one.nan_in_one > 0) text += fmt::format(", {} of them missing (NaN) in one file", with_thousands(one.nan_in_one));
  if (one.has_numbers) {
    text +=
        fmt::format("; most {:.6g} at {} ({}), relatively {:.3g} at {} ({})", one.absolute.difference,
                    change.absolute_at, two_numbers(one.absolute.first, one.absolute.second), one.relative.difference,
                    change.relative_at, two_numbers(one.relative.first, one.relative.second));
  } else if (one.differing > one.nan_in_one) {
    text += "; by the sign of zero alone";
  }
  return text;
}

void add_texts(const char* which, const std::vector<std::string>& texts, std::size_t most,
               std::vector<std::string>& lines) {
  for (std::size_t n = 0; n < std::min(most, texts.size()); ++n)
    lines.push_back(fmt::format("    {:<7} {}", which, texts[n]));
  if (texts.size() > most) lines.push_back("    …");
}

void add_change(const Change& change, std::size_t most, std::vector<std::string>& lines) {
  const hdf5::DatasetDifference& one = change.dataset;
  const auto say = [&](const std::string& what) { lines.push_back(fmt::format("  {:<32} {}", one.path, what)); };
  if (one.kind == Kind::only_first) return say("only in the first file: " + one.first);
  if (one.kind == Kind::only_second) return say("only in the second file: " + one.second);
  if (one.kind == Kind::numbers) return say(number_line(change));
  const bool is_form = one.kind == Kind::form;
  const bool same_numbers = one.elements > 0 && one.differing == 0;
  say(is_form ? fmt::format("{} and {}{}", one.first, one.second, same_numbers ? ", the same numbers" : "")
              : fmt::format("{} of {} texts", with_thousands(one.differing), with_thousands(one.elements)));
  add_texts("first:", one.only_in_first, most, lines);
  add_texts("second:", one.only_in_second, most, lines);
}

void add_cells(const CellDifference& cells, std::size_t most, std::vector<std::string>& lines) {
  lines.push_back(fmt::format("  {:<32} {} in both lists, {} only in the first{}, {} only in the second{}{}", "/cells",
                              with_thousands(cells.in_both), with_thousands(cells.only_first),
                              some(cells.named_first, cells.only_first), with_thousands(cells.only_second),
                              some(cells.named_second, cells.only_second),
                              cells.other_order ? "; in another order" : ""));
  for (std::size_t n = 0; n < std::min(most, cells.columns.size()); ++n) {
    const CellColumn& column = cells.columns[n];
    lines.push_back(fmt::format("    {:<30} {} differ; most {:.6g} at {} ({})", column.name,
                                with_thousands(column.differing), column.absolute, column.at,
                                two_numbers(column.first, column.second)));
  }
}

void say_more(std::size_t count, std::size_t most, const char* noun, std::vector<std::string>& lines) {
  if (count > most) lines.push_back(fmt::format("  … and {} more {} (--top)", count - most, noun));
}

}  // namespace

std::vector<std::string> outcome_lines(const Outcome& outcome, std::size_t most) {
  const hdf5::FileDifference& files = outcome.files;
  if (outcome.is_same())
    return {fmt::format("{} and {} have the same contents ({})", outcome.first, outcome.second, how(outcome))};
  std::vector<std::string> lines;
  const std::size_t differing = outcome.changes.size() + (outcome.cells ? 1 : 0);
  lines.push_back(fmt::format("{} and {} differ ({})", outcome.first, outcome.second, how(outcome)));
  lines.push_back(
      fmt::format("  {} and {} differ", counted(differing, "dataset"), counted(files.attributes.size(), "attribute")));
  for (std::size_t n = 0; n < std::min(most, files.attributes.size()); ++n) {
    const hdf5::AttributeDifference& one = files.attributes[n];
    lines.push_back(fmt::format("  {:<32} {} and {}", one.path + "@" + one.name,
                                one.first.empty() ? "nothing" : one.first,
                                one.second.empty() ? "nothing" : one.second));
  }
  say_more(files.attributes.size(), most, "attributes", lines);
  for (const std::string& line : files.other) lines.push_back("  " + line);
  for (std::size_t n = 0; n < std::min(most, outcome.changes.size()); ++n) add_change(outcome.changes[n], most, lines);
  say_more(outcome.changes.size(), most, "datasets", lines);
  if (outcome.cells) add_cells(*outcome.cells, most, lines);
  if (outcome.movers)
    for (std::string& line : mover_lines(*outcome.movers, most)) lines.push_back(std::move(line));
  return lines;
}

}  // namespace potentia::compare
