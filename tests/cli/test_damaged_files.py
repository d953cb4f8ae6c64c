"""Whatever a damaged file does to HDF5, the program answers with exit code 3 and one line, or reads what was written.

As a test it tries some hundred damages; by hand, with all counts told:
    POTENTIA_BIN=build/bin/potentia python3 tests/cli/test_damaged_files.py 10000 2000
makes 10,000 random and 2,000 structured mutations (superblock, object headers, B-trees, heaps, chunk indexes; sizes and
addresses set to extremes, blocks copied, zeroed, cut off; checksums of object headers made to fit again).
"""

import collections
import concurrent.futures
import os
import random
import shutil
import struct
import sys
import tempfile
import unittest
from pathlib import Path

import cli

SIGNATURES = [b"OHDR", b"OCHK", b"TREE", b"SNOD", b"HEAP", b"GCOL", b"FRHP", b"FHDB", b"FHIB", b"BTHD", b"BTLF", b"BTIN"]
EXTREMES = [0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 32, (1 << 63) - 1, (1 << 64) - 1]


def rotated(value, bits):
    return (value << bits | value >> (32 - bits)) & 0xFFFFFFFF


def lookup3(data):
    """Bob Jenkins' hash, which HDF5 takes for checksums of its structures."""
    mask = 0xFFFFFFFF
    a = b = c = (0xDEADBEEF + len(data)) & mask
    at, left = 0, len(data)
    while left > 12:
        x, y, z = struct.unpack_from("<III", data, at)
        a, b, c = (a + x) & mask, (b + y) & mask, (c + z) & mask
        a = (a - c) & mask ^ rotated(c, 4); c = (c + b) & mask
        b = (b - a) & mask ^ rotated(a, 6); a = (a + c) & mask
        c = (c - b) & mask ^ rotated(b, 8); b = (b + a) & mask
        a = (a - c) & mask ^ rotated(c, 16); c = (c + b) & mask
        b = (b - a) & mask ^ rotated(a, 19); a = (a + c) & mask
        c = (c - b) & mask ^ rotated(b, 4); b = (b + a) & mask
        at, left = at + 12, left - 12
    if left == 0:
        return c
    x, y, z = struct.unpack("<III", (data[at:] + bytes(12))[:12])
    a, b, c = (a + x) & mask, (b + y) & mask, (c + z) & mask
    c = ((c ^ b) - rotated(b, 14)) & mask
    a = ((a ^ c) - rotated(c, 11)) & mask
    b = ((b ^ a) - rotated(a, 25)) & mask
    c = ((c ^ b) - rotated(b, 16)) & mask
    a = ((a ^ c) - rotated(c, 4)) & mask
    b = ((b ^ a) - rotated(a, 14)) & mask
    return ((c ^ b) - rotated(b, 24)) & mask


def header_extent(raw, begin):
    """First and last byte of a version 2 object header at `begin`, its checksum behind them; None if it is none."""
    flags = raw[begin + 5]
    at = begin + 6 + (16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0)
    width = 1 << (flags & 3)
    size = int.from_bytes(raw[at:at + width], "little")
    end = at + width + size
    return (begin, end) if end + 4 <= len(raw) else None


def places(raw):
    found = []
    for signature in SIGNATURES:
        at = raw.find(signature)
        while at >= 0:
            found.append((signature, at))
            at = raw.find(signature, at + 1)
    return found


