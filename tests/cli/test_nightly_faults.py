"""potentia nightly when things go wrong: two at once, signals, clocks, damaged files."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import time

import cli
import nightly

BUSY = 75


def lives(process):
    """Whether a process is there and no zombie."""
    try:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Faults(nightly.NightlyCase):
    def start(self, **options):
        return subprocess.Popen([cli.BINARY, "nightly", str(self.config)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True, preexec_fn=cli.default_signals, **options)

    def large_world(self):
        """One whose solve and report take a while."""
        self.succeeds("synth", "-o", self.folder / "a.h5", "--countries", 120, "--products", 2500, "--years", 1)
        self.configure('[[report]]\nexporter = "LAO"\nmarket = "CHN"\n')

    def steps_of(self, process):
        """Processes that nightly has started, once there are some."""
        path = f"/proc/{process.pid}/task/{process.pid}/children"
        for _ in range(1000):
            with open(path) as file:
                found = [int(child) for child in file.read().split()]
            if found or process.poll() is not None:
                return found
            time.sleep(0.005)
        return []

    def test_two_at_once(self):
        self.large_world()
        first = self.start()
        self.assertTrue(self.steps_of(first))
        second = self.nightly(BUSY)
        self.assertIn(f"another nightly is at work: process {first.pid} on {socket.gethostname()}, since ", second.stderr)
        _, talk = first.communicate(timeout=120)
        self.assertEqual(first.returncode, 0, talk)
        self.assertEqual(len(self.runs()), 1)
        self.nightly()

    def test_stale_locks_are_recognised(self):
        self.configure()
        self.out.mkdir()
        gone = subprocess.Popen(["true"])
        gone.wait()
        for host in (socket.gethostname(), "another-host"):
            # Its process is gone, or lives elsewhere: on a local disk the lock would have been refused.
            (self.out / "lock").write_text(json.dumps({"process": gone.pid, "host": host, "since": 1700000000}))
            self.assertIn(f"a stale lock was taken over: process {gone.pid} on {host}, since 2023-11-14T22:13:20Z held it and is gone", self.nightly().stderr)
            self.assertEqual((self.out / "lock").read_text(), "")
        (self.out / "lock").write_text("nonsense")
        self.nightly()
        # One that is held is held, whatever is written in it.
        with open(self.out / "lock", "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.assertIn("has not said its name", self.nightly(BUSY).stderr)

    def test_stopped_in_the_middle(self):
        self.configure()
        self.nightly()
        latest = self.latest()
        before = sorted(self.out.rglob("*"))
        self.large_world()
        caught = 0
        for number, delay in [(signal.SIGTERM, 0.0), (signal.SIGINT, 0.05), (signal.SIGTERM, 0.2), (signal.SIGTERM, 0.4), (signal.SIGINT, 0.7)]:
            process = self.start()
            steps = self.steps_of(process)
            self.assertTrue(steps)
            time.sleep(delay)
            sent = time.monotonic()
            process.send_signal(number)
            _, talk = process.communicate(timeout=60)
            if process.returncode == 0:
                break
            caught += 1
            self.assertLess(time.monotonic() - sent, 3)
            self.assertEqual(process.returncode, 130, talk)
            self.assertIn("potentia: error: interrupted", talk)
            self.assertEqual([step for step in steps if lives(step)], [])
            self.assertEqual(sorted(self.out.rglob("*")), before)
            self.assertEqual(self.latest(), latest)
        self.assertGreater(caught, 1)
        self.nightly()
        self.assertEqual(len(self.runs()), 2)

    def test_killed_in_the_middle(self):
        self.large_world()
        process = self.start()
        steps = self.steps_of(process)
        self.assertTrue(steps)
        time.sleep(0.2)
        process.kill()
        process.communicate(timeout=60)
        self.assertEqual([path.name[:8] for path in self.runs()], [".making-"])
        for _ in range(400):
            if not any(lives(step) for step in steps):
                break
            time.sleep(0.01)
        self.assertEqual([step for step in steps if lives(step)], [])  # none outlives its night
        done = self.nightly()
        self.assertIn("which a night that was killed left behind", done.stderr)
        self.assertIn(f"a stale lock was taken over: process {process.pid} on ", done.stderr)
        self.assertEqual([path.name[-4:] for path in self.runs()], ["0001"])

    def test_a_step_that_crashes_takes_no_other_along(self):
        self.large_world()
        process = self.start()
        solve = None
        for _ in range(1000):
            for step in self.steps_of(process):
                with open(f"/proc/{step}/cmdline") as file:
                    if "\0solve\0" in file.read():
                        solve = step
            if solve:
                break
            time.sleep(0.002)
        os.kill(solve, signal.SIGSEGV)
        _, talk = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 10, talk)
        self.assertIn("solve base failed with exit code 139: ended by signal 11", talk)
        self.assertEqual(self.states(), {"solve base": "failed", "report base/lao-chn": "done"})

    def test_a_clock_that_goes_backwards(self):
        # Runs of the future and inputs of the future: what is what is told by numbers and contents.
        self.configure("[keep]\nruns = 3\n[alarm]\ndata_age_days = 1\n")
        self.nightly()
        run = self.runs()[0]
        record = self.record()
        record["run"] = "2099-01-01-0001"
        record["started_unix"] = 4070908800
        (run / "manifest.json").write_text(json.dumps(record))
        run.rename(run.parent / "2099-01-01-0001")
        os.utime(self.world, (4070908800, 4070908800))
        state = json.loads((self.out / "state.json").read_text())
        for entry in state["files"].values():
            entry["hashed"] = 4070908800 * 10**9
        (self.out / "state.json").write_text(json.dumps(state))
        done = self.nightly()
        self.assertIn("before run 2099-01-01-0001 began: runs are told apart by their numbers", done.stderr)
        self.assertEqual(self.states(), {"solve base": "carried"})
        self.assertTrue(self.latest().endswith("-0002"))
        self.assertEqual(self.record(self.out / "latest")["previous"], "2099-01-01-0001")
        # Contents that change while the time stays in the future are seen.
        self.change_world()
        os.utime(self.world, (4070908800, 4070908800))
        self.nightly()
        self.assertEqual(self.states(self.out / "latest"), {"solve base": "done"})
        self.assertTrue(self.latest().endswith("-0003"))
        for _ in range(2):
            self.nightly()
        self.assertTrue(self.latest().endswith("-0005"))

    def test_a_missing_previous_run(self):
        self.configure("[alarm]\ntotal = 0\nsmallest = 0\n")
        self.nightly()
        shutil.rmtree(self.runs()[0])
        self.nightly()  # latest led nowhere
        self.assertEqual(self.states(), {"solve base": "done"})
        self.assertEqual((self.record()["previous"], self.record()["worlds"][0]["compared_with"]), ("", ""))
        # Its result alone is gone: totals are compared all the same.
        self.change_world()
        (self.out / "latest/results/base.h5").unlink()
        done = self.nightly(10)
        self.assertIn("cannot be told", done.stderr)
        self.assertIn("alarm: base: potential +", done.stderr)

    def test_damaged_manifests_and_state(self):
        self.configure()
        nightly.age(self.world)
        self.nightly()
        for text in ("", "{", "[1]", '{"format": "potentia-run"}', "null", '{"format": "potentia-run", "version": 1, "run": 3}'):
            with self.subTest(text=text):
                (self.out / "state.json").write_text(text or "nonsense")
                damaged = self.runs()[-1]
                (damaged / "manifest.json").write_text(text)
                done = self.nightly()
                self.assertIn(f"the manifest.json of run {damaged.name} is damaged or missing", done.stderr)
                self.assertIn("every input is hashed anew", done.stderr)
                self.assertEqual(self.states(), {"solve base": "done"})
                self.assertIn("is damaged or missing", (self.out / "index.html").read_text())
                self.assertTrue((damaged / "results/base.h5").exists())
        json.loads((self.out / "state.json").read_text())

    def test_outputs_that_were_changed_are_made_anew(self):
        self.configure()
        self.nightly()
        (self.out / "latest/results/base.h5").write_bytes(b"nothing")
        done = self.nightly()
        self.assertIn("are not as they were written", done.stderr)
        self.assertEqual(self.states(), {"solve base": "done"})
        self.succeeds("validate", self.out / "latest/results/base.h5")

    def test_inputs_that_change_under_a_step_are_read_again(self):
        self.large_world()
        process = self.start()
        self.assertTrue(self.steps_of(process))
        time.sleep(0.1)
        os.utime(self.world)
        _, talk = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, talk)
        self.assertIn("changed while it ran, so the next night does it again", talk)
        self.nightly()
        self.assertIn("done", self.states().values())


if __name__ == "__main__":
    cli.main()
