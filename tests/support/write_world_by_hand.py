"""Writes the small world of Laos, China and Thailand with h5py and io/README.md alone.

    write_world_by_hand.py OUT.h5 [plain|odd|least]

plain: as h5py does by default. odd: the same numbers in unusual types, byte orders, layouts and filters, with unknown
groups beside them. least: what is optional left out.
"""

import sys

import h5py
import numpy as np

CHN, LAO, THA = range(3)  # ascending by code
NAN = float("nan")

FLOWS = [  # (product, exporter, market, million USD), ascending
    (0, CHN, THA, 1), (0, LAO, CHN, 30), (0, LAO, THA, 50), (0, THA, CHN, 600), (0, THA, LAO, 4),
    (1, CHN, LAO, 2), (1, CHN, THA, 40), (1, LAO, CHN, 120), (1, THA, CHN, 900),
]
LINES = [  # (schedule, regime, product, rate), ascending; schedules follow the countries
    (CHN, 0, 0, 0.08), (CHN, 0, 1, 0.20), (CHN, 1, 0, 0.0), (CHN, 1, 1, 0.10), (CHN, 2, 0, 0.0), (CHN, 2, 1, 0.0),
    (LAO, 0, 0, 0.10), (LAO, 0, 1, 0.05), (THA, 0, 0, 0.05), (THA, 0, 1, 0.0),
]
MEMBERS = [  # (market, regime, exporter, first year, last year)
    (CHN, 1, LAO, -32768, 32767), (CHN, 1, THA, -32768, 32767), (CHN, 2, LAO, -32768, 2025),
]


def column(rows, n, kind):
    return np.array([row[n] for row in rows], kind)


def tables():
    """Every dataset of the world by its path."""
    product = column(FLOWS, 0, "i8")
    world = {
        "country/iso3": ["CHN", "LAO", "THA"],
        "country/iso2": ["CN", "LA", "TH"],
        "country/name": ["China", "Lao People's Dem. Rep.", "Thaïlande"],
        "product/code": ["071410", "400121"],
        "product/name": ["Manioc (cassava)", "Rubber; natural, in smoked sheets"],
        "product/in_scope": np.array([True, True]),
        "product/sector": np.array([0, 1]),
        "product/processing": np.array([0, -1]),
        "sector": ["Food", "Rubber"],
        "trade/2023/product_offset": np.searchsorted(product, [0, 1, 2]),
        "trade/2023/exporter": column(FLOWS, 1, "u2"),
        "trade/2023/market": column(FLOWS, 2, "u2"),
        "trade/2023/value": column(FLOWS, 3, "f8") * 1e6,
        "distance": np.array([[NAN, 2000, 2500], [2000, NAN, 500], [2500, 500, NAN]]),
        "macro/year": np.array([2023, 2028]),
        "macro/gdp": np.array([[1, 1.24], [1, 1.22], [1, 1.15]]),
        "macro/population": np.array([[1, 0.99], [1, 1.07], [1, 1.00]]),
        "elasticity/sigma": np.array([4.0, 6.0]),
        "elasticity/income": np.array([0.8, 1.2]),
        "tariff/schedule": ["CHN", "LAO", "THA"],
        "tariff/regime": ["MFN", "FTA", "LDC"],
        "tariff/market_schedule": np.array([0, 1, 2]),
        "logistics/component": ["overall", "customs"],
        "logistics/country": np.array([CHN, LAO, LAO]),
        "logistics/year": np.array([2023, 2018, 2023]),
        "logistics/score": np.array([[3.5, 3.25], [2.75, NAN], [2.5, 2.25]]),
        "utilization/market": ["CHN"],
        "utilization/regime": ["FTA"],
        "utilization/exporter": np.array([LAO]),
        "utilization/year": np.array([2022]),
        "utilization/share": np.array([0.75]),
        "provenance/source_role": ["trade"],
        "provenance/source_name": ["by hand"],
        "provenance/source_sha256": [""],
        "provenance/source_bytes": np.array([0]),
        "provenance/notice_kind": ["note"],
        "provenance/notice_rule": ["made.by_hand"],
        "provenance/notice_count": np.array([2]),
        "provenance/notice_detail": ["Made up."],
        "provenance/notice_whose": ["CHN\nLAO"],
    }
    for n, name in enumerate(("schedule", "regime", "product")):
        world["tariff/line_" + name] = column(LINES, n, "i4")
    world["tariff/line_rate"] = column(LINES, 3, "f8")
    for n, name in enumerate(("market", "regime", "exporter", "first_year", "last_year")):
        world["tariff/member_" + name] = column(MEMBERS, n, "i4")
    return world


