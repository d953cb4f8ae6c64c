"""The real world of 2024, where POTENTIA_REAL_DATA names the folder that holds it: import, solve, totals."""

import os
import unittest
from pathlib import Path

import h5py

import cli

DATA = os.environ.get("POTENTIA_REAL_DATA")


@unittest.skipUnless(DATA, "POTENTIA_REAL_DATA names no folder with real data")
class RealWorld(cli.Case):
    def check(self, manifest):
        world, out = self.folder / "world.h5", self.folder / "result.h5"
        done = self.succeeds("import", Path(DATA) / manifest, "-o", world)
        self.assertIn("drop", done.stderr + done.stdout)
        self.succeeds("validate", world)
        done = self.succeeds("solve", world, "-o", out)
        for code in ("AFG", "BOL", "LBN", "LKA", "S19"):  # population unknown, and S19's GDP
            self.assertIn(code, self.whose(out))
        self.succeeds("validate", out)
        with h5py.File(out) as result:
            codes = cli.texts(result["exporter"])
            self.assertEqual((len(codes), result["product"].shape[0]), (226, 5079))
            actual = result["pair/actual"][()]
            lao, china = codes.index("LAO"), codes.index("CHN")
            self.assertLess(abs(actual.sum() / 15.02383e12 - 1), 1e-6)
            self.assertLess(abs(actual[lao].sum() / 9.404601e9 - 1), 1e-6)
            self.assertLess(abs(actual[lao, china] / 4.157020e9 - 1), 1e-6)

    def whose(self, out):
        with h5py.File(out) as result:
            notices = result["provenance/notices"]
            return " ".join(text for kind, text in zip(cli.texts(notices["kind"]), cli.texts(notices["whose"]))
                            if kind == "fill").split()

    def test_without_tariffs(self):
        self.check("world2024.toml")

    def test_with_tariffs(self):
        self.check("world2024-tariffs.toml")


if __name__ == "__main__":
    cli.main()
