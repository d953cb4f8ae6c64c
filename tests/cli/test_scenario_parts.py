"""Lists of scenarios by ranks, in shards and with checkpoints: the bytes of one process, whatever ends it in between."""

import os
import shutil
import signal

import h5py
import numpy as np

import cli
from ranks import LAUNCH, mpirun, run, skip_without_mpi

FAST = ("--every", "0")


def number(value, unit):
    return f'{{ value = {value}, unit = "{unit}", source = "test" }}'


def texts(codes):
    """Instruments of every kind: of few markets, of all, on the baseline's side, of few products, and targets."""
    one, two, three = codes
    return {
        "cut": f'[[cost]]\nexporters = "{one}"\nmarkets = "{two}"\nfreight = {number(-6, "per cent")}\n',
        "slow": f'[[gdp]]\ncountries = "{two}"\nscale = {number(0.9, "factor")}\n'
                f'[[ease]]\nmarkets = "{two}"\nscale = {number(1.2, "factor")}\n',
        "elastic": f'[[income_elasticity]]\nmarkets = "{three}"\nproducts = ["0"]\nscale = {number(1.3, "factor")}\n',
        "sides": f'[[cost]]\nside = "baseline"\nexporters = "{two}"\nmarkets = "{one}"\nfreight = {number(4, "per cent")}\n'
                 f'[[cost]]\nname = "other"\nmarkets = ["{one}", "{three}"]\nproducts = ["1", "2", "8"]\nfreight = {number(9, "per cent")}\n',
        "sigma": f'[[sigma]]\nproducts = ["2"]\nscale = {number(1.1, "factor")}\n',
        "target": f'[[target]]\nexporters = "{one}"\nmarkets = "{two}"\ntwo_way = true\nyear = 2027\nvalue = {number(900, "USD million")}\n'
                  f'[[distance]]\nexporters = "{one}"\nmarkets = "{two}"\nscale = {number(0.8, "factor")}\n',
        "nothing": "",
    }


class Parts(cli.Case):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.shared_folder()
        cls.world, cls.serial = cls.home / "world.h5", cls.home / "serial.h5"
        made = cli.potentia("synth", "-o", cls.world, "--countries", 14, "--products", 800, "--years", 2)
        assert made.returncode == 0, made.stderr
        with h5py.File(cls.world, "r+") as f:
            cls.codes = [code.decode() for code in f["country/iso3"][[3, 7, 11]]]
            cli.forget_digest(f)
            f["product/sector"][...] = np.arange(800) > 420  # two segments each, so that shares begin inside a sector
        cls.flags = ["--exporter", f"{cls.codes[0]},{cls.codes[1]}", "--full"]
        for name, text in texts(cls.codes).items():
            path = cls.home / f"{name}.toml"
            path.write_text(f'name = "{name}"\n{text}')
            cls.flags += ["--scenario", path]
        done = cli.potentia("scenario", cls.world, "-o", cls.serial, *cls.flags)
        assert done.returncode == 0, done.stderr
        cls.expected = cli.digest(cls.serial)

    def setUp(self):
        super().setUp()
        self.out, self.kept = self.folder / "out.h5", self.folder / "kept"

    def arguments(self, *more, world=None, flags=None):
        return ["scenario", world or self.world, "-o", self.out, *(flags or self.flags), *more]

    def is_expected(self, path=None):
        self.assertEqual(cli.digest(path or self.out), self.expected)

    def files(self):
        return sorted(self.kept.glob("scenarios-*.h5")) if self.kept.exists() else []

    def own_tariffs(self):
        """A world in which a scenario lays tariffs of its own under baseline and scenario, and one that does not."""
        import test_scenario
        world = cli.write_worked_example(self.folder / "worked.h5")
        bare = self.folder / "bare.h5"
        shutil.copy(world, bare)
        with h5py.File(bare, "r+") as file:
            del file["tariff"]
        (self.folder / "r.csv").write_text("market,regime,hs6,rate\nCHN,MFN,071410,0.08\nCHN,MFN,400121,0.2\nCHN,LDC,071410,0\nCHN,LDC,400121,0\n")
        (self.folder / "m.csv").write_text("market,regime,exporter,first_year,last_year\nCHN,LDC,LAO,,\n")
        own = '[tariffs]\nrates = "r.csv"\nmembers = "m.csv"\nsource = "test"\n'
        flags = ["--exporter", "LAO", "--full"]
        for name, text in (("a", own + test_scenario.END), ("b", f'[[gdp]]\ncountries = "CHN"\nscale = {number(1.1, "factor")}\n')):
            (self.folder / f"{name}.toml").write_text(f'name = "{name}"\n{text}')
            flags += ["--scenario", self.folder / f"{name}.toml"]
        serial = self.folder / "serial.h5"
        self.succeeds("scenario", bare, "-o", serial, *flags)
        return bare, flags, serial


