# Writes version.cpp with the version and the commit of the source, touching it only when they change.
# Called at build time: cmake -DSOURCE=… -DOUTPUT=… -DVERSION=… -P version.cmake
set(commit "")
find_program(git git)
if(git AND EXISTS ${SOURCE}/.git)
  execute_process(COMMAND ${git} -C ${SOURCE} -c safe.directory=* describe --always --dirty --exclude=* --abbrev=12
                  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [=[
#include "host/version.hpp"

namespace potentia {
const char* program_version() { return "@VERSION@"; }
const char* program_commit() { return "@commit@"; }
}  // namespace potentia
]=] @ONLY)
