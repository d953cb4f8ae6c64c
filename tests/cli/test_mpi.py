"""Ranks of MPI: the bytes of one process, one output, no hang. Skipped where mpirun or the program's MPI is missing."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import h5py

import cli
from ranks import LAUNCH, mpirun, run, skip_without_mpi
from test_disk_full import mounter


class Mpi(cli.Case):
    @classmethod
    def setUpClass(cls):
        skip_without_mpi()
        cls.home = cls.shared_folder()
        cls.world, cls.serial = cls.home / "world.h5", cls.home / "serial.h5"
        for command in (["synth", "-o", cls.world, "--countries", 60, "--products", 3000, "--years", 2],
                        ["solve", cls.world, "-o", cls.serial]):
            done = cli.potentia(*command)
            assert done.returncode == 0, done.stderr

    def setUp(self):
        super().setUp()
        self.out = self.folder / "out.h5"

    def by_ranks(self, ranks, world, *flags):
        done = run(mpirun(ranks, "solve", world, "-o", self.out, *flags))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def check(self, world, *flags, ranks=(2, 3)):
        serial = self.folder / "serial.h5"
        self.succeeds("solve", world, "-o", serial, *flags)
        for number in ranks:
            with self.subTest(ranks=number, flags=flags):
                self.by_ranks(number, world, *flags)
                self.same_contents(serial, self.out)

    def test_ranks_give_the_bytes_of_one_process(self):
        for ranks in (1, 2, 3, 4, 8):
            with self.subTest(ranks=ranks):
                done = self.by_ranks(ranks, self.world)
                self.same_contents(self.serial, self.out)
                self.assertEqual(done.stderr.count("actual exports"), 1)  # one of them talks
                self.assertEqual([path.name for path in self.folder.iterdir()], ["out.h5"])

    def test_chosen_countries_and_settings(self):
        settings = self.folder / "settings.toml"
        settings.write_text('[method]\nease = "calibrated"\n[cells]\ntop = 20\n')
        for flags in (["--exporters", "LAO,CHN"], ["--markets", "CHN"], ["--settings", settings]):
            self.check(self.world, *flags, ranks=(3,))

    def test_one_sector_runs_over_all_ranks(self):
        one_sector = self.folder / "one.h5"
        shutil.copy(self.world, one_sector)
        with h5py.File(one_sector, "r+") as f:
            cli.forget_digest(f)
            del f["sector"], f["product/sector"]
        self.check(one_sector, ranks=(2, 5))

    def test_a_world_made_by_hand(self):
        # Contiguous datasets, no fingerprints; and more ranks than segments.
        self.check(cli.write_worked_example(self.folder / "worked.h5"), ranks=(2, 4))

    def test_products_whose_flows_are_all_zero_take_no_part(self):
        world = self.folder / "zeros.h5"
        shutil.copy(self.world, world)
        with h5py.File(world, "r+") as f:
            cli.forget_digest(f)
            for year in f["trade"].values():
                offset = year["product_offset"][:]
                value = year["value"][:]
                for product in range(0, len(offset) - 1, 7):
                    value[offset[product]:offset[product + 1]] = 0
                year["value"][:] = value
        self.check(world)

    def test_a_changed_number_is_noticed_whoever_reads_it(self):
        damaged = self.folder / "damaged.h5"
        for share in (0.1, 0.9):
            shutil.copy(self.world, damaged)
            with h5py.File(damaged, "r+") as f:
                values = f["trade"][max(f["trade"])]["value"]
                values[int(share * len(values))] += 1
            done = run(mpirun(2, "solve", damaged, "-o", self.out))
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn("holds other values than were written", done.stderr)
            self.assertFalse(self.out.exists())

    def test_what_all_ranks_complain_of_is_said_once(self):
        done = run(mpirun(3, "solve", self.folder / "none.h5", "-o", self.out))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(done.stderr.count("potentia: error: "), 1, done.stderr)
        for flags in (["--shard", "1/2"], ["--dense", "potential"]):
            self.assertEqual(run(mpirun(2, "solve", self.world, "-o", self.out, *flags)).returncode, 2)

    def ranks_of(self, launcher):
        """Process ids of the program's ranks under a launcher."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                stat = (entry / "stat").read_text() if entry.name.isdigit() else ""
                if stat and int(stat.rsplit(")", 1)[1].split()[1]) == launcher and "(potentia)" in stat:
                    found.append(int(entry.name))
            except (OSError, IndexError, ValueError):
                continue
        return found

    def start(self, ranks, *arguments):
        return subprocess.Popen(mpirun(ranks, *arguments), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True, env={**os.environ, **LAUNCH})

    @staticmethod
    def wait_for_a_file(process, folder):
        while process.poll() is None and not (folder.exists() and list(folder.iterdir())):
            time.sleep(0.002)

    def test_a_killed_rank_ends_the_job(self):
        # At a moment when the ranks are at work: a launcher whose processes die while they start or end may wait for ever.
        killed = 0
        for attempt in range(12):
            kept = self.folder / f"kept{attempt}"
            process = self.start(2, "solve", self.world, "-o", self.out, "--checkpoint", kept, "--every", "0.01")
            self.wait_for_a_file(process, kept)
            ranks = self.ranks_of(process.pid)
            if len(ranks) == 2:
                os.kill(ranks[attempt % 2], signal.SIGKILL)
            process.communicate(timeout=60)
            if process.returncode == 0:
                self.out.unlink()
                continue  # too late
            self.assertFalse(self.out.exists())
            self.assertEqual(self.ranks_of(process.pid), [])
            killed += 1
            if killed == 3:
                return
        self.fail("no rank could be killed at work")

    def test_full_disk(self):
        prefix = mounter()
        if prefix is None:
            self.skipTest("mounting a small disk is not allowed here")
        script = 'mount -t tmpfs -o size=4m tmpfs "$1" && shift && exec "$@"'
        disk = self.folder / "disk"
        disk.mkdir()
        done = run([*prefix, "sh", "-c", script, "sh", str(disk), *mpirun(2, "solve", self.world, "-o", disk / "out.h5")])
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertIn("disk", done.stderr)

    def test_pause_and_resume(self):
        kept = self.folder / "kept"
        flags = ["solve", self.world, "-o", self.out, "--checkpoint", kept, "--every", "0.01", "--resume"]
        paused = 0
        for attempt in range(12):
            process = self.start(2, *flags)
            self.wait_for_a_file(process, kept)
            # Slurm's warning reaches all ranks through the launcher, a reclaim may reach one: the others are told.
            ranks = self.ranks_of(process.pid)
            if attempt % 2 == 0:
                process.send_signal(signal.SIGUSR1)
            elif ranks:
                os.kill(ranks[0], signal.SIGTERM)
            _, talk = process.communicate(timeout=60)
            self.assertIn(process.returncode, (0, 75), talk)
            if process.returncode == 75:
                paused += 1
                self.assertFalse(self.out.exists())
                self.assertIn("stopped on request", talk)
                done = run(mpirun(2, *flags))
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("resumed: ", done.stderr)
            self.same_contents(self.serial, self.out)
            self.out.unlink()
            self.assertFalse(kept.exists())
            if paused >= 2 and attempt >= 3:
                return
        self.assertGreaterEqual(paused, 1, "no run could be stopped before its end")

    def test_another_number_of_ranks_fits_or_is_refused(self):
        kept = self.folder / "kept"
        process = None
        for _ in range(20):
            process = self.start(2, "solve", self.world, "-o", self.out, "--checkpoint", kept, "--every", "0.01")
            self.wait_for_a_file(process, kept)
            process.send_signal(signal.SIGUSR1)
            process.communicate(timeout=60)
            if process.returncode == 75:
                break
        self.assertEqual(process.returncode, 75)
        done = run(mpirun(5, "solve", self.world, "-o", self.out, "--checkpoint", kept, "--resume"))
        if done.returncode == 0:  # what was saved happens to lie within the shares of five
            self.same_contents(self.serial, self.out)
            return
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("as many ranks", done.stderr)
        self.assertFalse(self.out.exists())


if __name__ == "__main__":
    cli.main()
