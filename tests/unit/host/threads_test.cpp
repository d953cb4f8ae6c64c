// The number of threads that a control group allows, on made-up trees of /proc and /sys.
#include "host/run/threads.hpp"

#include <gtest/gtest.h>
#include <omp.h>
#include <stdlib.h>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace potentia {
namespace {

class Quota : public ::testing::Test {
protected:
  Quota() {
    char name[] = "/tmp/potentia-cgroup-XXXXXX";
    EXPECT_NE(::mkdtemp(name), nullptr);
    root_ = name;
    unsetenv("OMP_NUM_THREADS");
  }
  ~Quota() override { std::filesystem::remove_all(root_); }

  void file(const std::string& path, const std::string& text) const {
    const std::filesystem::path full = root_ + path;
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full) << text;
  }

  std::string root_;
};

TEST_F(Quota, NoneWithoutControlGroups) {
  EXPECT_TRUE(std::isinf(processor_quota(root_)));
  EXPECT_EQ(default_threads(root_), omp_get_num_procs());
}

TEST_F(Quota, OfVersionTwoIsTheTightestOfAllAround) {
  file("/proc/self/cgroup", "0::/user.slice/job/step\n");
  file("/sys/fs/cgroup/user.slice/job/step/cpu.max", "max 100000\n");
  EXPECT_TRUE(std::isinf(processor_quota(root_)));
  file("/sys/fs/cgroup/user.slice/job/cpu.max", "50000 100000\n");
  file("/sys/fs/cgroup/user.slice/cpu.max", "400000 100000\n");
  EXPECT_DOUBLE_EQ(processor_quota(root_), 0.5);
  EXPECT_EQ(default_threads(root_), 1);
}

TEST_F(Quota, OfVersionTwoInAContainerThatSeesOnlyItsOwnGroup) {
  file("/proc/self/cgroup", "0::/system.slice/docker-1234.scope\n");  // a path of the host, not mounted here
  file("/sys/fs/cgroup/cpu.max", "150000 100000\n");
  EXPECT_DOUBLE_EQ(processor_quota(root_), 1.5);
  EXPECT_EQ(default_threads(root_), std::min(2, omp_get_num_procs()));
}

TEST_F(Quota, OfVersionOne) {
  file("/proc/self/cgroup", "12:memory:/job\n4:cpu,cpuacct:/job\n1:name=systemd:/\n");
  file("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "-1\n");
  file("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  EXPECT_TRUE(std::isinf(processor_quota(root_)));
  file("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "25000\n");
  EXPECT_DOUBLE_EQ(processor_quota(root_), 0.25);
  EXPECT_EQ(default_threads(root_), 1);
}

TEST_F(Quota, IsNotAskedWhereTheEnvironmentSaysHowMany) {
  file("/proc/self/cgroup", "0::/\n");
  file("/sys/fs/cgroup/cpu.max", "50000 100000\n");
  setenv("OMP_NUM_THREADS", "3", 1);
  EXPECT_EQ(default_threads(root_), omp_get_max_threads());
  unsetenv("OMP_NUM_THREADS");
  EXPECT_EQ(default_threads(root_), 1);
}

}  // namespace
}  // namespace potentia
