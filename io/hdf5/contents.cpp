// See contents.hpp.
#include "io/hdf5/contents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/fingerprint.hpp"
#include "io/sha256.hpp"
#include "kernels/buffer.hpp"

namespace potentia::hdf5 {
namespace {

constexpr int deepest = 16;  // groups within groups
constexpr std::uint64_t most_attribute_bytes = 1 << 20;

bool is_left_out(const std::string& path, const std::string& attribute) {
  static const char* const plumbing[] = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "DIMENSION_LABELS"};
  if (path == "/" && attribute == digest_attribute) return true;
  if (path == "/provenance" && attribute == "run") return true;
  return std::any_of(std::begin(plumbing), std::end(plumbing), [&](const char* name) { return attribute == name; });
}

/// "<f8", or "text", or "other".
std::string type_name(const Type& type) {
  const H5T_class_t kind = H5Tget_class(type);
  if (kind == H5T_STRING) return "text";
  static const std::pair<hid_t, const char*> known[] = {
      {H5T_IEEE_F64LE, "<f8"}, {H5T_IEEE_F32LE, "<f4"}, {H5T_STD_I8LE, "<i1"},  {H5T_STD_U8LE, "<u1"},
      {H5T_STD_I16LE, "<i2"},  {H5T_STD_U16LE, "<u2"},  {H5T_STD_I32LE, "<i4"}, {H5T_STD_U32LE, "<u4"},
      {H5T_STD_I64LE, "<i8"},  {H5T_STD_U64LE, "<u8"},  {H5T_IEEE_F32BE, ">f4"}};
  for (const auto& [standard, name] : known)
    if (H5Tequal(type, standard) > 0) return name;
  return "other";
}

Shape extents(const Space& space, const std::string& place) {
  Shape shape(static_cast<std::size_t>(check_read(H5Sget_simple_extent_ndims(space), place)));
  if (!shape.empty()) check_read(H5Sget_simple_extent_dims(space, shape.data(), nullptr), place);
  return shape;
}

template <class T>
std::vector<T> attribute_values(const Attribute& attribute, const std::string& place) {
  const Space space(check_read(H5Aget_space(attribute), place));
  const hssize_t count = check_read(H5Sget_simple_extent_npoints(space), place);
  if (static_cast<std::uint64_t>(count) > most_attribute_bytes / sizeof(T))
    throw input_error("attribute has too many values", place, "make the file again");
  std::vector<T> values(static_cast<std::size_t>(count));
  if (count > 0) check_read(H5Aread(attribute, native_type<T>(), values.data()), place);
  return values;
}

class Description {
public:
  explicit Description(const File& file) : file_(file) { visit("/", 0); }
  const std::string& text() const { return text_; }
  const std::vector<std::string>& datasets() const { return datasets_; }
  bool has_fingerprints() const { return has_fingerprints_; }
  const std::map<std::string, ContentsObject>& objects() const { return objects_; }

private:
  void add(const std::string& kind, const std::string& path, const std::string& form = "") {
    text_ += kind + " " + path + form + "\n";
    objects_[path].description = kind + form;
  }

  void visit(const std::string& path, int depth) {
    const std::string place = where(file_) + (path == "/" ? "" : ":" + path);
    if (depth > deepest) throw input_error("groups within groups without end", place, "make the file again");
    const Object object(check_read(H5Oopen(file_, path.c_str(), H5P_DEFAULT), place));
    const H5I_type_t kind = H5Iget_type(object);
    if (kind == H5I_DATASET) {
      dataset(path, place);
      attributes(object, path, place);
    } else if (kind == H5I_GROUP) {
      add("group", path);
      attributes(object, path, place);
      members(path, place, depth);
    } else {
      add("other", path);
    }
  }

