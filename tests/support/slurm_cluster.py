"""A Slurm cluster of one node that a test starts for itself, in a folder of its own, and ends with everything in it."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

CONFIGURATION = """\
ClusterName=test
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge/sock
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/controller.pid
SlurmdPidFile={folder}/node.pid
SlurmctldLogFile={folder}/controller.log
SlurmdLogFile={folder}/node.log
ProctrackType=proctrack/linuxproc
SlurmdParameters=config_overrides
MailProg=/bin/true
ReturnToService=2
KillWait=3
SchedulerParameters=sched_interval=1,bf_interval=1
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
GresTypes=gpu
NodeName=localhost NodeAddr=127.0.0.1 CPUs=8 Sockets=1 CoresPerSocket=8 ThreadsPerCore=1 RealMemory=2000 Gres=gpu:4
PartitionName=test Nodes=localhost Default=YES MaxTime=INFINITE State=UP
"""

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "srun", "scontrol", "scancel", "squeue", "sinfo")


def missing():
    """What this machine lacks to run one, in words; empty if nothing."""
    lacking = [program for program in PROGRAMS if shutil.which(program, path=search_path()) is None]
    if lacking:
        return f"no {', '.join(lacking)} here (apt-get install slurmctld slurmd slurm-client munge)"
    return "" if os.geteuid() == 0 else "Slurm's daemons need root here"


def search_path():
    return os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def slurm_version():
    """(22, 5) of "slurm-wlm 22.05.8"."""
    said = subprocess.run([shutil.which("slurmd", path=search_path()), "-V"], stdout=subprocess.PIPE, text=True).stdout
    return tuple(int(part) for part in said.split()[1].split(".")[:2])


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_for(condition, seconds, what):
    """Polls until `condition()` gives something true, and gives that back."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{what}: not within {seconds} s")


def end_with_parent():
    """Of a child: whatever ends the test ends the daemon."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


class CannotStart(Exception):
    """A daemon gave up, with its last words."""


class Cluster:
    """munged, slurmctld and slurmd as children of this process. @param folder short: munge's socket lies in it"""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.chmod(0o711)  # munge insists
        self.daemons = []
        for name in ("munge", "state", "spool"):
            (self.folder / name).mkdir(mode=0o755)
        key = self.folder / "key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        controller_port, node_port = free_ports(2)
        self.configuration = self.folder / "slurm.conf"
        self.configuration.write_text(CONFIGURATION.format(folder=self.folder, controller_port=controller_port,
                                                           node_port=node_port))
        # Cards that no device stands behind: jobs can ask for them, which is all that these tests are about.
        (self.folder / "gres.conf").write_text("".join(f"NodeName=localhost Name=gpu File=/dev/{device}\n"
                                                       for device in ("null", "zero", "full", "random")))
        # No control groups, which containers have none of to hand out; how to say so depends on the version.
        if slurm_version() >= (24, 5):
            (self.folder / "cgroup.conf").write_text("CgroupPlugin=disabled\n")
        elif slurm_version() >= (23, 2):
            (self.folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")  # looks for nothing before it is used
        self.environment = {**os.environ, "PATH": search_path(), "SLURM_CONF": str(self.configuration)}
        for name in [name for name in self.environment if name.startswith(("SLURM_", "SBATCH_")) and name != "SLURM_CONF"]:
            del self.environment[name]
        try:
            self.start()
        except BaseException:
            self.stop()
            raise

    def start(self):
        munge = self.folder / "munge"
        self.daemon("munged", "-F", "--force", f"--key-file={self.folder}/key", f"--socket={munge}/sock",
                    f"--pid-file={munge}/pid", f"--log-file={munge}/log", f"--seed-file={munge}/seed")
        wait_for(lambda: self.all_alive() and (munge / "sock").exists(), 10, "munge")
        self.daemon("slurmctld", "-D", "-f", self.configuration)
        self.daemon("slurmd", "-D", "-N", "localhost", "-f", self.configuration)
        wait_for(lambda: self.all_alive() and self.asked("sinfo", "-h", "-o", "%T", check=False).strip() == "idle", 30, "an idle node")

    def all_alive(self):
        for daemon, name in zip(self.daemons, ("munged", "slurmctld", "slurmd")):
            if daemon.poll() is not None:
                words = (self.folder / f"{name}.out").read_text().strip().splitlines()
                raise CannotStart(f"{name}: {words[-1] if words else f'exit code {daemon.returncode}'}")
        return True

    def daemon(self, *command):
        with open(self.folder / f"{command[0]}.out", "wb") as out:
            self.daemons.append(subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out,
                                                 stderr=subprocess.STDOUT, env=self.environment, start_new_session=True,
                                                 preexec_fn=end_with_parent))

    def stop(self):
        """Cancels what runs, waits until it has gone, and ends the daemons."""
        if len(self.daemons) == 3:
            self.asked("scancel", "--user", str(os.getuid()), check=False)
            try:
                wait_for(lambda: not self.asked("squeue", "-h", check=False).strip(), 15, "an empty queue")
            except AssertionError:
                pass  # the daemons end all the same
        for daemon in reversed(self.daemons):
            daemon.terminate()
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.daemons = []

    def asked(self, *command, check=True, **options):
        """What a command of Slurm's says."""
        done = subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=60, env=self.environment, **options)
        if check and done.returncode != 0:
            raise AssertionError(f"{command}: {done.returncode}: {done.stderr}")
        return done.stdout

    def offered_mpi(self):
        """What `srun --mpi` takes."""
        done = subprocess.run(["srun", "--mpi=list"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=60, env=self.environment)
        return done.stdout

    def submit(self, *arguments, folder, environment=None):
        """sbatch with these arguments, in that folder. @return the job's number"""
        done = subprocess.run(["sbatch", "--parsable", *map(str, arguments)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60, cwd=folder,
                              env={**self.environment, **(environment or {})})
        if done.returncode != 0:
            raise AssertionError(f"sbatch: {done.stderr}")
        return done.stdout.strip()

    def job(self, number):
        """What scontrol knows of a job, by name; of an array's, of its last task listed."""
        facts = {}
        for word in self.asked("scontrol", "show", "job", number, "-o", check=False).split():
            name, _, value = word.partition("=")
            facts[name] = value
        return facts

    def tasks(self, number):
        """The same of every task of an array."""
        return [dict(word.partition("=")[::2] for word in line.split())
                for line in self.asked("scontrol", "show", "job", number, "-o").splitlines()]

    def ended(self, number, seconds=120):
        """Waits for a job to end for good. @return its facts"""
        final = ("COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY")

        def look():
            facts = self.job(number)
            return facts if facts.get("JobState") in final else None

        return wait_for(look, seconds, f"the end of job {number}")

    def at_once(self, number):
        """Lets a requeued job begin, which would wait for two minutes otherwise."""
        wait_for(lambda: self.job(number).get("JobState") == "PENDING", 30, f"job {number} back in the queue")
        # slurmd refuses to begin a job in the second in which it was killed.
        self.asked("scontrol", "update", f"JobId={number}", "StartTime=now+2seconds")
