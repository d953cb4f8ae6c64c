"""Headless Firefox by its own protocol, Marionette, for which no driver is needed: opening pages, running scripts, pressing keys, clicking."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Nothing that asks, updates or reports; a free port; clicks that are no person's do what a person's do.
PREFERENCES = {"marionette.port": 0, "app.update.enabled": False, "browser.shell.checkDefaultBrowser": False, "browser.startup.page": 0,
               "datareporting.policy.dataSubmissionEnabled": False, "toolkit.telemetry.reportingpolicy.firstRun": False,
               "browser.aboutwelcome.enabled": False, "extensions.update.enabled": False, "network.captive-portal-service.enabled": False,
               "network.connectivity-service.enabled": False, "devtools.console.stdout.content": True, "dom.disable_open_during_load": False,
               "browser.safebrowsing.malware.enabled": False, "browser.safebrowsing.phishing.enabled": False}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def program():
    """Firefox, or nothing. Ubuntu's package of that name is a script that asks for a snap."""
    for name in ("firefox-esr", "firefox"):
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60).returncode == 0:
            return path
    return None


def skip_unless_possible():
    if program() is None:
        print("skipped: firefox-esr is not installed")
        sys.exit(77)


class Firefox:
    """One Firefox with a profile of its own. `downloads` is where it saves files."""

    def __init__(self, downloads=None, patience=60):
        self.profile = tempfile.TemporaryDirectory(prefix="potentia-firefox-")
        folder = Path(self.profile.name)
        preferences = dict(PREFERENCES)
        if downloads:
            preferences.update({"browser.download.folderList": 2, "browser.download.dir": str(downloads), "browser.download.useDownloadDir": True,
                                "browser.download.always_ask_before_handling_new_types": False, "browser.download.alwaysOpenPanel": False})
        (folder / "user.js").write_text("".join(f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in preferences.items()))
        self.output = folder / "output.txt"
        environment = dict(os.environ, HOME=str(folder), MOZ_CRASHREPORTER_DISABLE="1", MOZ_REMOTE_SETTINGS_DEVTOOLS="1")
        with self.output.open("wb") as output:
            self.process = subprocess.Popen([program(), "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", str(folder)],
                                            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment)
        try:
            port, until = folder / "MarionetteActivePort", time.monotonic() + patience
            while not (port.exists() and port.read_text().strip()):
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("Firefox did not start: " + self.output.read_text("utf-8", "replace")[-2000:])
                time.sleep(0.05)
            self.socket = socket.create_connection(("127.0.0.1", int(port.read_text())), patience)
            self.count = 0
            self.receive()  # who it is
            self.send("WebDriver:NewSession", {"strictFileInteractability": True})
            self.send("WebDriver:SetTimeouts", {"script": 30000, "pageLoad": 60000})
            self.send("WebDriver:SetWindowRect", {"width": 1280, "height": 900})
        except BaseException:
            self.quit()
            raise

    def receive(self):
        """A message is its length in bytes, a colon, and JSON."""
        size = b""
        while (byte := self.socket.recv(1)) != b":":
            if not byte:
                raise RuntimeError("Firefox went away")
            size += byte
        text = b""
        while len(text) < int(size):
            text += self.socket.recv(int(size) - len(text))
        return json.loads(text)

    def send(self, command, arguments=None):
        """A command and its answer."""
        self.count += 1
        text = json.dumps([0, self.count, command, arguments or {}]).encode()
        self.socket.sendall(str(len(text)).encode() + b":" + text)
        _, number, error, result = self.receive()
        assert number == self.count, (number, self.count)
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result

    def open(self, page):
        self.send("WebDriver:Navigate", {"url": page})

    def back(self):
        self.send("WebDriver:Back")

    def run(self, script, *arguments):
        """As in the page; not in a sandbox, where the page's own objects look different."""
        return self.send("WebDriver:ExecuteScript", {"script": script, "args": list(arguments), "sandbox": None})["value"]

    def find(self, selector):
        return self.send("WebDriver:FindElement", {"using": "css selector", "value": selector})["value"][ELEMENT]

    def click(self, selector):
        """As a person does: scrolled to, and on top."""
        self.send("WebDriver:ElementClick", {"id": self.find(selector)})

    def type(self, selector, text):
        self.send("WebDriver:ElementSendKeys", {"id": self.find(selector), "text": text})

    def until(self, script, *arguments, patience=20):
        """Waits until the script gives something true."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = self.run(script, *arguments)
            if found:
                return found
            time.sleep(0.03)
        raise AssertionError(f"never true: {script} {arguments}; at {self.run('return location.href')}, said {self.complaints()}")

    def complaints(self):
        """What pages said since the last call: errors, uncaught exceptions, what a policy refused."""
        script = """
            const all = Services.console.getMessageArray() || [];
            const found = [];
            for (const each of all) {
              try { each.QueryInterface(Ci.nsIScriptError); } catch (error) { continue; }
              if (!/^(file|https?):/.test(each.sourceName) && !/Content.Security|CSP/i.test(each.category)) continue;
              found.push(`${each.category}: ${each.errorMessage} (${each.sourceName}:${each.lineNumber})`);
            }
            const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
            for (const each of storage.getEvents())
              if (/^(file|https?):/.test(each.filename)) found.push(`console.${each.level}: ${each.arguments.map(String).join(' ')}`);
            storage.clearEvents();
            Services.console.reset();
            return found;"""
        self.send("Marionette:SetContext", {"value": "chrome"})
        try:
            return self.send("WebDriver:ExecuteScript", {"script": script, "args": []})["value"]
        finally:
            self.send("Marionette:SetContext", {"value": "content"})

    def quit(self):
        if getattr(self, "socket", None):
            try:
                self.send("Marionette:Quit", {"flags": ["eForceQuit"]})
            except (OSError, RuntimeError, ValueError):
                pass
            self.socket.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(30)
        self.profile.cleanup()
