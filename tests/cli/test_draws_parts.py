"""Draws by ranks of MPI and with checkpoints: the contents of one undisturbed process."""

import signal

import cli
from ranks import LAUNCH, mpirun, run, skip_without_mpi


class Parts(cli.Case):
    @classmethod
    def setUpClass(cls):
        home = cls.shared_folder()
        cls.world, serial = home / "world.h5", home / "serial.h5"
        for command in (["synth", "-o", cls.world, "--countries", 30, "--products", 400, "--years", 3],
                        ["draws", cls.world, *cls.flags(), "-o", serial]):
            done = cli.potentia(*command)
            assert done.returncode == 0, done.stderr
        cls.expected = cli.digest(serial)

    @staticmethod
    def flags():
        return ["-n", 20, "--sensitivity"]

    def setUp(self):
        super().setUp()
        self.out, self.kept = self.folder / "out.h5", self.folder / "kept"

    def arguments(self, *more, memory=0.001):
        """@param memory GiB: a block for every few exporters"""
        return ["draws", self.world, *self.flags(), "--memory", memory, "-o", self.out, *more]

    def checkpointed(self, *more, memory=0.001):
        return self.arguments("--checkpoint", self.kept, "--every", "0", *more, memory=memory)

    def files(self):
        return sorted(self.kept.glob("exporters-*.h5")) if self.kept.exists() else []

    def stopped(self, command, number, after):
        """Sends the signal once so many files are there. @return exit code and talk"""
        return cli.stop(cli.start(command, LAUNCH), number, lambda: len(self.files()) >= after)


class Ranks(Parts):
    @classmethod
    def setUpClass(cls):
        skip_without_mpi()
        super().setUpClass()

    def test_ranks_give_the_contents_of_one_process(self):
        done = run(mpirun(3, *self.arguments()))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(cli.digest(self.out), self.expected)
        self.assertEqual(done.stderr.count("Drawn"), 1, "one of them talks")

    def test_stopped_and_resumed(self):
        code, talk = self.stopped(mpirun(2, *self.checkpointed()), signal.SIGUSR1, 2)
        self.assertIn(code, (0, 75), talk)
        if code == 75:
            self.assertFalse(self.out.exists())
            done = run(mpirun(3, *self.checkpointed("--resume")))
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn("of another number of ranks", done.stderr)
            done = run(mpirun(2, *self.checkpointed("--resume")))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("resumed: ", done.stderr)
        self.assertEqual(cli.digest(self.out), self.expected)
        self.assertFalse(self.kept.exists())


class Checkpoint(Parts):
    def test_killed_and_terminated(self):
        told = 0
        for number, codes in ((signal.SIGKILL, (-signal.SIGKILL, 0)), (signal.SIGTERM, (75, 0))):
            with self.subTest(signal=number):
                self.out.unlink(missing_ok=True)
                code, talk = self.stopped([cli.BINARY, *self.checkpointed()], number, 2)
                self.assertIn(code, codes, talk)
                if code == 0:
                    continue
                self.assertFalse(self.out.exists())
                self.assertGreaterEqual(len(self.files()), 2)
                if number == signal.SIGTERM:
                    self.assertIn("potentia: error: stopped on request", talk)
                # The memory, which cuts the blocks, may be another one by now.
                done = self.succeeds(*self.checkpointed("--resume", memory=0.003))
                self.assertEqual(cli.digest(self.out), self.expected)
                self.assertFalse(self.kept.exists())
                told += "blocks of exporters are done" in done.stderr
        self.assertGreater(told, 0)

    def test_what_is_there_is_not_taken_for_something_else(self):
        code, talk = self.stopped([cli.BINARY, *self.checkpointed()], signal.SIGKILL, 1)
        if code == 0:
            self.skipTest("it was done before it could be killed")
        self.fails(3, "a checkpoint is there already", *self.checkpointed())
        self.fails(3, "a checkpoint of another world, of other draws", *self.checkpointed("--resume", "--seed", 2))
        self.fails(2, "--resume needs to know from where", *self.arguments("--resume"))


if __name__ == "__main__":
    cli.main()
