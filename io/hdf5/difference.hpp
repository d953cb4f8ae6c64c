// What differs between two files of one kind: structure, attributes, texts and numbers, dataset by dataset.
//
// Contents are what the content digest covers (contents.hpp). Datasets whose fingerprints are the same hold the same
// bytes and need not be read. Large datasets are read some rows at a time, so that cubes of any size can be compared.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernels/backend.hpp"

namespace potentia::hdf5 {

struct CompareOptions {
  /// Two numbers are the same if |a − b| ≤ tolerance · max(1, |a|, |b|): relative from 1 upwards, absolute below. At 0
  /// it is their bits that count, so that −0 is not +0; but every NaN is the same as every other, at any tolerance.
  double tolerance = 0;
  bool full =
      false;  ///< reads every number, and compares it with its fingerprint, also where fingerprints are the same
  std::uint64_t whole_bytes = std::uint64_t{256} << 20;  ///< datasets up to this size are read in one go, on all cores
  std::uint64_t block_bytes = std::uint64_t{64} << 20;   ///< of larger ones, some rows of about this size at a time
  ProgressSink progress;
};

/// A number of both datasets.
struct NumberPlace {
  std::vector<std::uint64_t> index;
  double first = 0, second = 0;
  double difference = 0;  ///< |first − second|, or that ÷ max(|first|, |second|)
};

struct DatasetDifference {
  enum class Kind { only_first, only_second, form, numbers, texts };
  std::string path;
  Kind kind = Kind::form;
  std::string first, second;   ///< type and extents: "<f8 226x5079"; empty where it is missing
  std::uint64_t elements = 0;  ///< compared
  std::uint64_t differing = 0;
  std::uint64_t nan_in_one = 0;    ///< of them, those that are NaN on one side
  NumberPlace absolute, relative;  ///< the largest differences between numbers, if `has_numbers`
  bool has_numbers = false;        ///< whether some two numbers differ (not only NaN from a number, or a sign of zero)
  std::vector<std::string> only_in_first, only_in_second;  ///< of texts: lines that differ, the first dozen
};

struct AttributeDifference {
  std::string path, name;
  std::string first, second;  ///< in words; empty where it is missing
};

struct FileDifference {
  std::string format;                       ///< of both: "potentia-result"
  std::string first_digest, second_digest;  ///< as stored; empty in files of other programs
  std::uint64_t datasets = 0;               ///< in either file
  std::uint64_t read = 0;                   ///< of them, those whose values were read
  bool by_digest = false;                   ///< the digests are the same, and nothing was read
  std::vector<DatasetDifference> changed;
  std::vector<AttributeDifference> attributes;
  std::vector<std::string> other;  ///< groups and links that only one has

  bool is_same() const { return changed.empty() && attributes.empty() && other.empty(); }
};

/// Whether two numbers are the same, as CompareOptions says.
bool same_numbers(double a, double b, double tolerance);

/// @throws Error(input) when a file is damaged or no file of this program, or they are of two kinds; Error(interrupted)
FileDifference compare_files(const std::string& first, const std::string& second, const CompareOptions& options);

}  // namespace potentia::hdf5
