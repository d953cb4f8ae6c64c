// See surfaces.hpp.
#include "host/drilldown/forms/figures/surfaces.hpp"

#include <cairo-svg.h>
#include <zlib.h>

#include <cmath>
#include <memory>
#include <string_view>

#include "io/printable.hpp"
#include "kernels/error.hpp"

namespace potentia::drilldown::figures {
namespace {

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct DestroyCanvas {
  void operator()(cairo_t* canvas) const { cairo_destroy(canvas); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;
using Canvas = std::unique_ptr<cairo_t, DestroyCanvas>;

void check(cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  const std::string why = std::string("a figure cannot be drawn: ") + cairo_status_to_string(status);
  if (status == CAIRO_STATUS_NO_MEMORY) throw Error(ErrorKind::resources, why, "--figures", "free some memory");
  throw Error(ErrorKind::internal, why, "host/drilldown/forms/figures/surfaces.cpp");
}

void use(cairo_t* canvas, Rgb colour, double opacity = 1) {
  cairo_set_source_rgba(canvas, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0, opacity);
}

struct Draw {
  cairo_t* canvas;
  Typesetter& typesetter;

  void operator()(const Box& box) const {
    use(canvas, box.colour);
    cairo_new_path(canvas);
    cairo_rectangle(canvas, box.area.x, box.area.y, box.area.width, box.area.height);
    cairo_fill(canvas);
  }
  void operator()(const Line& line) const {
    const double dashes[] = {3.5, 3};
    use(canvas, line.colour);
    cairo_set_line_width(canvas, line.width);
    cairo_set_dash(canvas, dashes, line.dashed ? 2 : 0, 0);
    cairo_new_path(canvas);  // a text leaves a point from which a line would go on
    for (const Point& point : line.points) cairo_line_to(canvas, point.x, point.y);
    cairo_stroke(canvas);
  }
  void operator()(const Mark& mark) const {
    const auto [x, y] = mark.middle;
    const double r = mark.radius;
    cairo_new_path(canvas);
    if (mark.is_diamond) {
      cairo_move_to(canvas, x, y - r);
      cairo_line_to(canvas, x + r, y);
      cairo_line_to(canvas, x, y + r);
      cairo_line_to(canvas, x - r, y);
      cairo_close_path(canvas);
    } else {
      cairo_new_sub_path(canvas);
      cairo_arc(canvas, x, y, r, 0, 2 * M_PI);
      cairo_close_path(canvas);
    }
    use(canvas, mark.colour, mark.opacity);
    cairo_fill_preserve(canvas);
    use(canvas, paper);  // its rim tells it from others behind it
    cairo_set_line_width(canvas, 0.6);
    cairo_set_dash(canvas, nullptr, 0, 0);
    cairo_stroke(canvas);
  }
  void operator()(const Label& label) const { typesetter.draw(canvas, label); }
};

void draw(const Picture& picture, Typesetter& typesetter, cairo_surface_t* surface, double dots_per_point) {
  const Canvas canvas(cairo_create(surface));
  cairo_scale(canvas.get(), dots_per_point, dots_per_point);
  cairo_set_line_join(canvas.get(), CAIRO_LINE_JOIN_ROUND);
  use(canvas.get(), paper);
  cairo_paint(canvas.get());
  for (const Shape& shape : picture.shapes) std::visit(Draw{canvas.get(), typesetter}, shape);
  check(cairo_status(canvas.get()));
}

cairo_status_t append(void* out, const unsigned char* bytes, unsigned count) {
  try {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
  } catch (...) {  // may not cross C
    return CAIRO_STATUS_NO_MEMORY;
  }
}

/// Text of an XML element; two code points that UTF-8 has are none of XML's.
std::string xml_text(const std::string& text) {
  std::string out = html_text(printable(text));
  for (const char* none : {"\xef\xbf\xbe", "\xef\xbf\xbf"})
    for (std::size_t at = out.find(none); at != out.npos; at = out.find(none)) out.erase(at, 3);
  return out;
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 255);
  return bytes;
}

/// A PNG's chunk on how many dots there are to a metre, without which Word takes a picture for half a metre wide.
std::string dots_chunk() {
  const auto per_metre = static_cast<std::uint32_t>(std::lround(png_dots_per_inch / 0.0254));
  const std::string body = "pHYs" + big_endian(per_metre) + big_endian(per_metre) + '\1';
  const auto check_sum = ::crc32(0, reinterpret_cast<const unsigned char*>(body.data()), static_cast<unsigned>(body.size()));
  return big_endian(static_cast<std::uint32_t>(body.size() - 4)) + body + big_endian(static_cast<std::uint32_t>(check_sum));
}

}  // namespace

std::string svg_of(const Picture& picture, Typesetter& typesetter) {
  std::string svg;
  {
    const Surface surface(cairo_svg_surface_create_for_stream(append, &svg, picture.width, picture.height));
    cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PT);  // from 1.18 on not by itself
    draw(picture, typesetter, surface.get(), 1);
    cairo_surface_finish(surface.get());
    check(cairo_surface_status(surface.get()));
  }
  // Before 1.18 cairo numbers its surfaces over the whole run.
  const std::string_view numbered = "id=\"surface";
  if (const std::size_t at = svg.find(numbered); at != svg.npos) {
    const std::size_t from = at + numbered.size();
    svg.replace(from, svg.find('"', from) - from, "");
  }
  const std::size_t begin = svg.find("<svg "), end = svg.find('>', begin);
  if (begin == svg.npos || end == svg.npos) throw Error(ErrorKind::internal, "cairo wrote no SVG", "host/drilldown/forms/figures/surfaces.cpp");
  return svg.insert(end + 1, "\n<title>" + xml_text(picture.title) + "</title>\n<desc>" + xml_text(picture.description) + "</desc>");
}

std::string png_of(const Picture& picture, Typesetter& typesetter) {
  const double dots = png_dots_per_inch / 72;
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(picture.width * dots)),
                                                   static_cast<int>(std::lround(picture.height * dots))));
  check(cairo_surface_status(surface.get()));
  draw(picture, typesetter, surface.get(), dots);
  cairo_surface_flush(surface.get());
  std::string png;
  check(cairo_surface_write_to_png_stream(surface.get(), append, &png));
  constexpr std::size_t after_header = 8 + 25;  // signature, IHDR
  return png.insert(after_header, dots_chunk());
}

}  // namespace potentia::drilldown::figures
