// See host_name.hpp.
#include "host/run/host_name.hpp"

#include <unistd.h>

namespace potentia {

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

}  // namespace potentia
