// Lets parallel workers add their sums in a fixed order, without waiting for each other.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace potentia {

/// Workers take segments in ascending order (a monotonic dynamic schedule of one: without that word workers may have ranges of their
/// own, and one without sums would wait for himself), compute in any order, and their sums are
/// committed in ascending order: they then do not depend on who was faster. Whoever is ahead leaves his sums here, takes
/// spare ones and goes on; only when there are no spare ones left does he wait. The lowest segment that is not committed
/// is always being worked on, so nobody waits for ever. Sums that are going to stay where they are committed to cost no
/// memory by waiting: nobody waits for those.
template <class Sums>
class OrderedCommits {
public:
  /// @param first the first number that will be handed in; @param spare sums besides those that workers have
  OrderedCommits(int first, std::vector<Sums> spare) : next_(first), spare_(std::move(spare)) {}

  /// Leaves `sums` of segment `number` to be committed by commit(number, Sums&), and returns others to go on with: new,
  /// empty ones where these stay with what they are committed to.
  template <class Commit>
  Sums exchange(int number, Sums sums, bool stay, const Commit& commit) {
    std::unique_lock<std::mutex> lock(mutex_);
    done_.emplace(number, Waiting{std::move(sums), stay});
    if (!committing_) {
      committing_ = true;
      while (!done_.empty() && done_.begin()->first == next_) {
        Waiting lowest = std::move(done_.begin()->second);
        done_.erase(done_.begin());
        lock.unlock();
        commit(next_, lowest.sums);
        lock.lock();
        ++next_;
        if (!lowest.stay) spare_.push_back(std::move(lowest.sums));
        freed_.notify_one();
      }
      committing_ = false;
    }
    if (stay) return {};
    freed_.wait(lock, [&] { return !spare_.empty(); });
    Sums other = std::move(spare_.back());
    spare_.pop_back();
    return other;
  }

private:
  struct Waiting {
    Sums sums;
    bool stay;
  };
  std::mutex mutex_;
  std::condition_variable freed_;
  std::map<int, Waiting> done_;  ///< not committed yet
  int next_;
  std::vector<Sums> spare_;
  bool committing_ = false;
};

}  // namespace potentia
