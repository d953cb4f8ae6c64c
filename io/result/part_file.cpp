// See part_file.hpp; datasets are listed in io/README.md, "Parts".
#include "io/result/part_file.hpp"


#include "io/hdf5/file.hpp"
#include "io/hdf5/scales.hpp"
#include "io/result/result_columns.hpp"
#include "io/result/result_reader.hpp"
#include "io/result/result_writer.hpp"

namespace potentia {
namespace {

constexpr const char* remedy = "make the part again";

/// Checkpoints are written while everybody computes: plain. Shards travel: zeros are packed.
enum class Size { plain, packed };

class PartWriter {
public:
  PartWriter(hid_t file, Size size) : file_(file), size_(size) {}

  void name(const PartName& name, const Part& part) {
    hdf5::write_attribute(file_, "format", part_format);
    hdf5::write_attribute(file_, "version", part_format_version);
    hdf5::write_attribute(file_, "job", name.job);
    hdf5::write_attribute(file_, "shard", std::int64_t{name.shard});
    hdf5::write_attribute(file_, "shards", std::int64_t{name.shards});
    hdf5::write_attribute(file_, "first_segment", std::int64_t{part.first});
    hdf5::write_attribute(file_, "last_segment", std::int64_t{part.last});
    hdf5::write_attribute(file_, "segments", std::int64_t{part.segments});
  }

  void sums(const Part& part, const std::vector<const PairPiece*>& list_of_pieces, const SumTables& tables) {
    const hdf5::Group group = hdf5::create_group(file_, "part");
    const PartialSums& sums = part.sums;
    hdf5::write_attribute(group, "countries", std::int64_t{sums.terms.countries});
    hdf5::write_attribute(group, "tariffs", std::int64_t{sums.terms.tariffs});
    hdf5::write_attribute(group, "income_by_product", std::int64_t{sums.terms.income_by_product});
    list(group, "column", part.columns, "product column of the whole result");
    list(group, "exporter", sums.exporters, "country of each row");
    list(group, "market", sums.markets, "country of each column");
    reals(group, "log_population", sums.terms.log_population.data(), {sums.terms.log_population.size()});
    reals(group, "log_income", sums.terms.log_income.data(), {sums.terms.log_income.size()});
    pieces(group, part, list_of_pieces);
    const std::size_t exporters = sums.exporters.size(), markets = sums.markets.size(), columns = part.columns.size();
    reals(group, "potential", tables(SumTable::potential, 0), {exporters, columns});
    reals(group, "unrealized", tables(SumTable::unrealized, 0), {exporters, columns});
    if (sums.by_exporter_product) margin("exporter_product", SumTable::exporter_product, tables, {exporters, columns});
    if (sums.by_market_product) margin("market_product", SumTable::market_product, tables, {markets, columns});
  }

  void factors(const Part& part) {
    const hdf5::Group group = hdf5::create_group(file_, "factors");
    const std::size_t countries = static_cast<std::size_t>(part.sums.terms.countries);
    for (const FactorTable& factor : factor_tables) {
      const bool is_ease = factor.axes == FactorTable::Axes::exporter_market;
      reals(group, factor.name, (part.factors.*factor.values).data(), {countries, is_ease ? countries : part.columns.size()});
    }
  }

private:
  void pieces(const hdf5::Group& group, const Part& part, const std::vector<const PairPiece*>& list_of_pieces) {
    const PartialSums& sums = part.sums;
    const std::size_t row_size = sums.terms.row_size(), slots = sums.terms.slots();
    const std::size_t exporters = sums.exporters.size(), markets = sums.markets.size();
    std::vector<std::int32_t> segment, sector, continues;
    Buffer<double> values(list_of_pieces.size() * exporters * slots * markets);
    double* to = values.data();
    for (const PairPiece* piece : list_of_pieces) {
      segment.push_back(piece->segment);
      sector.push_back(piece->sector);
      continues.push_back(piece->continues);
      for (std::size_t row = 0; row < exporters; ++row)
        for (std::size_t slot = 0; slot < slots; ++slot)
          for (const std::int32_t market : sums.markets)
            *to++ = piece->sums[row * row_size + sums.terms.place(slot, static_cast<std::size_t>(market))];
    }
    list(group, "piece_segment", segment, "first segment of a piece of the sums of pairs");
    list(group, "piece_sector", sector, "its sector");
    list(group, "piece_continues", continues, "1 where its sector began before it");
    reals(group, "pieces", values.data(), {list_of_pieces.size(), exporters, slots, markets});
  }

