#!/usr/bin/env python3
"""Times import, solve and dense output of the built program, beside numpy doing the same job, and checks the answers.

    /usr/bin/python3 tests/bench/bench.py --program build/bin/potentia [--runs 5] [--quick] [--scratch DIR]

Worlds: the synthetic one of full size, at two sizes each to show that cost is linear in flows and in cells; and the
real world of 2024, without and with tariffs, where the environment variable POTENTIA_REAL_DATA names its folder.
Times are medians; memory is the peak of the process; floors are what the machine could do at most, measured in the same
run. The exit code is 1 if an answer is wrong: pair totals against numpy (relative 1e-9), imported tables against the
world they were written from, a failed command.
"""

import argparse
import datetime
import json
import lzma
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

import numpy_baseline

OPERATIONS_PER_CELL = 53  # of one cell with all its sums, see kernels_bench.cpp; 6 more where tariffs change
TOLERANCE = 1e-9


class Wrong(Exception):
    """An answer that is not what it should be."""


class Run:
    """One finished command."""

    def __init__(self, wall, peak_mb, flush, text):
        self.wall, self.peak_mb, self.flush, self.text, self.stages = wall, peak_mb, flush, text, {}


# Runs commands for us. Linux lets a new process start with the peak memory of the one that made it, so this one stays
# small however much numpy takes here.
LAUNCHER = """
import json, os, sys, time
for line in sys.stdin:
    command, talk = json.loads(line)
    opened = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
              (os.POSIX_SPAWN_OPEN, 2, talk, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=opened)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    print(json.dumps([wall, os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024]), flush=True)
"""


