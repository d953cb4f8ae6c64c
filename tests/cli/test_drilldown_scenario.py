"""The chapter on scenarios of drilldown: the very numbers of scenario, what is left out, what is refused, what is inert."""


import h5py
import numpy as np
import openpyxl

import cli
from drilldown import PARTS, Case

HOSTILE = "<script>alert(1)</script> & 'x' </script><!-- {{style}}"


def number(value, unit, source="test"):
    return f'{{ value = {value}, unit = "{unit}", source = "{source}" }}'


COSTS = f"""
[[cost]]
name = "road"
exporters = ["LAO", "KHM"]
markets = ["CHN", "THA"]
freight = {number(12, "per cent")}

[[cost]]
name = "rail"
already_in_base = true
exporters = ["LAO"]
markets = ["CHN"]
days = {number(-4, "days")}
value_of_day = {{ value = 0.5, unit = "per cent a day", assumption = true, source = "a guess" }}
"""
GROWTH = f"""
[[gdp]]
name = "slower"
countries = ["CHN"]
add = {number(-1, "points a year")}

[[ease]]
name = "easier"
side = "baseline"
exporters = ["LAO"]
scale = {number(1.2, "factor")}

[[population]]
name = "more people"
side = "both"
countries = ["CHN"]
scale = {number(1.05, "factor")}
"""


class ScenarioCase(Case):
    def write(self, text, name):
        path = self.folder / f"{name}.toml"
        path.write_text(f'name = "{name}"\n{text}')
        return path

    def flags(self, **texts):
        return [part for name, text in texts.items() for part in ("--scenario", self.write(text, name))]

    def sentences(self, report, number=1):
        table = report.table("scenarios", f"findings_{number}")
        return dict(zip(table["rule"], table["finding"]))