  void margin(const char* name, SumTable which, const SumTables& tables, const hdf5::Shape& shape) {
    const hdf5::Group group = hdf5::create_group(file_, name);
    for (int c = 0; c < column_count; ++c) reals(group, column_name(static_cast<Column>(c)), tables(which, c), shape);
  }

  void reals(hid_t group, const char* name, const double* values, const hdf5::Shape& shape) {
    hdf5::Layout layout;
    if (size_ == Size::packed) layout = hdf5::row_layout(shape, sizeof(double), hdf5::Packing::deflate);
    layout.least_zeros = 0.5;
    hdf5::write_dataset(group, name, values, shape, layout);
  }

  void list(hid_t group, const char* name, const std::vector<std::int32_t>& values, const char* long_name) {
    hdf5::describe(hdf5::write_dataset(group, name, values.data(), {values.size()}), "1", long_name);
  }

  hid_t file_;
  Size size_;
};

/// Datasets of a part, with their sizes checked.
class PartReader {
public:
  PartReader(const hdf5::File& file, std::string path) : file_(file), path_(std::move(path)) {
    const std::string format = hdf5::has_attribute(file_, "format") ? hdf5::read_text_attribute(file_, "format") : "";
    if (format != part_format)
      throw input_error(format.empty() ? "is no part of a result" : "is not a part of a result but \"" + format.substr(0, 40) + "\"",
                        path_, "give files that potentia solve --shard made");
    if (integer("version") != part_format_version)
      throw input_error(fmt::format("a part of version {}", integer("version")), path_, "use the program that wrote it");
  }

  std::int32_t integer(const char* attribute) const {
    return static_cast<std::int32_t>(hdf5::read_integer_attribute(file_, attribute));
  }

  PartName name() const { return {hdf5::read_text_attribute(file_, "job"), integer("shard"), integer("shards")}; }

  /// All but the margins by product.
  Part sums() const {
    Part part;
    part.first = integer("first_segment");
    part.last = integer("last_segment");
    part.segments = integer("segments");
    if (part.first < 0 || part.last < part.first || part.segments < part.last)
      throw input_error("has impossible segments", path_, remedy);
    const hdf5::Group group = hdf5::open_group(file_, "part");
    PartialSums& sums = part.sums;
    sums.terms.countries = static_cast<std::int32_t>(hdf5::read_integer_attribute(group, "countries"));
    sums.terms.tariffs = hdf5::read_integer_attribute(group, "tariffs") != 0;
    sums.terms.income_by_product = hdf5::read_integer_attribute(group, "income_by_product") != 0;
    part.columns = list("part/column");
    sums.exporters = list("part/exporter");
    sums.markets = list("part/market");
    for (const std::vector<std::int32_t>* rows : {&sums.exporters, &sums.markets})
      for (const std::int32_t country : *rows)
        if (country < 0 || country >= sums.terms.countries) throw input_error("has impossible countries", path_, remedy);
    sums.terms.log_population = whole("part/log_population");
    sums.terms.log_income = whole("part/log_income");
    sums.by_exporter_product = hdf5::exists(file_, "exporter_product");
    sums.by_market_product = hdf5::exists(file_, "market_product");
    pieces(part);
    const hdf5::Shape shape = {sums.exporters.size(), part.columns.size()};
    sums.world = {sums.exporters, reals("part/potential", shape), reals("part/unrealized", shape)};
    return part;
  }

  Buffer<double> reals(const std::string& dataset_name, const hdf5::Shape& shape) const {
    const hdf5::Dataset dataset = hdf5::open_dataset(file_, dataset_name);
    if (hdf5::checked_shape(dataset) != shape) throw input_error("does not fit its axes", where(dataset_name), remedy);
    Buffer<double> values(hdf5::element_count(shape));
    hdf5::read_numbers(dataset, values.data(), values.size());
    return values;
  }

private:
  std::string where(const std::string& dataset_name) const { return path_ + ":/" + dataset_name; }

  std::size_t length(const std::string& dataset_name) const {
    const hdf5::Shape shape = hdf5::checked_shape(hdf5::open_dataset(file_, dataset_name));
    if (shape.size() != 1) throw input_error("is no list", where(dataset_name), remedy);
    return shape[0];
  }

  std::vector<std::int32_t> list(const std::string& dataset_name) const {
    std::vector<std::int32_t> values(length(dataset_name));
    hdf5::read_numbers(hdf5::open_dataset(file_, dataset_name), values.data(), values.size());
    return values;
  }

