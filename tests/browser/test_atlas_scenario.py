"""The atlas in headless Chromium with scenarios and an outlook: pages, links, figures and downloads of what they say."""

import csv
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import browser

browser.skip_unless_possible()
import test_atlas  # noqa: E402
from atlas_site import finder  # noqa: E402
import numpy as np  # noqa: E402
from test_atlas import chunk, cli  # noqa: E402

NAME = "slow <img src=x onerror=window.hacked=1>"
SLOWDOWN = f"""name = "{NAME}"
description = "China grows less"
[[gdp]]
name = "China <b>grows</b> less"
countries = ["CHN"]
add = {{ value = -1, unit = "points a year", assumption = true, source = "a guess & <more>" }}
"""
TARGET = """name = "target"
[[target]]
name = "twice"
exporters = ["LAO"]
markets = ["CHN"]
year = 2030
value = { value = 700, unit = "USD million", source = "a speech" }
"""


def setUpModule():
    cls = ScenarioAtlas
    folder = tempfile.TemporaryDirectory(prefix="potentia-test-")
    unittest.addModuleCleanup(folder.cleanup)
    cls.folder, cls.site = Path(folder.name), Path(folder.name) / "site"
    for name, text in (("slow.toml", SLOWDOWN), ("target.toml", TARGET), ("few.toml", "[cells]\ntop = 60\nthresholds = false\n")):
        (cls.folder / name).write_text(text)
    for arguments in (["synth", "-o", "world.h5", "--countries", 20, "--products", 80, "--years", 6],
                      ["backtest", "world.h5", "--origin", "2019", "--outcome", "2024", "-o", "backtest.h5"],
                      ["atlas", "world.h5", "-o", "site", "--settings", "few.toml", "--scenario", "slow.toml", "--scenario", "target.toml",
                       "--outlook", "backtest.h5"]):
        done = cli.potentia(*arguments, cwd=cls.folder)
        assert done.returncode == 0, done.stderr
    cls.world = chunk(cls.site, "world")
    cls.product = chunk(cls.site, "products")["code"][3]
    cls.number = [name for name, *_ in cls.world["scenarios"]].index(NAME)
    cls.downloads = cls.folder / "downloads"
    cls.downloads.mkdir()
    cls.browser = browser.Browser(cls.downloads)
    unittest.addModuleCleanup(cls.browser.quit)


