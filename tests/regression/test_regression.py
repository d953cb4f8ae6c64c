"""Results that must not change unnoticed: each folder here is settings, a world and what came out of it.

A folder has settings.toml, expected.json and either manifest.toml with its tables or synth.txt with the flags of a
made-up world. After a change that is meant to change results, look at the differences and accept them with
    POTENTIA_BIN=build/bin/potentia python3 tests/regression/test_regression.py --update
"""

import hashlib
import json
import sys
import unittest
from pathlib import Path

import h5py
import numpy as np

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "cli"))
import cli  # noqa: E402

CASES = sorted(path.parent for path in FOLDER.glob("*/settings.toml"))


def digest(content):
    return hashlib.sha256(content).hexdigest()[:20]  # enough to tell a change


def described(dataset):
    """Shape, type, digest of the bytes and, for people, the sum."""
    data = dataset[()]
    if isinstance(data, np.ndarray) and data.dtype != object:
        entry = {"shape": list(data.shape), "type": str(data.dtype), "sha256": digest(data.tobytes())}
        if data.dtype.kind == "f" and data.size:
            entry["sum"] = f"{np.nansum(data):.12g}"
    else:
        values = [value if isinstance(value, bytes) else str(value).encode() for value in np.atleast_1d(data).ravel()]
        entry = {"shape": list(np.shape(data)), "type": "text", "sha256": digest(b"\0".join(values))}
    for name in ("units", "long_name"):
        if name in dataset.attrs:
            value = dataset.attrs[name]
            entry[name] = value.decode() if isinstance(value, bytes) else str(value)
    return entry


def said(entry):
    return " ".join(f"{key} {entry[key]}" for key in ("shape", "type", "sum", "sha256") if key in entry)


def summary(path):
    found = {}
    with h5py.File(path) as result:
        result.visititems(lambda name, node: found.update({name: described(node)}) if isinstance(node, h5py.Dataset) else None)
    return found


def solve(case, folder):
    """Makes the case's world and result in `folder`; returns the result's path."""
    world, result = folder / "world.h5", folder / "result.h5"
    if (case / "manifest.toml").exists():
        made = cli.potentia("import", case / "manifest.toml", "-o", world)
    else:
        made = cli.potentia("synth", *(case / "synth.txt").read_text().split(), "-o", world)
    if made.returncode == 0:
        made = cli.potentia("solve", world, "-o", result, "--settings", case / "settings.toml")
    if made.returncode != 0:
        raise AssertionError(made.stderr)
    return result


def write_expected(path, found):
    lines = [f"{json.dumps(name)}: {json.dumps(found[name])}" for name in sorted(found)]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


class Regression(cli.Case):
    def test_results_are_those_expected(self):
        self.assertTrue(CASES)
        for case in CASES:
            with self.subTest(case.name):
                folder = self.folder / case.name
                folder.mkdir()
                found = summary(solve(case, folder))
                expected = json.loads((case / "expected.json").read_text())
                self.assertEqual(sorted(found), sorted(expected), "another set of datasets")
                changed = [f"{name}: {said(expected[name])} became {said(found[name])}"
                           for name in sorted(found) if found[name] != expected[name]]
                self.assertFalse(changed, f"{case.name}: {len(changed)} datasets differ\n" + "\n".join(changed[:20]))


def update():
    import tempfile
    for case in CASES:
        with tempfile.TemporaryDirectory(prefix="potentia-regression-") as folder:
            write_expected(case / "expected.json", summary(solve(case, Path(folder))))
        print(case / "expected.json")


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        update()
    else:
        cli.main()
