// See sheet.hpp.
#include "host/drilldown/forms/figures/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/run/progress.hpp"

namespace potentia::drilldown::figures {

Sheet::Sheet(Typesetter& typesetter, Caption caption, const std::vector<LegendEntry>& legend)
    : typesetter_(typesetter), caption_(std::move(caption)) {
  picture_.width = width;
  picture_.title = caption_.title;
  picture_.description = caption_.description;
  bottom_ = text({caption_.title, 11, ink, true, Align::left, inside, 3}, margin, bottom_, Stand::below).bottom() + 5;
  if (!caption_.section.empty())
    bottom_ = text({caption_.section, 8, muted, false, Align::left, inside, 2}, margin, bottom_ - 2, Stand::below).bottom() + 5;
  set_legend(legend);
}

// From left to right, in as many lines as it takes.
void Sheet::set_legend(const std::vector<LegendEntry>& legend) {
  constexpr double swatch = 8, gap = 4, apart = 14;
  double x = margin, line = 0;
  for (const LegendEntry& entry : legend) {
    const Words words{entry.label, 8, ink, false, Align::left, inside - swatch - gap, 2};
    const TextSize taken = size(words);
    if (x > margin && x + swatch + gap + taken.width > width - margin) {
      bottom_ += line + 2;
      x = margin, line = 0;
    }
    line = std::max(line, taken.height);
    const double middle = bottom_ + taken.height / taken.lines / 2;
    const double height = entry.is_line ? 2.25 : swatch;
    add(Box{{x, middle - height / 2, swatch, height}, entry.colour});
    text(words, x + swatch + gap, bottom_, Stand::below);
    x += swatch + gap + taken.width + apart;
  }
  if (!legend.empty()) bottom_ += line + 7;
}

Area Sheet::place(const Words& words, double x, double y, Stand stand) const {
  const TextSize taken = size(words);
  if (words.align == Align::middle) x -= taken.width / 2;
  if (words.align == Align::right) x -= taken.width;
  if (stand == Stand::around) y -= taken.height / 2;
  if (stand == Stand::above) y -= taken.height;
  return {x, y, taken.width, taken.height};
}

Area Sheet::text(const Words& words, double x, double y, Stand stand) {
  const Area area = place(words, x, y, stand);
  add(Label{words, area});
  return area;
}

Picture Sheet::finished(double bottom, std::size_t rows, std::size_t all_rows) {
  bottom += 6;
  const Words under{"", small, muted, false, Align::left, inside, 3};
  if (rows + 1 < all_rows) {  // one row more is what the others come to
    Words note = under;
    note.text = fmt::format("The first {} of {} rows; all of them are in {}.", rows, with_thousands(all_rows), caption_.rows_file);
    bottom = text(note, margin, bottom, Stand::below).bottom() + 2;
  }
  Words source = under;
  source.text = caption_.source;
  picture_.height = text(source, margin, bottom, Stand::below).bottom() + margin;
  return std::move(picture_);
}

}  // namespace potentia::drilldown::figures
