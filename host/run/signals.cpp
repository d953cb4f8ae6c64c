// See signals.hpp. The handlers call async-signal-safe functions only.
#include "host/run/signals.hpp"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstring>

#include "io/temporary_file.hpp"
#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

constexpr int grace_microseconds = 700000;  // a second signal to exit is what users are promised

std::atomic<bool> silent{false};

[[noreturn]] void leave_at_once() {
  remove_temporaries();
  static const char message[] = "\npotentia: error: interrupted\n";
  [[maybe_unused]] ssize_t written = 0;
  if (!silent) written = ::write(STDERR_FILENO, message, sizeof message - 1);
  ::_exit(static_cast<int>(ErrorKind::interrupted));
}

void on_stop(int) {
  if (stop_requested.exchange(true)) leave_at_once();
  // Somebody may be deep in a library call that cannot be asked to stop.
  itimerval timer{};
  timer.it_value.tv_usec = grace_microseconds;
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

void on_grace_over(int) { leave_at_once(); }

// A segment in hand may take minutes in a large world: there is no time limit.
void on_pause(int) {
  if (pause_requested.exchange(true)) leave_at_once();
  if (!pause_is_awaited) stop_requested = true;
}

// What the caller chose to ignore stays ignored (nohup, jobs in the background of a script).
void handle(int signal_number, void (*handler)(int)) {
  struct sigaction action;
  if (::sigaction(signal_number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) return;
  std::memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  ::sigaction(signal_number, &action, nullptr);
}

}  // namespace

void install_signal_handlers() {
  handle(SIGINT, on_stop);
  handle(SIGTERM, on_stop);
  handle(SIGHUP, on_stop);
  handle(SIGALRM, on_grace_over);
}

void interrupt_silently() { silent = true; }

void let_signals_pause() {
  handle(SIGTERM, on_pause);
  handle(SIGUSR1, on_pause);
}

}  // namespace potentia
