// See descriptor_driver.hpp. The functions are those that H5FD_class_t asks for; addresses are offsets in the file.
#include "io/hdf5/descriptor_driver.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

namespace potentia::hdf5 {
namespace {

constexpr haddr_t most_bytes = static_cast<haddr_t>(std::numeric_limits<off_t>::max());

struct DescriptorFile {
  H5FD_t common;  // first: HDF5 sees only this
  int descriptor;
  haddr_t allocated;
  haddr_t end;
};

DescriptorFile* of(H5FD_t* file) { return reinterpret_cast<DescriptorFile*>(file); }
const DescriptorFile* of(const H5FD_t* file) { return reinterpret_cast<const DescriptorFile*>(file); }

/// Leaves the system's error where throw_write_error looks for it.
herr_t fail(const char* what) {
  H5Epush2(H5E_DEFAULT, __FILE__, what, __LINE__, H5E_ERR_CLS, H5E_IO, H5E_WRITEERROR, "%s failed, errno = %d", what,
           errno);
  return -1;
}

H5FD_t* open_descriptor(const char* name, unsigned, hid_t, haddr_t) {
  const char* const digits = std::strrchr(name, '/');
  auto* const file = new (std::nothrow) DescriptorFile{};
  if (digits == nullptr || file == nullptr) return nullptr;
  file->descriptor = std::atoi(digits + 1);
  if (::ftruncate(file->descriptor, 0) == 0) return &file->common;
  fail("truncate");
  delete file;
  return nullptr;
}

herr_t close_descriptor(H5FD_t* file) {
  delete of(file);
  return 0;
}

int compare(const H5FD_t* a, const H5FD_t* b) { return of(a)->descriptor - of(b)->descriptor; }

herr_t query(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr)
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

haddr_t allocated(const H5FD_t* file, H5FD_mem_t) { return of(file)->allocated; }

herr_t allocate(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  of(file)->allocated = address;
  return 0;
}

haddr_t end(const H5FD_t* file, H5FD_mem_t) { return of(file)->end; }

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
  auto* to = static_cast<char*>(buffer);
  while (size > 0) {
    const ssize_t got = ::pread(of(file)->descriptor, to, size, static_cast<off_t>(address));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail("read");
    if (got == 0) {  // what was allocated and never written
      std::memset(to, 0, size);
      return 0;
    }
    to += got;
    address += static_cast<haddr_t>(got);
    size -= static_cast<std::size_t>(got);
  }
  return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* buffer) {
  const auto* from = static_cast<const char*>(buffer);
  while (size > 0) {
    const ssize_t put = ::pwrite(of(file)->descriptor, from, size, static_cast<off_t>(address));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return fail("write");
    from += put;
    address += static_cast<haddr_t>(put);
    size -= static_cast<std::size_t>(put);
  }
  if (of(file)->end < address) of(file)->end = address;
  return 0;
}

herr_t truncate(H5FD_t* file, hid_t, hbool_t) {
  DescriptorFile* const mine = of(file);
  if (mine->end == mine->allocated) return 0;
  if (::ftruncate(mine->descriptor, static_cast<off_t>(mine->allocated)) != 0) return fail("truncate");
  mine->end = mine->allocated;
  return 0;
}

hid_t register_driver() {
  static H5FD_class_t driver{};
#if H5_VERSION_GE(1, 13, 0)
  driver.version = H5FD_CLASS_VERSION;
  driver.value = static_cast<H5FD_class_value_t>(510);  // 256 to 511 are free for drivers of one's own
#endif
  driver.name = "descriptor";
  driver.maxaddr = most_bytes;
  driver.fc_degree = H5F_CLOSE_WEAK;
  driver.open = open_descriptor;
  driver.close = close_descriptor;
  driver.cmp = compare;
  driver.query = query;
  driver.get_eoa = allocated;
  driver.set_eoa = allocate;
  driver.get_eof = end;
  driver.read = read;
  driver.write = write;
  driver.truncate = truncate;
  const H5FD_mem_t map[] = H5FD_FLMAP_DICHOTOMY;
  static_assert(sizeof map == sizeof driver.fl_map, "one free list for each kind of memory");
  std::memcpy(driver.fl_map, map, sizeof map);
  return H5FDregister(&driver);
}

}  // namespace

PropertyList descriptor_access() {
  static const hid_t driver = register_driver();
  PropertyList access(check_write(H5Pcreate(H5P_FILE_ACCESS), "HDF5"));
  check_write(H5Pset_driver(access, check_write(driver, "HDF5"), nullptr), "HDF5");
  return access;
}

}  // namespace potentia::hdf5
