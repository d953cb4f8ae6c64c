// Texts and attributes in HDF5 files.
#include <algorithm>
#include <cstring>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/fingerprint.hpp"
#include "io/hdf5/heap_text.hpp"

namespace potentia::hdf5 {
namespace {

constexpr std::uint64_t longest_fixed_text = 1 << 20;

Type text_type(const std::string& place) {
  Type type(check_write(H5Tcopy(H5T_C_S1), place));
  check_write(H5Tset_size(type, H5T_VARIABLE), place);
  check_write(H5Tset_cset(type, H5T_CSET_UTF8), place);
  return type;
}

// HDF5 hands out texts that it allocated; this gives them back.
class LentTexts {
public:
  LentTexts(const Type& type, const Space& space, std::uint64_t count)
      : type_(type), space_(space), texts_(std::max<std::uint64_t>(count, 1), nullptr) {}
  ~LentTexts() { H5Dvlen_reclaim(type_, space_, H5P_DEFAULT, texts_.data()); }
  LentTexts(const LentTexts&) = delete;
  LentTexts& operator=(const LentTexts&) = delete;
  char** data() { return texts_.data(); }
  std::vector<std::string> copy(std::uint64_t count) const {
    std::vector<std::string> texts(count);
    for (std::uint64_t i = 0; i < count; ++i)
      if (texts_[i] != nullptr) texts[i] = texts_[i];
    return texts;
  }

private:
  const Type& type_;
  const Space& space_;
  std::vector<char*> texts_;
};

std::string trimmed(const char* bytes, std::size_t size, H5T_str_t padding) {
  std::size_t length = static_cast<std::size_t>(std::find(bytes, bytes + size, '\0') - bytes);
  if (padding == H5T_STR_SPACEPAD)
    while (length > 0 && bytes[length - 1] == ' ') --length;
  return std::string(bytes, length);
}

/// Reads texts of either kind; `read(memory type, room)` does the transfer from dataset or attribute.
template <class Read>
std::vector<std::string> read_texts(const Type& type, const Space& space, std::uint64_t count, const std::string& place,
                                    Read read) {
  if (H5Tget_class(type) != H5T_STRING) throw input_error("is not text", place, "see io/README.md");
  if (H5Tis_variable_str(type) > 0) {
    Type memory = text_type(place);
    check_read(H5Tset_cset(memory, H5Tget_cset(type)), place);
    LentTexts lent(memory, space, count);
    check_read(read(memory.id(), static_cast<void*>(lent.data())), place);
    return lent.copy(count);
  }
  const std::size_t size = H5Tget_size(type);
  if (size > longest_fixed_text) throw input_error("declares an absurd text length", place, "see io/README.md");
  std::vector<char> bytes(std::max<std::size_t>(1, size * count));
  check_read(read(type.id(), static_cast<void*>(bytes.data())), place);
  std::vector<std::string> texts(count);
  for (std::uint64_t i = 0; i < count; ++i) texts[i] = trimmed(bytes.data() + i * size, size, H5Tget_strpad(type));
  return texts;
}

std::string attribute_place(hid_t object, const std::string& name) { return where(object) + "@" + name; }

void write_numbers(hid_t object, const std::string& name, hid_t type, const void* values, const Space& space) {
  const std::string place = attribute_place(object, name);
  const Attribute attribute(
      check_write(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), place));
  check_write(H5Awrite(attribute, type, values), place);
}

Space vector_space(std::size_t size, const std::string& place) {
  const hsize_t extent = size;
  return Space(check_write(H5Screate_simple(1, &extent, nullptr), place));
}

Attribute open_attribute(hid_t object, const std::string& name) {
  const std::string place = attribute_place(object, name);
  if (!has_attribute(object, name)) throw input_error("attribute is missing", place, "see io/README.md");
  return Attribute(check_read(H5Aopen(object, name.c_str(), H5P_DEFAULT), place));
}

template <class T>
std::vector<T> read_numbers(hid_t object, const std::string& name, std::uint64_t most) {
  const Attribute attribute = open_attribute(object, name);
  const std::string place = attribute_place(object, name);
  const Space space(check_read(H5Aget_space(attribute), place));
  const Type type(check_read(H5Aget_type(attribute), place));
  const H5T_class_t kind = H5Tget_class(type);
  if (kind != H5T_INTEGER && (kind != H5T_FLOAT || std::is_integral<T>::value))
    throw input_error("attribute is of the wrong type", place, "see io/README.md");
  const hssize_t count = check_read(H5Sget_simple_extent_npoints(space), place);
  if (static_cast<std::uint64_t>(count) > most) throw input_error("attribute has too many values", place, "see io/README.md");
  std::vector<T> values(count);
  if (count > 0) check_read(H5Aread(attribute, native_type<T>(), values.data()), place);
  return values;
}

template <class T>
T read_number(hid_t object, const std::string& name) {
  const std::vector<T> values = read_numbers<T>(object, name, 1);
  if (values.empty()) throw input_error("attribute is empty", attribute_place(object, name), "see io/README.md");
  return values[0];
}

/// Texts of a dataset that HDF5 itself is to hand out.
std::vector<std::string> read_stored_texts(const Dataset& dataset, const Type& type, std::uint64_t count) {
  const std::string place = where(dataset);
  const Space space(check_read(H5Dget_space(dataset), place));
  return read_texts(type, space, count, place, [&](hid_t memory, void* room) {
    return count == 0 ? 0 : H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, room);
  });
}

}  // namespace

