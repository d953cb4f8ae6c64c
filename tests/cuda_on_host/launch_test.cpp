// The launchers, the scan and the memory of kernels/cuda/ by themselves, run on the processor.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "kernels/cuda/cuda_device.cuh"
#include "tests/support/cuda_on_host/asan.hpp"

namespace potentia::testing {
namespace {

// Less than a group, a warp, a block; exactly those; a little more; several blocks.
constexpr std::int64_t sizes[] = {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 127, 128, 129, 597, 4096, 4097};

struct CountEntry {
  std::int64_t entries;
  std::uint32_t* calls;
  PT_HD void operator()(std::int64_t row, std::int64_t entry) const { ++calls[row * entries + entry]; }
};

TEST(Launch, EveryEntryIsCalledOnce) {
  for (const std::int64_t rows : {1, 3})
    for (const std::int64_t entries : sizes) {
      const auto calls = DeviceBuffer<std::uint32_t>::zeroed(rows * entries);
      CudaDevice::launch(CountEntry{entries, calls.data()}, rows, entries, "the count");
      std::vector<std::uint32_t> counted(calls.size());
      calls.to_host(counted.data());
      EXPECT_EQ(counted, std::vector<std::uint32_t>(calls.size(), 1)) << rows << " × " << entries;
    }
}

/// Sums whose last bits depend on the order.
double term(std::int64_t at, int lane, int slot) {
  return 1.0 / static_cast<double>(3 + at * 8 + lane) + (slot == 0 ? 0.0 : 1e7 * static_cast<double>((at + lane) % 3));
}

struct SumTerms {
  static constexpr int slots = 2;
  std::int64_t entries;
  double* total;
  PT_HD void lane(std::int64_t row, std::int64_t entry, int lane, double* slot) const {
    for (int s = 0; s < slots; ++s) slot[s] += term(row * entries + entry, lane, s);
  }
  PT_HD void finish(std::int64_t row, std::int64_t entry, const double* slot) const {
    for (int s = 0; s < slots; ++s) total[(row * entries + entry) * slots + s] = slot[s];
  }
};

TEST(Launch, GroupsAddTheirLanesInTheOrderOfTheTree) {
  for (const std::int64_t rows : {1, 3})
    for (const std::int64_t entries : sizes) {
      const DeviceBuffer<double> total(rows * entries * SumTerms::slots);
      CudaDevice::launch_groups(SumTerms{entries, total.data()}, rows, entries, "the sums");
      std::vector<double> found(total.size()), expected(total.size());
      total.to_host(found.data());
      for (std::int64_t at = 0; at < rows * entries; ++at)
        for (int s = 0; s < SumTerms::slots; ++s) {
          double lanes[sum_lanes];
          for (int lane = 0; lane < sum_lanes; ++lane) lanes[lane] = term(at, lane, s);
          expected[at * SumTerms::slots + s] = lane_total(lanes);
        }
      EXPECT_EQ(std::memcmp(found.data(), expected.data(), found.size() * sizeof(double)), 0) << rows << " × " << entries;
    }
}

TEST(Launch, NothingIsLaunchedForNoEntries) {
  CudaDevice::launch(CountEntry{0, nullptr}, 3, 0, "nothing");
  CudaDevice::launch_groups(SumTerms{0, nullptr}, 0, 3, "nothing");
}

#if defined(POTENTIA_ASAN) && !defined(__clang__)  // see refuse_host_pointers
TEST(LaunchDeathTest, APointerToMemoryOfTheHostIsRefused) {
  std::vector<std::uint32_t> host(10);
  EXPECT_DEATH(CudaDevice::launch(CountEntry{10, host.data()}, 1, 10, "a mistake"), "memory of the host");
}
#endif

struct Key {
  std::int64_t length;
  PT_HD std::int64_t operator()(std::int64_t at) const { return at / length; }
};
struct Value {
  PT_HD std::uint32_t operator()(std::int64_t at) const { return static_cast<std::uint32_t>(at % 5); }
};

TEST(Scan, StartsAnewWithEveryKey) {
  for (const std::int64_t size : sizes)
    for (const std::int64_t length : {1, 7, 100}) {
      const DeviceBuffer<std::uint32_t> sums(size);
      CudaDevice::exclusive_sum_by_key(Key{length}, Value{}, size, sums.data());
      std::vector<std::uint32_t> found(sums.size()), expected(sums.size());
      sums.to_host(found.data());
      for (std::int64_t at = 1; at < size; ++at)
        expected[at] = at % length == 0 ? 0 : expected[at - 1] + static_cast<std::uint32_t>((at - 1) % 5);
      EXPECT_EQ(found, expected) << size << " in runs of " << length;
    }
}

TEST(Memory, ExhaustedItIsSaidAndNothingIsKept) {
  ASSERT_EQ(device_memory().allocations(), 0u);
  device_memory().limit(1000);
  try {
    const DeviceBuffer<double> first(100), second(100);
    FAIL() << "1,600 bytes fitted into 1,000";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), 5) << error.what();
  }
  device_memory().limit(static_cast<std::size_t>(-1));
  EXPECT_EQ(device_memory().allocations(), 0u);
}

TEST(Memory, ACopyBeyondItsEndIsRefused) {
  const DeviceBuffer<double> buffer(10);
  std::vector<double> host(20);
  EXPECT_THROW(buffer.to_host(host.data(), 5, 6), Error);
  EXPECT_THROW(DeviceBuffer<double>::of(buffer.data(), 3), Error) << "a device's memory taken for the host's";
  EXPECT_NO_THROW(buffer.to_host(host.data(), 5, 5));
}

/// After all tests: a backend gives everything back.
class NothingIsLeft : public ::testing::Environment {
public:
  void TearDown() override { EXPECT_EQ(device_memory().allocations(), 0u) << "device memory was not freed"; }
};
const auto* const nothing_is_left = ::testing::AddGlobalTestEnvironment(new NothingIsLeft);

}  // namespace
}  // namespace potentia::testing
