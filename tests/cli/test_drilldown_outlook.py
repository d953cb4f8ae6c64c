"""The chapter on how likely and how sure: the very numbers of solve --outlook and of draws, what is left out, what is refused."""

import shutil

import h5py
import numpy as np

import cli
import test_backtest
from drilldown import Case

SENTENCES = ("expected_exports", "expected_starts", "most_promising", "large_but_unlikely", "drawn_range", "firm_products",
             "main_assumption")


class Outlook(Case):
    @classmethod
    def setUpClass(cls):
        cls.shared = cli.tempfile.TemporaryDirectory(prefix="potentia-outlook-")
        cls.addClassCleanup(cls.shared.cleanup)
        folder = cli.Path(cls.shared.name)
        rng = np.random.default_rng(17)
        before = test_backtest.origin_trade(rng)
        after = test_backtest.outcome_trade(rng, before, 0.1)
        cls.world, cls.models, cls.draws, cls.result = (folder / name for name in ("w.h5", "b.h5", "d.h5", "r.h5"))
        test_backtest.write_world(cls.world, {2017: before, 2024: after})
        cls.settings = folder / "s.toml"
        cls.settings.write_text("[world]\nbase_years = [2017]\nhorizon_year = 2024\n[cells]\ntop = 0\nthresholds = false\n")
        for command in (["backtest", cls.world, "--origin", 2017, "--outcome", 2024, "-o", cls.models],
                        ["draws", cls.world, "-n", 40, "-o", cls.draws, "--settings", cls.settings],
                        ["solve", cls.world, "-o", cls.result, "--settings", cls.settings, "--outlook", cls.models]):
            done = cli.potentia(*command)
            assert done.returncode == 0, done.stderr

    def report(self, *flags, exporter="ADX", market="AHX"):
        return self.drilldown(self.world, "--exporter", exporter, "--market", market, "--settings", self.settings, *flags)

    def cells(self, path, names, exporter="ADX", market="AHX"):
        """{product code: values} of the pair's listed cells."""
        with h5py.File(path) as f:
            i, j = cli.texts(f["exporter"]).index(exporter), cli.texts(f["market"]).index(market)
            begin, end = f["cells/offsets"][i : i + 2]
            pick = f["cells/market"][begin:end] == j
            codes = np.array(cli.texts(f["product"]))[f["cells/product"][begin:end][pick]]
            columns = [f[f"cells/{name}"][..., begin:end][..., pick] for name in names]
            return {code: [column[..., n] for column in columns] for n, code in enumerate(codes)}

    def test_numbers_are_those_of_the_files(self):
        report = self.report("--outlook", self.models, "--draws", self.draws)
        outlook = self.cells(self.result, ["chance", "expected", "low", "high", "potential", "actual"])
        drawn = self.cells(self.draws, ["potential/quantile", "in_top10", "in_top50", "unrealized/quantile"])
        self.assertGreater(len(outlook), 20)
        self.assertTrue(any(values[5] > 0 for values in outlook.values()))

        table = report.table("opportunities", "opportunities")
        for n, code in enumerate(table["product"]):
            if code not in outlook:
                self.assertIsNone(table["expected"][n])
                continue
            chance, expected, low, high, potential, actual = outlook[code]
            self.assertEqual(table["expected"][n], expected)
            for name, value in (("low", low), ("high", high)):
                self.assertEqual(table[name][n], None if np.isnan(value) else value)
            self.assertEqual(table["chance"][n], None if actual > 0 else chance)
            self.assertEqual(table["promise"][n], None if actual > 0 else potential * chance)
            quantile, in_top10, in_top50, _ = drawn[code]
            self.assertEqual([table[name][n] for name in ("draws_low", "draws_median", "draws_high", "in_top10", "in_top50")],
                             [quantile[0], quantile[2], quantile[4], in_top10, in_top50])

        chances = report.table("outlook", "chances")
        starts = {code: values for code, values in outlook.items() if values[5] == 0}
        order = sorted(starts, key=lambda code: -starts[code][4] * starts[code][0])
        self.assertEqual(chances["product"], order)
        self.assertGreater(len(order), 5)
        by_potential = sorted(starts, key=lambda code: -starts[code][4])
        self.assertEqual(chances["place"], [by_potential.index(code) + 1 for code in order])
        middle = [np.median([values[n] for values in starts.values()]) for n in (4, 0)]
        for code, said in zip(order, chances["quadrant"]):
            large, likely = starts[code][4] >= middle[0], starts[code][0] >= middle[1]
            self.assertEqual(said, ("larger" if large else "smaller") + (", likelier" if likely else ", less likely"))

        stability = report.table("outlook", "stability")
        for n, code in enumerate(stability["product"]):
            self.assertEqual([stability[name][n] for name in ("draws_low", "draws_high", "in_top10")],
                             [drawn[code][3][0], drawn[code][3][4], drawn[code][1]])
        self.assertEqual(report.figures["outlook", "assumptions"]["notice"], "the draws were made without --sensitivity")
        files = report.table("outlook", "prospect_files")
        with h5py.File(self.models) as b, h5py.File(self.draws) as d:
            digests = [f.attrs["content_digest"].decode() for f in (b, d)]
        self.assertEqual(files["digest"], digests)

    def test_sentences_follow_their_rules(self):
        report = self.report("--outlook", self.models, "--draws", self.draws)
        said = {finding["rule"]: finding["sentence"] for finding in report.json["findings"]}
        rules = {rule["name"] for rule in report.json["rules"]}
        for name in SENTENCES:
            self.assertIn(name, rules)
            self.assertEqual(name in said, name != "main_assumption", name)
        with h5py.File(self.result) as f:
            i, j = cli.texts(f["exporter"]).index("ADX"), cli.texts(f["market"]).index("AHX")
            starts = f["pair/expected_starts"][i, j]
        self.assertIn(f"{round(starts)} are expected to start by 2024", said["expected_starts"])
        best = report.table("outlook", "chances")["product"][0]
        self.assertIn(f"largest for {best} ", said["most_promising"])
        chances = sorted(zip(report.table("outlook", "chances")["place"], report.table("outlook", "chances")["chance"]))[:10]
        few = sum(chance < 0.1 for _, chance in chances)
        self.assertIn(f"largest potentials without trade, {few} ha" if few else "None of the 10 largest", said["large_but_unlikely"])

    def test_sensitivity_names_the_assumption_that_matters(self):
        draws = shutil.copy(self.draws, self.folder / "d.h5")
        with h5py.File(draws, "r+") as f:
            cli.forget_digest(f)
            shape = (2, len(f["exporter"]), len(f["market"]))
            group = f.create_group("sensitivity/pair")
            group.create_dataset("group", data=["gdp", "sigma"], dtype=h5py.string_dtype())
            i, j = cli.texts(f["exporter"]).index("ADX"), cli.texts(f["market"]).index("AHX")
            for name, gdp, sigma in (("first", 0.2, 0.5), ("total", 0.3, 0.75), ("first_error", 0.01, 0.02), ("total_error", 0.02, 0.03)):
                values = np.zeros(shape)
                values[:, i, j] = gdp, sigma
                group[name] = values
        report = self.report("--draws", draws)
        table = report.table("outlook", "assumptions")
        self.assertEqual(table["group"], ["growth of GDP", "elasticities of substitution"])
        self.assertEqual(table["total"], [0.3, 0.75])
        self.assertEqual(table["first_error"], [0.01, 0.02])
        said = {finding["rule"]: finding["sentence"] for finding in report.json["findings"]}
        self.assertIn("is elasticities of substitution: 75 % of its variance", said["main_assumption"])
        self.assertIn("give or take 6 %", said["main_assumption"])
        self.assertNotIn("expected_exports", said)
        self.assertNotIn("chance", report.table("opportunities", "opportunities"))

    def test_without_the_flags_nothing_is_left_of_it(self):
        self.report("--outlook", self.models)
        report = self.report()  # check() finds files of the first that were left
        self.assertFalse(any(part == "outlook" for part, _ in report.figures))
        self.assertFalse(set(SENTENCES) & {rule["name"] for rule in report.json["rules"]})

    def test_groups_have_sums_and_no_chances(self):
        report = self.report("--outlook", self.models, exporter="ADX,AEX")
        self.assertIn("name one exporter and one market", report.figures["outlook", "chances"]["notice"])
        said = {finding["rule"]: finding["sentence"] for finding in report.json["findings"]}
        self.assertIn("expected_exports", said)
        self.assertNotIn("expected_starts", said)

    def test_errors(self):
        def failing(code, said, *flags, market="AHX"):
            run = cli.potentia("drilldown", self.world, "--exporter", "ADX", "--market", market, "-o", self.folder / "none", *flags)
            self.assertEqual(run.returncode, code, run.stderr)
            self.assertIn(said, run.stderr)
            self.assertEqual(run.stderr.count("error:"), 1)
            self.assertFalse((self.folder / "none").exists())

        same = ("--settings", self.settings)
        failing(3, "no back-test of potentia", "--outlook", self.draws, *same)
        failing(3, "no draws of potentia", "--draws", self.models, *same)
        failing(2, "draws of a group of countries", "--draws", self.draws, *same, market="AHX,AIX")
        failing(2, "tables of every pair", "--outlook", self.models, *same, market="all")
        later = self.folder / "later.toml"
        later.write_text("[world]\nbase_years = [2017, 2024]\nhorizon_year = 2024\n")
        failing(3, "the draws are of other years", "--draws", self.draws, "--settings", later)
        other = shutil.copy(self.draws, self.folder / "other.h5")
        with h5py.File(other, "r+") as f:
            cli.forget_digest(f)
            f["provenance/inputs/sha256"][0] = "0" * 64
        # A world of another program has no content digest: its file's own SHA-256 stands in the draws.
        failing(3, "the draws are of another world", "--draws", other, *same)


if __name__ == "__main__":
    cli.main()
