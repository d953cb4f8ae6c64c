"""potentia atlas: its numbers are those of result.h5 to eight digits, its folder is whole or not there, and no name can do harm."""

import json
import os
import tempfile
from pathlib import Path

import cli
import h5py
import numpy as np
from atlas_site import chunk, eight, finder

COLUMNS = ["actual", "potential_now", "potential", "realized", "unrealized", "static", "dynamic", "overtrade",
           "change_supply", "change_population", "change_income", "change_tariff"]
COMPACT = ["actual", "potential", "realized", "unrealized", "static", "dynamic"]
SECTOR = ["actual", "realized", "static", "dynamic"]
ALL_CELLS = "[cells]\ntop = 0\nthresholds = false\n"


def files(site):
    return {str(path.relative_to(site)): path.read_bytes() for path in sorted(Path(site).rglob("*")) if path.is_file()}


class AtlasCase(cli.Case):
    def atlas(self, world, name="site", *flags, **options):
        self.succeeds("atlas", world, "-o", self.folder / name, *flags, **options)
        return self.folder / name


class Numbers(AtlasCase):
    """One world of several years, its result with the same cells, and its result with every cell."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="potentia-test-")
        cls.addClassCleanup(folder.cleanup)
        here = Path(folder.name)
        cls.world, cls.few, cls.every, cls.site = here / "world.h5", here / "few.toml", here / "all.h5", here / "site"
        cls.few.write_text("[cells]\ntop = 30\nthresholds = false\n")
        (here / "all.toml").write_text(ALL_CELLS)
        for arguments in (["synth", "-o", cls.world, "--countries", 24, "--products", 160, "--years", 3, "--density", 0.2],
                          ["solve", cls.world, "-o", here / "few.h5", "--settings", cls.few],
                          ["solve", cls.world, "-o", cls.every, "--settings", here / "all.toml"],
                          ["atlas", cls.world, "-o", cls.site, "--settings", cls.few]):
            done = cli.potentia(*arguments)
            assert done.returncode == 0, done.stderr
        cls.result = h5py.File(here / "few.h5")
        cls.addClassCleanup(cls.result.close)
        cls.codes = cli.texts(cls.result["exporter"])
        cls.products = cli.texts(cls.result["product"])

    def equal(self, shown, values):
        np.testing.assert_array_equal(np.asarray(shown, float).ravel(), eight(values))

    def test_world(self):
        world = chunk(self.site, "world")
        self.assertEqual(world["countries"]["code"], self.codes)
        self.assertEqual(world["columns"], COLUMNS)
        for number, column in enumerate(COLUMNS):
            pair = self.result[f"pair/{column}"][()]
            for side, axis in (("exporter", 1), ("market", 0)):
                # Added up partner by partner, as the site does.
                sums = np.zeros(len(self.codes))
                for partner in range(len(self.codes)):
                    sums += pair[:, partner] if axis == 1 else pair[partner, :]
                self.equal(world["totals"][side][number], sums)

    def test_pairs_sectors_and_products_of_countries(self):
        for e, code in enumerate(self.codes):
            data = chunk(self.site, f"exporter/{code}")
            for number, column in enumerate(COLUMNS):
                self.equal(data["pairs"]["columns"][number], self.result[f"pair/{column}"][e])
            sectors = data["sectors"]
            shown = np.zeros((len(self.codes), self.result["sector"].shape[0]))
            for number, column in enumerate(SECTOR):
                self.equal(sectors["columns"][number],
                           self.result[f"pair_sector/{column}"][e][sectors["market"], sectors["sector"]])
            shown[sectors["market"], sectors["sector"]] = 1
            left_out = (self.result["pair_sector/potential"][e] > 0) | (self.result["pair_sector/actual"][e] > 0)
            np.testing.assert_array_equal(shown > 0, left_out)
            for side, table in (("exporter", "exporter_product"), ("market", "market_product")):
                listed = chunk(self.site, f"{side}/{code}")["products"]
                for number, column in enumerate(COMPACT):
                    self.equal(listed["columns"][number], self.result[f"{table}/{column}"][e][listed["product"]])
                self.assertEqual(listed["all"], len(listed["product"]))  # fewer than the site carries
            market = chunk(self.site, f"market/{code}")
            for number, column in enumerate(COLUMNS):
                self.equal(market["pairs"]["columns"][number], self.result[f"pair/{column}"][:, e])

    def test_cells(self):
        offsets = self.result["cells/offsets"][()]
        by_market = {code: [] for code in self.codes}
        for e, code in enumerate(self.codes):
            data, rows = chunk(self.site, f"cells/{code}"), slice(offsets[e], offsets[e + 1])
            self.assertEqual(data["market"], self.result["cells/market"][rows].tolist())
            self.assertEqual(data["product"], self.result["cells/product"][rows].tolist())
            for number, column in enumerate(COLUMNS):
                self.equal(data["columns"][number], self.result[f"cells/{column}"][rows])
            now = self.result["factors/demand_now"][()][data["market"], data["product"]]
            then = self.result["factors/demand"][()][data["market"], data["product"]]
            self.equal(data["growth"], then / now - 1)
            for at, (market, product) in enumerate(zip(data["market"], data["product"])):
                by_market[self.codes[market]].append((e, product, *(data["columns"][COLUMNS.index(name)][at] for name in COMPACT)))
        for code, cells in by_market.items():
            data = chunk(self.site, f"market/{code}")["cells"]
            self.assertEqual(sorted(cells), sorted(zip(data["exporter"], data["product"], *data["columns"])))
        self.assertEqual(sum(map(len, by_market.values())), offsets[-1])

    def test_finder_has_all_listed_cells_in_order(self):
        offsets = self.result["cells/offsets"][()]
        exporter = np.repeat(np.arange(len(self.codes)), np.diff(offsets))
        market, product = self.result["cells/market"][()], self.result["cells/product"][()]
        order = np.lexsort((product, market, exporter, -self.result["cells/unrealized"][()]))
        found = finder(self.site)
        self.assertEqual(found["exporter"], exporter[order].tolist())
        self.assertEqual(found["market"], market[order].tolist())
        self.assertEqual(found["product"], product[order].tolist())
        self.assertEqual(chunk(self.site, "world")["finder"], {"parts": 1, "columns": list(found)})
        self.assertEqual(chunk(self.site, "world")["cells"], len(order))
        # The rest is what cells/… has, number by number.
        cells = {}
        for code in self.codes:
            data = chunk(self.site, f"cells/{code}")
            data.update(zip(COLUMNS, data.pop("columns")))
            for name, values in data.items():
                cells.setdefault(name, []).extend(values)
        found.update(finder(self.site, "finder_more"))
        for name in set(found) - {"exporter"}:
            self.assertEqual(found[name], [cells[name][at] for at in order], name)
        self.assertLessEqual({"unrealized", "growth", "tariff", "flags", "imports", "supplier"}, found.keys())

    def test_largest_supplier_is_that_of_the_trade(self):
        years = chunk(self.site, "world")["base_years"]
        with h5py.File(self.world) as world:
            trade = np.zeros((len(world["product/code"]), len(self.codes), len(self.codes)))  # [product, market, exporter]
            place = {code: k for k, code in enumerate(cli.texts(world["product/code"]))}
            for year in years:
                group = world[f"trade/{year}"]
                product = np.repeat(np.arange(len(place)), np.diff(group["product_offset"][()].astype(int)))
                np.add.at(trade, (product, group["market"][()], group["exporter"][()]), group["value"][()] / len(years))
        compared = 0
        for e, code in enumerate(self.codes):
            data = chunk(self.site, f"cells/{code}")
            for at, (market, k) in enumerate(zip(data["market"], data["product"])):
                sales = trade[place[self.products[k]], market].copy()
                self.assertAlmostEqual(data["imports"][at] / sales.sum(), 1, delta=1e-7)
                sales[e] = 0
                other = data["supplier"][at]
                self.assertEqual(other >= 0, sales.max() > 0)
                if other >= 0:
                    compared += 1
                    self.assertAlmostEqual(sales[other] / sales.max(), 1, delta=1e-9)
                    self.assertAlmostEqual(data["supplier_share"][at] * data["imports"][at] / sales[other], 1, delta=3e-7)
        self.assertGreater(compared, 500)

    def cube(self, every, column):
        """[exporter, market, product] of a result that lists every cell with unrealised potential, zero elsewhere."""
        offsets, cube = every["cells/offsets"][()], np.zeros((len(self.codes), len(self.codes), len(self.products)))
        exporter = np.repeat(np.arange(len(self.codes)), np.diff(offsets))
        cube[exporter, every["cells/market"][()], every["cells/product"][()]] = every[f"cells/{column}"][()]
        return cube

    def test_largest_products_of_every_pair(self):
        with h5py.File(self.every) as every:
            cubes = {column: self.cube(every, column) for column in COMPACT}
        pairs = 0
        for e, code in enumerate(self.codes):
            listed = chunk(self.site, f"exporter/{code}")["pair_products"]
            at = {}
            for n, (market, product) in enumerate(zip(listed["market"], listed["product"])):
                at.setdefault(market, []).append(product)
                for number, column in enumerate(COMPACT):
                    self.assertEqual(listed["columns"][number][n], eight([cubes[column][e, market, product]])[0])
            for market in range(len(self.codes)):
                size = cubes["unrealized"][e, market]
                expected = [k for k in np.lexsort((np.arange(size.size), -size))[:5] if size[k] > 0]
                self.assertEqual(at.get(market, []), expected)
                pairs += bool(expected)
        self.assertGreater(pairs, 300)

    def test_products(self):
        names = chunk(self.site, "products")
        self.assertEqual(names["code"], self.products)
        with h5py.File(self.every) as every:
            potential, actual = self.cube(every, "potential"), self.cube(every, "actual")
            unrealized = self.cube(every, "unrealized")
        compared = 0
        for k in range(0, len(self.products), 7):
            data = chunk(self.site, f"product/{names['groups'][names['group'][k]]}")[str(k)]
            for number, column in enumerate(COMPACT):
                for side, table in (("exporters", "exporter_product"), ("markets", "market_product")):
                    self.equal(data[side]["columns"][number], self.result[f"{table}/{column}"][:, k][data[side]["country"]])
            for number, column in enumerate(COLUMNS):
                total = 0.0
                for value in self.result[f"exporter_product/{column}"][:, k]:
                    total += value
                self.equal([data["total"][number]], [total])
            rows, columns = data["exporters"]["country"][:10], data["markets"]["country"][:10]
            for r, exporter in enumerate(rows):
                for c, market in enumerate(columns):
                    if unrealized[exporter, market, k] > 0:  # the others are not listed
                        compared += 1
                        at = r * len(columns) + c
                        self.assertEqual(data["potential"][at], eight([potential[exporter, market, k]])[0])
                        self.assertEqual(data["actual"][at], eight([actual[exporter, market, k]])[0])
        self.assertGreater(compared, 500)

    def test_flags_and_tariffs_are_those_of_the_drill_down(self):
        flags = [flag[0] for flag in chunk(self.site, "world")["flags"]]
        seen = set()
        for exporter, market in (("LAO", "CHN"), ("CHN", "LAO"), ("THA", "VNM")):
            report_folder = self.folder / f"{exporter}{market}"
            self.succeeds("drilldown", self.world, "--exporter", exporter, "--market", market, "-o", report_folder)
            report = json.loads((report_folder / "report.json").read_text())
            table = next(figure["table"] for part in report["parts"] for figure in part["figures"] if figure["id"] == "opportunities")
            keys = [column["key"] for column in table["columns"]]
            rows = {row[keys.index("product")]: dict(zip(keys, row)) for row in table["rows"]}
            data = chunk(self.site, f"cells/{exporter}")
            for at, (place, product) in enumerate(zip(data["market"], data["product"])):
                if self.codes[place] != market:
                    continue
                row = rows[self.products[product]]
                for bit, key in enumerate(flags):
                    self.assertEqual(bool(data["flags"][at] >> bit & 1), row[key], (exporter, market, row, key))
                    seen.add((key, row[key]))
                for key, other in (("tariff_now", "tariff_now"), ("tariff", "tariff_horizon"), ("growth", "market_growth"),
                                   ("imports", "market_imports")):
                    self.assertEqual(data[key][at], None if row[other] is None else eight([row[other]])[0], key)
        self.assertIn(("small_flow", True), seen)
        self.assertIn(("small_flow", False), seen)

    def test_rivals_are_met_in_the_same_cells(self):
        cells = {}
        for e, code in enumerate(self.codes):
            data = chunk(self.site, f"cells/{code}")
            cells[e] = dict(zip(zip(data["market"], data["product"]), data["columns"][4]))
        for e, code in enumerate(self.codes):
            rivals = chunk(self.site, f"exporter/{code}")["rivals"]
            expected = {}
            for other in cells:
                both = [min(cells[e][key], cells[other][key]) for key in cells[e] if other != e and key in cells[other]]
                if both:
                    expected[other] = (len(both), sum(both))
            self.assertEqual(rivals["country"], sorted(rivals["country"], key=lambda other: -expected[other][1]))
            self.assertEqual(len(rivals["country"]), min(20, len(expected)))
            for other, count, size in zip(rivals["country"], rivals["cells"], rivals["size"]):
                self.assertEqual(count, expected[other][0])
                self.assertAlmostEqual(size, expected[other][1], delta=2e-7 * size)

    def test_same_bytes_whatever_the_threads(self):
        again = self.atlas(self.world, "again", "--settings", self.few, "--threads", "1")
        self.assertEqual(files(self.site), files(again))

    def test_chosen_pages_show_the_same(self):
        few = self.atlas(self.world, "chosen", "--settings", self.few, "--exporters", "LAO,KHM", "--markets", "CHN")
        shown, whole = files(few), files(self.site)
        self.assertEqual({name for name in shown if name.startswith("data/exporter")}, {"data/exporter/LAO.js", "data/exporter/KHM.js"})
        self.assertEqual({name for name in shown if name.startswith("data/market")}, {"data/market/CHN.js"})
        for name in shown:
            if name.startswith(("data/exporter", "data/cells", "data/product/")):
                self.assertEqual(shown[name], whole[name], name)
        world = chunk(few, "world")
        self.assertEqual(world["totals"], chunk(self.site, "world")["totals"])
        self.assertEqual(sum(world["countries"]["exporter"]), 2)


class Worlds(AtlasCase):
    def test_hand_checked_world_of_one_year(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        site = self.atlas(world, "site", "--cells", 0)
        head = chunk(site, "world")
        self.assertEqual((head["base_years"], head["horizon_year"], head["tariffs"]), ([2023], 2028, 1))
        # 30 million of the worked example's cassava from Laos to China
        product = chunk(site, "product/07")["0"]
        at = product["exporters"]["country"].index(cli.LAO) * len(product["markets"]["country"]) + product["markets"]["country"].index(cli.CHN)
        self.assertEqual(product["actual"][at], 30e6)

    def test_without_tariffs(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        with h5py.File(world, "r+") as f:
            del f["tariff"]
        (self.folder / "all.toml").write_text(ALL_CELLS)
        site = self.atlas(world, "site", "--settings", self.folder / "all.toml")
        self.assertEqual(chunk(site, "world")["tariffs"], 0)
        cells = chunk(site, "cells/LAO")
        self.assertGreater(len(cells["tariff"]), 0)
        self.assertEqual(set(cells["tariff"] + cells["tariff_now"]), {None})

    def test_hostile_names(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        nasty = "</script><img src=x onerror=alert(1)>\u2028\"'\\&{{title}}"
        with h5py.File(world, "r+") as f:
            text = h5py.string_dtype()
            # CON is a device on some systems, where no file may be called so.
            for path, names in (("country/name", [nasty] * 3), ("country/iso3", ["CHN", "CON", "THA"]), ("product/name", [nasty] * 2)):
                if path in f:
                    del f[path]
                f.create_dataset(path, data=names, dtype=text)
        site = self.atlas(world, "site", "--title", nasty)
        self.assertEqual(chunk(site, "world")["countries"]["file"], ["CHN", "_1", "THA"])
        self.assertTrue((site / "data" / "exporter" / "_1.js").exists())
        self.assertEqual(chunk(site, "world")["countries"]["name"], [nasty] * 3)
        self.assertEqual(chunk(site, "products")["name"], [nasty] * 2)
        for name, contents in files(site).items():
            if name.startswith("data/"):
                self.assertTrue(contents.isascii())
                self.assertFalse(set(b"<>&") & set(contents), name)
                self.assertRegex(name, r"^data/([a-z_]+/)?[A-Za-z0-9_]+\.js$")
        page = (site / "index.html").read_text()
        self.assertNotIn("<img", page)
        self.assertEqual(page.count("<script"), 2)


class LogoAndNames(AtlasCase):
    def setUp(self):
        super().setUp()
        self.world = cli.write_worked_example(self.folder / "world.h5")
        (self.folder / "logo.txt").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"/>')
        (self.folder / "fr.csv").write_text("code,name\nLAO,Laos\nCHN,Chine\n071410,\"Manioc, frais\"\nXXX,Rien\n")

    def test_are_part_of_the_site(self):
        plain = files(self.atlas(self.world, "plain"))
        site = self.atlas(self.world, "site", "--logo", self.folder / "logo.txt", "--names", f"fr={self.folder / 'fr.csv'}",
                          "--names", f"con={self.folder / 'fr.csv'}")
        found = files(site)
        # Windows keeps CON for itself.
        self.assertEqual(set(found) - set(plain), {"assets/logo.svg", "data/names/fr.js", "data/names/_1.js"})
        self.assertEqual(found["assets/logo.svg"], (self.folder / "logo.txt").read_bytes())
        self.assertIn('width="3000" height="1000"', found["index.html"].decode())
        self.assertEqual(chunk(site, "world")["languages"], [["fr", "fr"], ["con", "_1"]])
        self.assertEqual(json.loads(found["atlas.json"])["languages"], ["fr", "con"])
        names, codes = chunk(site, "names/fr"), chunk(site, "world")["countries"]["code"]
        self.assertEqual(dict(zip(codes, names["country"])), {"CHN": "Chine", "LAO": "Laos", "THA": ""})
        at = chunk(site, "products")["code"].index("071410")
        self.assertEqual((names["product"][at], names["short"][at]), ("Manioc, frais", "Manioc"))
        notice = next(each for each in chunk(site, "about")["notices"] if each[1] == "names.outside_world")
        self.assertEqual(notice[2], 1)
        for name in set(plain) - {"index.html", "atlas.json", "data/world.js", "data/about.js"}:
            self.assertEqual(found[name], plain[name], name)

    def test_faults(self):
        (self.folder / "twice.csv").write_text("code,name\nLAO,Laos\nLAO,RDP lao\n")
        (self.folder / "empty.csv").write_text("")
        (self.folder / "large.svg").write_bytes(b"<svg/>" + b" " * 1_000_000)
        for flags, code, words in ((["--names", f"fr={self.folder / 'fr.csv'}", "--names", f"FR={self.folder / 'fr.csv'}"], 2, "given twice"),
                                   (["--names", "fr"], 2, "no language and file"), (["--names", f"f_r={self.folder / 'fr.csv'}"], 2, "no tag"),
                                   (["--names", f"fr={self.folder / 'twice.csv'}"], 3, "stands on line 2 too"),
                                   (["--names", f"fr={self.folder / 'empty.csv'}"], 3, "empty"), (["--names", f"fr={self.folder / 'none.csv'}"], 3, "none.csv"),
                                   (["--logo", self.folder / "fr.csv"], 3, "no PNG, JPEG or SVG"), (["--logo", self.folder / "none"], 3, "does not exist"),
                                   (["--logo", self.folder], 3, "no file"), (["--logo", self.folder / "large.svg"], 3, "larger than 1 MB")):
            self.fails(code, words, "atlas", self.world, "-o", self.folder / "site", *flags)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir() if path.is_dir()), [])


class Reports(AtlasCase):
    def test_links_lead_to_reports_from_where_the_site_is(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        page = self.folder / "my reports" / "laos & china" / "report.html"
        page.parent.mkdir(parents=True)
        page.write_text("a report")
        site = self.atlas(world, "public/atlas", "--report", f"LAO/CHN={page}")
        ((exporter, market, address),) = chunk(site, "world")["reports"]
        self.assertEqual((exporter, market), (cli.LAO, cli.CHN))
        self.assertEqual(address, "../../my%20reports/laos%20%26%20china/report.html")
        later = self.succeeds("atlas", world, "-o", site, "--report", f"LAO/CHN={self.folder}/later.html")
        self.assertIn("later.html", later.stderr)

    def test_errors(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        for code, words, typed in ((2, "no pair and file", ["LAO=report.html"]), (2, "no pair and file", ["LAO/CHN="]),
                                   (2, "two reports", ["LAO/CHN=a.html", "Laos/CHN=b.html"]), (2, "not one country", ["LAO,THA/CHN=a.html"]),
                                   (3, "Atlantis", ["LAO/Atlantis=a.html"])):
            flags = [word for each in typed for word in ("--report", each)]
            self.fails(code, words, "atlas", world, "-o", self.folder / "site", *flags)
        self.assertFalse((self.folder / "site").exists())


class Folder(AtlasCase):
    def setUp(self):
        super().setUp()
        self.world = cli.write_worked_example(self.folder / "world.h5")

    def test_takes_the_place_of_an_older_atlas(self):
        site = self.atlas(self.world)
        (site / "data" / "exporter" / "OLD.js").write_text("of an older world")
        self.assertEqual(self.atlas(self.world, "site/"), site)
        self.assertFalse((site / "data" / "exporter" / "OLD.js").exists())
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["site", "world.h5"])
        (self.folder / "link").symlink_to(site)
        self.atlas(self.world, "link", "--title", "Through a link")
        self.assertTrue((self.folder / "link").is_symlink())
        self.assertEqual(chunk(site, "world")["title"], "Through a link")

    def test_readable_by_others_where_the_umask_says_so(self):
        old = os.umask(0o022)
        self.addCleanup(os.umask, old)
        self.assertEqual(self.atlas(self.world).stat().st_mode & 0o777, 0o755)

    def test_leaves_what_is_not_its_own(self):
        (self.folder / "mine").mkdir()
        (self.folder / "mine" / "thesis.txt").write_text("years of work")
        self.fails(3, ["holds other things", "thesis.txt", "mine"], "atlas", self.world, "-o", self.folder / "mine")
        site = self.atlas(self.world)
        (site / "notes.txt").write_text("added by hand")
        self.fails(3, ["holds other things", "notes.txt"], "atlas", self.world, "-o", site)
        self.fails(3, "no folder", "atlas", self.world, "-o", self.world)

    def test_what_a_killed_program_left_goes(self):
        left = self.folder / ".site.making-abcdef"
        (left / "data").mkdir(parents=True)
        (self.folder / ".site.making-file").write_text("not a folder")
        self.atlas(self.world)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), [".site.making-file", "site", "world.h5"])

    def test_errors_leave_the_older_atlas(self):
        site = self.atlas(self.world)
        before = files(site)
        (self.folder / "wrong.toml").write_text("[world]\nbase_years = [1999]\n")
        self.fails(3, "1999", "atlas", self.world, "-o", site, "--settings", self.folder / "wrong.toml")
        self.fails(3, "Atlantis", "atlas", self.world, "-o", site, "--exporters", "Atlantis")
        self.fails(2, "--cells", "atlas", self.world, "-o", site, "--cells", "-1")
        self.assertEqual(files(site), before)


if __name__ == "__main__":
    cli.main()
