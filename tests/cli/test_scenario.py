"""What scenario writes: against solves of worlds that are already so, by limits and by hand; and its errors."""

import shutil
import tempfile
from pathlib import Path

import h5py
import numpy as np

import cli
from cli import CHN, LAO, THA

GROUPS = ["pair", "pair_sector", "exporter_product", "market_product"]
COLUMNS = ["actual", "potential_now", "potential", "realized", "unrealized", "static", "dynamic", "overtrade",
           "change_supply", "change_population", "change_income", "change_tariff"]


def number(value, unit):
    return f'{{ value = {value}, unit = "{unit}", source = "test" }}'


END = """[[tariff]]
name = "end"
regime = "LDC"
exporters = ["LAO"]
eligibility = "end"
source = "test"
"""


class Case(cli.Case):
    def setUp(self):
        super().setUp()
        self.world = cli.write_worked_example(self.folder / "world.h5")

    def write(self, text, name="s", title=None):
        path = self.folder / f"{name}.toml"
        path.write_text(f'name = "{title or name}"\n{text}')
        return path

    def scenario(self, *texts, world=None, flags=()):
        """Runs scenarios s0, s1 … given as TOML, and opens what they make."""
        arguments = []
        for n, text in enumerate(texts):
            arguments += ["--scenario", self.write(text, f"s{n}")]
        self.said = self.succeeds("scenario", world or self.world, "-o", self.folder / "out.h5", *arguments, *flags).stderr
        file = h5py.File(self.folder / "out.h5")
        self.addCleanup(file.close)
        return file

    def solve(self, world):
        self.succeeds("solve", world, "-o", self.folder / "solved.h5")
        file = h5py.File(self.folder / "solved.h5")
        self.addCleanup(file.close)
        return file

    def changed_world(self, change):
        path = self.folder / "changed.h5"
        shutil.copy(self.world, path)
        with h5py.File(path, "r+") as file:
            change(file)
        return path

    def open_ended(self):
        """The world whose LDC preference does not end, as a file of its own."""
        def change(file):
            file["tariff/member_last_year"][2] = 32767
        return shutil.copy(self.changed_world(change), self.folder / "open.h5")

    def same_tables(self, one, other, groups=GROUPS):
        for group in groups:
            for column in COLUMNS:
                self.assertEqual(one[group][column][()].tobytes(), other[group][column][()].tobytes(), f"{group}/{column}")


class Identities(Case):
    def test_an_empty_scenario_is_the_baseline_and_the_baseline_a_solve(self):
        out = self.scenario("", flags=["--full"])
        self.assertIn("this scenario changes nothing", self.said)
        self.same_tables(out["baseline"], out["scenario"])
        self.same_tables(out["baseline"], self.solve(self.world))
        self.assertEqual(np.abs(out["difference/pair/potential"][()]).max(), 0)

    def test_graduation_is_a_world_whose_eligibility_ended(self):
        ended = self.open_ended()
        out = self.scenario(END, world=ended, flags=["--full"])
        self.same_tables(out["scenario"], self.solve(self.world))  # there it ended in 2025
        self.assertLess(out["difference/pair/potential"][LAO, CHN], -1e6)
        self.same_tables(out["baseline"], self.solve(ended))

    def test_eligibility_kept_on_the_baselines_side(self):
        kept = END.replace('"end"', '"kept"', 1).replace('eligibility = "end"', 'eligibility = "extend"\nside = "baseline"')
        out = self.scenario(kept + END, flags=["--full"])
        self.same_tables(out["scenario"], self.solve(self.world))
        self.same_tables(out["baseline"], self.solve(self.open_ended()))
        # The two speak of the same cells: they move as one, and have all of the difference.
        self.assertEqual(cli.texts(out["difference/pair/instrument"]), ["end / kept"])
        np.testing.assert_allclose(out["difference/pair/by_instrument"][0], out["difference/pair/potential"][()], rtol=1e-13)

    def test_a_rate_that_is_set_is_a_world_that_has_it(self):
        def change(file):
            file["tariff/line_rate"][1] = 0.3  # CHN, MFN, rubber
        # China's MFN rate now is not the scenario's business: only what is of the horizon can be the same.
        out = self.scenario(f'[[tariff]]\nregime = "MFN"\nmarkets = ["CHN"]\nproducts = ["4001"]\nset = {number(30, "per cent")}\n')
        other = self.solve(self.changed_world(change))
        np.testing.assert_allclose(out["scenario/pair/potential"][:, CHN], other["pair/potential"][:, CHN], rtol=1e-14)
        self.assertEqual(out["scenario/pair/potential"][LAO, THA], out["baseline/pair/potential"][LAO, THA])

    def test_growth_is_a_world_that_grows_so(self):
        def change(file):
            file["macro/gdp"][CHN, 1] = 1.24 * 1.1
            file["macro/population"][CHN, 1] = 0.99 * 0.5
        out = self.scenario(f'[[gdp]]\ncountries = "CHN"\nscale = {number(1.1, "factor")}\n'
                            f'[[population]]\ncountries = "CHN"\nscale = {number(0.5, "factor")}\n', flags=["--full"])
        self.same_tables(out["scenario"], self.solve(self.changed_world(change)))

    def test_growth_added_and_replaced_by_hand(self):
        out = self.scenario(f'[[gdp]]\ncountries = "CHN"\nfrom = 2026\nadd = {number(-1, "points a year")}\n',
                            f'[[gdp]]\ncountries = "CHN"\nfrom = 2026\nreplace = {number(2, "per cent a year")}\n')
        a = 1.24 ** 0.2
        for n, growth in enumerate((a ** 2 * (a - 0.01) ** 3, a ** 2 * 1.02 ** 3)):
            def change(file, growth=growth):
                file["macro/gdp"][CHN, 1] = growth
            np.testing.assert_allclose(out["scenario/pair/potential"][n], self.solve(self.changed_world(change))["pair/potential"][()],
                                       rtol=1e-13)

    def test_the_order_of_files_does_not_matter(self):
        other = f'[[ease]]\nname = "more"\nscale = {number(1.1, "factor")}\n'
        one, two = self.write(END, "one"), self.write(other, "two")
        self.succeeds("scenario", self.world, "--scenario", one, "--scenario", two, "-o", self.folder / "a.h5")
        self.succeeds("scenario", self.world, "--scenario", two, "--scenario", one, "-o", self.folder / "b.h5", "--threads", "3")
        self.same_contents(self.folder / "a.h5", self.folder / "b.h5")
        self.write('include = ["one.toml", "two.toml"]\n', "both")
        self.succeeds("scenario", self.world, "--scenario", self.folder / "both.toml", "-o", self.folder / "c.h5")
        first = h5py.File(self.folder / "c.h5")["scenario/pair/potential"][()]
        self.write('include = ["two.toml", "one.toml"]\n', "both")
        self.succeeds("scenario", self.world, "--scenario", self.folder / "both.toml", "-o", self.folder / "d.h5")
        self.assertEqual(first.tobytes(), h5py.File(self.folder / "d.h5")["scenario/pair/potential"][()].tobytes())


