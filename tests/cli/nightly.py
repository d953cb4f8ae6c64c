"""What the tests of `potentia nightly` share: a configuration on small worlds, its runs read back."""

import json
import os
import subprocess

import h5py

import cli

LONG_AGO = 1_600_000_000  # seconds: times of inputs that are well before they are hashed


def age(path, seconds=LONG_AGO):
    """Gives a file this time of modification."""
    os.utime(path, (seconds, seconds))


class NightlyCase(cli.Case):
    """A folder with a small world a.h5, and what nightly makes of it in out/."""

    def setUp(self):
        super().setUp()
        self.world = cli.write_worked_example(self.folder / "a.h5")
        self.out = self.folder / "out"
        self.config = self.folder / "nightly.toml"
        self.calls = self.folder / "calls"

    def configure(self, text="", nightly="", worlds='[[world]]\nname = "base"\nfile = "a.h5"\n'):
        self.config.write_text(f'[nightly]\nfolder = "out"\n{nightly}\n{worlds}\n{text}')

    def on_alarm(self):
        """A command that notes each call in the file `calls`."""
        return f'on_alarm = ["sh", "-c", "(echo state $POTENTIA_STATE code $POTENTIA_EXIT_CODE; cat) >> {self.calls}"]'

    def nightly(self, code=0, env=None, binary=None):
        done = subprocess.run([str(binary or cli.BINARY), "nightly", str(self.config)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=120, env={**os.environ, **(env or {})},
                              preexec_fn=cli.default_signals)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def runs(self):
        """Folders of runs, by their numbers."""
        return sorted((self.out / "runs").iterdir(), key=lambda path: path.name[10:])

    def record(self, run=None):
        """manifest.json of a run, of the newest one by default."""
        return json.loads(((run or self.runs()[-1]) / "manifest.json").read_text())

    def states(self, run=None):
        """{"solve base": "done", …}"""
        return {f"{step['kind']} {step['name']}": step["state"] for step in self.record(run)["steps"]}

    def latest(self):
        return os.readlink(self.out / "latest").split("/")[-1]

    def change_world(self, factor=2.0, path=None):
        """Another file of the same size: trade of the first product times a factor."""
        with h5py.File(path or self.world, "r+") as file:
            values = file["trade/2023/value"][()]
            values[:3] *= factor
            file["trade/2023/value"][...] = values
