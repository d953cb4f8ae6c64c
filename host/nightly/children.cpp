// See children.hpp.
#include "host/nightly/children.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include "kernels/error.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::nightly {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto patience = std::chrono::milliseconds(1500);  // the program itself leaves within a second of being asked
constexpr std::size_t longest_line = 4096;
constexpr const char* error_mark = "potentia: error: ";

[[noreturn]] void no_process(int reason) {
  throw Error(ErrorKind::resources, fmt::format("cannot start a process: {}", std::strerror(reason)), "",
              "raise the limits on processes and files");
}

struct Descriptor {
  int number = -1;
  Descriptor() = default;
  explicit Descriptor(int of) : number(of) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

/// Both ends closed on exec.
struct Pipe {
  Descriptor from, to;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) no_process(errno);
    from.number = ends[0];
    to.number = ends[1];
  }
};

/// A file without a name that holds this text, at its beginning.
int input_with(const std::string& text) {
  if (text.empty()) return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int descriptor = ::memfd_create("potentia-input", MFD_CLOEXEC);
  if (descriptor < 0) no_process(errno);
  if (::pwrite(descriptor, text.data(), text.size(), 0) != static_cast<::ssize_t>(text.size())) no_process(errno);
  return descriptor;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

std::vector<std::string> environment_with(const std::vector<std::string>& more) {
  const auto name_of = [](const std::string& entry) { return entry.substr(0, entry.find('=') + 1); };
  std::vector<std::string> all = more;
  for (char** entry = ::environ; *entry != nullptr; ++entry) {
    const std::string name = name_of(*entry);
    const auto is_same = [&](const std::string& other) { return name_of(other) == name; };
    const auto begins = [&](const char* prefix) { return name.rfind(prefix, 0) == 0; };
    const bool of_launcher = begins("OMPI_COMM_") || begins("PMI_") || begins("PMIX_");
    if (!of_launcher && std::none_of(more.begin(), more.end(), is_same)) all.emplace_back(*entry);
  }
  return all;
}

/// In the new process: async-signal-safe calls only. fork and not posix_spawn, because only this can ask for a signal
/// should the parent die, so that no step outlives a night that was killed.
[[noreturn]] void become(const char* program, char* const* arguments, char* const* environment, const char* folder,
                         int input, int output, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(128 + SIGTERM);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGALRM, SIGPIPE, SIGXFSZ}) ::signal(number, SIG_DFL);
  ::setpgid(0, 0);  // Ctrl-C on the terminal is this program's to answer
  if (::dup2(input, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0 || ::dup2(output, STDERR_FILENO) < 0)
    ::_exit(126);
  if (*folder == '\0' || ::chdir(folder) == 0) ::execvpe(program, arguments, environment);
  const char* const reason = std::strerror(errno);
  for (const char* text : {error_mark, "cannot be run: ", reason, "\n"}) {
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text, std::strlen(text));
  }
  ::_exit(127);
}

std::string how_it_ended(int status, const std::string& last_line) {
  const std::string how = WIFSIGNALED(status)
                              ? fmt::format("ended by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)))
                              : fmt::format("ended with exit code {}", WEXITSTATUS(status));
  return how + (last_line.empty() ? ", having said nothing" : ", having said last: " + last_line);
}

}  // namespace

struct Children::Child {
  std::size_t number = 0;
  pid_t process = -1;
  int output = -1, log = -1;      // our end of its pipe, and the file
  std::string line, last, error;  // begun; the last one; the last that is an error
  Clock::time_point started = Clock::now();

  Child() = default;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    for (const int descriptor : {output, log})
      if (descriptor >= 0) ::close(descriptor);
  }
};

Children::Children() = default;

Children::~Children() { end_all(); }

std::size_t Children::running() const noexcept { return children_.size(); }

