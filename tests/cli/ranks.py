"""The program by ranks of MPI."""

import os
import shutil
import subprocess
import unittest

import cli

# As root, more ranks than cores, and no rank tied to one of them.
LAUNCH = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_rmaps_base_oversubscribe": "1",
          "OMPI_MCA_hwloc_base_binding_policy": "none"}


def mpirun(ranks, *arguments, prefix=()):
    return [*prefix, "mpirun", "-n", str(ranks), cli.BINARY, *map(str, arguments)]


def run(command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          timeout=120, env={**os.environ, **LAUNCH}, preexec_fn=cli.default_signals)


def skip_without_mpi():
    """To begin a class's setUpClass with."""
    if shutil.which("mpirun") is None:
        raise unittest.SkipTest("no mpirun here")
    if "built without MPI" in run(mpirun(2, "solve", "none.h5", "-o", "none")).stderr:
        raise unittest.SkipTest("the program was built without MPI")
