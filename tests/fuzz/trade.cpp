// Trade files: however they are cut into blocks, the same rows and the same first fault.
#include <cstring>
#include <vector>

#include "io/import/trade_reader.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace potentia;

/// Three countries and four products.
struct Codes {
  std::vector<std::int16_t> country = std::vector<std::int16_t>(900, -1);
  std::vector<std::uint16_t> product = std::vector<std::uint16_t>(1000000, ProductTable::none);
  Codes() {
    country[156] = 0, country[418] = 1, country[764] = 2;
    product[10121] = 0, product[71410] = 1, product[400121] = 2, product[999999] = 3;
  }
  TradeCodes view() const { return {country.data(), static_cast<std::int32_t>(country.size()), product.data()}; }
};

struct Outcome {
  std::string complaint;
  std::string rows;  // bytes of year, exporter, market, product and value of each
  std::map<std::string, std::map<std::string, std::uint64_t>> drops;
};

template <class T>
void append(std::string& text, const T& value) {
  text.append(reinterpret_cast<const char*>(&value), sizeof value);
}

Outcome read(const std::string& path, bool lenient, int threads, std::size_t block_bytes) {
  static const Codes codes;
  Outcome out;
  out.complaint = fuzz::complaint_of([&] {
    const ReadTrade trade = read_trade_files({{path, "manifest"}}, codes.view(), {lenient, threads, block_bytes}, {});
    for (const TradeBlock& block : trade.blocks) {
      fuzz::require(block.fault == RowFault::none, "no block with a fault is given out");
      for (std::size_t run = 0; run < block.runs.size(); ++run) {
        const TradeRun& at = block.runs[run];
        const std::uint32_t end = run + 1 < block.runs.size() ? block.runs[run + 1].begin : block.rows;
        fuzz::require(at.begin <= end && end <= block.rows, "runs follow each other");
        for (std::uint32_t row = at.begin; row < end; ++row) {
          append(out.rows, at.year), append(out.rows, at.exporter), append(out.rows, at.market);
          append(out.rows, block.product[row]), append(out.rows, block.value[row]);
          fuzz::require(block.value[row] >= 0.0, "values are numbers and not negative");
        }
      }
      for (const auto& [rule, drop] : block.drops)
        for (const auto& [code, count] : drop.whose) out.drops[rule][code] += count;
    }
  });
  return out;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::MemoryFile file;
  fuzz::Input input(data, size);
  const std::uint8_t options = input.byte();
  const std::size_t block_bytes = input.number(1, 64);
  file.put(input.rest());
  const bool lenient = (options & 1) != 0;
  const Outcome whole = read(file.path(), lenient, 1, std::size_t{1} << 20);
  const Outcome cut = read(file.path(), lenient, options & 2 ? 2 : 1, block_bytes);
  fuzz::require(whole.complaint.empty() == cut.complaint.empty(), "blocks do not decide whether a file is read");
  if (whole.complaint.empty()) {
    fuzz::require(whole.rows == cut.rows, "blocks do not decide the rows");
    fuzz::require(whole.drops == cut.drops, "blocks do not decide what is dropped");
  }
  // In an archive a fault of the text and one of the packing may come in either order.
  const bool plain = input.rest().size() > 1 && std::memchr("tTijkvq\"\xef", input.rest()[0], 9) != nullptr;
  if (plain) fuzz::require(whole.complaint == cut.complaint, "blocks do not decide the first fault");
  return 0;
}
