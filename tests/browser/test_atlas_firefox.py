"""The atlas and the page of a report in headless Firefox, opened from the disk: every view drawn, nothing complained of, clicked through."""

import json
import tempfile
import time
import unittest
from pathlib import Path

import firefox

firefox.skip_unless_possible()
from atlas_case import MORE_VIEWS, VIEWS, chunk, cli, make_whole_site  # noqa: E402


def setUpModule():
    folder = tempfile.TemporaryDirectory(prefix="potentia-test-")
    unittest.addModuleCleanup(folder.cleanup)
    FirefoxTest.folder = here = Path(folder.name)
    FirefoxTest.site = make_whole_site(here)
    (here / "downloads").mkdir()
    FirefoxTest.browser = firefox.Firefox(here / "downloads")
    unittest.addModuleCleanup(FirefoxTest.browser.quit)


class FirefoxTest(unittest.TestCase):
    def run_script(self, script, *arguments):
        return self.browser.run(script, *arguments)

    def shown(self, hash):
        self.browser.until("const content = document.getElementById('content'); return content && content.dataset.shown === arguments[0]", hash)

    def open(self, hash):
        self.browser.open(f"file://{self.site}/index.html{hash}")
        self.shown(hash)

    def quiet(self, what=""):
        self.assertEqual(self.browser.complaints(), [], what)


class Atlas(FirefoxTest):
    def test_every_view_is_drawn_without_a_complaint(self):
        product = chunk(self.site, "products")["code"][3]
        for view in VIEWS + MORE_VIEWS:
            view = view.replace("PRODUCT", product)
            with self.subTest(view):
                self.open(view)
                self.quiet(view)
                self.assertFalse(self.run_script("return document.querySelector('[role=alert]')"))
                if view == "#/LAO/CHN?names=fr":
                    self.assertEqual(self.run_script("return document.querySelector('h1').textContent"), "Laos → Chine")
                drawings = self.run_script("return [...document.querySelectorAll('.drawing')].map((each) => each.children.length)")
                self.assertTrue(all(drawings), drawings)
                if view.startswith("#/finder"):
                    self.assertGreater(self.run_script("return document.querySelectorAll('.vrow').length"), 5)
                    painted = self.run_script("""const canvas = document.querySelector('canvas');
                        const bytes = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                        const seen = new Set(); for (let at = 0; at < bytes.length; at += 4) if (bytes[at + 3] === 255) seen.add(bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2]);
                        return seen.size""")
                    self.assertGreater(painted, 5)  # colours of points, besides those of axes
                elif view != "#/about":
                    seen = self.run_script("""return [...document.querySelectorAll('.drawing svg rect, .drawing svg circle')].filter((each) => {
                        const box = each.getBoundingClientRect(); return box.width > 0 && box.height > 0 && getComputedStyle(each).fill !== 'none'; }).length""")
                    self.assertGreater(seen, 20)
        self.assertEqual(self.run_script("return [document.querySelector('.masthead img').naturalWidth > 0, typeof window.hacked]"), [True, "undefined"])

    def test_clicked_through(self):
        self.open("#/")
        self.browser.type("#search-input", "lao")
        self.browser.until("return document.getElementById('found-0')")
        self.browser.type("#search-input", "\ue007")
        self.shown("#/LAO")
        link = self.run_script("return document.querySelector('#figure-markets svg a').getAttribute('href')")
        self.assertRegex(link, "^#/LAO/[A-Z0-9]{3}$")
        self.browser.click("#figure-markets svg a .name")
        self.shown(link)
        self.assertIn(" → ", self.run_script("return document.querySelector('h1').textContent"))
        self.browser.back()
        self.shown("#/LAO")
        self.browser.click("#choice-sort-static")
        self.shown("#/LAO?sort=static")
        self.browser.click("#choice-names-fr")
        self.shown("#/LAO?sort=static&names=fr")
        self.assertEqual(self.run_script("return document.querySelector('h1').textContent"), "Laos")
        self.browser.click("#markets-csv")
        file = self.folder / "downloads" / "lao-markets.csv"
        end = time.monotonic() + 20
        while not (file.exists() and file.read_text("utf-8").endswith("\n")) and time.monotonic() < end:
            time.sleep(0.03)
        self.assertIn("Chine", file.read_text("utf-8"))
        self.quiet()

    def test_filtered(self):
        self.open("#/finder")
        whole = self.run_script("return document.getElementById('finder-said').textContent")
        market = self.world_code("CHN")
        self.run_script("""const input = document.getElementById('filter-market'); input.value = 'CHN'; input.dispatchEvent(new Event('input', {bubbles: true}));""")
        self.browser.until("return document.getElementById('finder-said').textContent !== arguments[0]", whole)
        cells = [chunk(self.site, f"cells/{code}")["market"].count(market) for code in chunk(self.site, "world")["countries"]["code"]]
        self.assertGreater(sum(cells), 0)
        self.assertTrue(self.run_script("return document.getElementById('finder-said').textContent").startswith(f"{sum(cells):,} of "))
        self.browser.until("return location.hash === '#/finder?market=CHN'")
        self.browser.type("#filter-min", "1000000")
        self.browser.until("return location.hash === '#/finder?market=CHN&min=1000000'")
        rows = self.run_script("return [...document.querySelectorAll('.vrow')].map((each) => each.children[1].textContent)")
        self.assertEqual(set(rows), {"China"})
        self.quiet()

    def world_code(self, code):
        return chunk(self.site, "world")["countries"]["code"].index(code)


class Report(FirefoxTest):
    def test_drawn_without_a_complaint(self):
        out = self.folder / "lao-chn"
        done = cli.potentia("drilldown", self.folder / "world.h5", "--exporter", "LAO", "--market", "CHN", "-o", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.browser.open(f"file://{out}/report.html")
        charts = self.browser.until("const all = [...document.querySelectorAll('.canvas')]; return all.length && all.every((each) => each.dataset.drawn) && all.length")
        report = json.loads((out / "report.json").read_text())
        self.assertGreater(charts, 5)
        self.assertEqual(self.run_script("return document.querySelectorAll('h1').length"), 1)
        blank = self.run_script("""return [...document.querySelectorAll('.canvas canvas')].filter((canvas) => {
            const bytes = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            return !bytes.some((each) => each !== 0); }).length""")
        self.assertEqual(blank, 0)
        titles = self.run_script("return [...document.querySelectorAll('h2')].map((each) => each.textContent)")
        for part in report["parts"]:
            self.assertTrue(any(part["title"] in title for title in titles), (part["title"], titles))
        self.quiet()


if __name__ == "__main__":
    cli.main()
