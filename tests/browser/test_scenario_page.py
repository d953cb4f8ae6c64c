"""The chapter on scenarios in headless Chromium: assumptions first, the waterfall, sections, and inert hostile names."""

import re
import unittest

import browser
from sample_report import HOSTILE, chart, column, figure, sample_report

RISES, FALLS = "#009e73", "#d55e00"


def assumptions():
    keys = ["scenario", "instrument", "kind", "side", "says", "applies_to", "basis", "source", "remark"]
    rows = [["first", HOSTILE[0], "cost", "scenario", "days -20 hours", "exporters EXA; markets SAM", "source", HOSTILE[1],
             "already in the base trade: the scenario takes it out"],
            ["first", HOSTILE[0], "cost", "scenario", "freight -6 per cent", "exporters EXA; markets SAM", "assumption", "a guess", ""],
            ["first", "no reason", "ease", "baseline", "scale 1.1 factor", "", "assumption", "", ""],
            [HOSTILE[2], "shared", "tariff", "baseline and scenario", "eligibility end", "", "source", "a law", ""]]
    return figure("assumptions", "What the scenarios rest on", [column(key, key.capitalize(), "code" if key == "kind" else "text")
                                                                for key in keys], rows, definition="Every statement.")


def of_scenario(number, name, parts):
    findings = figure(f"findings_{number}", f"What {name} changes", [column("finding", "Finding", "text"), column("rule", "Rule", "code")],
                      [[f"Scenario {name} lowers something by USD 3 million.", "friction_share"], ["And more.", "no such rule"]],
                      definition="Sentences.")
    findings["section"] = f"{name}: about it"
    states = figure(f"before_after_{number}", "Before and after",
                    [column("state", "State", "text"), column("realized", "Realised", "usd"), column("static", "Static", "usd"),
                     column("dynamic", "Dynamic", "usd")],
                    [["Baseline", 5e8, 3e8, 1e8], ["Scenario", 4e8, 1e8, 5e7], ["Difference", -1e8, -2e8, -5e7]],
                    [chart("horizontal_stacked", "state", ("realized", "realized"), ("static", "static"), ("dynamic", "dynamic"),
                           first_rows=2)], "What it is.", "Two bars.")
    rows, sum_ = [], 0.0
    for label, part in parts:
        rows.append([label, part, sum_, sum_ + part])
        sum_ += part
    rows.append(["Difference in all", sum_, 0.0, sum_])
    steps = figure(f"instruments_{number}", "By instrument",
                   [column("step", "Step", "text"), column("change", "Change", "usd"), column("from", "From", "usd"), column("to", "To", "usd")],
                   rows, [chart("waterfall", "step", ("from", "change"), ("to", "change"))], "The split.", "A waterfall.")
    products = figure(f"products_{number}", "Products that gain and lose",
                      [column("product", "Code", "code"), column("name", "Product", "text"), column("difference", "Difference", "usd")],
                      [["071410", HOSTILE[0], -2e8], ["100630", "Rice", 5e7], ["400121", "Rubber", 0.0]],
                      [chart("horizontal_bar", "name", ("difference", "change"))], "Products.", "Bars.")
    return [findings, states, steps, products]


