// Reading arrays: HDF5 hands over the chunks as they lie in the file, threads inflate them.
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <functional>
#include <limits>
#include <mutex>
#include <vector>

#include "io/hdf5/chunk_grid.hpp"
#include "io/hdf5/chunks.hpp"
#include "io/hdf5/codec.hpp"
#include "io/hdf5/file.hpp"
#include "io/hdf5/fingerprint.hpp"
#include "kernels/buffer.hpp"
#include "kernels/interrupt.hpp"

namespace potentia::hdf5 {
namespace {

constexpr std::uint64_t deflate_ratio = 1040;   // deflate cannot do better than about 1032:1
constexpr std::uint64_t free_bytes = 64 << 10;  // so much may be declared without being stored (fill values)
constexpr std::uint64_t batch_chunks = 256;     // between two looks at the stop flag
constexpr const char* remedy = "make the file again, it may be damaged or truncated";

/// Which filters a dataset uses; `shuffled` and `deflated` are set for those we undo ourselves.
struct Pipeline {
  bool known = true;    ///< nothing but shuffle, deflate, fletcher32
  bool ours = true;     ///< at most one shuffle, then at most one deflate
  int shuffle_at = -1;  ///< position, which is the bit in a chunk's filter mask
  int deflate_at = -1;
};

Pipeline pipeline_of(const PropertyList& properties, const std::string& name) {
  Pipeline pipeline;
  const int filters = check_read(H5Pget_nfilters(properties), name);
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t parameters = 0;
    const H5Z_filter_t filter =
        H5Pget_filter2(properties, static_cast<unsigned>(i), &flags, &parameters, nullptr, 0, nullptr, nullptr);
    if (filter == H5Z_FILTER_SHUFFLE && i == 0) {
      pipeline.shuffle_at = i;
    } else if (filter == H5Z_FILTER_DEFLATE && pipeline.deflate_at < 0 && i == filters - 1) {
      pipeline.deflate_at = i;
    } else {
      pipeline.ours = false;
      if (filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_FLETCHER32)
        pipeline.known = false;
    }
  }
  return pipeline;
}

std::uint64_t times(std::uint64_t a, std::uint64_t b, const std::string& name) {
  if (b != 0 && a > std::numeric_limits<std::uint64_t>::max() / b)
    throw input_error("declares an absurd size", name, remedy);
  return a * b;
}

/// Most bytes that `stored` bytes in the file can stand for.
std::uint64_t most_bytes(std::uint64_t stored) {
  const std::uint64_t limit = (std::numeric_limits<std::uint64_t>::max() - free_bytes) / deflate_ratio;
  return std::min(stored, limit) * deflate_ratio + free_bytes;
}

Shape shape_of(const Space& space, const std::string& name) {
  if (H5Sget_simple_extent_type(space) == H5S_NULL) throw input_error("holds nothing", name, "write its values");
  Shape shape(check_read(H5Sget_simple_extent_ndims(space), name));
  if (!shape.empty()) check_read(H5Sget_simple_extent_dims(space, shape.data(), nullptr), name);
  return shape;
}

/// One thread's room for a chunk.
struct Worker {
  Buffer<char> stored, planes, values;
  Decompressor decompressor;
  Shape first, inside;
  explicit Worker(std::uint64_t chunk_bytes) : stored(chunk_bytes), planes(chunk_bytes), values(chunk_bytes) {}
};

class ParallelReader {
public:
  ParallelReader(const Dataset& dataset, ChunkGrid grid, Pipeline pipeline, std::string name)
      : dataset_(dataset), grid_(std::move(grid)), pipeline_(pipeline), name_(std::move(name)) {}

  /// Takes a chunk's values as they are, the part outside the array with them. Called from several threads.
  using TakeChunk = std::function<void(std::uint64_t index, const char* values)>;