class ScenarioAtlas(test_atlas.AtlasTest):
    def table(self, figure):
        """What a figure's CSV holds, as dictionaries."""
        self.click(f"{figure}-csv")
        name = self.run_script("return document.body.dataset.name") + f"-{figure}.csv"
        return list(csv.DictReader(self.downloaded(name).decode().splitlines()))

    def largest_change(self):
        """The pair that the scenario changes most."""
        pairs = chunk(self.site, f"scenario/{self.number}")["pairs"]
        return [self.world["countries"]["code"][pairs[side][0]] for side in ("exporter", "market")]

    def text(self, selector="#content"):
        return self.run_script("return document.querySelector(arguments[0]).textContent", selector)

    def silent(self):
        self.assertEqual(self.browser.logs(), [])
        self.assertFalse(self.run_script("return Boolean(window.hacked)"))

    def test_from_the_list_to_a_scenario_to_its_countries(self):
        self.open("#/scenario")
        self.run_script("[...document.querySelectorAll('td a, th a')].find((link) => link.textContent === arguments[0]).click()", NAME)
        self.until("return document.querySelector('#figure-ranking .row')")
        self.assertIn(NAME, self.text("h1"))
        self.assertIn("a guess & <more>", self.text())
        rows = self.table("ranking")
        page = chunk(self.site, f"scenario/{self.number}")["exporters"]
        change = {code: after - before for code, after, before in zip(self.world["countries"]["code"], page["after"][0], page["before"][0])}
        self.assertEqual({row["code"] for row in rows}, {code for code, value in change.items() if value})
        for row in rows:
            self.assertAlmostEqual(float(row["change"]), change[row["code"]], delta=1e-7 * abs(change[row["code"]]))
        sizes = [abs(float(row["change"])) for row in rows]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        # Bars are as long as the changes that they show, on the side that they are on.
        drawn = self.run_script("""return [...document.querySelectorAll('#figure-ranking .row')].map((row) => {
          const bar = row.querySelector('.part'); return [bar.classList.contains('falls'), Number(bar.getAttribute('width'))]; })""")
        for (falls, width), row in zip(drawn, rows):
            self.assertEqual(falls, float(row["change"]) < 0)
            if width > 1:
                self.assertAlmostEqual(width / drawn[0][1], abs(float(row["change"])) / sizes[0], places=3)
        self.click("choice-side-market")
        self.until("return location.hash.includes('side=market') && document.querySelector('#figure-map a[href=\"#/market/CHN\"]')")
        self.silent()

    def test_a_target_stands_where_nothing_changes(self):
        self.open("#/scenario/target")
        self.assertIn("leaves the potential of every pair as it is", self.text())
        (row,) = self.table("targets")
        self.assertEqual((row["target"], float(row["value"])), ("twice", 700e6))
        self.open("#/scenario/none")
        self.assertIn("no scenario", self.text())
        self.silent()

    def test_countries_and_pairs_tell_what_changes(self):
        for hash, data in (("#/KOR", "exporter/KOR"), ("#/market/CHN", "market/CHN")):
            self.open(f"{hash}?scenario=slow+%3Cimg+src%3Dx+onerror%3Dwindow.hacked%3D1%3E")
            shown = chunk(self.site, data)["scenarios"][self.number]
            rows = self.table("scenario")
            self.assertEqual({row["code"] for row in rows},
                             {self.world["countries"]["code"][at] for n, at in enumerate(shown["country"]) if shown["after"][0][n] != shown["before"][0][n]})
        exporter, market = self.largest_change()
        self.open(f"#/{exporter}/{market}")
        shown = chunk(self.site, f"exporter/{exporter}")["scenarios"][self.number]
        at = shown["country"].index(self.world["countries"]["code"].index(market))
        (row,) = self.table(f"scenario-{self.number}")
        self.assertEqual(float(row["before"]), shown["before"][0][at])
        self.assertEqual(float(row["instrument_1"]), shown["instruments"][0][at])
        self.assertIn("leaves the potential of this pair", self.text(f"#figure-scenario-{1 - self.number}"))
        self.silent()

    def test_chances(self):
        self.open("#/KOR")
        rows = self.table("chances")
        self.assertGreater(len(rows), 5)
        self.assertTrue(all(float(row["actual"]) == 0 and 0 < float(row["chance"]) < 1 for row in rows))
        widths = self.run_script("return [...document.querySelectorAll('#figure-chances .part')].map((bar) => Number(bar.getAttribute('width')))")
        for width, row in zip(widths, rows):
            self.assertAlmostEqual(width / widths[0], float(row["chance"]) / float(rows[0]["chance"]), places=2)
        self.open("#/" + "/".join(self.largest_change()))
        self.assertIn("By the models of a back-test", self.text("#expected"))
        self.silent()

    def test_finder_filters_by_chance_and_draws_against_it(self):
        chances = finder(self.site)["chance"]
        likely = sum(value is not None and value >= 0.4 for value in chances)
        self.assertTrue(0 < likely < len(chances))
        self.open("#/finder?chance=40&y=chance", site=self.site)
        said = self.run_script("return document.getElementById('finder-said').textContent")
        self.assertTrue(said.startswith(f"{likely:,} of {len(chances):,} opportunities"), said)
        self.click("finder-svg")
        drawing = ElementTree.fromstring(self.downloaded("atlas-opportunities.svg"))
        against = [float(each.get("cy")) for each in drawing.findall("{http://www.w3.org/2000/svg}circle")]
        size = finder(self.site)["unrealized"]  # what is nothing has no place on a logarithmic axis
        drawn = sorted((value for value, room in zip(chances, size) if value is not None and value >= 0.4 and room > 0), reverse=True)
        self.assertEqual(len(against), len(drawn))
        self.assertEqual([each.text for each in drawing.findall("{http://www.w3.org/2000/svg}text")][-1], "Chance of exports")
        # The likelier, the higher.
        top, bottom = min(against), max(against)
        np.testing.assert_allclose(sorted(against), [top + (drawn[0] - value) / (drawn[0] - drawn[-1]) * (bottom - top) for value in drawn], atol=0.2)
        self.run_script("""const select = document.getElementById('filter-y'); select.value = ''; select.dispatchEvent(new Event('input', {bubbles: true}))""")
        self.until("return location.hash === '#/finder?chance=40'")
        self.click("finder-csv")
        rows = list(csv.DictReader(self.downloaded("atlas-opportunities.csv").decode().splitlines()))
        self.assertEqual(sorted(float(row["chance"]) for row in rows), sorted(value for value in chances if value is not None and value >= 0.4))
        self.assertLessEqual({"expected", "low", "high"}, rows[0].keys())


if __name__ == "__main__":
    unittest.main(verbosity=2)
