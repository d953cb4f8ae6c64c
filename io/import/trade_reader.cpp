// Every thread does what is needed next: reads a block of a file that nobody else is reading, or parses one that was
// read. See trade_reader.hpp.
#include "io/import/trade_reader.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <system_error>
#include <thread>
#include <tuple>
#include <utility>

#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

/// Place of a block: file, then the block's number within the file.
using Place = std::pair<std::size_t, std::size_t>;

struct Task {
  Place place;
  TradeLayout layout;
  TextBlock text;
};

struct Result {
  TradeBlock block;
  int member = 0;
  std::string member_name;  // as in complaints
};

struct FileState {
  std::unique_ptr<TradeFile> file;
  bool busy = false;
  bool ended = false;
  std::vector<Result> results;
  std::uint64_t consumed = 0;
};

class Reader {
public:
  Reader(const std::vector<TableEntry>& files, const TradeCodes& codes, const TradeReadOptions& options,
         const ProgressSink& progress, const std::vector<char>& as_table)
      : codes_(codes), options_(options), progress_(progress), states_(files.size()), sources_(files.size()),
        queue_limit_(static_cast<std::size_t>(options.threads) + 1) {
    for (std::size_t i = 0; i < files.size(); ++i) {
      states_[i].file = std::make_unique<TradeFile>(files[i].path, as_table[i] != 0, options.map);
      total_ += states_[i].file->size();
    }
  }

  ReadTrade run() {
    std::vector<std::thread> threads;
    try {
      for (int i = 1; i < options_.threads; ++i) threads.emplace_back([this] { work(false); });
    } catch (const std::system_error&) {
      // Fewer threads than asked for will do.
    }
    work(true);
    for (std::thread& thread : threads) thread.join();
    if (stopped_) std::rethrow_exception(stopped_);
    ReadTrade trade;
    if (error_ && first_is_comma()) {
      again_ = error_place_.first;
      return trade;
    }
    if (error_) throw_first_error();
    for (std::size_t file = 0; file < states_.size(); ++file) {
      FileState& state = states_[file];
      sources_[file].report.rows = 0;  // those that a table counted
      for (std::size_t i = 0; i < state.results.size(); ++i) {
        Result& result = state.results[i];
        count_rows(result.block, sources_[file].report);
        if (i == 0 || result.member != state.results[i - 1].member) {
          trade.members.push_back({result.member_name, trade.blocks.size(), 0, {}});
        }
        trade.blocks.push_back(std::move(result.block));
        trade.members.back().end_block = trade.blocks.size();
      }
    }
    for (TradeMember& member : trade.members) member.years = years_of(trade.blocks, member);
    trade.sources = std::move(sources_);
    return trade;
  }

  /// The file whose values have commas, which tells only the whole table how to take; empty = none.
  std::optional<std::size_t> again() const { return again_; }

private:
  bool first_is_comma() const {
    const std::vector<Result>& results = states_[error_place_.first].results;
    return error_place_.second < results.size() && results[error_place_.second].block.fault == RowFault::value_comma;
  }

  static void count_rows(const TradeBlock& block, FileReport& report) {
    report.rows += block.rows;
    for (const auto& [rule, drop] : block.drops)
      for (const auto& [code, count] : drop.whose) report.rows += count;
    for (const TradeRun& run : block.runs) {
      report.first_year = report.first_year == 0 ? run.year : std::min(report.first_year, run.year);
      report.last_year = std::max(report.last_year, run.year);
    }
  }

  static std::vector<std::int32_t> years_of(const std::vector<TradeBlock>& blocks, const TradeMember& member) {
    std::set<std::int32_t> years;
    std::int32_t last = 0;
    for (std::size_t i = member.first_block; i < member.end_block; ++i) {
      for (const TradeRun& run : blocks[i].runs) {
        if (run.year != last) years.insert(run.year);
        last = run.year;
      }
    }
    return {years.begin(), years.end()};
  }

