"""potentia init and the walk from an empty folder to a world: what is missing, where it comes from, what it became."""

import re
import tomllib
import zipfile

import cli
from test_import import trade_rows

COUNTRIES = "country_code,country_name,country_iso2,country_iso3\n156,China,CN,CHN\n418,Lao,LA,LAO\n764,Thailand,TH,THA\n"


def write_downloads(folder):
    """What the sources of a new manifest offer, under the names that it has there, of a world of three countries."""
    with zipfile.ZipFile(folder / "BACI_HS17_V202601.zip", "w") as archive:
        for year in range(2020, 2025):
            archive.writestr(f"BACI_HS17_Y{year}_V202601.csv", "\n".join(["t,i,j,k,v,q", *trade_rows()]).replace("2023,", f"{year},") + "\n")
        archive.writestr("country_codes_V202601.csv", COUNTRIES)
        archive.writestr("product_codes_HS17_V202601.csv", 'code,description\n071410,"Manioc, fresh"\n400121,Rubber\n')
    with zipfile.ZipFile(folder / "dist_cepii.zip", "w") as archive:
        rows = [f"{a},{b},{km}" for a, b, km in [("LAO", "CHN", 2000), ("CHN", "LAO", 2000), ("LAO", "THA", 500),
                                                 ("THA", "LAO", 500), ("CHN", "THA", 2500), ("THA", "CHN", 2500)]]
        archive.writestr("dist_cepii.csv", "\n".join(["iso_o,iso_d,dist", *rows]) + "\n")
    for series, level in (("NY.GDP.MKTP.KD", 1e9), ("SP.POP.TOTL", 1e6)):
        rows = [f'"x","{code}","y","{series}","{level}","{level * 1.01}"' for code in ("LAO", "CHN", "THA")]
        text = '"Data Source","World Development Indicators",\n\n"Country Name","Country Code","Indicator Name","Indicator Code","2023","2024"\n'
        with zipfile.ZipFile(folder / f"API_{series}_DS2_en_csv_v2_1.zip", "w") as archive:
            archive.writestr(f"API_{series}_DS2_en_csv_v2_1.csv", text + "\n".join(rows) + "\n")
            archive.writestr(f"Metadata_Country_API_{series}_DS2_en_csv_v2_1.csv", "Country Code\nLAO\n")
    rows = [f"{code}\tGross domestic product, constant prices\tNational currency\tBillions\t1\t1.2\n"
            f"{code}\tPopulation\tPersons\tMillions\t1\t1.1" for code in ("LAO", "CHN", "THA")]
    # The name promises a workbook; what is in it decides.
    (folder / "WEOOct2025.xlsx").write_text("ISO\tSubject Descriptor\tUnits\tScale\t2024\t2029\n" + "\n".join(rows) + "\n")
    (folder / "ProTEE_0_1.csv").write_text("HS6,zero,positive,sigma\n071410,0,0,-4\n400121,0,0,-6\n")


class Init(cli.Case):
    def init(self):
        self.succeeds("init", self.folder / "new" / "world")
        return self.folder / "new" / "world" / "manifest.toml"

    def test_writes_a_manifest_that_is_one(self):
        manifest = tomllib.loads(self.init().read_text())
        self.assertEqual(manifest["macro"]["projection_format"], "weo")
        self.assertEqual(set(manifest), {"world", "trade", "distance", "macro", "elasticities"})

    def test_never_overwrites(self):
        manifest = self.init()
        manifest.write_text("mine")
        self.fails(2, ["there is a manifest already", "manifest.toml", "choose another folder"], "init", manifest.parent)
        self.assertEqual(manifest.read_text(), "mine")
        manifest.unlink()
        manifest.symlink_to(self.folder / "elsewhere.toml")
        self.fails(2, "there is a manifest already", "init", manifest.parent)
        self.assertFalse((self.folder / "elsewhere.toml").exists())

    def test_a_folder_that_cannot_be_made(self):
        (self.folder / "file").write_text("")
        self.fails(3, ["cannot make the folder", "file"], "init", self.folder / "file" / "world")

    def test_every_optional_block_is_one_when_it_is_uncommented(self):
        lines = self.init().read_text().splitlines()
        blocks = []
        for line in lines:
            if re.match(r"# \[", line):
                blocks.append([])
            if blocks and re.match(r"# (\[|\w+ = )", line):
                blocks[-1].append(line[2:])
        names = [block[0] for block in blocks]
        self.assertEqual(names, ["[macro.population]", "[concordance]", "[tariffs]", "[tariffs]", "[tariffs]", "[products]", "[logistics]"])
        for block in blocks:
            with self.subTest(block=block[0]):
                manifest = self.folder / "manifest.toml"
                manifest.write_text("\n".join([*lines, *block]) + "\n")
                done = cli.potentia("check", manifest)
                # Nothing is wrong with it but that its files are missing, and each of those is known.
                self.assertRegex(done.stderr, r"^potentia: error: \d+ files are missing ")
                for line in block[1:]:
                    key = block[0].strip("[]") + "." + line.split(" = ")[0]
                    if not key.endswith((".format", ".unit")):
                        self.assertRegex(done.stdout, rf"missing {key} = .*(\n(?!missing).*)*\n    from     http|missing {key} = .*\nmissing")

    def test_the_walk_from_an_empty_folder(self):
        manifest = self.init()
        done = cli.potentia("check", manifest)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("error: 8 files are missing", done.stderr)
        keys = re.findall(r'^missing (\S+) = "(.*?)" \(.*manifest.toml:\d+:1\)$', done.stdout, re.M)
        self.assertEqual([key for key, _ in keys], ["trade.files", "trade.countries", "trade.products", "distance.file", "macro.file",
                                                    "macro.file", "macro.projection_file", "elasticities.file"])
        # One source, named once, for the three that it holds; its page and licence are those of the manifest.
        self.assertEqual(done.stdout.count("BACI, CEPII"), 1)
        for line in re.findall(r"(?:from|licence)  +(\S.*)", done.stdout):
            self.assertIn(line, manifest.read_text())
        write_downloads(manifest.parent)
        done = self.succeeds("check", manifest)
        self.assertRegex(done.stdout, r"trade +BACI_HS17_V202601.zip: 5 tables: text, UTF-8, comma; 45 rows; 2020 to 2024")
        self.assertRegex(done.stdout, r"countries +BACI_HS17_V202601.zip:country_codes_V202601.csv: ")
        world = self.folder / "world.h5"
        self.succeeds("import", manifest, "-o", world)
        self.assertRegex(self.succeeds("solve", world, "-o", self.folder / "result.h5").stderr, r"potential at the horizon +[1-9]")


if __name__ == "__main__":
    cli.main()
