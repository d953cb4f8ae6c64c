"""potentia atlas --scenario, --outlook: its numbers are those of scenario.h5 and of solve --outlook, to eight digits."""

import tempfile
from pathlib import Path

import cli
import h5py
import numpy as np
from test_atlas import chunk, eight, files

COMPARED = ["potential", "static", "dynamic"]
SLOWDOWN = """name = "slow <b>down</b>"
description = "The Chinese economy grows less, and what Laos sells there costs more"
[[gdp]]
name = "growth"
countries = ["CHN"]
add = { value = -1, unit = "points a year", assumption = true }
[[cost]]
name = "border"
exporters = ["LAO"]
markets = ["CHN"]
freight = { value = 10, unit = "per cent", assumption = true }
freight_share = { value = 50, unit = "per cent", assumption = true }
"""
TARGET = """name = "nothing but a target"
[[target]]
name = "twice"
exporters = ["LAO"]
markets = ["CHN"]
year = 2030
value = { value = 700, unit = "USD million", source = "a speech" }
"""


class ScenariosAndOutlook(cli.Case):
    """A world with a site of everything, its scenario.h5, and its result.h5 with an outlook."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="potentia-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.here = here = Path(folder.name)
        cls.world, cls.site = here / "world.h5", here / "site"
        (here / "slow.toml").write_text(SLOWDOWN)
        (here / "target.toml").write_text(TARGET)
        (here / "few.toml").write_text("[cells]\ntop = 40\nthresholds = false\n")
        cls.settings = ["--settings", here / "few.toml"]
        cls.both = ["--scenario", here / "slow.toml", "--scenario", here / "target.toml"]
        for arguments in (["synth", "-o", cls.world, "--countries", 20, "--products", 80, "--years", 6],
                          ["backtest", cls.world, "--origin", "2019", "--outcome", "2024", "-o", here / "backtest.h5"],
                          ["solve", cls.world, "-o", here / "result.h5", "--outlook", here / "backtest.h5", *cls.settings],
                          ["scenario", cls.world, "-o", here / "scenario.h5", "--scenario", here / "slow.toml", *cls.settings],
                          ["atlas", cls.world, "-o", cls.site, *cls.settings, *cls.both, "--outlook", here / "backtest.h5"]):
            done = cli.potentia(*arguments)
            assert done.returncode == 0, done.stderr
        for name in ("result", "scenario"):
            file = h5py.File(here / f"{name}.h5")
            setattr(cls, name, file)
            cls.addClassCleanup(file.close)
        cls.codes = cli.texts(cls.result["exporter"])
        cls.head = chunk(cls.site, "world")
        cls.number = [name for name, *_ in cls.head["scenarios"]].index("slow <b>down</b>")

    def equal(self, shown, values):
        np.testing.assert_array_equal(np.array(shown, float).ravel(), eight(values))  # None is NaN

    def sides(self):
        """{"before": {column: [exporter, market]}, "after": …, "risk", "instruments"} of scenario.h5"""
        base, rise = self.scenario["baseline/pair"], self.scenario["difference/pair"]
        return {"before": {name: base[name][()] for name in COMPARED},
                "after": {name: self.scenario[f"scenario/pair/{name}"][()] for name in COMPARED},
                "risk": rise["at_risk"][()], "instruments": rise["by_instrument"][()]}

    def compare(self, shown, pick):
        sides = self.sides()
        for side in ("before", "after"):
            for column, name in zip(shown[side], COMPARED):
                self.equal(column, pick(sides[side][name]))
        self.equal(shown["risk"], pick(sides["risk"]))
        self.assertEqual(len(shown["instruments"]), len(sides["instruments"]))
        for column, values in zip(shown["instruments"], sides["instruments"]):
            self.equal(column, pick(values))

    def test_scenario_page(self):
        page = chunk(self.site, f"scenario/{self.number}")

        def sums(table, axis):
            total = np.zeros(len(self.codes))  # partner by partner, as the site adds up
            for partner in range(len(self.codes)):
                total += table[:, partner] if axis == 1 else table[partner, :]
            return total

        self.compare(page["exporters"], lambda table: sums(table, 1))
        self.compare(page["markets"], lambda table: sums(table, 0))
        pairs = page["pairs"]
        self.compare(pairs, lambda table: table[pairs["exporter"], pairs["market"]])
        sides = self.sides()
        change = np.abs(sides["after"]["potential"] - sides["before"]["potential"])
        self.assertEqual(len(pairs["exporter"]), min(200, int((change > 0).sum())))
        shown = change[pairs["exporter"], pairs["market"]]
        self.assertTrue((np.diff(shown) <= 0).all())
        self.assertGreaterEqual(shown[-1], np.sort(change.ravel())[-len(shown)])
        self.assertEqual(page["players"], ["border", "growth"])
        self.assertEqual([line[0] for line in page["assumptions"]], ["border", "border", "growth"])
        self.assertTrue(all(line[5] == 1 for line in page["assumptions"]))

    def test_every_pair(self):
        sides = self.sides()
        moved = np.zeros(sides["risk"].shape, bool)
        for name in COMPARED:
            moved |= sides["before"][name] != sides["after"][name]
        moved |= sides["risk"] > 0
        self.assertGreater(moved.sum(), 30)
        for c, code in enumerate(self.codes):
            for side, cut in (("exporter", lambda table: table[c]), ("market", lambda table: table[:, c])):
                listed = chunk(self.site, f"{side}/{code}")["scenarios"]
                self.assertEqual(len(listed), 2)
                self.assertEqual(listed[1 - self.number]["country"], [])
                shown = listed[self.number]
                self.assertEqual(shown["country"], np.flatnonzero(cut(moved)).tolist())
                self.compare(shown, lambda table: cut(table)[shown["country"]])

    def test_targets_of_a_scenario_that_changes_nothing(self):
        self.assertEqual(self.head["scenarios"][1 - self.number], ["nothing but a target", "", 1])
        page = chunk(self.site, f"scenario/{1 - self.number}")
        (name, exporters, markets, both, year, value, actual, *_), = page["targets"]
        lao, chn = self.codes.index("LAO"), self.codes.index("CHN")
        self.assertEqual((name, exporters, markets, both, year, value), ("twice", [lao], [chn], 0, 2030, 700e6))
        self.equal([actual], [self.result["pair/actual"][lao, chn]])

    def test_outlook(self):
        self.assertEqual(self.head["outlook"], {"origin": [2019], "outcome": [2024]})
        offsets, seen = self.result["cells/offsets"][()], 0
        for e, code in enumerate(self.codes):
            cells, rows = chunk(self.site, f"cells/{code}"), slice(offsets[e], offsets[e + 1])
            for name in ("chance", "expected", "low", "high"):
                self.equal(cells[name], self.result[f"cells/{name}"][rows])
            seen += sum(value is not None for value in cells["chance"])
            outlook = chunk(self.site, f"exporter/{code}")["outlook"]
            self.equal(outlook["expected"], self.result["pair/expected"][e])
            self.equal(outlook["starts"], self.result["pair/expected_starts"][e])
        self.assertGreater(seen, 100)

    def test_what_it_was_made_from(self):
        about = chunk(self.site, "about")
        self.assertLessEqual({"scenario", "outlook"}, {role for role, *_ in about["sources"]})
        terms = [term for term, _ in about["definitions"]]
        self.assertLessEqual({"Chance", "Scenario", "At risk"}, set(terms))

    def test_the_rest_is_as_without(self):
        self.succeeds("atlas", self.world, "-o", self.folder / "plain", *self.settings)
        plain, whole = files(self.folder / "plain"), files(self.site)
        self.assertEqual(set(whole) - set(plain), {"data/scenario/0.js", "data/scenario/1.js"})
        head = chunk(self.folder / "plain", "world")
        self.assertNotIn("outlook", head)
        self.assertEqual(head["scenarios"], [])
        self.assertEqual(head["totals"], self.head["totals"])
        for name in plain:
            if name.startswith("data/product"):
                self.assertEqual(plain[name], whole[name], name)
        for code in self.codes:
            before, after = (chunk(site, f"exporter/{code}") for site in (self.folder / "plain", self.site))
            self.assertEqual(set(after) - set(before), {"outlook", "scenarios"})
            self.assertEqual(before, {key: after[key] for key in before})

    def test_same_bytes_whatever_the_threads(self):
        turned = [*self.both[2:], *self.both[:2]]  # nor the order of the files
        self.succeeds("atlas", self.world, "-o", self.folder / "again", *self.settings, *turned, "--outlook",
                      self.here / "backtest.h5", "--threads", 1)
        self.assertEqual(files(self.folder / "again"), files(self.site))

    def test_errors(self):
        site = self.folder / "site"
        (self.folder / "wrong.toml").write_text('name = "x"\n[[gdp]]\nname = "g"\ncountries = ["Atlantis"]\n'
                                                'add = { value = 1, unit = "points a year", assumption = true }\n')
        self.fails(3, ["Atlantis", "wrong.toml"], "atlas", self.world, "-o", site, "--scenario", self.folder / "wrong.toml")
        self.fails(3, "two scenarios", "atlas", self.world, "-o", site, *self.both, *self.both[:2])
        self.fails(3, "result.h5", "atlas", self.world, "-o", site, "--outlook", self.here / "result.h5")
        (site).mkdir()
        (site / "mine.txt").write_text("mine")
        self.fails(3, "mine.txt", "atlas", self.world, "-o", site, *self.both)
        self.assertEqual([path.name for path in site.iterdir()], ["mine.txt"])


if __name__ == "__main__":
    cli.main()
