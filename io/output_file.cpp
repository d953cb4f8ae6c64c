// Outputs that are either whole or not there.
#include "io/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <memory>
#include <system_error>

#include "kernels/interrupt.hpp"

namespace potentia {
namespace {

std::string resolve_link(const std::string& target) {
  struct stat status {};
  if (::lstat(target.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return target;
  char* real = ::realpath(target.c_str(), nullptr);
  if (real == nullptr) throw input_error("output is a symbolic link to nowhere", target, "remove the link");
  std::string resolved = real;
  std::free(real);
  return resolved;
}

void check_target(const std::string& target) {
  struct stat status {};
  const std::string folder = folder_of(target);
  if (::stat(folder.c_str(), &status) != 0)
    throw input_error("folder of the output does not exist", folder, "create it or choose another");
  if (!S_ISDIR(status.st_mode)) throw input_error("folder of the output is not a folder", folder, "choose another");
  if (target.empty() || target.back() == '/') throw input_error("output has no file name", target, "name a file");
  if (::stat(target.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
    throw input_error("output exists and is not a regular file", target, "choose another name");
}

void check_space(const std::string& target, std::uint64_t bytes) {
  struct statvfs space {};
  if (bytes == 0 || ::statvfs(folder_of(target).c_str(), &space) != 0) return;
  const std::uint64_t available = std::uint64_t{space.f_bavail} * space.f_frsize;
  if (available < bytes) {
    throw Error(ErrorKind::resources,
                "disk too full: " + std::to_string((bytes >> 20) + 1) + " MiB may be needed, " +
                    std::to_string(available >> 20) + " MiB are free",
                target, "free some space or choose another disk");
  }
}

}  // namespace

void throw_disk_error(int system_error, const std::string& where) {
  const std::string reason = std::strerror(system_error);
  switch (system_error) {
    case ENOSPC:
    case EDQUOT:
      throw Error(ErrorKind::resources, "disk full: " + reason, where, "free some space or choose another disk");
    case EFBIG:
      throw Error(ErrorKind::resources, "file too large: " + reason, where, "raise the limit (ulimit -f)");
    case EACCES:
    case EPERM:
    case EROFS:
      throw input_error("cannot be written: " + reason, where, "choose a folder you may write to");
    case ENAMETOOLONG:
      throw input_error("cannot be written: " + reason, where, "choose a shorter name");
    default:
      throw Error(ErrorKind::resources, "cannot be written: " + reason, where, "check the disk");
  }
}

OutputFile::OutputFile(const std::string& target, std::uint64_t expected_bytes) : target_(resolve_link(target)) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file-size limit shall be an error like any other
  check_target(target_);
  check_space(target_, expected_bytes);
  file_.emplace(target_);
}

OutputFile::~OutputFile() { stop_write_back(); }

void OutputFile::write(const void* bytes, std::size_t count) {
  const char* from = static_cast<const char*>(bytes);
  while (count > 0) {
    const ::ssize_t written = ::write(file_->descriptor(), from, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_disk_error(errno, target_);
    from += written;
    count -= static_cast<std::size_t>(written);
  }
}

void OutputFile::overwrite(std::uint64_t at, const void* bytes, std::size_t count) {
  const char* from = static_cast<const char*>(bytes);
  while (count > 0) {
    const ::ssize_t written = ::pwrite(file_->descriptor(), from, count, static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_disk_error(errno, target_);
    from += written;
    at += static_cast<std::uint64_t>(written);
    count -= static_cast<std::size_t>(written);
  }
}

void OutputFile::start_write_back() {
  if (!write_back_.joinable()) write_back_ = std::thread([this] { write_back_loop(); });
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    wanted_ = true;
  }
  wake_.notify_one();
}

// Its own thread, because asking for write-back blocks while the disk's queue is full.
void OutputFile::write_back_loop() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return wanted_ || finished_; });
    if (finished_) return;
    wanted_ = false;
    lock.unlock();
    ::sync_file_range(file_->descriptor(), 0, 0, SYNC_FILE_RANGE_WRITE);  // advice: commit() checks the outcome
    lock.lock();
  }
}

void OutputFile::stop_write_back() noexcept {
  if (!write_back_.joinable()) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    finished_ = true;
  }
  wake_.notify_one();
  write_back_.join();
}

// A flush of gigabytes takes seconds in which nobody could stop us; after these steps little is left to it.
void OutputFile::flush_in_steps() {
  struct stat status {};
  if (::fstat(file_->descriptor(), &status) != 0) throw_disk_error(errno, target_);
  constexpr off_t step = 32 << 20;
  for (off_t at = 0; at < status.st_size; at += step) {
    check_interrupted();
    ::sync_file_range(file_->descriptor(), at, step,
                      SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
  }
}

double OutputFile::commit() {
  const auto start = std::chrono::steady_clock::now();
  flush();
  publish();
  flush_folder();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void OutputFile::flush() {
  flush_in_steps();
  if (::fsync(file_->descriptor()) != 0) throw_disk_error(errno, target_);
  stop_write_back();
}

void OutputFile::publish() {
  file_->become_target();
}

void OutputFile::flush_folder() const noexcept {
  const int folder = ::open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);  // some file systems cannot flush a folder: the output is whole either way
    ::close(folder);
  }
}

namespace {

// A disk takes many flushes at once in little more time than one.
void flush_together(const std::vector<std::unique_ptr<OutputFile>>& outputs) {
  constexpr std::size_t most_threads = 16;
  std::vector<std::exception_ptr> failures(outputs.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t at = next++; at < outputs.size(); at = next++) {
      try {
        outputs[at]->flush();
      } catch (...) {
        failures[at] = std::current_exception();
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t n = 1; n < outputs.size() && n < most_threads; ++n) {
    try {
      threads.emplace_back(work);
    } catch (const std::system_error&) {  // no more threads to be had: those there are do the work
      break;
    }
  }
  work();
  for (std::thread& thread : threads) thread.join();
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

void write_together(const std::vector<std::string>& paths, const std::vector<const std::string*>& contents) {
  std::vector<std::unique_ptr<OutputFile>> outputs;
  for (std::size_t at = 0; at < paths.size(); ++at) {
    outputs.push_back(std::make_unique<OutputFile>(paths[at], contents[at]->size()));
    outputs.back()->write(contents[at]->data(), contents[at]->size());
  }
  flush_together(outputs);
  for (const auto& output : outputs) output->publish();
  std::string flushed;
  for (const auto& output : outputs)
    if (folder_of(output->target()) != flushed) {
      output->flush_folder();
      flushed = folder_of(output->target());
    }
}

}  // namespace

void write_output(const std::string& target, const std::string& contents) {
  OutputFile output(target, contents.size());
  output.write(contents.data(), contents.size());
  output.commit();
}

std::vector<std::string> write_outputs(const std::string& folder,
                                       const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<std::string> paths;
  std::vector<const std::string*> contents;
  for (const auto& file : files) {
    paths.push_back((std::filesystem::path(folder) / file.first).string());
    contents.push_back(&file.second);
  }
  write_together(paths, contents);
  return paths;
}

void write_outputs(const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<std::string> paths;
  std::vector<const std::string*> contents;
  for (const auto& file : files) {
    paths.push_back(file.first);
    contents.push_back(&file.second);
  }
  write_together(paths, contents);
}

}  // namespace potentia
