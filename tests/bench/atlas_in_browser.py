"""How fast an atlas is in headless Chromium: atlas_in_browser.py SITE [EXPORTER MARKET PRODUCT]

Prints when a first view is drawn, how long further views take, the frames while somebody filters in the finder by the browser's own trace,
layout shifts, and the memory of the page. Times need a quiet machine; processor times of the page's thread need it less.
"""

import collections
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))
import browser  # noqa: E402

FRAME = 1000 / 60  # ms
# Tells when a view was drawn: two frames after it was put there.
WATCH = """
    window.drawn = {};
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry.value);
    }).observe({type: 'layout-shift', buffered: true});
    document.addEventListener('DOMContentLoaded', () => {
      const content = document.getElementById('content');
      if (content) new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(() => {
        window.drawn[content.dataset.shown] = performance.now();
      }))).observe(content, {attributes: true, attributeFilter: ['data-took']});
    });"""


class Page(browser.Browser):
    def __init__(self, site, flags=()):
        super().__init__(flags=flags)
        self.site = Path(site).resolve()
        self.command("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})

    def drawn(self, hash):
        for _ in range(3000):
            at = self.run("return window.drawn && window.drawn[arguments[0]]", hash)
            if at:
                return at
            time.sleep(0.01)
        raise SystemExit(f"{hash} was never drawn: {self.logs()}")

    def first(self, hash):
        """From the request of the page to its view drawn, ms."""
        self.driver.get("about:blank")
        self.driver.get(f"file://{self.site}/index.html{hash}")
        return self.drawn(hash)

    def further(self, hash):
        """From a click to the next view drawn, ms."""
        started = self.run("delete window.drawn[arguments[0]]; const now = performance.now(); location.hash = arguments[0]; return now", hash)
        return self.drawn(hash) - started

    def type(self, id, keys, pause=0.12):
        self.run("document.getElementById(arguments[0]).focus()", id)
        for key in keys:
            code = {"\b": "Backspace", "^": "ArrowUp"}.get(key, key)
            number = {"\b": 8, "^": 38}.get(key, ord(key.upper()))
            text = {} if len(code) > 1 else {"text": key}
            self.command("Input.dispatchKeyEvent", {"type": "keyDown", "key": code, "windowsVirtualKeyCode": number, **text})
            self.command("Input.dispatchKeyEvent", {"type": "keyUp", "key": code, "windowsVirtualKeyCode": number})
            time.sleep(pause)

    def drag(self, seconds):
        """As a slider does that is dragged: another minimum in every frame. @returns milliseconds between frames"""
        return self.driver.execute_async_script("""
            const [seconds, done] = arguments;
            const input = document.getElementById('filter-min');
            const started = performance.now();
            const frames = [];
            const step = (now) => {
              frames.push(now);
              if (now > started + seconds * 1000) {
                input.value = '';
                input.dispatchEvent(new Event('input', {bubbles: true}));
                return done(frames.slice(1).map((each, at) => each - frames[at]));
              }
              input.value = String(Math.round(10 ** (3 + 4 * ((now - started) / 1000 % 1))));
              input.dispatchEvent(new Event('input', {bubbles: true}));
              requestAnimationFrame(step);
            };
            requestAnimationFrame(step);""", seconds)


def filter_traced(site, seconds=30):
    """Filters in the finder while the browser traces what its threads do; tells of each way."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace.json"
        page = Page(site, ["--trace-startup=devtools.timeline,disabled-by-default-devtools.timeline,blink.user_timing", f"--trace-startup-file={trace}",
                           f"--trace-startup-duration={seconds}", "--trace-startup-format=json"])
        started = time.monotonic()
        page.first("#/finder")
        time.sleep(1)
        print(page.run("return document.getElementById('finder-said').textContent"))
        frames = []
        for what, act in (("typing in the product filter", lambda: page.type("filter-product", "coffee" + "\b" * 6 + "0901" + "\b" * 4)),
                          ("typing in the minimum", lambda: page.type("filter-min", "1000000" + "^" * 10 + "\b" * 7)),
                          ("another minimum in every frame", lambda: frames.extend(page.drag(4)))):
            page.run("performance.mark(`from ${arguments[0]}`)", what)
            act()
            page.run("performance.mark(`to ${arguments[0]}`)", what)
        took = time.monotonic() - started
        if took > seconds:
            raise SystemExit(f"it took {took:.0f} s, longer than the trace of {seconds} s")
        time.sleep(seconds - took)
        for _ in range(300):
            try:
                events = json.loads(trace.read_text())["traceEvents"]
                break
            except (OSError, ValueError):
                time.sleep(0.1)
        page.quit()
    marks = {event["name"]: event for event in events if "blink.user_timing" in event.get("cat", "")}
    for name, mark in marks.items():
        if not name.startswith("from "):
            continue
        what, end = name[5:], marks["to" + name[4:]]["ts"]
        own = [event for event in events if event.get("pid") == mark["pid"] and event.get("tid") == mark["tid"] and mark["ts"] <= event["ts"] <= end]
        runs = [event for event in own if event["name"] == "RunTask"]
        wall, processor = ([event.get(key, 0) / 1000 for event in runs] for key in ("dur", "tdur"))
        drawn = sum(event["name"] == "Commit" for event in own)
        print(f"{what}: {drawn} frames in {(end - mark['ts']) / 1e6:.1f} s; the page's thread: processor time {sum(processor):.0f} ms, longest task "
              f"{max(wall):.0f} ms by the clock, {max(processor):.0f} ms of the processor; longer than a frame ({FRAME:.1f} ms): "
              f"{sum(each > FRAME for each in wall)} by the clock, {sum(each > FRAME for each in processor)} by the processor")
    print(f"  frame after frame: median {statistics.median(frames):.1f} ms, {sum(each > 1.5 * FRAME for each in frames)} of {len(frames)} late")


def main():
    site, exporter, market, product = (sys.argv[1:] + ["LAO", "CHN", "071410"][len(sys.argv) - 2:])[:4]
    page = Page(site)
    views = ["#/", "#/finder", f"#/finder?exporter={exporter}", f"#/{exporter}", f"#/{exporter}/{market}", f"#/market/{market}", f"#/product/{product}", "#/about"]
    print("first view drawn, ms (median of 5, least to most)")
    for view in views:
        times = sorted(page.first(view) for _ in range(5))
        print(f"  {view}: {statistics.median(times):.0f} ({times[0]:.0f} to {times[-1]:.0f})")
    taken = collections.defaultdict(list)
    for _ in range(5):
        page.first("#/")
        time.sleep(0.8)
        for view in views[1:] + ["#/"]:
            taken[view].append(page.further(view))
            time.sleep(0.2)
    print("further view drawn after its click, ms (median of 5, least to most)")
    for view, times in taken.items():
        print(f"  {view}: {statistics.median(times):.0f} ({min(times):.0f} to {max(times):.0f})")

    for view in views[1:]:
        page.further(view)
    page.command("HeapProfiler.collectGarbage")
    page.command("Performance.enable")
    metrics = {each["name"]: each["value"] for each in page.command("Performance.getMetrics")["metrics"]}
    print(f"heap after all views {metrics['JSHeapUsedSize'] / 1e6:.0f} MB used, {metrics['JSHeapTotalSize'] / 1e6:.0f} MB held; renderer {resident():.0f} MB resident, {resident('RssAnon'):.0f} MB without code")
    print(f"layout shifts {sum(page.run('return window.shifts')):.4f}; console {page.logs()}")
    page.quit()
    filter_traced(site)


def resident(what="VmRSS"):
    """Of the largest renderer that this process started, MB. @param what "RssAnon" leaves the browser's own code out"""
    parents, sizes = {}, {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            renderer = b"--type=renderer" in (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        pid = int(status.parent.name)
        parents[pid] = int(fields["PPid"])
        if renderer and what in fields:
            sizes[pid] = int(fields[what].split()[0]) / 1000

    def is_ours(pid):
        while pid > 1 and pid != os.getpid():
            pid = parents.get(pid, 0)
        return pid == os.getpid()

    return max((size for pid, size in sizes.items() if is_ours(pid)), default=float("nan"))


if __name__ == "__main__":
    main()