REQUIRED = ("country/iso3", "product/code", "trade/2023/product_offset", "trade/2023/exporter", "trade/2023/market",
            "trade/2023/value")


def write_plain(f, world):
    f.attrs.update(format="potentia-world", version=1, base_years=[2023], horizon_year=2028, hs_revision="HS17",
                   title="By hand")
    for path, values in world.items():
        f[path] = values


def write_least(f, world):
    f.attrs.update(format="potentia-world", version=1, base_years=[2023], horizon_year=2028)
    for path in REQUIRED:
        f[path] = world[path]


def write_odd(f, world):
    f.attrs["format"] = np.bytes_("potentia-world")
    f.attrs["version"] = np.array([1], ">i2")
    f.attrs["base_years"] = np.array([2023], "u2")
    f.attrs["horizon_year"] = np.uint64(2028)
    f.attrs["hs_revision"] = np.bytes_("HS17")
    f.attrs.create("title", "By hand", dtype=h5py.string_dtype("utf-8", 40))
    kinds = {"trade/2023/product_offset": ">i8", "trade/2023/exporter": "i1", "trade/2023/market": ">u4",
             "trade/2023/value": "f4", "distance": ">f4", "macro/year": "u8", "macro/gdp": ">f8",
             "macro/population": "f8", "elasticity/sigma": "i2", "elasticity/income": "f8", "product/sector": "u1",
             "product/processing": ">i2", "tariff/line_schedule": "i8", "tariff/line_regime": "u1",
             "tariff/member_first_year": "i2", "tariff/member_last_year": "i8"}
    for n, (path, values) in enumerate(world.items()):
        if isinstance(values, list):  # fixed length, UTF-8 or ASCII
            ascii_only = all(text.isascii() for text in values)
            kind = h5py.string_dtype("ascii" if ascii_only else "utf-8", 60)
            f.create_dataset(path, data=[text.encode() for text in values], dtype=kind)
            continue
        values = values.astype(kinds.get(path, values.dtype))
        if n % 4 == 0:  # compact
            create = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            create.set_layout(h5py.h5d.COMPACT)
            f.require_group(path.rpartition("/")[0] or "/")
            made = h5py.h5d.create(f.id, path.encode(), h5py.h5t.py_create(values.dtype, logical=True),
                                   h5py.h5s.create_simple(values.shape), dcpl=create)
            h5py.Dataset(made)[...] = values
        elif n % 4 == 1:
            f.create_dataset(path, data=values, chunks=tuple(min(2, d) for d in values.shape), compression="gzip",
                             compression_opts=9, shuffle=True, fletcher32=True, maxshape=(None,) * values.ndim)
        elif n % 4 == 2:
            f.create_dataset(path, data=values, chunks=values.shape, compression="gzip")
        else:
            f.create_dataset(path, data=values, chunks=tuple(min(3, d) for d in values.shape), shuffle=True)
    f["weather/rain"] = [1.0, 2.0]  # unknown things are ignored
    f["country/note"] = "not in the table"
    f.attrs["colour"] = "blue"


def main():
    style = sys.argv[2] if len(sys.argv) > 2 else "plain"
    with h5py.File(sys.argv[1], "w") as f:
        {"plain": write_plain, "odd": write_odd, "least": write_least}[style](f, tables())


if __name__ == "__main__":
    main()
