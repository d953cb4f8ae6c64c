// See logo.hpp.
#include "host/atlas/logo.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <locale>
#include <pugixml.hpp>
#include <sstream>
#include <string_view>
#include <utility>

#include "kernels/error.hpp"

namespace potentia::atlas {
namespace {

constexpr const char* other_file = "give another file with --logo";

unsigned big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  unsigned value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

/// Whether it is a PNG with a header; its size in pixels is noted.
bool is_png(std::string_view bytes, Logo& logo) {
  constexpr std::string_view signature("\x89PNG\r\n\x1a\n", 8);
  if (bytes.size() < 33 || bytes.substr(0, 8) != signature || bytes.substr(12, 4) != "IHDR") return false;
  logo.width = big_endian(bytes, 16, 4);
  logo.height = big_endian(bytes, 20, 4);
  return logo.width > 0 && logo.height > 0;
}

/// Whether it is a JPEG with a frame, before which stand segments of whatever length.
bool is_jpeg(std::string_view bytes, Logo& logo) {
  if (bytes.size() < 4 || bytes.substr(0, 3) != "\xff\xd8\xff") return false;
  for (std::size_t at = 2; at + 9 < bytes.size() && bytes[at] == '\xff';) {
    const unsigned marker = big_endian(bytes, at + 1, 1);
    const bool is_frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (is_frame) {
      logo.height = big_endian(bytes, at + 5, 2);
      logo.width = big_endian(bytes, at + 7, 2);
      return logo.width > 0 && logo.height > 0;
    }
    at += 2 + big_endian(bytes, at + 2, 2);
  }
  return false;
}

/// Pixels, or any other unit that both sides have; 0 for parts of the room.
double length(const pugi::xml_attribute& attribute) {
  const std::string_view text = attribute.value();
  return text.empty() || text.back() == '%' ? 0.0 : attribute.as_double();
}

/// Whether it is an XML document whose root is SVG's.
bool is_svg(const std::string& bytes, Logo& logo) {
  pugi::xml_document document;
  // As a fragment, so that what browsers would refuse beside the root is seen.
  if (!document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_fragment)) return false;
  int elements = 0;
  for (const pugi::xml_node& node : document) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) return false;
    elements += node.type() == pugi::node_element;
  }
  if (elements != 1) return false;
  const pugi::xml_node root = document.document_element();
  const std::string_view name = root.name();
  const std::size_t colon = name.find(':');
  const std::string space = colon == name.npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  if (name.substr(colon == name.npos ? 0 : colon + 1) != "svg" ||
      std::strcmp(root.attribute(space.c_str()).value(), "http://www.w3.org/2000/svg") != 0)
    return false;
  logo.width = length(root.attribute("width"));
  logo.height = length(root.attribute("height"));
  if (!(logo.width > 0 && logo.height > 0)) {
    std::string box = root.attribute("viewBox").value();
    for (char& c : box)
      if (c == ',') c = ' ';
    std::istringstream numbers(box);
    numbers.imbue(std::locale::classic());
    double x = 0, y = 0;
    if (!(numbers >> x >> y >> logo.width >> logo.height)) logo.width = logo.height = 0.0;
  }
  if (!(logo.width > 0 && logo.height > 0)) logo.width = logo.height = 0.0;
  return true;
}

}  // namespace

Logo logo_of(std::string bytes, const std::string& where) {
  if (bytes.size() > largest_logo)
    throw input_error("the logo is larger than 1 MB", where, "save it smaller: it is shown 40 pixels high");
  Logo logo;
  if (is_png(bytes, logo))
    logo.ending = "png";
  else if (is_jpeg(bytes, logo))
    logo.ending = "jpg";
  else if (is_svg(bytes, logo))
    logo.ending = "svg";
  else
    throw input_error("the logo is no PNG, JPEG or SVG picture", where, other_file);
  logo.bytes = std::move(bytes);
  return logo;
}

Logo read_logo(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure))
    throw input_error(std::filesystem::exists(path, failure) ? "the logo is no file" : "the logo does not exist", path,
                      other_file);
  std::ifstream file(path, std::ios::binary);
  std::string bytes(largest_logo + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file && !file.eof()) throw input_error("the logo cannot be read", path, other_file);
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return logo_of(std::move(bytes), path);
}

}  // namespace potentia::atlas
