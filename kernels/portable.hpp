// The few words that let one source compile under g++, clang++ and nvcc.
#pragma once

// A function marked PT_HD runs on the host and, under nvcc, on the device as well. It is always inlined on the host, so
// that each instruction-set clone of a loop gets its own copy.
#if defined(__CUDACC__)
#define PT_HD __host__ __device__ __forceinline__
#else
#define PT_HD inline __attribute__((always_inline))
#endif

#if defined(_MSC_VER)
#define PT_RESTRICT __restrict
#else
#define PT_RESTRICT __restrict__
#endif

// Hot CPU loops are compiled once for each instruction set; the loader picks one at start. This changes speed and
// never bits, because no clone may contract or reorder (see the compile options in CMakeLists.txt). Thread and
// address sanitizers cannot run before the loader has picked, so they get the plain function.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__CUDACC__) && !defined(POTENTIA_NO_CLONES)
#define PT_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define PT_CLONES
#endif
