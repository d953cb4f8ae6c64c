# Writes page_assets.cpp: the files of the page as bytes, with the SHA-256 that its Content-Security-Policy names.
# Called at build time:
#   cmake -DOUTPUT=… -DFOLDER=<this folder> -DLIBRARY=<chart.min.js> -P embed.cmake
set(styles page.css print.css)
set(scripts format.js dom.js names.js csv.js spread.js charts.js table.js answer.js page.js)

# The base64 of a hash, three hexadecimal digits (twelve bits) at a time.
function(base64_of_hex hex result)
  set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  set(text "")
  string(APPEND hex "00")  # 64 digits and two to fill: 22 groups of three
  foreach(group RANGE 21)
    math(EXPR start "${group} * 3")
    string(SUBSTRING "${hex}" ${start} 3 digits)
    math(EXPR high "0x${digits} >> 6")
    math(EXPR low "0x${digits} & 63")
    string(SUBSTRING "${alphabet}" ${high} 1 first)
    string(SUBSTRING "${alphabet}" ${low} 1 second)
    string(APPEND text "${first}${second}")
  endforeach()
  string(SUBSTRING "${text}" 0 43 text)  # 256 bits are 42 characters and two thirds
  set(${result} "${text}=" PARENT_SCOPE)
endfunction()

# append_asset(NAME FILES...): the files one after the other as one asset.
function(append_asset name)
  set(joined ${OUTPUT}.${name})
  file(WRITE ${joined} "")
  foreach(source IN LISTS ARGN)
    # None of these may stand inside an element of the page.
    file(STRINGS ${source} found REGEX "</[Ss][Cc][Rr][Ii][Pp][Tt]|</[Ss][Tt][Yy][Ll][Ee]|<!--" LIMIT_COUNT 1)
    if(found)
      message(FATAL_ERROR "${source} ends an element or opens a comment: it cannot be inlined into a page")
    endif()
    execute_process(COMMAND ${CMAKE_COMMAND} -E cat ${source} OUTPUT_FILE ${joined}.part COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND ${CMAKE_COMMAND} -E cat ${joined} ${joined}.part OUTPUT_FILE ${joined}.all
                    COMMAND_ERROR_IS_FATAL ANY)
    file(RENAME ${joined}.all ${joined})
    file(REMOVE ${joined}.part)
  endforeach()
  file(SHA256 ${joined} hash)
  base64_of_hex(${hash} hash)
  file(READ ${joined} hex HEX)
  file(SIZE ${joined} size)
  file(REMOVE ${joined})
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n"
         bytes "${bytes}")
  file(APPEND ${OUTPUT}.new "
const unsigned char ${name}_bytes[] = {
${bytes}};
")
  set(entries "${entries}
Asset ${name}() { return {{reinterpret_cast<const char*>(${name}_bytes), ${size}}, \"sha256-${hash}\"}; }" PARENT_SCOPE)
endfunction()

list(TRANSFORM styles PREPEND ${FOLDER}/)
list(TRANSFORM scripts PREPEND ${FOLDER}/)
file(WRITE ${OUTPUT}.new "// Made by host/drilldown/forms/page/embed.cmake.
#include \"host/drilldown/forms/page/assets.hpp\"

namespace potentia::drilldown::page {
namespace {
")
set(entries "")
append_asset(style ${styles})
append_asset(library ${LIBRARY})
append_asset(script ${scripts})
# The skeleton holds the elements themselves, so it is not searched for their ends.
file(READ ${FOLDER}/page.html skeleton)
file(APPEND ${OUTPUT}.new "}  // namespace
${entries}
std::string_view skeleton() {
  return R\"page(${skeleton})page\";
}
}  // namespace potentia::drilldown::page
")
file(RENAME ${OUTPUT}.new ${OUTPUT})