class Shards(Parts):
    def shards(self, count, world=None, flags=None, more=()):
        paths = []
        for shard in range(1, count + 1):
            self.succeeds(*self.arguments("--shard", f"{shard}/{count}", *more, world=world, flags=flags))
            paths.append(self.out.rename(self.folder / f"shard-{shard}-{count}.h5"))
        return paths

    def test_shards_make_up_one_run(self):
        self.succeeds("validate", self.serial)
        for count in (1, 3):
            with self.subTest(shards=count):
                said = self.succeeds("merge", *reversed(self.shards(count)), "-o", self.out).stderr
                self.assertIn(f"7 scenarios from {count} shards", said)
                self.is_expected()
                self.same_contents(self.serial, self.out)

    def test_tariffs_of_their_own_and_more_shards_than_work(self):
        world, flags, serial = self.own_tariffs()
        self.succeeds("merge", *self.shards(4, world, flags), "-o", self.out)
        self.same_contents(serial, self.out)

    def test_missing_doubled_foreign_and_damaged_shards(self):
        few, fewer = self.flags[:9], self.flags[:7]  # three scenarios, and a list that lacks one of them
        one, two = self.shards(2, flags=few)
        self.fails(3, ["shards are missing: 2/2", one.name], "merge", one, "-o", self.out)
        self.fails(3, ["shard 1/2 is there twice", one.name], "merge", one, one, two, "-o", self.out)
        other = self.shards(2, flags=fewer)[1].rename(self.folder / "other.h5")
        one, two = self.shards(2, flags=few)
        self.fails(3, ["a shard of another world", "other.h5"], "merge", one, other, "-o", self.out)
        third = self.shards(3, flags=few)[2]
        self.fails(3, ["a shard of 3", third.name], "merge", one, third, "-o", self.out)
        self.fails(3, ["is no part of a list of scenarios", "serial.h5"], "merge", one, self.serial, "-o", self.out)
        whole = shutil.copy(two, self.folder / "whole.h5")
        with h5py.File(two, "r+") as f:
            last = max(f["parts"])
            f[f"parts/{last}"][1000] ^= 1
        self.fails(3, [f"parts/{last}"], "merge", one, two, "-o", self.out)
        with h5py.File(one, "r+") as f:
            cli.forget_digest(f)
            f["parts/00000"][:8] = 255  # a length beyond all bounds
        self.fails(3, ["is not what was written", one.name], "merge", one, whole, "-o", self.out)

    def test_usage(self):
        self.fails(2, "--shard 4/3 is no share", *self.arguments("--shard", "4/3"))
        self.fails(2, "a shard has no tables to show", *self.arguments("--shard", "1/2", "--csv", self.folder / "csv"))
        self.fails(2, "--resume needs to know from where", *self.arguments("--resume"))


