// A table as text: blocks of rows are formatted (and, for gzip, packed) in threads and written in order.
#include <omp.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "io/export/csv_field.hpp"
#include "io/export/deflated.hpp"
#include "io/export/export_file.hpp"
#include "io/output_file.hpp"

namespace potentia {
namespace {

constexpr std::size_t block_rows = 8192;  // about 2 MB of text
constexpr const char* stage = "export";

bool begins_with_digit(const std::string& text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

/// How Excel has to meet a text so that it stays one. A code with digits becomes the formula ="080810"; what would
/// begin a formula is marked as text.
std::string excel_field(const std::string& text, bool as_formula) {
  if (as_formula) return csv_text("=\"" + text + "\"");
  const bool risky = !text.empty() && std::strchr("=+-@\t\r", text[0]) != nullptr;
  return csv_text(risky ? "'" + text : text);
}

/// The texts of a column as fields.
std::vector<std::string> fields_of(const TidyColumn& column, bool for_excel) {
  std::vector<std::string> fields;
  if (!column.is_text()) return fields;
  const bool as_formula = column.is_code && std::any_of(column.texts->begin(), column.texts->end(), begins_with_digit);
  for (const std::string& text : *column.texts)
    fields.push_back(for_excel ? excel_field(text, as_formula) : csv_text(text));
  return fields;
}

class Formatter {
public:
  Formatter(const TidyTable& table, bool for_excel) : table_(table), for_excel_(for_excel) {
    for (const TidyColumn& column : table.columns) {
      fields_.push_back(fields_of(column, for_excel));
      std::size_t longest = longest_number;
      for (const std::string& field : fields_.back()) longest = std::max(longest, field.size());
      longest_row_ += longest + 1;
    }
  }

  std::string header() const {
    std::string line = for_excel_ ? "\xEF\xBB\xBF" : "";
    for (std::size_t c = 0; c < table_.columns.size(); ++c)
      line += (c > 0 ? "," : "") + csv_text(table_.columns[c].key);
    return line + "\n";
  }

  std::int64_t blocks() const { return static_cast<std::int64_t>((table_.rows + block_rows - 1) / block_rows); }

  void write_block(std::int64_t block, TextPiece& piece) const {
    const std::size_t first = static_cast<std::size_t>(block) * block_rows,
                      last = std::min(table_.rows, first + block_rows);
    char* at = piece.begin((last - first) * longest_row_);
    for (std::size_t row = first; row < last; ++row) {
      for (std::size_t c = 0; c < table_.columns.size(); ++c) {
        const TidyColumn& column = table_.columns[c];
        if (column.is_text()) {
          const std::string& field = fields_[c][static_cast<std::size_t>((*column.which)[row])];
          std::memcpy(at, field.data(), field.size());
          at += field.size();
        } else {
          at = write_number(at, column.values[row]);
        }
        *at++ = ',';
      }
      at[-1] = '\n';
    }
    piece.end(at);
  }

private:
  const TidyTable& table_;
  bool for_excel_;
  std::vector<std::vector<std::string>> fields_;  // [columns][texts]
  std::size_t longest_row_ = 0;
};

/// The file under way, in the order of its rows.
class Stream {
public:
  Stream(OutputFile& output, const TidyTable& table, const ProgressSink& progress)
      : output_(output), rows_(table.rows), progress_(progress) {}

  void write(const void* bytes, std::size_t count) {
    output_.write(bytes, count);
    written_ += count;
    if (written_ - asked_ < (std::size_t{16} << 20)) return;
    asked_ = written_;
    output_.start_write_back();
  }
  void note(std::int64_t block) const {
    if (!progress_ || omp_get_thread_num() != 0) return;  // progress is for the thread that began the work
    progress_(stage, std::min<std::uint64_t>(rows_, (static_cast<std::uint64_t>(block) + 1) * block_rows), rows_);
  }
  std::uint64_t written() const noexcept { return written_; }

private:
  OutputFile& output_;
  std::uint64_t rows_;
  const ProgressSink& progress_;
  std::uint64_t written_ = 0, asked_ = 0;
};

void write_plain(Stream& stream, const Formatter& format, int threads) {
  const std::string header = format.header();
  stream.write(header.data(), header.size());
  in_order<TextPiece>(
      format.blocks(), threads, [&](std::int64_t block, TextPiece& piece) { format.write_block(block, piece); },
      [&](std::int64_t block, const TextPiece& piece) {
        stream.write(piece.room.data(), piece.size);
        stream.note(block);
      });
}

/// One member, so that every reader of gzip reads it whole.
void write_gzip(Stream& stream, const Formatter& format, int threads) {
  const unsigned char start[10] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255};  // no name, no time, no system
  stream.write(start, sizeof start);
  DeflatedSums sums;
  const auto take = [&](const DeflatedPiece& piece) {
    stream.write(piece.packed.room.data(), piece.packed.size);
    sums.add(piece);
  };
  DeflatedPiece header;
  header.pack(format.header());
  take(header);
  struct Piece {
    TextPiece text;
    DeflatedPiece deflated;
  };
  in_order<Piece>(
      format.blocks(), threads,
      [&](std::int64_t block, Piece& piece) {
        format.write_block(block, piece.text);
        piece.deflated.pack({piece.text.room.data(), piece.text.size});
      },
      [&](std::int64_t block, const Piece& piece) {
        take(piece.deflated);
        stream.note(block);
      });
  stream.write(deflate_end, sizeof deflate_end);
  unsigned char end[8];
  for (int n = 0; n < 4; ++n) {
    end[n] = static_cast<unsigned char>(sums.crc >> (8 * n));
    end[4 + n] = static_cast<unsigned char>(sums.length >> (8 * n));
  }
  stream.write(end, sizeof end);
}

/// One frame, packed by zstd's own threads: many readers stop after the first.
class ZstdPacker {
public:
  ZstdPacker(Stream& stream, int threads)
      : stream_(stream), context_(ZSTD_createCCtx(), ZSTD_freeCCtx), room_(ZSTD_CStreamOutSize()) {
    if (!context_) throw Error(ErrorKind::resources, "out of memory: no room to pack the output", "", "free memory");
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
    // With any number of workers the bytes are the same; a library without threads refuses and packs in this one.
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_nbWorkers, std::max(1, threads));
  }
  void add(const void* bytes, std::size_t count) { pack(bytes, count, ZSTD_e_continue); }
  void end() { pack(nullptr, 0, ZSTD_e_end); }

private:
  void pack(const void* bytes, std::size_t count, ZSTD_EndDirective directive) {
    ZSTD_inBuffer in{bytes, count, 0};
    std::size_t left = 0;
    do {
      ZSTD_outBuffer out{room_.data(), room_.size(), 0};
      left = ZSTD_compressStream2(context_.get(), &out, &in, directive);
      if (ZSTD_isError(left))
        throw Error(ErrorKind::resources, std::string("zstd: ") + ZSTD_getErrorName(left), "", "free memory");
      stream_.write(room_.data(), out.pos);
    } while (in.pos < in.size || (directive == ZSTD_e_end && left > 0));
  }

  Stream& stream_;
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context_;
  Buffer<char> room_;
};

void write_zstd(Stream& stream, const Formatter& format, int threads) {
  ZstdPacker packer(stream, threads);
  const std::string header = format.header();
  packer.add(header.data(), header.size());
  in_order<TextPiece>(
      format.blocks(), threads, [&](std::int64_t block, TextPiece& piece) { format.write_block(block, piece); },
      [&](std::int64_t block, const TextPiece& piece) {
        packer.add(piece.room.data(), piece.size);
        stream.note(block);
      });
  packer.end();
}

}  // namespace

ExportReport write_csv(const std::string& path, ExportForm form, const TidyTable& table, const ExportOptions& options) {
  const Formatter format(table, options.for_excel);
  OutputFile output(path);
  Stream stream(output, table, options.progress);
  if (form == ExportForm::csv_gzip)
    write_gzip(stream, format, options.threads);
  else if (form == ExportForm::csv_zstd)
    write_zstd(stream, format, options.threads);
  else
    write_plain(stream, format, options.threads);
  ExportReport report;
  report.bytes = stream.written();
  report.flush_seconds = output.commit();
  return report;
}

}  // namespace potentia
