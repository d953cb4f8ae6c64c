// See difference.hpp.
#include "io/hdf5/difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <sstream>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/contents.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/fingerprint.hpp"
#include "io/hdf5/number_difference.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::hdf5 {
namespace {

using Kind = DatasetDifference::Kind;

constexpr const char* dataset_prefix = "dataset ";
constexpr std::size_t most_lines = 12;

bool is_dataset(const ContentsObject& object) { return object.description.rfind(dataset_prefix, 0) == 0; }

std::string form_of(const ContentsObject& object) { return object.description.substr(std::strlen(dataset_prefix)); }

bool is_text(const std::string& form) { return form.rfind("text", 0) == 0; }

std::string extents_of(const std::string& form) { return form.substr(form.find(' ') + 1); }

std::string format_of(const File& file) {
  if (has_attribute(file, "format")) return read_text_attribute(file, "format");
  throw input_error("not a file of potentia", where(file), "make one with import, synth or solve");
}

/// An attribute as people read it: without its type, floating numbers in decimal.
std::string in_words(const std::string& value) {
  const std::size_t blank = value.find(' ');
  const std::string kind = value.substr(0, blank), rest = blank == std::string::npos ? "" : value.substr(blank + 1);
  if (kind == "text") return '"' + rest + '"';
  if (kind != "float") return rest;
  std::string text;
  std::istringstream words(rest);
  for (std::string word; words >> word;) {
    const std::uint64_t bits = std::stoull(word, nullptr, 16);
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    text += fmt::format("{}{}", text.empty() ? "" : " ", number);
  }
  return text;
}

/// Lines of `list` that `other` has not, in order.
std::vector<std::string> missing_in(const std::vector<std::string>& list, const std::vector<std::string>& other) {
  std::multiset<std::string> left(other.begin(), other.end());
  std::vector<std::string> missing;
  for (const std::string& line : list) {
    const auto found = left.find(line);
    if (found != left.end())
      left.erase(found);
    else if (missing.size() < most_lines)
      missing.push_back(line);
  }
  return missing;
}

std::vector<std::string> lines_of(const std::vector<std::string>& texts) {
  std::vector<std::string> lines;
  for (const std::string& text : texts) {
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
  }
  return lines;
}

class Comparison {
public:
  Comparison(const std::string& first, const std::string& second, const CompareOptions& options)
      : options_(options), first_(open_file(first)), second_(open_file(second)) {}

  FileDifference run() {
    result_.format = format_of(first_);
    if (format_of(second_) != result_.format)
      throw input_error("is a " + format_of(second_) + ", the first file a " + result_.format, where(second_),
                        "compare two files of one kind");
    result_.first_digest = stored_digest(first_);
    result_.second_digest = stored_digest(second_);
    const Contents first = list_contents(first_), second = list_contents(second_);
    std::map<std::string, std::pair<const ContentsObject*, const ContentsObject*>> objects;
    for (const auto& [path, object] : first.objects) objects[path].first = &object;
    for (const auto& [path, object] : second.objects) objects[path].second = &object;
    const auto has_dataset = [](const ContentsObject* object) { return object != nullptr && is_dataset(*object); };
    for (const auto& [path, pair] : objects) result_.datasets += has_dataset(pair.first) || has_dataset(pair.second);
    result_.by_digest =
        !options_.full && !result_.first_digest.empty() && result_.first_digest == result_.second_digest;
    if (result_.by_digest) return result_;
    std::uint64_t done = 0;
    for (const auto& [path, pair] : objects) {
      check_interrupted();
      if (options_.progress) options_.progress("comparing", done++, objects.size());
      if (pair.first == nullptr || pair.second == nullptr)
        only_one(path, pair.first, pair.second);
      else
        both(path, *pair.first, *pair.second);
    }
    return result_;
  }

private:
  void only_one(const std::string& path, const ContentsObject* first, const ContentsObject* second) {
    const ContentsObject& object = first != nullptr ? *first : *second;
    if (!is_dataset(object)) {
      result_.other.push_back(fmt::format("{} ({}) is only in the {} file", path, object.description,
                                          first != nullptr ? "first" : "second"));
      return;
    }
    DatasetDifference difference;
    difference.path = path;
    difference.kind = first != nullptr ? Kind::only_first : Kind::only_second;
    (first != nullptr ? difference.first : difference.second) = form_of(object);
    result_.changed.push_back(difference);
  }

