"""What the tests of the command line share: running the binary, a small world, comparing files by contents."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import h5py
import numpy as np

SOURCE = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("POTENTIA_BIN", "potentia")

COUNTRIES = ["CHN", "LAO", "THA"]  # ascending, as a world file wants them
NAMES = ["China", "Lao People's Dem. Rep.", "Thailand"]
PRODUCTS = ["071410", "400121"]
CHN, LAO, THA = range(3)


def default_signals():
    # A parent that ignores Ctrl-C (a job in the background of a script) hands that down; these tests need it back.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def potentia(*arguments, env=None, **options):
    """Runs the program to its end; stdout and stderr as text."""
    return subprocess.run([BINARY, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=300, env={**os.environ, **(env or {})},
                          preexec_fn=default_signals, **options)


def start(command, env=None):
    """Starts a command, its stderr to be read as text."""
    return subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                            text=True, env={**os.environ, **(env or {})}, preexec_fn=default_signals)


def stop(process, number, ready):
    """Sends the signal once it is ready, or after a minute. @return exit code and talk of what has ended by then"""
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until and not ready():
        time.sleep(0.002)
    process.send_signal(number)
    _, talk = process.communicate(timeout=60)
    return process.returncode, talk


def write_worked_example(path):
    """The world of METHOD.md that can be checked by hand."""
    million = 1e6
    flows = {  # product -> {(exporter, market): USD}
        0: {(LAO, CHN): 30, (LAO, THA): 50, (CHN, THA): 1, (THA, LAO): 4, (THA, CHN): 600},
        1: {(LAO, CHN): 120, (CHN, LAO): 2, (CHN, THA): 40, (THA, CHN): 900},
    }
    rows = [(k, i, j, value * million) for k in flows for (i, j), value in sorted(flows[k].items())]
    text = h5py.string_dtype()
    with h5py.File(path, "w") as f:
        f.attrs.update(format="potentia-world", version=1, base_years=[2023], horizon_year=2028)
        f.create_dataset("country/iso3", data=COUNTRIES, dtype=text)
        f.create_dataset("country/name", data=NAMES, dtype=text)
        f.create_dataset("product/code", data=PRODUCTS, dtype=text)
        f["trade/2023/product_offset"] = [0, len(flows[0]), len(rows)]
        f["trade/2023/exporter"] = np.array([row[1] for row in rows], "u2")
        f["trade/2023/market"] = np.array([row[2] for row in rows], "u2")
        f["trade/2023/value"] = [row[3] for row in rows]
        distance = np.full((3, 3), np.nan)
        for a, b, km in [(LAO, CHN, 2000), (LAO, THA, 500), (CHN, THA, 2500)]:
            distance[a, b] = distance[b, a] = km
        f["distance"] = distance
        f["macro/year"] = [2023, 2028]
        f["macro/gdp"] = [[1, 1.24], [1, 1.22], [1, 1.15]]
        f["macro/population"] = [[1, 0.99], [1, 1.07], [1, 1.00]]
        f["elasticity/sigma"] = [4.0, 6.0]
        f["elasticity/income"] = [0.8, 1.2]
        f.create_dataset("tariff/schedule", data=COUNTRIES, dtype=text)
        f.create_dataset("tariff/regime", data=["MFN", "FTA", "LDC"], dtype=text)
        f["tariff/market_schedule"] = [0, 1, 2]
        lines = [(CHN, 0, 0, 0.08), (CHN, 0, 1, 0.20), (CHN, 1, 0, 0.0), (CHN, 1, 1, 0.10), (CHN, 2, 0, 0.0),
                 (CHN, 2, 1, 0.0), (LAO, 0, 0, 0.10), (LAO, 0, 1, 0.05), (THA, 0, 0, 0.05), (THA, 0, 1, 0.0)]
        for n, column in enumerate(("schedule", "regime", "product", "rate")):
            f[f"tariff/line_{column}"] = [line[n] for line in lines]
        members = [(CHN, 1, LAO, -32768, 32767), (CHN, 1, THA, -32768, 32767), (CHN, 2, LAO, -32768, 2025)]
        for n, column in enumerate(("market", "regime", "exporter", "first_year", "last_year")):
            f[f"tariff/member_{column}"] = [member[n] for member in members]
    return path


def forget_digest(file):
    """Makes a file of the program's one that another program made: without digest and fingerprints."""
    del file.attrs["content_digest"]

    def forget(name, node):
        if "fingerprint" in node.attrs:
            del node.attrs["fingerprint"]

    file.visititems(forget)


