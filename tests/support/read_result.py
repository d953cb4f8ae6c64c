"""Reads a result made by formula (tests/unit/io/result_sample.cpp) as other programs would, and checks every value.

Usage: read_result.py FILE EXPORTERS MARKETS DENSE
EXPORTERS, MARKETS: comma-separated country indices; DENSE: comma-separated column names, or - for none.
Prints "ok", or fails with what is wrong.
"""
import json
import sys
import warnings

import h5py
import numpy as np
import xarray

warnings.filterwarnings("ignore")  # h5netcdf about its own future

COLUMNS = ["actual", "potential_now", "potential", "realized", "unrealized", "static", "dynamic", "overtrade",
           "change_supply", "change_population", "change_income", "change_tariff"]
FACTORS = {"supply_now": ("exporter", "product", "1"), "supply": ("exporter", "product", "1"),
           "demand_now": ("market", "product", "USD"), "demand": ("market", "product", "USD"),
           "typical_distance": ("market", "product", "km"), "ease": ("exporter", "market", "1")}
CODES = np.array(["AUT", "CHN", "CIV", "LAO", "THA"])
NAMES = np.array(["Austria", "China", "Côte d’Ivoire", "Lao People's Democratic Republic", "Thailand"])
PRODUCTS = np.array([f"{10000 + 2 * k:06d}" for k in range(700)])
SECTORS = np.array(["Food", "Rubber", "Other"])

path = sys.argv[1]
chosen = {"exporter": [int(i) for i in sys.argv[2].split(",")], "market": [int(j) for j in sys.argv[3].split(",")],
          "product": list(range(700)), "sector": list(range(3))}
dense = [] if sys.argv[4] == "-" else sys.argv[4].split(",")
labels = {"exporter": CODES[chosen["exporter"]], "market": CODES[chosen["market"]], "product": PRODUCTS,
          "sector": SECTORS}
everyone = list(range(5))


def value(column, *indices):
    grid = np.meshgrid(*[np.asarray(i, dtype=np.int64) for i in indices], indexing="ij")
    a, b = grid[0], grid[1]
    c = grid[2] if len(grid) > 2 else np.zeros_like(a)
    return np.where((a + b + c) % 3 == 0, 0.0, (column + 1) * 1e6 + a * 1e4 + b + c / 16.0)


def same(got, expected, what):
    got = np.asarray(got)
    assert got.shape == expected.shape, f"{what}: shape {got.shape}, not {expected.shape}"
    assert np.array_equal(got, expected, equal_nan=got.dtype.kind == "f"), f"{what}: other values"


def check_array(array, axes, expected, units, what):
    """An xarray variable: dimensions, labels, unit, long name and values."""
    assert array.dims == tuple(axes), f"{what}: dimensions {array.dims}"
    for axis in axes:
        same(array.coords[axis].values.astype(str), labels[axis], f"{what}: labels of {axis}")
    assert array.attrs["units"] == units, f"{what}: unit {array.attrs['units']}"
    assert len(array.attrs["long_name"]) > 3, f"{what}: no long name"
    same(array.values, expected, what)


def margins():
    tables = {"pair": ("exporter", "market"), "pair_sector": ("exporter", "market", "sector")}
    if chosen["market"] == everyone:
        tables["exporter_product"] = ("exporter", "product")
    if chosen["exporter"] == everyone:
        tables["market_product"] = ("market", "product")
    return tables


