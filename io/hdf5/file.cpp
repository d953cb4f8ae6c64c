// HDF5 files, groups and links.
#include "io/hdf5/file.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "io/hdf5/contents.hpp"
#include "io/hdf5/descriptor_driver.hpp"
#include "io/hdf5/inspect.hpp"
#include "io/output_file.hpp"

namespace potentia::hdf5 {
namespace {

constexpr unsigned creation_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

}  // namespace

File create_file(const std::string& path) {
  initialise();
  const std::string target = target_of_temporary(path);
  const PropertyList creation(check_write(H5Pcreate(H5P_FILE_CREATE), target));
  check_write(H5Pset_link_creation_order(creation, creation_order), target);
  check_write(H5Pset_obj_track_times(creation, false), target);
  const bool is_nameless = target != path && path.compare(0, 6, "/proc/") == 0;
  const PropertyList access = is_nameless ? descriptor_access() : PropertyList(H5Pcopy(H5P_FILE_ACCESS_DEFAULT));
  return File(check_write(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access), target));
}

File open_file(const std::string& path) {
  initialise();
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    throw input_error(std::string("cannot be opened: ") + std::strerror(errno), path, "check the name");
  if (!S_ISREG(status.st_mode)) throw input_error("is not a regular file", path, "name an HDF5 file");
  const htri_t is_hdf5 = H5Fis_hdf5(path.c_str());
  if (is_hdf5 == 0) throw input_error("is not an HDF5 file", path, "make it with potentia import, synth or solve");
  if (is_hdf5 < 0) throw_read_error(path);
  inspect_file(path);
  return File(check_read(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), path));
}

void close_file(File& file, const std::string& target) {
  write_fixed_attribute(file, digest_attribute, list_contents(file).digest);
  check_write(H5Fflush(file, H5F_SCOPE_LOCAL), target);
  if (!file.close()) throw_write_error(target);
}

Group create_group(hid_t location, const std::string& name) {
  const std::string place = where(location, name);
  const PropertyList creation(check_write(H5Pcreate(H5P_GROUP_CREATE), place));
  check_write(H5Pset_link_creation_order(creation, creation_order), place);
  check_write(H5Pset_obj_track_times(creation, false), place);
  return Group(check_write(H5Gcreate2(location, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), place));
}

bool exists(hid_t location, const std::string& path) {
  std::size_t end = 0;
  while (end != std::string::npos) {  // every step of the path, because HDF5 follows links on the way silently
    end = path.find('/', end + 1);
    const std::string step = path.substr(0, end);
    if (step.empty() || step == "/") continue;
    const htri_t there = H5Lexists(location, step.c_str(), H5P_DEFAULT);
    if (there < 0) H5Eclear2(H5E_DEFAULT);
    if (there <= 0) return false;
    H5L_info_t link;
    check_read(H5Lget_info(location, step.c_str(), &link, H5P_DEFAULT), where(location, step));
    if (link.type != H5L_TYPE_HARD)
      throw input_error("is a link to another place", where(location, step), "store the data itself in the file");
  }
  return true;
}

Dataset open_dataset(hid_t location, const std::string& path) {
  const std::string place = where(location, path);
  if (!exists(location, path)) throw input_error("dataset is missing", place, "see io/README.md");
  const Object object(check_read(H5Oopen(location, path.c_str(), H5P_DEFAULT), place));
  if (H5Iget_type(object) != H5I_DATASET) throw input_error("is not a dataset", place, "see io/README.md");
  return Dataset(check_read(H5Dopen2(location, path.c_str(), H5P_DEFAULT), place));
}

Group open_group(hid_t location, const std::string& path) {
  const std::string place = where(location, path);
  if (!exists(location, path)) throw input_error("group is missing", place, "see io/README.md");
  const Object object(check_read(H5Oopen(location, path.c_str(), H5P_DEFAULT), place));
  if (H5Iget_type(object) != H5I_GROUP) throw input_error("is not a group", place, "see io/README.md");
  return Group(check_read(H5Gopen2(location, path.c_str(), H5P_DEFAULT), place));
}

}  // namespace potentia::hdf5
