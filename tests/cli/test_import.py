"""potentia import: what it writes, what it refuses, and that the order of rows leaves no trace."""

import gzip
import lzma
import random
import zipfile

import h5py
import numpy as np

import cli

HEADER = "t,i,j,k,v,q"
CODES = {"LAO": 418, "CHN": 156, "THA": 764}
MANIFEST = """[world]
hs_revision = "HS17"
base_years = [2023]
horizon_year = 2028
[trade]
format = "baci"
files = ["BACI_HS17_Y*"]
countries = "country_codes.csv"
products = "product_codes.csv"
[distance]
file = "dist.csv"
[macro]
format = "tidy"
file = "macro.csv"
[tariffs]
rates = "rates.csv"
members = "members.csv"
[elasticities]
format = "tidy"
file = "sigma.csv"
"""


def trade_rows():
    flows = [("LAO", "CHN", 71410, 30), ("LAO", "CHN", 400121, 120), ("LAO", "THA", 71410, 50), ("CHN", "LAO", 400121, 2),
             ("CHN", "THA", 71410, 1), ("CHN", "THA", 400121, 40), ("THA", "LAO", 71410, 4), ("THA", "CHN", 71410, 600),
             ("THA", "CHN", 400121, 900)]
    return [f"2023,{CODES[i]},{CODES[j]},{k},{v * 1000},NA" for i, j, k, v in flows]


