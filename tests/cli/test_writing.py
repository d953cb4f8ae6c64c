"""How a result lies in its file: chunks plain and packed side by side, the same bytes for any number of threads, and as
others read them."""

import shutil
import subprocess
import zlib

import h5py
import numpy as np
import xarray

import cli


def chunks(path):
    """{(dataset, number): (filter mask, place in the file, stored bytes)} of everything that is chunked."""
    found = {}
    with h5py.File(path) as file:
        def visit(name, node):
            if not isinstance(node, h5py.Dataset) or node.chunks is None:
                return
            for number in range(node.id.get_num_chunks()):
                info = node.id.get_chunk_info(number)
                found[name, number] = (info.filter_mask, info.byte_offset, node.id.read_direct_chunk(info.chunk_offset)[1])
        file.visititems(visit)
    return found


class Writing(cli.Case):
    def solve(self, name, *flags, countries=90, products=1500):
        world = self.folder / f"{countries}x{products}.h5"
        if not world.exists():
            self.succeeds("synth", "-o", world, "--countries", countries, "--products", products, "--years", 1)
        self.succeeds("solve", world, "-o", self.folder / name, *flags)
        return self.folder / name

    def test_plain_and_packed_chunks_are_what_others_read(self):
        path = self.solve("r.h5", "--threads", 2)
        masks = {}
        for (name, _), (mask, _, _) in chunks(path).items():
            masks.setdefault(name, set()).add(mask)
        mixed = [name for name, found in masks.items() if found == {0, 1}]
        self.assertTrue(mixed, "no dataset has both kinds of chunks")
        self.assertTrue(any(found == {1} for found in masks.values()))

        with h5py.File(path) as file:
            for name in mixed:
                values, extents = file[name][...], file[name].chunks
                for number in range(file[name].id.get_num_chunks()):  # as the documentation says, by zlib alone
                    info = file[name].id.get_chunk_info(number)
                    mask, stored = file[name].id.read_direct_chunk(info.chunk_offset)
                    raw = stored if mask else zlib.decompress(stored)
                    full = np.zeros(extents)
                    inside = values[tuple(slice(at, at + size) for at, size in zip(info.chunk_offset, extents))]
                    full[tuple(slice(0, size) for size in inside.shape)] = inside
                    self.assertEqual(raw, full.tobytes(), f"{name} {number}")
                    self.assertLess(len(stored), full.nbytes + 1)

            for engine in ("netcdf4", "h5netcdf"):
                group, column = mixed[0].split("/")
                with xarray.open_dataset(path, group=group, engine=engine) as opened:
                    np.testing.assert_array_equal(opened[column].values, file[mixed[0]][...])
            if shutil.which("h5dump"):
                raw = self.folder / "raw"
                done = subprocess.run(["h5dump", "-d", "/" + mixed[0], "-b", "LE", "-o", raw, path], stdout=subprocess.DEVNULL)
                self.assertEqual(done.returncode, 0)
                self.assertEqual(raw.read_bytes(), file[mixed[0]][...].tobytes())

    def test_threads_change_no_stored_byte(self):
        one = chunks(self.solve("1.h5", "--threads", 1))
        for threads in (2, 7):
            self.assertTrue(chunks(self.solve(f"{threads}.h5", "--threads", threads)) == one, f"{threads} threads")

    def test_tables_made_while_writing_follow_from_those_held(self):
        with h5py.File(self.solve("r.h5", "--threads", 2)) as file:
            for column in ("actual", "potential", "static", "change_income"):
                sectors, pairs = file[f"pair_sector/{column}"][...], file[f"pair/{column}"][...]
                np.testing.assert_allclose(sectors.sum(axis=2), pairs, rtol=1e-12, atol=1e-6)
            supply = file["factors/supply"][...]
            exports = file["exporter_product/actual"][...]
            self.assertTrue(np.all((supply > 0) <= (exports > 0)))
            self.assertEqual(file["factors/demand_now"][...].tobytes(), file["market_product/actual"][...].tobytes())

    def test_awkward_sizes(self):
        for countries, products in ((2, 1), (9, 33), (33, 597)):
            with self.subTest(countries=countries, products=products):
                one = self.solve("one.h5", "--threads", 1, countries=countries, products=products)
                seven = self.solve("seven.h5", "--threads", 7, countries=countries, products=products)
                self.assertTrue(chunks(one) == chunks(seven))
                self.succeeds("compare", one, seven, "--full")
                self.succeeds("validate", one)

    def test_chosen_countries_are_slices(self):
        whole = self.solve("whole.h5")
        with h5py.File(whole) as file:
            codes = [code.decode() for code in file["exporter"][...]]
            rows = [3, 40, 41]
            names = ",".join(codes[row] for row in rows)
            with h5py.File(self.solve("part.h5", "--exporters", names)) as part:
                for table in ("factors/supply", "factors/ease", "pair_sector/dynamic", "exporter_product/unrealized"):
                    self.assertEqual(part[table][...].tobytes(), file[table][...][rows].tobytes(), table)
                self.assertEqual(part["factors/demand"][...].tobytes(), file["factors/demand"][...].tobytes())


if __name__ == "__main__":
    cli.main()