class Files(Case):
    def test_info_and_validate(self):
        for texts in ([END], [END, ""]):
            self.scenario(*texts, world=self.open_ended()).close()
            said = self.succeeds("info", self.folder / "out.h5").stdout
            self.assertIn("tariff [end]: eligibility end; exporters LAO; regime LDC; test", said)
            self.assertIn("3 exporters x 3 markets, base years 2023, horizon 2028", said)
            self.assertIn("a valid scenario file", self.succeeds("validate", self.folder / "out.h5").stdout)
        with h5py.File(self.folder / "out.h5", "r+") as file:
            file["difference/pair/potential"][0, LAO, CHN] += 1
        done = cli.potentia("validate", self.folder / "out.h5")
        self.assertEqual(done.returncode, 3)
        self.assertIn("difference/pair/potential", done.stderr)
        with h5py.File(self.folder / "out.h5", "r+") as file:
            cli.forget_digest(file)
        done = cli.potentia("validate", self.folder / "out.h5")
        self.assertEqual(done.returncode, 3)
        self.assertIn("is not scenario - baseline", done.stderr)

    def test_places_of_opportunities(self):
        """Spearman's correlation and places against numpy, with ties (products without potential)."""
        world = self.folder / "many.h5"
        self.succeeds("synth", "-o", world, "--countries", "12", "--products", "240", "--years", "1", "--density", "0.2")
        codes = [code.decode() for code in h5py.File(world)["country/iso3"][:2]]
        texts = [f'[[cost]]\nexporters = "{codes[0]}"\nproducts = ["0", "2", "5"]\nfreight = {number(30, "per cent")}\n', "",
                 f'[[ease]]\nproducts = ["3", "8"]\nscale = {number(0.2, "factor")}\n']
        out = self.scenario(*texts, world=world, flags=["--exporter", codes[0], "--full"])
        products = cli.texts(out["product"])

        def ranks(values):
            _, at, count = np.unique(values, return_inverse=True, return_counts=True)
            return (np.cumsum(count) - (count - 1) / 2)[at]

        moved = 0
        for n in range(3):
            before, after = (np.bincount(out["baseline/cells/product"][()], out[f"{side}/cells/unrealized"][n], len(products))
                             for side in ("baseline", "scenario"))
            self.assertGreater((before == 0).sum(), 1)
            np.testing.assert_allclose(out["scenarios/rank_correlation"][n], np.corrcoef(ranks(before), ranks(after))[0, 1], rtol=1e-12)
            was, by = (np.empty(len(products), int) for _ in range(2))
            was[np.argsort(-before, kind="stable")] = np.arange(1, len(products) + 1)
            by[np.argsort(-after, kind="stable")] = np.arange(1, len(products) + 1)
            listed = np.array(cli.texts(out["difference/opportunities/scenario"])) == f"s{n}"
            at = [products.index(code) for code in np.array(cli.texts(out["difference/opportunities/product"]))[listed]]
            self.assertEqual(out["difference/opportunities/place_baseline"][listed].tolist(), was[at].tolist())
            self.assertEqual(out["difference/opportunities/place_scenario"][listed].tolist(), by[at].tolist())
            np.testing.assert_allclose(out["difference/opportunities/unrealized_scenario"][listed], after[at], rtol=1e-13)
            distance = np.where((np.minimum(was, by) <= 100) & (before + after > 0), np.abs(was - by), 0)
            self.assertEqual(np.abs(was - by)[at].tolist(), np.sort(distance[distance > 0])[::-1][:20].tolist())
            moved += len(at)
        self.assertEqual(list(out["scenarios/changes"][()]), [1, 0, 1])
        self.assertEqual(cli.texts(out["scenarios/name"]), ["s0", "s1", "s2"])
        self.assertGreater(moved, 20)
        first = [column[0] for column in (cli.texts(out["difference/opportunities/product"]),
                                          out["difference/opportunities/place_baseline"], out["difference/opportunities/place_scenario"])]
        out.close()
        said = self.succeeds("info", self.folder / "out.h5").stdout
        self.assertIn("s1: rank correlation of unrealised potential by product 1.0000", said)
        self.assertIn("s0: {}: place {} becomes {}".format(*first), said)
        self.succeeds("validate", self.folder / "out.h5")
        for name, at, complaint in (("difference/opportunities/place_scenario", 0, "says another place"),
                                    ("difference/opportunities/unrealized_baseline", 0, "says another place"),
                                    ("scenarios/rank_correlation", 2, "beyond 1"),
                                    ("difference/factors/demand", (0, 0, 0), "is not scenario - baseline"),
                                    ("difference/pair_sector/unrealized", (0, 0, 0, 0), "is not scenario - baseline")):
            changed = shutil.copy(self.folder / "out.h5", self.folder / "changed.h5")
            with h5py.File(changed, "r+") as file:
                cli.forget_digest(file)
                file[name][at] += 7
            self.fails(3, [complaint, name.split("/")[0]], "validate", changed)

    def test_factors(self):
        """Those of the baseline are a solve's, those of a scenario of growth are of a world that grows so."""
        def change(file):
            file["macro/gdp"][CHN, 1] = 1.24 * 1.1
        out = self.scenario(f'[[gdp]]\ncountries = "CHN"\nscale = {number(1.1, "factor")}\n', flags=["--full"])
        for side, world in (("baseline", self.world), ("scenario", self.changed_world(change))):
            solved = self.solve(world)["factors"]
            self.assertEqual(sorted(out[side]["factors"]), sorted(solved))
            for name in ("supply_now", "supply", "demand_now", "demand", "typical_distance", "ease"):
                self.assertEqual(out[side]["factors"][name][()].tobytes(), solved[name][()].tobytes(), name)
        self.assertGreater(np.abs(out["difference/factors/demand"][CHN]).max(), 0)
        self.assertEqual(dict(out["scenario/factors/demand"].attrs)["units"], "USD")
        self.assertNotIn("factors", self.scenario("")["baseline"])

    def test_tables_for_spreadsheets(self):
        import csv
        ease = f'[[ease]]\nname = "more, and more"\nmarkets = "CHN"\nscale = {number(1.5, "factor")}\n'
        tables = self.folder / "tables" / "deep"
        out = self.scenario(END + ease, "", world=self.open_ended(), flags=["--exporter", "LAO", "--market", "CHN", "--csv", tables])
        read = {path.name: list(csv.DictReader(open(path))) for path in tables.iterdir()}
        self.assertEqual(sorted(read), ["assumptions.csv", "cells.csv", "instruments.csv", "pairs.csv"])
        self.assertEqual([row["instrument"] for row in read["assumptions.csv"]], ["end", "more, and more"])
        pairs = {(row["exporter"], row["market"]): row for row in read["pairs.csv"]}
        self.assertEqual(sorted(pairs), [("LAO", "CHN"), ("THA", "CHN")])  # nothing else changes
        self.assertEqual(float(pairs["LAO", "CHN"]["difference"]), out["difference/pair/potential"][0, LAO, CHN])
        self.assertEqual(float(pairs["LAO", "CHN"]["at_risk"]), out["difference/pair/at_risk"][0, LAO, CHN])
        parts = {row["instrument"]: float(row["difference"]) for row in read["instruments.csv"] if row["exporter"] == "LAO"}
        self.assertEqual(parts, dict(zip(("end", "more, and more"), out["difference/pair/by_instrument"][:, LAO, CHN])))
        self.assertEqual({row["product"] for row in read["cells.csv"]}, {"071410", "400121"})
        self.assertEqual(len(read["cells.csv"]), 4)
        (self.folder / "file").write_text("")
        path = self.write(END, "s")
        self.fails(3, "cannot make the folder", "scenario", self.folder / "open.h5", "--scenario", path, "-o", self.folder / "x.h5",
                   "--csv", self.folder / "file" / "below")

    def test_xarray_opens_every_group(self):
        import xarray
        self.scenario(END, "", world=self.open_ended(), flags=["--exporter", "LAO", "--full"]).close()
        for part in ("baseline", "scenario", "difference"):
            pair = xarray.open_dataset(self.folder / "out.h5", group=f"{part}/pair")
            self.assertEqual(pair.potential.dims, ("scenario", "exporter", "market"))
            self.assertEqual(pair.potential.attrs["units"], "USD")
            for group in GROUPS + ["cells", "factors"]:
                xarray.open_dataset(self.folder / "out.h5", group=f"{part}/{group}").load()
        self.assertEqual(list(pair.instrument.values), ["s0: end"])
        self.assertLess(float(pair.by_instrument.sel(instrument="s0: end", exporter="LAO", market="CHN")), 0)


