// Manifests: TOML, names of files and patterns, in a folder with a few files.
#include "io/import/manifest.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/fuzz/fuzz.hpp"

namespace {

/// A folder with the files that manifests may name, gone at the end.
class Folder {
public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "potentia-fuzz-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
    for (const char* name : {"a", "b", "c.csv", "d.csv"}) std::ofstream(path_ + "/" + name) << "x\n";
  }
  ~Folder() {
    std::error_code none;
    std::filesystem::remove_all(path_, none);
  }
  std::string put(std::string_view text) const {
    const std::string path = path_ + "/manifest.toml";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

private:
  std::string path_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace potentia;
  static const Folder folder;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.find('/') != std::string_view::npos) return 0;  // patterns must not wander about the machine
  fuzz::complaint_of([&] {
    const Manifest manifest = read_manifest(folder.put(text));
    const auto& years = manifest.base_years;
    fuzz::require(!years.empty() && std::is_sorted(years.begin(), years.end()), "base years ascend");
    fuzz::require(std::adjacent_find(years.begin(), years.end()) == years.end(), "no base year stands twice");
    fuzz::require(!manifest.trade_files.empty(), "there is trade");
    for (const TableEntry& file : manifest.trade_files) fuzz::require(file.given(), "trade files have names");
  });
  return 0;
}
