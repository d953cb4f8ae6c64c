// See inspect.hpp.
#include "io/hdf5/inspect.hpp"

#include <fcntl.h>
#include <omp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <set>
#include <tuple>

#include "io/hdf5/chunks.hpp"
#include "io/hdf5/contents.hpp"
#include "io/hdf5/file.hpp"
#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::hdf5 {
namespace {

constexpr rlim_t processor_seconds = 10;  // honest files take a hundredth of a second
constexpr unsigned wall_seconds = 60;
constexpr const char* remedy = "make the file again, it is damaged";

/// All that a reader may ask HDF5 for.
void go_through(const std::string& path) {
  const File file(check_read(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), path));
  const Contents contents = list_contents(file);
  const std::string stored = stored_digest(file);
  // A digest that is gone or spoilt is damage, too, where datasets have fingerprints.
  const bool has_digest = has_attribute(file, digest_attribute) || contents.has_fingerprints;
  if (has_digest && contents.digest != stored) throw input_error("has other contents than were written", path, remedy);
  for (const std::string& name : contents.datasets) {
    try {
      look_over(open_dataset(file, name));
    } catch (const Error&) {
      if (has_digest) throw;
      // In a file of another program it may be something that nobody will read.
    }
  }
}

#if !defined(POTENTIA_SANITIZED)  // sanitizers reserve terabytes
constexpr rlim_t further_bytes = rlim_t{2} << 30;

rlim_t address_space() {
  long pages = 0;
  if (FILE* const statm = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(statm, "%ld", &pages) != 1) pages = 0;
    std::fclose(statm);
  }
  return static_cast<rlim_t>(pages) * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}
#endif

/// Lowers a limit of this process, as far as it may.
void limit(int resource, rlim_t most) {
  rlimit now{};
  if (::getrlimit(static_cast<__rlimit_resource_t>(resource), &now) != 0) return;
  now.rlim_cur = std::min(now.rlim_cur, most);
  ::setrlimit(static_cast<__rlimit_resource_t>(resource), &now);
}

/// @param answer pipe to the parent; receives what is wrong with the file, or nothing
[[noreturn]] void be_the_child(const std::string& path, int answer) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGALRM, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
    ::signal(number, SIG_DFL);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // whatever ends the parent ends this, too
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  // What a dying library says is for nobody.
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, stream);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, processor_seconds);
#if !defined(POTENTIA_SANITIZED)
  limit(RLIMIT_AS, address_space() + further_bytes);
#endif
  ::alarm(wall_seconds);
  omp_set_num_threads(1);  // the parent's threads did not come along
  std::string complaint;
  try {
    go_through(path);
  } catch (const Error& error) {
    complaint = error.what();
  } catch (...) {
    complaint = input_error("cannot be read", path, remedy).what();
  }
  const bool told = ::write(answer, complaint.data(), complaint.size()) == static_cast<ssize_t>(complaint.size());
  ::_exit(told ? 0 : 1);
}

/// Reads until the child closes its end. The complaint is shorter than what a pipe holds.
std::string complaint_of(int pipe) {
  std::string text;
  char block[4096];
  while (true) {
    const ssize_t got = ::read(pipe, block, sizeof block);
    if (got > 0)
      text.append(block, static_cast<std::size_t>(got));
    else if (got == 0 || errno != EINTR || stop_requested.load())
      return text;
  }
}

/// Waits for the child. @return its status as waitpid gives it
int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR)
      throw Error(ErrorKind::internal, std::string("waiting for a child failed: ") + std::strerror(errno));
    if (!stop_requested.load()) continue;
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    check_interrupted();
  }
  return status;
}

}  // namespace

void inspect_file(const std::string& path) {
  using Identity = std::tuple<dev_t, ino_t, off_t, time_t, long>;
  static std::set<Identity> seen;
  static std::mutex guard;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return;  // opening it will say why
  const Identity identity{status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
  const std::lock_guard<std::mutex> lock(guard);
  if (seen.count(identity) != 0) return;

  int ends[2];
  const auto no_child = [&path] {
    return Error(ErrorKind::resources, std::string("no child process can be started: ") + std::strerror(errno), path,
                 "end other processes");
  };
  if (::pipe2(ends, O_CLOEXEC) != 0) throw no_child();
  ::signal(SIGCHLD, SIG_DFL);  // a parent that ignores it hands that down, and then nobody can wait for a child
  const pid_t child = ::fork();
  if (child == 0) be_the_child(path, ends[1]);
  ::close(ends[1]);
  const std::string complaint = child > 0 ? complaint_of(ends[0]) : "";
  ::close(ends[0]);
  if (child < 0) throw no_child();
  const int outcome = wait_for(child);
  if (WIFSIGNALED(outcome)) {
    const int number = WTERMSIG(outcome);
    const bool endless = number == SIGXCPU || number == SIGALRM || number == SIGKILL;
    throw input_error(endless ? "its structure has no end" : "its structure makes the HDF5 library fail", path, remedy);
  }
  if (!complaint.empty()) throw Error(ErrorKind::input, complaint);
  if (!WIFEXITED(outcome) || WEXITSTATUS(outcome) != 0) throw input_error("its structure could not be looked at", path, remedy);
  seen.insert(identity);
}

}  // namespace potentia::hdf5
