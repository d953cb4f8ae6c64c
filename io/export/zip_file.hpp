// A zip archive of packed members, as the workbook formats want it: sizes in front of each member, none above 4 GiB.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/export/deflated.hpp"
#include "io/output_file.hpp"

namespace potentia {

class ZipFile {
public:
  /// @param output written through OutputFile::write, by nobody else
  explicit ZipFile(OutputFile& output) : output_(output) {}

  /// A member: begin_member, add its pieces in order, end_member.
  /// @throws Error(resources) for a full disk, Error(input) when the archive grows beyond 4 GiB
  void begin_member(const std::string& name);
  void add(const DeflatedPiece& piece);
  void end_member();
  void add_member(const std::string& name, const std::string& text);

  /// Writes the list of members. @return size of the archive
  std::uint64_t finish();

private:
  struct Member {
    std::string name;
    std::uint64_t begin = 0;
    DeflatedSums sums;
  };
  void write(const std::string& bytes);
  void check_size(std::uint64_t size) const;

  OutputFile& output_;
  std::uint64_t size_ = 0;
  std::vector<Member> members_;
};

}  // namespace potentia