class Bench:
    def __init__(self, flags):
        self.program = str(pathlib.Path(flags.program).resolve())
        self.runs = flags.runs
        self.threads = flags.threads
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="potentia-bench-", dir=flags.scratch))
        self.launcher = subprocess.Popen([sys.executable, "-S", "-c", LAUNCHER], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)
        self.rows = []
        self.peaks = self._peaks()

    def _peaks(self):
        """Memory bandwidth (B/s) and arithmetic rate (operations/s), from kernels_bench beside the program."""
        tool = pathlib.Path(self.program).parent / "kernels_bench"
        if not tool.exists():
            return None
        command = [str(tool), "--peaks"] + (["--threads", str(self.threads)] if self.threads else [])
        peaks = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return peaks["bandwidth_gb_s"] * 1e9, peaks["rate_gop_s"] * 1e9

    def close(self):
        self.launcher.stdin.close()
        self.launcher.wait()
        shutil.rmtree(self.folder)

    # Running

    def run(self, *arguments):
        command = [self.program, *map(str, arguments)]
        if self.threads:
            command += ["--threads", str(self.threads)]
        talk = self.folder / "talk"
        self.launcher.stdin.write(json.dumps([command, str(talk)]) + "\n")
        self.launcher.stdin.flush()
        wall, code, peak_mb = json.loads(self.launcher.stdout.readline())
        text = talk.read_text()
        if code != 0:
            raise Wrong(f"{' '.join(command[1:])} ended with {code}: {text.strip()[-400:]}")
        # Solve says "0.1 s waiting for the disk", import "waiting for the disk 0.1 s", synth "waited 0.1 s for the disk".
        waits = re.findall(r"([\d.]+) s waiting for|waiting for the disk ([\d.]+) s|waited ([\d.]+) s for", text)
        return Run(wall, peak_mb, sum(float(one) for wait in waits for one in wait if one), text)

    def repeat(self, *arguments, runs=None):
        """The run of median wall time, after one that warms the page cache."""
        self.run(*arguments)
        found = []
        for _ in range(runs or self.runs):
            found.append(self.run(*arguments))
            found[-1].stages = self.stages(arguments)
        found.sort(key=lambda run: run.wall)
        return found[len(found) // 2], found

    @staticmethod
    def stages(arguments):
        """The program's own timing of a solve, in seconds."""
        if arguments[0] != "solve":
            return {}
        with h5py.File(arguments[arguments.index("-o") + 1], "r") as file:
            return json.loads(file["provenance"].attrs["run"])["seconds"]

    # Reporting

    def row(self, what, seconds, floor=None, bound="", note="", target=None):
        ratio = f"{100 * floor / seconds:.0f} %" if floor else "–"
        floor_text = f"{floor:.3f} s {bound}" if floor else "–"
        self.rows.append((what, f"{seconds:.2f} s" if seconds >= 1 else f"{seconds:.3f} s", floor_text, ratio,
                          target or "–", note))
        print("  " + " | ".join(self.rows[-1]), flush=True)

    def read_floor(self, paths):
        """Seconds to read the files once, a large block at a time."""
        best = float("inf")
        for _ in range(2):
            start = time.perf_counter()
            for path in paths:
                with open(path, "rb", buffering=0) as file:
                    while file.read(4 << 20):
                        pass
            best = min(best, time.perf_counter() - start)
        return best

    def write_floor(self, size):
        """Seconds to hand so many bytes to the file system, without waiting for the disk."""
        block = b"\1" * (4 << 20)
        path = self.folder / "floor"
        start = time.perf_counter()
        with open(path, "wb", buffering=0) as file:
            for _ in range(max(1, size // len(block))):
                file.write(block)
        seconds = time.perf_counter() - start
        path.unlink()
        return seconds

    # The parts

    def bench_import(self, name, manifest, files, target=None, runs=None):
        world = self.folder / f"{name}.h5"
        run, _ = self.repeat("import", manifest, "-o", world, runs=runs)
        size = sum(os.path.getsize(file) for file in files)
        rows = sum(len(h5py.File(world, "r")[f"trade/{year}/value"]) for year in h5py.File(world, "r")["trade"])
        self.row(f"import {name}", run.wall - run.flush, self.read_floor(files), "read once",
                 f"{size / 1e6:.0f} MB, {rows / 1e6:.1f} M rows, {size / 1e6 / run.wall:.0f} MB/s, "
                 f"{run.peak_mb:.0f} MB of memory, flush {run.flush:.2f} s", target)
        return world, rows

    def bench_solve(self, name, world, settings=None, baseline=True, tables_target=None, process_target=None):
        result = self.folder / f"{name}-result.h5"
        extra = ["--settings", settings] if settings else []
        run, all_runs = self.repeat("solve", world, "-o", result, *extra)
        stages = {name: statistics.median(run.stages[name] for run in all_runs) for name in run.stages}
        tables = stages["prepare"] + stages["factors"] + stages["cells"]
        with h5py.File(result, "r") as file:
            countries, products = len(file["exporter"]), len(file["product"])
            live = int(np.count_nonzero(file["exporter_product/actual"][...])) * countries
        cells = countries * countries * products
        floor = live * OPERATIONS_PER_CELL / self.peaks[1] if self.peaks else None
        self.row(f"solve {name}: tables and cells", tables, floor, "operations",
                 f"base trade {stages['prepare']:.3f} s, factors {stages['factors']:.3f} s, "
                 f"cells {stages['cells']:.3f} s; "
                 f"{cells / 1e6:.0f} M cells, {live / 1e6:.0f} M of exporters that sell, "
                 f"{tables * 1e9 / cells:.2f} ns a cell" +
                 (f"; listing {stages['listing']:.3f} s" if "listing" in stages else ", listing while writing"),
                 tables_target)
        size = os.path.getsize(result)
        floor = self.read_floor([world]) + self.write_floor(size)
        self.row(f"solve {name}: whole process", run.wall, floor, "read and write",
                 f"result {size / 1e6:.0f} MB, {run.peak_mb:.0f} MB of memory, of which flush {run.flush:.2f} s",
                 process_target)
        if baseline:
            self.compare(name, world, result, tariffs=settings is None, solved=tables)
        return tables, cells

    def compare(self, name, world, result, tariffs, solved):
        """Numpy's pair totals: how long they take, and whether the program's are the same."""
        start = time.perf_counter()
        data = numpy_baseline.World(str(world), tariffs)
        read = time.perf_counter() - start
        start = time.perf_counter()
        numpy_baseline.pair_totals(data, threads=self.threads or None)
        plain = time.perf_counter() - start
        totals = numpy_baseline.pair_totals(data, changes=True, threads=self.threads or None)
        worst, where = numpy_baseline.worst_difference(totals, str(result))
        faster = f", {plain / solved:.1f} times the program's tables and cells"
        self.row(f"numpy {name}: pair totals alone", plain, None, "",
                 f"reading the world {read:.1f} s{faster}; largest relative difference {worst:.1e} ({where})")
        if not worst <= TOLERANCE:
            raise Wrong(f"{name}: pair totals differ from numpy's by {worst:.3g} in {where}")

    def bench_dense(self, name, world, target=None):
        plain, _ = self.repeat("solve", world, "-o", self.folder / "plain.h5", runs=3)
        path = self.folder / "dense.h5"
        dense, _ = self.repeat("solve", world, "-o", path, "--dense", "potential", runs=3)
        with h5py.File(path, "r") as file:
            cube = file["dense/potential"]
            raw = cube.size * cube.dtype.itemsize
            stored = cube.id.get_storage_size()
            # The cube of one exporter against its totals.
            exporter = int(np.argmax(file["pair/potential"][...].sum(axis=1)))
            found = cube[exporter].astype(float).sum(axis=1)
            expected = file["pair/potential"][exporter]
        if not np.allclose(found, expected, rtol=1e-5, atol=1.0):
            raise Wrong(f"{name}: the dense cube does not add up to the pair totals")
        extra = max(1e-3, (dense.wall - dense.flush) - (plain.wall - plain.flush))
        self.row(f"dense {name}: one cube", extra, self.write_floor(stored), "write",
                 f"{raw / 1e6:.0f} MB raw at {raw / 1e6 / extra:.0f} MB/s, {stored / 1e6:.0f} MB stored, "
                 f"{dense.peak_mb:.0f} MB of memory, flush {dense.flush:.2f} s", target)

    def check_same_world(self, imported, made):
        """The imported tables are the world they were written from."""
        with h5py.File(imported, "r") as a, h5py.File(made, "r") as b:
            for year in b["trade"]:
                for name in ("product_offset", "exporter", "market", "value"):
                    if not np.array_equal(a[f"trade/{year}/{name}"][...], b[f"trade/{year}/{name}"][...]):
                        raise Wrong(f"imported trade/{year}/{name} is not what was exported")
            for name in ("distance", "elasticity/sigma", "tariff/line_rate", "macro/gdp"):
                if not np.array_equal(a[name][...], b[name][...], equal_nan=True):
                    raise Wrong(f"imported {name} is not what was exported")

    def synthetic(self, quick):
        size = ["--countries", 60, "--products", 300] if quick else []
        no_tariffs = self.folder / "no-tariffs.toml"
        no_tariffs.write_text("[method]\ntariffs = false\n")
        worlds, rows = {}, {}
        for years in (1, 5):
            tables, made = self.folder / f"csv{years}", self.folder / f"made{years}.h5"
            run = self.run("synth", "-o", made, "--csv", tables, "--years", years, *size)
            self.row(f"synth {years} {'year' if years == 1 else 'years'}, tables and world.h5", run.wall, None, "", f"{run.peak_mb:.0f} MB of memory")
            files = sorted(tables.glob("BACI*.csv"))
            worlds[years], rows[years] = self.bench_import(
                f"synthetic-{years}y", tables / "world.toml", files, "10 s, 4 GB" if years == 5 else None,
                runs=None if years == 1 else max(1, self.runs - 2))
            self.check_same_world(worlds[years], made)
            shutil.rmtree(tables)
        self.bench_solve("synthetic-1y", worlds[1], no_tariffs)
        self.bench_solve("synthetic-1y-tariffs", worlds[1])
        self.bench_solve("synthetic-5y-tariffs", worlds[5], baseline=False)
        self.linear_in_cells(no_tariffs, quick)
        self.bench_dense("synthetic-1y", worlds[1], "400 MB/s")

    def linear_in_cells(self, settings, quick):
        """Half the products, and half the flows at the same cells."""
        countries, products = (60, 300) if quick else (226, 5079)
        for name, count, density in (("half-the-products", products // 2, 0.04), ("half-the-flows", products, 0.02)):
            world = self.folder / f"{name}.h5"
            self.run("synth", "-o", world, "--years", 1, "--countries", countries, "--products", count, "--density",
                     density)
            self.bench_solve(name, world, settings, baseline=False)

    def real(self, data):
        data = pathlib.Path(data)
        copy = self.folder / "real"
        copy.mkdir()
        trade = []
        for path in data.iterdir():
            if path.suffix == ".xz":
                target = copy / path.stem
                with lzma.open(path) as packed, open(target, "wb") as plain:
                    shutil.copyfileobj(packed, plain, 8 << 20)
                trade.append(target)
            elif path.suffix == ".csv":
                (copy / path.name).symlink_to(path)
        for name, tables, process in (("world2024", "0.50 s", "2.5 s, 1.2 GB"),
                                      ("world2024-tariffs", "0.63 s", "3.1 s, 1.2 GB")):
            manifest = copy / f"{name}.toml"
            manifest.write_text((data / f"{name}.toml").read_text().replace(".csv.xz", ".csv"))
            world, _ = self.bench_import(name, manifest, trade, "2.0 s, 1.5 GB")
            self.bench_solve(name, world, tables_target=tables, process_target=process)
            if name == "world2024":
                self.bench_dense(name, world, "400 MB/s")

    def table(self):
        head = ("what", "median", "floor", "of the floor reached", "target", "notes")
        lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
        return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in self.rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/bin/potentia")
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each command, after one that warms up")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="small worlds: checks answers, times nothing")
    parser.add_argument("--only", choices=("synthetic", "real"))
    parser.add_argument("--scratch", help="folder for several GB of temporary files")
    parser.add_argument("--markdown", help="also write the table here")
    flags = parser.parse_args()
    bench = Bench(flags)
    code = 0
    try:
        if bench.peaks:
            print(f"machine: {bench.peaks[0] / 1e9:.1f} GB/s copied, {bench.peaks[1] / 1e9:.1f} Gop/s without fma")
        if flags.only != "real":
            bench.synthetic(flags.quick)
        if flags.only != "synthetic" and not flags.quick:
            if "POTENTIA_REAL_DATA" in os.environ:
                bench.real(os.environ["POTENTIA_REAL_DATA"])
            else:
                print("real world skipped: POTENTIA_REAL_DATA is not set")
    except Wrong as wrong:
        print(f"WRONG: {wrong}", file=sys.stderr)
        code = 1
    finally:
        bench.close()
    print(f"\n{datetime.date.today()}, {os.cpu_count()} cores, medians of {flags.runs}\n\n{bench.table()}")
    if flags.markdown:
        pathlib.Path(flags.markdown).write_text(bench.table() + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
