"""The page of a report in headless Chromium: silent, offline, drawn, readable, and inert to hostile names."""

import csv
import io
import re
import time
import unittest

import browser
from sample_report import HOSTILE, sample_report

ROWS = 400
OPPORTUNITIES = "section[aria-labelledby='figure-opportunities-opportunities']"
NEXT = f"document.querySelectorAll(\"{OPPORTUNITIES} .pager button\")[1]"
BODY = f"[...document.querySelectorAll(\"{OPPORTUNITIES} tbody tr\")]"


class Page(browser.PageTest):
    @classmethod
    def report(cls):
        cls.data = sample_report(ROWS)
        return cls.data

    def setUp(self):
        self.browser.open(self.page)

    def run_js(self, script, *arguments):
        return self.browser.run(script, *arguments)

    def column(self, label):
        """The texts of a column of the opportunities as they are shown."""
        return self.run_js(f"""
            const heads = [...document.querySelectorAll("{OPPORTUNITIES} thead th")];
            const at = heads.findIndex((head) => head.querySelector('button').textContent === arguments[0]);
            return {BODY}.map((row) => row.children[at].textContent);""", label)

    def press_head(self, label):
        self.run_js(f"""
            [...document.querySelectorAll("{OPPORTUNITIES} thead button")]
              .find((button) => button.textContent === arguments[0]).click();""", label)

    def status(self):
        return self.run_js(f"return document.querySelector(\"{OPPORTUNITIES} [role=status]\").textContent")

    def type_search(self, text):
        self.run_js(f"""
            const search = document.querySelector("{OPPORTUNITIES} input[type=search]");
            search.value = arguments[0];
            search.dispatchEvent(new Event('input'));""", text)

    def choose(self, name, value):
        self.run_js(f"""
            const select = document.querySelector("{OPPORTUNITIES} select.{name}");
            select.value = arguments[0];
            select.dispatchEvent(new Event('change'));""", value)

    # -- silence -----------------------------------------------------------------------------------------------------

    def test_no_console_message_and_no_request(self):
        self.browser.draw_all()
        self.browser.pdf()
        self.assertEqual(self.browser.logs(), [])
        self.assertEqual(self.browser.requests(), [self.page.as_uri()])

    def test_the_policy_refuses_what_the_data_could_bring(self):
        outcome = self.browser.driver.execute_async_script("""
            const done = arguments[0];
            const seen = [];
            document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
            document.body.insertAdjacentHTML('beforeend', '<img src="https://example.org/x.png"><p onclick="1">x</p>');
            const script = document.createElement('script');
            script.textContent = 'window.hacked = true';
            document.body.append(script);
            fetch('https://example.org/').catch(() => 0);
            setTimeout(() => done([seen, window.hacked === true]), 500);""")
        self.assertFalse(outcome[1])
        self.assertLessEqual({"img-src", "script-src-elem", "connect-src"}, set(outcome[0]))

    def test_hostile_names_are_shown_and_do_nothing(self):
        text = self.run_js("return document.querySelector('#content').textContent")
        for name in HOSTILE:
            self.assertIn(name, text)
        self.assertIn("Samplestan <b>& partners</b>", self.run_js("return document.querySelector('h1').textContent"))
        self.assertEqual(self.run_js("return document.title"), 'A sample <report> & "title"')
        self.assertIsNone(self.run_js("return window.hacked"))
        self.assertEqual(self.run_js("return document.querySelectorAll('#content script, #content img, h1 b').length"),
            0)
        self.assertEqual(self.run_js("return document.scripts.length"), 3)

    # -- contents ----------------------------------------------------------------------------------------------------

    def test_all_parts_and_figures_are_there(self):
        for part in self.data["parts"]:
            self.assertEqual(self.run_js("""
                return document.querySelectorAll(`#part-${arguments[0]} ~ .figure h3`)
                  .length""", part["id"]), len(part["figures"]), part["id"])
        self.assertEqual(self.run_js("return document.querySelectorAll('#contents a').length"), 8)
        self.assertIn("Unofficial replication", self.run_js("return document.querySelector('#masthead').textContent"))
        dangling = self.run_js("""
            return [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href').slice(1))
              .filter((id) => !document.getElementById(id));""")
        self.assertEqual(dangling, [])
        repeated = self.run_js("""
            const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
            return ids.filter((id, at) => ids.indexOf(id) !== at);""")
        self.assertEqual(repeated, [])

    def test_the_first_screen_answers(self):
        answer = self.run_js("""
            const at = document.querySelector('#content > .answer:first-child');
            const widths = [...at.querySelectorAll('.strip')].map((strip) =>
              [...strip.children].map((piece) => piece.getBoundingClientRect().width / strip.getBoundingClientRect().width));
            return {text: at.textContent.replaceAll('\u00a0', ' '), widths, bottom: at.getBoundingClientRect().bottom + scrollY,
                    products: [...at.querySelectorAll('.name')].map((each) => [each.textContent, each.title])};""")
        for words in ("USD 8.6 billion of exports can be expected in 2028", "Realised: USD 4.7 billion", "(frictions): USD 2.9 billion",
                      "(growth, tariffs): USD 1 billion", "USD 9.8 billion exported a year in 2019\u20132023", "Above the potential: USD 5.1 billion",
                      "Exports exceed the potential because USD 5.1 billion", "not a ceiling"):
            self.assertIn(words, answer["text"])
        expected = [[4.7 / 9.8, 2.9 / 9.8, 1 / 9.8], [4.7 / 9.8, 5.1 / 9.8]]  # a common scale, the larger of both
        for widths, parts in zip(answer["widths"], expected):
            self.assertEqual(len(widths), len(parts))
            for width, part in zip(widths, parts):
                self.assertAlmostEqual(width, part, delta=0.003)
        self.assertEqual(len(answer["products"]), 5)
        self.assertEqual(answer["products"][:2], [["071410 Roots", "Roots: of cassava, dried"], ["071411 " + HOSTILE[2], HOSTILE[2]]])
        self.assertLess(answer["bottom"], 1000)

    def test_all_charts_are_drawn_without_scrolling(self):
        until = time.monotonic() + 20
        missing = None
        while missing != 0 and time.monotonic() < until:
            missing = self.run_js("return [...document.querySelectorAll('.canvas')].filter((box) => !box.dataset.drawn).length")
        self.assertEqual(missing, 0)

    def test_a_link_to_a_rule_opens_the_folded_table(self):
        shown = """
            const row = document.querySelector(document.querySelector('.key-findings li a').getAttribute('href'));
            return row.closest('details').open;"""
        self.assertFalse(self.run_js(shown))
        for _ in range(2):  # also when it was folded again
            self.run_js("document.querySelector('.key-findings li a').click()")
            time.sleep(0.3)
            self.assertTrue(self.run_js(shown))
            self.run_js("document.querySelectorAll('details').forEach((each) => { each.open = false; })")

    def test_a_figure_without_data_keeps_its_title_and_says_why(self):
        text = self.run_js("return document.getElementById('figure-access-utilisation').closest('section').textContent")
        self.assertIn("Use of preferences", text)
        self.assertIn("This world has no table of preference utilisation.", text)

    def test_every_chart_is_drawn_and_has_words(self):
        count = self.browser.draw_all()
        specs = sum(len(figure["charts"]) for part in self.data["parts"] for figure in part["figures"])
        self.assertEqual(count, specs)
        drawn = self.run_js("""
            return [...document.querySelectorAll('canvas')].map((canvas) => {
              const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width,
                  canvas.height).data.buffer);
              return [pixels.filter((pixel) => pixel !== 0).length, new Set(pixels).size,
                  canvas.getAttribute('aria-label')];
            });""")
        self.assertEqual(len(drawn), specs)
        for inked, colours, label in drawn:
            self.assertGreater(inked, 1000, label)
            self.assertGreater(colours, 8, label)
            self.assertTrue(label)
        self.assertEqual(self.run_js("return document.querySelectorAll('canvas:not([role=img])').length"), 0)

    def test_static_and_dynamic_have_one_colour_everywhere(self):
        colours = self.run_js("""
            const found = {};
            for (const item of document.querySelectorAll('.legend li')) {
              const name = item.textContent;
              (found[name] = found[name] || []).push(item.querySelector('.swatch').style.backgroundColor);
            }
            return found;""")
        for name in ("Static", "Dynamic"):
            self.assertGreaterEqual(len(colours[name]), 3)
            self.assertEqual(len(set(colours[name])), 1, name)
        self.assertNotEqual(colours["Static"][0], colours["Dynamic"][0])

    def test_numbers_are_for_people(self):
        self.run_js("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        time.sleep(0.3)
        rows = self.run_js("""
            return [...document.querySelectorAll("[aria-labelledby='figure-potential-key-numbers'] tbody tr")]
              .map((row) => [...row.children].map((cell) => cell.textContent));""")
        numbers = {row[0]: row[1:3] for row in rows}
        self.assertEqual(numbers["Exports of all products"], ["8,600.0", "\u2013"])
        self.assertEqual(numbers["of which in scope"], ["6,800.0", "79.0%"])
        self.assertEqual(numbers["A very small number"][0], "0.012")
        self.assertEqual(numbers["A number too small to show"], ["<0.0001", "<0.01%"])
        self.assertEqual(numbers["Nothing"], ["0", "0%"])
        self.assertEqual(numbers["A loss"], ["\u221212.3", "\u22123.4%"])
        advantage = self.run_js("""
            return document.querySelector("[aria-labelledby='figure-access-tariff-advantage'] table").innerText;""")
        self.assertIn("percentage points", advantage)
        self.assertRegex(advantage, r"400121\s+Natural rubber\s+19\.5\s+\u22122\.0")
        amounts = self.run_js("return [...document.querySelectorAll('td.amount')].map((cell) => cell.textContent)")
        self.assertGreater(len(amounts), 400)
        for amount in amounts:
            self.assertRegex(amount, r"^(\u2013|[<>]?\u2212?\d{1,3}(,\d{3})*(\.\d+)?%?)$")

    # -- the table of opportunities ----------------------------------------------------------------------------------

    def test_rows_come_in_pages(self):
        self.assertEqual(self.status(), f"Rows 1\u201325 of {ROWS}")
        first = self.column("Code")
        self.assertEqual(len(first), 25)
        self.run_js(f"{NEXT}.click()")
        self.assertEqual(self.status(), f"Rows 26\u201350 of {ROWS}")
        self.assertEqual(set(first) & set(self.column("Code")), set())
        self.choose("page-size", "100")
        self.assertEqual(len(self.column("Code")), 100)

    def test_search_ignores_case_and_finds_codes(self):
        self.type_search("SCRIPT>ALERT")
        self.assertEqual(self.column("Product"), [HOSTILE[0]])
        self.assertIn("Rows 1\u20131 of 1 ", self.status())
        self.type_search("010158")
        self.assertEqual(self.column("Code"), ["010158"])
        self.type_search("nothing fits this")
        self.assertEqual(self.status(), f"No rows ({ROWS} in all)")
        self.type_search("")
        self.assertEqual(self.status(), f"Rows 1\u201325 of {ROWS}")

    def test_filters(self):
        figure = next(part for part in self.data["parts"] if part["id"] == "opportunities")["figures"][0]
        keys = [column["key"] for column in figure["table"]["columns"]]
        rows = figure["table"]["rows"]
        self.choose("sector", "Chemicals")
        self.assertEqual(set(self.column("Sector")), {"Chemicals"})
        self.choose("sector", "")
        flags = [at for at, key in enumerate(keys) if key.startswith("flag_")]
        unflagged = sum(not any(row[at] for at in flags) for row in rows)
        self.choose("flags", "none")
        self.assertTrue(self.status().startswith(f"Rows 1\u201325 of {unflagged} "), self.status())
        self.assertEqual(set(self.column("Confidence flags")), {"\u2013"})
        at = keys.index("flag_net_importer")
        self.choose("flags", str(at))
        self.assertTrue(self.status().startswith(f"Rows 1\u201325 of {sum(row[at] for row in rows)} "), self.status())
        self.assertTrue(all("Net importer" in text for text in self.column("Confidence flags")))

    def test_every_column_sorts_both_ways_with_missing_values_last(self):
        self.run_js(f"document.querySelector(\"{OPPORTUNITIES} .all-columns\").click()")
        self.choose("page-size", "250")
        figure = next(part for part in self.data["parts"] if part["id"] == "opportunities")["figures"][0]
        rows = figure["table"]["rows"]
        shown = 0
        for at, column in enumerate(figure["table"]["columns"]):
            if column["kind"] == "flag" or column["key"] == "flags":
                continue
            shown += 1
            values = [row[at] for row in rows]
            present = [value for value in values if value is not None]
            for expected in ("ascending", "descending") if column["kind"] in ("text", "code") else ("descending",
                "ascending"):
                self.press_head(column["label"])
                state = self.run_js(f"""
                    return [...document.querySelectorAll("{OPPORTUNITIES} thead th")]
                      .map((head) => [head.querySelector('button').textContent, head.getAttribute('aria-sort')])
                      .filter((head) => head[1] !== 'none');""")
                self.assertEqual(state, [[column["label"], expected]])
                if column["kind"] not in ("text", "code"):
                    edge = (min if expected == "ascending" else max)(present)
                    code = self.column("Code")[0]
                    found = next(row[at] for row in rows if row[1] == code)
                    self.assertEqual(found, edge, column["label"])
            self.press_head(column["label"])  # and back to the table's own order
            self.assertEqual(self.column("Rank")[:3], ["1", "2", "3"])
        self.assertGreater(shown, 25)
        self.press_head("Confidence flags")
        most = self.run_js(f"return {BODY}.map((row) => row.querySelectorAll('.chips li').length)")
        self.assertEqual(most, sorted(most, reverse=True))
        self.assertGreater(most[0], 1)
        with_missing = "Growth of the market's imports"
        self.press_head(with_missing)
        self.run_js(f"""
            const next = {NEXT};
            while (!next.disabled) next.click();""")
        self.assertEqual(self.column(with_missing)[-1], "\u2013")

    def test_download_is_the_whole_table(self):
        self.browser.command("Page.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(self.downloads)})
        self.run_js(f"document.querySelector(\"{OPPORTUNITIES} button.download\").click()")
        path = self.downloads / "opportunities_opportunities.csv"
        for _ in range(100):
            if path.exists():
                break
            time.sleep(0.05)
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        table = next(part for part in self.data["parts"] if part["id"] == "opportunities")["figures"][0]["table"]
        self.assertEqual(rows[0], [column["key"] for column in table["columns"]])
        self.assertEqual(len(rows), ROWS + 1)
        for read, row in zip(rows[1:], table["rows"]):
            for text, value in zip(read, row):
                if isinstance(value, bool):
                    self.assertEqual(text, "true" if value else "false")
                elif isinstance(value, (int, float)):
                    self.assertAlmostEqual(float(text), value, delta=abs(value) * 1e-7)
                else:
                    self.assertEqual(text, value or "")

    # -- ways of reading ---------------------------------------------------------------------------------------------

    def test_the_keyboard_reaches_everything(self):
        from selenium.webdriver.common.keys import Keys
        body = self.browser.driver.switch_to.active_element
        body.send_keys(Keys.TAB)
        self.assertEqual(self.run_js("return document.activeElement.className"), "skip")
        left = self.run_js("return document.activeElement.getBoundingClientRect().left")
        self.assertGreaterEqual(left, 0)  # visible once it has the focus
        self.run_js(f"document.querySelector(\"{OPPORTUNITIES} input[type=search]\").focus()")
        reached = []
        for _ in range(40):
            self.browser.driver.switch_to.active_element.send_keys(Keys.TAB)
            reached.append(self.run_js("""
                const at = document.activeElement;
                return [at.tagName, at.textContent.slice(0, 20), getComputedStyle(at).outlineStyle];"""))
        words = [entry[1] for entry in reached]
        for name in ("Download CSV", "Potential", "Next"):
            self.assertIn(name, words)
        self.assertTrue(all(entry[2] != "none" for entry in reached if entry[0] == "BUTTON"), reached)
        self.run_js(f"document.querySelector(\"{OPPORTUNITIES} thead button[data-key=static]\").focus()")
        self.browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
        self.assertEqual(self.run_js("return document.activeElement.textContent"), "Static")  # focus stays
        self.assertEqual(self.run_js("return document.activeElement.parentNode.getAttribute('aria-sort')"),
            "descending")

    def themes_drawn(self):
        return set(self.run_js("return [...document.querySelectorAll('.canvas')].map((box) => box.dataset.drawn)"))

    def test_dark_and_light_and_back(self):
        self.browser.draw_all()
        light = self.run_js("return getComputedStyle(document.body).backgroundColor")
        self.assertEqual(self.themes_drawn(), {"light"})
        self.browser.scheme(dark=True)
        time.sleep(0.5)
        dark = self.run_js("return getComputedStyle(document.body).backgroundColor")
        self.assertLess(sum(map(int, re.findall(r"\d+", dark))), 150)
        self.assertGreater(sum(map(int, re.findall(r"\d+", light))), 700)
        self.assertEqual(self.themes_drawn(), {"dark"})
        self.browser.scheme(dark=False)
        time.sleep(0.5)
        self.assertEqual(self.themes_drawn(), {"light"})

    def test_a_phone_shows_everything_without_sideways_scrolling(self):
        self.browser.open(self.page, width=390)
        self.run_js("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        self.browser.draw_all()
        self.assertEqual(self.run_js("return document.documentElement.scrollWidth"), 390)
        outside = self.run_js("""
            return [...document.querySelectorAll('body *')].filter((each) => !each.closest('.scroll, .skip, caption')
              && each.getBoundingClientRect().width > 0 && each.getBoundingClientRect().right > 391)
              .map((each) => each.tagName + '.' + each.className);""")
        self.assertEqual(outside, [])

    def test_print_gives_a_pdf_of_several_pages_and_leaves_the_page_as_it_was(self):
        self.browser.scheme(dark=True)
        state = f"""
            return [document.querySelectorAll('details[open]').length, {BODY}.length,
                    document.querySelectorAll("{OPPORTUNITIES} thead button").length];"""
        before = self.run_js(state)
        pdf = self.browser.pdf()
        self.assertTrue(pdf.startswith(b"%PDF"))
        pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
        self.assertGreater(pages, 8)
        time.sleep(0.3)
        after = self.run_js(state)
        self.assertEqual(after, before)
        self.assertEqual(self.browser.logs(), [])


class LargePage(browser.PageTest):
    """Five thousand opportunities."""

    @classmethod
    def report(cls):
        return sample_report(5000)

    def test_it_is_small_and_opens_at_once(self):
        self.assertLess(self.page.stat().st_size, 3_000_000)
        best = 1e9
        for _ in range(3):  # the machine may be busy with other tests
            self.browser.open(self.page)
            best = min(best, self.browser.run("""
                const entry = performance.getEntriesByType('navigation')[0];
                return entry.loadEventEnd - entry.startTime;"""))
        self.assertLess(best, 1000)
        self.assertEqual(self.browser.run("return document.querySelectorAll('.part').length"), 8)
        self.assertLess(self.browser.run("return document.querySelectorAll('tr').length"), 400)

    def test_searching_is_quick(self):
        self.browser.open(self.page)
        took = self.browser.run(f"""
            const search = document.querySelector("{OPPORTUNITIES} input[type=search]");
            const start = performance.now();
            search.value = 'starch rubber';
            search.dispatchEvent(new Event('input'));
            return performance.now() - start;""")
        self.assertLess(took, 500)


if __name__ == "__main__":
    browser.skip_unless_possible()
    unittest.main(verbosity=2)