Dataset write_strings(hid_t location, const std::string& name, const std::vector<std::string>& texts) {
  const std::string place = where(location, name);
  const Type type = text_type(place);
  Dataset dataset = create_dataset(location, name, type, {texts.size()}, {});
  std::vector<const char*> pointers;
  pointers.reserve(texts.size());
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  if (!texts.empty())
    check_write(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), place);
  write_fixed_attribute(dataset, fingerprint_attribute, fingerprint_of(texts));
  return dataset;
}

Dataset write_string(hid_t location, const std::string& name, const std::string& text) {
  const std::string place = where(location, name);
  const Type type = text_type(place);
  Dataset dataset = create_dataset(location, name, type, {}, {});
  const char* pointer = text.c_str();
  check_write(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &pointer), place);
  write_fixed_attribute(dataset, fingerprint_attribute, fingerprint_of({text}));
  return dataset;
}

std::vector<std::string> read_strings(const Dataset& dataset) {
  const std::string place = where(dataset);
  const Shape shape = checked_shape(dataset);
  if (shape.size() > 1) throw input_error("has too many dimensions", place, "see io/README.md");
  const std::uint64_t count = element_count(shape);
  const Type type(check_read(H5Dget_type(dataset), place));
  const bool in_heaps = H5Tis_variable_str(type) > 0 && shape.size() == 1;
  std::vector<std::string> texts = in_heaps ? read_heap_texts(dataset, count) : read_stored_texts(dataset, type, count);
  check_fingerprint(dataset, texts);
  return texts;
}

void write_attribute(hid_t object, const std::string& name, const std::string& text) {
  const std::string place = attribute_place(object, name);
  const Type type = text_type(place);
  const char* pointer = text.c_str();
  write_numbers(object, name, type, &pointer, Space(check_write(H5Screate(H5S_SCALAR), place)));
}

void write_fixed_attribute(hid_t object, const std::string& name, const std::string& text) {
  const std::string place = attribute_place(object, name);
  const Type type(check_write(H5Tcopy(H5T_C_S1), place));
  check_write(H5Tset_size(type, text.size()), place);
  check_write(H5Tset_strpad(type, H5T_STR_NULLPAD), place);
  write_numbers(object, name, type, text.data(), Space(check_write(H5Screate(H5S_SCALAR), place)));
}

void write_attribute(hid_t object, const std::string& name, const char* text) {
  write_attribute(object, name, std::string(text));
}

void write_attribute(hid_t object, const std::string& name, std::int64_t value) {
  write_numbers(object, name, H5T_NATIVE_INT64, &value, Space(check_write(H5Screate(H5S_SCALAR), name)));
}

void write_attribute(hid_t object, const std::string& name, double value) {
  write_numbers(object, name, H5T_NATIVE_DOUBLE, &value, Space(check_write(H5Screate(H5S_SCALAR), name)));
}

void write_attribute(hid_t object, const std::string& name, const std::vector<std::int64_t>& values) {
  write_numbers(object, name, H5T_NATIVE_INT64, values.data(), vector_space(values.size(), name));
}

void write_attribute(hid_t object, const std::string& name, const std::vector<double>& values) {
  write_numbers(object, name, H5T_NATIVE_DOUBLE, values.data(), vector_space(values.size(), name));
}

bool has_attribute(hid_t object, const std::string& name) {
  return check_read(H5Aexists(object, name.c_str()), attribute_place(object, name)) > 0;
}

std::string read_text_attribute(hid_t object, const std::string& name) {
  const Attribute attribute = open_attribute(object, name);
  const std::string place = attribute_place(object, name);
  const Type type(check_read(H5Aget_type(attribute), place));
  const Space space(check_read(H5Aget_space(attribute), place));
  if (H5Sget_simple_extent_npoints(space) != 1) throw input_error("attribute is not one text", place, "see io/README.md");
  return read_texts(type, space, 1, place, [&](hid_t memory, void* room) {
    return H5Aread(attribute, memory, room);
  })[0];
}

std::int64_t read_integer_attribute(hid_t object, const std::string& name) {
  return read_number<std::int64_t>(object, name);
}

double read_real_attribute(hid_t object, const std::string& name) { return read_number<double>(object, name); }

std::vector<std::int64_t> read_integers_attribute(hid_t object, const std::string& name, std::uint64_t most) {
  return read_numbers<std::int64_t>(object, name, most);
}

}  // namespace potentia::hdf5