class ImportCase(cli.Case):
    """A test with the files of METHOD.md's world in its folder."""

    def setUp(self):
        super().setUp()
        self.put("manifest.toml", MANIFEST)
        self.put("BACI_HS17_Y2023.csv", "\n".join([HEADER, *trade_rows()]) + "\n")
        self.put("country_codes.csv", "country_code,country_name,country_iso2,country_iso3\n156,China,CN,CHN\n"
                 "418,Lao People's Dem. Rep.,LA,LAO\n764,Thailand,TH,THA\n")
        self.put("product_codes.csv", 'code,description\n071410,"Manioc, fresh"\n400121,Rubber\n')
        self.put("dist.csv", "iso_o;iso_d;dist\nLAO;CHN;2000\nCHN;LAO;2000\nLAO;THA;500\nTHA;LAO;500\nCHN;THA;2500\n"
                 "THA;CHN;2500\n")
        self.put("macro.csv", "iso3,year,gdp,population\nLAO,2023,1,1\nLAO,2028,1.22,1.07\nCHN,2023,1,1\n"
                 "CHN,2028,1.24,0.99\nTHA,2023,1,1\nTHA,2028,1.15,1\n")
        self.put("rates.csv", "market,regime,hs6,rate\nLAO,MFN,71410,0.1\nLAO,MFN,400121,0.05\nCHN,MFN,71410,0.08\n"
                 "CHN,MFN,400121,0.2\nTHA,MFN,71410,0.05\nTHA,MFN,400121,0\nCHN,FTA,71410,0\nCHN,FTA,400121,0.1\n"
                 "CHN,LDC,71410,0\nCHN,LDC,400121,0\n")
        self.put("members.csv", "market,regime,exporter,first_year,last_year\nCHN,FTA,LAO,,\nCHN,FTA,THA,,\n"
                 "CHN,LDC,LAO,,2025\n")
        self.put("sigma.csv", "hs6,sigma,income_elasticity\n71410,4,0.8\n400121,6,1.2\n")
        self.world = self.folder / "world.h5"

    def put(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def run_import(self, *flags, output=None):
        return self.succeeds("import", self.folder / "manifest.toml", "-o", output or self.world, *flags)

    def refused(self, *said):
        return self.fails(3, said, "import", self.folder / "manifest.toml", "-o", self.world)


class Import(ImportCase):
    def test_the_worked_example_from_tables_is_the_one_from_h5py(self):
        self.run_import()
        made = cli.write_worked_example(self.folder / "made.h5")
        self.succeeds("validate", self.world)
        with h5py.File(self.world) as one, h5py.File(made) as other:
            for name in ("trade/2023/product_offset", "trade/2023/exporter", "trade/2023/market", "trade/2023/value",
                         "distance", "macro/gdp", "macro/population", "elasticity/sigma", "elasticity/income",
                         "tariff/line_rate", "tariff/line_product", "tariff/member_last_year", "tariff/market_schedule"):
                np.testing.assert_array_equal(one[name][()].astype(float), other[name][()].astype(float), name)
        for world in (self.world, made):
            self.succeeds("solve", world, "-o", world.with_suffix(".result.h5"))
        first = cli.contents(self.world.with_suffix(".result.h5"))
        second = cli.contents(made.with_suffix(".result.h5"))
        for name in first:
            if name.startswith(("pair/", "exporter_product", "market_product", "factors", "cells")):
                self.assertEqual(first[name], second[name], name)

    def test_names_that_were_encoded_twice_are_read_as_they_were_meant(self):
        names = {"CHN": "T\u00fcrkiye \u2013 \u8001\u631d", "LAO": "Cura\u00e7ao", "THA": "\u00c2 \u00e3"}
        table = "country_code,country_name,country_iso2,country_iso3\n"
        for number, code in ((156, "CHN"), (418, "LAO"), (764, "THA")):
            name = names[code].encode().decode("cp1252", "surrogateescape") if code == "CHN" else names[code]
            name = "".join(chr(ord(c) - 0xdc00) if 0xdc80 <= ord(c) <= 0xdcff else c for c in name)
            table += f"{number},{name},{code[:2]},{code}\n"
        self.put("country_codes.csv", table)
        said = self.run_import().stderr
        with h5py.File(self.world) as world:
            found = dict(zip(cli.texts(world["country/iso3"]), cli.texts(world["country/name"])))
        self.assertEqual(found, names)
        self.assertIn("names.encoded_twice", said)
        self.assertIn("1 x names.encoded_twice", said)

    def test_order_of_rows_and_threads_leave_no_trace(self):
        self.run_import("--threads", "1")
        lines = trade_rows()
        random.Random(5).shuffle(lines)
        self.put("BACI_HS17_Y2023.csv", "\r\n".join([HEADER, *lines]))
        for table in ("rates.csv", "dist.csv", "macro.csv", "country_codes.csv"):
            head, *rows = (self.folder / table).read_text().splitlines()
            random.Random(6).shuffle(rows)
            self.put(table, "\n".join([head, *rows]))
        self.run_import("--threads", "3", output=self.folder / "shuffled.h5")
        first, second = cli.contents(self.world), cli.contents(self.folder / "shuffled.h5")
        for found in (first, second):
            for name in ("provenance/source_sha256", "provenance/source_bytes"):
                del found[name], found[name + "@fingerprint"]
            del found["/@content_digest"]
        self.assertEqual(first, second)

    def test_archives(self):
        self.run_import()
        plain = cli.contents(self.world)
        text = (self.folder / "BACI_HS17_Y2023.csv").read_bytes()
        (self.folder / "BACI_HS17_Y2023.csv").unlink()
        packed = {"gz": gzip.compress(text), "xz": lzma.compress(text)}
        with zipfile.ZipFile(self.folder / "x", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("BACI_HS17_Y2023_V202501.csv", text)
            archive.writestr("country_codes_V202501.csv", "other")
            archive.writestr("Readme.txt", "read me")
        packed["zip"] = (self.folder / "x").read_bytes()
        (self.folder / "x").unlink()
        for kind, data in packed.items():
            with self.subTest(kind=kind):
                path = self.put(f"BACI_HS17_Y2023.csv.{kind}", data)
                self.run_import()
                found = cli.contents(self.world)
                self.assertEqual(found["trade/2023/value"], plain["trade/2023/value"])
                self.assertEqual(found["trade/2023/exporter"], plain["trade/2023/exporter"])
                self.world.unlink()
                self.put(path.name, data[: len(data) * 2 // 3])
                self.refused("damaged archive", path.name)
                path.unlink()

    def test_bad_rows_are_refused_with_file_and_line(self):
        for row, said in {
            "2023,418,418,71410,1,": "exporter and market are the same country",
            "2023,999,418,71410,1,": 'unknown country code "999"',
            "2023,156,418,71411,1,": 'unknown product code "71411"',
            "2023,156,418,7141,1,": "no HS code of six digits",
            "2023,156,418,0714100,1,": "no HS code of six digits",
            "2023,156,418,71410,-1,": "is negative",
            "2023,156,418,71410,inf,": "is infinite",
            "2023,156,418,71410,x,": "is not a number",
            "2023,156,418,71410": "not 6 fields",
            trade_rows()[3]: "the same year, exporter, market and product as in",
        }.items():
            with self.subTest(row=row):
                self.put("BACI_HS17_Y2023.csv", "\n".join([HEADER, *trade_rows(), row, ""]))
                self.refused(said, "BACI_HS17_Y2023.csv:11)")
                done = self.run_import("--lenient")
                self.assertIn("drop", done.stderr)
                self.assertIn("1 x trade.", done.stderr)
                self.world.unlink()

    def test_a_refused_import_leaves_the_older_world_alone(self):
        self.run_import()
        before = self.world.read_bytes()
        self.put("BACI_HS17_Y2023.csv", HEADER + "\nnonsense\n")
        self.refused("not 6 fields")
        self.assertEqual(self.world.read_bytes(), before)

    def test_side_tables(self):
        good = {name: (self.folder / name).read_text() for name in ("dist.csv", "macro.csv", "rates.csv", "sigma.csv")}
        for name, row, said in (
            ("dist.csv", "LAO;THA;0", "distance 0 is not above 0"),
            ("dist.csv", "LAO;CHN;5", "stands on line 2 too"),
            ("macro.csv", "LAO,2024,-1,1", "GDP of 2024 is not above 0"),
            ("rates.csv", "THA,FTA,71410,-0.1", "is negative"),
            ("sigma.csv", "090111,0,", "sigma 0 is not above 0"),
        ):
            with self.subTest(name=name, row=row):
                text = good[name] + row + "\n"
                self.put(name, text)
                self.refused(said, f"{name}:{len(text.splitlines())})")
                self.put(name, good[name])

    def test_the_manifest(self):
        for old, new, said in (
            ("horizon_year = 2028", "horizon_year = 2020", "before the last base year"),
            ("base_years = [2023]", "base_years = [2022, 2023]", "no trade in the base year 2022"),
            ("horizon_year", "horizn_year", "horizon_year"),
            ('"dist.csv"', '"nowhere.csv"', "no such file"),
            ('"BACI_HS17_Y*"', '"BACI_HS22_Y*"', "no file matches"),
            ("[world]", "[world", "not valid TOML"),
        ):
            with self.subTest(new=new):
                self.put("manifest.toml", MANIFEST.replace(old, new))
                self.refused(said, "manifest.toml:")
        self.fails(3, "none.toml", "import", self.folder / "none.toml", "-o", self.world)
        self.put("manifest.toml", MANIFEST)
        self.fails(3, "no/folder", "import", self.folder / "manifest.toml", "-o", self.folder / "no/folder/world.h5")

    def test_drops_and_warnings_are_told(self):
        self.put("sigma.csv", "hs6,sigma\n071410,4\n090111,3\n")
        self.put("members.csv", "market,regime,exporter,first_year,last_year\nCHN,FTA,LAO,,\n")
        done = self.run_import()
        self.assertRegex(done.stderr, r"drop +1 x elasticities.product_outside_world: .*\[090111\]")
        self.assertRegex(done.stderr, r"note +1 x elasticities.sigma_missing: .*\[400121\]")
        self.assertRegex(done.stderr, r"warning: 1 x tariffs.regime_without_members: .*\[CHN LDC\]")
        self.assertEqual(done.stdout, "")
        quiet = self.run_import("--quiet")
        self.assertNotIn("drop", quiet.stderr)
        self.assertIn("tariffs.regime_without_members", quiet.stderr)

    def test_logistics_and_use_of_preferences_are_kept(self):
        scores = ["LPI_Score", "Customs_Score", "Infrastructure_Score", "International_Shipments_Score",
                  "Logistics_Competence_and_Quality_Score", "Timeliness_Score", "Tracking_and_Tracing_Score"]
        self.put("lpi.csv", "Economy,Current_Year," + ",".join(scores) + "\nLao PDR,2023,2.4,2.3,2.3,2.3,2.4,2.8,\n"
                 "Atlantis,2023,1,1,1,1,1,1,1\n")
        self.put("use.csv", "market,regime,exporter,year,share_used\nCHN,LDC,LAO,2022,0.6\n")
        self.put("manifest.toml", MANIFEST + '[logistics]\nfile = "lpi.csv"\n[utilization]\nfile = "use.csv"\n')
        done = self.run_import()
        self.assertRegex(done.stderr, r"drop +1 x logistics.unmatched: .*\[Atlantis\]")
        self.succeeds("validate", self.world)
        with h5py.File(self.world, "r+") as world:
            self.assertEqual(world["logistics/country"][()].tolist(), [cli.LAO])
            self.assertEqual(world["logistics/score"].shape, (1, 7))
            self.assertEqual(world["utilization/share"][()].tolist(), [0.6])
            world["utilization/share"][...] = 60
        self.fails(3, "utilization/share", "validate", self.world)

    def test_axes_of_the_world_are_labelled(self):
        """As in result.h5, so that xarray opens a group by codes instead of positions."""
        self.succeeds("import", cli.SOURCE / "tests" / "regression" / "worked_example" / "manifest.toml", "-o", self.folder / "world.h5")
        with h5py.File(self.folder / "world.h5") as file:
            def labels(name):
                return [cli.texts(axis[0]) if h5py.check_string_dtype(axis[0].dtype) else list(axis[0][()]) for axis in file[name].dims]

            countries, products = cli.texts(file["country/iso3"]), cli.texts(file["product/code"])
            self.assertEqual(labels("distance"), [countries, countries])
            self.assertEqual(labels("macro/gdp"), [countries, [2023, 2028]])
            self.assertEqual(labels("elasticity/sigma"), [products])
            self.assertEqual(labels("country/name"), [countries])
            self.assertEqual(labels("product/name"), [products])
            self.assertEqual(labels("tariff/market_schedule"), [countries])


if __name__ == "__main__":
    cli.main()
