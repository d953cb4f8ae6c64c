"""potentia compare: equal contents, or what differs, where, and which factor moved it."""

import json
import shutil
import struct

import h5py
import numpy as np

import cli

DIFFER = 10


class Compare(cli.Case):
    def setUp(self):
        super().setUp()
        self.world = cli.write_worked_example(self.folder / "world.h5")

    def path(self, name):
        return self.folder / name

    def changed_world(self, change, name="changed.h5"):
        """A copy of the world, changed by `change(h5py file)`."""
        shutil.copy(self.world, self.path(name))
        with h5py.File(self.path(name), "r+") as f:
            change(f)
        return self.path(name)

    def solved(self, name, *flags, world=None):
        self.succeeds("solve", world or self.world, "-o", self.path(name), *flags)
        return self.path(name)

    def same(self, first, second, *flags):
        done = self.succeeds("compare", first, second, *flags)
        self.assertEqual(len(done.stdout.splitlines()), 1, done.stdout)
        return done.stdout

    def differ(self, first, second, *flags):
        done = cli.potentia("compare", first, second, *flags)
        self.assertEqual(done.returncode, DIFFER, done.stdout + done.stderr)
        return done.stdout

    def outcome(self, first, second, *flags):
        return json.loads(self.differ(first, second, "--format", "json", *flags))

    def line(self, text, beginning):
        found = [line for line in text.splitlines() if line.strip().startswith(beginning)]
        self.assertEqual(len(found), 1, text)
        return found[0]


class Same(Compare):
    def test_two_runs_of_one_job_by_their_digests(self):
        said = self.same(self.solved("one.h5", "--threads", "1"), self.solved("three.h5", "--threads", "3"))
        self.assertIn("same contents (by their content digests", said)
        self.assertIn("--full", said)

    def test_every_number_when_asked(self):
        said = self.same(self.solved("one.h5"), self.solved("two.h5"), "--full")
        self.assertIn("every number was looked at", said)

    def test_files_without_digest(self):
        self.assertIn("every number was looked at", self.same(self.world, self.changed_world(lambda f: None)))

    def test_json(self):
        done = self.succeeds("compare", self.world, self.changed_world(lambda f: None), "--format", "json")
        outcome = json.loads(done.stdout)
        self.assertTrue(outcome["same"])
        self.assertEqual(outcome["differences"], [])
        self.assertIsNone(outcome["first"]["digest"])
        self.assertEqual(outcome["datasets"], outcome["datasets_read"])

    def test_a_number_changed_behind_its_fingerprint(self):
        one = self.solved("one.h5")
        shutil.copy(one, self.path("two.h5"))
        with h5py.File(self.path("two.h5"), "r+") as f:
            f["pair/potential"][0, 1] *= 2
        self.same(one, self.path("two.h5"))  # their digests are; nobody promised more
        self.fails(3, ["/pair/potential", "other values than were written"], "compare", one, self.path("two.h5"), "--full")

    def test_missing_numbers_of_any_bits(self):
        def change(f):
            f["distance"][0, 0] = struct.unpack("<d", struct.pack("<Q", 0x7FF8000000001234))[0]
        self.same(self.world, self.changed_world(change))


