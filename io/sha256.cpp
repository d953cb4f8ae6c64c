// Fingerprints of files, by OpenSSL's EVP interface (it uses the processor's SHA instructions).
#include "io/sha256.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "kernels/buffer.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

void check_crypto(int status) {
  if (status != 1) throw Error(ErrorKind::internal, "SHA-256 is not available", "OpenSSL");
}

}  // namespace

struct Sha256::State {
  struct Free {
    void operator()(EVP_MD_CTX* pointer) const { EVP_MD_CTX_free(pointer); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
  State() { check_crypto(context ? EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) : 0); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(const void* data, std::size_t bytes) {
  check_crypto(EVP_DigestUpdate(state_->context.get(), data, bytes));
}

std::string Sha256::hex() {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  check_crypto(EVP_DigestFinal_ex(state_->context.get(), digest, &length));
  check_crypto(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
  static const char digits[] = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < length; ++i) {
    text += digits[digest[i] >> 4];
    text += digits[digest[i] & 15];
  }
  return text;
}

std::string sha256_text(const std::string& text) {
  Sha256 hash;
  hash.update(text.data(), text.size());
  return hash.hex();
}

std::string sha256_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    throw input_error(std::string("cannot be opened: ") + std::strerror(errno), path, "check the name");
  struct Closer {
    int descriptor;
    ~Closer() { ::close(descriptor); }
  } closer{descriptor};
  Sha256 hash;
  Buffer<char> block(std::size_t{1} << 20);
  while (true) {
    check_interrupted();
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw input_error(std::string("cannot be read: ") + std::strerror(errno), path);
    if (got == 0) return hash.hex();
    hash.update(block.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace potentia
