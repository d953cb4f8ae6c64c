// Where a key stands twice: found by reading the files again, row by row, because lines are not kept. See trade_order.hpp.
#include <unordered_map>
#include <utility>

#include "io/import/trade_order.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {

void throw_first_duplicate(const std::vector<TableEntry>& files, const std::vector<char>& as_table, const ColumnMap* map,
                           const TradeCodes& codes, const std::vector<TradeKey>& duplicates) {
  std::unordered_map<std::uint64_t, std::string> first_seen;  // where; empty = not yet
  for (const TradeKey& key : duplicates) first_seen.emplace(key.packed(), std::string());
  for (std::size_t i = 0; i < files.size(); ++i) {
    TradeFile file(files[i].path, as_table[i] != 0, map);
    TextBlock text;
    int member = -1;
    std::uint64_t line = 0;
    while (file.next_block(text, std::size_t{1} << 20)) {
      check_interrupted();
      if (std::exchange(member, file.member()) != file.member()) line = 1;
      std::string_view left(text.data(), text.size());
      while (!left.empty()) {
        const std::size_t end = left.find('\n');
        const std::string_view row = left.substr(0, end);
        left.remove_prefix(end + 1);
        ++line;
        TradeRow parsed;
        if (parse_trade_row(row, file.layout(), codes, parsed) != RowFault::none) continue;
        const auto seen =
            first_seen.find(TradeKey{parsed.year, parsed.exporter, parsed.market, parsed.product}.packed());
        if (seen == first_seen.end()) continue;
        const std::string here = file.member_name() + ":" + std::to_string(line);
        if (!seen->second.empty()) {
          throw input_error("the same year, exporter, market and product as in " + seen->second, here,
                            "find out why: overlapping downloads, or years of two files in one");
        }
        seen->second = here;
      }
    }
  }
  throw input_error("a row stands twice", files.front().path, "the file changed while it was read");
}

}  // namespace potentia
