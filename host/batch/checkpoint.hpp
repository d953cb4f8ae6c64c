// Progress of an evaluation that survives its process: every so often, what has been evaluated since the last time goes
// to a file of its own, written beside the evaluation. Files appear whole or not at all (io/output_file.hpp), so that
// whatever kills a process costs at most what came after the last one.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "host/batch/ranks.hpp"
#include "io/result/part.hpp"
#include "kernels/backend.hpp"
#include "kernels/problem_share.hpp"

namespace potentia {

struct CheckpointPlan {
  std::string folder;    ///< empty = none is kept
  double every = 30.0;   ///< seconds between two files
  bool resume = false;   ///< go on from what is there
};

/// The checkpoint of one process's share of a job.
class Checkpoint {
public:
  /// Makes the folder if need be.
  /// @param job see PartName; @param first, last the share's segments
  /// @throws Error(input) when the folder holds parts of another job or of other shares, or of this one without `resume`
  Checkpoint(const CheckpointPlan& plan, std::string job, std::int32_t first, std::int32_t last);
  ~Checkpoint();

  /// Puts what was saved into `sums`, [all columns of the share]. @return the runs of segments that are still to be
  /// evaluated, in the whole's numbers
  std::vector<std::pair<std::int32_t, std::int32_t>> restore(const ProblemShare& share, PartialSums& sums);
  std::int32_t restored_segments() const noexcept { return restored_; }

  /// What an evaluation of [begin, …) is to be given; `ranks` pass on that one of them was asked to pause.
  SegmentSink sink(const ProblemShare& share, PartialSums& sums, std::int32_t begin, std::int32_t segments, Ranks& ranks);
  /// Saves what has not been saved yet, and waits until it is on the disk. @throws what writing threw
  void save_rest();
  /// Removes the files, and the folder if nothing else is in it: the job is done.
  void remove() noexcept;

  double seconds_writing() const noexcept { return seconds_writing_; }
  std::size_t files_written() const noexcept { return written_.size(); }

private:
  struct Interval {
    std::int32_t first = 0, last = 0;       ///< segments in the whole
    std::size_t first_piece = 0, last_piece = 0;
  };
  void write_in_background();
  void write(const Interval& interval);
  std::string file_of(std::int32_t first, std::int32_t last) const;

  CheckpointPlan plan_;
  std::string job_;
  std::int32_t first_, last_, restored_ = 0;
  bool made_folder_ = false;

  const ProblemShare* share_ = nullptr;
  PartialSums* sums_ = nullptr;
  std::int32_t segments_ = 0;
  Interval open_;                            ///< not yet handed to the writer
  std::chrono::steady_clock::time_point since_;

  std::thread writer_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Interval> waiting_;
  bool busy_ = false, ended_ = false;
  std::exception_ptr failure_;
  double seconds_writing_ = 0.0;
  std::vector<std::string> written_;
};

}  // namespace potentia
