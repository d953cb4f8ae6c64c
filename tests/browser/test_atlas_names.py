"""An atlas with a logo and names in other languages, in headless Chromium: what is chosen, restored by a link, sorted, found, shortened, and harmless."""

import csv
import functools
import http.server
import threading

import browser

browser.skip_unless_possible()
from atlas_case import NASTY, SCENARIO, VIEWS, AtlasTest, chunk, cli, make_site, use_site  # noqa: E402

FRENCH = {"LAO": "Laos", "CHN": "Chine", "DEU": "Allemagne", "THA": "Thaïlande", "ARE": "Émirats arabes unis", "KHM": "Z" + NASTY}
HORSES = "Chevaux reproducteurs de race pure, vivants: importés"
MEAT = "Viandes"
# As a picture it must do nothing of this.
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" onload="window.hacked=1; parent.hacked=1">
<script>window.hacked = 1; top.hacked = 1; document.title = 'hacked'</script>
<image href="http://127.0.0.1:9/elsewhere.png" width="9" height="9"/>
<foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="top.hacked=1"/></foreignObject>
<rect width="120" height="40" fill="#00507f"/></svg>"""


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def make(folder):
    names = [f"{code},{quoted(name)}" for code, name in FRENCH.items()] + [f"10110,{quoted(HORSES)}", f"020110,{MEAT}", "XXX,Nulle part"]
    (folder / "noms.csv").write_text("code,name\n" + "\n".join(names) + "\n", "utf-8")
    (folder / "nomes.csv").write_text("code;name\nLAO;Laos\nDEU;Alemanha\n", "utf-8")
    logo = folder / """"><script>hacked=1<'script> {{names}}.gif"""  # neither its name nor its ending says anything
    logo.write_text(LOGO)
    (folder / "slower.toml").write_text(SCENARIO)
    return make_site(folder, "--scenario", folder / "slower.toml", "--names", f"fr={folder / 'noms.csv'}", "--names", f"pt-BR={folder / 'nomes.csv'}", "--logo", logo)


def setUpModule():
    use_site(make)


