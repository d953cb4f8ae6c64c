// Small worlds with something in every table, and comparing worlds by their bytes.
#pragma once

#include <cstdint>
#include <string>

#include "io/world/world.hpp"

namespace potentia::testing {

struct SampleShape {
  int countries = 4;
  int products = 6;
  int years = 1;
  double density = 0.5;                                       ///< share of (product, exporter, market) with a flow
  enum Values { dollars, billions, cents } values = dollars;  ///< below 2^32, above it, not whole
  bool by_market = false;                                     ///< income elasticity by market and product
  bool tariffs = true;
  bool reports = true;  ///< tables that only reports read
};

/// Deterministic in its arguments. At least one flow a year.
World sample_world(std::uint64_t seed, const SampleShape& shape);

/// The first difference of two worlds, by bytes (NaN = NaN); empty where there is none.
std::string world_difference(const World& a, const World& b);

/// A folder for one test, removed with what is in it.
class Folder {
public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

private:
  std::string path_;
};

/// The whole file.
std::string bytes_of(const std::string& path);
void write_bytes(const std::string& path, const std::string& bytes);

/// Runs a command; @return what it printed. Fails the test when the command fails.
std::string run(const std::string& command);

}  // namespace potentia::testing
