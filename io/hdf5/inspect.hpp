// A look at a foreign file that cannot hurt: HDF5 follows damaged structures into crashes, endless loops and absurd
// allocations, so a child process goes through them first.
#pragma once

#include <string>

namespace potentia::hdf5 {

/// Opens the file in a child process, goes through all that reading it makes HDF5 do (links, object headers, attributes,
/// the index of every chunk, texts, values that only HDF5 can decode), and compares structure and attributes with the
/// file's digest (contents.hpp). Only a file that passes is opened in this process. One that was looked at before and has
/// not changed since is not looked at again.
/// @throws Error(input) with what the child found, or because it died of it or found no end; Error(interrupted)
void inspect_file(const std::string& path);

}  // namespace potentia::hdf5
