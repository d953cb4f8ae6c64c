// Fingerprints of files (SHA-256).
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace potentia {

/// SHA-256 of a stream of bytes.
class Sha256 {
public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  void update(const void* data, std::size_t bytes);
  /// 64 hexadecimal digits; the object starts anew afterwards.
  std::string hex();

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// SHA-256 of a text as 64 hexadecimal digits.
std::string sha256_text(const std::string& text);

/// SHA-256 of a whole file as 64 hexadecimal digits.
/// @throws Error(input) if it does not exist or cannot be read
std::string sha256_file(const std::string& path);

}  // namespace potentia
