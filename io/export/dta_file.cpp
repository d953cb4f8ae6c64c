// A table as Stata keeps it (.dta, release 118: Stata 14 and later), by ReadStat.
#include <readstat.h>

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "io/export/export_file.hpp"
#include "io/output_file.hpp"
#include "io/printable.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

constexpr std::size_t longest_label = 80;    // characters, of a variable and of the file
constexpr std::size_t longest_note = 60000;  // bytes; Stata takes 67,784
// A longer text is stored once and referred to (strL), or each row would be as wide as the longest.
constexpr std::size_t longest_field = 128;

/// At most so many characters of a text, with "…" where it was cut.
std::string cut(const std::string& text, std::size_t characters) {
  std::size_t at = 0, count = 0, last = 0;
  for (; at < text.size() && count < characters; ++count) {
    last = at;
    at += std::max<std::size_t>(utf8_sequence(std::string_view(text).substr(at)), 1);
  }
  return at >= text.size() ? text : text.substr(0, last) + "…";
}

/// Collects what ReadStat hands over, a row at a time, and keeps the error of a write until C has returned.
class Sink {
public:
  explicit Sink(const std::string& path) : output_(path) {}

  static ::ssize_t take(const void* bytes, std::size_t count, void* context) {
    return static_cast<Sink*>(context)->add(bytes, count);
  }

  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }
  ExportReport save() {
    output_.write(held_.data(), held_.size());
    return {written_, 0, output_.commit()};
  }

private:
  ::ssize_t add(const void* bytes, std::size_t count) {
    try {
      held_.append(static_cast<const char*>(bytes), count);
      written_ += count;
      if (held_.size() >= (std::size_t{4} << 20)) {
        check_interrupted();
        output_.write(held_.data(), held_.size());
        output_.start_write_back();
        held_.clear();
      }
      return static_cast<::ssize_t>(count);
    } catch (...) {
      failure_ = std::current_exception();
      return -1;
    }
  }

  OutputFile output_;
  std::string held_;
  std::uint64_t written_ = 0;
  std::exception_ptr failure_;
};

class DtaWriter {
public:
  DtaWriter(const std::string& path, const TidyTable& table)
      : table_(table), sink_(path), writer_(readstat_writer_init(), readstat_writer_free) {
    if (!writer_) throw Error(ErrorKind::resources, "out of memory", path, "free memory");
  }

  ExportReport run(const ProgressSink& progress) {
    readstat_writer_t* writer = writer_.get();
    check(readstat_set_data_writer(writer, Sink::take));
    check(readstat_writer_set_file_format_version(writer, 118));
    check(readstat_writer_set_file_label(writer, cut(table_.title, longest_label).c_str()));
    check(readstat_writer_set_file_timestamp(writer, fixed_time()));
    for (const TidyColumn& column : table_.columns) columns_.push_back(declare(column));
    add_notes();
    check(readstat_begin_writing_dta(writer, &sink_, static_cast<long>(table_.rows)));
    constexpr std::size_t step = 16384;
    for (std::size_t row = 0; row < table_.rows; ++row) {
      if (progress && row % step == 0) progress("export", row, table_.rows);
      write_row(row);
    }
    check(readstat_end_writing(writer));
    return sink_.save();
  }

private:
  struct Column {
    readstat_variable_t* variable = nullptr;
    std::vector<readstat_string_ref_t*> refs;  // [texts] of texts stored once; null = in no row
    bool by_reference = false;
  };

  void check(readstat_error_t error) const {
    if (error == READSTAT_OK) return;
    sink_.rethrow();
    if (error == READSTAT_ERROR_MALLOC) throw Error(ErrorKind::resources, "out of memory", "", "free memory");
    throw input_error(std::string("Stata's form cannot hold the table: ") + readstat_error_message(error), table_.name,
                      "write .csv");
  }

  /// The file tells no time of its own: it would differ between two exports of one result. ReadStat shows local time.
  static std::time_t fixed_time() {
    std::tm start{};
    start.tm_mday = 1;
    start.tm_year = 80;
    start.tm_isdst = -1;
    return std::mktime(&start);
  }

  Column declare(const TidyColumn& column) {
    Column declared;
    const std::string units = column.is_text() || column.units == "1" ? "" : " (" + column.units + ")";
    const std::string label = cut(column.label, longest_label - units.size()) + units;
    std::size_t width = 1;
    if (column.is_text())
      for (const std::string& text : *column.texts) width = std::max(width, text.size());
    declared.by_reference = width > longest_field;
    const readstat_type_t type = !column.is_text()       ? READSTAT_TYPE_DOUBLE
                                 : declared.by_reference ? READSTAT_TYPE_STRING_REF
                                                         : READSTAT_TYPE_STRING;
    declared.variable =
        readstat_add_variable(writer_.get(), column.key.c_str(), type, type == READSTAT_TYPE_STRING ? width : 0);
    readstat_variable_set_label(declared.variable, label.c_str());
    if (!column.is_text()) readstat_variable_set_format(declared.variable, column.units == "1" ? "%12.0g" : "%20.0fc");
    if (declared.by_reference) {  // a text that no row refers to has no place in the file
      declared.refs.assign(column.texts->size(), nullptr);
      for (const std::int32_t which : *column.which) {
        readstat_string_ref_t*& ref = declared.refs[static_cast<std::size_t>(which)];
        if (ref == nullptr)
          ref = readstat_add_string_ref(writer_.get(), (*column.texts)[static_cast<std::size_t>(which)].c_str());
      }
    }
    return declared;
  }

  void add_notes() {
    for (const TidyColumn& column : table_.columns) {
      const std::string units = column.is_text() || column.units == "1" ? "" : ", " + column.units;
      readstat_add_note(writer_.get(), (column.key + ": " + column.label + units).c_str());
    }
    for (const auto& [what, text] : table_.about)
      readstat_add_note(writer_.get(), cut(what + ": " + text, longest_note / 4).c_str());
  }

  void write_row(std::size_t row) {
    readstat_writer_t* writer = writer_.get();
    check(readstat_begin_row(writer));
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const TidyColumn& column = table_.columns[c];
      const Column& declared = columns_[c];
      // What is no number ReadStat writes as Stata's missing value.
      if (!column.is_text())
        check(readstat_insert_double_value(writer, declared.variable, column.values[row]));
      else if (!declared.by_reference)
        check(readstat_insert_string_value(writer, declared.variable, column.text(row).c_str()));
      else
        check(readstat_insert_string_ref(writer, declared.variable,
                                         declared.refs[static_cast<std::size_t>((*column.which)[row])]));
    }
    check(readstat_end_row(writer));
  }

  const TidyTable& table_;
  Sink sink_;
  std::unique_ptr<readstat_writer_t, void (*)(readstat_writer_t*)> writer_;
  std::vector<Column> columns_;
};

}  // namespace

ExportReport write_dta(const std::string& path, const TidyTable& table, const ExportOptions& options) {
  return DtaWriter(path, table).run(options.progress);
}

}  // namespace potentia
