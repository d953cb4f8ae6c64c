// See typesetter.hpp.
#include "host/drilldown/forms/figures/typesetter.hpp"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include <cmath>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "host/drilldown/wording.hpp"
#include "io/printable.hpp"
#include "kernels/error.hpp"

namespace potentia::drilldown::figures {
namespace {

// The page's, and what Debian has by itself.
constexpr const char* families = "Source Sans 3,Noto Sans,Liberation Sans,Arial,Helvetica,DejaVu Sans,sans-serif";
constexpr std::size_t most_bytes = 600;  // more of a text never fits, and setting a megabyte takes its time

struct Unreference {
  void operator()(void* object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, Unreference>;

/// A text without the marks that turn its direction: one in a name would turn the sentence around the name as well.
std::string without_turns(std::string text) {
  const auto is_turn = [&](std::size_t at) {
    const std::string mark = text.substr(at, 3);
    return mark.substr(0, 2) == "\xd8\x9c" || mark == "\u200e" || mark == "\u200f" || (mark >= "\u202a" && mark <= "\u202e") ||
           (mark >= "\u2066" && mark <= "\u2069");
  };
  for (std::size_t at = 0; at < text.size();) {
    if (is_turn(at)) text.erase(at, utf8_sequence(std::string_view(text).substr(at)));
    else ++at;
  }
  return text;
}

[[noreturn]] void throw_no_font() {
  throw input_error("figures need a font and none is installed", "--figures", "install one, such as fonts-dejavu-core");
}

bool has_fonts() {
  const FcFontSet* fonts = FcConfigGetFonts(nullptr, FcSetSystem);
  return fonts != nullptr && fonts->nfont > 0;
}

}  // namespace

struct Typesetter::Fonts {
  PangoFontMap* map = pango_cairo_font_map_new();
  PangoContext* context = nullptr;

  Fonts() {
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);  // sizes are in points
    context = pango_font_map_create_context(map);
    // Letters stand where their outlines say, not on the pixels of one surface.
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en"));  // whatever the environment says
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
  }
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  Layout layout(const Words& words) const {
    Layout layout(pango_layout_new(context));
    PangoFontDescription* font = pango_font_description_from_string(families);
    pango_font_description_set_absolute_size(font, words.size * PANGO_SCALE);
    if (words.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    const std::string text = without_turns(shortened(printable(words.text), most_bytes));
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    pango_layout_set_auto_dir(layout.get(), FALSE);  // a name from right to left stands on the same side as others
    if (!std::isfinite(words.limit)) return layout;
    pango_layout_set_width(layout.get(), static_cast<int>(std::floor(words.limit * PANGO_SCALE)));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout.get(), -words.lines);
    pango_layout_set_alignment(layout.get(), words.align == Align::left     ? PANGO_ALIGN_LEFT
                                             : words.align == Align::middle ? PANGO_ALIGN_CENTER
                                                                            : PANGO_ALIGN_RIGHT);
    return layout;
  }
};

/// Fonts are looked up once and stay until the process ends: that takes time, and Pango does not give all of them back.
/// Each are used by one typesetter at a time, whatever its thread.
struct Typesetter::Pool {
  std::mutex mutex;
  std::vector<Fonts*> all, idle;

  static Pool& one() {
    static Pool& pool = *new Pool;
    return pool;
  }

  Fonts* take() {
    const std::lock_guard<std::mutex> lock(mutex);
    if (idle.empty()) {
      if (!has_fonts()) throw_no_font();
      all.reserve(all.size() + 1);
      idle.reserve(all.size() + 1);
      auto fonts = std::make_unique<Fonts>();
      if (pango_layout_get_unknown_glyphs_count(fonts->layout({"0123456789"}).get()) > 0) throw_no_font();
      all.push_back(fonts.get());
      return fonts.release();
    }
    Fonts* fonts = idle.back();
    idle.pop_back();
    return fonts;
  }

  void give_back(Fonts* fonts) {
    const std::lock_guard<std::mutex> lock(mutex);
    idle.push_back(fonts);  // within what is reserved
  }
};

Typesetter::Typesetter() : fonts_(Pool::one().take()) {}

Typesetter::~Typesetter() { Pool::one().give_back(fonts_); }

TextSize Typesetter::size(const Words& words) const {
  const Layout layout = fonts_->layout(words);
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  return {logical.width / double{PANGO_SCALE}, logical.height / double{PANGO_SCALE}, pango_layout_get_line_count(layout.get()),
          pango_layout_is_ellipsized(layout.get()) != FALSE};
}

void Typesetter::draw(cairo_t* canvas, const Label& label) {
  const Layout layout = fonts_->layout(label.words);
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) lacking_.insert(label.words.text);
  // Lines are aligned within the limit, of which the text takes the part on its side.
  double x = label.area.x;
  if (std::isfinite(label.words.limit)) {
    const double spare = std::floor(label.words.limit * PANGO_SCALE) / PANGO_SCALE - label.area.width;
    if (label.words.align == Align::middle) x -= spare / 2;
    if (label.words.align == Align::right) x -= spare;
  }
  const Rgb colour = label.words.colour;
  cairo_set_source_rgb(canvas, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0);
  cairo_move_to(canvas, x, label.area.y);
  pango_cairo_update_layout(canvas, layout.get());
  pango_cairo_show_layout(canvas, layout.get());
}

}  // namespace potentia::drilldown::figures