  void members(const std::string& path, const std::string& place, int depth) {
    const Group group(check_read(H5Gopen2(file_, path.c_str(), H5P_DEFAULT), place));
    std::vector<std::pair<std::string, bool>> links;  // name, whether it is a hard link
    const auto collect = [](hid_t, const char* name, const H5L_info_t* link, void* list) -> herr_t {
      static_cast<std::vector<std::pair<std::string, bool>>*>(list)->emplace_back(name, link->type == H5L_TYPE_HARD);
      return 0;
    };
    check_read(H5Literate(group, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect, &links), place);
    std::sort(links.begin(), links.end());
    for (const auto& [name, is_hard] : links) {
      const std::string member = (path == "/" ? "" : path) + "/" + name;
      if (is_hard)
        visit(member, depth + 1);
      else
        add("link", member);
    }
  }

  void dataset(const std::string& path, const std::string& place) {
    const Dataset dataset(check_read(H5Dopen2(file_, path.c_str(), H5P_DEFAULT), place));
    const Type type(check_read(H5Dget_type(dataset), place));
    const Space space(check_read(H5Dget_space(dataset), place));
    std::string shape;
    for (const hsize_t extent : extents(space, place)) shape += (shape.empty() ? "" : "x") + std::to_string(extent);
    datasets_.push_back(path);
    add("dataset", path, " " + type_name(type) + " " + (shape.empty() ? "scalar" : shape));
  }

  void attributes(const Object& object, const std::string& path, const std::string& place) {
    std::vector<std::string> names;
    const auto collect = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
      static_cast<std::vector<std::string>*>(list)->emplace_back(name);
      return 0;
    };
    check_read(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect, &names), place);
    std::sort(names.begin(), names.end());
    for (const std::string& name : names)
      if (!is_left_out(path, name)) objects_[path].attributes[name] = attribute(object, name, place + "@" + name);
  }

  /// Adds its line. @return what it holds
  std::string attribute(const Object& object, const std::string& name, const std::string& place) {
    const Attribute attribute(check_read(H5Aopen(object, name.c_str(), H5P_DEFAULT), place));
    const Type type(check_read(H5Aget_type(attribute), place));
    text_ += "attribute " + name;
    has_fingerprints_ = has_fingerprints_ || name == fingerprint_attribute;
    const H5T_class_t kind = H5Tget_class(type);
    const Space space(check_read(H5Aget_space(attribute), place));
    if (kind == H5T_STRING && H5Sget_simple_extent_npoints(space) == 1) {
      const std::string text = read_text_attribute(object, name);
      text_ += fmt::format(" text {}:{}\n", text.size(), text);
      return "text " + text;
    }
    std::string said;
    if (kind == H5T_INTEGER && H5Tget_sign(type) == H5T_SGN_NONE) {
      said += "uint";
      for (const std::uint64_t value : attribute_values<std::uint64_t>(attribute, place))
        said += fmt::format(" {}", value);
    } else if (kind == H5T_INTEGER) {
      said += "int";
      for (const std::int64_t value : attribute_values<std::int64_t>(attribute, place))
        said += fmt::format(" {}", value);
    } else if (kind == H5T_FLOAT) {
      said += "float";
      for (const double value : attribute_values<double>(attribute, place)) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        said += fmt::format(" {:016x}", bits);
      }
    } else {
      said += "other";
    }
    text_ += " " + said + "\n";
    return said;
  }

  const File& file_;
  std::string text_;
  std::map<std::string, ContentsObject> objects_;
  std::vector<std::string> datasets_;  // paths
  bool has_fingerprints_ = false;
};

}  // namespace

Contents list_contents(const File& file) {
  const Description description(file);
  Sha256 sha;
  sha.update(description.text().data(), description.text().size());
  return {sha.hex(), description.objects(), description.datasets(), description.has_fingerprints()};
}

std::string stored_digest(const File& file) {
  return has_attribute(file, digest_attribute) ? read_text_attribute(file, digest_attribute) : "";
}

void check_all_values(const File& file) {
  for (const std::string& path : list_contents(file).datasets) {
    const Dataset dataset = open_dataset(file, path);
    if (has_attribute(dataset, fingerprint_attribute)) check_values(dataset);
  }
}

}  // namespace potentia::hdf5
