// Fingerprints against the examples of FIPS 180-4.
#include "io/sha256.hpp"

#include <gtest/gtest.h>

#include "io/output_file.hpp"
#include "kernels/error.hpp"
#include "tests/unit/io/world_sample.hpp"

namespace potentia::testing {
namespace {

const std::string of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const std::string of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const std::string of_a_million_a = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, KnownTexts) {
  Sha256 hash;
  EXPECT_EQ(hash.hex(), of_nothing);
  hash.update("a", 1);
  hash.update("bc", 2);
  EXPECT_EQ(hash.hex(), of_abc);
  EXPECT_EQ(hash.hex(), of_nothing);  // it starts anew
}

TEST(Sha256, Files) {
  const Folder folder;
  write_output(folder / "a", std::string(1000000, 'a'));
  EXPECT_EQ(sha256_file(folder / "a"), of_a_million_a);
  write_output(folder / "longer than a block", std::string(2 << 20, 'a'));
  Sha256 hash;
  hash.update(std::string(2 << 20, 'a').data(), 2 << 20);
  EXPECT_EQ(sha256_file(folder / "longer than a block"), hash.hex());
  EXPECT_THROW(sha256_file(folder / "none"), Error);
  EXPECT_THROW(sha256_file(folder.path()), Error);
}

}  // namespace
}  // namespace potentia::testing
