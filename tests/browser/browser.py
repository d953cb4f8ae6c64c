"""Headless Chromium for the tests of the page: opening it, moving about, what it logged and asked of the network."""

import base64
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common import utils
except ImportError:
    webdriver, Service = None, object

DRIVER = "/usr/bin/chromedriver"
RENDER_PAGE = os.environ.get("POTENTIA_RENDER_PAGE", "render_page")


def missing():
    """What a browser test lacks here, in words; empty where it can run."""
    if webdriver is None:
        return "python3-selenium is not installed"
    if not Path(DRIVER).exists():
        return "chromium-driver is not installed"
    # Ubuntu's package of that name is a script that asks for a snap.
    if subprocess.run([DRIVER, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0:
        return f"{DRIVER} does not run here"
    return ""


def skip_unless_possible():
    reason = missing()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(77)


def render(report_json, page):
    """The page of a report, made by the same code as the program's."""
    subprocess.run([RENDER_PAGE, str(report_json), str(page)], check=True, timeout=120)


class DriverHere(Service):
    """chromedriver by its address: a bare machine has no /etc/hosts, and selenium asks for localhost by name."""

    @property
    def service_url(self):
        return f"http://127.0.0.1:{self.port}"

    def is_connectable(self):
        return utils.is_connectable(self.port, "127.0.0.1")


class Browser:
    """One Chromium; `logs` and `requests` hold what happened since the page was opened."""

    def __init__(self, downloads=None, flags=()):
        options = webdriver.ChromeOptions()
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--window-size=1280,900", "--remote-debugging-pipe", *flags):  # a pipe, since a bare machine cannot resolve localhost
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        if downloads:
            options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
        self.driver = webdriver.Chrome(service=DriverHere(DRIVER), options=options)
        self.driver.set_script_timeout(60)

    def quit(self):
        self.driver.quit()

    def open(self, page, width=1280, dark=False):
        self.driver.get("about:blank")
        self.command("Emulation.setDeviceMetricsOverride",
                     {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
        self.scheme(dark)
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(f"file://{page}")

    def scheme(self, dark):
        self.command("Emulation.setEmulatedMedia",
                     {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})

    def command(self, name, arguments=None):
        return self.driver.execute_cdp_cmd(name, arguments or {})

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def logs(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Addresses asked for since the page was opened, what stands in the page itself (data:) aside."""
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
        return [url for url in asked if not url.startswith("data:")]

    def draw_all(self):
        """Scrolls past every chart, so that each is drawn; returns how many there are."""
        return self.driver.execute_async_script("""
            const done = arguments[0];
            const boxes = [...document.querySelectorAll('.canvas')];
            (async () => {
              for (const box of boxes) {
                box.scrollIntoView({behavior: 'instant'});
                for (let i = 0; i < 100 && !box.dataset.drawn; ++i) await new Promise((next) => setTimeout(next, 20));
              }
              done(boxes.length);
            })();""")

    def pdf(self):
        result = self.command("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": False})
        return base64.b64decode(result["data"])


class PageTest(unittest.TestCase):
    """One browser and one page for all tests of a class; `report` gives its contents."""

    @classmethod
    def report(cls):
        raise NotImplementedError

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = Path(cls.folder.name)
        report = folder / "report.json"
        report.write_text(json.dumps(cls.report(), ensure_ascii=False), encoding="utf-8")
        cls.page = folder / "report.html"
        render(report, cls.page)
        cls.downloads = folder / "downloads"
        cls.downloads.mkdir()
        cls.browser = Browser(cls.downloads)
        cls.addClassCleanup(cls.folder.cleanup)
        cls.addClassCleanup(cls.browser.quit)
