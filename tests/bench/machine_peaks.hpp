// What this processor can do at most, measured: the floors that measurements are set beside.
#pragma once

namespace potentia::bench {

/// Bytes a second that all threads together read from and write to memory while copying a large array.
double memory_bandwidth(int threads);

/// Double-precision additions and multiplications a second of all threads together, on registers, without fused ones
/// (which the engine does not use, so that its bits are the same everywhere).
double arithmetic_rate(int threads);

}  // namespace potentia::bench