class Instruments(Case):
    def test_a_multiplier_scales_exactly_its_cells(self):
        flags = ["--exporter", "LAO,THA", "--market", "CHN"]
        out = self.scenario(f'[[ease]]\nexporters = "LAO"\nmarkets = "CHN"\nproducts = ["07"]\nscale = {number(1.1, "factor")}\n', flags=flags)
        before, after = out["baseline/cells/potential"][()], out["scenario/cells/potential"][()]
        scaled = (out["baseline/cells/exporter"][()] == LAO) & (out["baseline/cells/product"][()] == 0)
        self.assertEqual(scaled.sum(), 1)
        np.testing.assert_allclose(after[scaled], 1.1 * before[scaled], rtol=1e-15)
        self.assertEqual(after[~scaled].tobytes(), before[~scaled].tobytes())
        now = "potential_now"
        self.assertEqual(out[f"scenario/cells/{now}"][()].tobytes(), out[f"baseline/cells/{now}"][()].tobytes())
        # What changed since now still adds up to it.
        changes = sum(out[f"scenario/cells/change_{name}"][()] for name in ("supply", "population", "income", "tariff"))
        np.testing.assert_allclose(changes, after - out[f"scenario/cells/{now}"][()], rtol=1e-12, atol=1e-6)

    def test_a_multiplier_of_zero_takes_everything(self):
        out = self.scenario(f'[[ease]]\nexporters = "LAO"\nmarkets = "CHN"\nscale = {number(0, "factor")}\n'
                            f'[[gdp]]\ncountries = "CHN"\nscale = {number(1.1, "factor")}\n')
        self.assertEqual(out["scenario/pair/potential"][LAO, CHN], 0)
        named = dict(zip(cli.texts(out["difference/pair/instrument"]), out["difference/pair/by_instrument"][:, LAO, CHN]))
        np.testing.assert_allclose(named["ease 1"], -out["baseline/pair/potential"][LAO, CHN], rtol=1e-12)
        self.assertAlmostEqual(named["gdp 1"], 0)
        changes = sum(out[f"scenario/pair/change_{name}"][LAO, CHN] for name in ("supply", "population", "income", "tariff"))
        np.testing.assert_allclose(changes, -out["scenario/pair/potential_now"][LAO, CHN], rtol=1e-12)
        # At risk: what was realised, and nothing more.
        np.testing.assert_allclose(out["difference/pair/at_risk"][LAO, CHN], out["baseline/pair/realized"][LAO, CHN], rtol=1e-15)

    def test_ease_like_that_of_another_pair(self):
        def change(file):  # no trade from Laos to Thailand
            pairs = (file["trade/2023/exporter"][()] == LAO) & (file["trade/2023/market"][()] == THA)
            values = file["trade/2023/value"][()]
            values[pairs] = 0
            file["trade/2023/value"][()] = values
        world = self.changed_world(change)
        like = '[[ease]]\nexporters = "LAO"\nmarkets = "THA"\nlike = "LAO,CHN"\nassumption = true\n'
        out = self.scenario(like, world=world, flags=["--exporter", "LAO", "--market", "THA", "--full"])
        solved = self.solve(world)
        self.assertEqual(solved["factors/ease"][LAO, THA], 0)
        self.assertEqual(out["baseline/pair/potential"][LAO, THA], 0)
        self.assertEqual(out["scenario/pair/potential_now"][LAO, THA], 0)
        factors = solved["factors"]
        distance = h5py.File(world)["distance"][LAO, THA]
        fit = [min(distance / g, g / distance) if np.isfinite(g) else 1 for g in factors["typical_distance"][THA]]
        # All who sell to Thailand pay its MFN rate, which is then its mean: the access term is 1.
        expected = factors["supply"][LAO] * factors["demand"][THA] * fit * factors["ease"][LAO, CHN]
        np.testing.assert_allclose(out["scenario/cells/potential"][()], expected[out["scenario/cells/product"][()]], rtol=1e-12)
        self.assertGreater(expected.sum(), 1e5)

    def test_utilisation_of_one_and_of_none(self):
        world = self.open_ended()
        use = '[[utilisation]]\nregime = "LDC"\nmarkets = "CHN"\nset = '
        whole = self.scenario(use + number(1, "fraction"), world=world)
        self.assertEqual(whole["scenario/pair/potential"][()].tobytes(), whole["baseline/pair/potential"][()].tobytes())
        none = self.scenario(use + number(0, "fraction"), world=world, flags=["--full"])
        self.same_tables(none["scenario"], self.solve(self.world))  # as if it had ended
        half = self.scenario(use + number(50, "per cent"), world=world)["scenario/pair/potential"][LAO, CHN]
        self.assertTrue(none["scenario/pair/potential"][LAO, CHN] < half < whole["scenario/pair/potential"][LAO, CHN])
        # Rubber: half of it at 0, half at the FTA's 10 %.
        rate = f'[[tariff]]\nregime = "LDC"\nmarkets = "CHN"\nproducts = ["4001"]\nset = {number(5, "per cent")}\n'
        np.testing.assert_allclose(self.scenario(rate, world=world)["scenario/pair/potential"][LAO, CHN], half, rtol=1e-14)

    def test_a_cheaper_corridor_lowers_its_rivals(self):
        cheaper = f'[[cost]]\nexporters = "LAO"\nmarkets = "CHN"\ndays = {number(-2, "days")}\nvalue_of_day = {number(2, "per cent a day")}\n'
        out = self.scenario(cheaper)
        difference = out["difference/pair/potential"][()]
        self.assertGreater(difference[LAO, CHN], 0)
        self.assertLess(difference[THA, CHN], 0)
        self.assertEqual(np.abs(difference[:, [LAO, THA]]).max(), 0)
        # By hand: 1 + c = (1 + t)(1 − 0.04), in the market's mean as well, σ 4 and 6; China buys 30 of 630, 120 of 1020.
        before = self.scenario(cheaper, flags=["--exporter", "LAO", "--market", "CHN"])
        ratio = before["scenario/cells/potential"][()] / before["baseline/cells/potential"][()]
        t = np.array([0, 0.10])  # horizon: FTA
        mean = np.array([0, 0.10])
        share = np.array([30 / 630, 120 / 1020])
        c = (1 + t) * 0.96 - 1
        mean_after = share * c + (1 - share) * mean
        expected = (((1 + mean_after) / (1 + mean)) / 0.96) ** np.array([4, 6])
        np.testing.assert_allclose(ratio, expected, rtol=1e-12)

    def test_what_is_already_in_the_base_is_taken_out(self):
        cost = f'[[cost]]\nexporters = "LAO"\nmarkets = "CHN"\nfreight = {number(-20, "per cent")}\n'
        out = self.scenario(cost + "already_in_base = true\nfrom = 2020\n",
                            cost.replace("-20", "25"))
        # (1 + t) / 0.8 is 25 % more.
        np.testing.assert_allclose(out["scenario/pair/potential"][0], out["scenario/pair/potential"][1], rtol=1e-14)
        self.assertLess(out["difference/pair/potential"][0, LAO, CHN], 0)

    def test_distance_sigma_and_elasticity(self):
        flags = ["--exporter", "LAO", "--market", "CHN"]
        near = self.scenario(f'[[distance]]\nexporters = "LAO"\nmarkets = "CHN"\nset = {number(2400, "km")}\n', flags=flags)
        g = self.solve(self.world)["factors/typical_distance"][CHN]
        fit = lambda d: np.minimum(d / g, g / d)
        np.testing.assert_allclose(near["scenario/cells/potential"][()] / near["baseline/cells/potential"][()], fit(2400) / fit(2000), rtol=1e-13)
        ghost = self.scenario(f'[[income_elasticity]]\nmarkets = "CHN"\nproducts = "07"\nset = {number(2, "number")}\n', flags=flags)
        ratio = ghost["scenario/cells/potential"][()] / ghost["baseline/cells/potential"][()]
        np.testing.assert_allclose(ratio, [(1.24 / 0.99) ** 1.2, 1], rtol=1e-13)
        steep = self.scenario(f'[[sigma]]\nproducts = "4001"\nscale = {number(2, "factor")}\n', world=self.open_ended(), flags=flags)
        # Laos pays 0, the others 10 %: A = (1 + t̄)^σ, with σ 12 instead of 6 at the horizon.
        mean = 0.10 * 900 / 1020
        ratio = steep["scenario/cells/potential"][()] / steep["baseline/cells/potential"][()]
        np.testing.assert_allclose(ratio, [1, (1 + mean) ** 6], rtol=1e-12)
        self.assertEqual(steep["scenario/cells/potential_now"][()].tobytes(), steep["baseline/cells/potential_now"][()].tobytes())

    def test_targets_by_hand(self):
        # Laos and China trade 152 million; 304 by 2027 is 2 ** (1/4) a year.
        text = f'[[target]]\nexporters = "LAO"\nmarkets = "CHN"\ntwo_way = true\nyear = %d\nvalue = {number(304, "USD million")}\n'
        out = self.scenario(text % 2027, text % 2031)
        targets = out["targets"]
        np.testing.assert_allclose(targets["actual"][()], 152e6)
        np.testing.assert_allclose(targets["required_growth"][()], [2 ** (1 / 4) - 1, 2 ** (1 / 8) - 1], rtol=1e-14)
        pair = out["baseline/pair/potential"][0]
        np.testing.assert_allclose(targets["potential"][()], pair[LAO, CHN] + pair[CHN, LAO])
        np.testing.assert_allclose(targets["potential_growth"][()], ((pair[LAO, CHN] + pair[CHN, LAO]) / 152e6) ** (1 / 5) - 1)
        self.assertTrue(np.isnan(targets["past_growth"][()]).all())  # one year of trade
        self.assertEqual(list(targets["reached"][()]), [0, 0])
        self.assertEqual(list(targets["covered"][()]), [0, 0])
        self.assertIn("(the target's year lies after it)", self.said)
        self.assertIn("this scenario changes nothing", self.said)
        low = self.scenario(text.replace("304", "160") % 2027)
        products = low["target_products"]
        low = low["targets"]
        self.assertEqual((low["covered"][0], low["products"][0].decode()), (1, "071410"))  # 35.6 million unrealised
        self.assertEqual(cli.texts(products["product"]), ["071410"])
        self.assertGreater(products["static"][0] + products["dynamic"][0], 8e6)

    def test_tariffs_of_its_own_are_laid_under_both(self):
        def forget(file):  # a world without China's tariffs: schedules LAO and THA alone
            del file["tariff"]
            text = h5py.string_dtype()
            file.create_dataset("tariff/schedule", data=["LAO", "THA"], dtype=text)
            file.create_dataset("tariff/regime", data=["MFN"], dtype=text)
            file["tariff/market_schedule"] = [-1, 0, 1]
            lines = [(0, 0, 0, 0.10), (0, 0, 1, 0.05), (1, 0, 0, 0.05), (1, 0, 1, 0.0)]
            for n, column in enumerate(("schedule", "regime", "product", "rate")):
                file[f"tariff/line_{column}"] = [line[n] for line in lines]
            for column in ("market", "regime", "exporter", "first_year", "last_year"):
                file[f"tariff/member_{column}"] = np.array([], "i4")
        world = shutil.copy(self.changed_world(forget), self.folder / "bare.h5")
        (self.folder / "r.csv").write_text("market,regime,hs6,rate\nCHN,MFN,071410,0.08\nCHN,MFN,400121,0.2\nCHN,FTA,071410,0\n"
                                           "CHN,FTA,400121,0.1\nCHN,LDC,071410,0\nCHN,LDC,400121,0\n")
        (self.folder / "m.csv").write_text("market,regime,exporter,first_year,last_year\nCHN,FTA,LAO,,\nCHN,FTA,THA,,\nCHN,LDC,LAO,,\n")
        own = '[tariffs]\nrates = "r.csv"\nmembers = "m.csv"\nsource = "test"\n'
        out = self.scenario(own + END, world=world, flags=["--full"])
        self.same_tables(out["scenario"], self.solve(self.world))
        self.same_tables(out["baseline"], self.solve(self.open_ended()))
        self.assertEqual(out["assumptions/kind"][0].decode(), "tariffs")
        beside = self.scenario(own + END, "", world=world)  # the other starts from the world as it is
        self.assertEqual(beside["baseline/pair/potential"][1].tobytes(), self.solve(world)["pair/potential"][()].tobytes())
        self.assertNotEqual(beside["baseline/pair/potential"][0, LAO, CHN], beside["baseline/pair/potential"][1, LAO, CHN])
        path = self.write(own, "bad")
        self.fails(3, ["the world has tariffs of its own for CHN", "bad.toml:2:1"], "scenario", self.world, "--scenario", path, "-o", self.folder / "x.h5")
        (self.folder / "m.csv").unlink()
        self.fails(3, ["no such file", "bad.toml:2:1"], "scenario", world, "--scenario", path, "-o", self.folder / "x.h5")

    def test_nothing_to_see_after_the_horizon(self):
        out = self.scenario(END + "from = 2031\n", world=self.open_ended())
        self.assertIn("does not act in 2028, the horizon", self.said)
        self.assertIn("this scenario changes nothing", self.said)
        self.assertEqual(out["assumptions/acts"][0], 0)
        self.same_tables(out["baseline"], out["scenario"], ["pair"])


