"""The atlas by keyboard alone, in headless Chromium: what Tab reaches, that one sees where it is, what Enter and Escape do."""

import time

import browser

browser.skip_unless_possible()
from atlas_case import AtlasTest, cli, make_whole_site, use_site  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

# Everything that can be clicked, but what stands in a fold that is closed, and the finder's rows, of which there is no end.
CLICKABLE = """[...document.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')].filter((each) => {
    const fold = each.closest('details:not([open])');
    return !each.hidden && !each.closest('.vrow') && (!fold || (each.tagName === 'SUMMARY' && each.parentElement === fold)) && each.getClientRects().length > 0; })"""


def setUpModule():
    use_site(make_whole_site)


class Keyboard(AtlasTest):
    def press(self, *keys):
        ActionChains(self.browser.driver, duration=0).send_keys(*keys).perform()

    def walk(self, most=1200):
        """Tab through the page from its top: a number for each element that can be clicked, in the order in which they come."""
        self.run_script(f"window.all = {CLICKABLE}; window.walked = []; window.faint = [];")
        self.run_script("""document.activeElement.blur(); window.getSelection().removeAllRanges();
            document.addEventListener('focusin', (event) => {
              const each = event.target, style = getComputedStyle(each);
              if (each.closest('.vrow')) return;
              walked.push(all.indexOf(each));
              // One must see where the focus is: an outline, or a thicker line around what is drawn.
              const drawn = each.ownerSVGElement && each.querySelector('circle, .hit');
              const seen = (parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none') || (drawn && parseFloat(getComputedStyle(drawn).strokeWidth) >= 2);
              if (!seen && each.id !== 'content') faint.push(each.outerHTML.slice(0, 150));
            });""")
        count = self.run_script("return all.length")
        self.assertLess(count, most)
        for first in range(0, count + 3, 50):
            self.press(*[Keys.TAB] * min(50, count + 3 - first))
            if self.run_script("return document.activeElement.closest('.vrow')"):
                self.run_script("document.querySelector('#colophon a').focus()")
        return count, self.run_script("return walked"), self.run_script("return faint")

    def test_tab_reaches_all_there_is_and_shows_where_it_is(self):
        for view in ("#/LAO?peers=THA", "#/LAO/CHN", "#/product/PRODUCT", "#/finder?exporter=LAO", "#/scenario/slower", "#/about"):
            with self.subTest(view):
                self.open(view)
                count, walked, faint = self.walk()
                reached = [at for at in walked if at >= 0]
                missed = self.run_script("const seen = new Set(arguments[0]); return all.filter((each, at) => !seen.has(at)).map((each) => each.outerHTML.slice(0, 200))", reached)
                self.assertEqual(missed, [])
                self.assertEqual(faint, [])
                # In the order in which it stands on the page, so that nobody is thrown about.
                once = list(dict.fromkeys(reached))[:count]
                self.assertEqual(once, sorted(once))

    def test_skipping_to_the_content(self):
        self.open("#/LAO")
        self.run_script("document.activeElement.blur()")
        self.press(Keys.TAB)
        self.assertEqual(self.run_script("return [document.activeElement.id, document.activeElement.getBoundingClientRect().left >= 0]"), ["skip", True])
        self.press(Keys.ENTER)
        self.assertEqual(self.run_script("return [document.activeElement.id, location.hash]"), ["content", "#/LAO"])

    def focus(self, selector):
        self.run_script("document.querySelector(arguments[0]).focus()", selector)

    def test_enter_and_escape(self):
        self.open("#/LAO")
        for selector, view in (("#figure-markets-map svg a", "#/LAO"), ("#figure-markets svg a", "#/LAO"), ("#figure-products svg a", "#/LAO"),
                               ("#figure-opportunities tbody a", "#/LAO"), ("#figure-matrix svg a", f"#/product/{self.product}")):
            self.open(view)
            self.focus(selector)
            target = self.run_script("return document.activeElement.getAttribute('href')")
            self.press(Keys.ENTER)
            self.shown(target)
            self.assertEqual(self.run_script("return document.activeElement.id"), "content")
        # A choice keeps the focus where it was.
        self.open("#/LAO")
        self.focus("#choice-sort-static")
        self.press(Keys.SPACE)
        self.shown("#/LAO?sort=static")
        self.assertEqual(self.run_script("return document.activeElement.id"), "choice-sort-static")
        self.focus("#choice-names-fr")
        self.press(Keys.ENTER)
        self.shown("#/LAO?sort=static&names=fr")
        self.assertEqual(self.run_script("return document.activeElement.id"), "choice-names-fr")
        # A fold opens, a column is sorted, a figure is saved.
        self.focus("#figure-markets details:nth-of-type(2) summary")
        self.press(Keys.ENTER)
        self.until("return document.querySelector('#figure-markets .table-of tbody')")
        self.focus("#figure-markets .table-of th:nth-of-type(2) button")
        self.press(Keys.ENTER)
        self.assertEqual(self.run_script("return document.querySelector('#figure-markets th[aria-sort]').getAttribute('aria-sort')"), "ascending")
        self.focus("#markets-csv")
        self.press(Keys.ENTER)
        self.assertIn("Chine", self.downloaded("lao-markets.csv").decode())
        # Escape closes what the search found, then empties it.
        self.press("/", "chi")
        self.until("return !document.getElementById('search-list').hidden")
        self.press(Keys.ESCAPE)
        self.assertEqual(self.run_script("return [document.getElementById('search-list').hidden, document.getElementById('search-input').getAttribute('aria-expanded')]"), [True, "false"])
        self.press(Keys.ESCAPE)
        self.assertEqual(self.run_script("return document.getElementById('search-input').value"), "")

    def test_the_finder(self):
        self.open("#/finder")
        self.focus("#filter-min")
        self.press("1000000")
        self.until("return location.hash === '#/finder?min=1000000'")
        self.assertEqual(self.run_script("return document.activeElement.id"), "filter-min")
        self.focus("#sort-growth")
        self.press(Keys.ENTER)
        self.until("return location.hash === '#/finder?min=1000000&sort=growth'")
        self.assertEqual(self.run_script("return document.activeElement.id"), "sort-growth")
        # Rows scroll under whoever tabs through them, and the focus stays with its row.
        self.run_script("document.querySelector('.virtual').scrollTop = 34 * 50")
        row = "return (document.activeElement.closest('.vrow') || document.body).getAttribute('aria-rowindex')"
        self.until("return document.querySelector('.vrow[aria-rowindex=\"60\"]')")
        self.focus(".vrow[aria-rowindex='60'] a")
        for further in range(1, 16):
            self.press(*[Keys.TAB] * 3)
            self.until(row)
            time.sleep(0.05)
            self.assertEqual(self.run_script(row), str(60 + further))
        self.run_script("document.querySelector('.virtual').scrollTop += 70")
        self.until("return !document.querySelector('.vrow[aria-rowindex=\"50\"]')")
        self.assertEqual(self.run_script(row), "75")
        self.focus(".virtual")
        self.press(Keys.PAGE_DOWN, Keys.PAGE_DOWN)
        self.until("return document.querySelector('.virtual').scrollTop > 0")
        self.focus("#filter-reset")
        self.press(Keys.ENTER)
        self.until("return location.hash === '#/finder?sort=growth'")


if __name__ == "__main__":
    cli.main()
