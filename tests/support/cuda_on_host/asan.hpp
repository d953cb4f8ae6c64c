// POTENTIA_ASAN is defined where AddressSanitizer watches.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define POTENTIA_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POTENTIA_ASAN
#endif
#endif

#ifdef POTENTIA_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
