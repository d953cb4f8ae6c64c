// How many threads a run may use, decided once for every command.
#pragma once

#include <string>

namespace potentia {

/// Processors that a container's quota amounts to: the tightest of this process's control group and those around it
/// (cgroup v1 and v2). Infinity where there is none.
/// @param root prefix of /proc and /sys, for tests
double processor_quota(const std::string& root = "");

/// OMP_NUM_THREADS where it is set; otherwise the processors this process may run on, no more than the quota rounded up.
int default_threads(const std::string& root = "");

/// From now on parallel work takes so many.
void omp_use(int threads);

}  // namespace potentia
