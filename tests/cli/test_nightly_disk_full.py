"""potentia nightly on a full disk: a clear error, and the last good state stays whole."""

import json
import os
import shlex
import shutil
import subprocess

import cli
import nightly
from test_disk_full import mounter


class NightlyDiskFull(nightly.NightlyCase):
    def setUp(self):
        super().setUp()
        self.prefix = mounter()
        if self.prefix is None:
            self.skipTest("mounting a small disk is not allowed here")
        self.succeeds("synth", "-o", self.folder / "a.h5", "--countries", 40, "--products", 400, "--years", 1)

    def on_disk(self, size, *fill):
        """A night on a disk of this size that holds an earlier night's folder and a file of so many bytes; what is left."""
        self.configure(nightly=self.on_alarm())
        disk, kept = self.out, self.folder / "kept"
        script = (f"mount -t tmpfs -o size={size} tmpfs {shlex.quote(str(disk))} && cp -a {shlex.quote(str(kept))}/. {shlex.quote(str(disk))} && "
                  f"{{ head -c 1G /dev/zero > {shlex.quote(str(disk))}/filler 2>/dev/null; truncate -s -{fill[0]} {shlex.quote(str(disk))}/filler; "
                  f"{shlex.quote(str(cli.BINARY))} nightly {shlex.quote(str(self.config))} 2> {shlex.quote(str(self.folder))}/talk; echo $?; "
                  f"rm {shlex.quote(str(disk))}/filler; cp -a {shlex.quote(str(disk))}/. {shlex.quote(str(self.folder))}/after; }}")
        done = subprocess.run([*self.prefix, "sh", "-c", script], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=120)
        self.assertEqual(done.stderr, "")
        return int(done.stdout), (self.folder / "talk").read_text()

    def test_the_last_good_state_stays_whole(self):
        self.configure()
        self.nightly()
        latest = self.latest()
        self.out.rename(self.folder / "kept")
        good = sorted(path.relative_to(self.folder / "kept") for path in (self.folder / "kept").rglob("*"))
        self.change_world_of_program()
        codes = set()
        for room in (0, 8192, 24576, 100000, 400000):
            with self.subTest(room=room):
                for folder in (self.out, self.folder / "after"):
                    shutil.rmtree(folder, ignore_errors=True)
                    folder.mkdir()
                code, talk = self.on_disk("40m", room)
                codes.add(code)
                self.assertIn(code, (5, 10), talk)
                self.assertIn("potentia: error: ", talk)
                self.assertRegex(talk, "disk (full|too full)")
                self.assertRegex(self.calls.read_text(), f"(?s)^state [a-z]+ code {code}\n.*disk (full|too full)")
                self.calls.unlink()
                after = self.folder / "after"
                self.assertEqual(os.readlink(after / "latest"), f"runs/{latest}")
                self.assertEqual(sorted(path.relative_to(after) for path in after.rglob("*") if path.is_relative_to(after / "runs" / latest)),
                                 [path for path in good if str(path).startswith(f"runs/{latest}")])
                self.succeeds("validate", after / "latest/results/base.h5")
                json.loads((after / "latest/manifest.json").read_text())
                self.assertFalse([path for path in (after / "runs").iterdir() if path.name.startswith(".")])
                # With room again the next night is a good one.
                shutil.rmtree(self.out)
                after.rename(self.out)
                self.nightly()
                self.assertEqual(self.record(self.out / "latest")["state"], "success")
        self.assertIn(5, codes)

    def change_world_of_program(self):
        self.succeeds("synth", "-o", self.folder / "a.h5", "--countries", 40, "--products", 400, "--years", 1, "--seed", 2)


if __name__ == "__main__":
    cli.main()
