"""The figures of a report as SVG and PNG: all of them, the table's numbers in their pixels, whatever names are like."""

import shlex
import struct
import subprocess
import xml.etree.ElementTree as xml
import zlib

import h5py
import numpy as np

import cli
import test_drilldown_outlook
from drilldown import Case, Table
from test_disk_full import mounter

WIDTH = 1512  # 16 cm at 240 dots per inch
SVG = "{http://www.w3.org/2000/svg}"
EXPORTS = (0x00, 0x72, 0xB2)
NO_LETTER = "\u0378"  # nor does any font have it
HOSTILE = ["<script>alert(1)</script> & \"Co\" 'x' ]]> \u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 right to left", NO_LETTER + "W" * 1000]


def pixels(path):
    """A PNG of eight-bit colours as [rows, columns, 3], and its dots per metre; checks every chunk's sum on the way."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", path
    at, chunks = 8, []
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size]) == (zlib.crc32(name + body),), (path, name)
        chunks.append((name, body))
        at += 12 + size
    assert chunks[-1][0] == b"IEND"
    width, height, depth, colour, *_ = struct.unpack(">IIBBBBB", chunks[0][1])
    assert (depth, colour) == (8, 2), (path, depth, colour)
    raw = np.frombuffer(zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT")), np.uint8)
    rows = raw.reshape(height, 1 + 3 * width)
    return unfiltered(rows[:, 1:].reshape(height, width, 3), rows[:, 0]), dict(chunks).get(b"pHYs"), [name for name, _ in chunks]


def unfiltered(rest, kinds):
    """Each pixel is what PNG's filters guess from those left and above, plus the rest: along diagonals, which need no other of theirs."""
    height, width, _ = rest.shape
    out = np.zeros((height + 1, width + 1, 3), np.int16)
    for diagonal in range(height + width - 1):
        y = np.arange(max(0, diagonal - width + 1), min(height, diagonal + 1))
        x = diagonal - y
        left, up, corner = out[y + 1, x], out[y, x + 1], out[y, x]
        whole = left + up - corner
        far = abs(whole - left), abs(whole - up), abs(whole - corner)
        nearest = np.where((far[0] <= far[1]) & (far[0] <= far[2]), left, np.where(far[1] <= far[2], up, corner))
        guess = np.choose(kinds[y][:, None], [np.zeros_like(left), left, up, (left + up) // 2, nearest])
        out[y + 1, x + 1] = (rest[y, x] + guess) & 255
    return out[1:, 1:].astype(np.uint8)


def bar_lengths(image, colour):
    """Lengths in dots of bars of a colour from the top down, without the legend's swatches."""
    is_bar = (image == np.array(colour, np.uint8)).all(axis=2)
    is_bar[:, : WIDTH // 8] = False
    lengths, before = [], 0
    for count in is_bar.sum(axis=1):
        if count > 0 and before == 0:
            lengths.append(0)
        if count > 0:
            lengths[-1] = max(lengths[-1], count)
        before = count
    return lengths


def has_numbers(figure, chart):
    table = Table(figure)
    if not table.rows or chart["category"] not in table:
        return False
    rows = chart["first_rows"] or len(table.rows)
    return any(np.isfinite(table.numbers(series["column"])[:rows]).any() for series in chart["series"])


class FigureCase(Case):
    def with_figures(self, world, *flags):
        report = self.drilldown(world, "--figures", self.folder / "figures", *flags)
        self.check_figures(report)
        return report

    def check_figures(self, report):
        """What holds for every report: two files for each chart that has something to show, and they open."""
        expected = set()
        for (part, name), figure in report.figures.items():
            drawn = [n for n, chart in enumerate(figure["charts"]) if has_numbers(figure, chart)]
            self.assertFalse(drawn and figure["notice"])
            expected |= {f"{part}_{name}" + (f"_{n + 1}" if n else "") for n in drawn}
        folder = self.folder / "figures"
        self.assertEqual({path.name for path in folder.iterdir()}, {f"{name}.{kind}" for name in expected for kind in ("svg", "png")})
        for name in expected:
            with self.subTest(figure=name):
                root = xml.fromstring((folder / f"{name}.svg").read_bytes())
                self.assertEqual(root.tag, SVG + "svg")
                title = next(figure["title"] for (part, figure_id), figure in report.figures.items()
                             if name in (f"{part}_{figure_id}", f"{part}_{figure_id}_2"))
                self.assertEqual(root.find(SVG + "title").text, title)
                self.assertGreater(len(root.findall(f".//{SVG}path")), 10)
                head = (folder / f"{name}.png").read_bytes()[:41]
                width, height = struct.unpack(">II", head[16:24])
                self.assertEqual(width, WIDTH)
                self.assertLess(height / 240 * 2.54, 25, "longer than a page")
        return expected


class Figures(FigureCase):
    def test_every_chart_has_its_files_with_the_values_of_its_table(self):
        world = self.folder / "w.h5"
        self.succeeds("synth", "-o", world, "--countries", 60, "--products", 400, "--years", 3)
        report = self.with_figures(world, "--exporter", "THA", "--market", "CHN")
        names = self.check_figures(report)
        self.assertIn("trade_share_2", names)
        self.assertGreater(len(names), 20)
        self.assertIn(f"{len(names)} figures as SVG and PNG", self.said)

        image, dots, chunks = pixels(self.folder / "figures" / "composition_top_exports.png")
        self.assertEqual(dots, struct.pack(">IIB", 9449, 9449, 1))
        self.assertNotIn(b"tIME", chunks)
        self.assertGreater(len(np.unique(image.reshape(-1, 3), axis=0)), 20)
        white = (image == 255).all(axis=2)
        self.assertGreater(white.mean(), 0.5)
        self.assertTrue(white[0].all() and white[-1].all() and white[:, 0].all() and white[:, -1].all(), "something is cut off")
        values = report.table("composition", "top_exports").numbers("value")
        lengths = bar_lengths(image, EXPORTS)
        self.assertEqual(len(lengths), 10)
        self.assertGreater(lengths[0], WIDTH / 4)
        np.testing.assert_allclose(lengths, values / values[0] * lengths[0], atol=2.5)
        self.assertLess(lengths[-1], 0.5 * lengths[0])

    def test_the_same_bytes_each_time(self):
        world = cli.write_worked_example(self.folder / "w.h5")
        flags = ("--exporter", "LAO", "--market", "CHN", "-o", self.folder / "report")
        self.succeeds("drilldown", world, *flags, "--figures", self.folder / "one", "--threads", 1)
        self.succeeds("drilldown", world, *flags, "--figures", self.folder / "two", "--threads", 3, env={"LANG": "ar_EG.UTF-8", "LC_ALL": "C.UTF-8"})
        names = sorted(path.name for path in (self.folder / "one").iterdir())
        self.assertGreater(len(names), 10)
        self.assertEqual(sorted(path.name for path in (self.folder / "two").iterdir()), names)
        for name in names:
            self.assertEqual((self.folder / "one" / name).read_bytes(), (self.folder / "two" / name).read_bytes(), name)

    def test_a_world_without_tariffs(self):
        world = cli.write_worked_example(self.folder / "w.h5")
        with h5py.File(world, "a") as f:
            del f["tariff"]
        report = self.with_figures(world, "--exporter", "LAO", "--market", "CHN")
        self.assertTrue(report.figures["access", "change"]["notice"])
        self.assertFalse((self.folder / "figures" / "access_change.svg").exists())
        self.assertTrue((self.folder / "figures" / "composition_top_exports.svg").exists())

    def test_older_figures_go_and_other_files_stay(self):
        world = cli.write_worked_example(self.folder / "w.h5")
        folder = self.folder / "report"  # that of the report may be that of the figures
        folder.mkdir()
        kept = ("trade_map.png", "photo.svg", "outlook_mine.svg", "notes.txt")
        gone = ("logistics_components.svg", "trade_growth.png", "outlook_chances.svg", "scenarios_products_2.png", "scenarios_targets_1_2.svg")
        for name in (*kept, *gone):
            (folder / name).write_text("older")
        self.succeeds("drilldown", world, "--exporter", "LAO", "--market", "CHN", "-o", folder, "--figures", folder)
        names = {path.name for path in folder.iterdir()}
        self.assertEqual(names & {*kept, *gone}, set(kept))
        self.assertLess({"report.html", "potential_by_market.csv", "potential_by_market.svg", "potential_by_market.png"}, names)

    def test_hostile_names(self):
        for hostile in HOSTILE:
            with self.subTest(name=hostile[:20]):
                world = cli.write_worked_example(self.folder / "w.h5")
                with h5py.File(world, "a") as f:
                    f["country/name"][cli.LAO] = hostile
                    f.create_dataset("product/name", data=[hostile + " one", hostile + " two"], dtype=h5py.string_dtype())
                    f.attrs["title"] = hostile
                self.with_figures(world, "--exporter", "LAO", "--market", "CHN")
        self.assertIn("no installed font has every letter of", self.said)


class Refused(cli.Case):
    def setUp(self):
        super().setUp()
        self.world = cli.write_worked_example(self.folder / "w.h5")
        self.run = ("drilldown", self.world, "-o", self.folder / "report", "--figures")

    def test_every_pair(self):
        self.fails(2, ["figures of every pair", "--figures", "leave --figures out"], *self.run, self.folder / "f", "--exporter", "all", "--market", "CHN")

    def test_no_folder(self):
        (self.folder / "file").write_text("in the way")
        (self.folder / "report").mkdir()
        for folder in ("file", "file/below"):
            self.fails(3, ["folder", "file", "--figures"], *self.run, self.folder / folder, "--exporter", "LAO", "--market", "CHN")

    def test_no_font(self):
        (self.folder / "fonts.conf").write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
                                                f"<dir>{self.folder}/none</dir><cachedir>{self.folder}</cachedir></fontconfig>")
        done = self.fails(3, ["no", "font", "--figures", "fonts-dejavu-core"], *self.run, self.folder / "f", "--exporter", "LAO",
                          "--market", "CHN", env={"FONTCONFIG_FILE": str(self.folder / "fonts.conf")})
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_one_file_in_the_way_leaves_all_others_as_they_were(self):
        pair = ("--exporter", "LAO", "--market", "CHN")
        self.succeeds(*self.run, self.folder / "f", *pair)
        (self.folder / "f" / "potential_by_market.svg").unlink()
        (self.folder / "f" / "potential_by_market.svg").mkdir()
        older = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        self.fails(3, "potential_by_market.svg", *self.run, self.folder / "f", "--exporter", "THA", "--market", "CHN")
        for path, contents in older.items():
            self.assertEqual(path.read_bytes(), contents, path)

    def test_full_disk(self):
        prefix = mounter()
        if prefix is None:
            self.skipTest("mounting a small disk is not allowed here")
        disk, talk = self.folder / "disk", self.folder / "talk.txt"
        disk.mkdir()
        at, said = shlex.quote(str(disk)), shlex.quote(str(talk))
        script = (f"mount -t tmpfs -o size=300k tmpfs {at} && mkdir {at}/f && printf older > {at}/f/potential_by_market.svg && "
                  f"{{ \"$@\" 2>{said}; echo $?; ls -A {at}/f; cat {at}/f/potential_by_market.svg; }}")
        done = subprocess.run([*prefix, "sh", "-c", script, "sh", cli.BINARY, *map(str, self.run), str(disk / "f"), "--exporter", "LAO",
                               "--market", "CHN"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
        self.assertEqual(done.stdout.split("\n"), ["5", "potential_by_market.svg", "older"], talk.read_text() + done.stderr)
        self.assertIn("potentia: error: disk", talk.read_text())
        self.assertEqual(list((self.folder / "report").iterdir()), [], "the report took its names without its figures")


class Chapters(FigureCase):
    setUpClass = test_drilldown_outlook.Outlook.__dict__["setUpClass"]  # a world with chances and draws

    def test_scenarios_chances_and_draws(self):
        scenario = self.folder / "s.toml"
        scenario.write_text('name = "slower"\ndescription = "Less & less"\n[[gdp]]\nname = "it grows less"\ncountries = ["AHX"]\n'
                            'add = { value = -1, unit = "points a year", assumption = true, source = "a test" }\n')
        pair = ("--exporter", "ADX", "--market", "AHX", "--settings", self.settings)
        report = self.with_figures(self.world, *pair, "--outlook", self.models, "--draws", self.draws, "--scenario", scenario)
        drawn = {path.stem for path in (self.folder / "figures").iterdir()}
        types = {chart["type"] for (part, name), figure in report.figures.items() for n, chart in enumerate(figure["charts"])
                 if f"{part}_{name}" + (f"_{n + 1}" if n else "") in drawn}
        self.assertLessEqual({"scatter", "interval", "waterfall", "horizontal_stacked", "horizontal_bar"}, types)
        self.assertIn("outlook_intervals_2", drawn)
        chapters = {name for name in drawn if name.startswith(("outlook_", "scenarios_"))}
        self.with_figures(self.world, *pair)
        self.assertEqual(chapters & {path.stem for path in (self.folder / "figures").iterdir()}, set())


if __name__ == "__main__":
    cli.main()