class Worlds(Compare):
    def test_a_distance(self):
        def change(f):
            f["distance"][cli.LAO, cli.CHN] = 2001
        said = self.differ(self.world, self.changed_world(change))
        self.assertIn("1 of 9 numbers; most 1 at LAO>CHN (2000 and 2001), relatively 0.0005 at LAO>CHN",
                      self.line(said, "/distance"))
        self.assertNotIn("/macro", said)

    def test_a_flow_is_named_by_its_ends_and_product(self):
        def change(f):
            f["trade/2023/value"][6] *= 2  # product 400121, ascending: CHN>LAO, CHN>THA, LAO>CHN …
        self.assertIn("CHN>THA 400121 (4e+07 and 8e+07)", self.differ(self.world, self.changed_world(change)))

    def test_a_level_of_a_year(self):
        def change(f):
            f["macro/gdp"][cli.THA, 1] = 1.25
        self.assertIn("at THA 2028", self.differ(self.world, self.changed_world(change)))

    def test_tolerance_is_relative_above_one(self):
        def change(f):
            f["trade/2023/value"][1] *= 1 + 1e-9
        changed = self.changed_world(change)
        self.differ(self.world, changed)
        self.differ(self.world, changed, "--tolerance", "0.9e-9")
        self.assertIn("tolerance 1.1e-09", self.same(self.world, changed, "--tolerance", "1.1e-9"))

    def test_tolerance_is_absolute_below_one(self):
        def change(f):
            f["tariff/line_rate"][0] += 1e-6  # 0.08: relatively 1.25e-5
        changed = self.changed_world(change)
        self.differ(self.world, changed, "--tolerance", "0.9e-6")
        self.same(self.world, changed, "--tolerance", "1.1e-6")

    def test_signs_of_zero(self):
        def change(f):
            f["tariff/line_rate"][2] = -0.0
        changed = self.changed_world(change)
        self.assertIn("by the sign of zero alone", self.differ(self.world, changed))
        self.same(self.world, changed, "--tolerance", "1e-12")

    def test_other_types_of_the_same_numbers(self):
        def change(f):
            values = f["trade/2023/exporter"][()]
            del f["trade/2023/exporter"]
            f["trade/2023/exporter"] = values.astype("i4")
        changed = self.changed_world(change)
        self.assertIn("<u2 9 and <i4 9, the same numbers", self.differ(self.world, changed))
        self.same(self.world, changed, "--tolerance", "1e-12")

    def test_what_only_one_has(self):
        def change(f):
            del f["macro"]
            f["note"] = [1.0, 2.0]
            f.attrs["title"] = "as of today"
            f.attrs["horizon_year"] = 2030
        outcome = self.outcome(self.world, self.changed_world(change))
        kinds = {one["path"]: (one["kind"], one["first"], one["second"]) for one in outcome["differences"]}
        self.assertEqual(kinds["/macro/gdp"], ("only_first", "<f8 3x2", None))
        self.assertEqual(kinds["/note"], ("only_second", None, "<f8 2"))
        self.assertEqual(outcome["attributes"], [
            {"path": "/", "name": "horizon_year", "first": "2028", "second": "2030"},
            {"path": "/", "name": "title", "first": "", "second": '"as of today"'}])
        self.assertEqual(outcome["other"], ["/macro (group) is only in the first file"])

    def test_texts_and_extents(self):
        def change(f):
            f["country/name"][1] = "Laos"
            rates = f["tariff/line_rate"][()]
            del f["tariff/line_rate"]
            f["tariff/line_rate"] = rates[:-1]
        said = self.differ(self.world, self.changed_world(change))
        self.assertIn("1 of 3 texts", self.line(said, "/country/name"))
        self.assertIn("second: Laos", said)
        self.assertIn("<f8 10 and <f8 9", self.line(said, "/tariff/line_rate"))

    def test_top(self):
        def change(f):
            for name in ("gdp", "population"):
                f["macro/" + name][0, 0] = 7
        said = self.differ(self.world, self.changed_world(change), "--top", "1")
        self.assertIn("/macro/gdp", said)
        self.assertNotIn("/macro/population", said)
        self.assertIn("and 1 more dataset", said)


