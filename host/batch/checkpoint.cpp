#include "host/batch/checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "io/result/part_file.hpp"
#include "kernels/interrupt.hpp"
#include "kernels/tables.hpp"

namespace potentia {
namespace {

namespace fs = std::filesystem;

/// Segments of a file by its name, "segments-00010-00020.h5"; -1 where it is none of ours.
std::pair<int, int> segments_of(const std::string& name) {
  int first = -1, last = -1, end = 0;
  if (std::sscanf(name.c_str(), "segments-%d-%d.h5%n", &first, &last, &end) != 2 || name.size() != static_cast<std::size_t>(end))
    return {-1, -1};
  return {first, last};
}

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    if (segments_of(name).first >= 0) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Puts a table [rows, its columns] into columns of one [rows, width].
void put_columns(const Buffer<double>& source, const std::vector<std::int32_t>& columns, Buffer<double>& target, std::size_t width) {
  const std::size_t rows = columns.empty() ? 0 : source.size() / columns.size();
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t at = 0; at < columns.size(); ++at)
      target[row * width + static_cast<std::size_t>(columns[at])] = source[row * columns.size() + at];
}

/// Takes columns of a table [rows, width]; products of a sector mostly lie side by side.
void take_columns(const Buffer<double>& source, std::size_t width, const std::vector<std::int32_t>& columns, double* to) {
  const std::size_t rows = width == 0 ? 0 : source.size() / width;
  std::vector<std::pair<std::size_t, std::size_t>> runs;  // first column, length
  for (const std::int32_t column : columns) {
    if (!runs.empty() && runs.back().first + runs.back().second == static_cast<std::size_t>(column)) ++runs.back().second;
    else runs.emplace_back(column, 1);
  }
  for (std::size_t row = 0; row < rows; ++row)
    for (const auto& [first, length] : runs) to = std::copy_n(source.data() + row * width + first, length, to);
}

}  // namespace

Checkpoint::Checkpoint(const CheckpointPlan& plan, std::string job, std::int32_t first, std::int32_t last)
    : plan_(plan), job_(std::move(job)), first_(first), last_(last) {
  std::error_code failure;
  made_folder_ = fs::create_directories(plan_.folder, failure);
  if (failure || !fs::is_directory(plan_.folder))
    throw input_error("the folder of the checkpoint cannot be made", plan_.folder, "choose another with --checkpoint");
  if (!plan_.resume && !files_in(plan_.folder).empty())
    for (const std::string& name : files_in(plan_.folder)) {
      const auto [begin, end] = segments_of(name);
      if (begin < last_ && first_ < end)
        throw input_error("a checkpoint is there already", (fs::path(plan_.folder) / name).string(),
                          "go on from it with --resume, or remove the folder");
    }
}

Checkpoint::~Checkpoint() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    waiting_.clear();
  }
  wake_.notify_all();
  if (writer_.joinable()) writer_.join();
}

std::string Checkpoint::file_of(std::int32_t first, std::int32_t last) const {
  return (fs::path(plan_.folder) / fmt::format("segments-{:05}-{:05}.h5", first, last)).string();
}

std::vector<std::pair<std::int32_t, std::int32_t>> Checkpoint::restore(const ProblemShare& share, PartialSums& sums) {
  std::vector<std::pair<std::int32_t, std::int32_t>> missing;
  std::int32_t done = first_;
  for (const std::string& name : plan_.resume ? files_in(plan_.folder) : std::vector<std::string>{}) {
    const auto [begin, end] = segments_of(name);
    if (end <= first_ || begin >= last_) continue;  // another rank's or shard's
    const std::string path = (fs::path(plan_.folder) / name).string();
    auto [part_name, part] = read_checkpoint(path);
    if (part_name.job != job_)
      throw input_error("a checkpoint of another world, of other settings or of other countries", path,
                        "give those that it was made with, or another folder");
    if (part.first != begin || part.last != end || begin < done || end > last_)
      throw input_error("a checkpoint of other shares of the work", path,
                        "use as many ranks and shards as before, or another folder");
    if (begin > done) missing.emplace_back(done, begin);
    done = end;
    restored_ += end - begin;
    std::vector<std::int32_t> to;
    for (const std::int32_t column : part.columns) {
      const auto found = std::lower_bound(share.columns.begin(), share.columns.end(), column);
      if (found == share.columns.end() || *found != column) throw input_error("a checkpoint of other products", path, "use another folder");
      to.push_back(static_cast<std::int32_t>(found - share.columns.begin()));
    }
    const std::size_t width = share.columns.size();
    for (int c = 0; c < column_count; ++c) {
      if (sums.by_exporter_product) put_columns(part.sums.exporter_product.columns[c], to, sums.exporter_product.columns[c], width);
      if (sums.by_market_product) put_columns(part.sums.market_product.columns[c], to, sums.market_product.columns[c], width);
    }
    put_columns(part.sums.world.potential, to, sums.world.potential, width);
    put_columns(part.sums.world.unrealized, to, sums.world.unrealized, width);
    for (PairPiece& piece : part.pieces) sums.pairs.put(std::move(piece));
    written_.push_back(path);
  }
  if (done < last_) missing.emplace_back(done, last_);
  return missing;
}

