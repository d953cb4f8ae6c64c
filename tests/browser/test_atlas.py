"""The atlas in headless Chromium, opened from the disk: every view drawn, links that restore it, keyboard, downloads, hostile names."""

import collections
import csv
import functools
import http.server
import itertools
import shutil
import threading
import urllib.parse
import xml.etree.ElementTree as ElementTree

import browser

browser.skip_unless_possible()
import h5py  # noqa: E402
from atlas_case import NASTY, VIEWS, AtlasTest, chunk, cli, use_site  # noqa: E402


setUpModule = use_site


class Views(AtlasTest):
    def test_every_view_is_drawn_without_a_message_or_a_request_elsewhere(self):
        for view in VIEWS:
            with self.subTest(view):
                self.open(view)
                self.assertEqual(self.browser.logs(), [])
                for url in self.browser.requests():
                    self.assertTrue(url.startswith(f"file://{self.site}/"), url)
                drawings = self.run_script("""return [...document.querySelectorAll('.drawing')].map((each) => each.children.length)""")
                self.assertTrue(all(drawings), drawings)
                self.assertFalse(self.run_script("return document.querySelector('[role=alert]')"))
                if view.startswith("#/finder"):
                    self.assertGreater(self.run_script("return document.querySelectorAll('.vrow').length"), 5)
                elif view != "#/about":
                    self.assertGreater(self.run_script("return document.querySelectorAll('.drawing svg rect, .drawing svg circle').length"), 20)
                self.assertIn("An atlas & <more>", self.run_script("return document.title"))
        self.assertIn("unofficial replication", self.run_script("return document.getElementById('colophon').innerText"))

    def test_links_restore_views_and_the_way_back_leads_there(self):
        self.open("#/")
        seen = []
        for view in VIEWS:
            view = view.replace("PRODUCT", self.product)
            self.go(view)
            seen.append((view, self.content()))
        for view, content in reversed(seen[:-1]):
            self.browser.driver.back()
            self.shown(view)
            self.assertEqual(self.content(), content, view)
        for view, content in seen:
            self.open(view)
            self.assertEqual(self.content(), content, view)

    def test_choices_are_kept_in_the_link(self):
        self.open("#/")
        whole = self.run_script("return document.querySelector('#figure-ranking svg').textContent")
        self.run_script("document.getElementById('choice-by-share').click()")
        self.shown("#/?by=share")
        self.assertNotEqual(self.run_script("return document.querySelector('#figure-ranking svg').textContent"), whole)
        self.assertEqual(self.run_script("return document.querySelector('#choice-by-share').getAttribute('aria-pressed')"), "true")
        self.run_script("document.getElementById('choice-by-unrealized').click()")
        self.shown("#/")
        self.assertEqual(self.run_script("return document.querySelector('#figure-ranking svg').textContent"), whole)

    def test_who_of_a_group_meets_whom(self):
        self.open("#/market/CHN?region=LMC")
        data = chunk(self.site, "market/CHN")["cells"]
        code, products = self.world["countries"]["code"], {}
        for exporter, product, size in zip(data["exporter"], data["product"], data["columns"][3]):
            if code[exporter] in ("KHM", "LAO", "MMR", "THA", "VNM"):
                products.setdefault(product, {})[code[exporter]] = size
        met = collections.Counter(pair for sizes in products.values() for pair in itertools.combinations(sorted(sizes), 2))
        self.assertGreater(len(met), 0)
        said = self.run_script("return [...document.querySelectorAll('#figure-meeting title')].map((each) => each.textContent)")
        names = dict(zip(code, self.world["countries"]["name"]))
        for (one, other), count in met.items():
            self.assertTrue(any(text.startswith(f"{names[one]} and {names[other]}: {count} products, USD") for text in said), said)
        suppliers = self.run_script("return [...document.querySelectorAll('#figure-suppliers svg a title')].map((each) => each.textContent.split(':')[0])")
        self.assertEqual(len(suppliers), 5)

    def test_peers_are_added(self):
        self.open("#/LAO")
        self.run_script("""const select = document.getElementById('add-peer'); select.value = 'THA';
                           select.dispatchEvent(new Event('change'));""")
        self.shown("#/LAO?peers=THA")
        self.assertIn("Compared with Thailand", self.run_script("return document.getElementById('figure-peers').innerText"))

    def test_ranking_is_in_order_and_shows_the_totals(self):
        self.open("#/")
        names = self.run_script("return [...document.querySelectorAll('#figure-ranking svg a title')].map((each) => each.textContent)")
        unrealized = self.world["totals"]["exporter"][self.world["columns"].index("unrealized")]
        order = sorted(range(len(unrealized)), key=lambda at: -unrealized[at])[:30]
        self.assertEqual([name.split(":")[0] for name in names], [self.world["countries"]["name"][at] for at in order])

    def test_unknown_addresses_say_so(self):
        for view in ("#/XXX", "#/LAO/LAO", "#/market/%3Cimg%3E", "#/product/99", "#/%E0%A4%A"):
            self.browser.open(f"{self.site}/index.html{view}")
            self.until("return document.querySelector('h1') && document.querySelector('h1').textContent === 'Not here'")
            self.assertEqual(self.browser.logs(), [])


