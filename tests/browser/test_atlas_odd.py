"""Atlases of odd worlds in headless Chromium: every view is drawn or says why not, without a message and without a number that is none."""

import tempfile
import unittest
from pathlib import Path

import browser

browser.skip_unless_possible()
from atlas_case import AtlasTest, chunk, cli  # noqa: E402
import odd_worlds  # noqa: E402


def setUpModule():
    AtlasTest.browser, AtlasTest.product = browser.Browser(), ""
    unittest.addModuleCleanup(AtlasTest.browser.quit)


class Odd(AtlasTest):
    def test_all_views(self):
        folder = tempfile.TemporaryDirectory(prefix="potentia-test-")
        self.addCleanup(folder.cleanup)
        for number, (name, arguments) in enumerate(odd_worlds.worlds().items()):
            if not arguments[2]:
                continue  # refused: it has no trade
            site = Path(folder.name) / str(number)
            world = odd_worlds.write_world(Path(folder.name) / "world.h5", *arguments)
            done = cli.potentia("atlas", world, "-o", site)
            self.assertEqual(done.returncode, 0, done.stderr)
            head = chunk(site, "world")
            first, *_, last = head["countries"]["code"]
            product = chunk(site, "products")["code"][0]
            for view in ("#/", "#/?by=share", "#/finder", f"#/{first}", f"#/{last}?peers={first}", f"#/market/{last}", f"#/{first}/{last}",
                         f"#/{first}/{last}/{product}", f"#/product/{product}", "#/about"):
                with self.subTest(world=name, view=view):
                    self.open(view, site=site)
                    self.assertEqual(self.browser.logs(), [])
                    self.assertEqual(self.run_script("return document.querySelectorAll('[role=alert]').length"), 0)
                    self.assertEqual(self.run_script("""
                        const wrong = /NaN|undefined|Infinity|\\bnull\\b/;
                        return [...document.querySelectorAll('#content svg *')].flatMap((each) => [...each.attributes]).filter((each) => wrong.test(each.value))
                            .map((each) => each.ownerElement.outerHTML).concat(document.getElementById('content').innerText.match(wrong) || [])"""), [])
            self.open("#/finder", site=site)
            said = self.run_script("return document.getElementById('finder-said').textContent")
            rows = self.run_script("return document.querySelectorAll('.vrow').length")
            if head["cells"] == 0:
                self.assertEqual((said, rows), ("No exporter lists an opportunity here.", 0))
            else:
                self.assertTrue(said.startswith(f"{head['cells']} of {head['cells']} opportunities"), said)
                self.assertEqual(rows, min(rows, head["cells"]))
                self.assertGreater(rows, 0)
            # No world here has sectors, stages of processing or tariffs to filter by.
            self.assertEqual(self.run_script("return ['sector', 'processing', 'tariff', 'chance'].filter((name) => document.getElementById(`filter-${name}`))"), [])


if __name__ == "__main__":
    cli.main()
