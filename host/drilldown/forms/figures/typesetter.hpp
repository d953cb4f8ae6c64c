// Sets text with Pango: any script, right-to-left names, and another font where the first lacks a letter.
#pragma once

#include <set>
#include <string>

#include "host/drilldown/forms/figures/picture.hpp"

using cairo_t = struct _cairo;

namespace potentia::drilldown::figures {

/// The height and width that a text takes.
struct TextSize {
  double width = 0, height = 0;
  int lines = 1;
  bool is_cut = false;  ///< it ends in an ellipsis
};

/// One thread's fonts. What it measures is what it draws, on any surface. Texts that are no UTF-8, and control characters,
/// show as printable() writes them.
class Typesetter {
public:
  /// @throws Error(input) where no font is installed that has digits
  Typesetter();
  Typesetter(const Typesetter&) = delete;
  Typesetter& operator=(const Typesetter&) = delete;
  ~Typesetter();

  TextSize size(const Words& words) const;
  void draw(cairo_t* canvas, const Label& label);

  /// Texts drawn so far of which no font has every letter.
  const std::set<std::string>& lacking() const { return lacking_; }

private:
  struct Fonts;
  struct Pool;
  Fonts* fonts_;
  std::set<std::string> lacking_;
};

}  // namespace potentia::drilldown::figures