  std::vector<double> whole(const std::string& dataset_name) const {
    const Buffer<double> values = reals(dataset_name, {length(dataset_name)});
    return {values.begin(), values.end()};
  }

  void pieces(Part& part) const {
    const PartialSums& sums = part.sums;
    const std::size_t row_size = sums.terms.row_size(), stride = static_cast<std::size_t>(padded(sums.terms.countries));
    if (sums.terms.log_population.size() != stride || (!sums.terms.income_by_product && sums.terms.log_income.size() != stride))
      throw input_error("has terms of other countries", path_, remedy);
    const std::size_t slots = sums.terms.slots(), exporters = sums.exporters.size(), markets = sums.markets.size();
    const std::vector<std::int32_t> segment = list("part/piece_segment"), sector = list("part/piece_sector"),
                                    continues = list("part/piece_continues");
    if (sector.size() != segment.size() || continues.size() != segment.size())
      throw input_error("has lists of different lengths", path_, remedy);
    const Buffer<double> values = reals("part/pieces", {segment.size(), exporters, slots, markets});
    const double* from = values.data();
    for (std::size_t n = 0; n < segment.size(); ++n) {
      PairPiece piece{segment[n], sector[n], continues[n] != 0, Buffer<double>::zeroed(exporters * row_size)};
      for (std::size_t row = 0; row < exporters; ++row)
        for (std::size_t slot = 0; slot < slots; ++slot)
          for (const std::int32_t market : sums.markets)
            piece.sums[row * row_size + sums.terms.place(slot, static_cast<std::size_t>(market))] = *from++;
      part.pieces.push_back(std::move(piece));
    }
  }

