// The picture beside the title of a site.
#pragma once

#include <cstddef>
#include <string>

namespace potentia::atlas {

inline constexpr std::size_t largest_logo = 1'000'000;  ///< bytes

struct Logo {
  std::string bytes;                 ///< the file as it is; empty = none
  std::string ending;                ///< "png", "jpg" or "svg": what the contents are, whatever the file is called
  double width = 0.0, height = 0.0;  ///< their ratio keeps a page's room for the picture; 0 = the picture does not say
};

/// @throws Error(input) for a file that is missing, larger than `largest_logo`, or none of these pictures
Logo read_logo(const std::string& path);

/// For tests: the same of bytes. @param where for complaints
Logo logo_of(std::string bytes, const std::string& where);

}  // namespace potentia::atlas