  /// Reads into the array `out`. @return false when a chunk is missing: then HDF5 must fill in
  bool read(void* out) {
    out_ = out;
    return read_all(grid_.count(), [](std::uint64_t n) { return n; });
  }
  /// Hands over chunks instead. @param wanted their numbers; null = all
  bool read(const TakeChunk& take, const std::vector<std::uint64_t>* wanted = nullptr) {
    take_ = &take;
    if (wanted == nullptr) return read_all(grid_.count(), [](std::uint64_t n) { return n; });
    return read_all(wanted->size(), [&](std::uint64_t n) { return (*wanted)[n]; });
  }

private:
  template <class Number>
  bool read_all(std::uint64_t chunks, const Number& number) {
    const int threads =
        static_cast<int>(std::max<std::uint64_t>(1, std::min<std::uint64_t>(chunks, omp_get_max_threads())));
    std::vector<Worker> workers;
    workers.reserve(threads);
    for (int t = 0; t < threads; ++t) workers.emplace_back(grid_.chunk_bytes());
    Worker* const worker_of = workers.data();
    for (std::uint64_t begin = 0; begin < chunks && !stop_; begin += batch_chunks) {
      check_interrupted();
      const std::uint64_t end = std::min(chunks, begin + batch_chunks);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
      for (std::uint64_t index = begin; index < end; ++index) {
        if (stop_.load()) continue;
        try {
          read_chunk(number(index), worker_of[omp_get_thread_num()]);
        } catch (...) {
          const std::lock_guard<std::mutex> lock(library_);
          failure_ = std::current_exception();
          stop_ = true;
        }
      }
    }
    if (failure_) std::rethrow_exception(failure_);
    return !missing_;
  }

  void read_chunk(std::uint64_t index, Worker& worker) {
    grid_.locate(index, worker.first, worker.inside);
    const std::uint64_t bytes = grid_.chunk_bytes();
    hsize_t stored = 0;
    std::uint32_t skipped = 0;
    bool readable = true;
    {
      const std::lock_guard<std::mutex> lock(library_);
      H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
      if (H5Dget_chunk_storage_size(dataset_, worker.first.data(), &stored) < 0) {
        H5Eclear2(H5E_DEFAULT);  // some versions of HDF5 say so of a chunk that was never written
        stored = 0;
      }
      if (stored > worker.stored.size() && stored <= most_stored()) worker.stored = Buffer<char>(stored);
      if (stored > 0 && stored <= worker.stored.size())
        readable = H5Dread_chunk(dataset_, H5P_DEFAULT, worker.first.data(), &skipped, worker.stored.data()) >= 0;
    }
    if (!readable) throw_read_error(name_);
    if (stored == 0) {
      missing_ = true;
      stop_ = true;
      return;
    }
    if (stored > most_stored()) damaged();
    const bool inflate = pipeline_.deflate_at >= 0 && (skipped >> pipeline_.deflate_at & 1) == 0;
    const bool reorder = pipeline_.shuffle_at >= 0 && (skipped >> pipeline_.shuffle_at & 1) == 0;
    if (!inflate && stored != bytes) damaged();

    const std::int64_t run = out_ == nullptr ? -1 : grid_.run_begin(worker.first, worker.inside);
    char* const straight =
        run >= 0 ? static_cast<char*>(out_) + static_cast<std::size_t>(run) * grid_.element_size : worker.values.data();
    const char* values = worker.stored.data();
    if (inflate) {
      char* const to = reorder ? worker.planes.data() : straight;
      if (!worker.decompressor.decompress(worker.stored.data(), stored, to, bytes)) damaged();
      values = to;
    }
    if (reorder) {
      unshuffle(values, straight, grid_.chunk_elements(), grid_.element_size);
      values = straight;
    }
    if (out_ == nullptr) (*take_)(index, values);
    else if (run < 0 || values != straight) grid_.scatter(values, worker.first, worker.inside, out_);
  }

  std::uint64_t most_stored() const { return grid_.chunk_bytes() + grid_.chunk_bytes() / 64 + 4096; }
  [[noreturn]] void damaged() const { throw input_error("a chunk is damaged", name_, remedy); }

  const Dataset& dataset_;
  ChunkGrid grid_;
  Pipeline pipeline_;
  std::string name_;
  void* out_ = nullptr;
  const TakeChunk* take_ = nullptr;  // used where `out_` is null
  std::mutex library_;  // HDF5 serves one thread at a time; sleeping beats spinning for it
  std::exception_ptr failure_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> missing_{false};
};

}  // namespace

std::uint64_t element_count(const Shape& shape) {
  std::uint64_t elements = 1;
  for (const hsize_t extent : shape) elements = times(elements, extent, "dataset");
  return elements;
}