  const hdf5::File& file_;
  std::string path_;
};

void read_margin(const PartReader& reader, const char* name, const hdf5::Shape& shape, Margin& margin) {
  for (int c = 0; c < column_count; ++c)
    margin.columns[c] = reader.reals(std::string(name) + "/" + column_name(static_cast<Column>(c)), shape);
}

}  // namespace

void write_checkpoint(const std::string& path, const PartName& name, const Part& part,
                      const std::vector<const PairPiece*>& pieces, const SumTables& tables) {
  OutputFile output(path);
  hdf5::File file = hdf5::create_file(output.path());
  PartWriter writer(file, Size::plain);
  writer.name(name, part);
  writer.sums(part, pieces, tables);
  hdf5::close_file(file, output.target());
  output.commit();
}

std::pair<PartName, Part> read_checkpoint(const std::string& path) {
  const hdf5::File file = hdf5::open_file(path);
  const PartReader reader(file, path);
  std::pair<PartName, Part> read{reader.name(), reader.sums()};
  PartialSums& sums = read.second.sums;
  const std::size_t columns = read.second.columns.size();
  if (sums.by_exporter_product) read_margin(reader, "exporter_product", {sums.exporters.size(), columns}, sums.exporter_product);
  if (sums.by_market_product) read_margin(reader, "market_product", {sums.markets.size(), columns}, sums.market_product);
  return read;
}

void write_shard(const std::string& path, const PartName& name, const World& world, const Solution& solution,
                 const Part& part, const ResultOptions& options) {
  OutputFile output(path);
  result::Writer writer{world, solution, options, result::labels_of(world, solution), output, hdf5::create_file(output.path()), {}, 0, 0};
  PartWriter own(writer.file, Size::packed);
  own.name(name, part);
  hdf5::write_attribute(writer.file, "title", world.title);
  hdf5::write_attribute(writer.file, "hs_revision", world.hs_revision);
  std::vector<std::string> codes, names;
  for (const Country& country : world.countries) {
    codes.push_back(country.iso3);
    names.push_back(country.name);
  }
  hdf5::describe(hdf5::write_strings(writer.file, "country", codes), "1", "countries of the world, ISO3 code");
  hdf5::describe(hdf5::write_strings(writer.file, "country_name", names), "1", "name of the country");
  result::write_axes(writer);
  std::vector<const PairPiece*> pieces;
  for (const PairPiece& piece : part.pieces) pieces.push_back(&piece);
  own.sums(part, pieces, [&part](SumTable which, int column) {
    const PartialSums& sums = part.sums;
    return which == SumTable::exporter_product ? sums.exporter_product.columns[column].data()
           : which == SumTable::market_product ? sums.market_product.columns[column].data()
           : which == SumTable::potential      ? sums.world.potential.data()
                                               : sums.world.unrealized.data();
  });
  own.factors(part);
  result::write_cells(writer);
  result::write_provenance(writer);
  hdf5::close_file(writer.file, output.target());
  output.commit();
}

struct ShardFile::Open {
  hdf5::File file;
  std::string path;
};

ShardFile::ShardFile(const std::string& file_path) : path(file_path), open_(std::make_unique<Open>()) {
  open_->file = hdf5::open_file(path);
  open_->path = path;
  const PartReader own(open_->file, path);
  name = own.name();
  part = own.sums();
  if (name.shard < 1 || name.shard > name.shards)
    throw input_error("is a checkpoint, not a shard", path, "give files that potentia solve --shard made");

  const result::Reader reader(path, part_format_version);
  world.title = hdf5::read_text_attribute(open_->file, "title");
  world.hs_revision = hdf5::read_text_attribute(open_->file, "hs_revision");
  const auto countries = static_cast<std::size_t>(part.sums.terms.countries);
  std::vector<std::string> codes = reader.texts("country", countries), names = reader.texts("country_name", countries);
  world.countries.resize(countries);
  for (std::size_t n = 0; n < countries; ++n) {
    world.countries[n].iso3 = std::move(codes[n]);
    world.countries[n].name = std::move(names[n]);
  }
  names = reader.texts("product_name", reader.products().size());
  world.products.resize(reader.products().size());
  for (std::size_t n = 0; n < names.size(); ++n) {
    world.products[n].code = reader.products()[n];
    world.products[n].name = std::move(names[n]);
    solution.axes.products.push_back(static_cast<std::int32_t>(n));
  }
  for (const std::int32_t column : part.columns)
    if (column < 0 || static_cast<std::size_t>(column) >= names.size()) throw input_error("has impossible products", path, remedy);
  world.sectors = reader.sectors();
  world.notices = reader.notices();
  for (const PairPiece& piece : part.pieces)
    if (piece.sector < 0 || static_cast<std::size_t>(piece.sector) >= world.sectors.size())
      throw input_error("has impossible sectors", path, remedy);

  solution.axes.exporters = part.sums.exporters;
  solution.axes.markets = part.sums.markets;
  solution.settings = parse_settings(reader.text("provenance/settings"), path + ":/provenance/settings");
  const hdf5::Group provenance = hdf5::open_group(open_->file, "provenance");
  solution.all_exporters = hdf5::read_integer_attribute(provenance, "all_exporters") != 0;
  solution.all_markets = hdf5::read_integer_attribute(provenance, "all_markets") != 0;
  solution.factors.ease = own.reals("factors/ease", {countries, countries});

  part.cells.offsets = reader.cell_offsets();
  const std::size_t cells = part.cells.offsets.back();
  part.cells.market = reader.positions("cells/market", cells, countries);
  part.cells.product = reader.positions("cells/product", cells, part.columns.size());
  for (int c = 0; c < column_count; ++c)
    part.cells.columns[c] = reader.reals(std::string("cells/") + column_name(static_cast<Column>(c)), {cells});

  const std::string list = "provenance/inputs/";
  const std::size_t inputs = reader.extent(list + "role", 1)[0];
  const auto role = reader.texts(list + "role", inputs), file_name = reader.texts(list + "name", inputs),
             sha256 = reader.texts(list + "sha256", inputs);
  const auto bytes = reader.numbers<std::uint64_t>(list + "bytes", {inputs});
  for (std::size_t n = 0; n < inputs; ++n) options.inputs.push_back({role[n], file_name[n], sha256[n], bytes[n]});
}

ShardFile::~ShardFile() = default;
ShardFile::ShardFile(ShardFile&&) noexcept = default;

Buffer<double> ShardFile::table(const ProductTable& which) const {
  const PartReader reader(open_->file, path);
  const std::size_t columns = part.columns.size();
  switch (which.kind) {
    case ProductTable::Kind::exporter_product:
      return reader.reals(std::string("exporter_product/") + column_name(static_cast<Column>(which.number)),
                          {part.sums.exporters.size(), columns});
    case ProductTable::Kind::market_product:
      return reader.reals(std::string("market_product/") + column_name(static_cast<Column>(which.number)),
                          {part.sums.markets.size(), columns});
    case ProductTable::Kind::factor:
      return reader.reals(std::string("factors/") + factor_tables[which.number].name,
                          {static_cast<std::size_t>(part.sums.terms.countries), columns});
  }
  return {};
}

}  // namespace potentia
