// A valid file with bytes changed or cut off at random either reads or is refused with an Error; nothing of ours may
// crash, hang or take memory for what a damaged file claims. Each file is read in a child process with a limit on
// memory and time: the HDF5 library itself does not survive every damage to its own structures, but only the process that
// looks at a file first may die of it (io/hdf5/inspect.hpp).
#include <fcntl.h>
#include <gtest/gtest.h>
#include <omp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <map>

#include "io/world/world_file.hpp"
#include "tests/support/random.hpp"
#include "tests/unit/io/world_sample.hpp"

namespace potentia::testing {
namespace {

enum Outcome : int { read_whole = 0, refused = 20, other_error = 21, other_exception = 22 };

/// The file with a few bytes changed, or cut short.
std::string damaged(const std::string& whole, std::uint64_t seed) {
  Random random(seed);
  std::string bytes = whole;
  if (random.chance(0.15)) {
    bytes.resize(random.below(bytes.size()));
    return bytes;
  }
  // Much of the file is numbers, where damage is dull: half of the time aim at the first part, the structures.
  const std::size_t reach = random.chance(0.5) ? bytes.size() : std::min<std::size_t>(bytes.size(), 4096);
  const std::size_t changes = 1 + random.below(4);
  for (std::size_t n = 0; n < changes; ++n) {
    const std::size_t at = random.below(reach);
    switch (random.below(4)) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        break;
      case 1:
        bytes[at] = static_cast<char>(random.next());
        break;
      case 2:
        bytes[at] = '\xff';
        break;
      default:
        for (std::size_t i = at; i < std::min(at + 8, bytes.size()); ++i) bytes[i] = static_cast<char>(random.next());
    }
  }
  return bytes;
}

#if defined(POTENTIA_SANITIZED)
constexpr bool limit_memory = false;  // the sanitizer reserves terabytes
#else
constexpr bool limit_memory = true;
#endif

/// Reads the file in a child. @return its exit status as waitpid gives it
int outcome_of(const std::string& path) {
  const pid_t child = fork();
  if (child == 0) {
    if (limit_memory) {
      const rlimit memory{std::size_t{2} << 30, std::size_t{2} << 30};
      setrlimit(RLIMIT_AS, &memory);
    }
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    alarm(20);
    omp_set_num_threads(1);  // the parent's team did not come along
    int outcome = read_whole;
    try {
      read_world(path);
    } catch (const Error& error) {
      outcome = error.kind() == ErrorKind::input ? refused : other_error;
    } catch (...) {
      outcome = other_exception;
    }
    _exit(outcome);
  }
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

/// Reads `files` damaged versions of a good file and counts how that ended.
std::map<std::string, int> count_outcomes(const std::string& good, std::uint64_t first_seed, int files) {
  const Folder folder;
  const std::string whole = bytes_of(good);
  const std::string path = folder / "damaged.h5";
  std::map<std::string, int> counts;
  for (std::uint64_t seed = first_seed; seed < first_seed + static_cast<std::uint64_t>(files); ++seed) {
    write_bytes(path, damaged(whole, seed));
    const int status = outcome_of(path);
    if (WIFSIGNALED(status)) {
      ++counts[WTERMSIG(status) == SIGALRM ? "hung" : "crashed"];
      std::printf("seed %llu: signal %d\n", static_cast<unsigned long long>(seed), WTERMSIG(status));
      if (const char* keep = std::getenv("POTENTIA_KEEP_DAMAGED"))
        write_bytes(std::string(keep) + "/damaged-" + std::to_string(seed) + ".h5", bytes_of(path));
      continue;
    }
    switch (WEXITSTATUS(status)) {
      case read_whole:
        ++counts["read"];
        break;
      case refused:
        ++counts["refused"];
        break;
      case other_error:
      case other_exception:
        ++counts["unexpected"];
        ADD_FAILURE() << "seed " << seed << " ended with " << WEXITSTATUS(status);
        break;
      default:
        ++counts["crashed"];  // a sanitizer's own exit
    }
  }
  for (const auto& [name, count] : counts) std::printf("%s: %d\n", name.c_str(), count);
  return counts;
}

TEST(WorldRandomDamage, EitherReadsOrIsRefused) {
  const Folder folder;
  SampleShape shape;
  shape.countries = 12;
  shape.products = 40;
  shape.years = 2;
  const std::string good = folder / "good.h5";
  write_world(good, sample_world(5, shape));
  const char* more = std::getenv("POTENTIA_RANDOM_DAMAGES");
  const int files = more ? std::atoi(more) : 400;
  std::map<std::string, int> counts = count_outcomes(good, 1000, files);
  EXPECT_EQ(counts["hung"], 0);
  EXPECT_GT(counts["refused"], 0);
  EXPECT_GT(counts["read"], 0);
  EXPECT_EQ(counts["crashed"], 0);
}

}  // namespace
}  // namespace potentia::testing
