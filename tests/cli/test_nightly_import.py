"""potentia nightly from manifests: an import for each, done again where one of its files is another."""

import os

import cli
import nightly
import test_import


class NightlyImport(nightly.NightlyCase, test_import.ImportCase):
    def setUp(self):
        super().setUp()
        self.configure('[[world]]\nname = "twin"\nmanifest = "manifest.toml"\nsettings = "s.toml"\n[[report]]\nworld = "base"\nexporter = "LAO"\nmarket = "CHN"\n',
                       worlds='[[world]]\nname = "base"\nmanifest = "manifest.toml"\n')
        self.put("s.toml", "[cells]\ntop = 1\n")
        self.put("readme.txt", "no manifest names this file\n")

    def test_worlds_of_one_manifest_share_its_import(self):
        self.nightly()
        self.assertEqual(set(self.states().values()), {"done"})
        self.assertEqual([name for name in self.states() if name.startswith("import")], ["import base"])
        self.run_import(output=self.folder / "by-hand.h5")
        self.same_contents(self.out / "latest/worlds/base.h5", self.folder / "by-hand.h5")
        inputs = {os.path.basename(entry["path"]): entry for entry in self.record()["steps"][0]["inputs"]}
        self.assertEqual(sorted(inputs), ["BACI_HS17_Y2023.csv", "country_codes.csv", "dist.csv", "macro.csv", "manifest.toml", "members.csv",
                                          "product_codes.csv", "rates.csv", "sigma.csv"])
        self.assertEqual(inputs["dist.csv"]["bytes"], (self.folder / "dist.csv").stat().st_size)

    def test_a_changed_file_is_imported_and_all_that_follows_is_done(self):
        self.nightly()
        self.put("readme.txt", "still nobody's\n")
        self.nightly()
        self.assertEqual(set(self.states().values()), {"carried"})
        self.put("dist.csv", (self.folder / "dist.csv").read_text().replace("2500", "2600"))
        done = self.nightly()
        self.assertEqual(set(self.states().values()), {"done"})
        self.assertIn(f"twin: changed since run {self.runs()[-2].name}: dist.csv\n", done.stderr)
        # A file more that the pattern matches is a change too; here one that is not right.
        self.put("BACI_HS17_Y2022.csv", "t,i,j,k,v,q\nnonsense\n")
        done = self.nightly(10)
        self.assertIn("import base failed with exit code 3: ", done.stderr)
        self.assertIn("BACI_HS17_Y2022.csv", done.stderr)
        self.assertEqual({state for name, state in self.states().items() if not name.startswith("import")}, {"not_run"})

    def test_a_format_of_ones_own_is_a_file_that_matters(self):
        own = 'role = "tariffs"\n[columns]\nmarket = "market"\nproduct = "hs6"\nrate = "rate"\nregime = "regime"\n'
        self.put("mine.toml", own)
        self.put("manifest.toml", (self.folder / "manifest.toml").read_text().replace("[tariffs]", '[tariffs]\nformat = "mine.toml"'))
        self.nightly()
        self.assertIn("mine.toml", [os.path.basename(entry["path"]) for entry in self.record()["steps"][0]["inputs"]])
        self.put("mine.toml", own + "# another\n")
        self.nightly()
        self.assertEqual(self.states()["import base"], "done")

    def test_an_import_that_makes_the_same_world_ends_there(self):
        self.nightly()
        self.config.write_text(self.config.read_text().replace('manifest = "manifest.toml"', 'manifest = "manifest.toml"\nlenient = "all"'))
        self.nightly()
        self.assertEqual(self.states(), {"import base": "done", "solve base": "carried", "solve twin": "carried", "report base/lao-chn": "carried"})

    def test_a_missing_file_fails_its_world_alone(self):
        (self.folder / "other").mkdir()
        for path in self.folder.glob("*.csv"):
            (self.folder / "other" / path.name).write_bytes(path.read_bytes())
        self.put("other/manifest.toml", (self.folder / "manifest.toml").read_text())
        (self.folder / "other/macro.csv").unlink()
        self.configure('[[world]]\nname = "other"\nmanifest = "other/manifest.toml"\n', worlds='[[world]]\nname = "base"\nmanifest = "manifest.toml"\n')
        done = self.nightly(10)
        self.assertEqual(self.states(), {"import base": "done", "import other": "failed", "solve base": "done", "solve other": "not_run"})
        self.assertIn("no such file: ", done.stderr)
        self.assertIn("macro.csv", done.stderr)

    def test_lenient_is_part_of_what_an_import_is(self):
        self.put("BACI_HS17_Y2023.csv", (self.folder / "BACI_HS17_Y2023.csv").read_text() + "2023,999,156,71410,5,NA\n")
        self.nightly(10)
        self.configure(worlds='[[world]]\nname = "base"\nmanifest = "manifest.toml"\nlenient = ["unknown_code"]\n', text="[alarm]\ndrops = 0\n")
        self.nightly()
        self.assertEqual(self.record()["worlds"][0]["drops"], 1)
        self.put("BACI_HS17_Y2023.csv", (self.folder / "BACI_HS17_Y2023.csv").read_text() + "2023,998,156,71410,5,NA\n")
        self.assertIn("base: 2 dropped rows, 1 more than before, above 0", self.nightly(10).stderr)


if __name__ == "__main__":
    cli.main()
