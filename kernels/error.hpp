// One exception type for everything a user can mend; its kind decides the exit code of the program.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace potentia {

/// What went wrong, as a caller of the program can tell by the exit code.
enum class ErrorKind {
  internal = 1,        ///< a fault of ours
  usage = 2,           ///< a flag on the command line
  input = 3,           ///< a file or a setting
  backend = 4,         ///< no such backend, or no device
  resources = 5,       ///< out of memory or disk
  stopped = 75,        ///< stopped on request, to be resumed later
  interrupted = 130,   ///< Ctrl-C or a termination signal
};

/// An error that reads as one line: `<what> (<where>); <remedy>`.
/// @param what   what is wrong, without a full stop
/// @param where  file:line, dataset or setting; may be empty
/// @param remedy what to do about it; may be empty
class Error : public std::runtime_error {
public:
  Error(ErrorKind kind, std::string what, std::string where = {}, std::string remedy = {})
      : std::runtime_error(line(what, where, remedy)), kind_(kind) {}

  ErrorKind kind() const noexcept { return kind_; }
  int exit_code() const noexcept { return static_cast<int>(kind_); }

private:
  static std::string line(const std::string& what, const std::string& where, const std::string& remedy) {
    std::string text = what;
    if (!where.empty()) text += " (" + where + ")";
    if (!remedy.empty()) text += "; " + remedy;
    // what() ends at a NUL, as a damaged file may hold one
    for (std::size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at)) text.replace(at, 1, "\\x00");
    return text;
  }
  ErrorKind kind_;
};

/// Bad input or settings (exit code 3).
inline Error input_error(std::string what, std::string where = {}, std::string remedy = {}) {
  return Error(ErrorKind::input, std::move(what), std::move(where), std::move(remedy));
}

}  // namespace potentia
