"""A small atlas and what tests of it in a browser share."""

import sys
import tempfile
import time
import unittest
from pathlib import Path

import browser

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import cli  # noqa: E402
from atlas_site import chunk  # noqa: E402, F401

VIEWS = ["#/", "#/?by=perhead&side=market&part=static", "#/LAO", "#/LAO?peers=KHM%2CTHA&sort=static&size=unrealized", "#/LAO/CHN",
         "#/LAO/CHN?by=dynamic", "#/market/CHN", "#/market/CHN?region=South-eastern+Asia", "#/market/CHN?region=LMC", "#/product/PRODUCT", "#/finder",
         "#/finder?exporter=LAO&min=1000&sort=growth", "#/LAO?peers=THA&peerby=share", "#/about"]
NASTY = "</script><img src=x onerror=window.hacked=1>\u2028\"'&"


def make_site(folder, *flags, title="An atlas & <more>"):
    """An atlas of a made-up world of 40 countries; returns its folder."""
    (folder / "s.toml").write_text("[cells]\ntop = 60\nthresholds = false\n")
    for arguments in (["synth", "-o", folder / "world.h5", "--countries", 40, "--products", 200, "--years", 3, "--density", 0.2],
                      ["atlas", folder / "world.h5", "-o", folder / "site", "--settings", folder / "s.toml", "--title", title, *flags]):
        done = cli.potentia(*arguments)
        assert done.returncode == 0, done.stderr
    return folder / "site"


SCENARIO = """name = "slower"
[[gdp]]
name = "China grows less"
countries = ["CHN"]
add = { value = -1, unit = "points a year", assumption = true, source = "a guess" }
[[target]]
name = "twice"
exporters = ["LAO"]
markets = ["CHN"]
year = 2030
value = { value = 700, unit = "USD million", source = "a speech" }
"""
MORE_VIEWS = ["#/LAO/CHN?names=fr", "#/LAO/CHN/PRODUCT?names=fr", "#/scenario/slower", "#/scenario/slower?side=market", "#/LAO/CHN?scenario=slower"]


def make_whole_site(folder):
    """An atlas with everything that one can have: a logo, names in another language, a scenario, an outlook."""
    (folder / "noms.csv").write_text("code,name\nLAO,Laos\nCHN,Chine\n")
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1" onload="top.hacked=1"><script>top.hacked=1</script><rect width="3" height="1"/></svg>')
    (folder / "slower.toml").write_text(SCENARIO)
    (folder / "s.toml").write_text("[cells]\ntop = 60\nthresholds = false\n")
    for arguments in (["synth", "-o", "world.h5", "--countries", 40, "--products", 120, "--years", 6, "--density", 0.2],
                      ["backtest", "world.h5", "--origin", "2019", "--outcome", "2024", "-o", "backtest.h5"],
                      ["atlas", "world.h5", "-o", "site", "--settings", "s.toml", "--title", "An atlas & <more>", "--names", "fr=noms.csv",
                       "--logo", "logo.svg", "--scenario", "slower.toml", "--outlook", "backtest.h5"]):
        done = cli.potentia(*arguments, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder / "site"


def use_site(make=make_site):
    """For setUpModule: one site and one browser for all tests. @param make of a folder, the site in it"""
    folder = tempfile.TemporaryDirectory(prefix="potentia-test-")
    unittest.addModuleCleanup(folder.cleanup)
    cls = AtlasTest
    cls.folder = Path(folder.name)
    cls.site = make(cls.folder)
    cls.world = chunk(cls.site, "world")
    cls.product = chunk(cls.site, "products")["code"][3]
    cls.downloads = cls.folder / "downloads"
    cls.downloads.mkdir()
    cls.browser = browser.Browser(cls.downloads)
    unittest.addModuleCleanup(cls.browser.quit)


class AtlasTest(unittest.TestCase):
    """Tests of one site in one browser, which use_site() has made ready."""

    def run_script(self, script, *arguments):
        return self.browser.run(script, *arguments)

    def until(self, script, *arguments):
        """Waits until the script gives something true."""
        for _ in range(300):
            found = self.run_script(script, *arguments)
            if found:
                return found
            time.sleep(0.02)
        self.fail(f"never true: {script} {arguments}; at {self.run_script('return location.hash')}, logged {self.browser.logs()}")

    def shown(self, hash):
        self.until("return document.getElementById('content').dataset.shown === arguments[0]", hash)

    def open(self, hash, site=None, **how):
        hash = hash.replace("PRODUCT", self.product)
        self.browser.open(f"{site or self.site}/index.html{hash}", **how)
        self.shown(hash)
        return hash

    def go(self, hash):
        """As typed into the address bar: what scripts do before anybody has touched a page makes no history."""
        self.browser.driver.get(f"file://{self.site}/index.html{hash}")
        self.shown(hash)

    def content(self):
        return self.run_script("""const copy = document.getElementById('content').cloneNode(true);
                                  for (const name of ['data-shown', 'data-took']) copy.removeAttribute(name);
                                  return copy.outerHTML;""")

    def click(self, id):
        """As a person does: a browser lets no script save file after file."""
        self.browser.driver.find_element("id", id).click()

    def downloaded(self, name):
        path = self.downloads / name
        for _ in range(200):
            if path.exists() and path.stat().st_size > 0:
                contents = path.read_bytes()
                path.unlink()
                return contents
            time.sleep(0.02)
        self.fail(f"{name} was not downloaded; there are {sorted(each.name for each in self.downloads.iterdir())}")