Shape checked_shape(const Dataset& dataset) {
  const std::string name = where(dataset);
  const Space space(check_read(H5Dget_space(dataset), name));
  const Type type(check_read(H5Dget_type(dataset), name));
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  Shape shape = shape_of(space, name);

  const H5D_layout_t layout = H5Pget_layout(properties);
  if (layout == H5D_VIRTUAL || H5Pget_external_count(properties) != 0)
    throw input_error("keeps its values in another file", name, "store them in this one");
  if (layout == H5D_CHUNKED && !pipeline_of(properties, name).known)
    throw input_error("needs a filter plugin", name, "store it with gzip or without compression");

  std::uint64_t bytes = H5Tget_size(type);
  for (const hsize_t extent : shape) bytes = times(bytes, extent, name);
  hsize_t file_bytes = 0;
  const File file(check_read(H5Iget_file_id(dataset), name));
  check_read(H5Fget_filesize(file, &file_bytes), name);
  const std::uint64_t stored = std::min<std::uint64_t>(H5Dget_storage_size(dataset), file_bytes);
  const bool compressed = layout == H5D_CHUNKED && H5Pget_nfilters(properties) > 0;
  if (bytes > (compressed ? most_bytes(stored) : stored + free_bytes))
    throw input_error("declares more values than the file holds", name, remedy);
  if (layout == H5D_CHUNKED) {
    Shape chunk(shape.size());
    check_read(H5Pget_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), name);
    std::uint64_t chunk_bytes = H5Tget_size(type);
    for (const hsize_t extent : chunk) chunk_bytes = times(chunk_bytes, extent, name);
    if (chunk_bytes > most_bytes(stored)) throw input_error("declares an absurd chunk size", name, remedy);
  }
  return shape;
}

namespace {

/// The grid of a chunked dataset whose filters we undo ourselves; false for any other.
bool our_grid(const Type& type, const PropertyList& properties, const std::string& name,
              ChunkGrid& grid, Pipeline& pipeline) {
  if (H5Pget_layout(properties) != H5D_CHUNKED) return false;
  pipeline = pipeline_of(properties, name);
  grid.element_size = H5Tget_size(type);
  grid.chunk.resize(grid.shape.size());
  check_read(H5Pget_chunk(properties, static_cast<int>(grid.chunk.size()), grid.chunk.data()), name);
  return pipeline.ours;
}

}  // namespace

void read_array(const Dataset& dataset, hid_t memory_type, void* out, std::uint64_t elements) {
  const std::string name = where(dataset);
  const Space space(check_read(H5Dget_space(dataset), name));
  ChunkGrid grid;
  grid.shape = shape_of(space, name);
  if (element_count(grid.shape) != elements)
    throw input_error("has another size than expected", name, "see io/README.md for its shape");
  if (elements == 0) return;

  const Type type(check_read(H5Dget_type(dataset), name));
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  Pipeline pipeline;
  const bool whole = H5Tequal(type, memory_type) > 0 && our_grid(type, properties, name, grid, pipeline) &&
                     ParallelReader(dataset, grid, pipeline, name).read(out);
  if (!whole) {
    check_interrupted();
    check_read(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, out), name);
  }
  check_fingerprint(dataset, grid.shape, H5Tget_size(memory_type), out);
}

std::uint64_t RowChoice::count() const {
  std::uint64_t rows_in_all = 0;
  for (const auto& [first, last] : rows) rows_in_all += last - first;
  return rows_in_all;
}

namespace {

/// Copies what the rows [first, first + count) at `values` have of the chosen ones.
void copy_chosen(const RowChoice& choice, std::uint64_t first, std::uint64_t count, const char* values,
                 std::size_t element_size, char* out) {
  std::uint64_t before = 0;
  for (const auto& [begin, end] : choice.rows) {
    const std::uint64_t from = std::max(begin, first), to = std::min(end, first + count);
    if (from < to)
      std::memcpy(out + (before + from - begin) * element_size, values + (from - first) * element_size,
                  (to - from) * element_size);
    before += end - begin;
  }
}

bool wants(const RowChoice& choice, std::uint64_t first, std::uint64_t last) {
  return std::any_of(choice.rows.begin(), choice.rows.end(),
                     [&](const auto& run) { return run.first < last && first < run.second; });
}

}  // namespace

