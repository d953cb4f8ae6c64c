// The files of the site that no world changes, compiled into the program by embed.cmake.
#pragma once

#include <string_view>

namespace potentia::atlas::site {

std::string_view page();     ///< index.html with {{title}}
std::string_view style();    ///< atlas.css
std::string_view library();  ///< D3
std::string_view script();   ///< atlas.js

}  // namespace potentia::atlas::site
