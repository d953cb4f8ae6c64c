"""The page of runs in headless Chromium: drawn without a script or a request, its links lead to reports, in light, dark and on a phone."""

import sys
import unittest
from pathlib import Path

import browser

browser.skip_unless_possible()
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import cli  # noqa: E402
import nightly  # noqa: E402


class IndexPage(nightly.NightlyCase):
    def setUp(self):
        super().setUp()
        self.configure('[[report]]\nexporter = "LAO"\nmarket = "CHN"\n[alarm]\ntotal = 0.01\n', 'title = "Every <night> & more"')
        self.nightly()
        self.change_world()
        self.nightly(10)
        self.nightly()
        self.browser = browser.Browser()
        self.addCleanup(self.browser.quit)

    def text(self):
        return self.browser.run("return document.body.innerText")

    def test_page(self):
        self.browser.open(self.out / "index.html")
        self.assertEqual(self.browser.logs(), [])
        self.assertEqual(self.browser.requests(), [f"file://{self.out}/index.html"])
        text = self.text()
        for said in ("Every <night> & more", "World base", "Potential at the horizon", "complete, with alarms", "unchanged", "What moved most in run",
                     self.runs()[0].name, self.runs()[2].name + " (latest)"):
            self.assertIn(said, text)
        # A point for each run, the newest last; the curve goes up with the trade.
        points = self.browser.run("""return [...document.querySelectorAll('svg')].map((svg) => ({
            name: svg.getAttribute('aria-label'),
            at: svg.querySelector('polyline').getAttribute('points').split(' ').map((point) => point.split(',').map(Number))}));""")
        self.assertEqual(len(points), 5)
        potential = next(chart["at"] for chart in points if chart["name"].startswith("Potential"))
        self.assertEqual(len(potential), 3)
        self.assertLess(potential[1][1], potential[0][1])
        self.assertEqual(potential[2][1], potential[1][1])
        self.assertTrue(potential[0][0] < potential[1][0] < potential[2][0])

    def test_links(self):
        self.browser.open(self.out / "index.html")
        self.browser.run("[...document.querySelectorAll('a')].find((link) => link.textContent === 'report lao-chn').click()")
        self.assertIn("China", self.browser.run("return document.title"))
        self.assertGreater(self.browser.draw_all(), 0)
        self.assertEqual(self.browser.logs(), [])

    def test_light_dark_and_phone(self):
        colours = set()
        for dark in (False, True):
            for width in (1280, 390):
                self.browser.open(self.out / "index.html", width=width, dark=dark)
                self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), width)
            # Everything that is written has enough contrast with the page (WCAG AA).
            worst = self.browser.run("""
                const light = (text) => {
                  const [r, g, b] = text.match(/[0-9.]+/g).map((part) => part / 255).map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const paper = getComputedStyle(document.body).backgroundColor;
                const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                const written = [...document.querySelectorAll('p, a, th, td, b, span, li, text, h1, h2, h3')];
                return [paper, Math.min(...written.map((node) => {
                  const style = getComputedStyle(node);
                  return ratio(light(node.ownerSVGElement ? style.fill : style.color), light(paper));
                }))];""")
            colours.add(worst[0])
            self.assertGreater(worst[1], 4.5, worst)
        self.assertEqual(len(colours), 2)


if __name__ == "__main__":
    cli.main()
