"""solve --outlook: chance, expected exports and interval against plain numpy and the models that the back-test holds."""

import json
import shutil

import h5py
import numpy as np

import backtest_reference as reference
import cli
import test_backtest
from test_backtest import COUNTRIES, PRODUCTS

NAMES = ["potential", "exports of product", "imports of product", "trade between pair", "world exports",
         "products between pair", "markets served", "suppliers"]


class Models:
    """The fitted models, applied as METHOD.md says."""

    def __init__(self, path):
        with h5py.File(path) as f:
            self.file = {name: f[name][()] for name in ("new/size/smearing", "continuing/interval/bound",
                                                        "continuing/interval/width", "continuing/interval/smearing")}
            self.forms = {name: self.read(f[name]) for name in ("chance/plain", "new/size", "continuing/growth")}
            self.forms["continuing/survival"] = self.read(f["continuing/survival"]) if "survival" in f["continuing"] else None

    @staticmethod
    def read(group):
        return tuple(group[name][()] for name in ("coefficient", "mean", "deviation"))

    def linear(self, name, columns):
        coefficient, mean, deviation = self.forms[name]
        total = np.full(columns[0].shape, coefficient[0])
        for n, column in enumerate(columns, 1):
            total = total + coefficient[n] * (column - mean[n]) / deviation[n]
        return total

    def outlook(self, trade, columns, candidates, flows, years):
        """Four columns and what starts, of every cell; NaN where there is none."""
        columns = [columns[name] for name in NAMES]
        chance, expected, low, high = (np.full(trade.shape, np.nan) for _ in range(4))
        x = [column[candidates] for column in columns]
        p = 1 / (1 + np.exp(-self.linear("chance/plain", x)))
        chance[candidates] = -np.expm1(years * np.log1p(-p))  # 1 − (1 − p)^years
        expected[candidates] = chance[candidates] * self.file["new/size/smearing"] * np.exp(self.linear("new/size", x))
        v0 = trade[flows]
        x = [np.log(v0)] + [column[flows] for column in columns]
        middle = v0 * np.exp(self.linear("continuing/growth", x) * years)
        classes = np.searchsorted(self.file["continuing/interval/bound"], v0)
        width = self.file["continuing/interval/width"][classes]
        smearing = self.file["continuing/interval/smearing"][classes]
        low[flows], high[flows] = middle * np.exp(-width), middle * np.exp(width)
        expected[flows] = np.clip(middle * smearing**years, low[flows], high[flows])
        if self.forms["continuing/survival"]:
            chance[flows] = (1 / (1 + np.exp(-self.linear("continuing/survival", x)))) ** years
        return {"chance": chance, "expected": expected, "low": low, "high": high}


