"""A full disk: exit code 5, no temporary file, an older output stays whole."""

import shlex
import subprocess

import cli


def mounter():
    """The command prefix under which a shell may mount a small disk, or None."""
    for prefix in (["unshare", "-m"], ["unshare", "-Urm"]):
        try:
            done = subprocess.run([*prefix, "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"], stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except OSError:
            return None
        if done.returncode == 0:
            return prefix
    return None


class DiskFull(cli.Case):
    def setUp(self):
        super().setUp()
        self.prefix = mounter()
        if self.prefix is None:
            self.skipTest("mounting a small disk is not allowed here")
        self.world = self.folder / "world.h5"
        self.succeeds("synth", "-o", self.world, "--countries", 60, "--products", 600, "--years", 1)
        self.disk = self.folder / "disk"
        self.disk.mkdir()

    def on_small_disk(self, size, *command):
        """Runs on a disk of this size that holds an older output; (exit code, stderr, files, "older" or "newer")."""
        script = (f"mount -t tmpfs -o size={size} tmpfs {shlex.quote(str(self.disk))} && cd {shlex.quote(str(self.disk))} && "
                  "printf older > out.h5 && cp out.h5 older && { \"$@\" 2>err.txt; code=$?; echo $code; cat err.txt | head -c 2000 | tr '\\n' '|'; "
                  "echo; rm -f err.txt; ls -A; cmp -s out.h5 older && echo older || echo newer; }")
        # What the program says is kept off the small disk, or there would be no room for it.
        script = script.replace("err.txt", shlex.quote(str(self.folder / "err.txt")))
        done = subprocess.run([*self.prefix, "sh", "-c", script, "sh", *map(str, command)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", timeout=120)
        self.assertEqual(done.stderr, "")
        code, talk, *rest = done.stdout.split("\n")
        return int(code), talk, [name for name in rest[:-2] if name != "older"], rest[-2]

    def check(self, size, *command):
        code, talk, files, output = self.on_small_disk(size, *command)
        self.assertEqual(code, 5, talk)
        self.assertIn("potentia: error: ", talk)
        self.assertIn("out.h5", talk)
        self.assertEqual(files, ["out.h5"])
        self.assertEqual(output, "older")
        return talk

    def test_solve(self):
        for size in ("64k", "1m", "4m"):
            with self.subTest(size=size):
                self.check(size, cli.BINARY, "solve", self.world, "-o", "out.h5")

    def test_solve_runs_out_of_room_on_the_way(self):
        # Enough to begin with: it ends among margins, tables that are made while they are written, and the last ones.
        for size in ("8m", "10m", "12m"):
            for threads in (1, 7):
                with self.subTest(size=size, threads=threads):
                    talk = self.check(size, cli.BINARY, "solve", self.world, "-o", "out.h5", "--threads", threads)
                    self.assertIn("disk full: ", talk)

    def test_solve_with_a_cube(self):
        self.check("2m", cli.BINARY, "solve", self.world, "-o", "out.h5", "--dense", "potential")

    def test_synth(self):
        self.check("200k", cli.BINARY, "synth", "-o", "out.h5", "--countries", 60, "--products", 600)

    def test_atlas(self):
        for size in ("64k", "1m", "8m"):
            with self.subTest(size=size):
                code, talk, files, _ = self.on_small_disk(size, cli.BINARY, "atlas", self.world, "-o", "site")
                self.assertEqual((code, files), (5, ["out.h5"]), talk)
                self.assertIn("disk full: ", talk)
        code, talk, files, _ = self.on_small_disk("200m", cli.BINARY, "atlas", self.world, "-o", "site")
        self.assertEqual((code, files), (0, ["out.h5", "site"]), talk)

    def test_enough_room_is_enough(self):
        code, talk, files, output = self.on_small_disk("200m", cli.BINARY, "solve", self.world, "-o", "out.h5")
        self.assertEqual((code, files, output), (0, ["out.h5"], "newer"), talk)


if __name__ == "__main__":
    cli.main()