class SyntheticWorld(ScenarioCase):
    @classmethod
    def setUpClass(cls):
        cls.world = cls.shared_folder() / "world.h5"
        done = cli.potentia("synth", "-o", cls.world, "--countries", 60, "--products", 300, "--years", 2)
        assert done.returncode == 0, done.stderr

    def both(self, exporter, market, **texts):
        """The report with its chapter, and what scenario writes of the same files."""
        flags = self.flags(**texts)
        report = self.drilldown(self.world, "--exporter", exporter, "--market", market, *flags)
        self.succeeds("scenario", self.world, "--exporter", exporter, "--market", market, "-o", self.folder / "out.h5", *flags)
        file = h5py.File(self.folder / "out.h5")
        self.addCleanup(file.close)
        return report, file

    def test_the_chapter_says_what_scenario_says(self):
        for exporter, market in (("LAO", "CHN"), ("KHM,LAO", "CHN,THA,VNM"), ("CHN", "world")):
            with self.subTest(pair=f"{exporter} to {market}"):
                report, out = self.both(exporter, market, a=COSTS, b=GROWTH)
                codes = cli.texts(out["exporter"])
                i = [codes.index(code) for code in report.json["exporter"]["members"]]
                j = [codes.index(code) for code in report.json["market"]["members"]]
                for n, name in enumerate(("a", "b")):
                    self.check_pair(report, out, n, i, j)
                    self.check_products(report, out, n, name)
                    self.check_countries(report, out, n, i, j)
                self.check_words(report, out)

    def sum(self, table, i, j):
        """In ascending order of exporter and market, as scenario adds up."""
        total = 0.0
        for e in i:
            for m in j:
                if e != m:
                    total += float(table[e, m])
        return total

    def check_pair(self, report, out, n, i, j):
        table = report.table("scenarios", f"before_after_{n + 1}")
        for key in ("potential", "realized", "static", "dynamic", "unrealized", "overtrade"):
            before, after = (self.sum(out[f"{side}/pair/{key}"][n], i, j) for side in ("baseline", "scenario"))
            self.assertEqual(table[key], [before, after, after - before], key)
        self.assertEqual(table["at_risk"][1], self.sum(out["difference/pair/at_risk"][n], i, j))

        steps = report.table("scenarios", f"instruments_{n + 1}")
        rows = np.flatnonzero(out["difference/pair/instrument_scenario"][()] == n)
        names = [cli.texts(out["difference/pair/instrument"])[row].split(": ", 1)[1] for row in rows]
        self.assertEqual(steps["step"], [*names, "Difference in all"])
        self.assertEqual(steps["change"][:-1], [self.sum(out["difference/pair/by_instrument"][row], i, j) for row in rows])
        whole = steps["change"][-1]
        self.assertEqual(whole, table["potential"][2])
        self.assertNotEqual(whole, 0)
        np.testing.assert_allclose(sum(steps["change"][:-1]), whole, rtol=1e-9)
        self.assertEqual(steps["from"][0], 0)
        self.assertEqual(steps["from"][1:-1], steps["to"][:-2])  # each bar begins where the one before ended
        np.testing.assert_allclose(steps["to"][-2:], whole, rtol=1e-9)

        compared = report.table("scenarios", "comparison")
        self.assertEqual([compared["baseline"][n], compared["scenario_potential"][n], compared["difference"][n]], table["potential"])
        self.assertEqual(compared["rank_correlation"][n], out["scenarios/rank_correlation"][n])

    def check_products(self, report, out, n, name):
        table = report.table("scenarios", f"products_{n + 1}")
        codes = cli.texts(out["product"])
        at = out["baseline/cells/product"][()]

        def by_product(values):
            sums = np.zeros(len(codes))
            np.add.at(sums, at, values)  # one after the other, in the order of the cells
            return sums

        before, after = (by_product(out[f"{side}/cells/potential"][n]) for side in ("baseline", "scenario"))
        changed = [codes[k] for k in np.flatnonzero(before != after)]
        self.assertEqual(sorted(table["product"]), changed)
        self.assertGreater(len(changed), 3)
        rows = [codes.index(code) for code in table["product"]]
        self.assertEqual(table["baseline"], before[rows].tolist())
        self.assertEqual(table["scenario"], after[rows].tolist())
        self.assertEqual(table["difference"], (after - before)[rows].tolist())
        sizes = np.abs(after - before)[rows]
        self.assertTrue((np.diff(sizes) <= 0).all(), "largest change first")
        risk = by_product(out["difference/cells/at_risk"][n])
        self.assertEqual(table["at_risk"], risk[rows].tolist())
        instruments = np.flatnonzero(out["difference/cells/instrument_scenario"][()] == n)
        parts = np.array([by_product(out["difference/cells/by_instrument"][row]) for row in instruments])
        for column, part in enumerate(parts):
            self.assertEqual(table[f"instrument_{column + 1}"], part[rows].tolist())
        np.testing.assert_allclose(parts.sum(axis=0)[rows], table["difference"], rtol=1e-9, atol=1e-9 * sizes.max())
        if ("scenarios", f"at_risk_{n + 1}") in report.figures:
            risky = report.table("scenarios", f"at_risk_{n + 1}")
            self.assertEqual(sorted(risky["product"]), [codes[k] for k in np.flatnonzero(risk)])
            self.assertEqual(risky["at_risk"], sorted(risk[risk > 0], reverse=True))
        else:
            self.assertEqual(risk.sum(), 0)
        listed = np.array(cli.texts(out["difference/opportunities/scenario"])) == name
        places = report.table("scenarios", f"places_{n + 1}") if listed.any() else {"product": [], "place_baseline": [], "place_scenario": []}
        for key in ("place_baseline", "place_scenario"):
            self.assertEqual(places[key], out[f"difference/opportunities/{key}"][listed].tolist())
            place_of = dict(zip(table["product"], table[key]))
            for product, place in zip(places["product"], places[key]):
                self.assertEqual(place_of.get(product, place), place)
        self.assertEqual(places["product"], list(np.array(cli.texts(out["difference/opportunities/product"]))[listed]))

    def check_countries(self, report, out, n, i, j):
        codes = cli.texts(out["exporter"])
        before, after = (out[f"{side}/pair/potential"][n] for side in ("baseline", "scenario"))
        everyone = range(len(codes))
        expected = {codes[e]: self.sum(after, [e], j) - self.sum(before, [e], j) for e in everyone}
        table = report.table("scenarios", f"exporters_{n + 1}")
        self.assertEqual(dict(zip(table["exporter"], table["difference"])), {code: change for code, change in expected.items() if change != 0})
        self.assertEqual([code for code, party in zip(table["exporter"], table["is_party"]) if party],
                         [code for code in table["exporter"] if codes.index(code) in i])
        self.assertGreater(len(table.rows), len(i))  # rivals
        if len(j) > 1:
            table = report.table("scenarios", f"markets_{n + 1}")
            expected = {codes[m]: sum(after[e, m] - before[e, m] for e in i if e != m) for m in j}
            self.assertEqual(set(table["market"]), {code for code, change in expected.items() if change != 0})

    def check_words(self, report, out):
        """Assumptions and the lines that scenario prints."""
        table = report.table("scenarios", "assumptions")
        self.assertEqual(table["scenario"], cli.texts(out["assumptions/scenario"]))
        self.assertEqual(table["source"], cli.texts(out["assumptions/source"]))
        for row, (what, side) in enumerate(zip(cli.texts(out["assumptions/what"]), cli.texts(out["assumptions/side"]))):
            self.assertTrue(what.startswith(table["says"][row]))
            self.assertIn(table["applies_to"][row], what)
            self.assertEqual("already in the base trade" in what, "already in the base trade" in table["remark"][row])
            self.assertEqual(table["side"][row], "baseline and scenario" if side == "both" else side)
        self.assertEqual([basis == "assumption" for basis in table["basis"]], out["assumptions/assumption"][()].astype(bool).tolist())
        self.assertEqual(table["basis"].count("assumption"), 1)

    def test_the_rest_of_the_report_is_as_it_is_without(self):
        flags = self.flags(a=COSTS, b=GROWTH)
        run = ("--exporter", "LAO", "--market", "CHN")
        plain = self.drilldown(self.world, *run)
        with_chapter = self.drilldown(self.world, *run, *flags)
        others = [part for part in with_chapter.json["parts"] if part["id"] != "scenarios"]
        for one, other in zip(plain.json["parts"], others):
            if one["id"] != "findings":
                self.assertEqual(one, other)
        count = len(plain.json["findings"])
        self.assertEqual(plain.json["findings"], with_chapter.json["findings"][:count])
        self.assertEqual(plain.json["rules"], with_chapter.json["rules"][:len(plain.json["rules"])])
        rules = {rule["name"] for rule in with_chapter.json["rules"]}
        self.assertLessEqual({finding["rule"] for finding in with_chapter.json["findings"]}, rules)
        # Without scenarios again: nothing of the older chapter is left in the folder, and the bytes are those of before.
        (self.folder / "report" / "scenarios_mine.csv").write_text("mine")
        before = {path.name: path.read_bytes() for path in (self.folder / "report").iterdir()}
        self.succeeds("drilldown", self.world, "-o", self.folder / "report", *run)
        names = {path.name for path in (self.folder / "report").iterdir() if path.name.startswith("scenarios_")}
        self.assertEqual(names, {"scenarios_mine.csv"})
        self.assertIn("scenarios_products_2.csv", before)

    def test_threads_and_the_order_of_files_change_nothing(self):
        run = ("drilldown", self.world, "--exporter", "LAO,KHM", "--market", "CHN,THA")
        a, b = self.write(COSTS, "a"), self.write(GROWTH, "b")
        self.succeeds(*run, "-o", self.folder / "one", "--scenario", a, "--scenario", b, "--threads", 1)
        self.succeeds(*run, "-o", self.folder / "two", "--scenario", b, "--scenario", a, "--threads", 3)
        for path in (self.folder / "one").iterdir():
            self.assertEqual(path.read_bytes(), (self.folder / "two" / path.name).read_bytes(), path.name)

    def test_workbook(self):
        self.drilldown(self.world, "--exporter", "LAO", "--market", "CHN", "--xlsx", self.folder / "r.xlsx", *self.flags(a=COSTS))
        book = openpyxl.load_workbook(self.folder / "r.xlsx", read_only=True)
        self.assertLessEqual({"assumptions", "before_after_1", "instruments_1", "products_1", "exporters_1"}, set(book.sheetnames))

    def test_who_has_never_traded(self):
        """A pair without a record has no potential, until a scenario gives it an ease of trade."""
        folder = self.folder / "pair.h5"
        self.succeeds("solve", self.world, "-o", folder)
        with h5py.File(folder) as result:
            codes = cli.texts(result["exporter"])
            actual, world = result["pair/actual"][()], result["pair/actual"][()].sum(axis=1)
        e, m = next((e, m) for e in range(len(codes)) for m in range(len(codes))
                    if e != m and actual[e, m] == 0 and world[e] > 0 and actual[:, m].sum() > 0)
        text = f'[[ease]]\nname = "ease"\nexporters = ["{codes[e]}"]\nmarkets = ["{codes[m]}"]\nset = {number(0.5, "number")}\n'
        report = self.drilldown(self.world, "--exporter", codes[e], "--market", codes[m], *self.flags(a=text))
        table = report.table("scenarios", "before_after_1")
        self.assertEqual(table["potential"][0], 0)
        self.assertGreater(table["potential"][1], 0)
        self.assertNotIn(("scenarios", "places_1"), report.figures)  # nothing had a place
        self.assertIn("from USD 0 to USD", self.sentences(report)["scenario_difference"])


