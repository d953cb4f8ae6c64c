"""Bad input to solve, validate and info: exit code 3, one line that says where, and no file left behind."""

import os
import shutil
import unittest

import h5py
import numpy as np

import cli


class BadInput(cli.Case):
    def setUp(self):
        super().setUp()
        self.world = cli.write_worked_example(self.folder / "world.h5")
        self.out = self.folder / "result.h5"

    def solve_fails(self, said, *flags, world=None):
        self.fails(3, said, "solve", world or self.world, "-o", self.out, *flags)

    def settings_fail(self, text, *said):
        path = self.folder / "s.toml"
        path.write_text(text)
        self.solve_fails(["s.toml:", *said], "--settings", path)

    def test_named_files_that_do_not_exist(self):
        missing = self.folder / "no.h5"
        for command in (["solve", missing, "-o", self.out], ["validate", missing], ["info", missing]):
            self.fails(3, "no.h5", *command)
        self.solve_fails("no.toml", "--settings", self.folder / "no.toml")
        self.fails(3, "nowhere", "solve", self.world, "-o", self.folder / "nowhere" / "r.h5")

    def test_an_output_that_is_no_file_or_an_input(self):
        self.fails(3, str(self.folder), "solve", self.world, "-o", self.folder)
        self.fails(3, "would replace an input", "solve", self.world, "-o", self.world)

    def test_settings(self):
        self.settings_fail("[method]\neaze = 1\n", ":2:1", "unknown key method.eaze", "did you mean method.ease?")
        self.settings_fail("[metod]\n", ":1:2", "did you mean method?")
        self.settings_fail("[method]\nease = \"calibrate\"\n", "did you mean \"calibrated\"?")
        self.settings_fail("[method]\nweights = [-1.0]\n", ":2:", "-1")
        self.settings_fail("[method]\nweights = [0.0]\n", "all zero")
        self.settings_fail("[method]\nweights = [nan]\n", "nan")
        self.settings_fail("[world]\nbase_years = [2023]\nhorizon_year = 2020\n", "2020", "2023")
        self.settings_fail("[cells]\ntop = -1\n", "-1")
        self.settings_fail("[method\n", "not valid TOML")

    def test_settings_that_this_world_cannot_answer(self):
        path = self.folder / "s.toml"
        for text, said in (("[world]\nhorizon_year = 2022\n", "2022"),
                           ("[world]\nbase_years = [2022]\n", "2022"),
                           ("[method]\nweights = [1.0, 2.0]\n", "weights")):
            path.write_text(text)
            self.solve_fails(said, "--settings", path)

    def test_unknown_codes_in_flags_name_the_nearest(self):
        self.solve_fails(["LOA", "--exporters", "LAO"], "--exporters", "LOA")
        self.solve_fails(["CNH", "--markets", "CHN (China)"], "--markets", "THA,CNH")

    def test_files_that_are_not_what_they_are_said_to_be(self):
        other = self.folder / "other.h5"
        other.write_text("no HDF5 at all\n" * 100)
        for command in (["solve", other, "-o", self.out], ["validate", other], ["info", other]):
            self.fails(3, "other.h5", *command)
        other.write_bytes(b"")
        self.fails(3, "other.h5", "info", other)
        self.fails(3, str(self.folder), "info", self.folder)
        whole = self.world.read_bytes()
        for part in (0.5, 0.9, 0.999):
            other.write_bytes(whole[:int(len(whole) * part)])
            self.fails(3, "other.h5", "validate", other)
            self.solve_fails("other.h5", world=other)
        with h5py.File(other, "w") as f:
            f["something"] = 1
        self.fails(3, "other.h5", "validate", other)
        self.fails(3, "other.h5", "info", other)

    def test_a_result_is_not_a_world(self):
        self.succeeds("solve", self.world, "-o", self.out)
        self.fails(3, "result.h5", "solve", self.out, "-o", self.folder / "again.h5")

    def damaged(self, change):
        path = self.folder / "damaged.h5"
        shutil.copy(self.world, path)
        with h5py.File(path, "r+") as f:
            change(f)
        return path

    def test_worlds_with_something_wrong_in_them(self):
        def replace(name, value):
            def change(f):
                del f[name]
                if value is not None:
                    f[name] = value
            return change

        def attribute(name, value):
            return lambda f: f.attrs.__setitem__(name, value)

        def outside(f):
            del f["distance"]
            f["distance"] = h5py.ExternalLink("other.h5", "/distance")

        def absurd(f):
            del f["trade/2023/value"]
            f.create_dataset("trade/2023/value", shape=(1 << 50,), dtype="f8", chunks=(1 << 16,))

        def negative(f):
            f["trade/2023/value"][0] = -1.0

        def infinite(f):
            f["trade/2023/value"][0] = np.inf

        def to_itself(f):
            f["trade/2023/exporter"][0] = f["trade/2023/market"][0]

        def duplicate(f):
            f["trade/2023/market"][1] = f["trade/2023/market"][0]
            f["trade/2023/exporter"][1] = f["trade/2023/exporter"][0]

        def zero_distance(f):
            f["distance"][0, 1] = 0.0

        def zero_sigma(f):
            f["elasticity/sigma"][0] = 0.0

        def zero_gdp(f):
            f["macro/gdp"][0, 0] = 0.0

        for change, said in (
            (attribute("version", 99), "version"),
            (attribute("horizon_year", 2020), "horizon"),
            (attribute("base_years", [2019]), "2019"),
            (replace("trade/2023/market", None), "/trade/2023/market"),
            (replace("trade/2023/product_offset", [0, 5, 8]), "/trade/2023"),
            (replace("distance", np.ones((2, 2))), "/distance"),
            (replace("country/iso3", [b"CHN", b"LAO", b"LAO"]), "/country/iso3"),
            (outside, "/distance"),
            (absurd, "/trade/2023/value"),
            (negative, "/trade/2023/value"),
            (infinite, "/trade/2023/value"),
            (to_itself, "/trade/2023"),
            (duplicate, "/trade/2023"),
            (zero_distance, "/distance"),
            (zero_sigma, "/elasticity/sigma"),
            (zero_gdp, "/macro/gdp"),
        ):
            with self.subTest(said=said, change=getattr(change, "__name__", "")):
                path = self.damaged(change)
                self.fails(3, ["damaged.h5", said], "validate", path)
                self.solve_fails(["damaged.h5", said], world=path)

    def test_damaged_results(self):
        self.succeeds("solve", self.world, "-o", self.out)
        whole = self.out.read_bytes()
        other = self.folder / "other.h5"
        other.write_bytes(whole[:len(whole) // 2])
        self.fails(3, "other.h5", "validate", other)
        for name, value in (("pair/unrealized", None), ("pair/static", np.zeros((2, 2))),
                            ("pair/unrealized", np.full((3, 3), np.nan))):
            shutil.copy(self.out, other)
            with h5py.File(other, "r+") as f:
                cli.forget_digest(f)
                del f[name]
                if value is not None:
                    f[name] = value
            self.fails(3, ["other.h5", "/" + name], "validate", other)

    def test_a_name_that_steers_the_terminal_stays_in_its_line(self):
        done = cli.potentia("info", self.folder / "a\nb\x1b[31m.h5")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertNotIn("\x1b", done.stderr)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_that_may_not_be_written(self):
        (self.folder / "closed").mkdir(mode=0o555)
        self.fails(3, "closed", "solve", self.world, "-o", self.folder / "closed" / "r.h5")


if __name__ == "__main__":
    cli.main()
