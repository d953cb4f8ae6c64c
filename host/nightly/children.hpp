// Programs that run beside this one: each with its own log, so that none takes another along.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace potentia::nightly {

/// A program to run. There is no shell: arguments are what they are.
struct Command {
  std::vector<std::string> arguments;    ///< the first is the program's name
  std::string program;                   ///< what is executed; empty = arguments[0], looked up in PATH
  std::vector<std::string> environment;  ///< NAME=VALUE, on top of this process's, but for what a launcher of MPI put
                                         ///< there: a program started here is no rank of its job
  std::string folder;                    ///< that it runs in; empty = this process's
  std::string input;                     ///< what it reads on its standard input
  std::string log;                       ///< file for all that it says; empty = only remembered
};

/// How a program ended.
struct Ended {
  std::size_t child = 0;  ///< as `start` numbered it
  int exit_code = 0;      ///< 128 + N for one ended by signal N, as shells say
  double seconds = 0;
  std::string error;  ///< its last line that begins with "potentia: error: ", without that; else how it
                      ///< ended, and the last line that it said
};

/// Programs under way. When it is destroyed, and when this process dies, they are ended.
class Children {
public:
  Children();
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;
  ~Children();

  /// @return its number, counted from 0
  /// @throws Error(resources) when there can be no more processes
  std::size_t start(const Command& command);
  std::size_t running() const noexcept;

  /// Waits for some of them to end, this long at most. @return those that have
  /// @throws Error(interrupted) once a signal has asked this process to stop; all are ended then
  std::vector<Ended> wait(std::chrono::milliseconds most);

  /// Asks all to stop, and after a moment makes them.
  void end_all() noexcept;

private:
  struct Child;
  void listen(Child& child);
  Ended finish(Child& child, int status);

  std::vector<std::unique_ptr<Child>> children_;
  std::size_t started_ = 0;
};

}  // namespace potentia::nightly