class Keys(AtlasTest):
    def press(self, *keys):
        from selenium.webdriver.common.action_chains import ActionChains
        ActionChains(self.browser.driver).send_keys(*keys).perform()

    def test_search(self):
        from selenium.webdriver.common.keys import Keys as Key
        self.open("#/")
        for words, where in (("lao", "#/LAO"), ("china market", None), (self.product, f"#/product/{self.product}")):
            self.press("/")
            self.assertEqual(self.run_script("return document.activeElement.id"), "search-input")
            self.press(words)
            self.until("return document.querySelector('#search-list li')")
            if where is None:  # words in any order must all be there
                self.until("return document.querySelector('#search-list .none')")
                self.press(Key.ESCAPE)
                self.run_script("document.getElementById('search-input').value = ''")
                self.run_script("document.activeElement.blur()")
                continue
            self.until("return document.querySelector('#found-0')")
            self.press(Key.ENTER)
            self.shown(where)
            self.assertEqual(self.run_script("return document.activeElement.id"), "content")
        self.press("/")
        self.press("lao")
        self.until("return document.querySelector('#found-1')")
        self.press(Key.ARROW_DOWN, Key.ENTER)
        self.shown("#/market/LAO")

    def test_what_is_drawn_is_reached_and_followed(self):
        from selenium.webdriver.common.keys import Keys as Key
        self.open("#/")
        self.run_script("document.querySelector('#figure-map svg a').focus()")
        self.assertEqual(self.run_script("return document.activeElement.tagName"), "a")
        target = self.run_script("return document.activeElement.getAttribute('href')")
        self.press(Key.ENTER)
        self.shown(target)
        # All that can be clicked can be tabbed to.
        for view in VIEWS:
            self.open(view)
            lost = self.run_script("""return [...document.querySelectorAll('a, button, select, input, summary')]
                .filter((each) => each.tabIndex < 0 || (each.tagName === 'a' && !each.getAttribute('href'))).length""")
            self.assertEqual(lost, 0, view)
            nameless = self.run_script("""return [...document.querySelectorAll('button, select, input')]
                .filter((each) => !each.textContent.trim() && !each.getAttribute('aria-label') && !each.closest('label')).length""")
            self.assertEqual(nameless, 0, view)