class ScenarioPage(browser.PageTest):
    @classmethod
    def report(cls):
        cls.data = sample_report(30)
        figures = [assumptions(), *of_scenario(1, "first", [(HOSTILE[0], -2e8), ("raises", 5e7), ("nothing", 0.0)]),
                   *of_scenario(2, HOSTILE[2], [("falls", -3.5e8), ("falls again", -1e6)])]
        cls.data["parts"].insert(6, {"id": "scenarios", "title": "Scenarios", "figures": figures})
        cls.data["findings"].append({"rule": "scenario_difference", "sentence": "Scenario first lowers it."})
        return cls.data

    def setUp(self):
        self.browser.open(self.page)

    def run_js(self, script, *arguments):
        return self.browser.run(script, *arguments)

    def chart_of(self, name):
        """Bars and colours of a figure's chart as Chart.js has them, and the texts of its legend."""
        self.browser.draw_all()
        return self.run_js("""
            const section = document.querySelector(`[aria-labelledby='figure-scenarios-${arguments[0]}']`);
            const chart = Chart.getChart(section.querySelector('canvas'));
            const [set] = chart.data.datasets;
            const meta = chart.getDatasetMeta(0);
            return {sets: chart.data.datasets.length, bars: set.data, colours: set.backgroundColor,
                    ends: meta.data.map((bar) => [bar.base, bar.x]),
                    zero: chart.scales.x.getPixelForValue(0),
                    area: [chart.chartArea.left, chart.chartArea.right],
                    legend: [...section.querySelectorAll('.legend li')].map((each) => each.textContent)};""", name)

    def test_it_is_silent_and_inert(self):
        self.browser.draw_all()
        self.browser.pdf()
        self.assertEqual(self.browser.logs(), [])
        self.assertEqual(self.browser.requests(), [self.page.as_uri()])
        text = self.run_js("return document.querySelector(\"[aria-labelledby='part-scenarios']\").textContent")
        for name in HOSTILE[:3]:
            self.assertIn(name, text)
        self.assertIsNone(self.run_js("return window.hacked"))
        self.assertEqual(self.run_js("return document.querySelectorAll('#content script, #content img').length"), 0)

    def test_assumptions_come_first_each_with_its_source(self):
        self.assertEqual(self.run_js("""
            const part = document.querySelector("[aria-labelledby='part-scenarios']");
            return part.querySelector('section').className;"""), "figure assumptions")
        blocks = self.run_js("""
            return [...document.querySelectorAll('.assumptions .instrument')].map((block) => ({
              name: block.querySelector('strong').textContent, about: block.querySelector('.about').textContent,
              marks: [...block.querySelectorAll('.name .mark')].map((each) => each.textContent),
              lines: [...block.querySelectorAll('li')].map((each) => [...each.children].map((child) => child.textContent))}));""")
        self.assertEqual([block["name"] for block in blocks], [HOSTILE[0], "no reason", "shared"])
        self.assertEqual(blocks[0]["marks"], ["already in the base trade: the scenario takes it out"])
        self.assertEqual(blocks[0]["lines"], [["days -20 hours", f"Source: {HOSTILE[1]}"], ["freight -6 per cent", "assumption", "Reason: a guess"]])
        self.assertEqual(blocks[1]["lines"], [["scale 1.1 factor", "assumption"]])
        self.assertEqual([block["about"].strip() for block in blocks],
                         ["cost, laid under the scenario", "ease, laid under the baseline", "tariff, laid under baseline and scenario"])
        self.assertEqual(self.run_js("return [...document.querySelectorAll('.assumptions h4')].map((each) => each.textContent)"),
                         ["first", HOSTILE[2]])

    def test_the_waterfall_goes_from_nothing_to_the_difference(self):
        drawn = self.chart_of("instruments-1")
        self.assertEqual(drawn["sets"], 1)
        self.assertEqual(drawn["bars"], [[0, -200], [-200, -150], [-150, -150], [0, -150]])  # USD million
        self.assertEqual(drawn["colours"], [FALLS, RISES, RISES, FALLS])
        self.assertEqual(drawn["legend"], ["Rises", "Falls"])
        ends = [sorted(bar) for bar in drawn["ends"]]  # on the screen, left to right
        self.assertAlmostEqual(ends[0][1], drawn["zero"], delta=1)
        self.assertAlmostEqual(ends[1][0], ends[0][0], delta=1)  # begins where the one before ended, and rises
        self.assertAlmostEqual(ends[2][0], ends[1][1], delta=1)
        self.assertAlmostEqual(ends[3][0], ends[2][0], delta=1)  # all of it, from nothing
        self.assertAlmostEqual(ends[3][1], drawn["zero"], delta=1)
        self.assertLess(ends[0][0], ends[3][0])
        # Room for the amount beside the longest bar.
        self.assertGreater(ends[0][0] - drawn["area"][0], 40)
        self.assertEqual(self.chart_of("instruments-2")["legend"], ["Falls"])

    def test_bars_of_changes_have_the_colour_of_their_sign(self):
        drawn = self.chart_of("products-1")
        self.assertEqual(drawn["bars"], [[0, -200], [0, 50], [0, 0]])
        self.assertEqual(drawn["colours"], [FALLS, RISES, RISES])

    def test_before_and_after_are_the_states_and_not_their_difference(self):
        self.browser.draw_all()
        drawn = self.run_js("""
            const section = document.querySelector("[aria-labelledby='figure-scenarios-before-after-1']");
            const chart = Chart.getChart(section.querySelector('canvas'));
            return [chart.data.labels, chart.data.datasets.map((set) => set.data), section.querySelectorAll('.note').length];""")
        self.assertEqual(drawn, [["Baseline", "Scenario"], [[500, 400], [300, 100], [100, 50]], 0])

    def test_sections_have_headings_sentences_and_places_in_the_contents(self):
        self.assertEqual(self.run_js("return [...document.querySelectorAll('.section-title')].map((each) => each.textContent)"),
                         ["first: about it", f"{HOSTILE[2]}: about it"])
        links = self.run_js("return [...document.querySelectorAll('#contents a.below')].map((each) => [each.textContent, each.hash])")
        self.assertEqual([text for text, _ in links], ["first: about it", f"{HOSTILE[2]}: about it"])
        for _, place in links:
            self.assertTrue(self.run_js("return document.getElementById(arguments[0].slice(1)).matches('.section-title')", place))
        items = self.run_js("return [...document.querySelectorAll('.sentences li')].map((each) => each.textContent)")
        self.assertEqual(items[:2], ["Scenario first lowers something by USD\u00a03\u00a0million. (rule)", "And more."])
        self.assertIn("Scenario first lowers it.", self.run_js("return document.querySelector('.key-findings').textContent"))
        levels = self.run_js("""
            return [...document.querySelectorAll("[aria-labelledby='part-scenarios'] .figure > .keep > :first-child")]
              .map((each) => each.tagName);""")
        self.assertEqual(set(levels), {"H4"})
        repeated = self.run_js("""
            const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
            return ids.filter((id, at) => ids.indexOf(id) !== at);""")
        self.assertEqual(repeated, [])

    def test_a_phone_and_the_dark_show_everything(self):
        for width, dark in ((390, False), (390, True), (1280, True)):
            self.browser.open(self.page, width=width, dark=dark)
            self.browser.draw_all()
            self.assertEqual(self.run_js("return document.documentElement.scrollWidth"), width)
            outside = self.run_js("""
                return [...document.querySelectorAll("[aria-labelledby='part-scenarios'] *")]
                  .filter((each) => !each.closest('.scroll, caption') && each.getBoundingClientRect().right > innerWidth + 1)
                  .map((each) => each.tagName + '.' + each.className);""")
            self.assertEqual(outside, [])
            contrast = self.run_js("""
                const shade = (text) => text.match(/\\d+/g).slice(0, 3).reduce((sum, each) => sum + Number(each), 0);
                const mark = getComputedStyle(document.querySelector('.mark.assumed'));
                return Math.abs(shade(mark.color) - shade(mark.backgroundColor));""")
            self.assertGreater(contrast, 300)

    def test_paper_has_the_sentences_and_the_assumptions(self):
        pdf = self.browser.pdf()
        self.assertGreater(len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)), 5)
        self.assertEqual(self.browser.logs(), [])


if __name__ == "__main__":
    browser.skip_unless_possible()
    unittest.main(verbosity=2)
