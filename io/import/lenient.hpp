// Which faulty rows of trade files may be dropped: `--lenient`, by kind.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace potentia {

enum class LenientKind : std::uint8_t { unknown_code, self_trade, world_total, bad_row, bad_code, bad_value, duplicate, count };

const char* lenient_name(LenientKind kind);

/// A set of kinds.
class LenientKinds {
public:
  constexpr LenientKinds() = default;
  constexpr LenientKinds(bool all) : bits_(all ? (1u << static_cast<unsigned>(LenientKind::count)) - 1 : 0) {}

  bool has(LenientKind kind) const noexcept { return (bits_ >> static_cast<unsigned>(kind) & 1u) != 0; }
  bool any() const noexcept { return bits_ != 0; }
  void add(LenientKind kind) noexcept { bits_ |= 1u << static_cast<unsigned>(kind); }

private:
  std::uint32_t bits_ = 0;
};

/// "unknown_code,self_trade"; empty or "all" = all of them.
/// @return false if a word is none of the kinds; `wrong` is that word then
bool read_lenient_kinds(const std::string& text, LenientKinds& kinds, std::string& wrong);

/// All names, for help and complaints.
std::vector<std::string> lenient_names();

}  // namespace potentia