def digest(path):
    """Says which contents a file has: comparing every number two hundred times would take minutes."""
    with h5py.File(path) as f:
        value = f.attrs["content_digest"]
        return value.decode() if isinstance(value, bytes) else value


def texts(dataset):
    return [value.decode() if isinstance(value, bytes) else str(value) for value in dataset[()]]


def contents(path):
    """Everything a result file says: {name: (shape, type, bytes)}, without the attribute that names the run."""
    found = {}

    def plain(file, value):
        if isinstance(value, h5py.Reference):
            return file[value].name
        if isinstance(value, np.ndarray) and value.dtype == object:
            return tuple(plain(file, item) for item in value.ravel())
        if isinstance(value, (np.ndarray, np.generic)):
            array = np.asarray(value)
            if array.dtype.names:  # references held in a compound: what is attached to a dimension scale
                return tuple(sorted(str(tuple(plain(file, item) for item in row)) for row in array.ravel()))
            return (array.shape, str(array.dtype), array.tobytes())
        return value

    def visit(name, node):
        for key, value in node.attrs.items():
            if not (name == "provenance" and key == "run"):
                found[f"{name}@{key}"] = plain(node.file, value)
        if isinstance(node, h5py.Dataset):
            data = node[()]
            if isinstance(data, np.ndarray) and data.dtype == object:
                found[name] = tuple(data.ravel())
            else:
                array = np.asarray(data)
                found[name] = (array.shape, str(array.dtype), array.tobytes())

    with h5py.File(path) as f:
        visit("/", f)
        f.visititems(visit)
    return found


class Case(unittest.TestCase):
    """A test with a folder of its own."""

    @classmethod
    def shared_folder(cls):
        """One that all tests of a class have, made in its setUpClass."""
        folder = tempfile.TemporaryDirectory(prefix="potentia-test-")
        cls.addClassCleanup(folder.cleanup)
        return Path(folder.name)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="potentia-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def succeeds(self, *arguments, **options):
        done = potentia(*arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def fails(self, code, said, *arguments, **options):
        """Runs and expects this exit code, one line of error that says all of `said`, and no file left behind."""
        before = sorted(self.folder.rglob("*"))
        done = potentia(*arguments, **options)
        self.assertEqual(done.returncode, code, done.stderr)
        errors = [line for line in done.stderr.splitlines() if line.startswith("potentia: error: ")]
        self.assertEqual(len(errors), 1, done.stderr)
        for part in [said] if isinstance(said, str) else said:
            self.assertIn(part, errors[0])
        self.assertEqual(sorted(self.folder.rglob("*")), before)
        return done

    def same_contents(self, one, other, apart_from="\0"):
        """All but what begins with `apart_from` is the same, byte for byte; the digest, too, where nothing is left out."""
        left_out = (apart_from, "/@content_digest") if apart_from != "\0" else (apart_from,)
        first, second = ({name: value for name, value in contents(path).items() if not name.startswith(left_out)}
                         for path in (one, other))
        self.assertEqual(sorted(first), sorted(second))
        self.assertEqual([name for name in first if first[name] != second[name]], [])


def main():
    """Runs the tests of the calling script; exit code 77, which shows as skipped, when all of them were."""
    program = unittest.main(module="__main__", exit=False, verbosity=2)
    result = program.result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(77 if result.testsRun > 0 and len(result.skipped) == result.testsRun else 0)