  void work(bool main) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stopped_) {
      if (main) report(lock);
      if (stop_requested.load(std::memory_order_relaxed)) stop(interruption());
      if (stopped_) break;
      // Reading goes first while the queue is short, so that there is always something to parse.
      const std::size_t file = queue_.size() < queue_limit_ ? file_to_read() : states_.size();
      if (file < states_.size() && (queue_.size() < queue_limit_ / 2 + 1 || queue_.empty())) {
        read_block(file, lock);
      } else if (!queue_.empty()) {
        parse_block(lock);
      } else if (busy_ == 0) {
        break;  // nothing to read, nothing to parse, nobody who might bring more
      } else {
        changed_.wait_for(lock, std::chrono::milliseconds(50));
      }
    }
    changed_.notify_all();
  }

  static std::exception_ptr interruption() {
    return std::make_exception_ptr(Error(ErrorKind::interrupted, "interrupted"));
  }

  void stop(std::exception_ptr reason) {
    if (!stopped_) stopped_ = std::move(reason);
    changed_.notify_all();
  }

  // The first file in order that has more, unless an error lies before what it would bring.
  std::size_t file_to_read() const {
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (states_[i].busy || states_[i].ended) continue;
      if (error_ && Place(i, states_[i].results.size()) > error_place_) break;
      return i;
    }
    return states_.size();
  }

  void note_error(const Place& place, std::exception_ptr error) {
    if (error_ && error_place_ < place) return;
    error_place_ = place;
    error_ = std::move(error);
  }

  void read_block(std::size_t index, std::unique_lock<std::mutex>& lock) {
    FileState& state = states_[index];
    state.busy = true;
    ++busy_;
    Task task;
    task.place = {index, state.results.size()};
    if (!spare_.empty()) {
      task.text = std::move(spare_.back());
      spare_.pop_back();
    }
    lock.unlock();
    std::exception_ptr error;
    bool more = false;
    SourceFile source;
    try {
      more = state.file->next_block(task.text, options_.block_bytes);
      if (!more) source = state.file->fingerprint();
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    state.consumed = state.file->consumed();
    state.busy = false;
    --busy_;
    if (error) {
      state.ended = true;
      note_error(task.place, error);
    } else if (!more) {
      state.ended = true;
      sources_[index] = std::move(source);
      state.file.reset();
    } else {
      task.layout = state.file->layout();
      state.results.emplace_back();
      state.results.back().member = state.file->member();
      state.results.back().member_name = state.file->member_name();
      queue_.push_back(std::move(task));
    }
    changed_.notify_all();
  }

  void parse_block(std::unique_lock<std::mutex>& lock) {
    Task task = std::move(queue_.front());
    queue_.pop_front();
    if (error_ && task.place > error_place_) return;
    ++busy_;
    lock.unlock();
    TradeBlock block;
    std::exception_ptr failure;
    try {
      block = parse_trade_block({task.text.data(), task.text.size()}, task.layout, codes_, options_.lenient);
    } catch (...) {
      failure = std::current_exception();  // out of memory
    }
    lock.lock();
    --busy_;
    if (failure) stop(failure);
    if (block.fault != RowFault::none) {
      fault_layout_ = error_ && error_place_ < task.place ? fault_layout_ : task.layout;
      note_error(task.place, std::make_exception_ptr(RowError{}));
    }
    states_[task.place.first].results[task.place.second].block = std::move(block);
    spare_.push_back(std::move(task.text));
    changed_.notify_all();
  }

  // From the calling thread only.
  void report(std::unique_lock<std::mutex>& lock) {
    if (!progress_) return;
    std::uint64_t done = 0;
    for (const FileState& state : states_) done += state.consumed;
    lock.unlock();
    try {
      progress_("reading trade", done, total_);
      lock.lock();
    } catch (...) {
      lock.lock();
      stop(std::current_exception());
    }
  }

  /// Stands for a row that cannot be used, which is described once all earlier rows have been seen.
  struct RowError {};

  [[noreturn]] void throw_first_error() {
    const std::vector<Result>& results = states_[error_place_.first].results;
    try {
      std::rethrow_exception(error_);
    } catch (const RowError&) {
      const Result& faulty = results[error_place_.second];
      std::uint64_t line = 2 + faulty.block.fault_line;  // after the header
      for (std::size_t i = 0; i < error_place_.second; ++i) {
        if (results[i].member == faulty.member) line += results[i].block.lines;
      }
      const FaultWords words = describe_fault(faulty.block.fault, faulty.block.fault_row, fault_layout_);
      throw input_error(words.what, faulty.member_name + ":" + std::to_string(line), words.remedy);
    }
  }

  const TradeCodes& codes_;
  const TradeReadOptions& options_;
  const ProgressSink& progress_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<FileState> states_;
  std::vector<SourceFile> sources_;
  std::deque<Task> queue_;
  std::vector<TextBlock> spare_;
  std::size_t queue_limit_;
  std::uint64_t total_ = 0;
  int busy_ = 0;
  std::exception_ptr error_;    // the first in the order of files and blocks
  Place error_place_;
  TradeLayout fault_layout_;
  std::optional<std::size_t> again_;
  std::exception_ptr stopped_;  // ends everything at once
};

}  // namespace

ReadTrade read_trade_files(const std::vector<TableEntry>& files, const TradeCodes& codes, const TradeReadOptions& options,
                           const ProgressSink& progress) {
  std::vector<char> as_table(files.size(), 0);
  while (true) {
    Reader reader(files, codes, options, progress, as_table);
    ReadTrade trade = reader.run();
    if (!reader.again()) {
      trade.as_table = std::move(as_table);
      return trade;
    }
    as_table[*reader.again()] = 1;
  }
}

}  // namespace potentia
