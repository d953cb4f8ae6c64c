"""Checkpoints: whatever ends a solve, resuming it gives the bytes of an undisturbed run."""

import os
import random
import signal
import subprocess
import time

import cli
from test_disk_full import mounter

FAST = ("--every", "0.01")
MOMENTS = int(os.environ.get("POTENTIA_MOMENTS", 7))  # in the life of a run at which each signal comes; more where time is no matter


class Checkpoint(cli.Case):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.shared_folder()
        cls.world, cls.serial = cls.home / "world.h5", cls.home / "serial.h5"
        for command in (["synth", "-o", cls.world, "--countries", 100, "--products", 3000, "--years", 1],
                        ["solve", cls.world, "-o", cls.serial]):
            done = cli.potentia(*command)
            assert done.returncode == 0, done.stderr
        start = time.monotonic()
        assert cli.potentia("solve", cls.world, "-o", cls.home / "again.h5").returncode == 0
        cls.seconds = time.monotonic() - start
        cls.expected = cli.digest(cls.serial)

    def setUp(self):
        super().setUp()
        self.out, self.kept = self.folder / "out.h5", self.folder / "kept"

    def command(self, *flags):
        return [cli.BINARY, "solve", self.world, "-o", self.out, "--checkpoint", self.kept, *FAST, *flags]

    def start(self, *flags):
        return cli.start(self.command(*flags))

    def finish(self):
        done = self.succeeds(*self.command("--resume")[1:])
        self.assertEqual(cli.digest(self.out), self.expected)
        self.assertFalse(self.kept.exists())
        return done

    def resumed_after(self, number, codes):
        """Sends a signal at moments over the length of a run; how often segments had been saved."""
        resumed = 0
        moments = random.Random(number)
        for _ in range(MOMENTS):
            self.out.unlink(missing_ok=True)
            process, start = self.start("--resume"), time.monotonic()
            try:
                process.wait(timeout=moments.uniform(0.02, 1.1 * self.seconds))
            except subprocess.TimeoutExpired:
                process.send_signal(number)
            _, talk = process.communicate(timeout=60)
            self.assertIn(process.returncode, (0, *codes), talk)
            if process.returncode == 0:
                self.seconds = min(self.seconds, time.monotonic() - start)  # the machine has become faster
                self.assertEqual(cli.digest(self.out), self.expected)
                continue
            self.assertFalse(self.out.exists())
            self.assertEqual([path.name for path in self.folder.iterdir() if path.name not in ("kept",)], [])
            resumed += "resumed: " in self.finish().stderr
        return resumed

    def test_killed(self):
        self.assertGreater(self.resumed_after(signal.SIGKILL, (-signal.SIGKILL,)), 0)

    def test_terminated(self):
        # Before the program has set its handlers the signal ends it at once.
        self.assertGreater(self.resumed_after(signal.SIGTERM, (75, -signal.SIGTERM, 130)), 0)

    def test_warned(self):
        self.stopped(signal.SIGUSR1)
        self.assertIn("resumed: ", self.finish().stderr)

    def test_interrupted(self):
        self.assertGreater(self.resumed_after(signal.SIGINT, (130, -signal.SIGINT)), 0)

    def stopped(self, number=signal.SIGTERM):
        """Leaves a checkpoint with something in it."""
        while True:
            code, talk = cli.stop(self.start(), number, lambda: self.kept.exists() and any(self.kept.iterdir()))
            if code == 75:
                self.assertIn("stopped on request", talk)
                self.assertIn("--resume", talk)
                return sorted(self.kept.iterdir())
            self.out.unlink()

    def test_what_is_refused(self):
        files = self.stopped()
        self.fails(3, ["a checkpoint is there already", "--resume"], *self.command()[1:])
        self.fails(3, ["of another world, of other settings"], *self.command("--resume", "--exporters", "LAO")[1:])
        self.fails(3, ["of another world, of other settings"], *self.command("--resume", "--top", "7")[1:])
        other = self.home / "other.h5"
        self.succeeds("synth", "-o", other, "--countries", 100, "--products", 3000, "--years", 1, "--seed", 2)
        self.fails(3, ["of another world"], "solve", other, "-o", self.out, "--checkpoint", self.kept, "--resume")
        whole = files[0].read_bytes()
        files[0].write_bytes(whole[:len(whole) // 2])
        self.fails(3, [files[0].name], *self.command("--resume")[1:])
        files[0].write_bytes(whole)
        self.finish()

    def test_a_gap_is_filled(self):
        files = self.stopped()
        files[0].unlink()
        self.finish()

    def test_nothing_to_resume_is_said(self):
        self.assertIn("starting afresh", self.finish().stderr)
        self.fails(2, "--checkpoint", "solve", self.world, "-o", self.out, "--resume")
        for wrong in ("soon", "-1", "5 parsecs", ""):
            self.fails(2, "--every", "solve", self.world, "-o", self.folder / "x.h5", "--checkpoint", self.kept, f"--every={wrong}")

    def test_a_shard_resumes_too(self):
        shards = []
        for number in (1, 2):
            shards.append(self.folder / f"shard{number}.h5")
            self.succeeds("solve", self.world, "-o", shards[-1], "--shard", f"{number}/2", "--checkpoint", self.kept, *FAST,
                          "--resume")
        self.succeeds("merge", *shards, "-o", self.out)
        self.assertEqual(cli.digest(self.out), self.expected)

    def test_without_one_signals_end_as_ever(self):
        code, _ = cli.stop(cli.start([cli.BINARY, "solve", self.world, "-o", self.out]), signal.SIGUSR1, lambda: True)
        self.assertEqual(code, -signal.SIGUSR1)

    def test_full_disk_leaves_what_was_saved(self):
        prefix = mounter()
        if prefix is None:
            self.skipTest("mounting a small disk is not allowed here")
        disk = self.folder / "disk"
        disk.mkdir()
        script = ('mount -t tmpfs -o size=12m tmpfs "$1" && "$2" solve "$3" -o "$4" --checkpoint "$1/kept" --every 0.01; code=$?; '
                  'ls "$1/kept"; mount -o remount,size=500m "$1" && "$2" solve "$3" -o "$4" --checkpoint "$1/kept" --resume --every 0.01 '
                  '|| exit 99; exit $code')
        done = subprocess.run([*prefix, "sh", "-c", script, "sh", disk, cli.BINARY, self.world, self.out], timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertIn("segments-", done.stderr)
        self.assertIn("disk full", done.stderr)
        if done.stdout.strip():
            self.assertIn("resumed: ", done.stderr)
        self.assertEqual(cli.digest(self.out), self.expected)


if __name__ == "__main__":
    cli.main()
