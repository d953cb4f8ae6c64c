// Ranks of a program built without MPI: one process.
#include <cstdlib>

#include "host/batch/ranks.hpp"
#include "host/run/threads.hpp"
#include "kernels/error.hpp"

namespace potentia {
namespace {

/// Processes of the job, as launchers say.
int processes() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
    if (const char* const text = std::getenv(name)) return std::atoi(text);
  return 1;
}

}  // namespace

Ranks::Ranks() {
  if (processes() > 1)
    throw Error(ErrorKind::usage, "this program was built without MPI, and several of it were started", "mpirun",
                "build it with -DPOTENTIA_MPI=ON, or divide the work with --shard");
}
Ranks::~Ranks() = default;

void Ranks::send(int, const void*, std::size_t) {}
void Ranks::receive(int, void*, std::size_t) {}
void Ranks::broadcast(void*, std::size_t) {}
void Ranks::join_bits(void*, std::size_t) {}
bool Ranks::any(bool mine) { return mine; }
void Ranks::tell_pause() {}
bool Ranks::pause_told() { return false; }
int Ranks::threads(double) const { return default_threads(); }
std::uint64_t Ranks::take_sent_bytes() { return 0; }
void Ranks::part() {}
void Ranks::abort(int code) { std::_Exit(code); }
bool Ranks::may_speak(int) { return true; }

}  // namespace potentia