class WorkedExample(ScenarioCase):
    def setUp(self):
        super().setUp()
        self.world = cli.write_worked_example(self.folder / "world.h5")
        self.pair = ("--exporter", "LAO", "--market", "CHN")

    def chapter(self, text, *flags):
        return self.drilldown(self.world, *(flags or self.pair), *self.flags(s=text))

    def test_what_changes_nothing_says_so(self):
        cases = {
            "": ("baseline and scenario are the same in every market", False),
            f'[[target]]\nexporters = "LAO"\nmarkets = "CHN"\nyear = 2028\nvalue = {number(100, "USD million")}\n':
                ("a target changes nothing by itself", True),
            f'[[ease]]\nexporters = "LAO"\nmarkets = "THA"\nscale = {number(2, "factor")}\n': ("lies elsewhere", True),
            f'[[ease]]\nexporters = "THA"\nmarkets = "CHN"\nscale = {number(2, "factor")}\n': ("concerns other exporters", True),
        }
        for text, (why, stated) in cases.items():
            with self.subTest(why=why):
                report = self.chapter(text)
                said = self.sentences(report)
                self.assertIn("changes nothing for exports from", said["scenario_nothing"])
                self.assertIn(why, said["scenario_nothing"])
                self.assertNotIn("scenario_difference", said)
                table = report.table("scenarios", "before_after_1")
                self.assertEqual(table["potential"][0], table["potential"][1])
                for left_out in ("instruments_1", "products_1", "at_risk_1", "places_1"):
                    self.assertNotIn(("scenarios", left_out), report.figures)
                self.assertEqual(("scenarios", "exporters_1") in report.figures, "other exporters" in why)
                self.assertEqual(report.figures["scenarios", "assumptions"]["notice"] == "", stated)

    def test_graduation_by_hand(self):
        """Kept against ended: of the baseline that the rest of the report does not have."""
        kept = ('[[tariff]]\nname = "kept"\nside = "baseline"\nexporters = ["LAO"]\nregime = "LDC"\neligibility = "extend"\n'
                'source = "what it is compared with"\n')
        report = self.chapter(kept)
        table = report.table("scenarios", "before_after_1")
        ordinary = report.table("potential", "key_numbers")
        np.testing.assert_allclose(table["potential"][1], dict(zip(ordinary["key"], ordinary["market"]))["potential"], rtol=1e-12)
        self.assertGreater(table["potential"][0], table["potential"][1])  # rubber: 0 instead of 10 per cent
        said = self.sentences(report)
        self.assertIn("a baseline of its own, under which “kept” is laid", said["scenario_baseline"])
        self.assertIn("where the rest of the report has USD 128 million", said["scenario_baseline"])
        products = report.table("scenarios", "products_1")
        self.assertEqual(products["product"], ["400121"])
        self.assertEqual(report.table("scenarios", "instruments_1")["step"], ["kept", "Difference in all"])
        # Thailand sells rubber to China and gains what Laos loses in access.
        exporters = report.table("scenarios", "exporters_1")
        self.assertEqual(exporters["exporter"], ["LAO", "THA"] if abs(exporters["difference"][0]) == -exporters["difference"][0] else ["THA", "LAO"])
        self.assertGreater(dict(zip(exporters["exporter"], exporters["difference"]))["THA"], 0)

    def test_taken_out_of_the_base(self):
        text = (f'[[cost]]\nname = "rail"\nalready_in_base = true\nexporters = "LAO"\nmarkets = "CHN"\n'
                f'freight = {{ value = -10, unit = "per cent", assumption = true }}\n')
        report = self.chapter(text)
        self.assertIn("“rail” in it. The scenario takes it out", self.sentences(report)["scenario_in_base"])
        table = report.table("scenarios", "assumptions")
        self.assertEqual((table["basis"], table["source"]), (["assumption"], [""]))
        self.assertIn("already in the base trade", table["remark"][0])
        self.assertEqual(self.sentences(report)["scenario_basis"], "It rests on 1 statement, and it is an assumption.")
        self.assertIn(self.sentences(report)["scenario_difference"], self.said)

    def test_what_does_not_act(self):
        text = f'[[ease]]\nname = "late"\nfrom = 2040\nscale = {number(2, "factor")}\n'
        report = self.chapter(text)
        self.assertIn("“late” does not act in 2028", self.sentences(report)["scenario_inactive"])
        self.assertIn("does not act at the horizon", report.table("scenarios", "assumptions")["remark"][0])

    def test_targets_are_those_of_the_file(self):
        text = (f'[[target]]\nname = "more"\nexporters = "LAO"\nmarkets = "CHN"\ntwo_way = true\nyear = 2030\nvalue = {number(160, "USD million")}\n'
                f'[[target]]\nname = "too much"\nexporters = "LAO"\nmarkets = "CHN"\nyear = 2028\nvalue = {number(9, "USD billion")}\n')
        report = self.chapter(text)
        self.succeeds("scenario", self.world, *self.pair, "-o", self.folder / "out.h5", "--scenario", self.folder / "s.toml")
        table = report.table("scenarios", "targets_1")
        with h5py.File(self.folder / "out.h5") as out:
            targets = out["targets"]
            order = [cli.texts(targets["name"]).index(name) for name in table["target"]]
            for key, name in (("value", "value"), ("actual", "actual"), ("baseline", "potential_baseline"), ("potential", "potential"),
                              ("required_growth", "required_growth"), ("static", "static"), ("dynamic", "dynamic")):
                self.assertEqual(table[key], targets[name][()][order].tolist(), key)
        self.assertEqual(table["reached"], ["no", "no"])
        self.assertEqual(table["two_way"], ["yes", "no"])
        said = self.sentences(report)
        # 150 million out of Laos and 2 into it, to 160 in seven years.
        self.assertIn("needs trade to grow by 0.7 % a year from the USD 152 million", said["target_growth"])
        self.assertIn("does not reach “too much”", said["target_reach"])
        self.assertIn("(the target's year lies after the horizon)", said["target_reach"])
        self.assertIn("the largest product would cover the USD 8 million that “more” lacks", said["target_cover"])
        self.assertIn("would not cover", said["target_cover"])
        cover = report.table("scenarios", "target_products_1")
        np.testing.assert_allclose(cover.numbers("static") + cover.numbers("dynamic"), cover.numbers("unrealized"), rtol=1e-14)

    def test_tariffs_of_its_own(self):
        (self.folder / "rates.csv").write_text("market,regime,hs6,rate\nTHA,MFN,071410,0.3\n")
        (self.folder / "members.csv").write_text("market,regime,exporter,first_year,last_year\n")
        text = ('[tariffs]\nrates = "rates.csv"\nmembers = "members.csv"\nsource = "test"\n'
                f'[[ease]]\nexporters = "LAO"\nmarkets = "CHN"\nscale = {number(1.5, "factor")}\n')
        with h5py.File(self.world, "r+") as file:
            del file["tariff"]
        report = self.chapter(text)
        self.succeeds("scenario", self.world, *self.pair, "-o", self.folder / "out.h5", "--scenario", self.folder / "s.toml")
        table = report.table("scenarios", "before_after_1")
        with h5py.File(self.folder / "out.h5") as out:
            self.assertEqual(table["potential"][0], out["baseline/pair/potential"][cli.LAO, cli.CHN])
        files = report.table("scenarios", "files")
        self.assertEqual(files["file"], ["members.csv", "rates.csv", "s.toml"])

    def test_hostile_names_are_inert(self):
        quoted = HOSTILE.replace('"', '\\"')
        (self.folder / "s.toml").write_text(
            f'name = "{quoted}"\ndescription = "{quoted}"\n[[ease]]\nname = "{quoted}"\nexporters = "LAO"\n'
            f'scale = {{ value = 2, unit = "factor", source = "{quoted}" }}\n')
        report = self.drilldown(self.world, *self.pair, "--scenario", self.folder / "s.toml")
        self.assertEqual(report.table("scenarios", "assumptions")["source"], [HOSTILE])
        self.assertIn(HOSTILE, self.sentences(report)["scenario_difference"])
        page = (self.folder / "report" / "report.html").read_text("utf-8")
        self.assertNotIn("<script>alert", page)
        self.assertEqual(page.count("<script"), 3)
        self.assertEqual(page.count("</script>"), 3)

    def test_errors_are_those_of_scenario(self):
        cases = {
            "unknown": "[[tarif]]\nregime = \"LDC\"\n",
            "no_source": '[[ease]]\nscale = { value = 2, unit = "factor" }\n',
            "no_regime": '[[tariff]]\nregime = "LDX"\neligibility = "end"\nsource = "x"\n',
            "nobody": f'[[ease]]\nexporters = "LAA"\nscale = {number(2, "factor")}\n',
            "past": f'[[target]]\nexporters = "LAO"\nmarkets = "CHN"\nyear = 2001\nvalue = {number(1, "USD million")}\n',
            "text": "= no toml",
        }
        for name, text in cases.items():
            path = self.write(text, name)
            with self.subTest(name):
                page = self.fails(3, f"{name}.toml", "drilldown", self.world, *self.pair, "-o", self.folder / "out", "--scenario", path)
                file = self.fails(3, f"{name}.toml", "scenario", self.world, *self.pair, "-o", self.folder / "out.h5", "--scenario", path)
                self.assertEqual(page.stderr, file.stderr)
        self.fails(3, "none.toml", "drilldown", self.world, *self.pair, "-o", self.folder / "out", "--scenario", self.folder / "none.toml")
        one = self.write("", "one")
        self.fails(3, "two scenarios are called", "drilldown", self.world, *self.pair, "-o", self.folder / "out", "--scenario", one,
                   "--scenario", one)
        for pair in (("--exporter", "all", "--market", "CHN"), ("--exporter", "LAO", "--market", "all")):
            self.fails(2, ["every pair", "--scenario"], "drilldown", self.world, *pair, "-o", self.folder / "out", "--scenario", one)
        self.assertFalse((self.folder / "out").exists())

    def test_parts_without_scenarios_are_the_eight(self):
        report = self.drilldown(self.world, *self.pair)
        self.assertEqual([part["id"] for part in report.json["parts"]], PARTS)


if __name__ == "__main__":
    cli.main()