class Ranks(Parts):
    @classmethod
    def setUpClass(cls):
        skip_without_mpi()
        super().setUpClass()

    def test_ranks_give_the_bytes_of_one_process(self):
        for ranks in (2, 3):
            with self.subTest(ranks=ranks):
                done = run(mpirun(ranks, *self.arguments()))
                self.assertEqual(done.returncode, 0, done.stderr)
                self.is_expected()
                self.assertEqual(done.stderr.count("scenario cut"), 1)  # one of them talks
                self.assertEqual([path.name for path in self.folder.iterdir()], ["out.h5"])

    def test_tariffs_of_their_own_and_more_ranks_than_work(self):
        world, flags, serial = self.own_tariffs()
        done = run(mpirun(3, *self.arguments(world=world, flags=flags)))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.same_contents(serial, self.out)

    def test_errors_are_told_once(self):
        bad = self.folder / "bad.toml"
        bad.write_text('name = "bad"\n[[ease]]\nmarkets = "XXX"\nscale = { value = 1.1, unit = "factor", source = "t" }\n')
        done = run(mpirun(2, *self.arguments("--scenario", bad)))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(done.stderr.count("potentia: error: "), 1, done.stderr)
        self.assertFalse(self.out.exists())
        done = run(mpirun(2, *self.arguments("--shard", "1/2")))
        self.assertEqual(done.returncode, 2, done.stderr)

    def test_ranks_stopped_and_resumed(self):
        command = self.arguments("--checkpoint", self.kept, *FAST)
        code, talk = cli.stop(cli.start(mpirun(2, *command), LAUNCH), signal.SIGUSR1, self.files)  # mpirun hands it on
        self.assertIn(code, (0, 75), talk)
        if code != 0:
            self.assertFalse(self.out.exists())
            self.assertTrue(any(self.kept.iterdir()), talk)
            done = run(mpirun(2, *command, "--resume"))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("resumed: ", done.stderr)
        self.is_expected()
        self.assertFalse(self.kept.exists())


class Checkpoint(Parts):
    def command(self, *more):
        return self.arguments("--checkpoint", self.kept, *FAST, *more)

    def stopped(self, number, after, *more):
        """Sends the signal once so many files are there. @return exit code and talk"""
        return cli.stop(cli.start([cli.BINARY, *self.command(*more)]), number, lambda: len(self.files()) >= after)

    def resumed(self):
        done = self.succeeds(*self.command("--resume"))
        self.is_expected()
        self.assertFalse(self.kept.exists())
        return done.stderr

    def test_undisturbed(self):
        self.succeeds(*self.command())
        self.is_expected()
        self.assertFalse(self.kept.exists())
        self.assertIn("out.h5", self.resumed())  # nothing to resume: from the beginning

    def test_killed_and_terminated(self):
        told = 0
        for after in (1, 4):
            for signal_number, codes in ((signal.SIGKILL, (-signal.SIGKILL, 0)), (signal.SIGTERM, (75, 0))):
                with self.subTest(after=after, signal=signal_number):
                    self.out.unlink(missing_ok=True)
                    code, talk = self.stopped(signal_number, after)
                    self.assertIn(code, codes, talk)
                    if code == 0:
                        continue
                    self.assertFalse(self.out.exists())
                    self.assertGreaterEqual(len(self.files()), after)
                    if signal_number == signal.SIGTERM:
                        self.assertIn("potentia: error: stopped on request", talk)
                        self.assertIn("--resume", talk)
                    told += "of 7 scenarios are done" in self.resumed()
        self.assertGreater(told, 1)

    def test_a_shard_with_a_checkpoint(self):
        code, _ = self.stopped(signal.SIGKILL, 2, "--shard", "1/2")
        if code != 0:
            self.succeeds(*self.command("--resume", "--shard", "1/2"))
        first = self.out.rename(self.folder / "first.h5")
        self.succeeds(*self.command("--shard", "2/2"))
        self.succeeds("merge", first, self.out, "-o", self.folder / "merged.h5")
        self.is_expected(self.folder / "merged.h5")

    def test_what_is_there_is_not_taken_for_something_else(self):
        code, talk = self.stopped(signal.SIGKILL, 3)
        self.assertNotEqual(code, 0, talk)
        self.fails(3, ["a checkpoint is there already", "scenarios-"], *self.command())
        other = self.arguments("--checkpoint", self.kept, "--resume", flags=self.flags[:-2])
        self.fails(3, ["a checkpoint of another world, of other scenarios"], *other)
        self.fails(3, ["a checkpoint of other shares"], *self.command("--resume", "--shard", "1/2"))
        kept = self.files()[0]
        shutil.copy(kept, self.folder / "whole.h5")
        with h5py.File(kept, "r+") as f:
            next(iter(f["parts"].values()))[5000] ^= 1
        self.fails(3, ["holds other values than were written", kept.name], *self.command("--resume"))
        os.replace(self.folder / "whole.h5", kept)
        self.resumed()


if __name__ == "__main__":
    cli.main()