SegmentSink Checkpoint::sink(const ProblemShare& share, PartialSums& sums, std::int32_t begin, std::int32_t segments,
                             Ranks& ranks) {
  share_ = &share;
  sums_ = &sums;
  segments_ = segments;
  sums.pairs.close();  // what was restored stays as it is
  open_ = {begin, begin, sums.pairs.list().size(), sums.pairs.list().size()};
  since_ = std::chrono::steady_clock::now();
  if (!writer_.joinable()) writer_ = std::thread([this] { write_in_background(); });
  return [this, &sums, &ranks](std::int32_t local) {
    open_.last = first_ + local + 1;
    if (pause_requested.load(std::memory_order_relaxed)) ranks.tell_pause();
    const bool pause = pause_requested.load(std::memory_order_relaxed) || ranks.pause_told();
    if (pause) pause_requested = true;
    const auto now = std::chrono::steady_clock::now();
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (failure_) return AfterSegment::stop;
      if (!pause && (std::chrono::duration<double>(now - since_).count() < plan_.every || busy_)) return AfterSegment::go_on;
      open_.last_piece = sums.pairs.list().size();
      waiting_.push_back(open_);
      busy_ = true;
    }
    wake_.notify_all();
    open_ = {open_.last, open_.last, open_.last_piece, open_.last_piece};
    since_ = now;
    return pause ? AfterSegment::stop : AfterSegment::close;
  };
}

void Checkpoint::save_rest() {
  std::unique_lock<std::mutex> lock(mutex_);
  if (sums_ != nullptr && open_.first < open_.last && !failure_) {
    open_.last_piece = sums_->pairs.list().size();
    waiting_.push_back(open_);
    open_.first = open_.last;
    busy_ = true;
    wake_.notify_all();
  }
  wake_.wait(lock, [this] { return !busy_ || failure_; });
  if (failure_) std::rethrow_exception(failure_);
}

void Checkpoint::write_in_background() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return !waiting_.empty() || ended_; });
    if (ended_) return;
    const Interval interval = waiting_.front();
    waiting_.erase(waiting_.begin());
    lock.unlock();
    std::exception_ptr failure;
    const auto start = std::chrono::steady_clock::now();
    try {
      write(interval);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    seconds_writing_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (failure) failure_ = failure;
    busy_ = !waiting_.empty();
    wake_.notify_all();
  }
}

void Checkpoint::write(const Interval& interval) {
  const PartialSums& sums = *sums_;
  const Problem& problem = *share_->problem;
  const std::vector<Segment> segments = make_segments(problem.sector_begin, problem.sectors);
  Part part;
  part.first = interval.first;
  part.last = interval.last;
  part.segments = segments_;
  std::vector<std::int32_t> own(problem.product_column + segments[interval.first - first_].first,
                                problem.product_column + segments[interval.last - 1 - first_].last);
  std::sort(own.begin(), own.end());
  for (const std::int32_t column : own) part.columns.push_back(share_->columns[column]);

  part.sums.exporters = sums.exporters;
  part.sums.markets = sums.markets;
  part.sums.by_exporter_product = sums.by_exporter_product;
  part.sums.by_market_product = sums.by_market_product;
  part.sums.terms = sums.terms;
  // Pieces lie still while others are added, and columns do not change any more; they are only looked at.
  std::vector<const PairPiece*> pieces;
  for (std::size_t n = interval.first_piece; n < interval.last_piece; ++n) pieces.push_back(&sums.pairs.list()[n]);
  Buffer<double> table(std::max(sums.exporters.size(), sums.markets.size()) * own.size());
  const std::string path = file_of(part.first, part.last);
  write_checkpoint(path, {job_, 0, 0}, part, pieces, [&](SumTable which, int column) -> const double* {
    const Buffer<double>& whole = which == SumTable::exporter_product ? sums.exporter_product.columns[column]
                                  : which == SumTable::market_product ? sums.market_product.columns[column]
                                  : which == SumTable::potential      ? sums.world.potential
                                                                      : sums.world.unrealized;
    take_columns(whole, share_->columns.size(), own, table.data());
    return table.data();
  });
  const std::lock_guard<std::mutex> lock(mutex_);
  written_.push_back(path);
}

void Checkpoint::remove() noexcept {
  std::error_code none;
  for (const std::string& path : written_) fs::remove(path, none);
  fs::remove(plan_.folder, none);  // fails, and shall, where something else is in it
}

}  // namespace potentia
