"""Tables whose columns the manifest names, and the presets of configs/formats: the world of the usual tables comes out."""

import shutil
import unittest

import h5py
import numpy as np

import cli

SOURCE = cli.SOURCE / "tests" / "regression" / "worked_example"
TRADE = '[trade]\nformat = "baci"\nfiles = ["trade.csv"]\ncountries = "countries.csv"\nproducts = "products.csv"\n'
CODES = 'countries = "countries.csv"\nproducts = "products.csv"\n'
DISTANCE = '[distance]\nformat = "cepii"\nfile = "distance.csv"\ncolumn = "dist"\n'
MACRO = '[macro]\nformat = "tidy"\nfile = "macro.csv"\n'
TARIFFS = '[tariffs]\nrates = "tariffs.csv"\nmembers = "members.csv"\n'
ELASTICITIES = '[elasticities]\nformat = "tidy"\nfile = "elasticities.csv"\n'
# What each exporter pays in each market as long as the LDC regime lasts.
APPLIED = [("CHN", "LAO", 0, 0), ("CHN", "THA", 0, 0.10), ("LAO", "CHN", 0.10, 0.05), ("LAO", "THA", 0.10, 0.05),
           ("THA", "CHN", 0.05, 0), ("THA", "LAO", 0.05, 0)]


