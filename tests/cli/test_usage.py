"""Flags, exit codes, and where the program talks."""

import json
import subprocess

import h5py

import cli


class Usage(cli.Case):
    def test_help_and_version_go_to_stdout(self):
        for arguments in (["--help"], ["solve", "--help"], ["import", "--help"]):
            done = self.succeeds(*arguments)
            self.assertIn("--quiet", self.succeeds("--help").stdout)
            self.assertEqual(done.stderr, "")
        self.assertRegex(self.succeeds("--version").stdout, r"^potentia \d+\.\d+\.\d+")

    def test_wrong_flags_are_usage_errors(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        out = self.folder / "result.h5"
        solve = ("solve", world, "-o", out)
        for arguments in (
            [],
            ["slove"],
            ["solve"],
            ["solve", world],
            [*solve, "--nonsense"],
            [*solve, "--backend", "gpu"],
            [*solve, "--top", "-1"],
            [*solve, "--top", "many"],
            [*solve, "--threads", "-2"],
            [*solve, "--dense", "potental"],
            ["--log-format", "xml", *solve],
            ["config"],
        ):
            with self.subTest(arguments=arguments):
                done = self.fails(2, "potentia: error: ", *arguments)
                self.assertEqual(done.stdout, "")
                self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_what_is_misnamed_is_named(self):
        for arguments, said in (
            (["sovle"], ['unknown subcommand "sovle"', "did you mean solve?"]),
            (["xyzzy"], ['unknown subcommand "xyzzy"', "there are ", "import", "solve"]),
            (["solve", "--world", "x"], ["unknown option --world of solve", "there are ", "--output"]),
            (["solve", "x", "--otput", "y"], ["unknown option --otput of solve", "did you mean --output?"]),
            (["solve", "x", "--top=3", "-x", "y"], ["unknown option -x of solve", "there are "]),
            (["--qiet", "solve", "x"], ["unknown option --qiet", "did you mean --quiet?"]),
            (["-j", "2", "slove"], ["did you mean solve?"]),
            (["solve"], ["world is required", "potentia solve --help"]),
            ([], ["no subcommand", "import"]),
        ):
            with self.subTest(arguments=arguments):
                self.fails(2, said, *arguments)

    def test_what_cannot_be_printed_is_an_error(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        for arguments in (["info", world], ["validate", world], ["backends"], ["config", "--defaults"], ["--help"]):
            with self.subTest(arguments=arguments), open("/dev/full", "w") as full:
                done = subprocess.run([cli.BINARY, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, text=True)
                self.assertEqual(done.returncode, 5, done.stderr)
                self.assertRegex(done.stderr, r"^potentia: error: disk full: .* \(standard output\)")

    def test_a_parent_that_ignores_its_children(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        done = subprocess.run(["sh", "-c", 'trap "" CHLD; exec "$0" validate "$1"', cli.BINARY, world], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_threads_are_those_of_the_environment_unless_a_flag_says_otherwise(self):
        world, out = cli.write_worked_example(self.folder / "world.h5"), self.folder / "r.h5"
        for flags, wish, threads in (([], "3", 3), (["--threads", "2"], "3", 2), (["-j", "5"], "", 5)):
            self.succeeds("solve", world, "-o", out, *flags, env={"OMP_NUM_THREADS": wish})
            with h5py.File(out) as file:
                self.assertEqual(json.loads(file["provenance"].attrs["run"])["threads"], threads)

    def test_an_error_is_one_json_object_for_batch_systems(self):
        done = cli.potentia("--log-format", "json", "info", self.folder / "no.h5")
        self.assertEqual(done.returncode, 3)
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertEqual([line["level"] for line in lines], ["error"])
        self.assertEqual(lines[0]["exit_code"], 3)
        self.assertIn("no.h5", lines[0]["message"])

    def test_defaults_are_printed_as_configs_has_them(self):
        printed = self.succeeds("config", "--defaults").stdout
        self.assertEqual(printed, (cli.SOURCE / "configs" / "default.toml").read_text())

    def test_the_printed_defaults_change_nothing(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        (self.folder / "s.toml").write_text(self.succeeds("config", "--defaults").stdout)
        self.succeeds("solve", world, "-o", self.folder / "a.h5")
        self.succeeds("solve", world, "-o", self.folder / "b.h5", "--settings", self.folder / "s.toml")
        # The settings file itself is an input of the second run only.
        self.same_contents(self.folder / "a.h5", self.folder / "b.h5", apart_from="provenance/inputs")

    def test_backends_are_listed(self):
        done = self.succeeds("backends", env={"POTENTIA_DISABLE_CUDA": "1"})
        self.assertRegex(done.stdout, r"(?m)^cpu +available ")
        self.assertRegex(done.stdout, r"(?m)^cuda +not available ")

    def test_no_cuda_is_exit_code_4(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        self.fails(4, "CUDA", "solve", world, "-o", self.folder / "r.h5", "--backend", "cuda",
                   env={"POTENTIA_DISABLE_CUDA": "1"})

    def test_auto_takes_the_processor_where_there_is_no_cuda(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        self.succeeds("solve", world, "-o", self.folder / "r.h5", env={"POTENTIA_DISABLE_CUDA": "1"})

    def test_quiet_says_nothing(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        done = self.succeeds("solve", world, "-o", self.folder / "r.h5", "--quiet")
        self.assertEqual((done.stdout, done.stderr), ("", ""))

    def test_talk_goes_to_stderr_and_json_talk_is_json(self):
        world = cli.write_worked_example(self.folder / "world.h5")
        done = self.succeeds("solve", world, "-o", self.folder / "r.h5")
        self.assertEqual(done.stdout, "")
        self.assertIn("unrealised", done.stderr)
        done = self.succeeds("solve", world, "-o", self.folder / "r.h5", "--log-format", "json")
        for line in done.stderr.splitlines():
            self.assertIn("message", json.loads(line))


if __name__ == "__main__":
    cli.main()