void read_rows(const Dataset& dataset, hid_t memory_type, void* out, const RowChoice& choice) {
  const std::string name = where(dataset);
  const Space space(check_read(H5Dget_space(dataset), name));
  const Type type(check_read(H5Dget_type(dataset), name));
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  ChunkGrid grid;
  grid.shape = shape_of(space, name);
  const std::size_t element_size = H5Tget_size(memory_type);
  char* const to = static_cast<char*>(out);
  const std::string written =
      has_attribute(dataset, fingerprint_attribute) ? read_text_attribute(dataset, fingerprint_attribute) : "";
  Pipeline pipeline;
  if (grid.shape.size() == 1 && element_count(grid.shape) > 0 && H5Tequal(type, memory_type) > 0 &&
      our_grid(type, properties, name, grid, pipeline) && (written.empty() || box_of(written, name) == grid.chunk)) {
    const std::uint64_t rows = grid.shape[0], step = grid.chunk[0];
    std::vector<std::uint64_t> chunks;
    for (std::uint64_t index = 0; index < grid.count(); ++index) {
      const std::uint64_t first = index * step, last = std::min(rows, first + step);
      if (wants(choice, first, last) || (choice.also && choice.also(index, first, last))) chunks.push_back(index);
    }
    std::vector<Hash> hashes(grid.count(), Hash{});
    const ParallelReader::TakeChunk take = [&](std::uint64_t index, const char* values) {
      if (!written.empty()) hashes[index] = hash_of(values, grid.chunk_bytes());
      copy_chosen(choice, index * step, step, values, element_size, to);
    };
    if (ParallelReader(dataset, grid, pipeline, name).read(take, &chunks)) {
      if (written.empty()) return;
      if (choice.complete) choice.complete(hashes);
      if (fingerprint_of(grid.chunk, hashes) != written) throw_changed(name);
      return;
    }
  }
  // Small, or another program's: read whole by everyone.
  const std::uint64_t elements = element_count(grid.shape);
  Buffer<char> values(elements * element_size);
  read_array(dataset, memory_type, values.data(), elements);
  copy_chosen(choice, 0, elements, values.data(), element_size, to);
}

void look_over(const Dataset& dataset) {
  const std::string name = where(dataset);
  if (H5Dget_storage_size(dataset) == 0) return;  // an axis without labels may be as long as it likes
  ChunkGrid grid;
  grid.shape = checked_shape(dataset);
  const Type type(check_read(H5Dget_type(dataset), name));
  const std::uint64_t elements = element_count(grid.shape);
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  if (elements == 0) return;
  Pipeline pipeline;
  bool ours = our_grid(type, properties, name, grid, pipeline);
  Shape first, inside;
  for (std::uint64_t index = 0; ours && index < grid.count(); ++index) {
    grid.locate(index, first, inside);
    hsize_t stored = 0;
    ours = H5Dget_chunk_storage_size(dataset, first.data(), &stored) >= 0 && stored > 0;
  }
  const bool is_text = H5Tget_class(type) == H5T_STRING;
  if (is_text && grid.shape.size() == 1 && H5Tis_variable_str(type) > 0) return;  // heap_text.cpp follows them itself
  if (is_text) {
    read_strings(dataset);
  } else if (!ours) {
    const Type native(check_read(H5Tget_native_type(type, H5T_DIR_ASCEND), name));
    Buffer<char> values(elements * H5Tget_size(native));
    check_read(H5Dread(dataset, native, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name);
  }
}

void check_values(const Dataset& dataset) {
  const std::string name = where(dataset);
  const Shape shape = checked_shape(dataset);
  const std::string written = read_text_attribute(dataset, fingerprint_attribute);
  const Type type(check_read(H5Dget_type(dataset), name));
  if (H5Tget_class(type) == H5T_STRING) {
    read_strings(dataset);
    return;
  }
  const std::uint64_t elements = element_count(shape);
  const PropertyList properties(check_read(H5Dget_create_plist(dataset), name));
  ChunkGrid grid;
  grid.shape = shape;
  Pipeline pipeline;
  // Chunk by chunk where the file's chunks are the boxes of the fingerprint: cubes need not fit into memory then.
  if (elements > 0 && our_grid(type, properties, name, grid, pipeline) && box_of(written, name) == grid.chunk) {
    std::vector<Hash> hashes(grid.count());
    const ParallelReader::TakeChunk hash = [&](std::uint64_t index, const char* values) {
      hashes[index] = hash_of(values, grid.chunk_bytes());
    };
    if (ParallelReader(dataset, grid, pipeline, name).read(hash)) {
      if (fingerprint_of(grid.chunk, hashes) != written) throw_changed(name);
      return;
    }
  }
  const Type native(check_read(H5Tget_native_type(type, H5T_DIR_ASCEND), name));
  Buffer<char> values(elements * H5Tget_size(native));
  read_array(dataset, native, values.data(), elements);
}

}  // namespace potentia::hdf5