std::size_t Children::start(const Command& command) {
  auto child = std::make_unique<Child>();
  Pipe said;
  const Descriptor told(input_with(command.input));
  std::vector<std::string> arguments = command.arguments, environment = environment_with(command.environment);
  const std::vector<char*> argument_list = pointers(arguments), environment_list = pointers(environment);
  const std::string program = command.program.empty() ? arguments.at(0) : command.program;
  // A log that cannot be written, as on a full disk, shall not keep the step from running.
  if (!command.log.empty()) child->log = ::open(command.log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  const pid_t parent = ::getpid();
  child->process = ::fork();
  if (child->process < 0) no_process(errno);
  if (child->process == 0)
    become(program.c_str(), argument_list.data(), environment_list.data(), command.folder.c_str(), told.number,
           said.to.number, parent);
  ::setpgid(child->process, child->process);
  child->output = std::exchange(said.from.number, -1);
  ::fcntl(child->output, F_SETFL, O_NONBLOCK);
  child->number = started_++;
  children_.push_back(std::move(child));
  return children_.back()->number;
}

/// Takes all that the child has said so far.
void Children::listen(Child& child) {
  char block[1 << 16];
  while (child.output >= 0) {
    const auto got = ::read(child.output, block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
      ::close(std::exchange(child.output, -1));
      return;
    }
    const auto size = static_cast<std::size_t>(got);
    if (child.log >= 0) [[maybe_unused]]
      const auto written = ::write(child.log, block, size);
    for (std::size_t at = 0; at < size; ++at) {
      if (block[at] != '\n') {
        if (child.line.size() < longest_line) child.line += block[at];
        continue;
      }
      if (child.line.compare(0, std::strlen(error_mark), error_mark) == 0)
        child.error = child.line.substr(std::strlen(error_mark));
      if (!child.line.empty()) child.last = std::exchange(child.line, "");
    }
  }
}

Ended Children::finish(Child& child, int status) {
  listen(child);
  Ended ended;
  ended.child = child.number;
  ended.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  ended.seconds = std::chrono::duration<double>(Clock::now() - child.started).count();
  if (ended.exit_code != 0)
    ended.error =
        child.error.empty() ? how_it_ended(status, child.line.empty() ? child.last : child.line) : child.error;
  return ended;
}

std::vector<Ended> Children::wait(std::chrono::milliseconds most) {
  std::vector<Ended> ended;
  const auto until = Clock::now() + most;
  while (true) {
    if (stop_requested) {
      end_all();
      check_interrupted();
    }
    std::vector<pollfd> watched;
    long longest = 100;  // a process may end and leave its pipe to one of its own
    for (const auto& child : children_) {
      if (child->output >= 0)
        watched.push_back({child->output, POLLIN, 0});
      else
        longest = 2;  // it is about to end
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    ::poll(watched.data(), watched.size(), static_cast<int>(std::clamp<long>(left, 0, longest)));
    for (auto child = children_.begin(); child != children_.end();) {
      listen(**child);
      int status = 0;
      const pid_t done = ::waitpid((*child)->process, &status, WNOHANG);
      if (done == (*child)->process) {
        ended.push_back(finish(**child, status));
        child = children_.erase(child);
      } else {
        ++child;
      }
    }
    if (!ended.empty() || children_.empty() || Clock::now() >= until) return ended;
  }
}

void Children::end_all() noexcept {
  if (children_.empty()) return;
  // The program's own alarm would end this process before its children are.
  const itimerval never{};
  ::setitimer(ITIMER_REAL, &never, nullptr);
  for (const auto& child : children_) ::kill(-child->process, SIGTERM);
  const auto until = Clock::now() + patience;
  while (!children_.empty()) {
    const bool impatient = Clock::now() >= until;
    for (auto child = children_.begin(); child != children_.end();) {
      if (impatient) ::kill(-(*child)->process, SIGKILL);
      if (::waitpid((*child)->process, nullptr, impatient ? 0 : WNOHANG) == 0) {
        ++child;
      } else {
        child = children_.erase(child);
      }
    }
    if (!children_.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace potentia::nightly
