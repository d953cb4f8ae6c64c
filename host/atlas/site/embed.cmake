# Writes atlas_assets.cpp: the files of the site as bytes. Called at build time:
#   cmake -DOUTPUT=… -DFOLDER=<this folder> -DLIBRARY=<d3.min.js> -P embed.cmake
set(styles atlas.css views.css print.css)
# Each stands on those before it.
set(scripts
  ../../drilldown/forms/page/dom.js
  coordinates.js packed.js data.js numbers.js names.js links.js
  downloads.js figure.js table.js virtual_table.js
  lying_rows.js bars.js changes.js dorling.js treemap.js matrix.js scatter.js waterfall.js
  search.js outlook_figures.js page.js partners.js scenario_figures.js logistics_figures.js
  world_view.js exporter_view.js market_view.js product_view.js pair_product.js pair_view.js scenario_view.js finder_rows.js finder_filters.js finder_view.js about_view.js
  main.js)

# append_asset(NAME FILES...): the files one after the other as one asset.
function(append_asset name)
  set(hex "")
  foreach(source IN LISTS ARGN)
    file(READ ${source} part HEX)
    string(APPEND hex "${part}0a")
  endforeach()
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n"
         bytes "${bytes}")
  file(APPEND ${OUTPUT}.new "
const unsigned char ${name}_bytes[] = {
${bytes}};
")
  set(entries "${entries}
std::string_view ${name}() { return {reinterpret_cast<const char*>(${name}_bytes), sizeof ${name}_bytes}; }" PARENT_SCOPE)
endfunction()

list(TRANSFORM styles PREPEND ${FOLDER}/)
list(TRANSFORM scripts PREPEND ${FOLDER}/)
file(WRITE ${OUTPUT}.new "// Made by host/atlas/site/embed.cmake.
#include \"host/atlas/site/assets.hpp\"

namespace potentia::atlas::site {
namespace {
")
set(entries "")
append_asset(page ${FOLDER}/index.html)
append_asset(style ${styles})
append_asset(library ${LIBRARY})
append_asset(script ${scripts})
file(APPEND ${OUTPUT}.new "}  // namespace
${entries}
}  // namespace potentia::atlas::site
")
file(RENAME ${OUTPUT}.new ${OUTPUT})
