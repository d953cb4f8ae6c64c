// A file that is one member: all sources but archives of several.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "io/import/byte_source.hpp"

namespace potentia {

class WholeFileSource : public ByteSource {
public:
  explicit WholeFileSource(std::unique_ptr<InputFile> file) : file_(std::move(file)) {}
  bool next_member() override { return !std::exchange(opened_, true); }
  std::string name() const override { return file_->path(); }
  std::uint64_t consumed() const override { return file_->position(); }
  std::uint64_t size() const override { return file_->size(); }
  std::string sha256() override { return file_->sha256(); }

protected:
  std::unique_ptr<InputFile> file_;

private:
  bool opened_ = false;
};

}  // namespace potentia