class SyntheticWorld(Case):
    """A world with many regimes, markets and products."""

    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory(prefix="potentia-test-")
        cls.synth = Path(cls.kept.name) / "world.h5"
        done = cli.potentia("synth", "-o", cls.synth, "--countries", "40", "--products", "400", "--years", "2", "--density", "0.2")
        assert done.returncode == 0, done.stderr
        with h5py.File(cls.synth) as file:
            cls.regimes = cli.texts(file["tariff/regime"])
            cls.codes = cli.texts(file["country/iso3"])
            cls.members = [file[f"tariff/member_{name}"][()] for name in ("market", "regime", "exporter", "first_year", "last_year")]

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    def a_graduate(self):
        """Somebody who has a preference that does not end, its regime and a market that gives it."""
        for market, regime, exporter, _, last in zip(*self.members):
            if last == 32767 and not self.regimes[regime].startswith("applied"):
                return self.codes[exporter], self.regimes[regime], self.codes[market]
        self.fail("nobody has a preference")

    def test_graduation_never_helps_the_graduate_nor_hurts_a_rival(self):
        exporter, regime, market = self.a_graduate()
        out = self.scenario(f'[[tariff]]\nregime = "{regime}"\nexporters = "{exporter}"\nmarkets = "{market}"\neligibility = "end"\nassumption = true\n',
                            world=self.synth)
        difference = out["difference/pair/potential"][()]
        graduate = self.codes.index(exporter)
        scale = out["baseline/pair/potential"][()].max()
        self.assertLess(difference[graduate].min(), 0)
        self.assertLessEqual(difference[graduate].max(), 0)
        self.assertGreaterEqual(np.delete(difference, graduate, axis=0).min(), -1e-12 * scale)

    def test_the_split_adds_up_whatever_acts(self):
        exporter, regime, market = self.a_graduate()
        text = (f'[[tariff]]\nregime = "{regime}"\nexporters = "{exporter}"\neligibility = "end"\nassumption = true\n'
                f'[[tariff]]\nname = "cut"\nregime = "MFN"\nmarkets = "{market}"\nscale = {number(0.5, "factor")}\n'
                f'[[cost]]\nexporters = "{exporter}"\nmarkets = "{market}"\nfreight = {number(-8, "per cent")}\n'
                f'[[cost]]\nname = "was there"\nside = "baseline"\nmarkets = "{market}"\nfreight = {number(3, "per cent")}\n'
                f'[[ease]]\nmarkets = "{market}"\nproducts = ["0", "8"]\nscale = {number(1.3, "factor")}\n'
                f'[[gdp]]\ncountries = "{exporter}, {market}"\nadd = {number(1, "points a year")}\n'
                f'[[population]]\ncountries = "{market}"\nscale = {number(1.05, "factor")}\n'
                f'[[income_elasticity]]\nmarkets = "{market}"\nset = {number(1.4, "number")}\n'
                f'[[sigma]]\nproducts = ["1", "2"]\nscale = {number(1.2, "factor")}\n'
                f'[[distance]]\nexporters = "{exporter}"\nmarkets = "{market}"\nscale = {number(0.8, "factor")}\n')
        out = self.scenario(text, world=self.synth, flags=["--exporter", exporter, "--market", market])
        self.assertEqual(len(out["difference/pair/instrument"]), 10)
        parts = out["difference/pair/by_instrument"][()]
        difference = out["difference/pair/potential"][()]
        scale = np.abs(parts).sum(axis=0) + np.abs(difference) + 1e-6 * out["baseline/pair/potential"][()] + 1
        self.assertLess((np.abs(parts.sum(axis=0) - difference) / scale).max(), 1e-11)
        i, j = self.codes.index(exporter), self.codes.index(market)
        self.assertEqual((np.abs(parts[:, i, j]) > 0).sum(), 10)  # each has its part
        cells = out["difference/cells/by_instrument"][()]
        np.testing.assert_allclose(cells.sum(axis=1), parts[:, i, j], rtol=1e-10)
        np.testing.assert_allclose(out["difference/cells/at_risk"][()].sum(), out["difference/pair/at_risk"][i, j], rtol=1e-10)
        cell_sums = {name: out[f"scenario/cells/{name}"][()].sum() for name in COLUMNS}
        for name in COLUMNS:
            np.testing.assert_allclose(cell_sums[name], out[f"scenario/pair/{name}"][i, j], rtol=1e-9, err_msg=name)

    def test_threads_change_nothing_and_a_named_pair_is_a_slice(self):
        exporter, regime, market = self.a_graduate()
        path = self.write(f'[[tariff]]\nregime = "{regime}"\nexporters = "{exporter}"\neligibility = "end"\nassumption = true\n'
                          f'[[ease]]\nmarkets = "{market}"\nscale = {number(1.3, "factor")}\n', "s")
        for threads in (1, 5):
            self.succeeds("--threads", threads, "scenario", self.synth, "--scenario", path, "-o", self.folder / f"{threads}.h5", "--full")
        self.same_contents(self.folder / "1.h5", self.folder / "5.h5")
        self.succeeds("scenario", self.synth, "--scenario", path, "-o", self.folder / "pair.h5", "--exporter", exporter, "--market", market)
        i, j = self.codes.index(exporter), self.codes.index(market)
        with h5py.File(self.folder / "1.h5") as full, h5py.File(self.folder / "pair.h5") as pair:
            for part in ("baseline", "scenario", "difference"):
                for name in COLUMNS:
                    self.assertEqual(pair[f"{part}/pair_sector/{name}"][0, 0].tobytes(), full[f"{part}/pair_sector/{name}"][i, j].tobytes())
                    self.assertEqual(pair[f"{part}/pair/{name}"][()].tobytes(), full[f"{part}/pair/{name}"][()].tobytes())


