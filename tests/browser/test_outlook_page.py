"""The chapter on how likely and how sure in headless Chromium: points in four fields, lines over bars, powers of ten."""

import unittest

import browser
from sample_report import HOSTILE, chart, column, figure, sample_report


def chances():
    keys = [("rank", "count"), ("product", "code"), ("name", "text"), ("potential", "usd"), ("chance", "share")]
    rows = [[1, "071410", HOSTILE[0], 2e8, 0.15], [2, "310520", HOSTILE[1], 4e7, 0.42], [3, "854390", "Parts", 2e6, 0.05],
            [4, "702000", "Glass", 1e5, 0.6]]
    made = figure("chances", "Potential and chance", [column(key, key.capitalize(), kind) for key, kind in keys], rows,
                  [chart("scatter", "name", ("potential", "unrealized"))], "Chances.", "Points.")
    made["charts"][0]["along"] = "chance"
    return made


def intervals():
    keys = [("product", "code"), ("name", "text"), ("potential", "usd"), ("expected", "usd"), ("actual", "usd"), ("low", "usd"),
            ("high", "usd"), ("draws_low", "usd"), ("draws_high", "usd")]
    rows = [["071410", HOSTILE[0], 2e8, 6e6, 3e6, 2.5e5, 3e7, 1e8, 5e8], ["310520", "Fertilizer", 1e8, 3e5, 0.0, None, None, None, None],
            ["400280", "Rubber", 5e7, 1e8, 1.5e8, 1.0, 6e8, 4e7, 6e7]]
    made = figure("intervals", "With their intervals", [column(key, key.capitalize(), kind) for key, kind in keys], rows,
                  [chart("horizontal_bar", "name", ("potential", "unrealized")),
                   chart("interval", "name", ("expected", "after"), ("actual", "before"))], "Intervals.", "Lines.")
    made["charts"][0]["series"][0].update(low="draws_low", high="draws_high")
    made["charts"][1]["series"][0].update(low="low", high="high")
    return made


class OutlookPage(browser.PageTest):
    @classmethod
    def report(cls):
        data = sample_report(30)
        data["parts"].insert(6, {"id": "outlook", "title": "How likely, how sure", "figures": [chances(), intervals()]})
        return data

    def setUp(self):
        self.browser.open(self.page)
        self.browser.draw_all()

    def look(self, name, number, script):
        return self.browser.run("""
            const section = document.querySelector(`[aria-labelledby='figure-outlook-${arguments[0]}']`);
            const chart = Chart.getChart(section.querySelectorAll('canvas')[arguments[1]]);
            """ + script, name, number)

    def test_it_is_silent_and_inert(self):
        self.browser.pdf()
        self.assertEqual(self.browser.logs(), [])
        self.assertEqual(self.browser.requests(), [self.page.as_uri()])
        self.assertIsNone(self.browser.run("return window.hacked"))

    def test_points_stand_at_chance_and_potential_and_medians_divide_them(self):
        got = self.look("chances", 0, """
            return {data: chart.data.datasets[0].data, scale: chart.options.scales.y.type, middle: chart.options.plugins.fields.middle,
                    label: chart.options.plugins.tooltip.callbacks.label({dataIndex: 1}),
                    title: chart.options.plugins.tooltip.callbacks.title([{dataIndex: 0}])};""")
        self.assertEqual([(round(point["x"], 9), round(point["y"], 9)) for point in got["data"]], [(15, 200), (42, 40), (5, 2), (60, 0.1)])
        self.assertEqual(got["scale"], "logarithmic")
        self.assertAlmostEqual(got["middle"][0], 28.5)
        self.assertAlmostEqual(got["middle"][1], 21)
        self.assertEqual(got["label"], ["Potential: 40.0\u00a0USD million".replace("\u00a0", " "), "Chance: 42.0%"])
        self.assertEqual(got["title"], f"071410 {HOSTILE[0]}")

    def test_lines_lie_over_bars_where_there_are_any_and_fit_the_scale(self):
        got = self.look("intervals", 0, """
            return {lines: chart.options.plugins.whiskers.lines, max: chart.scales.x.max, amounts: chart.options.plugins.amounts.text};""")
        self.assertEqual(got["lines"], [[[100, 500], None, [40, 60]]])
        self.assertGreaterEqual(got["max"], 500)
        self.assertFalse(got["amounts"])

    def test_exports_stand_on_a_scale_of_powers_of_ten(self):
        got = self.look("intervals", 1, """
            return {type: chart.options.scales.x.type, sets: chart.data.datasets.map((set) => [set.data, set.showLine]),
                    lines: chart.options.plugins.whiskers.lines, ends: [chart.scales.x.min, chart.scales.x.max],
                    at: chart.getDatasetMeta(0).data.map((point) => point.x), place: chart.scales.x.getPixelForValue(6)};""")
        self.assertEqual(got["type"], "logarithmic")
        self.assertEqual(got["sets"], [[[6, 0.3, 100], False], [[3, None, 150], False]])  # nothing has no place on it
        self.assertEqual(got["lines"], [[[0.25, 30], None, [1e-6, 600]], None])
        self.assertEqual(got["ends"][0], 0.001)  # a dollar does not stretch the scale
        self.assertGreaterEqual(got["ends"][1], 600)
        self.assertAlmostEqual(got["at"][0], got["place"], delta=0.5)

    def test_dark_and_narrow(self):
        for width, dark in ((375, False), (1280, True)):
            with self.subTest(width=width, dark=dark):
                self.browser.open(self.page, width=width, dark=dark)
                self.browser.draw_all()
                self.assertEqual(self.browser.logs(), [])
                self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), width)


if __name__ == "__main__":
    browser.skip_unless_possible()
    unittest.main()
