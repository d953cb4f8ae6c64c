"""What drilldown refuses, with which exit code, and that it leaves nothing behind."""

import shlex
import subprocess
import unittest

import cli
from test_disk_full import mounter


class Errors(cli.Case):
    def setUp(self):
        super().setUp()
        self.world = cli.write_worked_example(self.folder / "w.h5")

    def refuses(self, code, said, *flags):
        self.fails(code, said, "drilldown", self.world, "-o", self.folder / "out", *flags)

    def test_codes(self):
        self.refuses(3, ['"LAA" is no country of the world and no group (--exporter)', "did you mean LAO (Lao People's Dem. Rep.)?"], "--exporter", "LAA",
                     "--market", "CHN")
        self.refuses(3, ['"ASEAM" is no country', '(--market)', "did you mean ASEAN"], "--exporter", "LAO", "--market", "ASEAM")
        self.refuses(3, ["no member of group EU27", "--market"], "--exporter", "LAO", "--market", "EU27")
        self.refuses(3, "LAA", "--exporter", "all", "--market", "LAA")
        self.refuses(3, "no country is given", "--exporter", ",", "--market", "CHN")

    def test_the_same_country_twice(self):
        self.refuses(3, "same country", "--exporter", "LAO", "--market", "LAO")
        self.refuses(3, "same country", "--exporter", "LAO", "--market", "LAO,LAO")

    def test_nobody_said_who(self):
        self.refuses(2, ["no exporter is given", "--exporter"], "--market", "CHN")
        self.refuses(2, ["no market is given", "--market"], "--exporter", "LAO")
        (self.folder / "s.toml").write_text('[drilldown]\nmarket = "CHN"\n')
        self.refuses(2, "no exporter is given", "--settings", self.folder / "s.toml")
        self.fails(2, "--output", "drilldown", self.world, "--exporter", "LAO", "--market", "CHN")

    def test_settings(self):
        (self.folder / "s.toml").write_text('[drilldown]\nexporter = "LAO"\nmarkt = "CHN"\n')
        self.refuses(3, ["s.toml:3", "markt", "market"], "--settings", self.folder / "s.toml")
        (self.folder / "s.toml").write_text('[drilldown]\nexporter = "LAA"\nmarket = "CHN"\n')
        self.refuses(3, ["LAA", "drilldown.exporter", "s.toml"], "--settings", self.folder / "s.toml")
        (self.folder / "s.toml").write_text('[drilldown]\nexporter = ["LAO"]\n')
        self.refuses(3, "s.toml:2", "--settings", self.folder / "s.toml")
        self.refuses(3, "none.toml", "--settings", self.folder / "none.toml")

    def test_groups(self):
        (self.folder / "g.toml").write_text('[Mine]\nname = "x"\nmember = ["LAO"]\n')
        self.refuses(3, ["g.toml", "member"], "--exporter", "LAO", "--market", "Mine", "--groups", self.folder / "g.toml")
        self.refuses(3, "none.toml", "--exporter", "LAO", "--market", "CHN", "--groups", self.folder / "none.toml")

    def test_files(self):
        self.fails(3, "none.h5", "drilldown", self.folder / "none.h5", "--exporter", "LAO", "--market", "CHN", "-o",
                   self.folder / "out")
        (self.folder / "file").write_text("in the way")
        for folder in ("file", "file/below"):
            self.fails(3, ["folder", "file"], "drilldown", self.world, "--exporter", "LAO", "--market", "CHN", "-o",
                       self.folder / folder)
        self.assertEqual((self.folder / "file").read_text(), "in the way")

    def test_a_file_that_cannot_be_replaced_leaves_the_others(self):
        run = ("drilldown", self.world, "--exporter", "LAO", "-o", self.folder / "out")
        self.succeeds(*run, "--market", "CHN")
        older = {path.name: path.read_bytes() for path in (self.folder / "out").iterdir() if path.name != "report.json"}
        (self.folder / "out" / "report.json").unlink()
        (self.folder / "out" / "report.json").mkdir()
        self.fails(3, "report.json", *run, "--market", "THA")
        for name, contents in older.items():
            self.assertEqual((self.folder / "out" / name).read_bytes(), contents, name)


class DiskFull(cli.Case):
    def test_nothing_partial_is_left(self):
        prefix = mounter()
        if prefix is None:
            self.skipTest("mounting a small disk is not allowed here")
        world, disk, talk = self.folder / "w.h5", self.folder / "disk", self.folder / "talk.txt"
        self.succeeds("synth", "-o", world, "--countries", 60, "--products", 300, "--years", 1)
        disk.mkdir()
        for exporter, market in (("LAO", "CHN"), ("all", "all")):
            script = (f"mount -t tmpfs -o size=300k tmpfs {shlex.quote(str(disk))} && mkdir {shlex.quote(str(disk))}/out && "
                      f"printf older > {shlex.quote(str(disk))}/out/report.json && "
                      f"{{ \"$@\" 2>{shlex.quote(str(talk))}; echo $?; ls -A {shlex.quote(str(disk))}/out; "
                      f"cat {shlex.quote(str(disk))}/out/report.json; }}")
            done = subprocess.run([*prefix, "sh", "-c", script, "sh", cli.BINARY, "drilldown", str(world), "--exporter",
                                   exporter, "--market", market, "-o", str(disk / "out")], stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
            self.assertEqual(done.stdout.split("\n"), ["5", "report.json", "older"], talk.read_text() + done.stderr)
            self.assertIn("potentia: error: disk", talk.read_text())


if __name__ == "__main__":
    cli.main()
