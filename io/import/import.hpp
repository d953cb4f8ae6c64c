// From downloaded files to a world: the work behind `potentia import`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "io/import/lenient.hpp"
#include "io/world/coverage.hpp"
#include "io/world/world.hpp"
#include "kernels/backend.hpp"

namespace potentia {

/// What the world does not keep.
struct ImportReport {
  std::vector<SourceFile> files;   ///< with how each was read
  std::vector<Coverage> coverage;  ///< of every variable
};

struct ImportOptions {
  LenientKinds lenient;     ///< rows of trade files to drop and count, instead of stopping at the first
  int threads = 0;          ///< worker threads; 0 = all cores that this process may use
  ProgressSink progress;    ///< may be empty
  ImportReport* report = nullptr;  ///< where given, is filled, as far as it goes also before an error
  std::size_t block_bytes = std::size_t{2} << 20;  ///< of trade text that a thread takes at a time
};

/// Reads everything that a manifest names. The result depends on what the files say, not on the order of their rows nor
/// on threads.
/// @return a complete world; its notices list every drop and note with whose, its sources every file with SHA-256
/// @throws Error(input) with file and line for the first thing that is wrong; Error(resources); Error(interrupted)
World import_world(const std::string& manifest_path, const ImportOptions& options);

}  // namespace potentia
