// See threads.hpp.
#include "host/run/threads.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <vector>

namespace potentia {
namespace {

constexpr double no_quota = std::numeric_limits<double>::infinity();

double ratio(double quota, double period) { return quota > 0.0 && period > 0.0 ? quota / period : no_quota; }

/// cgroup v2: "50000 100000", "max 100000".
double quota_v2(const std::string& folder) {
  std::ifstream file(folder + "/cpu.max");
  double quota = 0.0, period = 0.0;
  return file >> quota >> period ? ratio(quota, period) : no_quota;
}

/// cgroup v1: microseconds in two files, the quota −1 where there is none.
double quota_v1(const std::string& folder) {
  std::ifstream quota_file(folder + "/cpu.cfs_quota_us"), period_file(folder + "/cpu.cfs_period_us");
  double quota = 0.0, period = 0.0;
  return quota_file >> quota && period_file >> period ? ratio(quota, period) : no_quota;
}

/// The tightest from `path` up to the mount. A path of the host that is not mounted here leaves the mount itself.
double tightest(const std::string& mount, std::string path, double (*quota_of)(const std::string&)) {
  double least = no_quota;
  while (true) {
    least = std::min(least, quota_of(mount + path));
    const std::size_t slash = path.rfind('/');
    if (path.empty() || slash == std::string::npos) return least;
    path.resize(slash);
  }
}

bool names_cpu(const std::string& controllers) {
  std::istringstream list(controllers);
  for (std::string one; std::getline(list, one, ',');)
    if (one == "cpu") return true;
  return false;
}

}  // namespace

double processor_quota(const std::string& root) {
  // Lines are "number:controllers:path"; version 2 has number 0 and no controllers.
  std::ifstream groups(root + "/proc/self/cgroup");
  const std::string mounts = root + "/sys/fs/cgroup";
  double least = no_quota;
  for (std::string line; std::getline(groups, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1), path = line.substr(second + 1);
    if (controllers.empty()) {
      for (const char* mount : {"", "/unified"}) least = std::min(least, tightest(mounts + mount, path, quota_v2));
    } else if (names_cpu(controllers)) {
      for (const std::string& mount : {"/" + controllers, std::string("/cpu")})
        least = std::min(least, tightest(mounts + mount, path, quota_v1));
    }
  }
  return least;
}

int default_threads(const std::string& root) {
  // OpenMP has read it; where it says no positive number, it says nothing.
  if (const char* const wish = std::getenv("OMP_NUM_THREADS"); wish != nullptr && std::atoi(wish) > 0)
    return omp_get_max_threads();
  const double quota = std::ceil(processor_quota(root));
  const int processors = omp_get_num_procs();
  return quota < processors ? std::max(1, static_cast<int>(quota)) : processors;
}

void omp_use(int threads) { omp_set_num_threads(threads); }

}  // namespace potentia
