"""Shards of a solve, merged: the bytes of one run. A missing, doubled or foreign shard is named."""


import cli


class Shards(cli.Case):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.shared_folder()
        cls.world = cls.home / "world.h5"
        made = cli.potentia("synth", "-o", cls.world, "--countries", 40, "--products", 1800, "--years", 2)
        assert made.returncode == 0, made.stderr

    def shard(self, number, shards, *flags, world=None):
        path = self.folder / f"shard-{number}-{shards}{len(flags)}.h5"
        self.succeeds("solve", world or self.world, "-o", path, "--shard", f"{number}/{shards}", *flags)
        return path

    def merged(self, shards, *flags, world=None):
        parts = [self.shard(number, shards, *flags, world=world) for number in range(1, shards + 1)]
        merged = self.folder / "merged.h5"
        self.succeeds("merge", *reversed(parts), "-o", merged)
        return merged

    def serial(self, *flags, world=None):
        path = self.folder / "serial.h5"
        self.succeeds("solve", world or self.world, "-o", path, *flags)
        return path

    def test_shards_make_up_one_run(self):
        serial = self.serial()
        for shards in (1, 3, 7):
            with self.subTest(shards=shards):
                merged = self.merged(shards)
                self.same_contents(serial, merged)
                self.succeeds("validate", merged)

    def test_more_shards_than_there_is_work(self):
        world = cli.write_worked_example(self.folder / "worked.h5")
        self.same_contents(self.serial(world=world), self.merged(5, world=world))

    def test_chosen_countries_and_settings(self):
        settings = self.folder / "settings.toml"
        settings.write_text('[method]\near = 1\n')
        self.fails(3, "settings.toml:2", "solve", self.world, "-o", self.folder / "x.h5", "--settings", settings, "--shard", "1/2")
        settings.write_text('[method]\nease = "calibrated"\nweights = [1.0, 2.5]\n[cells]\ntop = 20\nthresholds = false\n')
        for flags in (["--exporters", "LAO,CHN,USA"], ["--markets", "CHN"], ["--markets", "CHN,USA", "--exporters", "LAO"],
                      ["--settings", settings]):
            with self.subTest(flags=flags):
                self.same_contents(self.serial(*flags), self.merged(3, *flags))

    def test_small_exporters_are_judged_on_all_their_products(self):
        # Few of these products reach the threshold alone: which qualify is known when all shards are there.
        world = self.folder / "thin.h5"
        self.succeeds("synth", "-o", world, "--countries", 60, "--products", 1500, "--years", 1, "--density", 0.01)
        for top in (0, 10):
            self.same_contents(self.serial("--top", top, world=world), self.merged(4, "--top", top, world=world))

    def test_missing_doubled_and_foreign_shards_are_named(self):
        one, two, three = (self.shard(number, 3) for number in (1, 2, 3))
        out = self.folder / "out.h5"
        self.fails(3, ["shards are missing: 2/3"], "merge", one, three, "-o", out)
        self.fails(3, ["shard 2/3 is there twice", two.name], "merge", one, two, two, three, "-o", out)
        foreign = self.shard(2, 3, "--exporters", "LAO")
        self.fails(3, ["of another world, of other settings or of other countries", foreign.name], "merge", one, foreign, three, "-o", out)
        other_division = self.shard(2, 4)
        self.fails(3, ["a shard of 4", other_division.name], "merge", one, other_division, three, "-o", out)
        self.fails(3, ["not a part of a result", self.world.name], "merge", one, self.world, "-o", out)
        self.fails(3, ["none.h5"], "merge", one, self.folder / "none.h5", "-o", out)
        self.fails(3, ["would replace an input"], "merge", one, two, three, "-o", two)
        self.fails(3, ["merge"], "info", one)

    def test_a_damaged_shard_is_noticed(self):
        one, two = self.shard(1, 2), self.shard(2, 2)
        import h5py
        with h5py.File(two, "r+") as f:
            f["part/potential"][0, 0] += 1.0
        self.fails(3, ["holds other values than were written", two.name], "merge", one, two, "-o", self.folder / "out.h5")

    def test_usage(self):
        out = self.folder / "out.h5"
        for wrong in ("0/3", "4/3", "3", "a/b", "1/3x", "1/100000"):
            self.fails(2, "--shard", "solve", self.world, "-o", out, "--shard", wrong)
        self.fails(2, "--dense", "solve", self.world, "-o", out, "--shard", "1/3", "--dense", "potential")


if __name__ == "__main__":
    cli.main()
