"""Every settings file for reports runs: on a made-up world, and on the real one where POTENTIA_REAL_DATA names it."""

import os
import unittest
from pathlib import Path

import cli
from drilldown import Case

CONFIGS = cli.SOURCE / "configs"
DATA = os.environ.get("POTENTIA_REAL_DATA")
MEKONG = ["KHM", "LAO", "MMR", "THA", "VNM"]
EXPECTED = {  # file -> exporter, market
    "lao-china.toml": (["LAO"], ["CHN"]),
    "lao-russia.toml": (["LAO"], ["RUS"]),
    "cambodia-lao.toml": (["KHM"], ["LAO"]),
    "china-mekong.toml": (["CHN"], MEKONG),
}


class EveryConfig(Case):
    def check_all(self, world):
        for name, (exporter, market) in EXPECTED.items():
            with self.subTest(config=name):
                report = self.drilldown(world, "--settings", CONFIGS / name)
                self.assertEqual(report.json["exporter"]["members"], exporter)
                self.assertEqual(report.json["market"]["members"], market)
        back = self.drilldown(world, "--settings", CONFIGS / "china-mekong.toml", "--exporter", "LMC", "--market", "CHN")
        self.assertEqual(back.json["exporter"]["members"], MEKONG)

    def test_none_is_forgotten(self):
        reports = {path.name for path in CONFIGS.glob("*.toml") if "\n[drilldown]" in path.read_text()}
        self.assertEqual(reports - {"default.toml"}, set(EXPECTED))

    def test_on_a_made_up_world(self):
        world = self.folder / "world.h5"
        self.succeeds("synth", "-o", world, "--countries", 60, "--products", 200, "--years", 2)
        self.check_all(world)

    @unittest.skipUnless(DATA, "POTENTIA_REAL_DATA names no folder with real data")
    def test_on_the_real_world(self):
        world = self.folder / "world.h5"
        for path in Path(DATA).resolve().iterdir():
            (self.folder / path.name).symlink_to(path)
        manifest = (Path(DATA) / "world2024-tariffs.toml").read_text()  # with tariffs and the LPI
        (self.folder / "all.toml").write_text(manifest + '\n[logistics]\nformat = "lpi"\nfile = "lpi_2010_2023.csv"\n')
        self.succeeds("import", self.folder / "all.toml", "-o", world)
        self.check_all(world)
        report = self.drilldown(world, "--exporter", "LAO", "--market", "CHN")
        ranked = report.table("opportunities", "opportunities")["product"][:40]
        self.assertIn("071410", ranked)  # cassava
        lacking = [part["id"] for part in report.json["parts"] if not any(f["table"]["rows"] for f in part["figures"])]
        self.assertEqual(lacking, [])
        russia = self.drilldown(world, "--settings", CONFIGS / "lao-russia.toml")
        self.assertTrue(russia.figures["opportunities", "opportunities"]["notice"])  # no trade to learn an ease from


if __name__ == "__main__":
    cli.main()
