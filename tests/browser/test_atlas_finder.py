"""The finder of an atlas whose cells come in several parts; packed lists as a browser reads them; that nothing moves and nothing piles up."""

import base64
import csv
import random
import shutil
import struct

import browser

browser.skip_unless_possible()
from atlas_case import VIEWS, AtlasTest, chunk, cli, use_site  # noqa: E402
from atlas_site import finder, opened  # noqa: E402

# Some browsers have no Uint8Array.fromBase64 yet.
OLDER = "delete Uint8Array.fromBase64;"
SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts.push([entry.value, entry.sources.map((each) => each.node && each.node.nodeName)]);
    }).observe({type: 'layout-shift', buffered: true});"""


def every_cell(folder):
    """A site that lists every cell of its world."""
    (folder / "s.toml").write_text("[cells]\ntop = 0\nthresholds = false\n")
    for arguments in (["synth", "-o", folder / "world.h5", "--countries", 40, "--products", 200, "--years", 3, "--density", 0.2],
                      ["atlas", folder / "world.h5", "-o", folder / "site", "--settings", folder / "s.toml"]):
        done = cli.potentia(*arguments)
        assert done.returncode == 0, done.stderr
    return folder / "site"


def setUpModule():
    use_site(every_cell)


class Case(AtlasTest):
    def at_start(self, script):
        """A script that every page of this test runs before its own."""
        made = self.browser.command("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        self.addCleanup(self.browser.command, "Page.removeScriptToEvaluateOnNewDocument", made)


class Packed(Case):
    def test_every_word_is_the_number_that_its_digits_mean(self):
        chance = random.Random(7)
        digits = [0, 1, 9, 10, 99_999_999, 12_345_678, 100_000_000, *(chance.randrange(100_000_000) for _ in range(300))]
        amounts = [digit | high << 27 for digit in digits for high in range(32)]
        column = {kind: base64.b64encode(struct.pack(f"<{len(amounts)}I", *amounts)).decode() for kind in ("amount", "rate")}
        whole = {"u8": bytes(range(256)), "i16": struct.pack("<5h", -32768, -1, 0, 255, 32767), "i32": struct.pack("<3i", -2**31, 70000, 2**31 - 1)}
        data = {"amount": {"amount": column["amount"], "other": [[3, -1.5], [40, 1e-300]]}, "rate": {"rate": column["rate"]},
                "deep": [{"list": [1, None, 2.5]}, {f"of_{kind}": {kind: base64.b64encode(raw).decode()} for kind, raw in whole.items()}],
                "texts": ["amount", ""], "none": None}
        expected = opened(data)
        self.assertEqual(expected["amount"][:5], [0, 0, 0, -1.5, 0])
        self.assertEqual(expected["amount"][32 + 15:32 + 18], [0.1, 1, 10])
        self.assertEqual(expected["rate"][32 + 17], -0.1)
        self.assertEqual(expected["deep"][1]["of_i16"], [-32768, -1, 0, 255, 32767])
        for older in (False, True):
            if older:
                self.at_start(OLDER)
            self.open("#/about")
            self.assertEqual(self.run_script("return Packed.open(arguments[0])", data), expected)
            self.assertEqual(self.run_script("return Array.from((to => { to.fill(7); Packed.into(arguments[0], to, 2); return to; })(new Float64Array(5)))",
                                             {"u8": base64.b64encode(bytes([1, 2])).decode()}), [7, 7, 1, 2, 7])

    def test_finder_has_the_very_numbers_of_the_exporters_cells(self):
        self.open("#/about")
        differing = self.browser.driver.execute_async_script("""
            const done = arguments[0];
            (async () => {
              const world = await Data.world();
              const parts = new FinderRows.Parts(world.finder.parts, world.cells, false);
              const more = new FinderRows.Parts(world.finder.parts, world.cells, true);
              const [rows, beyond] = await Promise.all([parts.all(), more.all()]);
              const next = world.list.map(() => 0);
              const cells = await Promise.all(world.list.map(Data.cells));
              let compared = 0;
              for (let at = 0; at < rows.length; ++at) {
                const own = cells[rows.exporter[at]];
                const place = next[rows.exporter[at]]++;  // each exporter's cells come in its own order
                for (const [table, names] of [[rows, rows.columns], [beyond, beyond.columns]])
                  for (const name of names) {
                    if (name === 'exporter') continue;
                    const value = own[name][place] === null ? NaN : own[name][place];
                    if (!Object.is(table[name][at], value)) return done([name, at, table[name][at], value]);
                    ++compared;
                  }
              }
              done(compared);
            })();""")
        self.assertEqual(differing, self.world["cells"] * (len(self.world["finder"]["columns"]) - 1 + 4))


class Parts(Case):
    def test_all_parts_come_and_are_sorted_filtered_and_downloaded_as_one(self):
        cells = finder(self.site)
        self.assertEqual(self.world["finder"]["parts"], 3)
        self.assertEqual([len(chunk(self.site, f"finder/{part}")["columns"]["market"]) for part in range(3)], [100_000, 100_000, len(cells["market"]) - 200_000])
        self.open("#/finder")
        count = len(cells["unrealized"])
        self.assertTrue(self.run_script("return document.getElementById('finder-said').textContent").startswith(f"{count:,} of {count:,} opportunities"))
        self.run_script("document.getElementById('sort-unrealized').click()")  # the least first, which the last part has
        self.until("return location.hash === '#/finder?up=1'")
        number = self.until("return document.querySelector('.vrow') && document.querySelector('.vrow').children[2].textContent")
        codes = chunk(self.site, "products")["code"]
        self.assertTrue(number.startswith(codes[cells["product"][max(range(count), key=lambda at: (-cells["unrealized"][at], -at))]]), number)
        self.run_script("""const input = document.getElementById('filter-min'); input.value = '1e6'; input.dispatchEvent(new Event('input', {bubbles: true}))""")
        large = sum(value >= 1e6 for value in cells["unrealized"])
        self.until("return document.getElementById('finder-said').textContent.startsWith(arguments[0])", f"{large:,} of {count:,} ")
        self.click("finder-csv")
        rows = list(csv.DictReader(self.downloaded("atlas-opportunities.csv").decode().splitlines()))
        cells.update(finder(self.site, "finder_more"))
        places = [at for at in range(count) if cells["unrealized"][at] >= 1e6][::-1]
        self.assertEqual(len(rows), large)
        for row, at in zip(rows[::97], places[::97]):
            for name in ("actual", "potential", "dynamic", "growth", "imports", "supplier_share"):
                self.assertEqual(row[name], "" if cells[name][at] is None else self.run_script("return String(arguments[0])", cells[name][at]), name)
            self.assertEqual(row["product"], codes[cells["product"][at]])

    def test_the_first_part_is_shown_before_the_others_and_one_that_is_missing_is_named(self):
        broken = self.folder / "broken"
        shutil.copytree(self.site, broken)
        (broken / "data" / "finder" / "1.js").unlink()
        self.browser.open(f"{broken}/index.html#/finder")
        said = self.until("const said = document.getElementById('finder-said'); return said && said.getAttribute('role') === 'alert' && said.textContent")
        self.assertIn("data/finder/1.js is missing", said)
        self.assertGreater(self.run_script("return document.querySelectorAll('.vrow').length"), 10)
        self.browser.logs()  # that the file is missing


class Steady(Case):
    def test_nothing_moves_after_the_first_paint(self):
        self.at_start(SHIFTS)
        for width in (1280, 390):
            for view in VIEWS:
                self.open(view, width=width)
                self.run_script("return new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))")
                self.assertEqual(self.run_script("return window.shifts"), [], (view, width))
            for view in VIEWS if width == 1280 else []:
                self.run_script("window.shifts.length = 0; location.hash = arguments[0]", view.replace("PRODUCT", self.product))
                self.shown(view.replace("PRODUCT", self.product))
                self.run_script("return new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))")
                self.assertLess(sum(value for value, _ in self.run_script("return window.shifts")), 0.001, (view, width))
        self.assertEqual(self.browser.logs(), [])

    def test_views_seen_again_take_no_more_memory(self):
        self.open("#/about")
        self.browser.command("Performance.enable")
        used = []
        for _ in range(3):
            for view in VIEWS:
                view = view.replace("PRODUCT", self.product)
                self.run_script("location.hash = arguments[0]", view)
                self.shown(view)
            self.browser.command("HeapProfiler.collectGarbage")
            metrics = {each["name"]: each["value"] for each in self.browser.command("Performance.getMetrics")["metrics"]}
            used.append((metrics["JSHeapUsedSize"], metrics["Nodes"]))
        self.assertLess(used[-1][0], 300e6)
        self.assertLess(used[-1][0] - used[1][0], 2e6, used)
        self.assertLess(used[-1][1], 1.5 * used[1][1] + 1000, used)


if __name__ == "__main__":
    cli.main()
