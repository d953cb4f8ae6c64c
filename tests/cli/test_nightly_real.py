"""potentia nightly on real data (POTENTIA_REAL_DATA): a first night, one with nothing new, one with a new table."""

import os
import re
import shutil
import time
import unittest
from pathlib import Path

import cli
import nightly

DATA = os.environ.get("POTENTIA_REAL_DATA", "")


@unittest.skipUnless(DATA and (Path(DATA) / "world2024-tariffs.toml").exists(), "POTENTIA_REAL_DATA names no real data")
class RealNights(nightly.NightlyCase):
    def test_three_nights(self):
        def here(match):
            return f'"{Path(DATA).resolve() / match[1]}"'
        manifest = re.sub(r'"([^"/]+\.(?:csv|xz))"', here, (Path(DATA) / "world2024-tariffs.toml").read_text())
        shutil.copy(Path(DATA) / "elasticities.csv", self.folder / "elasticities.csv")
        manifest = re.sub(r'"[^"]*/elasticities\.csv"', '"elasticities.csv"', manifest)
        (self.folder / "manifest.toml").write_text(manifest)
        self.configure('[[report]]\nexporter = "LAO"\nmarket = "CHN"\n', worlds='[[world]]\nname = "base"\nmanifest = "manifest.toml"\n')
        self.nightly()
        self.assertEqual(set(self.states().values()), {"done"})
        start = time.monotonic()
        self.nightly()
        took = time.monotonic() - start
        print(f"a night with nothing new: {took:.3f} s", flush=True)
        self.assertLess(took, 0.5)
        self.assertEqual(set(self.states().values()), {"carried"})
        table = (self.folder / "elasticities.csv").read_text().splitlines()
        (self.folder / "elasticities.csv").write_text("\n".join([*table[:100], *table[101:]]) + "\n")
        done = self.nightly()
        self.assertIn("base: changed since run " + self.runs()[1].name + ": elasticities.csv\n", done.stderr)
        moves = self.record()["worlds"][0]["moves"]
        product = table[100].split(",")[0].zfill(6)
        self.assertIn(("product", product), {(move["side"], move["code"]) for move in moves})


if __name__ == "__main__":
    cli.main()