def random_damage(raw, rng, _):
    if rng.random() < 0.15:
        del raw[rng.randrange(len(raw)):]
        return
    reach = len(raw) if rng.random() < 0.5 else min(len(raw), 8192)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(reach)
        kind = rng.randrange(4)
        if kind == 0:
            raw[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            raw[at] = rng.randrange(256)
        elif kind == 2:
            raw[at] = 255
        else:
            raw[at:at + 8] = rng.randbytes(min(8, len(raw) - at))


def structured_damage(raw, rng, found):
    signature, begin = rng.choice(found + [(b"\x89HDF", 0)] * (1 + len(found) // 20))
    extent = header_extent(raw, begin) if signature == b"OHDR" else None
    end = extent[1] if extent else begin + 96 if begin else 96
    end = min(end, len(raw))
    kind = rng.randrange(6)
    at = rng.randrange(begin + (4 if rng.random() < 0.9 else 0), max(end, begin + 5))
    if kind == 0:
        width = rng.choice([1, 2, 4, 8])
        raw[at:at + width] = (rng.choice(EXTREMES) & ((1 << 8 * width) - 1)).to_bytes(width, "little")
    elif kind == 1:
        raw[at] ^= 1 << rng.randrange(8)
    elif kind == 2:  # another structure's bytes
        other, size = rng.choice(found)[1], rng.choice([8, 16, 64])
        raw[at:at + size] = raw[other:other + size]
    elif kind == 3:
        raw[at:at + rng.choice([8, 32, 256])] = bytes(rng.choice([8, 32, 256]))
    elif kind == 4:  # an address of another structure, its own perhaps
        raw[at:at + 8] = struct.pack("<Q", rng.choice(found)[1])
    else:
        value = int.from_bytes(raw[at:at + 4], "little") + rng.choice([-1, 1, 8, -8])
        raw[at:at + 4] = (value & 0xFFFFFFFF).to_bytes(4, "little")
    if extent and rng.random() < 0.8:
        raw[extent[1]:extent[1] + 4] = struct.pack("<I", lookup3(bytes(raw[extent[0]:extent[1]])))


def try_one(job):
    """Runs a command on one damaged copy; returns (exit code or what was wrong, what it was)."""
    kind, seed, source, folder = job
    rng = random.Random(f"{kind} {seed} {source.name}")
    raw = bytearray(source.read_bytes())
    {"random": random_damage, "structured": structured_damage}[kind](raw, rng, places(bytes(raw)))
    path, out = folder / f"{kind}{seed}.h5", folder / f"out{kind}{seed}"
    path.write_bytes(raw)
    commands = [["validate", path], ["info", path]]
    if source.name == "world.h5":
        commands += [["solve", path, "-o", out], ["drilldown", path, "--exporter", "LAO", "--market", "CHN", "-o", out]]
    command = commands[seed % len(commands)]
    what = f"{kind} {seed} {' '.join(map(str, command[:1]))} {source.name}"
    try:
        done = cli.potentia("-q", "-j", "1", *command)
    except Exception as hang:  # noqa: BLE001
        return "hang", f"{what}: {hang}"
    finally:
        path.unlink()
        shutil.rmtree(out, ignore_errors=True)
        if out.is_file():
            out.unlink()
    errors = [line for line in done.stderr.splitlines() if line.startswith("potentia: error: ")]
    if done.returncode not in (0, 3) or (done.returncode == 3) != (len(errors) == 1):
        return f"exit {done.returncode}", f"{what}: {done.stderr[-300:]}"
    return done.returncode, ""


def damage(random_count, structured_count):
    """Counts of exit codes, and a line for each that should not be."""
    with tempfile.TemporaryDirectory(prefix="potentia-damage-") as name:
        folder = Path(name)
        world, result = folder / "world.h5", folder / "result.h5"
        for command in (["synth", "-o", world, "--countries", 9, "--products", 40, "--years", 2],
                        ["solve", world, "-o", result, "--top", 20]):
            assert cli.potentia(*command).returncode == 0
        jobs = [(kind, seed, world if seed % 3 else result, folder)
                for kind, count in (("random", random_count), ("structured", structured_count)) for seed in range(count)]
        counts, faults = collections.Counter(), []
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for (kind, *_), (outcome, fault) in zip(jobs, pool.map(try_one, jobs)):
                counts[f"{kind}: {outcome}"] += 1
                if fault:
                    faults.append(fault)
        return counts, faults


class DamagedFiles(unittest.TestCase):
    def test_are_answered(self):
        counts, faults = damage(240, 240)
        self.assertEqual(faults, [], counts)
        self.assertGreater(counts["random: 3"], 50)
        self.assertGreater(counts["structured: 3"], 50)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        counted, wrong = damage(int(sys.argv[1]), int(sys.argv[2]))
        print("\n".join(wrong))
        print("\n".join(f"{key}: {counted[key]}" for key in sorted(counted)))
        sys.exit(1 if wrong else 0)
    unittest.main()