class FilesThatComeAlong(Case):
    def test_they_are_read_and_their_numbers_have_sources(self):
        """On a world of three countries: what names others is refused by name, the rest runs."""
        folder = cli.SOURCE / "configs" / "scenarios"
        self.assertEqual(len(list(folder.glob("*.toml"))), 6)
        for path in sorted(folder.glob("*.toml")):
            done = cli.potentia("scenario", self.open_ended(), "--scenario", path, "-o", self.folder / "out.h5")
            if path.stem in ("lao-russia-corridors", "cambodia-lao-700m"):
                self.assertEqual(done.returncode, 3)
                self.assertIn("is no country of the world", done.stderr)
                continue
            self.assertEqual(done.returncode, 0, done.stderr)
            with h5py.File(self.folder / "out.h5") as file:
                self.assertTrue(all(source.decode() for source in file["assumptions/source"]), path)
                self.assertLess(file["difference/pair/potential"][LAO, CHN], 0, path)


class Errors(Case):
    def refused(self, text, said, name="bad"):
        path = self.write(text, name)
        self.fails(3, said, "scenario", self.world, "--scenario", path, "-o", self.folder / "out.h5")

    def test_what_the_world_does_not_have(self):
        self.refused(END.replace('"LDC"', '"LCD"'), ['no market has a regime "LCD" (', "bad.toml:4:1)", 'did you mean "LDC"?'])
        self.refused(END.replace('"LAO"', '"LAP"'), ["bad.toml:5:1)", "did you mean LAO"])
        self.refused(END.replace('"LAO"', '"CHN"'), "ever may use LDC")
        self.refused(END + 'markets = "THA"\n', ['runs a regime "LDC"', "markets that do: CHN"])
        self.refused(f'[[ease]]\nproducts = ["99"]\nscale = {number(2, "factor")}\n', 'begins with "99"')
        self.refused(f'[[ease]]\nsectors = ["Fod"]\nscale = {number(2, "factor")}\n', "the world has no sector")
        self.refused('[[ease]]\nexporters = "CHN"\nmarkets = "LAO"\nlike = "LAO"\nassumption = true\n', "like names no pair")

    def test_contradictions(self):
        set_to = f'[[ease]]\nname = "%s"\nmarkets = "CHN"\n%sset = {number(1, "number")}\n'
        self.refused(set_to % ("a", "") + set_to % ("b", 'exporters = "LAO"\n'),
                     ['"a" and "b" contradict each other', "the other is at", "bad.toml:2"])
        self.scenario(set_to % ("a", 'exporters = "THA"\n') + set_to % ("b", 'exporters = "LAO"\n'))  # other cells
        self.scenario(set_to % ("a", 'side = "baseline"\n') + set_to % ("b", 'exporters = "LAO"\n'))  # other worlds

    def test_years(self):
        self.refused(END + "from = 2023\n", "not after the base year 2023: the base trade has it in it")
        target = f'[[target]]\nexporters = "LAO"\nmarkets = "CHN"\nyear = 2023\nvalue = {number(1, "USD million")}\n'
        self.refused(target, ["the target of 2023 does not lie after the base year 2023 (", "bad.toml:5:1)"])

    def test_more_than_eight_on_one_factor(self):
        nine = "".join(f'[[cost]]\nname = "{n}"\nfreight = {number(1, "per cent")}\n' for n in range(9))
        self.refused(nine, "9 instruments act on one factor")
        self.assertEqual(len(self.scenario(nine.replace('name = "8"', 'name = "8"\nside = "both"'))["difference/pair/instrument"]), 8)

    def test_without_tariffs_and_without_distance_fit(self):
        path = self.write(END, "bad")
        (self.folder / "off.toml").write_text("[method]\ntariffs = false\ndistance_fit = false\n")
        self.fails(3, "tariffs are switched off", "scenario", self.world, "--scenario", path, "--settings", self.folder / "off.toml",
                   "-o", self.folder / "out.h5")
        path = self.write(f'[[distance]]\nscale = {number(2, "factor")}\n', "bad")
        self.fails(3, "the distance fit is switched off", "scenario", self.world, "--scenario", path, "--settings",
                   self.folder / "off.toml", "-o", self.folder / "out.h5")

    def test_costs_work_where_there_are_no_tariffs(self):
        (self.folder / "off.toml").write_text("[method]\ntariffs = false\n")
        text = f'[[cost]]\nexporters = "LAO"\nmarkets = "CHN"\nproducts = "07"\nfreight = {number(-10, "per cent")}\n'
        out = self.scenario(text, flags=["--settings", self.folder / "off.toml", "--exporter", "LAO", "--market", "CHN"])
        share = 30 / 630
        ratio = out["scenario/cells/potential"][()] / out["baseline/cells/potential"][()]
        np.testing.assert_allclose(ratio, [((1 - 0.1 * share) / 0.9) ** 4, 1], rtol=1e-12)

    def test_two_of_one_name_and_overwriting(self):
        one, two = self.write(END, "one", "same"), self.write(END, "two", "same")
        self.fails(3, 'two scenarios are called "same"', "scenario", self.world, "--scenario", one, "--scenario", two, "-o", self.folder / "out.h5")
        self.fails(3, "would replace an input", "scenario", self.world, "--scenario", one, "-o", one)
        self.fails(2, "--scenario is required", "scenario", self.world, "-o", self.folder / "out.h5")


if __name__ == "__main__":
    cli.main()
