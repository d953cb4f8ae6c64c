// Ranks by MPI.
#define OMPI_SKIP_MPICXX 1  // the C interface only
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <thread>

#include "host/batch/ranks.hpp"
#include "host/run/threads.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

constexpr int data_tag = 1, pause_tag = 2;
constexpr std::size_t most_bytes = std::size_t{1} << 30;  // MPI counts in int

std::atomic<bool> parted{false};

bool started_by_launcher() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_RANK", "PMIX_RANK"})
    if (std::getenv(name) != nullptr) return true;
  return false;
}

bool running() {
  int begun = 0, ended = 0;
  MPI_Initialized(&begun);
  MPI_Finalized(&ended);
  return begun != 0 && ended == 0;
}

/// Sleeps longer the longer it lasts: MPI itself would keep a processor busy while it waits.
class Patience {
public:
  void wait() {
    std::this_thread::sleep_for(std::chrono::microseconds(pause_));
    pause_ = std::min(pause_ * 2, 1000);
  }

private:
  int pause_ = 20;
};

/// Waits for a request without keeping a processor busy.
void finish(MPI_Request& request) {
  Patience patience;
  for (int done = 0;;) {
    MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    if (done != 0) return;
    patience.wait();
  }
}

}  // namespace

Ranks::Ranks() {
  if (!started_by_launcher()) return;
  int provided = 0;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
  joined_ = true;
  if (provided < MPI_THREAD_SERIALIZED)
    throw Error(ErrorKind::backend, "this MPI serves one thread only", "MPI_Init_thread", "use one with MPI_THREAD_SERIALIZED");
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &size_);
  MPI_Comm machine;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, rank_, MPI_INFO_NULL, &machine);
  MPI_Comm_rank(machine, &local_rank_);
  MPI_Comm_size(machine, &local_size_);
  MPI_Comm_free(&machine);
}

Ranks::~Ranks() {
  if (joined_ && std::uncaught_exceptions() == 0) MPI_Finalize();
}

void Ranks::send(int to, const void* bytes, std::size_t count) {
  sent_ += count;
  const char* from = static_cast<const char*>(bytes);
  do {
    const std::size_t part = std::min(count, most_bytes);
    MPI_Request request;
    MPI_Isend(from, static_cast<int>(part), MPI_BYTE, to, data_tag, MPI_COMM_WORLD, &request);
    finish(request);
    from += part;
    count -= part;
  } while (count > 0);
}

void Ranks::receive(int from, void* bytes, std::size_t count) {
  char* to = static_cast<char*>(bytes);
  do {
    const std::size_t part = std::min(count, most_bytes);
    MPI_Request request;
    MPI_Irecv(to, static_cast<int>(part), MPI_BYTE, from, data_tag, MPI_COMM_WORLD, &request);
    finish(request);
    to += part;
    count -= part;
  } while (count > 0);
}

void Ranks::broadcast(void* bytes, std::size_t count) {
  if (size_ == 1) return;
  if (is_root()) sent_ += count;
  char* at = static_cast<char*>(bytes);
  while (count > 0) {
    const std::size_t part = std::min(count, most_bytes);
    MPI_Request request;
    MPI_Ibcast(at, static_cast<int>(part), MPI_BYTE, 0, MPI_COMM_WORLD, &request);
    finish(request);
    at += part;
    count -= part;
  }
}

void Ranks::join_bits(void* bytes, std::size_t count) {
  if (size_ == 1) return;
  sent_ += count;
  char* at = static_cast<char*>(bytes);
  while (count > 0) {
    const std::size_t part = std::min(count, most_bytes);
    MPI_Request request;
    MPI_Iallreduce(MPI_IN_PLACE, at, static_cast<int>(part), MPI_BYTE, MPI_BOR, MPI_COMM_WORLD, &request);
    finish(request);
    at += part;
    count -= part;
  }
}

bool Ranks::any(bool mine) {
  unsigned char flag = mine ? 1 : 0;
  join_bits(&flag, 1);
  return flag != 0;
}

void Ranks::tell_pause() {
  if (told_) return;
  told_ = true;
  for (int to = 0; to < size_; ++to) {
    if (to == rank_) continue;
    MPI_Request request;  // nothing is in it: it goes at once, and nobody need wait for it
    MPI_Isend(nullptr, 0, MPI_BYTE, to, pause_tag, MPI_COMM_WORLD, &request);
    MPI_Request_free(&request);
  }
}

bool Ranks::pause_told() {
  if (size_ == 1) return false;
  int told = 0;
  MPI_Iprobe(MPI_ANY_SOURCE, pause_tag, MPI_COMM_WORLD, &told, MPI_STATUS_IGNORE);
  return told != 0;
}

int Ranks::threads(double quota) const {
  if (size_ == 1) return default_threads();
  cpu_set_t mine;
  CPU_ZERO(&mine);
  if (::sched_getaffinity(0, sizeof mine, &mine) != 0) return 1;
  MPI_Comm machine;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, rank_, MPI_INFO_NULL, &machine);
  std::vector<cpu_set_t> all(static_cast<std::size_t>(local_size_));
  MPI_Allgather(&mine, sizeof mine, MPI_BYTE, all.data(), sizeof mine, MPI_BYTE, machine);
  MPI_Comm_free(&machine);
  double share = 0.0;  // of each processor, what falls to this process
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &mine)) continue;
    share += 1.0 / static_cast<double>(std::count_if(all.begin(), all.end(), [&](const cpu_set_t& set) { return CPU_ISSET(cpu, &set); }));
  }
  share = std::min(share, std::ceil(quota / local_size_));
  return std::max(1, static_cast<int>(share + 1e-9));
}

std::uint64_t Ranks::take_sent_bytes() { return std::exchange(sent_, 0); }

void Ranks::part() {
  if (running()) MPI_Finalize();
  parted = true;
}

void Ranks::abort(int code) {
  if (running()) MPI_Abort(MPI_COMM_WORLD, code);
  std::_Exit(code);
}

bool Ranks::may_speak(int rank) {
  if (rank == 0 || parted) return rank == 0;
  const bool stopped_before = stop_requested;
  for (int step = 0; step < 100 + std::min(rank, 100); ++step) {
    std::this_thread::sleep_for(std::chrono::milliseconds(15));
    if (stop_requested && !stopped_before) return false;  // the launcher ends the job: it has been said why
  }
  return !stopped_before;
}

}  // namespace potentia
