"""Ctrl-C and termination: exit code 130 within a second, no temporary file, an older output stays whole."""

import os
import signal
import time

import cli


class Interrupt(cli.Case):
    @classmethod
    def setUpClass(cls):
        cls.world = cls.shared_folder() / "world.h5"
        made = cli.potentia("synth", "-o", cls.world, "--countries", 120, "--products", 2000, "--years", 1)
        assert made.returncode == 0, made.stderr

    def setUp(self):
        super().setUp()
        self.out = self.folder / "out" / "result.h5"
        self.out.parent.mkdir()

    def interrupt(self, arguments, delay, *signals):
        """Sends the signals after a delay; how long the program then took to end (s), its code and its talk."""
        process = cli.start([cli.BINARY, *arguments])
        time.sleep(delay)
        sent = time.monotonic()
        for number in signals:
            process.send_signal(number)
            time.sleep(0.02 if len(signals) > 1 else 0)
        _, talk = process.communicate(timeout=60)
        return time.monotonic() - sent, process.returncode, talk

    def check(self, arguments, target, signals=(signal.SIGINT,)):
        """Interrupts the command at many moments, until it is too late to."""
        target.write_text("an older output")
        caught, delay = 0, 0.03
        while delay < 60:
            took, code, talk = self.interrupt(arguments, delay, *signals)
            if code == 0:
                break
            if code == -signals[0] and delay < 0.5:  # too early: the program was still being loaded
                code, talk = 130, "interrupted"
                caught -= 1
            self.assertEqual(code, 130, talk)
            self.assertIn("interrupted", talk)
            self.assertLess(took, 1.0, f"after {delay} s")
            self.assertEqual(os.listdir(target.parent), [target.name], f"after {delay} s")
            self.assertEqual(target.read_text(), "an older output")
            caught += 1
            delay *= 1.8
        self.assertGreater(caught, 1, "the command was over before it could be interrupted")

    def test_solve(self):
        self.check(["solve", self.world, "-o", self.out, "--dense", "potential,unrealized"], self.out)

    def test_solve_while_it_lists_and_writes(self):
        begun = time.monotonic()
        self.succeeds("solve", self.world, "-o", self.folder / "whole.h5")
        whole = time.monotonic() - begun
        self.out.write_text("an older output")
        for tenth in range(4, 10):
            took, code, talk = self.interrupt(["solve", self.world, "-o", self.out], whole * tenth / 10, signal.SIGINT)
            if code == 0:  # it was faster this time
                self.out.write_text("an older output")
                continue
            self.assertEqual(code, 130, talk)
            self.assertLess(took, 1.0)
            self.assertEqual(os.listdir(self.out.parent), [self.out.name])
            self.assertEqual(self.out.read_text(), "an older output")

    def test_solve_terminated(self):
        self.check(["solve", self.world, "-o", self.out, "--dense", "potential"], self.out, (signal.SIGTERM,))

    def test_impatience(self):
        self.check(["solve", self.world, "-o", self.out, "--dense", "potential"], self.out,
                   (signal.SIGINT, signal.SIGINT))

    def test_synth(self):
        self.check(["synth", "-o", self.out, "--countries", 150, "--products", 2000, "--years", 2], self.out)

    def test_a_finished_run_leaves_the_output_alone(self):
        self.succeeds("solve", self.world, "-o", self.out)
        self.assertEqual(os.listdir(self.out.parent), [self.out.name])


if __name__ == "__main__":
    cli.main()