class Formats(cli.Case):
    def setUp(self):
        super().setUp()
        for path in SOURCE.iterdir():
            if path.suffix == ".csv":
                shutil.copy(path, self.folder / path.name)
        self.manifest = (SOURCE / "manifest.toml").read_text()
        for part in (TRADE, DISTANCE, MACRO, TARIFFS, ELASTICITIES):
            self.assertIn(part, self.manifest)

    def write(self, name, rows, separator=","):
        (self.folder / name).write_text("".join(separator.join(map(str, row)) + "\n" for row in rows))

    def write_manifest(self, *changes):
        text = self.manifest
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        (self.folder / "m.toml").write_text(text)

    def world(self, *changes, name="world.h5"):
        self.write_manifest(*changes)
        self.succeeds("import", self.folder / "m.toml", "-o", self.folder / name)
        return self.folder / name

    def refused(self, said, *changes):
        self.write_manifest(*changes)
        return self.fails(3, said, "import", self.folder / "m.toml", "-o", self.folder / "none.h5").stderr

    def same(self, path, *groups):
        self.world(name="expected.h5")
        with h5py.File(path) as file, h5py.File(self.folder / "expected.h5") as expected:
            for group in groups:
                found = []
                expected[group].visititems(lambda name, node: found.append(name) if isinstance(node, h5py.Dataset) else None) \
                    if isinstance(expected[group], h5py.Group) else found.append("")
                self.assertTrue(found)
                for name in found:
                    at = f"{group}/{name}" if name else group
                    np.testing.assert_array_equal(file[at][()], expected[at][()], at)

    def pairs(self, world):
        result = self.folder / "result.h5"
        self.succeeds("solve", world, "-o", result)
        with h5py.File(result) as file:
            return {name: file["pair"][name][()] for name in file["pair"]}

    # Trade

    FLOWS = [("CHN", "LAO", "400121", 2), ("CHN", "THA", "071410", 1), ("CHN", "THA", "400121", 40), ("LAO", "CHN", "071410", 30),
             ("LAO", "CHN", "400121", 120), ("LAO", "THA", "071410", 50), ("THA", "CHN", "071410", 600), ("THA", "CHN", "400121", 900),
             ("THA", "LAO", "071410", 4)]

    def test_trade_by_its_columns(self):
        rows = [("When", "Buyer", "Seller", "Good", "USD million?", "Dollars", "Kind")]
        for i, j, k, v in self.FLOWS:
            rows.append((2023, j, i, k, "x", v * 10**6, "final"))
            rows.append((2023, j, i, k, "x", v * 7, "draft"))
        rows.append((2023, "CHN", "LAO", "0714", "x", 5, "final"))
        self.write("flows.csv", rows, ";")
        own = ('[trade]\nformat = "columns"\nunit = 1\nfiles = ["flows.csv"]\n' + CODES +
               'six_digits = true\n[trade.columns]\nyear = "when"\nexporter = "Seller"\nmarket = ["Importer", "Buyer"]\nproduct = "Good"\n'
               'value = "Dollars"\n[trade.where]\nkind = ["Final", "revised"]\n')
        self.same(self.world((TRADE, own)), "trade")
        self.refused("no key trade.unit", (TRADE, own.replace("unit = 1\n", "")))
        self.refused("trade.unit is neither 1 nor 1000", (TRADE, own.replace("unit = 1\n", "unit = 100\n")))
        self.refused("no key trade.columns.value", (TRADE, own.replace('value = "Dollars"\n', "")))
        self.refused("did you mean trade.columns.product?", (TRADE, own.replace("product =", "prodcut =")))
        said = self.refused("none of its 19 rows counts by kind", (TRADE, own.replace('["Final", "revised"]', '"best"')))
        self.assertIn("the column holds final, draft", said)
        self.refused('missing column "Price"', (TRADE, own.replace('"Dollars"', '"Price"')))
        self.refused('no column "sort" to choose rows by', (TRADE, own.replace("kind =", "sort =")))
        self.refused("the same year, exporter, market and product", (TRADE, own.replace('["Final", "revised"]', '["final", "draft"]')))

    def test_thousands_are_the_default_of_no_columns(self):
        rows = [("year", "exporter", "market", "product", "value")] + [(2023, i, j, k, v * 1000) for i, j, k, v in self.FLOWS]
        self.write("flows.csv", rows)
        own = ('[trade]\nformat = "columns"\nunit = 1000\nfiles = ["flows.csv"]\n' + CODES + '[trade.columns]\nyear = "year"\n'
               'exporter = "exporter"\nmarket = "market"\nproduct = "product"\nvalue = "value"\n')
        self.same(self.world((TRADE, own)), "trade")

    def comtrade(self):
        """What both ends report, with the sums that Comtrade adds; importers' values are the usual ones."""
        number = {"CHN": 156, "LAO": 418, "THA": 764}
        rows = [("typeCode", "freqCode", "refYear", "reporterCode", "flowCode", "partnerCode", "partner2Code", "cmdCode", "aggrLevel",
                 "customsCode", "motCode", "primaryValue")]
        for i, j, k, v in self.FLOWS:
            dollars = v * 10**6
            rows.append(("C", "A", 2023, number[j], "M", number[i], 0, k, 6, "C00", 0, dollars))
            rows.append(("C", "A", 2023, number[j], "M", number[i], 0, k, 6, "C00", 2100, dollars / 2))
            rows.append(("C", "A", 2023, number[j], "M", number[i], 842, k, 6, "C00", 0, dollars / 3))
            rows.append(("C", "A", 2023, number[j], "M", 0, 0, k, 6, "C00", 0, dollars * 9))
            rows.append(("C", "A", 2023, number[j], "M", number[i], 0, k[:4], 4, "C00", 0, dollars))
            rows.append(("C", "A", 2023, number[i], "X", number[j], 0, k, 6, "C00", 0, dollars * 0.5))
        return rows

    def test_comtrade(self):
        self.write("flows.csv", self.comtrade())
        own = '[trade]\nformat = "comtrade"\nflow = "imports"\nfiles = ["flows.csv"]\n' + CODES
        self.same(self.world((TRADE, own)), "trade")
        with h5py.File(self.world((TRADE, own.replace("imports", "exports")))) as file, h5py.File(self.folder / "expected.h5") as usual:
            np.testing.assert_array_equal(file["trade/2023/value"][()], usual["trade/2023/value"][()] / 2)
            np.testing.assert_array_equal(file["trade/2023/exporter"][()], usual["trade/2023/exporter"][()])
        # The manifest's own choice takes the place of the preset's on the same column.
        other = own + '[trade.where]\nflowCode = "re-import"\n'
        self.write("flows.csv", [[("re-import" if cell == "M" else cell) for cell in row] for row in self.comtrade()])
        self.same(self.world((TRADE, other)), "trade")
        self.refused("no name of the column flowCode", (TRADE, other.replace('"re-import"', '{ columns = [], values = [1] }')))
        self.write("flows.csv", self.comtrade())
        self.refused("say which: ", (TRADE, own.replace('flow = "imports"\n', "")))
        self.refused('did you mean "imports"?', (TRADE, own.replace('"imports"', '"import"')))

    def test_atlas(self):
        rows = [("country_id", "country_iso3_code", "partner_iso3_code", "product_hs12_code", "year", "export_value", "import_value")]
        rows += [(1, i, j, k, 2023, v * 10**6, 17) for i, j, k, v in self.FLOWS]
        rows += [(1, "LAO", "THA", "400121", 2023, 0, 5), (1, "LAO", "THA", "unspecified", 2023, 5, 5), (1, "LAO", "THA", "0714", 2023, 5, 5)]
        self.write("hs12_country_country_product_year_6.csv", rows)
        self.manifest = self.manifest.replace('"HS17"', '"HS12"')
        own = '[trade]\nformat = "atlas"\nfiles = ["hs12_*.csv"]\n' + CODES
        self.same(self.world((TRADE, own)), "trade")

    # Side tables

    def test_side_tables_by_their_columns(self):
        self.write("km.csv", [("a", "b", "miles", "route")] + [
            (a, b, km / 1.609344, route) for a, b, km in [("China", "LA", 2000), ("LA", "China", 2000), ("LA", "TH", 500), ("TH", "LA", 500),
                                                          ("China", "TH", 2500), ("TH", "China", 2500)] for route in ("great circle", "road")], "\t")
        distance = ('[distance]\nformat = "columns"\nfile = "km.csv"\nunit = 1.609344\n[distance.columns]\nexporter = "a"\nmarket = "b"\n'
                    'distance = "miles"\n[distance.where]\nroute = "road"\n')
        world = self.world((DISTANCE, distance))
        with h5py.File(world) as file:
            np.testing.assert_allclose(file["distance"][0, 1], 2000, rtol=1e-15)
            np.testing.assert_allclose(file["distance"][1, 2], 500, rtol=1e-15)
        self.write("levels.csv", [("nation", "t", "y", "n", "scenario")] + [
            (c, t, y, n, s) for c, t, y, n in [("CHN", 2023, 100, 100), ("CHN", 2028, 124, 99), ("LAO", 2023, 100, 100), ("LAO", 2028, 122, 107),
                                               ("THA", 2023, 100, 100), ("THA", 2028, 115, 100)] for s in ("base", "high")])
        macro = ('[macro]\nformat = "columns"\nfile = "levels.csv"\n[macro.columns]\ncountry = "nation"\nyear = "t"\ngdp = "y"\n'
                 'population = "n"\n[macro.where]\nscenario = "base"\n')
        self.same(self.world((MACRO, macro)), "macro")
        self.refused("stands in", (MACRO, macro.replace('"base"', '["base", "high"]')))
        self.write("sigma.csv", [("code", "eps", "income"), ("71410", -4, 0.8), ("400121", -6, 1.2)])
        own = ('[elasticities]\nformat = "columns"\nfile = "sigma.csv"\nunit = -1\n[elasticities.columns]\nproduct = "code"\nsigma = "eps"\n'
               'income_elasticity = "income"\n')
        self.same(self.world((ELASTICITIES, own)), "elasticity")

    def test_population_prospects(self):
        rows = [("LocID", "Location", "Variant", "Time", "PopTotal")]
        for number, name, then, later in [(156, "China", 100, 99), (418, "Lao PDR", 100, 107), (764, "Thailand", 100, 100), (900, "World", 1, 1)]:
            rows += [(number, name, "Medium", 2023, then / 1000), (number, name, "Medium", 2028, later / 1000), (number, name, "High", 2028, 5)]
        self.write("WPP2024.csv", rows)
        macro = '[macro]\nfile = "macro.csv"\n[macro.population]\nformat = "wpp"\nfile = "WPP2024.csv"\n'
        self.same(self.world((MACRO, macro)), "macro")

    # Tariffs

    def test_rates_of_regimes_by_their_columns(self):
        table = (self.folder / "tariffs.csv").read_text().splitlines()[1:]
        rows = [("m", "p", "scheme", "per cent", "y")]
        for line in table:
            market, regime, code, rate = line.split(",")
            rows += [(market, code, regime, float(rate) * 100, 2022), (market, code, regime, 99, 2020), (market, code, regime, 98, 2025)]
        self.write("rates.csv", rows)
        own = ('[tariffs]\nformat = "columns"\nunit = "percent"\nrates = "rates.csv"\nmembers = "members.csv"\n[tariffs.columns]\nmarket = "m"\n'
               'product = "p"\nregime = "scheme"\nrate = "per cent"\nyear = "y"\n')
        self.same(self.world((TARIFFS, own)), "tariff")

    def regimes_that_last(self):
        (self.folder / "open.csv").write_text((self.folder / "members.csv").read_text().replace("2025", ""))
        return self.pairs(self.world((TARIFFS, TARIFFS.replace("members.csv", "open.csv"))))

    def same_pairs(self, expected, *changes):
        found = self.pairs(self.world(*changes))
        for name, values in expected.items():
            np.testing.assert_array_equal(found[name], values, name)

    BILATERAL = ('[tariffs]\nformat = "columns"\nrates = "rates.csv"\n[tariffs.columns]\nmarket = "importer"\nexporter = "exporter"\n'
                 'product = "hs6"\nrate = "rate"\n')

    def test_rates_by_exporter_are_those_of_regimes(self):
        expected = self.regimes_that_last()
        rows = [("importer", "exporter", "hs6", "rate")]
        for market, exporter, first, second in APPLIED:
            rows += [(market, exporter, "071410", first), (market, exporter, 400121, second)]
        self.write("rates.csv", rows)
        self.same_pairs(expected, (TARIFFS, self.BILATERAL))
        with h5py.File(self.folder / "world.h5") as file:
            # Two exporters that pay the same in a market share a row: LAO has one, THA one, CHN two.
            self.assertEqual(len(file["tariff/line_rate"]), 8)
            self.assertEqual(cli.texts(file["tariff/regime"]), ["MFN", "applied rates 1", "applied rates 2"])
        self.write("rates.csv", rows + [("CHN", "LAO", "71410", 0.5)])
        said = self.refused("the rate of CHN for LAO, 071410 stands on line 2 too", (TARIFFS, self.BILATERAL))
        self.assertIn("rates.csv:14", said)
        self.refused("tariffs.members beside rates by exporter", (TARIFFS, self.BILATERAL.replace("[tariffs.c", 'members = "members.csv"\n[tariffs.c')))
        self.write("rates.csv", rows + [("CHN", "USA", "71410", -0.5)])
        self.refused("rate -0.5 is negative", (TARIFFS, self.BILATERAL))
        self.write("rates.csv", [("importer", "exporter", "hs6", "rate"), ("DEU", "USA", "071410", 0.1)])
        self.refused("is about a country of this world", (TARIFFS, self.BILATERAL))

    def test_an_exporter_without_a_rate_pays_that_of_everyone(self):
        expected = self.regimes_that_last()
        rows = [("importer", "exporter", "hs6", "rate")]
        mfn = {"CHN": (0.08, 0.20), "LAO": (0.10, 0.05), "THA": (0.05, 0)}
        for market, rates in mfn.items():
            rows += [(market, "000", "071410", rates[0]), (market, "000", "400121", rates[1])]
        rows += [("CHN", "LAO", "071410", 0), ("CHN", "LAO", "400121", 0), ("CHN", "764", "071410", 0), ("CHN", "764", "400121", 0.10)]
        self.write("rates.csv", rows)
        self.same_pairs(expected, (TARIFFS, self.BILATERAL))

    def test_the_horizon_may_bring_other_rates(self):
        """Graduation in 2026, told by the regimes' years, by two tables, and by the years of one."""
        expected = self.pairs(self.world())
        later = [(m, e, 0.0 if (m, e) == ("CHN", "LAO") else a, 0.10 if (m, e) == ("CHN", "LAO") else b) for m, e, a, b in APPLIED]
        head = ("importer", "exporter", "hs6", "rate", "year")
        tables = {}
        for name, year, rates in (("rates.csv", 2023, APPLIED), ("later.csv", 2028, later)):
            tables[name] = [(m, e, k, r, year) for m, e, *both in rates for k, r in zip(("071410", "400121"), both)]
            self.write(name, [head] + tables[name])
        two = self.BILATERAL.replace("[tariffs.c", 'horizon_rates = "later.csv"\n[tariffs.c')
        self.same_pairs(expected, (TARIFFS, two))
        self.write("rates.csv", [head] + tables["later.csv"] + tables["rates.csv"])
        by_year = self.BILATERAL.replace("[tariffs.c", "horizon_rates = true\n[tariffs.c")
        self.same_pairs(expected, (TARIFFS, by_year + 'year = "year"\n'))
        self.same_pairs(self.regimes_that_last(), (TARIFFS, self.BILATERAL + 'year = "year"\n'))
        self.refused("horizon_rates by year without tariffs.columns.year", (TARIFFS, by_year))
        self.refused("horizon_rates without rates by exporter", (TARIFFS, TARIFFS + "horizon_rates = true\n"))

    def test_the_drill_down_has_no_regime_to_name(self):
        rows = [("importer", "exporter", "hs6", "rate")]
        for market, exporter, first, second in APPLIED:
            rows += [(market, exporter, "071410", first + 0.01), (market, exporter, 400121, second + 0.01)]
        self.write("rates.csv", rows)
        world = self.world((TARIFFS, self.BILATERAL))
        self.succeeds("drilldown", world, "--exporter", "LAO", "--market", "CHN", "-o", self.folder / "report")
        text = "\n".join(path.read_text() for path in sorted((self.folder / "report").rglob("*.csv")))
        self.assertIn("applied rate", text)
        self.assertNotIn("applied rates", text)

    def test_trains(self):
        expected = self.regimes_that_last()
        rows = [("FREQ", "DATATYPE", "PRODUCTCODE", "PARTNER", "REPORTER", "obsTime", "obsValue", "TARIFFTYPE", "OBS_VALUE_MEASURE")]
        number = {"CHN": "156", "LAO": "418", "THA": "764"}
        def add(market, exporter, code, rate, kind="Reported", year=2023):
            rows.append(("A", kind, code, exporter, number[market], year, rate, "PREF", "SimpleAverage"))
        for market, rates in {"CHN": (8, 20), "LAO": (10, 5), "THA": (5, 0)}.items():
            for code, rate in zip(("071410", "400121"), rates):
                add(market, "000", code, rate)
                add(market, "000", code, 77, "aveestimated")
                add(market, "000", code, 66, year=2019)
        for exporter, rates in {"418": (0, 0), "764": (0, 10), "A36": (1, 1)}.items():
            add("CHN", exporter, "071410", rates[0])
            add("CHN", exporter, "400121", rates[1])
        self.write("trains.csv", rows)
        self.same_pairs(expected, (TARIFFS, '[tariffs]\nformat = "trains"\nrates = "trains.csv"\n'))

    def test_wto(self):
        rows = [("Reporter", "Year", "HS.code.level", "Base.nomenclature", "Product", "AVDuty.average", "Number.of.non.AVDuties")]
        for name, rates in {"China": (8, 20), "Lao People's Democratic Republic": (10, 5), "Thailand": (5, '""')}.items():
            rows += [(name, 2023, 4, "HS17", "0714", 50, 0), (name, 2023, 6, "HS17", "071410", rates[0], 0), (name, 2023, 6, "HS17", "400121", rates[1], 0)]
        self.write("wto.txt", rows, "\t")
        world = self.world((TARIFFS, '[tariffs]\nformat = "wto"\nrates = "wto.txt"\n'))
        with h5py.File(world) as file:
            self.assertEqual(cli.texts(file["tariff/regime"]), ["MFN"])
            np.testing.assert_array_equal(file["tariff/line_rate"][()], [0.08, 0.20, 0.10, 0.05, 0.05])
        self.refused('unknown elasticities.format "wto"', (ELASTICITIES, ELASTICITIES.replace('"tidy"', '"wto"')))

    def test_a_format_of_ones_own(self):
        (self.folder / "formats").mkdir()
        (self.folder / "formats" / "ministry.toml").write_text('role = "tariffs"\nunit = "percent"\n[columns]\nmarket = "m"\nproduct = "p"\n'
                                                               'rate = "r"\nregime = "g"\n')
        rows = [("m", "g", "p", "r")]
        for line in (self.folder / "tariffs.csv").read_text().splitlines()[1:]:
            market, regime, code, rate = line.split(",")
            rows.append((market, regime, code, float(rate) * 100))
        self.write("rates.csv", rows)
        own = '[tariffs]\nformat = "formats/ministry.toml"\nrates = "rates.csv"\nmembers = "members.csv"\n'
        self.same(self.world((TARIFFS, own)), "tariff")
        self.refused("is one of tariffs, not of elasticities", (ELASTICITIES, ELASTICITIES.replace('"tidy"', '"formats/ministry.toml"')))
        self.refused("no such file", (TARIFFS, own.replace("ministry", "misnistry")))

    # There and back

    def test_what_export_writes_is_read_back(self):
        """The flows of a result's cells, exported in every form and imported as trade, are those flows."""
        world = self.world()
        self.pairs(world)
        with h5py.File(self.folder / "result.h5") as file, h5py.File(world) as source:
            countries, products = cli.texts(source["country/iso3"]), cli.texts(source["product/code"])
            cells = file["cells"]
            markets, ends = cells["market"][()], cells["offsets"][()]
            expected = {(countries[i], countries[markets[n]], products[cells["product"][n]]): float(cells["actual"][n])
                        for i in range(len(countries)) for n in range(ends[i], ends[i + 1]) if cells["actual"][n] > 0}
        self.assertGreater(len(expected), 5)
        for ending in ("csv", "csv.gz", "csv.zst", "xlsx", "dta"):
            self.succeeds("export", self.folder / "result.h5", "--table", "cells", "-o", self.folder / f"cells_2023.{ending}")
            own = (f'[trade]\nformat = "columns"\nunit = 1\nfiles = ["cells_2023.{ending}"]\n' + CODES +
                   '[trade.columns]\nexporter = "exporter"\nmarket = "market"\nproduct = "product"\nvalue = "actual"\n')
            with h5py.File(self.world((TRADE, own))) as file:
                codes, offset = cli.texts(file["product/code"]), file["trade/2023/product_offset"][()]
                trade = [file["trade/2023"][name][()] for name in ("exporter", "market", "value")]
                found = {(countries[trade[0][i]], countries[trade[1][i]], codes[k]): trade[2][i]
                         for k in range(len(codes)) for i in range(offset[k], offset[k + 1])}
            self.assertEqual(found, expected, ending)


if __name__ == "__main__":
    unittest.main()