class Finder(AtlasTest):
    def cells(self):
        found = []
        for place, code in enumerate(self.world["countries"]["code"]):
            data = chunk(self.site, f"cells/{code}")
            columns = dict(zip(self.world["columns"], data["columns"]))
            for at in range(len(data["market"])):
                found.append({"exporter": code, "market": self.world["countries"]["code"][data["market"][at]], "product": data["product"][at],
                              "unrealized": columns["unrealized"][at], "static": columns["static"][at], "growth": data["growth"][at], "flags": data["flags"][at]})
        return found

    def test_filters_table_scatter_and_download_are_the_same_cells(self):
        cells = self.cells()
        self.open("#/finder")
        self.assertIn(f"{len(cells):,} of {len(cells):,}", self.run_script("return document.getElementById('finder-said').innerText"))
        self.run_script("""for (const [id, value] of [['filter-market', 'CHN'], ['filter-min', '1000'], ['filter-static', '50'], ['filter-growth', '5']]) {
                             const input = document.getElementById(id); input.value = value; input.dispatchEvent(new Event('input', {bubbles: true}));
                           }""")
        expected = [cell for cell in cells if cell["market"] == "CHN" and cell["unrealized"] >= 1000 and cell["static"] >= 0.5 * cell["unrealized"] and cell["growth"] >= 0.05]
        self.assertTrue(0 < len(expected) < len(cells))
        self.until("return document.getElementById('finder-said').innerText.startsWith(arguments[0])", f"{len(expected):,} of {len(cells):,}")
        address = self.until("return location.hash.includes('growth') && location.hash")
        self.assertEqual(dict(urllib.parse.parse_qsl(address.split("?")[1])), {"market": "CHN", "min": "1000", "static": "50", "growth": "5"})
        self.click("finder-csv")
        rows = list(csv.DictReader(self.downloaded("atlas-opportunities.csv").decode().splitlines()))
        expected.sort(key=lambda cell: -cell["unrealized"])
        self.assertEqual([float(row["unrealized"]) for row in rows], [cell["unrealized"] for cell in expected])
        self.assertEqual({row["exporter"] for row in rows}, {cell["exporter"] for cell in expected})
        self.click("finder-svg")
        drawing = ElementTree.fromstring(self.downloaded("atlas-opportunities.svg"))
        self.assertEqual(len(drawing.findall("{http://www.w3.org/2000/svg}circle")), len(expected))
        # The same address shows the same.
        self.open(address)
        self.assertTrue(self.run_script("return document.getElementById('finder-said').innerText").startswith(f"{len(expected):,} of"))

    def test_sorting_and_scrolling(self):
        cells = self.cells()
        self.open("#/finder")
        self.run_script("document.getElementById('sort-growth').click()")
        self.until("return location.hash === '#/finder?sort=growth'")
        top = self.run_script("return document.querySelector('.vrow').children[8].textContent")
        self.assertEqual(top.replace("\u00a0", " "), f"{round(100 * max(cell['growth'] for cell in cells))} %")
        self.run_script("const box = document.querySelector('.virtual'); box.scrollTop = box.scrollHeight")
        last = str(len(cells) + 1)
        self.until("return [...document.querySelectorAll('.vrow')].some((row) => row.getAttribute('aria-rowindex') === arguments[0])", last)
        self.assertLess(self.run_script("return document.querySelectorAll('.vrow').length"), 60)