class Results(Compare):
    def changed_result(self, change):
        return self.solved("b.h5", world=self.changed_world(change))

    def test_which_factor_moved_whom(self):
        def change(f):
            f["macro/population"][cli.CHN, 1] = 1.2  # of 0.99; GDP stays, so that income per head falls
        outcome = self.outcome(self.solved("a.h5"), self.changed_result(change))
        self.assertEqual(outcome["format"], "potentia-result")
        markets = outcome["movers"]["markets"]["movers"]
        self.assertEqual([one["code"] for one in markets], ["CHN"])
        china = markets[0]
        parts = china["parts"]
        # D = m P (G / P)^ε with ε 0.8 and 1.2: ln D moves by 0.2 and -0.2 times ln(1.2 / 0.99).
        self.assertGreater(parts["population"], 0)
        self.assertLess(parts["income"], 0)
        self.assertEqual(parts["imports"], 0)
        self.assertAlmostEqual(sum(parts.values()), china["change"]["potential"], delta=1e-3)
        self.assertAlmostEqual(parts["population"] + parts["income"], china["change"]["potential"], delta=1)
        self.assertEqual([one["code"] for one in outcome["movers"]["exporters"]["movers"]], ["LAO", "THA"][::-1])

        cells = outcome["cells"]
        self.assertEqual((cells["only_first"], cells["only_second"]), (0, 0))
        potential = next(one for one in cells["columns"] if one["name"] == "potential")
        self.assertEqual(potential["differing"], 4)  # Laos' and Thailand's two each to China
        self.assertIn("THA>CHN", potential["at"])
        self.assertFalse([one for one in outcome["differences"] if one["path"].startswith("/cells")])

    def test_numbers_are_those_of_the_files(self):
        a, b = self.solved("a.h5"), self.changed_result(lambda f: f["distance"].write_direct(np.full((3, 3), 700.0)))
        outcome = self.outcome(a, b)
        found = next(one for one in outcome["differences"] if one["path"] == "/pair/potential")
        with h5py.File(a) as first, h5py.File(b) as second:
            x, y = first["pair/potential"][()], second["pair/potential"][()]
            names = [name.decode() for name in first["exporter"][()]]
        self.assertEqual(found["differing"], np.count_nonzero(x != y))
        i, j = np.unravel_index(np.argmax(abs(x - y)), x.shape)
        largest = found["largest_absolute"]
        self.assertEqual(largest["at"], f"{names[i]}>{names[j]}")
        self.assertEqual((largest["first"], largest["second"], largest["difference"]), (x[i, j], y[i, j], abs(x - y)[i, j]))
        with np.errstate(invalid="ignore"):
            relative = np.nan_to_num(abs(x - y) / np.maximum(x, y))
        self.assertEqual(found["largest_relative"]["difference"], relative.max())
        moved = outcome["movers"]["exporters"]["movers"][0]
        row = names.index(moved["code"])
        self.assertAlmostEqual(moved["after"]["potential"], y[row].sum(), delta=1e-6)
        self.assertEqual(max(moved["parts"], key=lambda part: abs(moved["parts"][part])), "access_and_fit")

    def test_settings(self):
        settings = self.path("s.toml")
        settings.write_text('[method]\nease = "calibrated"\n')
        said = self.differ(self.solved("a.h5"), self.solved("b.h5", "--settings", settings))
        self.assertIn('first:  ease = "trade_share"', said)
        self.assertIn('second: ease = "calibrated"', said)
        self.assertRegex(said, r"LAO +Lao People.*ease of trade \+")
        self.assertIn("what moved:", said)

    def test_listed_cells_are_matched(self):
        settings = self.path("s.toml")
        settings.write_text("[cells]\ntop = 1\n")
        outcome = self.outcome(self.solved("a.h5"), self.solved("b.h5", "--settings", settings))
        with h5py.File(self.path("a.h5")) as all_cells, h5py.File(self.path("b.h5")) as first_cells:
            listed, kept = (len(f["cells/market"]) for f in (all_cells, first_cells))
        self.assertGreater(listed, kept)
        cells = outcome["cells"]
        self.assertEqual((cells["in_both"], cells["only_first"], cells["only_second"]), (kept, listed - kept, 0))
        self.assertEqual(cells["columns"], [])  # what both list is the same
        self.assertEqual(len(cells["named_first"]), min(5, listed - kept))
        self.assertIsNone(outcome["movers"])  # no sum differs

    def test_another_selection(self):
        said = self.differ(self.solved("a.h5"), self.solved("b.h5", "--exporters", "LAO"))
        self.assertIn("exporters only in the first result: CHN, THA", said)
        self.assertIn("<f8 3x3 and <f8 1x3", said)

    def test_dense_cubes(self):
        one = self.solved("a.h5", "--dense", "potential")
        self.same(one, self.solved("a2.h5", "--dense", "potential"), "--full")

        def change(f):
            f["distance"][cli.LAO, cli.CHN] = 4000
        two = self.solved("b.h5", "--dense", "potential", world=self.changed_world(change))
        outcome = self.outcome(one, two)
        cube = next(one for one in outcome["differences"] if one["path"] == "/dense/potential")
        self.assertRegex(cube["largest_absolute"]["at"], r"^[A-Z]{3}>[A-Z]{3} \d{6}$")


class Complaints(Compare):
    def test_two_kinds(self):
        self.fails(3, ["potentia-world", "potentia-result", "two files of one kind"],
                   "compare", self.solved("a.h5"), self.world)

    def test_no_such_file(self):
        self.fails(3, "nowhere.h5", "compare", self.world, self.path("nowhere.h5"))

    def test_another_file(self):
        with h5py.File(self.path("other.h5"), "w") as f:
            f["x"] = 1
        self.fails(3, "not a file of potentia", "compare", self.path("other.h5"), self.path("other.h5"))

    def test_flags(self):
        self.fails(2, "--tolerance", "compare", self.world, self.world, "--tolerance", "-1")
        self.fails(2, "--format", "compare", self.world, self.world, "--format", "xml")


if __name__ == "__main__":
    cli.main()
