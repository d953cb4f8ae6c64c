"""The atlas under axe-core, where it is found: every view, light and dark, wide and on a phone, without a violation.

POTENTIA_AXE names axe.min.js: `npm install --prefix /tmp/axe axe-core`, then POTENTIA_AXE=/tmp/axe/node_modules/axe-core/axe.min.js.
"""

import os
import sys
from pathlib import Path

import browser

browser.skip_unless_possible()
from atlas_case import MORE_VIEWS, VIEWS, AtlasTest, cli, make_whole_site, use_site  # noqa: E402

AXE = next((Path(path) for path in (os.environ.get("POTENTIA_AXE", ""), "/usr/share/nodejs/axe-core/axe.min.js") if path and Path(path).is_file()), None)
if AXE is None:
    print("skipped: axe-core is not here; POTENTIA_AXE may name its axe.min.js")
    sys.exit(77)


def setUpModule():
    use_site(make_whole_site)


class Axe(AtlasTest):
    def violations(self):
        """Of all rules, with every fold of the page open."""
        self.run_script("for (const each of document.querySelectorAll('details')) each.open = true")
        self.until("return [...document.querySelectorAll('.table-of')].every((each) => each.firstChild)")
        self.run_script(AXE.read_text("utf-8"))
        return self.browser.driver.execute_async_script("""
            const done = arguments[0];
            axe.run(document, {resultTypes: ['violations']}).then(
                (found) => done(found.violations.map((each) => [each.id, each.help, each.nodes.map((node) => node.html.slice(0, 200))])),
                (error) => done([String(error)]));""")

    def test_no_violation(self):
        for width, dark in ((1280, False), (1280, True), (390, False)):
            for view in VIEWS + MORE_VIEWS:
                if "?" in view and (dark or width < 500) and view not in MORE_VIEWS:
                    continue  # the same elements as without
                with self.subTest(view=view, width=width, dark=dark):
                    self.open(view, width=width, dark=dark)
                    self.assertEqual(self.violations(), [])

    def test_it_would_see_one(self):
        self.open("#/about")
        self.run_script("document.querySelector('h2').style.color = '#ddd'; document.querySelector('.search').append(document.createElement('button'))")
        self.assertEqual({each[0] for each in self.violations()} & {"color-contrast", "button-name"}, {"color-contrast", "button-name"})


if __name__ == "__main__":
    cli.main()
