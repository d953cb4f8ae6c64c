// The folder of the site: it appears whole or not at all, and takes the place of an older site.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace potentia::atlas {

/// A site in the making, in a hidden folder beside the target. Without publish() nothing is left of it, and an older
/// site stays as it was.
class SiteFolder {
public:
  /// Refuses a target that is neither missing, nor an empty folder, nor a site of this program, before anything is
  /// made.
  /// @throws Error(input)
  static void require_ours(const std::string& target);

  /// Makes the hidden folder, and removes those that killed programs left of this target.
  /// @throws Error(input), Error(resources)
  explicit SiteFolder(const std::string& target);
  SiteFolder(const SiteFolder&) = delete;
  SiteFolder& operator=(const SiteFolder&) = delete;
  ~SiteFolder();

  /// Writes a file, making the folders on the way. @param name "data/exporter/LAO.js" @throws Error(resources)
  void write(const std::string& name, const std::string& contents);

  /// Flushes everything to the disk and gives the folder its name. @throws Error(resources), Error(input)
  void publish();

  std::uint64_t bytes() const noexcept { return bytes_; }
  std::size_t files() const noexcept { return names_.size(); }

private:
  std::string target_, making_;
  std::vector<std::string> names_;
  std::uint64_t bytes_ = 0;
  int lock_ = -1;
};

/// File by which a folder is known as a site of this program.
inline constexpr const char* site_mark = "atlas.json";

}  // namespace potentia::atlas