class Names(AtlasTest):
    def heading(self):
        return self.run_script("const h = document.querySelector('h1'); return [h.innerText, (h.querySelector('[lang]') || h).lang]")

    def choose(self, language, hash):
        self.click(f"choice-names-{language}")
        self.shown(hash)

    def test_chosen_and_kept_on_the_way(self):
        self.open("#/DEU")
        self.assertEqual(self.heading(), ["Germany", ""])
        self.assertEqual(self.run_script("return [...document.querySelectorAll('#names button')].map((each) => [each.textContent, each.lang, each.getAttribute('aria-pressed')])"),
                         [["English", "", "true"], ["français", "fr", "false"], ["português (Brasil)", "pt-BR", "false"]])
        english = self.content()
        self.choose("fr", "#/DEU?names=fr")
        self.assertEqual(self.heading(), ["Allemagne", "fr"])
        self.assertEqual(self.run_script("return document.querySelector('#choice-names-fr').getAttribute('aria-pressed')"), "true")
        french = self.content()
        self.choose("pt-BR", "#/DEU?names=pt-BR")
        self.assertEqual(self.heading(), ["Alemanha", "pt-BR"])
        self.browser.driver.back()
        self.shown("#/DEU?names=fr")
        self.assertEqual(self.content(), french)
        # Wherever one goes: by a link of the view, of the masthead, of a figure.
        self.run_script("document.querySelector('.heading .links a').click()")
        self.shown("#/market/DEU?names=fr")
        self.assertEqual(self.heading(), ["Allemagne", "fr"])
        self.run_script("document.querySelector('#figure-suppliers svg a').dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))")
        self.until("return location.hash.endsWith('/DEU?names=fr') && document.getElementById('content').dataset.shown === location.hash")
        self.run_script("document.getElementById('home').click()")
        self.shown("#/?names=fr")
        lost = self.run_script("return [...document.querySelectorAll('a[href^=\"#/\"]')].map((each) => each.getAttribute('href')).filter((each) => !each.endsWith('names=fr'))")
        self.assertEqual(lost, [])
        self.choose("", "#/")
        self.open("#/DEU?names=fr")  # a link that somebody got
        self.assertEqual(self.content(), french)
        self.choose("", "#/DEU")
        self.assertEqual(self.content(), english)
        self.open("#/DEU?names=xx")
        self.assertEqual(self.heading(), ["Germany", ""])

    def test_no_view_loses_the_choice_or_hides_what_language_a_name_is_of(self):
        for view in VIEWS + ["#/LAO/CHN/PRODUCT", "#/scenario", "#/scenario/slower", "#/CHN?scenario=slower"]:
            view += ("&" if "?" in view else "?") + "names=fr"
            with self.subTest(view):
                self.open(view)
                self.run_script("for (const each of document.querySelectorAll('details')) each.open = true")
                self.until("return [...document.querySelectorAll('.table-of')].every((each) => each.firstChild)")
                lost = self.run_script("return [...document.querySelectorAll('a[href^=\"#/\"]')].map((each) => each.getAttribute('href')).filter((each) => !/[?&]names=fr/.test(each))")
                self.assertEqual(lost, [])
                without = self.run_script("""return [...document.querySelectorAll('a, text, td, th, h1, option')]
                    .filter((each) => arguments[0].includes(each.textContent) && !each.closest('[lang=fr]') && !each.querySelector('[lang=fr]'))
                    .map((each) => each.outerHTML.slice(0, 200))""", list(FRENCH.values()))
                self.assertEqual(without, [])

    def test_names_that_the_table_lacks_stay(self):
        self.open("#/JPN/CHN?names=fr")
        self.assertEqual(self.heading(), ["Japan → Chine", "fr"])
        self.assertEqual(self.run_script("return document.querySelector('h1').childNodes.length"), 3)
        labels = self.run_script("""return [...document.querySelectorAll('#figure-rivals svg text.name')].map((each) => [each.textContent, each.getAttribute('lang')])""")
        self.assertGreater(len(labels), 5)
        for text, lang in labels:
            self.assertEqual(lang, "fr" if text in FRENCH.values() else None, text)

    def test_sorted_by_the_chosen_names(self):
        codes, names = self.world["countries"]["code"], self.world["countries"]["name"]
        for view, chosen in (("#/", {}), ("#/?names=fr", FRENCH)):
            self.open(view)
            self.run_script("""document.querySelectorAll('#figure-map details')[1].open = true;""")
            self.until("return document.querySelector('#figure-map thead')")
            self.run_script("""document.querySelectorAll('#figure-map thead button')[1].click();
                               const more = document.querySelector('#figure-map .table-of button.plain'); if (!more.hidden) more.click();""")
            shown = self.run_script("return [...document.querySelectorAll('#figure-map tbody tr')].map((each) => each.children[1].textContent)")
            expected = {chosen.get(code, name) for code, name in zip(codes, names)}
            self.assertEqual(set(shown), expected)
            first = {True: "Allemagne", False: "Germany"}[bool(chosen)]
            self.assertEqual(shown.index(first) < shown.index("Bangladesh"), bool(chosen))
            if chosen:  # a letter with a mark stands with its letter
                self.assertLess(shown.index("Émirats arabes unis"), shown.index("France"))

    def test_found_by_either_name(self):
        for words in ("emirats", "germany", "allemagne"):
            self.open("#/?names=fr")
            self.browser.driver.find_element("id", "search-input").send_keys(words)
            self.until("return document.querySelector('#found-0')")
            self.assertEqual(self.run_script("const label = document.querySelector('#found-0 .label'); return [label.textContent, label.lang]"),
                             ["Émirats arabes unis (ARE)" if words == "emirats" else "Allemagne (DEU)", "fr"])
            self.browser.driver.find_element("id", "search-input").send_keys("\ue007")
            self.shown("#/ARE?names=fr" if words == "emirats" else "#/DEU?names=fr")
        self.choose("", "#/DEU")
        self.browser.driver.find_element("id", "search-input").send_keys("allemagne")
        self.until("return document.querySelector('#search-list .none')")

    def test_the_finder(self):
        self.open("#/finder?names=fr")
        self.click("sort-exporter")
        self.until("return location.hash === '#/finder?sort=exporter&up=1&names=fr'")
        first = "return [document.querySelector('.vrow a').textContent, document.querySelector('.vrow span').lang]"
        self.until("return document.querySelector('.vrow a').textContent === 'Allemagne'")
        self.assertEqual(self.run_script(first), ["Allemagne", "fr"])
        self.choose("", "#/finder?sort=exporter&up=1")
        self.assertEqual(self.run_script(first)[1], "")
        self.assertNotEqual(self.run_script(first)[0], "Germany")
        counts = []
        for words in ("viandes", "product 020110", "020110"):
            self.open(f"#/finder?product={words.replace(' ', '+')}&names=fr")
            counts.append(self.run_script("return document.getElementById('finder-said').innerText"))
        self.assertEqual(len(set(counts)), 1)
        self.assertFalse(counts[0].startswith("0 "))

    def test_short_names_on_the_page_whole_ones_in_files(self):
        self.open("#/product/010110?names=fr")
        self.assertEqual(self.heading(), ["Chevaux reproducteurs de race pure", "fr"])
        self.assertEqual(self.run_script("return document.querySelector('.whole-name').innerText"), HORSES)
        seller = next(code for code, file in zip(self.world["countries"]["code"], self.world["countries"]["file"])
                      if 0 in chunk(self.site, f"exporter/{file}")["products"]["product"])
        self.open(f"#/{seller}?names=fr")
        self.run_script("document.querySelectorAll('#figure-products details')[1].open = true")
        self.until("return document.querySelector('#figure-products .table-of tbody')")
        self.run_script("const more = document.querySelector('#figure-products .table-of button.plain'); if (!more.hidden) more.click();")
        cell = self.run_script("""const row = [...document.querySelectorAll('#figure-products tbody tr')].find((each) => each.children[0].textContent === '010110');
                                  return [row.children[1].textContent, row.children[1].title, row.children[1].lang];""")
        self.assertEqual(cell, ["Chevaux reproducteurs de race pure", HORSES, "fr"])
        self.click("products-csv")
        rows = list(csv.DictReader(self.downloaded(f"{seller.lower()}-products.csv").decode().splitlines()))
        self.assertIn(HORSES, [row["name"] for row in rows if row["product"] == "010110"])

    def test_letters_of_any_width_stay_in_their_tiles(self):
        self.open("#/market/CHN")
        self.browser.driver.execute_async_script("""
            const done = arguments[0];
            Data.products().then((products) => {
              products.short = products.short.map(() => '\u9c7c\u7c7b\u5236\u54c1'.repeat(6));
              done();
            });""")
        for view in ("#/market/DEU", "#/LAO"):
            self.run_script("location.hash = arguments[0]", view)
            self.shown(view)
            found = self.run_script("""return [...document.querySelectorAll('#figure-products .tile')].flatMap((tile) =>
                [...tile.querySelectorAll('text')].map((text) => [text.textContent, text.getBBox().x + text.getBBox().width - tile.querySelector('rect').getBBox().x - tile.querySelector('rect').getBBox().width]))""")
            wide = [text for text, _ in found if text.startswith("\u9c7c")]
            self.assertGreater(len(wide), 3)
            self.assertEqual([each for each in found if each[1] > 1], [])

    def test_what_was_read_is_told(self):
        self.open("#/about")
        text = self.run_script("return document.getElementById('content').innerText")
        self.assertIn("names fr: codes that this world does not have", text)
        self.assertIn("noms.csv", text)

    def test_hostile_names_are_text(self):
        for view in ("#/KHM?names=fr", "#/KHM/CHN?names=fr", "#/market/KHM?names=fr", "#/finder?exporter=KHM&names=fr"):
            self.open(view)
            self.run_script("for (const each of document.querySelectorAll('details')) each.open = true")
            self.assertEqual(self.browser.logs(), [], view)
            self.assertEqual(self.run_script("return [document.querySelectorAll('#content img').length, typeof window.hacked]"), [0, "undefined"])
        self.open("#/KHM?names=fr")
        self.assertEqual(self.run_script("return document.querySelector('h1').textContent"), "Z" + NASTY)

    def test_no_choice_where_there_is_one_language(self):
        site = self.folder / "plain"
        done = cli.potentia("atlas", cli.write_worked_example(self.folder / "plain.h5"), "-o", site)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.open("#/LAO?names=fr", site=site)
        self.assertEqual(self.run_script("return document.querySelectorAll('#names, .masthead img').length"), 0)
        self.assertEqual(self.browser.logs(), [])