def check_with_xarray(engine):
    with xarray.open_dataset(path, engine=engine) as root:
        for axis in ("exporter", "market", "product", "sector"):
            same(root[axis].values.astype(str), labels[axis], f"/{axis}")
            assert root[axis + "_name"].dims == (axis,)
        same(root["exporter_name"].values.astype(str), NAMES[chosen["exporter"]], "/exporter_name")
        same(root["market_name"].values.astype(str), NAMES[chosen["market"]], "/market_name")
        assert root.attrs["format"] == "potentia-result" and root.attrs["version"] == 1
        assert root.attrs["horizon_year"] == 2029 and list(root.attrs["base_years"]) == [2023, 2024]
    for group, axes in margins().items():
        with xarray.open_dataset(path, group=group, engine=engine) as tables:
            assert sorted(tables.data_vars) == sorted(COLUMNS), f"{group}: {list(tables.data_vars)}"
            for number, name in enumerate(COLUMNS):
                expected = value(number, *[chosen[axis] for axis in axes])
                check_array(tables[name], axes, expected, "USD", f"{engine} /{group}/{name}")
    with xarray.open_dataset(path, group="factors", engine=engine) as tables:
        assert sorted(tables.data_vars) == sorted(FACTORS)
        for number, (name, (rows, columns, units)) in enumerate(FACTORS.items()):
            expected = value(20 + number, everyone, everyone if name == "ease" else chosen["product"])
            if name == "typical_distance":
                expected[3, 5] = np.nan
            expected = expected[chosen[rows]]
            if name == "ease":
                expected = expected[:, chosen["market"]]
            check_array(tables[name], (rows, columns), expected, units, f"{engine} /factors/{name}")
    with xarray.open_dataset(path, group="cells", engine=engine) as cells:
        check_cells(cells)
    if dense:
        with xarray.open_dataset(path, group="dense", engine=engine) as cubes:
            assert sorted(cubes.data_vars) == sorted(dense)
            for name in dense:
                axes = ("exporter", "market", "product")
                expected = value(COLUMNS.index(name), *[chosen[axis] for axis in axes]).astype(np.float32)
                check_array(cubes[name], axes, expected, "USD", f"{engine} /dense/{name}")
                assert cubes[name].dtype == np.float32
    with xarray.open_dataset(path, group="provenance/notices", engine=engine) as notices:
        assert list(notices["rule"].values) == ["distance.country_outside_world", "gdp.median"]
        assert list(notices["kind"].values) == ["drop", "fill"]
        assert list(notices["count"].values) == [7, 2]
        assert list(notices["whose"].values) == ["ANT PRI", "CIV LAO"]
    with xarray.open_dataset(path, group="provenance/inputs", engine=engine) as inputs:
        assert list(inputs["role"].values) == ["world", "trade"]
        assert list(inputs["sha256"].values) == ["b" * 64, "a" * 64]
        assert list(inputs["bytes"].values) == [42, 123456789012]


def check_cells(cells):
    counts = [10 * e for e in range(len(chosen["exporter"]))]
    same(cells["offsets"].values, np.concatenate([[0], np.cumsum(counts)]), "offsets")
    steps = [np.arange(n) for n in counts]
    same(cells["market"].values, np.concatenate([n % len(chosen["market"]) for n in steps]), "cells/market")
    same(cells["product"].values, np.concatenate([7 * n % 700 for n in steps]), "cells/product")
    for number, name in enumerate(COLUMNS):
        expected = np.concatenate([value(number, [i], n)[0] for i, n in zip(chosen["exporter"], steps)])
        same(cells[name].values, expected, f"cells/{name}")
        assert cells[name].attrs["units"] == "USD"


def check_with_h5py():
    with h5py.File(path, "r") as file:
        groups = {"pair", "pair_sector", "factors", "cells", "provenance", *margins()} | ({"dense"} if dense else set())
        assert {name for name in file if isinstance(file[name], h5py.Group)} == groups, f"groups {list(file)}"

        def visit(name, item):
            if isinstance(item, h5py.Dataset):
                assert isinstance(item.attrs["units"], str) and item.attrs["units"], f"{name}: no unit"
                assert isinstance(item.attrs["long_name"], str) and item.attrs["long_name"], f"{name}: no long name"
                if item.attrs.get("CLASS") != b"DIMENSION_SCALE":
                    assert all(len(dimension) == 1 for dimension in item.dims), f"{name}: an axis without scale"
        file.visititems(visit)
        for name in dense:
            cube = file["dense"][name]
            assert cube.compression == "gzip" and cube.shuffle and cube.dtype == np.float32
        run = json.loads(file["provenance"].attrs["run"])
        assert run["backend"] == "cpu" and run["threads"] == 3 and run["seconds"] == {"solve": 0.5}, run
        settings = file["provenance/settings"].asstr()[()]
        assert 'ease = "trade_share"' in settings and "2029" in settings, settings
        assert file["provenance"].attrs["all_exporters"] == (chosen["exporter"] == everyone)


check_with_h5py()
for engine in ("h5netcdf", "netcdf4"):
    check_with_xarray(engine)
print("ok")
