// See text_decoder.hpp.
#include "io/import/text_decoder.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "io/printable.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18;

// What Windows-1252 has at 0x80 to 0x9f; 0 where it has nothing.
constexpr std::uint16_t windows_characters[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178};

void append_utf8(std::string& text, std::uint32_t code) {
  const auto add = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
  const auto tail = [&](int shift) { add(0x80 | ((code >> shift) & 0x3f)); };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xc0 | (code >> 6));
    return tail(0);
  }
  if (code < 0x10000) {
    add(0xe0 | (code >> 12));
    tail(6);
    return tail(0);
  }
  add(0xf0 | (code >> 18));
  tail(12);
  tail(6);
  tail(0);
}

void append_windows(std::string& text, std::string_view line) {
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    const std::uint32_t code = byte >= 0x80 && byte < 0xa0 ? windows_characters[byte - 0x80] : byte;
    append_utf8(text, code == 0 && byte != 0 ? byte : code);
  }
}

/// The byte that Windows-1252 has for a character of two or three bytes of UTF-8; 0 = none.
unsigned char windows_byte(std::string_view sequence) {
  const auto bits = [&](std::size_t at, std::uint32_t mask) { return static_cast<unsigned char>(sequence[at]) & mask; };
  const std::uint32_t code = sequence.size() == 2 ? bits(0, 0x1f) << 6 | bits(1, 0x3f)
                                                  : bits(0, 0x0f) << 12 | bits(1, 0x3f) << 6 | bits(2, 0x3f);
  for (std::uint32_t at = 0; at < 32; ++at)
    if (windows_characters[at] == code) return static_cast<unsigned char>(0x80 + at);
  return code >= 0x80 && code <= 0xff ? static_cast<unsigned char>(code) : 0;
}

}  // namespace

std::string encoded_once(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const std::size_t length = utf8_sequence(text);
    if (length == 1) {
      bytes += text[0];
    } else if (length == 2 || length == 3) {
      const unsigned char byte = windows_byte(text.substr(0, length));
      if (byte == 0) return {};
      bytes += static_cast<char>(byte);
    } else {
      return {};
    }
    text.remove_prefix(length);
  }
  const bool ascii = std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return !ascii && is_utf8(bytes) ? bytes : std::string();
}

TextDecoder::TextDecoder(ByteSource& source, std::string begin, std::string name)
    : source_(source), rest_(std::move(begin)), name_(std::move(name)) {
  detect(rest_);
}

void TextDecoder::detect(const std::string& bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const bool pair = bytes.size() >= 2, four = bytes.size() >= 4;
  if (pair && at(0) == 0xff && at(1) == 0xfe) {
    encoding_ = Encoding::utf16_little;
    rest_.erase(0, 2);
  } else if (pair && at(0) == 0xfe && at(1) == 0xff) {
    encoding_ = Encoding::utf16_big;
    rest_.erase(0, 2);
  } else if (four && at(0) != 0 && at(1) == 0 && at(2) != 0 && at(3) == 0) {
    encoding_ = Encoding::utf16_little;
  } else if (four && at(0) == 0 && at(1) != 0 && at(2) == 0 && at(3) != 0) {
    encoding_ = Encoding::utf16_big;
  } else {
    encoding_ = Encoding::utf8;
    if (bytes.compare(0, 3, "\xef\xbb\xbf") == 0) rest_.erase(0, 3);
  }
}

std::string TextDecoder::from_utf16(const std::string& bytes, bool last) {
  const bool big = encoding_ == Encoding::utf16_big;
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(bytes[i]), second = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<std::uint32_t>(big ? first << 8 | second : second << 8 | first);
  };
  const auto refuse = [&] {
    throw input_error("half a character in UTF-16 text", name_, "download it again, or save it as UTF-8");
  };
  std::string text;
  std::size_t i = 0;
  while (i + 1 < bytes.size()) {
    std::uint32_t code = unit(i);
    std::size_t used = 2;
    if (code >= 0xdc00 && code < 0xe000) refuse();
    if (code >= 0xd800 && code < 0xdc00) {
      if (i + 3 >= bytes.size()) break;
      const std::uint32_t low = unit(i + 2);
      if (low < 0xdc00 || low > 0xdfff) refuse();
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      used = 4;
    }
    append_utf8(text, code);
    i += used;
  }
  rest_ = bytes.substr(i);
  if (last && !rest_.empty()) refuse();
  return text;
}

const char* TextDecoder::encoding() const noexcept {
  return encoding_ != Encoding::utf8 ? "UTF-16" : has_windows_ ? "Windows-1252" : "UTF-8";
}

bool TextDecoder::append(std::string& text) {
  if (ended_) return false;
  check_interrupted();
  std::string block = std::exchange(rest_, {});
  const std::size_t kept = block.size();
  block.resize(kept + block_bytes);
  const std::size_t got = source_.read(block.data() + kept, block_bytes);
  block.resize(kept + got);
  ended_ = got == 0;

  if (encoding_ != Encoding::utf8) {
    block = from_utf16(block, ended_);
  } else if (!ended_) {  // a character must not be cut: keep what follows the last line end
    const std::size_t end = block.find_last_of("\r\n");
    const std::size_t whole = end == std::string::npos ? 0 : end + 1;
    rest_ = block.substr(whole);
    block.resize(whole);
  }

  // Line by line: line ends become LF, lines that are no UTF-8 are Windows-1252.
  for (std::size_t at = 0; at < block.size();) {
    if (std::exchange(after_return_, false) && block[at] == '\n') {
      ++at;
      continue;
    }
    const std::size_t end = std::min(block.find_first_of("\r\n", at), block.size());
    const std::string_view line(block.data() + at, end - at);
    if (is_utf8(line)) {
      text += line;
    } else {
      append_windows(text, line);
      has_windows_ = true;
    }
    if (end < block.size()) {
      text += '\n';
      after_return_ = block[end] == '\r';
    }
    at = end + 1;
  }
  return true;
}

}  // namespace potentia
