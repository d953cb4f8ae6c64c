// Talk on stderr, as text or as one JSON object a line. Results never come this way.
#pragma once

#include <cstdint>
#include <string>

namespace potentia {

/// @param json one JSON object a line instead of text
/// @param quiet warnings and errors only
void start_logging(bool json, bool quiet);

/// Called before each message is written, so that a progress bar can step aside; may be null.
void set_before_message(void (*hook)(void*), void* argument);

void log_info(const std::string& message);
void log_warning(const std::string& message);

/// Writes `potentia: error: <message>`, in one line whatever the message holds.
void log_error(const std::string& message, int exit_code);

/// A line about how far a stage has come.
/// @param text the same in words
void log_progress(const std::string& stage, std::uint64_t done, std::uint64_t total, const std::string& text);

}  // namespace potentia
