// Settings: what is read is written and read back as the same.
#include "io/settings.hpp"

#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace potentia;
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::string written;
  if (!fuzz::complaint_of([&] { written = settings_to_toml(parse_settings(text, "settings.toml")); }).empty()) return 0;
  fuzz::require(settings_to_toml(parse_settings(written, "written.toml")) == written, "settings survive being written");
  return 0;
}
