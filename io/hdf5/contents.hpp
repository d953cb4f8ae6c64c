// Which contents a file has: one digest over everything but how it lies on the disk, and whether it still has them.
//
// The digest is SHA-256 over a text that describes every object, depth first, members by name (bytewise). One line
// each:
//   group <path>                        for the root "/" too
//   dataset <path> <type> <extents>     type: <f8, <f4, <i4, <u2 … as numpy writes them, or text; extents: 226x5079, or
//                                       scalar
// and after an object its attributes by name:
//   attribute <name> text <bytes>:<text>         one text (bytes: its length)
//   attribute <name> <type> <value> <value> …    integers in decimal, floating numbers as 16 hexadecimal digits of
//                                                their IEEE 754 binary64 form; type: int, uint, or float
//   attribute <name> other                       anything else
// Left out are the digest itself, the attribute `run` of /provenance (what may differ between two runs of one job), and
// what links axes to their labels: CLASS, NAME, DIMENSION_LIST, REFERENCE_LIST, DIMENSION_LABELS. Values are in it by
// the fingerprint that each dataset carries (fingerprint.hpp).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "io/hdf5/handle.hpp"

namespace potentia::hdf5 {

/// Root attribute that holds the digest, 64 hexadecimal digits.
inline constexpr const char* digest_attribute = "content_digest";

/// An object as the text above describes it.
struct ContentsObject {
  std::string description;                        ///< "group", "dataset <f8 226x5079"; what stands around its path
  std::map<std::string, std::string> attributes;  ///< name → "text …" (without its length), "int 2023", "float 3ff0…"
};

struct Contents {
  std::string digest;                 ///< SHA-256 of the text described above
  std::map<std::string, ContentsObject> objects;  ///< by path
  std::vector<std::string> datasets;  ///< their paths, in its order
  bool has_fingerprints = false;      ///< whether some dataset carries one, as all that this program writes do
};

/// @throws Error(input) when an object cannot be read
Contents list_contents(const File& file);

/// The digest that the file says it has; empty for a file made by other programs.
std::string stored_digest(const File& file);

/// Reads every dataset that has a fingerprint and compares.
/// @throws Error(input) naming the first dataset, in the order of the digest, that does not match
void check_all_values(const File& file);

}  // namespace potentia::hdf5