class Logo(AtlasTest):
    def picture(self):
        return self.run_script("""const image = document.querySelector('.masthead img'), box = image.getBoundingClientRect();
                                  return {complete: image.complete, wide: image.naturalWidth, alt: image.alt, source: image.getAttribute('src'),
                                          width: box.width, height: box.height, hacked: typeof window.hacked};""")

    def test_shown_and_without_effect(self):
        self.open("#/")
        self.until("return document.querySelector('.masthead img').complete")
        self.assertEqual(self.picture(), {"complete": True, "wide": 120, "alt": "An atlas & <more>", "source": "assets/logo.svg",
                                          "width": 120, "height": 40, "hacked": "undefined"})
        self.assertNotIn("hacked", self.run_script("return document.title"))
        self.assertEqual(self.run_script("return document.querySelectorAll('script').length"), 2)
        for url in self.browser.requests():
            self.assertTrue(url.startswith(f"file://{self.site}/"), url)
        self.assertEqual(self.browser.logs(), [])

    def test_moves_nothing(self):
        for view, width in (("#/", 1280), ("#/finder", 1280), ("#/LAO?names=fr", 390), ("#/about", 390)):
            self.open(view, width=width)
            self.assertEqual(self.moved(), [], view)

    def moved(self):
        return self.browser.driver.execute_async_script("""
            const done = arguments[0];
            new PerformanceObserver((list) => done(list.getEntries().map((each) => [each.value, each.sources.map((one) => (one.node ? one.node.outerHTML.slice(0, 80) : null))]))).observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done([]), 300);""")

    def test_on_a_phone(self):
        self.open("#/LAO?names=fr", width=390)
        self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), 390)
        self.assertGreater(self.run_script("return document.querySelector('.brand p').getBoundingClientRect().width"), 150)
        # Of the map, which is wider, the part with the largest circle.
        left, right = self.run_script("""const circles = [...document.querySelectorAll('#figure-markets-map circle')];
            const largest = circles.sort((a, b) => b.r.baseVal.value - a.r.baseVal.value)[0].getBoundingClientRect(); return [largest.left, largest.right];""")
        self.assertTrue(0 <= left and right <= 390, (left, right))
        self.open("#/about", width=390)  # definitions are read without moving them
        self.assertEqual(self.run_script("const box = document.querySelector('#figure-definitions .scroll'); return box.scrollWidth - box.clientWidth"), 0)

    def test_on_paper(self):
        self.open("#/")
        self.browser.command("Emulation.setEmulatedMedia", {"media": "print"})
        self.addCleanup(self.browser.command, "Emulation.setEmulatedMedia", {"media": ""})
        self.assertEqual(self.picture()["height"], 40)
        self.browser.command("Emulation.setDeviceMetricsOverride", {"width": 718, "height": 1000, "deviceScaleFactor": 1, "mobile": False})
        lines = self.run_script("""return [...document.querySelectorAll('.key-numbers dd:not(.words)')].map((each) =>
            each.getBoundingClientRect().height / parseFloat(getComputedStyle(each).lineHeight))""")
        self.assertEqual([round(each) for each in lines], [1, 1, 1, 1])
        self.assertEqual(self.run_script("return getComputedStyle(document.getElementById('names')).display"), "none")

    def test_under_a_path_of_a_server(self):
        handler = functools.partial(type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None}), directory=str(self.folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.addCleanup(server.server_close)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        self.browser.driver.get("about:blank")
        self.browser.logs()
        self.browser.driver.get(f"http://127.0.0.1:{server.server_port}/site/#/DEU?names=fr")
        self.shown("#/DEU?names=fr")
        self.until("return document.querySelector('.masthead img').complete")
        self.assertEqual(self.picture()["wide"], 120)
        self.assertEqual(self.run_script("return document.querySelector('h1').textContent"), "Allemagne")
        self.assertEqual(self.browser.logs(), [])


if __name__ == "__main__":
    cli.main()
