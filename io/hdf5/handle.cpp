// The library's set-up and its errors in words.
#include "io/hdf5/handle.hpp"

#include <cerrno>
#include <cstdlib>
#include <mutex>

#include "io/output_file.hpp"

#if defined(POTENTIA_SANITIZED)
// The library is never shut down (see initialise), so what it still holds at exit is no leak of ours; nor is what clang's
// OpenMP keeps of threads that it no longer needs.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5\nleak:libomp\n"; }
#endif

namespace potentia::hdf5 {
namespace {

struct Reason {
  std::string text;  // innermost description
  int system_error = 0;
};

herr_t visit(unsigned depth, const H5E_error2_t* entry, void* data) {
  auto& reason = *static_cast<Reason*>(data);
  const std::string text = entry->desc ? entry->desc : "";
  if (depth == 0) reason.text = text;
  const std::string key = "errno = ";
  const std::size_t at = text.find(key);
  if (at != std::string::npos && reason.system_error == 0)
    reason.system_error = std::atoi(text.c_str() + at + key.size());
  return 0;
}

Reason pending_error() {
  Reason reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, visit, &reason);
  H5Eclear2(H5E_DEFAULT);
  return reason;
}

}  // namespace

void initialise() {
  static std::once_flag once;
  std::call_once(once, [] {
    H5dont_atexit();
    H5open();
    H5PLset_loading_state(0);
  });
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // one error stack a thread
}

std::string where(hid_t object) {
  std::string name(4096, '\0');
  const ssize_t file_length = H5Fget_name(object, name.data(), name.size());
  std::string text = file_length > 0 ? std::string(name.c_str()) : std::string("HDF5 file");
  text = target_of_temporary(text);
  const ssize_t path_length = H5Iget_name(object, name.data(), name.size());
  if (path_length > 1) text += ":" + std::string(name.c_str());
  return text;
}

std::string where(hid_t location, const std::string& path) {
  const std::string place = where(location);
  return place + (place.find(":/") == std::string::npos ? ":/" : "/") + (path[0] == '/' ? path.substr(1) : path);
}

void throw_write_error(const std::string& where) {
  const Reason reason = pending_error();
  if (reason.system_error != 0) throw_disk_error(reason.system_error, where);
  throw Error(ErrorKind::internal, "HDF5 could not write: " + reason.text, where);
}

void throw_read_error(const std::string& where) {
  const Reason reason = pending_error();
  throw input_error("cannot be read" + (reason.text.empty() ? "" : ": " + reason.text), where,
                    "make the file again, it may be damaged or truncated");
}

}  // namespace potentia::hdf5
