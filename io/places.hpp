// Where in a file a number stands, in the words of its axes: "LAO>CHN 071410".
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace potentia {

/// Knows the axes of the datasets in io/README.md; reads labels when they are first asked for.
class Places {
public:
  explicit Places(std::string path) : path_(std::move(path)) {}

  /// Codes along the axes, exporter and market as "LAO>CHN"; a flow of a world by exporter, market and product; the
  /// bare index ("[3, 17]") where an axis has no labels. @throws Error(input)
  std::string in_words(const std::string& dataset, const std::vector<std::uint64_t>& index);

private:
  const std::vector<std::string>& labels(const std::string& dataset);
  const std::vector<std::uint64_t>& positions(const std::string& dataset);
  std::string flow_in_words(const std::string& group, std::uint64_t row);

  std::string path_;
  std::map<std::string, std::vector<std::string>> labels_;
  std::map<std::string, std::vector<std::uint64_t>> positions_;
};

}  // namespace potentia