class Outside(AtlasTest):
    def test_downloads_are_what_is_shown(self):
        self.open("#/LAO/CHN")
        self.click("change-csv")
        rows = list(csv.DictReader(self.downloaded("lao-chn-change.csv").decode().splitlines()))
        pair = dict(zip(self.world["columns"], chunk(self.site, "exporter/LAO")["pairs"]["columns"]))
        market = self.world["countries"]["code"].index("CHN")
        self.assertEqual({key: float(value) for key, value in rows[0].items()}, {key: pair[key][market] for key in rows[0]})
        for view, figure in (("#/", "map"), ("#/LAO", "products"), ("#/product/PRODUCT", "matrix"), ("#/LAO/CHN", "sectors")):
            self.open(view)
            name = self.run_script("return document.body.dataset.name")
            self.click(f"{figure}-svg")
            drawing = ElementTree.fromstring(self.downloaded(f"{name}-{figure}.svg"))
            self.assertGreater(len(list(drawing.iter())), 20)
            self.assertIn("fill", drawing[1].attrib or drawing[0].attrib)
            self.click(f"{figure}-png")
            self.assertEqual(self.downloaded(f"{name}-{figure}.png")[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(self.browser.logs(), [])

    def test_elsewhere_and_on_a_server(self):
        moved = self.folder / "another place ü" / "site"
        shutil.copytree(self.site, moved)
        self.browser.open(f"{urllib.parse.quote(str(moved))}/index.html#/LAO/CHN")
        self.shown("#/LAO/CHN")
        self.assertEqual(self.browser.logs(), [])

        handler = functools.partial(type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None}), directory=str(self.folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.addCleanup(server.server_close)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        base = f"http://127.0.0.1:{server.server_port}/site/"
        for view in ("#/", "#/LAO", "#/finder"):
            self.browser.driver.get("about:blank")
            self.browser.logs()
            self.browser.driver.get_log("performance")
            self.browser.driver.get(base + view)
            self.shown(view)
            self.assertEqual(self.browser.logs(), [])
            self.assertTrue(all(url.startswith(base) for url in self.browser.requests()))

    def test_a_missing_file_is_named(self):
        broken = self.folder / "broken"
        shutil.copytree(self.site, broken)
        (broken / "data" / "exporter" / "LAO.js").unlink()
        self.browser.open(f"{broken}/index.html#/LAO")
        self.until("return document.querySelector('[role=alert]') && document.querySelector('[role=alert]').innerText.includes('data/exporter/LAO.js is missing')")

    def test_hostile_names_are_text(self):
        world = cli.write_worked_example(self.folder / "hostile.h5")
        with h5py.File(world, "r+") as f:
            for path, names in (("country/name", [NASTY] * 3), ("product/name", [NASTY] * 2)):
                if path in f:
                    del f[path]
                f.create_dataset(path, data=names, dtype=h5py.string_dtype())
        site = self.folder / "hostile"
        done = cli.potentia("atlas", world, "-o", site, "--title", NASTY)
        self.assertEqual(done.returncode, 0, done.stderr)
        for view in ("#/", "#/LAO", "#/LAO/CHN", "#/market/CHN", "#/product/071410", "#/finder", "#/about"):
            self.open(view, site=site)
            self.run_script("for (const each of document.querySelectorAll('details')) each.open = true")
            self.assertEqual(self.browser.logs(), [], view)
            self.assertEqual(self.run_script("return [document.querySelectorAll('#content img, .masthead img').length, typeof window.hacked]"), [0, "undefined"])
        self.open("#/LAO", site=site)
        self.assertEqual(self.run_script("return document.querySelector('h1').textContent"), NASTY)

    def test_light_dark_phone_and_paper(self):
        for view in [view for view in VIEWS if "?" not in view]:
            self.open(view)
            for dark in (False, True):
                self.browser.scheme(dark)
                # Everything that is written on the page has enough contrast with what lies behind it (WCAG AA).
                worst = self.run_script("""
                    const parts = (text) => text.match(/[0-9.]+/g).map(Number);
                    const light = (rgb) => {
                      const [r, g, b] = rgb.slice(0, 3).map((part) => part / 255).map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                    };
                    const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                    const behind = (node) => {
                      for (let each = node; each; each = each.parentElement) {
                        const rgb = parts(getComputedStyle(each).backgroundColor);
                        if (rgb.length < 4 || rgb[3] > 0) return rgb;
                      }
                      return [255, 255, 255];
                    };
                    const shade = (node) => {  // letters on a circle or tile
                      const own = node.parentElement.tagName !== 'svg' && node.parentElement.querySelector('.shade');
                      return own ? parts(getComputedStyle(own).fill) : behind(node);
                    };
                    let worst = [99, ''];
                    for (const node of document.querySelectorAll('p, a, th, td, dt, dd, li, h1, h2, summary, button, span, svg text')) {
                      const svg = node.ownerSVGElement;
                      if (!node.textContent.trim() || !node.getClientRects().length || node.closest('.hidden, .skip') || (svg && node.tagName !== 'text')) continue;
                      const style = getComputedStyle(node);
                      const found = ratio(light(parts(svg ? style.fill : style.color)), light(svg ? shade(node) : behind(node)));
                      if (found < worst[0]) worst = [found, node.outerHTML.slice(0, 200)];
                    }
                    return worst;""")
                self.assertGreater(worst[0], 4.5, (view, dark, worst))
        for view in VIEWS:
            self.open(view, width=390)
            self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), 390, view)
            drawings = self.run_script("return [...document.querySelectorAll('.drawing')].map((each) => each.children.length)")
            self.assertTrue(all(drawings), view)
        self.open("#/LAO")
        self.assertTrue(self.browser.pdf().startswith(b"%PDF"))


if __name__ == "__main__":
    cli.main()
