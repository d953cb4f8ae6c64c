// Trade as it is downloaded: packed, and sometimes cut short on the way.
#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <utility>
#include <vector>

#include "folder.hpp"
#include "io/import/byte_source.hpp"

namespace potentia {
namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

std::string packed(const Members& members, int (*set_format)(archive*), int (*add_filter)(archive*)) {
  archive* writer = archive_write_new();
  set_format(writer);
  if (add_filter != nullptr) add_filter(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  std::vector<char> buffer(1 << 20);
  std::size_t used = 0;
  EXPECT_EQ(archive_write_open_memory(writer, buffer.data(), buffer.size(), &used), ARCHIVE_OK);
  for (const auto& [name, text] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    EXPECT_EQ(archive_write_header(writer, entry), ARCHIVE_OK) << archive_error_string(writer);
    EXPECT_EQ(archive_write_data(writer, text.data(), text.size()), static_cast<la_ssize_t>(text.size()));
    archive_entry_free(entry);
  }
  EXPECT_EQ(archive_write_close(writer), ARCHIVE_OK);
  archive_write_free(writer);
  return {buffer.data(), used};
}

std::string zipped(const Members& members) { return packed(members, archive_write_set_format_zip, nullptr); }
std::string squeezed(const std::string& text, int (*filter)(archive*)) {
  return packed({{"data", text}}, archive_write_set_format_raw, filter);
}

std::string read_all(ByteSource& source) {
  std::string text;
  char block[777];
  for (std::size_t got; (got = source.read(block, sizeof block)) != 0;) text.append(block, got);
  return text;
}

class Archives : public ImportFolder {
protected:
  Archives() {
    std::filesystem::remove(path("BACI_HS17_Y2023.csv"));
    set_table("trade", "files = [\"trade.*\"]\ncountries = \"country_codes.csv\"\nproducts = \"product_codes.csv\"");
  }
};

TEST_F(Archives, AreReadWhateverTheirKind) {
  put("trade.csv", trade());
  const std::string plain = trade_text(import());
  std::filesystem::remove(path("trade.csv"));
  const std::string files[] = {squeezed(trade(), archive_write_add_filter_gzip),
                               squeezed(trade(), archive_write_add_filter_xz),
                               squeezed(trade(), archive_write_add_filter_zstd), zipped({{"any.csv", trade()}})};
  for (const std::string& file : files) {
    put("trade.packed", file);  // known by what it holds, not by its name
    const World world = import();
    EXPECT_EQ(trade_text(world), plain);
    for (const SourceFile& source : world.sources) {
      if (source.role == "trade") { EXPECT_EQ(source.sha256, sha256_file(path("trade.packed"))); }
    }
  }
}

TEST_F(Archives, ErrorsNameTheLineOfTheUnpackedText) {
  for (const auto filter : {archive_write_add_filter_gzip, archive_write_add_filter_xz}) {
    put("trade.packed", squeezed(trade() + "2023,1,156,71410,1,\n", filter));
    expect_failure("unknown country code \"1\" in column i (trade.packed:11)");
  }
  put("trade.packed", zipped({{"BACI_HS17_Y2023_V1.csv", trade() + "2023,1,156,71410,1,\n"}}));
  expect_failure("(trade.packed:BACI_HS17_Y2023_V1.csv:11)");
}

TEST_F(Archives, AZipAsDownloadedHoldsYearsAndCodeTables) {
  const std::string file = zipped({{"BACI_HS17_Y2022_V1.csv", "t,i,j,k,v,q\n2022,418,156,71410,1,\n"},
                                   {"folder/BACI_HS17_Y2023_V1.csv", trade()},
                                   {"country_codes_V1.csv", "country_code,country_name,country_iso2,country_iso3\n"
                                                            "418,Lao,LA,LAO\n156,China,CN,CHN\n764,Thailand,TH,THA\n"},
                                   {"product_codes_HS17_V1.csv", "code,description\n071410,Manioc\n400121,Rubber\n"},
                                   {"Readme.txt", "Read me"}});
  put("trade.zip", file);
  set_table("trade", "files = [\"trade.zip\"]\ncountries = \"trade.zip\"\nproducts = \"trade.zip\"");
  const World world = import();
  ASSERT_EQ(world.trade.size(), 2u);
  EXPECT_EQ(world.trade[0].value.size(), 1u);
  EXPECT_EQ(world.trade[1].value.size(), 9u);
  EXPECT_EQ(world.countries[1].name, "Lao");
  put("trade.zip", zipped({{"BACI_HS17_Y2022_V1.csv", "t,i,j,k,v,q\n2022,418,156,71410,1,\n"},
                           {"BACI_HS17_Y2023_V1.csv", "t,i,j,k,v,q\n\n2023,418,418,71410,1,\n"}}));
  set_table("trade", "files = [\"trade.zip\"]\ncountries = \"country_codes.csv\"\nproducts = \"product_codes.csv\"");
  expect_failure("(trade.zip:BACI_HS17_Y2023_V1.csv:3)");
}

TEST_F(Archives, AZipMustNotBeAmbiguous) {
  put("trade.zip", zipped({{"a.csv", trade()}, {"b.csv", trade()}}));
  expect_failure("the archive holds several tables (a.csv, b.csv) (trade.zip)");
  put("trade.zip", zipped({{"a.pdf", "x"}}));
  expect_failure("the archive holds no table (trade.zip)");
}

TEST_F(Archives, CutShortAnywhereTheyAreRefused) {
  const std::string files[] = {squeezed(trade(), archive_write_add_filter_gzip),
                               squeezed(trade(), archive_write_add_filter_xz),
                               squeezed(trade(), archive_write_add_filter_zstd), zipped({{"any.csv", trade()}})};
  for (const std::string& file : files) {
    for (std::size_t size = 6; size < file.size(); ++size) {
      put("trade.packed", file.substr(0, size));
      EXPECT_NE(failure(), "") << size << " of " << file.size();
    }
  }
}

// A changed byte is either harmless (a time stamp, a name) or refused; it never changes what is read.
TEST_F(Archives, CorruptBytesNeverChangeWhatIsRead) {
  const std::string files[] = {squeezed(trade(), archive_write_add_filter_gzip),
                               squeezed(trade(), archive_write_add_filter_xz), zipped({{"any.csv", trade()}})};
  for (const std::string& file : files) {
    int refused = 0;
    for (std::size_t at = 0; at < file.size(); ++at) {
      std::string corrupt = file;
      corrupt[at] = static_cast<char>(corrupt[at] ^ 0x10);
      put("trade.packed", corrupt);
      try {
        const auto source = open_bytes(path("trade.packed"), {{"*.csv"}, true});
        if (!source->next_member()) throw input_error("no member");
        const std::string text = read_all(*source);
        if (text == corrupt) continue;  // no longer an archive: its header is refused as that of a table
        EXPECT_EQ(text, trade()) << at;
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::input);
        ++refused;
      }
    }
    EXPECT_GT(refused, static_cast<int>(file.size()) / 2);
  }
}

TEST_F(Archives, OfUnsupportedKindsAreRefused) {
  put("trade.7z", "7z\xbc\xaf\x27\x1c");
  expect_failure("a kind of archive that is not read (trade.7z)");
}

}  // namespace
}  // namespace potentia
