"""What drilldown writes: the same bits as a full solve, in JSON and CSV alike; groups; every pair; hostile names."""

import importlib.util
import json
import unittest

import h5py
import numpy as np
import openpyxl

import cli
from drilldown import COLUMNS, SCHEMA, Case, read_csv

HOSTILE = '<script>alert(1)</script>, "quoted" & \'single\' </script><!--'


class SyntheticWorld(Case):
    @classmethod
    def setUpClass(cls):
        import tempfile
        from pathlib import Path
        folder = tempfile.TemporaryDirectory(prefix="potentia-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.world = Path(folder.name) / "world.h5"
        done = cli.potentia("synth", "-o", cls.world, "--countries", 60, "--products", 300, "--years", 2)
        assert done.returncode == 0, done.stderr

    def codes(self, result):
        return cli.texts(result["exporter"]), cli.texts(result["market"]), cli.texts(result["product"])

    def pair_rows(self, result, exporter, market):
        """{product: twelve values} of a pair, from the listed cells of a full solve."""
        exporters, markets, products = self.codes(result)
        i, j = exporters.index(exporter), markets.index(market)
        cells = result["cells"]
        begin, end = cells["offsets"][i:i + 2]
        here = np.flatnonzero(cells["market"][begin:end] == j) + begin
        columns = {name: cells[name][begin:end] for name in COLUMNS}
        return {products[cells["product"][n]]: {name: columns[name][n - begin] for name in COLUMNS} for n in here}

    def test_a_pair_equals_the_full_solve_bit_for_bit(self):
        result = self.solved(self.world)
        for exporter, market, least in (("LAO", "CHN", 10), ("CHN", "THA", 100), ("NOR", "USA", 50)):
            with self.subTest(pair=exporter + market):
                self.check_pair(result, exporter, market, least)

    def check_pair(self, result, exporter, market, least):
        exporters, markets, _ = self.codes(result)
        report = self.drilldown(self.world, "--exporter", exporter, "--market", market)
        rows = self.pair_rows(result, exporter, market)
        table = report.table("opportunities", "opportunities")
        self.assertGreater(len(table.rows), least)
        for name in ("potential", "actual", "unrealized", "static", "dynamic", "change_supply", "change_population",
                     "change_income", "change_tariff"):
            for product, value in zip(table["product"], table[name]):
                if product in rows:
                    self.assertEqual(value, rows[product][name], (product, name))
                elif name != "actual":
                    self.assertEqual(value, 0, (product, name))
        missed = {product for product, row in rows.items() if row["unrealized"] > 0} - set(table["product"])
        self.assertEqual(missed, set())
        i, j = exporters.index(exporter), markets.index(market)
        keys = report.table("potential", "key_numbers")
        values = dict(zip(keys["key"], keys["market"]))
        for name in COLUMNS:
            self.assertEqual(values[name], result["pair"][name][i, j], name)
        by_market = report.table("potential", "by_market")
        for name in ("actual", "potential_now", "potential", "realized", "unrealized", "static", "dynamic", "overtrade"):
            for code, value in zip(by_market["market"], by_market[name]):
                self.assertEqual(value, result["pair"][name][i, markets.index(code)], (code, name))
        sectors = cli.texts(result["sector"])
        by_sector = report.table("potential", "by_sector")
        for name in ("actual", "potential_now", "potential", "realized", "unrealized", "static", "dynamic", "overtrade"):
            for sector, value in zip(by_sector["sector"], by_sector[name]):
                self.assertEqual(value, result["pair_sector"][name][i, j, sectors.index(sector)], (sector, name))

    def test_threads_and_runs_write_the_same_bytes(self):
        run = ("drilldown", self.world, "--exporter", "LAO", "--market", "ASEAN")
        self.succeeds(*run, "-o", self.folder / "one", "--threads", 1)
        self.succeeds(*run, "-o", self.folder / "three", "--threads", 3)
        for path in (self.folder / "one").iterdir():
            self.assertEqual(path.read_bytes(), (self.folder / "three" / path.name).read_bytes(), path.name)

    def test_a_group_is_the_sum_of_its_members(self):
        result = self.solved(self.world)
        exporters, markets, _ = self.codes(result)
        for flags, i, j in ((("--exporter", "CHN", "--market", "LMC"), ["CHN"], ["KHM", "LAO", "MMR", "THA", "VNM"]),
                            (("--exporter", "LMC", "--market", "CHN"), ["KHM", "LAO", "MMR", "THA", "VNM"], ["CHN"]),
                            (("--exporter", "LAO,KHM", "--market", "EU27,CHN"), ["KHM", "LAO"], None)):
            report = self.drilldown(self.world, *flags)
            if j is None:
                j = report.json["market"]["members"]
                self.assertIn("CHN", j)
                self.assertGreater(len(j), 5)
            self.assertEqual(report.json["exporter"]["members"], i)
            self.assertEqual(report.json["market"]["members"], j)
            keys = report.table("potential", "key_numbers")
            values = dict(zip(keys["key"], keys["market"]))
            table = report.table("opportunities", "opportunities")
            for name in COLUMNS:
                pairs = result["pair"][name][()][np.ix_([exporters.index(e) for e in i], [markets.index(m) for m in j])]
                np.testing.assert_allclose(values[name], pairs.sum(), rtol=1e-12, atol=1e-3, err_msg=name)
            products = {}
            for e in i:
                for m in j:
                    for product, row in self.pair_rows(result, e, m).items():
                        products.setdefault(product, []).append(row["unrealized"])
            for product, value in zip(table["product"], table["unrealized"]):
                np.testing.assert_allclose(value, sum(products[product]), rtol=1e-12, err_msg=product)

    def test_shares_sum_to_one(self):
        report = self.drilldown(self.world, "--exporter", "CHN", "--market", "LAO")

        def total(part, figure, key):
            return np.nansum(report.table(part, figure).numbers(key))

        for part, figure, key in (("composition", "sectors_exports", "market_share"),
                                  ("composition", "sectors_exports", "rest_share"),
                                  ("composition", "sectors_imports", "market_share"),
                                  ("potential", "by_market", "share"), ("potential", "by_region", "share"),
                                  ("potential", "by_sector", "share"), ("access", "regimes", "best_share_now"),
                                  ("access", "regimes", "best_share_horizon")):
            self.assertLess(abs(total(part, figure, key) - 1), 1e-12, (part, figure, key))
        for figure in ("processing_exports", "processing_imports"):
            table = report.table("composition", figure)
            rows = sum(np.nan_to_num(table.numbers(key)) for key in
                       ("raw_share", "semi_processed_share", "processed_share", "not_classified_share"))
            np.testing.assert_allclose(rows, 1, rtol=1e-12)
        table = report.table("composition", "top_exports")
        np.testing.assert_allclose(np.cumsum(table.numbers("share")), table.numbers("cumulated_share"), rtol=1e-12)

    def test_world_as_market_is_the_whole_row(self):
        result = self.solved(self.world)
        exporters, _, products = self.codes(result)
        report = self.drilldown(self.world, "--exporter", "LAO", "--market", "world")
        table = report.table("opportunities", "opportunities")
        row = result["exporter_product/unrealized"][exporters.index("LAO")]
        for product, value in zip(table["product"], table["unrealized"]):
            np.testing.assert_allclose(value, row[products.index(product)], rtol=1e-12, err_msg=product)

    def check_every_pair(self, result, exporter, market):
        out = self.folder / "tables"
        self.succeeds("drilldown", self.world, "--exporter", exporter, "--market", market, "-o", out)
        self.assertEqual({path.name for path in out.iterdir()}, {"pairs.csv", "pair_sectors.csv", "cells.csv"})
        exporters, markets, products = self.codes(result)
        sectors = cli.texts(result["sector"])
        i = {code: n for n, code in enumerate(exporters) if exporter in ("all", code)}
        j = {code: n for n, code in enumerate(markets) if market in ("all", code)}
        pair = {name: result["pair"][name][()] for name in COLUMNS}
        rows = read_csv(out / "pairs.csv")
        for row in rows:
            for name in COLUMNS:
                self.assertEqual(float(row[name]), pair[name][i[row["exporter"]], j[row["market"]]])
        traded = (pair["actual"] != 0) | (pair["potential"] != 0) | (pair["potential_now"] != 0)
        self.assertEqual(len(rows), traded[np.ix_(list(i.values()), list(j.values()))].sum())
        self.assertGreater(len(rows), 0)
        by_sector = {name: result["pair_sector"][name][()] for name in COLUMNS}
        rows = read_csv(out / "pair_sectors.csv")
        for row in rows:
            at = i[row["exporter"]], j[row["market"]], sectors.index(row["sector"])
            for name in COLUMNS:
                self.assertEqual(float(row[name]), by_sector[name][at])
        self.assertGreater(len(rows), 0)
        return read_csv(out / "cells.csv"), exporters, markets, products

    def test_all_writes_the_tables_of_every_pair(self):
        self.succeeds("solve", self.world, "-o", self.folder / "r.h5")
        with h5py.File(self.folder / "r.h5") as result:
            rows, exporters, markets, products = self.check_every_pair(result, "all", "all")
            cells = {name: result["cells"][name][()] for name in ["market", "product", *COLUMNS]}
            owner = np.repeat(np.arange(len(exporters)), np.diff(result["cells/offsets"][()]))
            self.assertEqual(len(rows), len(owner))
            for n, row in enumerate(rows):
                self.assertEqual((row["exporter"], row["market"], row["product"]),
                                 (exporters[owner[n]], markets[cells["market"][n]], products[cells["product"][n]]))
                for name in COLUMNS:
                    self.assertEqual(float(row[name]), cells[name][n])
            self.check_every_pair(result, "LAO", "all")
            self.check_every_pair(result, "all", "CHN")

    def test_the_schema_is_checked_where_it_can_be(self):
        if importlib.util.find_spec("jsonschema") is None:
            self.skipTest("python3-jsonschema is not installed: report.json is not validated")
        import jsonschema
        schema = json.loads(SCHEMA.read_text())
        report = self.drilldown(self.world, "--exporter", "THA", "--market", "JPN").json
        jsonschema.validate(report, schema)
        del report["parts"][0]["figures"][0]["definition"]
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate(report, schema)

    def test_a_workbook_holds_the_tables_in_full(self):
        book = self.folder / "r.xlsx"
        report = self.drilldown(self.world, "--exporter", "LAO", "--market", "CHN", "--xlsx", book)
        sheets = openpyxl.load_workbook(book)
        expected = ["summary"] + [id for (_, id), figure in report.figures.items() if figure["table"]["rows"]] + ["about the tables"]
        self.assertEqual(sheets.sheetnames, expected)
        compared = 0
        for (_, id), figure in report.figures.items():
            if not figure["table"]["rows"]:
                continue
            sheet = list(sheets[id].values)
            self.assertEqual(list(sheet[0]), [column["label"] for column in figure["table"]["columns"]], id)
            self.assertEqual(sheets[id].freeze_panes, "A2", id)
            for row, written in zip(figure["table"]["rows"], sheet[1:], strict=True):
                for value, cell in zip(row, written):
                    if isinstance(value, bool):
                        value = "yes" if value else "no"
                    self.assertEqual(cell, None if value == "" else value, id)
                    compared += isinstance(value, float)
        self.assertGreater(compared, 500)
        said = " ".join(str(cell) for row in sheets["summary"].values for cell in row)
        self.assertIn(report.json["findings"][0]["sentence"], said)
        self.assertIn("unofficial replication", said)
        self.fails(2, "a workbook of every pair", "drilldown", self.world, "--exporter", "LAO", "--market", "all", "-o",
                   self.folder / "all", "--xlsx", self.folder / "no.xlsx")

    def test_the_screen_shows_key_numbers_opportunities_and_the_page(self):
        self.drilldown(self.world, "--exporter", "LAO", "--market", "CHN")
        for text in ("Unrealised", "largest of", "unofficial replication of ITC's method", "report.html"):
            self.assertIn(text, self.said)
        self.assertLess(len(self.said.splitlines()), 40)
        done = self.succeeds("-q", "drilldown", self.world, "--exporter", "LAO", "--market", "CHN", "-o", self.folder / "q")
        self.assertEqual(done.stdout + done.stderr, "")

    def test_a_second_report_replaces_the_first(self):
        first = self.drilldown(self.world, "--exporter", "LAO", "--market", "CHN")
        second = self.drilldown(self.world, "--exporter", "LAO", "--market", "THA")
        self.assertNotEqual(first.json["market"], second.json["market"])

    def test_groups_of_ones_own(self):
        (self.folder / "mine.toml").write_text('[Neighbours]\nname = "Neighbours"\nmembers = ["THA", "VNM", "XXX"]\n')
        report = self.drilldown(self.world, "--exporter", "LAO", "--market", "Neighbours", "--groups",
                                self.folder / "mine.toml")
        self.assertEqual(report.json["market"], {"code": "Neighbours", "name": "Neighbours", "members": ["THA", "VNM"]})
        self.assertIn("XXX", self.said)
        (self.folder / "s.toml").write_text('[drilldown]\nexporter = "LAO"\nmarket = "Neighbours"\ngroups = "mine.toml"\n')
        report = self.drilldown(self.world, "--settings", self.folder / "s.toml")
        self.assertEqual(report.json["market"]["members"], ["THA", "VNM"])


class HandMadeWorld(Case):
    def test_the_worked_example(self):
        report = self.drilldown(cli.write_worked_example(self.folder / "w.h5"), "--exporter", "LAO", "--market", "CHN")
        table = report.table("opportunities", "opportunities")
        self.assertEqual(table["product"][0], "071410")
        for name, value in (("potential", 65592515.6879), ("static", 22535587.0497), ("dynamic", 13056928.6382)):
            np.testing.assert_allclose(table[name][0], value, rtol=0, atol=1e-4, err_msg=name)

    def test_hostile_names_are_data(self):
        world = cli.write_worked_example(self.folder / "w.h5")
        with h5py.File(world, "r+") as f:
            f.create_dataset("product/name", data=[HOSTILE, "Rubber"], dtype=h5py.string_dtype())
            del f["country/name"]
            f.create_dataset("country/name", data=["China" + HOSTILE, "Laos", "Thailand"], dtype=h5py.string_dtype())
        report = self.drilldown(world, "--exporter", "LAO", "--market", "CHN")  # checks that the CSV reads back the same
        self.assertIn(HOSTILE, report.table("opportunities", "opportunities")["name"])
        self.assertEqual(report.json["market"]["name"], "China" + HOSTILE)
        page = (self.folder / "report" / "report.html").read_text("utf-8")
        self.assertNotIn("alert(1)</script>", page)
        self.assertNotIn("<script>alert", page)
        self.assertNotIn("<!--", page.split("application/json", 1)[1].split("</script>", 1)[0])

    def test_what_the_world_lacks_is_said_in_a_line(self):
        world = cli.write_worked_example(self.folder / "w.h5")
        with h5py.File(world, "r+") as f:
            del f["tariff"]
        report = self.drilldown(world, "--exporter", "LAO", "--market", "CHN")
        for figure in (("trade", "growth"), ("access", "exported"), ("access", "utilization"), ("logistics", "components")):
            self.assertTrue(report.figures[figure]["notice"], figure)
            self.assertEqual(report.figures[figure]["table"]["rows"], [])


if __name__ == "__main__":
    cli.main()
