// Text of tables as UTF-8 with plain line ends, whatever a program saved it as.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "io/import/byte_source.hpp"

namespace potentia {

/// A text that was taken for Windows-1252 though it was UTF-8, and written as UTF-8 again, as it was meant: "TÃ¼rkiye" is
/// "Türkiye". Empty where it cannot have come about so.
std::string encoded_once(std::string_view text);

/// Reads text block by block: UTF-8 with or without a byte order mark, UTF-16 of either byte order with or without one, and
/// Windows-1252 in lines that are no UTF-8; LF, CRLF and bare CR end a line.
class TextDecoder {
public:
  /// @param begin the first bytes, which were read already; @param name for complaints
  TextDecoder(ByteSource& source, std::string begin, std::string name);

  /// Appends more text, whole lines but for the end of the file. False at the end.
  /// @throws Error(input) for half a character of UTF-16, Error(interrupted)
  bool append(std::string& text);

  /// What the text turned out to be so far: "UTF-8", "UTF-16", "Windows-1252".
  const char* encoding() const noexcept;

private:
  enum class Encoding { unknown, utf8, utf16_little, utf16_big };

  void detect(const std::string& bytes);
  std::string from_utf16(const std::string& bytes, bool last);

  ByteSource& source_;
  std::string rest_;  // bytes not decoded yet: half a character, half a line
  std::string name_;
  Encoding encoding_ = Encoding::unknown;
  bool after_return_ = false; // the last character was CR, whose LF may follow
  bool has_windows_ = false;  // lines that are no UTF-8
  bool ended_ = false;
};

}  // namespace potentia
