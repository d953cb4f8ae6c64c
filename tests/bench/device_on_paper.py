#!/usr/bin/env python3
"""What the compiler says of the device code: registers, spills, operations and bytes of a cell, and the times they allow.

    tests/bench/device_on_paper.py [--nvcc /usr/local/cuda/bin/nvcc] [--cells 117e6] [--arch 90]

Needs nvcc, no device. Registers and spills are those of the machine code (ptxas -v); operations and loads are counted in the
innermost loop of each walk over cells, in PTX, where one round of the loop is one cell. Prints the table of kernels/README.md.
"""
import argparse
import collections
import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WALK = re.compile(r"(PairPass<(?:true|false), (?:true|false)>|MarketPass<(?:true|false)>|ExporterPass<(?:true|false)>)")
# An H100 SXM by its data sheet and white paper: 132 multiprocessors at 1.83 GHz, each with 64 units for doubles and four
# schedulers that issue to 32 threads a cycle.
CLOCK, MULTIPROCESSORS = 1.83e9, 132
DOUBLES_PER_SECOND = 64 * MULTIPROCESSORS * CLOCK
INSTRUCTIONS_PER_SECOND = 4 * 32 * MULTIPROCESSORS * CLOCK
REGISTERS, WARPS = 65536, 64
DIVISION = 10  # operations on doubles that a correctly rounded division becomes


def compiler(arguments, nvcc):
    command = [nvcc, "-std=c++17", "-O3", "-DNDEBUG", "--fmad=false", f"-I{ROOT}", str(ROOT / "kernels/cuda/cuda_backend.cu")]
    done = subprocess.run(command + arguments, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return done.stdout + done.stderr


def demangled(name):
    return subprocess.run(["c++filt", name], capture_output=True, text=True, check=True).stdout.strip()


def machine_code(nvcc, arch):
    """Registers and spilled bytes of each walk."""
    with tempfile.NamedTemporaryFile(suffix=".cubin") as out:
        said = compiler(["-cubin", f"-arch=sm_{arch}", "-Xptxas=-v", "-o", out.name], nvcc)
    found = {}
    for name, rest in re.findall(r"Compiling entry function '(\w+)'(.*?Used \d+ registers)", said, re.S):
        walk = WALK.search(demangled(name))
        if walk:
            spills = re.search(r"(\d+) bytes spill stores", rest)
            found[walk.group(1)] = int(re.search(r"Used (\d+)", rest).group(1)), int(spills.group(1))
    return found


def innermost_loop(lines):
    """The loop that holds no other and does most with doubles."""
    label = {m.group(1): at for at, line in enumerate(lines) if (m := re.match(r"(\$L\w+):", line))}
    loops = []
    for at, line in enumerate(lines):
        jump = re.search(r"\bbra(?:\.uni)?\s+(\$L\w+)", line)
        if jump and label.get(jump.group(1), at) < at:
            loops.append((label[jump.group(1)], at))
    inner = [(a, b) for a, b in loops if not any(a <= c and d <= b and (a, b) != (c, d) for c, d in loops)]
    return max((lines[a : b + 1] for a, b in inner), key=lambda loop: sum(".f64" in line for line in loop))


def counts(loop):
    ops = collections.Counter()
    for line in loop:
        word = re.match(r"(?:@!?%p\d+\s+)?([a-z][a-z0-9_.]*)\s", line)
        if not word or word.group(1).startswith("$"):
            continue
        op = word.group(1)
        if op.startswith("ld.global"):
            ops["loads"] += 1
            ops["bytes"] += int(re.search(r"(\d+)$", op).group(1)) // 8
        elif re.match(r"(add|sub|mul|setp|neg|abs|min|max)\S*f64", op):
            ops["doubles"] += 1
        elif op.startswith("div"):
            ops["divisions"] += 1
        else:
            ops["others"] += 1
    return ops


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nvcc", default="/usr/local/cuda/bin/nvcc")
    parser.add_argument("--arch", default="90")
    parser.add_argument("--cells", type=float, default=117e6, help="cells of exporters that sell; the real world of 2024 has 117e6")
    arguments = parser.parse_args()

    code = machine_code(arguments.nvcc, arguments.arch)
    with tempfile.NamedTemporaryFile(suffix=".ptx") as out:
        compiler(["-ptx", f"-arch=sm_{arguments.arch}", "-o", out.name], arguments.nvcc)
        ptx = Path(out.name).read_text()
    print("| walk | registers | spills | warps at once | doubles, a cell | divisions | other instructions | loads (bytes) "
          "| at the rate of doubles | of all instructions |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for entry in re.finditer(r"\.entry (\w+)\(", ptx):
        walk = WALK.search(demangled(entry.group(1)))
        if not walk:
            continue
        begin = ptx.index("{", entry.end())
        loop = counts(innermost_loop([line.strip() for line in ptx[begin : ptx.index("\n}", begin)].split("\n")]))
        registers, spills = code[walk.group(1)]
        blocks = REGISTERS // (128 * (-(-registers // 8) * 8))
        doubles = loop["doubles"] + DIVISION * loop["divisions"]
        every = doubles + loop["others"] + loop["loads"]
        print(f"| `{walk.group(1)}` | {registers} | {spills} | {min(WARPS, 4 * blocks)} of {WARPS} | {loop['doubles']} "
              f"| {loop['divisions']} | {loop['others']} | {loop['loads']} ({loop['bytes']}) "
              f"| {arguments.cells * doubles / DOUBLES_PER_SECOND * 1e3:.2f} ms "
              f"| {arguments.cells * every / INSTRUCTIONS_PER_SECOND * 1e3:.2f} ms |")


if __name__ == "__main__":
    main()
