// The files of the page, compiled into the program by embed.cmake.
#pragma once

#include <string_view>

namespace potentia::drilldown::page {

struct Asset {
  std::string_view text;
  std::string_view hash;  ///< as a Content-Security-Policy names it: "sha256-<base64>"
};

std::string_view skeleton();  ///< page.html with {{policy}} {{title}} {{style}} {{report}} {{library}} {{script}}
Asset style();
Asset library();  ///< Chart.js
Asset script();

}  // namespace potentia::drilldown::page
