// Scenario files: whatever a file holds, it is read or refused; what is read says where every number is from.
#include "io/scenario/scenario.hpp"

#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace potentia;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (text.find("include") != std::string::npos) return 0;  // files of others
  Scenario scenario;
  if (!fuzz::complaint_of([&] { scenario = parse_scenario(text, "scenario.toml"); }).empty()) return 0;
  fuzz::require(!scenario.name.empty(), "a scenario has a name");
  for (const Instrument& instrument : scenario.instruments)
    for (const auto& [key, number] : instrument.numbers) {
      fuzz::require(number.assumption || !number.source.empty(), "a number has a source or is an assumption");
      fuzz::require(number.value == number.value, "a number is a number");
    }
  return 0;
}
