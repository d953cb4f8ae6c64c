"""What solve writes: METHOD.md's worked example through files, settings, restrictions, threads."""


import h5py
import numpy as np

import cli
from cli import CHN, LAO

COLUMNS = ["actual", "potential_now", "potential", "realized", "unrealized", "static", "dynamic", "overtrade",
           "change_supply", "change_population", "change_income", "change_tariff"]

# METHOD.md, LAO to CHN, product by product, trade_share.
EXPECTED = {
    "potential_now": [52535587.0497, 76614186.0133],
    "potential": [65592515.6879, 62849751.9841],
    "unrealized": [35592515.6879, 0],
    "static": [22535587.0497, 0],
    "dynamic": [13056928.6382, 0],
    "change_supply": [3052415.7257, 3417235.0851],
    "change_population": [-591188.1727, -698548.2289],
    "change_income": [10595701.0852, 18779828.2383],
    "change_tariff": [0, -35262949.1237],
}


class WorkedExample(cli.Case):
    def solve(self, *flags, settings=""):
        world = cli.write_worked_example(self.folder / "world.h5")
        (self.folder / "s.toml").write_text("[cells]\ntop = 0\nthresholds = false\n" + settings)
        self.succeeds("solve", world, "-o", self.folder / "r.h5", "--settings", self.folder / "s.toml", *flags)
        return h5py.File(self.folder / "r.h5")

    def cell(self, result, exporter, market, product):
        """The listed values of one cell."""
        cells = result["cells"]
        begin, end = cells["offsets"][exporter:exporter + 2]
        for n in range(begin, end):
            if (cells["market"][n], cells["product"][n]) == (market, product):
                return {name: cells[name][n] for name in COLUMNS}
        self.fail("the cell is not listed")

    def test_trade_share(self):
        with self.solve() as result:
            self.assertEqual(cli.texts(result["exporter"]), cli.COUNTRIES)
            self.assertEqual(cli.texts(result["product"]), cli.PRODUCTS)
            np.testing.assert_allclose(result["factors/supply_now"][LAO], [0.129834481451, 0.0693206729384], rtol=2e-12)
            np.testing.assert_allclose(result["factors/supply"][LAO], [0.136749692666, 0.0728140194295], rtol=4e-12)
            np.testing.assert_allclose(result["factors/demand_now"][CHN], [630e6, 1020e6], rtol=1e-15)
            np.testing.assert_allclose(result["factors/demand"][CHN], [746801078.5599, 1323058828.337], rtol=1e-12)
            np.testing.assert_allclose(result["factors/ease"][LAO, CHN], 0.794361601761, rtol=1e-12)
            for product in (0, 1):
                cell = self.cell(result, LAO, CHN, product)
                for name, values in EXPECTED.items():
                    np.testing.assert_allclose(cell[name], values[product], rtol=2e-12, atol=1e-4, err_msg=name)
            for name, values in EXPECTED.items():
                np.testing.assert_allclose(result["pair"][name][LAO, CHN], sum(values), rtol=2e-12, atol=2e-4)

    def test_calibrated(self):
        with self.solve(settings='[method]\nease = "calibrated"\n') as result:
            np.testing.assert_allclose(result["factors/ease"][LAO, CHN], 0.922605107529, rtol=1e-12)
            for product, now, later in ((0, 61017049.2023, 76181917.4733), (1, 88982950.7977, 72996355.8900)):
                cell = self.cell(result, LAO, CHN, product)
                np.testing.assert_allclose(cell["potential_now"], now, rtol=2e-12)
                np.testing.assert_allclose(cell["potential"], later, rtol=2e-12)
            np.testing.assert_allclose(result["pair/potential_now"][LAO, CHN], 150e6, rtol=1e-14)

    def test_switches_change_the_answer(self):
        with self.solve() as result:
            before = result["pair/potential"][()]
        for line in ("distance_fit = false", "net_importer_correction = false", "tariffs = false"):
            with self.solve(settings="[method]\n" + line) as result:
                self.assertFalse(np.array_equal(before, result["pair/potential"][()]), line)

    def test_everything_off_gives_back_trade(self):
        off = "[method]\ndistance_fit = false\nnet_importer_correction = false\ntariffs = false\n[world]\nhorizon_year = 2023\n"
        with self.solve(settings=off) as result:
            np.testing.assert_allclose(result["pair/potential"][()], result["pair/actual"][()], rtol=1e-14)
            np.testing.assert_array_equal(result["pair/dynamic"][()], 0)

    def test_a_flag_beats_the_file(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        (self.folder / "s.toml").write_text("[cells]\ntop = 3\nthresholds = false\n")
        run = ("solve", world, "-o", self.folder / "r.h5", "--settings", self.folder / "s.toml")
        self.succeeds(*run)
        with h5py.File(self.folder / "r.h5") as result:
            self.assertEqual(list(np.diff(result["cells/offsets"][()])), [3, 3, 3])
        self.succeeds(*run, "--top", 1)
        with h5py.File(self.folder / "r.h5") as result:
            self.assertEqual(list(np.diff(result["cells/offsets"][()])), [1, 1, 1])

    def test_the_settings_as_used_are_in_the_result(self):
        with self.solve("--top", "7", settings='[method]\nease = "calibrated"\n') as result:
            provenance = result["provenance"]
            everything = str(dict(provenance.attrs)) + "".join(
                str(provenance[name][()]) for name in provenance if isinstance(provenance[name], h5py.Dataset))
            for part in ("calibrated", "top = 7", "horizon_year = 2028", "2023"):
                self.assertIn(part, everything)

    def test_validate_and_info_of_both_kinds(self):
        self.solve("--dense", "potential").close()
        for name in ("world.h5", "r.h5"):
            done = self.succeeds("validate", self.folder / name)
            self.assertIn("valid", done.stdout)
            done = self.succeeds("info", self.folder / name)
            self.assertIn("2023", done.stdout)
        done = self.succeeds("info", self.folder / "r.h5", "--pair", "LAO,CHN")
        self.assertIn("128.4", done.stdout)  # potential, USD million
        self.fails(3, ["LOA", "LAO"], "info", self.folder / "r.h5", "--pair", "LOA,CHN")

    def test_xarray_opens_a_group(self):
        try:
            import xarray
        except ImportError:
            self.skipTest("xarray is not installed")
        self.solve().close()
        with xarray.open_dataset(self.folder / "r.h5", group="pair") as pair:
            self.assertEqual(pair["potential"].dims, ("exporter", "market"))
            self.assertIn("units", pair["potential"].attrs)
            self.assertTrue(pair["potential"].attrs["long_name"])


class SyntheticWorld(cli.Case):
    def setUp(self):
        super().setUp()
        self.world = self.folder / "world.h5"
        self.succeeds("synth", "-o", self.world, "--countries", 33, "--products", 70, "--years", 2, "--density", 0.2)

    def solve(self, name, *flags, **options):
        self.succeeds("solve", self.world, "-o", self.folder / name, *flags, **options)
        return self.folder / name

    def test_threads_change_no_byte(self):
        one = self.solve("1.h5", "--threads", 1, "--dense", "potential,unrealized")
        for threads in (2, 7):
            self.same_contents(one, self.solve(f"{threads}.h5", "--threads", threads, "--dense", "potential,unrealized"))

    def test_the_same_run_twice_gives_the_same_bytes(self):
        self.same_contents(self.solve("a.h5"), self.solve("b.h5"))

    def test_restricted_rows_are_slices_of_the_full_run(self):
        (self.folder / "s.toml").write_text("[cells]\ntop = 0\nthresholds = true\n")
        common = ("--settings", self.folder / "s.toml", "--dense", "potential")
        with h5py.File(self.solve("full.h5", *common)) as full:
            codes = cli.texts(full["exporter"])
            some, other = [codes[2], codes[17], codes[30]], [codes[0], codes[17]]
            for exporters, markets in ((some, None), (None, other), (some, other)):
                flags = (["--exporters", ",".join(reversed(exporters))] if exporters else []) + (
                    ["--markets", ",".join(markets)] if markets else [])
                with self.subTest(flags=flags), h5py.File(self.solve("part.h5", *common, *flags)) as part:
                    self.compare(full, part, codes, exporters, markets)

    def compare(self, full, part, codes, exporters, markets):
        rows = [codes.index(code) for code in exporters or codes]
        columns = [codes.index(code) for code in markets or codes]
        self.assertEqual(cli.texts(part["exporter"]), [codes[i] for i in rows])
        self.assertEqual(cli.texts(part["market"]), [codes[j] for j in columns])
        self.assertEqual("exporter_product" in part, markets is None)
        self.assertEqual("market_product" in part, exporters is None)
        for name in COLUMNS:
            np.testing.assert_array_equal(part["pair"][name][()], full["pair"][name][()][np.ix_(rows, columns)])
            np.testing.assert_array_equal(part["pair_sector"][name][()], full["pair_sector"][name][()][np.ix_(rows, columns)])
            if markets is None:
                np.testing.assert_array_equal(part["exporter_product"][name][()], full["exporter_product"][name][()][rows])
            if exporters is None:
                np.testing.assert_array_equal(part["market_product"][name][()], full["market_product"][name][()][columns])
        for name in ("supply_now", "supply"):
            np.testing.assert_array_equal(part["factors"][name][()], full["factors"][name][()][rows])
        for name in ("demand_now", "demand", "typical_distance"):
            np.testing.assert_array_equal(part["factors"][name][()], full["factors"][name][()][columns])
        np.testing.assert_array_equal(part["factors/ease"][()], full["factors/ease"][()][np.ix_(rows, columns)])
        np.testing.assert_array_equal(part["dense/potential"][()], full["dense/potential"][()][np.ix_(rows, columns)])
        self.assertGreater(len(part["cells/market"]), 0)
        for n, i in enumerate(rows):
            self.assertEqual(self.cells(part, n, columns), self.cells(full, i, columns, among=set(columns)))

    def cells(self, result, exporter, markets, among=None):
        """Listed cells of an exporter, market by index in the full world; of these markets only, where named."""
        begin, end = result["cells/offsets"][exporter:exporter + 2]
        market, product = result["cells/market"][begin:end], result["cells/product"][begin:end]
        columns = np.column_stack([result["cells"][name][begin:end] for name in COLUMNS])
        if among is None:
            market = np.array(markets)[market]
        listed = [n for n in range(end - begin) if among is None or market[n] in among]
        return [(market[n], product[n], columns[n].tobytes()) for n in listed]

    def test_invariants_of_the_sums(self):
        with h5py.File(self.solve("r.h5")) as result:
            pair = {name: result["pair"][name][()] for name in COLUMNS}
            near = dict(rtol=1e-12, atol=1e-3)
            np.testing.assert_allclose(pair["static"] + pair["dynamic"], pair["unrealized"], **near)
            np.testing.assert_allclose(pair["realized"] + pair["unrealized"], pair["potential"], **near)
            np.testing.assert_allclose(pair["realized"] + pair["overtrade"], pair["actual"], **near)
            np.testing.assert_allclose(sum(pair[name] for name in COLUMNS if name.startswith("change_")),
                                       pair["potential"] - pair["potential_now"], rtol=1e-9, atol=1)
            for name in COLUMNS:
                total = pair[name].sum()
                scale = abs(pair["potential"]).sum()
                for group in ("pair_sector", "exporter_product", "market_product"):
                    np.testing.assert_allclose(result[group][name][()].sum(), total, rtol=1e-9, atol=1e-9 * scale)

    def test_the_cube_adds_up_to_the_pairs(self):
        with h5py.File(self.solve("r.h5", "--dense", "potential,unrealized")) as result:
            for name in ("potential", "unrealized"):
                cube = result["dense"][name]
                self.assertEqual(cube.dtype, np.float32)
                np.testing.assert_allclose(cube[()].sum(axis=2, dtype="f8"), result["pair"][name][()], rtol=1e-5, atol=1)


if __name__ == "__main__":
    cli.main()
