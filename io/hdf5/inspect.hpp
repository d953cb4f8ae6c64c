// A look at a foreign file that cannot hurt: HDF5 follows damaged structures into crashes, endless loops and absurd
// allocations, so a child process goes through them first.
#pragma once

#include <string>

namespace potentia::hdf5 {

/// Opens the file in a child process and goes through all that reading it makes HDF5 do: links, object headers,
/// attributes, the index of every chunk, texts, and values that only HDF5 can decode. What the child survives, this
/// process survives too; its complaints about one object are found again by whoever reads that object. The child also
/// compares structure and attributes with the file's digest (contents.hpp). A file that was looked at before and has not
/// changed since is not looked at again.
/// @throws Error(input) when the child dies of it, finds no end, or other contents; Error(interrupted)
void inspect_file(const std::string& path);

}  // namespace potentia::hdf5
