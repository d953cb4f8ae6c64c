// Text of any encoding: cut anywhere, the same text; what comes out is UTF-8 without CR.
#include "io/import/text_decoder.hpp"

#include <algorithm>
#include <utility>

#include "io/printable.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace potentia;

/// Bytes that arrive in two pieces.
class TwoPieces : public ByteSource {
public:
  TwoPieces(std::string_view bytes, std::size_t cut) : bytes_(bytes), cut_(cut) {}
  bool next_member() override { return false; }
  std::size_t read(char* out, std::size_t size) override {
    const std::size_t end = at_ < cut_ ? cut_ : bytes_.size();
    const std::size_t got = std::min(size, end - at_);
    std::copy_n(bytes_.data() + at_, got, out);
    at_ += got;
    return got;
  }
  std::string name() const override { return "x"; }
  std::uint64_t consumed() const override { return at_; }
  std::uint64_t size() const override { return bytes_.size(); }
  std::string sha256() override { return ""; }

private:
  std::string_view bytes_;
  std::size_t cut_, at_ = 0;
};

/// The text, and the complaint where there is one.
std::pair<std::string, std::string> decoded(std::string_view begin, std::string_view rest, std::size_t cut) {
  TwoPieces source(rest, std::min(cut, rest.size()));
  std::string text;
  std::string complaint = fuzz::complaint_of([&] {
    TextDecoder decoder(source, std::string(begin), "x");
    while (decoder.append(text)) {
    }
  });
  return {text, complaint};
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::size_t cut = input.number(0, 255);
  const std::string_view bytes = input.rest();
  const std::size_t first = std::min<std::size_t>(4, bytes.size());  // what the encoding is known by
  const auto whole = decoded(bytes, {}, 0);
  const auto parts = decoded(bytes.substr(0, first), bytes.substr(first), cut);
  fuzz::require(whole.second.empty() == parts.second.empty(), "a cut does not decide whether text is read");
  if (whole.second.empty()) fuzz::require(whole.first == parts.first, "a cut does not change the text");
  fuzz::require(is_utf8(whole.first), "what comes out is UTF-8");
  fuzz::require(whole.first.find('\r') == std::string::npos, "lines end with LF");
  return 0;
}
