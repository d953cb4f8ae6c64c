// The processes of a job under mpirun or srun, and what they say to each other. Built without MPI, or started alone,
// there is one, and nothing is said.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace potentia {

/// Messages are bytes of any length. What one process sends to another arrives in the order in which it was sent. Waiting
/// processes sleep.
class Ranks {
public:
  /// Joins the others if a launcher started this process among several.
  /// @throws Error(usage) when it did and the program was built without MPI
  Ranks();
  /// Parts from the others, unless an exception is on its way: then `abort` ends the job.
  ~Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  int rank() const noexcept { return rank_; }
  int size() const noexcept { return size_; }
  bool is_root() const noexcept { return rank_ == 0; }
  /// This process's number on its machine.
  int local_rank() const noexcept { return local_rank_; }

  void send(int to, const void* bytes, std::size_t count);
  void receive(int from, void* bytes, std::size_t count);
  /// From the root to all.
  void broadcast(void* bytes, std::size_t count);
  /// Every bit is set afterwards that was set in one of them.
  void join_bits(void* bytes, std::size_t count);
  bool any(bool mine);

  /// Tells the others that this process was asked to stop.
  void tell_pause();
  /// Whether one of the others was. May be called from any thread, one at a time, while nothing else is said.
  bool pause_told();

  /// Threads for this process: processors that it may use are shared with the other processes of its machine.
  /// @param quota of the container, see processor_quota
  int threads(double quota) const;

  /// Bytes that this process has sent since the last call.
  std::uint64_t take_sent_bytes();

  /// All part at the same place of their work, before they end with an error that all of them have: the root tells it.
  void part();

  /// Ends all processes with this exit code; after `part`, this one.
  [[noreturn]] static void abort(int code);
  /// What all of them have to complain of is said once: all but the root wait a moment, and are stopped if it speaks.
  /// @return whether this rank is to speak
  static bool may_speak(int rank);

private:
  // Without MPI nothing looks at some of them.
  [[maybe_unused]] bool joined_ = false;
  int rank_ = 0, size_ = 1, local_rank_ = 0;
  [[maybe_unused]] int local_size_ = 1;
  [[maybe_unused]] bool told_ = false;
  [[maybe_unused]] std::uint64_t sent_ = 0;
};

}  // namespace potentia