  void both(const std::string& path, const ContentsObject& first, const ContentsObject& second) {
    attributes(path, first, second);
    if (is_dataset(first) && is_dataset(second))
      dataset(path, first, second);
    else if (first.description != second.description)
      result_.other.push_back(
          fmt::format("{} is a {} in the first file, a {} in the second", path, first.description, second.description));
  }

  void attributes(const std::string& path, const ContentsObject& first, const ContentsObject& second) {
    std::map<std::string, std::pair<std::string, std::string>> values;
    for (const auto& [name, value] : first.attributes) values[name].first = value;
    for (const auto& [name, value] : second.attributes) values[name].second = value;
    values.erase(fingerprint_attribute);  // it differs if and only if the values do
    for (const auto& [name, pair] : values)
      if (pair.first != pair.second)
        result_.attributes.push_back({path, name, in_words(pair.first), in_words(pair.second)});
  }

  static std::string fingerprint(const ContentsObject& object) {
    const auto found = object.attributes.find(fingerprint_attribute);
    return found == object.attributes.end() ? "" : found->second;
  }

  void dataset(const std::string& path, const ContentsObject& first, const ContentsObject& second) {
    DatasetDifference difference;
    difference.path = path;
    difference.first = form_of(first);
    difference.second = form_of(second);
    const bool same_form = difference.first == difference.second;
    if (is_text(difference.first) != is_text(difference.second) ||
        (extents_of(difference.first) != extents_of(difference.second) && !is_text(difference.first))) {
      result_.changed.push_back(difference);
      return;
    }
    const bool same_print = same_form && !fingerprint(first).empty() && fingerprint(first) == fingerprint(second);
    if (same_print && !options_.full) return;
    const Dataset a = open_dataset(first_, path), b = open_dataset(second_, path);
    if (H5Dget_storage_size(a) == 0 && H5Dget_storage_size(b) == 0) {  // axes without labels, and empty tables
      if (!same_form) result_.changed.push_back(difference);
      return;
    }
    const Shape shape = checked_shape(a);
    checked_shape(b);
    ++result_.read;
    if (options_.full) {
      // With their fingerprints, and thereby with each other where these are the same.
      for (const Dataset* one : {&a, &b})
        if (has_attribute(*one, fingerprint_attribute)) check_values(*one);
      if (same_print) return;
    }
    if (is_text(difference.first))
      texts(a, b, difference);
    else
      numbers(a, b, shape, difference);
  }

  void texts(const Dataset& a, const Dataset& b, DatasetDifference& difference) {
    const std::vector<std::string> first = read_strings(a), second = read_strings(b);
    if (first == second && difference.first == difference.second) return;
    difference.kind = first.size() == second.size() ? Kind::texts : Kind::form;
    difference.elements = std::max(first.size(), second.size());
    difference.differing = difference.elements - std::min(first.size(), second.size());
    for (std::size_t n = 0; n < std::min(first.size(), second.size()); ++n)
      difference.differing += first[n] != second[n];
    const std::vector<std::string> lines = lines_of(first), other = lines_of(second);
    difference.only_in_first = missing_in(lines, other);
    difference.only_in_second = missing_in(other, lines);
    result_.changed.push_back(difference);
  }

  void numbers(const Dataset& a, const Dataset& b, const Shape& shape, DatasetDifference& difference) {
    difference.kind = Kind::numbers;
    compare_numbers(a, b, shape, options_, difference);
    // Another width of the same numbers is a difference of bytes, but of nothing else.
    const bool counts = difference.differing > 0 || (options_.tolerance == 0 && difference.first != difference.second);
    if (!counts) return;
    if (difference.differing == 0) difference.kind = Kind::form;
    result_.changed.push_back(difference);
  }

  const CompareOptions& options_;
  File first_, second_;
  FileDifference result_;
};

}  // namespace

FileDifference compare_files(const std::string& first, const std::string& second, const CompareOptions& options) {
  return Comparison(first, second, options).run();
}

}  // namespace potentia::hdf5
