// A picture as the bytes of a file.
#pragma once

#include <string>

#include "host/drilldown/forms/figures/picture.hpp"
#include "host/drilldown/forms/figures/typesetter.hpp"

namespace potentia::drilldown::figures {

constexpr double png_dots_per_inch = 240;

/// As SVG, text as outlines: it looks the same wherever it is opened, whatever fonts are there. The same picture and fonts
/// give the same bytes. @throws Error(resources) without memory
std::string svg_of(const Picture& picture, Typesetter& typesetter);

/// As PNG on white, with its size on paper. @throws likewise
std::string png_of(const Picture& picture, Typesetter& typesetter);

}  // namespace potentia::drilldown::figures
