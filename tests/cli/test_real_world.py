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

    def test_the_scenarios_that_come_along(self):
        world, out = self.folder / "world.h5", self.folder / "scenarios.h5"
        self.succeeds("import", Path(DATA) / "world2024-tariffs.toml", "-o", world)
        files = sorted((cli.SOURCE / "configs" / "scenarios").glob("*.toml"))
        self.assertEqual(len(files), 6)
        said = self.succeeds("scenario", world, *(part for path in files for part in ("--scenario", path)), "-o", out,
                             "--exporter", "LAO", "--market", "CHN").stderr
        self.assertIn("target [USD 700 million]: KHM and LAO USD thousand 700,000 in 2030", said)
        self.assertIn("this scenario changes nothing", said)  # a target alone
        self.succeeds("validate", out)
        with h5py.File(out) as file:
            names, codes = cli.texts(file["scenario/pair/scenario"]), cli.texts(file["exporter"])
            lao, china = codes.index("LAO"), codes.index("CHN")
            self.assertEqual(names, sorted(path.stem for path in files))
            products = [cli.texts(file["product"])[k] for k in file["difference/cells/product"]]
            before, change = (file[f"{part}/cells/potential"][names.index("ldc-graduation")] for part in ("baseline", "difference"))
            share = dict(zip(products, change / before.clip(1e-9)))
            # What ITC (2025) says below figure 8: bananas and manioc starch keep their margin; testliner and natural rubber
            # lose of it. Cereals lose most where Laos has nothing but the LDC scheme.
            for kept in ("080390", "110814", "071410"):
                self.assertGreater(share[kept], -0.01, kept)
            for lost in ("480525", "480524", "400129", "100590", "100630"):
                self.assertLess(share[lost], -0.15, lost)
            difference = dict(zip(names, file["difference/pair/potential"][:, lao, china]))
            self.assertLess(difference["railway-plus-graduation"], difference["china-lao-railway"])
            self.assertLess(difference["china-lao-railway"], 0)  # it is taken out
            self.assertLess(difference["china-slowdown"], 0)
            parts = [n for n, s in enumerate(file["difference/pair/instrument_scenario"]) if names[s] == "railway-plus-graduation"]
            total = sum(file["difference/pair/by_instrument"][n][lao, china] for n in parts)
            self.assertLess(abs(total / difference["railway-plus-graduation"] - 1), 1e-9)

    def test_back_test(self):
        """The reference of METHOD.md: even headings of 2017, of which only what survived is known, judged by 2024."""
        manifest = Path(DATA) / "world2017-2024.toml"
        if not manifest.exists():
            self.skipTest(f"no {manifest.name}")
        world, out = self.folder / "world.h5", self.folder / "backtest.h5"
        self.succeeds("import", manifest, "-o", world)
        self.succeeds("backtest", world, "--origin", 2017, "--outcome", 2024, "-o", out)
        with h5py.File(out) as found:
            self.assertEqual(found["new/candidates"][()], 14_074_659)
            self.assertEqual(found["new/starts"][()], 1_357_223)
            auc = dict(zip(cli.texts(found["new/predictor"]), found["new/auc"]))
            for name, expected in (("potential", 0.71606), ("products between pair", 0.72843),
                                   ("trade between pair", 0.69811), ("chance, plain", 0.82561), ("chance, rich", 0.84495)):
                self.assertAlmostEqual(auc[name], expected, delta=1e-5, msg=name)
            self.assertEqual(found["continuing/flows"][()], 3_014_032)
            self.assertAlmostEqual(found["continuing/r2"][0], 0.127, delta=5e-4)
            self.assertAlmostEqual(found["continuing/r2"][2], 0.207, delta=5e-4)
            self.assertAlmostEqual(found["continuing/coverage90"][()], 0.899, delta=5e-4)


if __name__ == "__main__":
    cli.main()