class Outlook(test_backtest.Case):
    def settings(self, text, name="s.toml"):
        path = self.folder / name
        path.write_text(text)
        return path

    def world(self, drives=True, **options):
        world, before, after, facts = super().world(drives, **options)
        self.then = self.project(world)
        return world, before, after, facts

    @staticmethod
    def project(world):
        """Adds 2029. @return growth of GDP and population from 2024"""
        rng = np.random.default_rng(29)
        with h5py.File(world, "r+") as f:
            growth = []
            for name, low, high in (("gdp", 1.0, 1.4), ("population", 0.95, 1.1)):
                values = f[f"macro/{name}"][:]
                growth.append(rng.uniform(low, high, len(values)))
                del f[f"macro/{name}"]
                f[f"macro/{name}"] = np.column_stack([values, values[:, 1] * growth[-1]])
            del f["macro/year"]
            f["macro/year"] = [2017, 2024, 2029]
        return growth

    def case(self):
        world, _, after, facts = self.world()
        models, _ = self.backtest(world)
        return world, models, after, (facts[0], *self.then)

    def solve(self, world, models, *flags, years="base_years = [2024]\nhorizon_year = 2029", name="r.h5", cells="top = 0\nthresholds = false"):
        out = self.folder / name
        settings = self.settings(f"[world]\n{years}\n[cells]\n{cells}\n")
        run = cli.potentia("solve", world, "-o", out, "--settings", settings, "--outlook", models, *flags)
        self.assertEqual(run.returncode, 0, run.stderr)
        return out, run

    def cube(self, path, name):
        """A column of the list as [exporter, market, product]; NaN where nothing is listed."""
        with h5py.File(path) as f:
            cells, offsets = f["cells"], f["cells/offsets"][:]
            out = np.full((COUNTRIES, COUNTRIES, PRODUCTS), np.nan)
            exporter = np.repeat(np.arange(COUNTRIES), np.diff(offsets))
            out[exporter, cells["market"][:], cells["product"][:]] = cells[name][:]
        return out

    def compare(self, path, models, trade, facts, years):
        look = reference.Facts(trade, trade, *facts)
        candidates = (look.ep > 0) & (trade == 0)
        flows = (look.ep > 0) & (trade > 0)
        wanted = Models(models).outlook(trade, look.columns, candidates, flows, years)
        listed = ~np.isnan(self.cube(path, "potential"))
        np.testing.assert_array_equal(listed, look.ep > 0)
        for name, values in wanted.items():
            np.testing.assert_allclose(self.cube(path, name), values, rtol=1e-9, atol=1e-15, err_msg=name)
        with h5py.File(path) as f:
            expected, starts = f["pair/expected"][:], f["pair/expected_starts"][:]
        np.testing.assert_allclose(expected, np.nansum(wanted["expected"], 2), rtol=1e-9)
        np.testing.assert_allclose(starts, np.where(candidates, wanted["chance"], 0).sum(2), rtol=1e-9, atol=1e-15)
        return wanted, candidates, flows

    def test_against_numpy_at_another_horizon(self):
        world, models, after, facts = self.case()
        out, run = self.solve(world, models)
        wanted, candidates, flows = self.compare(out, models, after, facts, 5 / 7)
        self.assertIn("chances are 1 - (1 - p)^(5/7)", run.stderr)
        self.assertGreater(candidates.sum(), 1000)
        self.assertGreater(flows.sum(), 1000)
        self.assertGreater(np.nanstd(wanted["chance"][candidates]), 0.02)
        with h5py.File(out) as f:
            roles = cli.texts(f["provenance/inputs/role"])
            self.assertEqual(cli.texts(f["provenance/inputs/sha256"])[roles.index("outlook")], cli.digest(models))
            self.assertEqual(f["pair/expected"].attrs["units"], "USD")
            self.assertEqual(f["cells/chance"].attrs["units"], "1")
        valid = cli.potentia("validate", out)
        self.assertEqual(valid.returncode, 0, valid.stderr)

    def test_the_back_tests_own_origin_is_not_scaled(self):
        world, before, _, facts = self.world()
        models, _ = self.backtest(world)
        out, run = self.solve(world, models, years="base_years = [2017]\nhorizon_year = 2024")
        self.compare(out, models, before, facts, 1.0)
        self.assertNotIn("(1 - p)^", run.stderr)

    def test_without_deaths_flows_have_no_chance(self):
        rng = np.random.default_rng(3)
        before = test_backtest.origin_trade(rng)
        after = test_backtest.outcome_trade(rng, before, 0.1, dying=0)
        world, distance, *_ = test_backtest.write_world(self.folder / "world.h5", {2017: before, 2024: after})
        growth = self.project(world)
        models, _ = self.backtest(world)
        out, run = self.solve(world, models)
        wanted, _, flows = self.compare(out, models, after, (distance, *growth), 5 / 7)
        self.assertTrue(np.isnan(wanted["chance"][flows]).all())
        self.assertIn("no chance to go on", run.stderr)

    def test_products_that_took_no_part_are_allowed_for(self):
        world, _, after, facts = self.world()
        with h5py.File(world, "r+") as f:
            f["product/in_scope"][3] = False
        models, _ = self.backtest(world)
        with h5py.File(world, "r+") as f:
            f["product/in_scope"][3] = True
        out, run = self.solve(world, models)
        self.assertIn("35 of 36 products took part", run.stderr)
        look = reference.Facts(after, after, facts[0], *self.then)
        took_part = np.arange(PRODUCTS) != 3
        trade_share = after[:, :, took_part].sum() / after.sum()
        flow_share = (after[:, :, took_part] > 0).sum() / (after > 0).sum()
        look.columns["trade between pair"] = look.columns["trade between pair"] + np.log(trade_share)
        shared = np.log(1 + flow_share * (after > 0).sum(2))
        look.columns["products between pair"] = np.broadcast_to(shared[:, :, None], after.shape)
        candidates, flows = (look.ep > 0) & (after == 0), (look.ep > 0) & (after > 0)
        for name, values in Models(models).outlook(after, look.columns, candidates, flows, 5 / 7).items():
            np.testing.assert_allclose(self.cube(out, name), values, rtol=1e-9, atol=1e-15, err_msg=name)

    def sums_are_those_of_the_cells(self, path):
        """Sums are made of factors, cells one by one: of their own potential, trade and models."""
        actual, chance = self.cube(path, "actual"), self.cube(path, "chance")
        with h5py.File(path) as f:
            expected, starts = f["pair/expected"][:], f["pair/expected_starts"][:]
        self.assertTrue(np.isfinite(expected).all())
        np.testing.assert_allclose(expected, np.nansum(self.cube(path, "expected"), 2), rtol=1e-11)
        np.testing.assert_allclose(starts, np.where(actual == 0, chance, 0).sum(2), rtol=1e-11)
        return starts

    def with_tariffs_and_unknown_distances(self, world):
        rng = np.random.default_rng(5)
        with h5py.File(world, "r+") as f:
            distance = f["distance"][:]
            distance[rng.random(distance.shape) < 0.1] = np.nan
            distance[:, 4] = np.nan  # a market none of whose suppliers' distances are known
            f["distance"][:] = distance
            f["elasticity/sigma"] = rng.uniform(2, 8, PRODUCTS)
            codes = cli.texts(f["country/iso3"])
            f.create_dataset("tariff/schedule", data=codes[:3], dtype=h5py.string_dtype())
            f.create_dataset("tariff/regime", data=["MFN", "FTA"], dtype=h5py.string_dtype())
            f["tariff/market_schedule"] = [0, 1, 2] + [-1] * (COUNTRIES - 3)
            lines = [(s, regime, k) for s in range(3) for regime in range(2) for k in range(PRODUCTS)]
            for n, column in enumerate(("schedule", "regime", "product")):
                f[f"tariff/line_{column}"] = [line[n] for line in lines]
            f["tariff/line_rate"] = [rng.uniform(0, 0.1) if regime else rng.uniform(0.1, 1.5) for _, regime, _ in lines]
            members = [(market, 1, exporter, -32768, 32767) for market in range(3) for exporter in range(market + 1, COUNTRIES, 3)]
            for n, column in enumerate(("market", "regime", "exporter", "first_year", "last_year")):
                f[f"tariff/member_{column}"] = [member[n] for member in members]

    def changed_models(self, models, change):
        path = shutil.copy(models, self.folder / "changed.h5")
        with h5py.File(path, "r+") as f:
            cli.forget_digest(f)
            for name in ("chance/plain", "new/size"):
                names = cli.texts(f[f"{name}/regressor"])
                coefficient = f[f"{name}/coefficient"][:]
                change(coefficient, names.index("ln potential"))
                f[f"{name}/coefficient"][:] = coefficient
        return path

    def test_sums_by_factors_are_those_of_the_cells(self):
        world, models, *_ = self.case()
        plain, _ = self.solve(world, models)
        self.with_tariffs_and_unknown_distances(world)
        out, _ = self.solve(world, models, name="tariffs.h5")
        before, after = self.sums_are_those_of_the_cells(plain), self.sums_are_those_of_the_cells(out)
        self.assertGreater(np.abs(after - before)[before > 0].max(), 0.01)

        def sign(coefficient, potential):
            coefficient[potential] = -coefficient[potential]

        self.sums_are_those_of_the_cells(self.solve(world, self.changed_models(models, sign), name="sign.h5")[0])

    def test_models_beyond_the_range_of_numbers(self):
        # Coefficients of which the sums are moderate and the parts are not: e to their power is no number any more.
        world, models, *_ = self.case()

        def scale(coefficient, potential):
            coefficient[1:] *= 60
            coefficient[0] = 0

        out, _ = self.solve(world, self.changed_models(models, scale), name="large.h5")
        starts = self.sums_are_those_of_the_cells(out)
        self.assertGreater(np.count_nonzero(starts % 1), 100)

    def test_same_bits_with_any_threads_and_for_some_countries(self):
        world, models, *_ = self.case()
        one, _ = self.solve(world, models, "--threads", 1)
        for threads in (2, 7):
            other, _ = self.solve(world, models, "--threads", threads, name="o.h5")
            self.assertEqual(cli.digest(one), cli.digest(other))
        few, _ = self.solve(world, models, "--exporters", "ABX,AYX", "--markets", "AAX,ADX", name="few.h5")
        with h5py.File(one) as a, h5py.File(few) as b:
            rows = [cli.texts(a["exporter"]).index(code) for code in cli.texts(b["exporter"])]
            columns = [cli.texts(a["market"]).index(code) for code in cli.texts(b["market"])]
            self.assertEqual((len(rows), len(columns)), (2, 2))
            for name in ("expected", "expected_starts"):
                np.testing.assert_array_equal(a[f"pair/{name}"][:][np.ix_(rows, columns)], b[f"pair/{name}"][:])
        for name in ("chance", "expected", "low", "high"):
            whole = self.cube(one, name)[np.ix_(rows, columns)]
            with h5py.File(few) as b:
                part = np.full_like(whole, np.nan)
                at = np.repeat(np.arange(2), np.diff(b["cells/offsets"][:]))
                part[at, b["cells/market"][:], b["cells/product"][:]] = b[f"cells/{name}"][:]
            np.testing.assert_array_equal(whole, part)

    def test_the_rest_of_the_result_stays_as_it_is(self):
        world, models, *_ = self.case()
        out, _ = self.solve(world, models, cells="top = 20")
        plain = self.folder / "plain.h5"
        run = cli.potentia("solve", world, "-o", plain, "--settings", self.folder / "s.toml")
        self.assertEqual(run.returncode, 0, run.stderr)
        compared = cli.potentia("compare", plain, out, "--format", "json")
        said = json.loads(compared.stdout)
        other = [line["path"] for line in said["differences"] if not line["path"].startswith("/provenance")]
        self.assertEqual(sorted(other), ["/cells/chance", "/cells/expected", "/cells/high", "/cells/low", "/pair/expected",
                                         "/pair/expected_starts"])

    def test_export_carries_the_columns(self):
        world, models, *_ = self.case()
        out, _ = self.solve(world, models, cells="top = 20")
        for table, names in (("cells", ["chance", "expected", "low", "high"]), ("pair", ["expected", "expected_starts"])):
            path = self.folder / f"{table}.csv"
            run = cli.potentia("export", out, "--table", table, "-o", path)
            self.assertEqual(run.returncode, 0, run.stderr)
            rows = np.genfromtxt(path, delimiter=",", names=True, dtype=None, encoding="utf-8")
            with h5py.File(out) as f:
                for name in names:
                    np.testing.assert_array_equal(rows[name], f[f"{table}/{name}"][:].ravel())

    def test_validate_finds_what_cannot_be(self):
        world, models, *_ = self.case()
        out, _ = self.solve(world, models)
        with h5py.File(out) as f:
            new = int(np.flatnonzero(f["cells/actual"][:] == 0)[0])
            old = int(np.flatnonzero(f["cells/actual"][:] > 0)[0])
            high = float(f["cells/high"][old])
        for name, at, value, said in (("cells/chance", new, 1.5, "chance is no share"),
                                      ("cells/chance", new, np.nan, "chance is no share"),
                                      ("cells/low", new, 1.0, "low and high are not there"),
                                      ("cells/high", old, np.nan, "low and high are not there"),
                                      ("cells/expected", old, 2 * high, "not between low and high"),
                                      ("pair/expected_starts", (0, slice(None)), 0.0, "come to more than"),
                                      ("pair/expected", (0, slice(None)), 0.0, "come to more than")):
            with self.subTest(name, said=said):
                broken = shutil.copy(out, self.folder / "broken.h5")
                with h5py.File(broken, "r+") as f:
                    cli.forget_digest(f)
                    f[name][at] = value
                run = cli.potentia("validate", broken)
                self.assertEqual(run.returncode, 3, run.stdout)
                self.assertIn(said, run.stderr)

    def test_errors(self):
        world, models, *_ = self.case()
        out = self.folder / "r.h5"

        def failing(code, said, models, *flags, world=world):
            run = cli.potentia("solve", world, "-o", out, "--outlook", models, *flags)
            self.assertEqual(run.returncode, code, run.stderr)
            self.assertEqual(run.stderr.count("error:"), 1)
            self.assertIn(said, run.stderr)
            self.assertFalse(out.exists())

        failing(3, "no back-test of potentia", world)
        failing(3, "No such file", self.folder / "none.h5")
        failing(2, "one process that has the whole world", models, "--shard", "1/2")
        failing(2, "one process that has the whole world", models, "--checkpoint", self.folder / "c")

        def broken(change):
            path = shutil.copy(models, self.folder / "broken.h5")
            with h5py.File(path, "r+") as f:
                cli.forget_digest(f)
                change(f)
            return path

        def of_hs12(f):
            f.attrs["hs_revision"] = "HS12"

        def unknown_regressor(f):
            f["chance/plain/regressor"][2] = "ln luck"

        def other_products(f):
            codes = f["new/product"]
            for n in range(len(codes)):
                codes[n] = f"99{n:04}"

        def no_growth(f):
            del f["continuing/growth"]

        def no_bounds(f):
            del f["continuing/interval/bound"]

        failing(3, "the back-test is of products by HS12", broken(of_hs12))
        failing(3, "regressor that this program does not know: ln luck", broken(unknown_regressor))
        failing(3, "only 0 of the 36 products of the back-test", broken(other_products))
        failing(3, "no model of growth", broken(no_growth))
        failing(3, "continuing/interval/bound", broken(no_bounds))


if __name__ == "__main__":
    cli.main()
