"""Whom --exporters, --markets, --exporter, --market and --pair mean by what people type."""

import json

import cli
import h5py

WORLD = None  # a made-up one of 60 countries, made once


class Parties(cli.Case):
    def setUp(self):
        super().setUp()
        self.world = self.folder / "w.h5"
        global WORLD
        if WORLD is None:
            self.succeeds("synth", "-o", self.world, "--countries", 60, "--products", 60, "--years", 1)
            WORLD = self.world.read_bytes()
        self.world.write_bytes(WORLD)
        self.result = self.folder / "r.h5"

    def solved(self, *flags):
        """Exporters and markets of a restricted run."""
        self.succeeds("solve", *flags, self.world, "-o", self.result)
        with h5py.File(self.result) as f:
            return cli.texts(f["exporter"]), cli.texts(f["market"])

    def test_what_solve_takes(self):
        for exporters, found in ((["LAO,KHM"], ["KHM", "LAO"]), (["lao, khm"], ["KHM", "LAO"]), (["lao,", "khm"], ["KHM", "LAO"]),
                                 (["LAO", ",KHM"], ["KHM", "LAO"]), (["Laos, Viet Nam"], ["LAO", "VNM"]), (["TWN"], ["S19"]),
                                 (["Korea, Rep."], ["KOR"]), (["LMC"], ["KHM", "LAO", "MMR", "THA", "VNM"])):
            self.assertEqual(self.solved("--exporters", *exporters, "--markets", "china")[0], found, exporters)
        self.assertEqual(self.solved("--exporters", "lao", "--markets", "EU"), self.solved("--exporters", "LAO", "--markets", "EU27"))
        self.assertIn("DEU", self.solved("--exporters=LAO,", "CHN", "--markets", "EU")[1])
        self.assertEqual(self.solved("--exporters", "LAO", "--exporters", "KHM")[0], ["KHM", "LAO"])

    def test_lists_of_columns_may_have_blanks_too(self):
        self.solved("--exporters", "LAO", "--dense", "potential,", "unrealized")
        with h5py.File(self.result) as f:
            self.assertLessEqual({"potential", "unrealized"}, set(f["dense"]))

    def test_everyone_is_a_full_run(self):
        self.solved()
        self.result.rename(self.folder / "full.h5")
        self.solved("--exporters", "world", "--markets", "All")
        self.same_contents(self.folder / "full.h5", self.result)

    def test_groups_of_ones_own(self):
        (self.folder / "g.toml").write_text('[Mine]\nmembers = ["LAO", "TWN"]\n')
        (self.folder / "s.toml").write_text('[drilldown]\ngroups = "g.toml"\n')
        for flags in (("--groups", self.folder / "g.toml"), ("--settings", self.folder / "s.toml")):
            self.assertEqual(self.solved("--exporters", "mine", *flags)[0], ["LAO", "S19"])
        self.solved()
        done = self.succeeds("info", self.result, "--pair", "mine,CHN", "--groups", self.folder / "g.toml")
        self.assertIn("\nMine to CHN\n", done.stdout)

    def test_members_that_the_world_lacks_are_said(self):
        done = self.succeeds("solve", self.world, "-o", self.result, "--exporters", "asean")
        self.assertRegex(done.stderr, r"members of ASEAN that are no country of the world \[.*TLS")

    def test_every_command_refuses_alike(self):
        self.solved()
        groups = "give ISO3 codes, names of countries, or groups: ASEAN, EAEU, EU27, LDC, LLDC, LMC, RCEP, world"
        for word, said in (("LIE", "LIE (Liechtenstein) is counted with CHE"), ("LIE", "; ask for CHE"), ("Liechtenstein", "ask for CHE"),
                           ("LOA", "did you mean LAO (Lao PDR)?"), ("XQZ", groups), ("Foobarland", groups), ("XX", groups)):
            for flag, command in (("--exporters", ("solve", self.world, "-o", self.folder / "o.h5", "--exporters", f"CHN, {word}")),
                                  ("--markets", ("solve", self.world, "-o", self.folder / "o.h5", "--markets", word)),
                                  ("--market", ("drilldown", self.world, "-o", self.folder / "o", "--exporter", "LAO", "--market", word)),
                                  ("--pair", ("info", self.result, "--pair", f"{word},CHN"))):
                self.fails(3, [said, f"({flag})"], *command)

    def test_drilldown(self):
        for exporter, market in ((["lao,", "Cambodia"], ["eu"]), (["KHM,LAO"], ["European Union"])):
            self.succeeds("drilldown", "--exporter", *exporter, self.world, "--market", *market, "-o", self.folder / "out")
            report = json.loads((self.folder / "out" / "report.json").read_text())
            self.assertEqual({"+".join(sorted(report["exporter"]["code"].split("+"))), report["market"]["code"]}, {"KHM+LAO", "EU27"})

    def test_a_pair_of_a_result(self):
        self.solved()
        alone = self.succeeds("info", self.result, "--pair", "LAO,CHN").stdout
        for pair in (["lao,", "china"], ["Laos , CHN"], ["LAO", "--pair", "CHN"]):
            self.assertEqual(self.succeeds("info", "--pair", *pair, self.result).stdout, alone)

        def actual(*pair):
            text = self.succeeds("info", self.result, "--pair", *pair).stdout
            return float(text.split(" to CHN\n")[1].split("actual exports")[1].split()[0].replace(",", ""))

        both = actual("LAO,THA", "--pair", "CHN")
        self.assertAlmostEqual(both, actual("LAO,CHN") + actual("THA,CHN"), delta=0.15)
        self.assertGreater(both, actual("LAO,CHN"))
        for pair in (("LAO",), ("LAO,CHN,THA",)):
            self.fails(2, "--pair takes an exporter and a market", "info", self.result, "--pair", *pair)


if __name__ == "__main__":
    cli.main()
