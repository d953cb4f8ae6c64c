"""The content digest as io/README.md describes it, computed anew here; and that no changed number passes."""

import hashlib
import random
import struct
import subprocess
import unittest

import h5py
import numpy as np
import xxhash

import cli

PLUMBING = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "DIMENSION_LABELS"}


def plain(value):
    """An attribute of fixed or variable length as text."""
    return value.decode() if isinstance(value, bytes) else value


def fingerprint(dataset):
    """The fingerprint that the values of a dataset should have, in the boxes that its attribute names."""
    box = plain(dataset.attrs["fingerprint"]).split()[1]
    if box == "text":
        texts = [dataset[()]] if dataset.shape == () else list(dataset[()])
        state = xxhash.xxh3_128()
        for text in texts:
            state.update(struct.pack("<Q", len(text)) + text)
        return f"xxh3-128 text {state.hexdigest()}"
    values = dataset[()]
    extents = list(values.shape) if box == "whole" else [int(extent) for extent in box.split("x")]
    hashes = b""
    counts = [-(-size // extent) if extent else 0 for size, extent in zip(values.shape, extents)]
    for index in np.ndindex(*counts) if values.size else []:
        part = values[tuple(slice(i * extent, (i + 1) * extent) for i, extent in zip(index, extents))]
        full = np.zeros(extents, values.dtype)
        full[tuple(slice(0, size) for size in part.shape)] = part
        hashes += xxhash.xxh3_128(full.tobytes()).digest()
    if not values.size:
        hashes = xxhash.xxh3_128(b"").digest()
    return f"xxh3-128 {box} {xxhash.xxh3_128(hashes).hexdigest()}"


def described(value):
    if isinstance(value, (str, bytes)):
        raw = value.encode() if isinstance(value, str) else value
        return b" text %d:%s" % (len(raw), raw)
    values = np.atleast_1d(value)
    if values.dtype.kind in "iu":
        kind = b" int" if values.dtype.kind == "i" else b" uint"
        return kind + b"".join(b" %d" % one for one in values)
    if values.dtype.kind == "f":
        return b" float" + b"".join(b" " + struct.pack(">d", one).hex().encode() for one in values)
    return b" other"


def contents(node, path):
    if isinstance(node, h5py.Dataset):
        kind = "text" if node.dtype.kind in "OS" else node.dtype.newbyteorder("<" if node.dtype.byteorder != ">" else ">").str
        kind = kind.replace("|", "<")
        text = b"dataset %s %s %s\n" % (path.encode(), kind.encode(), "x".join(map(str, node.shape)).encode() or b"scalar")
    else:
        text = b"group %s\n" % path.encode()
    for name in sorted(node.attrs):
        if name in PLUMBING or (path, name) in {("/", "content_digest"), ("/provenance", "run")}:
            continue
        text += b"attribute %s%s\n" % (name.encode(), described(node.attrs[name]))
    if isinstance(node, h5py.Group):
        for name in sorted(node):
            text += contents(node[name], (path if path != "/" else "") + "/" + name)
    return text


def digest(path):
    with h5py.File(path) as file:
        return hashlib.sha256(contents(file, "/")).hexdigest()


def stored(path):
    with h5py.File(path) as file:
        return plain(file.attrs["content_digest"])


class Contents(cli.Case):
    def setUp(self):
        super().setUp()
        self.world, self.result = self.folder / "world.h5", self.folder / "result.h5"
        self.succeeds("synth", "-o", self.world, "--countries", 12, "--products", 60, "--years", 2)
        self.succeeds("solve", self.world, "-o", self.result, "--top", 0, "--dense", "potential")

    def copy_with(self, source, change):
        """A copy whose bytes `change` has been at; its path."""
        path = self.folder / "changed.h5"
        broken = bytearray(source.read_bytes())
        change(broken)
        path.write_bytes(broken)
        return path

    def test_the_digest_is_what_the_readme_says(self):
        for path in (self.world, self.result):
            self.assertEqual(digest(path), stored(path))
            with h5py.File(path) as file:
                found = []
                file.visititems(lambda name, node: found.append(node) if isinstance(node, h5py.Dataset) else None)
                self.assertGreater(len(found), 30)
                for dataset in found:
                    if "fingerprint" in dataset.attrs:
                        self.assertEqual(plain(dataset.attrs["fingerprint"]), fingerprint(dataset), dataset.name)
                    else:  # an axis without labels stores nothing
                        self.assertEqual(dataset.id.get_storage_size(), 0, dataset.name)
            self.assertIn(stored(path), self.succeeds("info", path).stdout)
        with h5py.File(self.result) as file:
            inputs = file["provenance/inputs"]
            self.assertEqual(inputs["sha256"][0].decode(), stored(self.world))

    def test_threads_and_storage_do_not_matter(self):
        again = (self.folder / "again.h5")
        self.succeeds("solve", self.world, "-o", again, "--top", "0", "--dense", "potential", "--threads", 3)
        self.assertEqual(stored(again), stored(self.result))
        for layout in (["-l", "CONTI"], ["-f", "GZIP=6", "-f", "SHUF"], ["-l", "CHUNK=5x7x3"]):
            packed = (self.folder / "packed.h5")
            done = subprocess.run(["h5repack", *layout, self.result, packed], capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.succeeds("validate", packed)
            self.assertEqual(stored(packed), stored(self.result))
            packed.unlink()

    def test_long_axes_without_labels_are_no_damage(self):
        world, result = self.folder / "larger.h5", self.folder / "cells.h5"
        self.succeeds("synth", "-o", world, "--countries", 40, "--products", 400, "--years", 1, "--density", 0.2)
        (self.folder / "s.toml").write_text("[cells]\nthresholds = false\n")
        self.succeeds("solve", world, "-o", result, "--top", 0, "--settings", self.folder / "s.toml")
        with h5py.File(result) as file:
            self.assertGreater(file["cells/market"].size, 50000)
        self.succeeds("validate", result)
        self.assertEqual(digest(result), stored(result))

    def test_every_change_is_noticed(self):
        def value(file):
            file["pair/potential"][0, 1] *= 1 + 2**-52

        def swap(file):
            values = file["cells/product"][()]
            values[[0, 1]] = values[[1, 0]]
            file["cells/product"][...] = values

        def text(file):
            file["exporter_name"][0] = "Elsewhere"

        def units(file):
            file["pair/actual"].attrs["units"] = "EUR"

        def year(file):
            file.attrs["horizon_year"] = 2031

        def gone(file):
            del file["market_product"]

        def digest_gone(file):
            del file.attrs["content_digest"]
            year(file)

        def digest_renamed(file):
            file.attrs["content_digfst"] = file.attrs["content_digest"]
            digest_gone(file)

        def digest_empty(file):
            file.attrs["content_digest"] = ""
            year(file)

        def cube(file):
            file["dense/potential"][0, 1, 0] = 12345

        for change in (value, swap, text, units, year, gone, digest_gone, digest_renamed, digest_empty, cube):
            copy = self.copy_with(self.result, lambda raw: None)
            with h5py.File(copy, "r+") as file:
                change(file)
            failed = cli.potentia("validate", copy)
            self.assertEqual(failed.returncode, 3, change.__name__ + failed.stderr + failed.stdout)
            self.assertRegex(failed.stderr, r"holds other values than were written|has other contents than were written")
        with h5py.File(self.world, "r+") as file:  # solve checks what it reads
            kept = file["macro/gdp"][0, 0]
            file["macro/gdp"][0, 0] = kept * 1.5
        failed = cli.potentia("solve", self.world, "-o", (self.folder / "none.h5"))
        self.assertEqual(failed.returncode, 3)
        self.assertRegex(failed.stderr, r"holds other values than were written \(.*world.h5:/macro/gdp\)")
        self.assertFalse((self.folder / "none.h5").exists())
        with h5py.File(self.world, "r+") as file:
            file["macro/gdp"][0, 0] = kept

    def test_files_of_other_programs_have_none_and_pass(self):
        path = (self.folder / "by_hand.h5")
        cli.write_worked_example(path)
        self.succeeds("validate", path)
        self.assertIn("none", self.succeeds("info", path).stdout)

    def test_no_flipped_byte_passes_with_other_numbers(self):
        rng = random.Random(7)
        for path, names in ((self.world, ["macro/gdp", "trade/2023/value"]), (self.result, ["pair/unrealized", "cells/static"])):
            for _ in range(120):
                at, bit = rng.randrange(path.stat().st_size), rng.randrange(8)

                def flip(raw):
                    raw[at] ^= 1 << bit

                copy = self.copy_with(path, flip)
                done = cli.potentia("validate", copy)
                self.assertIn(done.returncode, (0, 3), f"{path} byte {at} bit {bit}: {done.stderr}")
                if done.returncode == 0:  # a byte that nobody reads: the values are those that were written
                    with h5py.File(path) as old, h5py.File(copy) as new:
                        for name in names:
                            self.assertTrue(np.array_equal(old[name][()], new[name][()]), f"{path} byte {at} bit {bit}")


if __name__ == "__main__":
    unittest.main()
