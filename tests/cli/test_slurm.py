"""The job scripts of configs/slurm on a real Slurm of one node, started for this: solved, stopped, requeued, merged."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import cli

sys.path.insert(0, str(cli.SOURCE / "tests" / "support"))
import slurm_cluster  # noqa: E402

SCRIPTS = cli.SOURCE / "configs" / "slurm"
# OpenMPI asks before it runs as root, and would put all ranks of a small machine on one core.
AS_ROOT = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
           "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_hwloc_base_binding_policy": "none"}


def has_mpi():
    binary = subprocess.run(["ldd", cli.BINARY], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return "libmpi" in binary.stdout


@unittest.skipIf(slurm_cluster.missing(), slurm_cluster.missing())
class Slurm(cli.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        state = tempfile.TemporaryDirectory(prefix="slurm-")
        cls.addClassCleanup(state.cleanup)
        try:
            cls.cluster = slurm_cluster.Cluster(state.name)
        except slurm_cluster.CannotStart as error:
            if os.environ.get("POTENTIA_CLUSTER"):
                raise
            raise unittest.SkipTest(f"Slurm does not start here: {error}")
        cls.addClassCleanup(cls.cluster.stop)
        cls.shared = Path(state.name) / "shared"
        cls.shared.mkdir()
        # Long enough for a signal in the middle, on one thread: two seconds or so.
        cls.world, cls.plain = cls.shared / "world.h5", cls.shared / "plain.h5"
        for command in (["synth", "-o", cls.world, "--countries", "150", "--products", "3000", "--years", "1",
                         "--density", "0.02"], ["solve", cls.world, "-o", cls.plain]):
            done = cli.potentia("--quiet", *command)
            if done.returncode != 0:
                raise AssertionError(done.stderr)

    def submit(self, script, *arguments, **environment):
        options = [argument for argument in arguments if str(argument).startswith("--")]
        words = [argument for argument in arguments if argument not in options]
        return self.cluster.submit(*options, SCRIPTS / script, *words, folder=self.folder,
                                   environment={**AS_ROOT, "OMP_NUM_THREADS": "1", "POTENTIA": os.path.abspath(cli.BINARY),
                                                "POTENTIA_BACKEND": "cpu", "POTENTIA_EVERY": "0.05s", **environment})

    def warn(self, job, checkpoint):
        """Once there is a checkpoint: what Slurm does when a job's time is nearly up."""
        slurm_cluster.wait_for(lambda: list((self.folder / checkpoint).glob("*")), 30, f"something in {checkpoint}")
        self.cluster.asked("scancel", "--signal=USR1", "--batch", job)

    def log(self):
        return "".join(f"{path.name}:\n{path.read_text()}" for path in sorted(self.folder.glob("*.log")))

    def completed(self, job, restarts=0):
        facts = self.cluster.ended(job)
        self.assertEqual((facts["JobState"], facts["ExitCode"]), ("COMPLETED", "0:0"), self.log())
        self.assertEqual(facts["Restarts"], str(restarts), self.log())

    def is_the_plain_result(self, name):
        said = self.succeeds("compare", self.plain, self.folder / name).stdout
        self.assertIn("same contents (by their content digests", said)

    def requeued_once(self, launcher):
        job = self.submit("solve.sbatch", "--ntasks=2", self.world, "result.h5", POTENTIA_LAUNCHER=launcher)
        self.warn(job, "result.h5.checkpoint")
        self.cluster.at_once(job)
        self.completed(job, restarts=1)
        self.assertIn("stopped on request after 1 run(s): back into the queue", self.log())
        self.is_the_plain_result("result.h5")
        self.assertEqual([path.name for path in self.folder.glob("result.h5*")], ["result.h5"], "no checkpoint is left")

    @unittest.skipUnless(has_mpi(), "built without MPI")
    def test_ranks_by_srun(self):
        if "pmix" not in self.cluster.offered_mpi():
            self.skipTest("this Slurm was built without PMIx")
        self.requeued_once("srun --mpi=pmix")

    @unittest.skipUnless(has_mpi(), "built without MPI")
    def test_ranks_by_mpirun(self):
        self.requeued_once("mpirun")

    def test_shards_of_an_array_and_their_merger(self):
        shards = self.submit("shards.sbatch", "--array=1-3%2", self.world, "parts")
        merger = self.submit("merge.sbatch", f"--dependency=afterok:{shards}", "parts", "result.h5")
        self.warn(f"{shards}_2", "parts/002.h5.checkpoint")
        self.cluster.at_once(f"{shards}_2")
        self.completed(merger)
        restarts = {task["ArrayTaskId"]: task["Restarts"] for task in self.cluster.tasks(shards)}
        self.assertEqual(restarts, {"1": "0", "2": "1", "3": "0"}, self.log())
        self.assertIn("shard 2/3 stopped on request", self.log())
        self.is_the_plain_result("result.h5")

    def test_an_error_ends_the_job(self):
        job = self.submit("shards.sbatch", "--array=1-1", "no-such-world.h5", "parts")
        facts = self.cluster.ended(job)
        self.assertEqual((facts["JobState"], facts["ExitCode"], facts["Restarts"]), ("FAILED", "3:0", "0"))
        self.assertIn("potentia: error: ", self.log())

    def test_what_is_missing_is_said(self):
        for script, *options in (("solve.sbatch",), ("shards.sbatch", "--array=1-1"), ("merge.sbatch",)):
            job = self.submit(script, *options, self.world)
            self.assertEqual(self.cluster.ended(job)["ExitCode"], "2:0", script)
        self.assertEqual(self.log().count("usage: sbatch"), 3)


if __name__ == "__main__":
    cli.main()
