"""Damages a good world in every way that must be refused.

    break_world.py GOOD.h5 FOLDER

GOOD.h5 is what write_world_by_hand.py writes. For each damage a file FOLDER/<name>.h5 appears, and a line
"name <tab> what the complaint says of where <tab> what it says of the fault" on stdout.
"""

import shutil
import sys
import zlib
from pathlib import Path

import h5py
import numpy as np

DAMAGES = []


def damage(where, said):
    """Marks a function that damages an open file; `where` follows the file's name in the complaint."""
    def register(function):
        DAMAGES.append((function.__name__, where, said, function))
        return function
    return register


def replaced(name, where, said, path, values, **how):
    """A damage that puts other values in the place of a dataset; None takes it away."""
    def change(f):
        del f[path]
        if values is not None:
            f.create_dataset(path, data=values, **how)
    DAMAGES.append((name, where, said, change))


def element(name, where, said, path, index, value):
    def change(f):
        f[path][index] = value
    DAMAGES.append((name, where, said, change))


def attribute(name, key, said, value, where=None):
    def change(f):
        if value is None:
            del f.attrs[key]
        else:
            f.attrs[key] = value
    DAMAGES.append((name, where if where is not None else "@" + key, said, change))


def swap(*paths):
    """A damage that exchanges rows 0 and 1 of tables that lie side by side."""
    def change(f):
        for path in paths:
            rows = f[path][()]
            rows[[0, 1]] = rows[[1, 0]]
            f[path][...] = rows
    return change


Y = "trade/2023/"
NAN, INF = np.nan, np.inf

# Root attributes
attribute("no_format", "format", "not a world", None, "")
attribute("other_format", "format", "potentia-result", "potentia-result", "")
attribute("format_a_number", "format", "not text", 3)
attribute("no_version", "version", "missing", None)
attribute("other_version", "version", "version 2", 2, "")
attribute("version_a_text", "version", "wrong type", "1")
attribute("no_base_years", "base_years", "missing", None)
attribute("base_years_empty", "base_years", "no base year", np.array([], "i4"))
attribute("base_years_unsorted", "base_years", "2022 comes after 2023", [2023, 2022])
attribute("base_years_twice", "base_years", "2023 comes after 2023", [2023, 2023])
attribute("base_year_absurd", "base_years", "not a year", [-5])
attribute("base_year_fraction", "base_years", "wrong type", [2023.5])
attribute("base_years_many", "base_years", "too many", np.zeros(5000, "i4"))
attribute("base_year_without_trade", "base_years", "base year 2022 has no trade", [2022, 2023], ":/trade/2022")
attribute("no_horizon", "horizon_year", "missing", None)
attribute("horizon_before_base", "horizon_year", "before base year 2023", 2022)
attribute("horizon_absurd", "horizon_year", "not a year", 1 << 40)
attribute("title_too_long", "title", "longer than", "x" * 2000)
attribute("title_not_utf8", "title", "not UTF-8", np.bytes_(b"caf\xe9"))

# Missing datasets
for required in ("country/iso3", "product/code", Y + "product_offset", Y + "exporter", Y + "market", Y + "value",
                 "macro/year", "macro/gdp", "macro/population", "sector", "product/sector", "tariff/schedule",
                 "tariff/regime", "tariff/market_schedule", "tariff/line_schedule", "tariff/line_regime",
                 "tariff/line_product", "tariff/line_rate", "tariff/member_market", "tariff/member_regime",
                 "tariff/member_exporter", "tariff/member_first_year", "tariff/member_last_year",
                 "logistics/component", "logistics/country", "logistics/score", "utilization/market",
                 "utilization/share", "provenance/source_role", "provenance/source_bytes", "provenance/notice_kind",
                 "provenance/notice_whose"):
    replaced("no_" + required.replace("/", "_"), ":/" + required, "missing", required, None)
replaced("no_trade", ":/trade", "missing", "trade", None)
replaced("trade_a_dataset", ":/trade", "not a group", "trade", [1, 2])


@damage(f":/{Y}value", "not a dataset")
def value_a_group(f):
    del f[Y + "value"]
    f.create_group(Y + "value")


@damage(":/trade/2023", "no trade")
def base_year_empty(f):
    for name in ("exporter", "market", "value"):
        del f[Y + name]
        f[Y + name] = np.array([], "u2")
    f[Y + "product_offset"][...] = 0


@damage(":/trade", "not a year")
def trade_of_a_word(f):
    f.create_group("trade/latest")


@damage(":/trade", "not a year")
def trade_of_year_nought(f):
    f.move("trade/2023", "trade/0007")


# Shapes
for path, values, said in (
        ("distance", np.ones((3, 2)), "[3, 2] instead of [3, 3]"),
        ("distance", np.ones(9), "1 dimensions instead of 2"),
        ("macro/gdp", np.ones((2, 3)), "[2, 3] instead of [3, 2]"),
        ("macro/population", np.ones((3, 3)), "[3, 3] instead of [3, 2]"),
        ("elasticity/sigma", np.ones(3), "[3] instead of [2]"),
        ("elasticity/sigma", np.ones((2, 1)), "2 dimensions"),
        ("elasticity/income", np.ones((2, 3)), "[2, 3] instead of [3, 2]"),
        ("elasticity/income", np.ones((1, 1, 1)), "3 dimensions"),
        (Y + "value", np.ones((3, 3)), "2 dimensions"),
        (Y + "exporter", np.ones(8, "u2"), "[8] instead of [9]"),
        (Y + "market", np.ones(10, "u2"), "[10] instead of [9]"),
        (Y + "product_offset", [0, 9], "[2] instead of [3]"),
        ("product/in_scope", [1], "[1] instead of [2]"),
        ("product/sector", [0, 0, 0], "[3] instead of [2]"),
        ("product/name", ["a"], "[1] instead of [2]"),
        ("country/iso2", ["A"] * 4, "[4] instead of [3]"),
        ("tariff/market_schedule", [0, 0], "[2] instead of [3]"),
        ("tariff/line_product", [0], "[1] instead of [10]"),
        ("tariff/member_regime", [1], "[1] instead of [3]"),
        ("sector", "scalar", "0 dimensions")):
    replaced(f"shape_{path}_{np.shape(values)}".replace("/", "_").replace(" ", ""), ":/" + path, said, path, values)


@damage(":/macro/gdp", "holds nothing")
def gdp_of_nothing(f):
    del f["macro/gdp"]
    f["macro/gdp"] = h5py.Empty("f8")


# Types
for path, values in (
        (Y + "value", ["a"] * 9), (Y + "exporter", np.ones(9)), (Y + "product_offset", [0.0, 5.0, 9.0]),
        ("country/iso3", [1, 2, 3]), ("product/code", [71410, 400121]), ("sector", [1.0, 2.0]),
        ("product/in_scope", ["yes", "no"]), ("product/sector", [0.5, 1]), ("distance", np.ones((3, 3), "c16")),
        ("elasticity/sigma", np.zeros(2, [("a", "f8")])), ("tariff/line_rate", ["a"] * 10),
        ("tariff/line_product", np.zeros(10)), ("macro/year", [2023.0, 2028.0])):
    said = "not text" if path in ("country/iso3", "product/code", "sector") else "does not hold"
    replaced("type_" + path.replace("/", "_"), ":/" + path, said, path, values)

# Integers that would be clipped
replaced("country_out_of_type", f":/{Y}exporter", "out of range", Y + "exporter", np.full(9, 70000))
replaced("country_negative", f":/{Y}market", "out of range", Y + "market", np.full(9, -1))
replaced("offset_negative", f":/{Y}product_offset", "out of range", Y + "product_offset", [0, -1, 9])
replaced("line_out_of_type", ":/tariff/line_product", "out of range", "tariff/line_product", np.full(10, 1 << 40))
replaced("last_year_out_of_type", ":/tariff/member_last_year", "out of range", "tariff/member_last_year",
         np.full(3, (1 << 64) - 1, "u8"))

# Countries, products, sectors
for name, codes, said in (("twice", ["CHN", "LAO", "LAO"], "LAO is there twice"),
                          ("unsorted", ["CHN", "THA", "LAO"], "LAO comes after THA"),
                          ("empty", ["", "LAO", "THA"], "not a country code"),
                          ("lower", ["chn", "lao", "tha"], "not a country code"),
                          ("long", ["CHN", "LAO", "THAILANDIA"], "not a country code")):
    replaced("iso3_" + name, ":/country/iso3", said, "country/iso3", codes)
for name, codes, said in (("twice", ["071410", "071410"], "071410 is there twice"),
                          ("unsorted", ["400121", "071410"], "071410 comes after 400121"),
                          ("short", ["07141", "400121"], "not a product code"),
                          ("long", ["0714101", "400121"], "not a product code"),
                          ("strange", ["07141-", "400121"], "not a product code")):
    replaced("code_" + name, ":/product/code", said, "product/code", codes)
replaced("country_name_long", ":/country/name", "longer than 1024", "country/name", ["x" * 1025, "", ""])
replaced("country_name_not_utf8", ":/country/name", "not UTF-8", "country/name", np.array([b"T\xfcrkiye", b"", b""]))
replaced("country_name_of_two_lines", ":/country/name", "control character", "country/name", ["a\nb", "", ""])
replaced("iso2_long", ":/country/iso2", "longer than", "country/iso2", ["x" * 9, "", ""])
replaced("product_name_long", ":/product/name", "longer than 1024", "product/name", ["", "x" * 5000])
replaced("product_name_overlong_utf8", ":/product/name", "not UTF-8", "product/name", np.array([b"a\xc0\xafb", b""]))
replaced("in_scope_two", ":/product/in_scope", "2 of product 071410 is not a flag", "product/in_scope", [2, 1])
replaced("processing_three", ":/product/processing", "level 3 of product 400121", "product/processing", [0, 3])
replaced("sector_unknown", ":/product/sector", "sector 2 of product 400121", "product/sector", [0, 2])
replaced("sector_negative", ":/product/sector", "sector -1 of product 071410", "product/sector", [-1, 0])
replaced("sector_twice", ":/sector", '"Food" is there twice', "sector", ["Food", "Food"])
replaced("sector_empty", ":/sector", "name is empty", "sector", ["Food", ""])


@damage(":/country/iso3", "no country")
def world_without_countries(f):
    for name in list(f):
        if name not in ("country", "product"):
            del f[name]
    for path in ("country/iso2", "country/name", "country/iso3", "product/sector"):
        del f[path]
    f["country/iso3"] = np.array([], "S3")
    f.create_group("trade")


@damage(":/product/code", "no product")
def world_without_products(f):
    for name in list(f):
        if name not in ("country", "product"):
            del f[name]
    for name in list(f["product"]):
        del f["product"][name]
    f["product/code"] = np.array([], "S6")
    f.create_group("trade")


# Flows: (0, CHN THA) (0, LAO CHN) (0, LAO THA) (0, THA CHN) (0, THA LAO) (1, CHN LAO) (1, CHN THA) …
element("value_negative", f":/{Y}value", "value -1 is negative or not finite in row 3 (071410, THA to CHN)",
        Y + "value", 3, -1)
element("value_nan", f":/{Y}value", "nan is negative or not finite", Y + "value", 0, NAN)
element("value_infinite", f":/{Y}value", "inf is negative or not finite", Y + "value", 8, INF)
element("exporter_unknown", f":/{Y}exporter", "country 3 at row 8 does not exist", Y + "exporter", 8, 3)
element("market_unknown", f":/{Y}market", "country 999 at row 0 does not exist", Y + "market", 0, 999)
element("exporter_is_market", f":/{Y}market", "exporter and market are the same in row 0 (071410, CHN to CHN)",
        Y + "market", 0, 0)
element("flow_twice", f":/{Y}exporter", "row 2 (071410, LAO to CHN) is there twice", Y + "market", 2, 0)
element("flow_twice_at_the_end", f":/{Y}exporter", "row 8 (400121, LAO to CHN) is there twice", Y + "exporter", 8, 1)
element("offset_start", f":/{Y}product_offset", "starts with 1", Y + "product_offset", 0, 1)
element("offset_end", f":/{Y}product_offset", "ends with 8 where there are 9", Y + "product_offset", 2, 8)
element("offset_beyond", f":/{Y}product_offset", "9 follows 20", Y + "product_offset", 1, 20)
element("offset_hides_order", f":/{Y}exporter", "row 5 (071410, CHN to LAO) is out of order", Y + "product_offset",
        1, 6)
DAMAGES.append(("flows_unsorted", f":/{Y}exporter", "row 1 (071410, CHN to THA) is out of order",
                swap(Y + "exporter", Y + "market", Y + "value")))

# Distance, macro, elasticities
for value, said in ((0, "distance 0 of CHN to LAO"), (-3, "distance -3 of CHN to LAO"), (INF, "distance inf")):
    element(f"distance_{value}", ":/distance", said, "distance", (0, 1), value)
element("distance_to_itself_negative", ":/distance", "distance -1 of LAO to LAO", "distance", (1, 1), -1)
for table in ("gdp", "population"):
    for value in (0, -1, INF):
        element(f"{table}_{value}", f":/macro/{table}", f"level {value} of LAO in 2028", f"macro/{table}", (1, 1),
                value)
element("macro_years_unsorted", ":/macro/year", "2023 comes after 2028", "macro/year", slice(None), [2028, 2023])
element("macro_years_twice", ":/macro/year", "2023 comes after 2023", "macro/year", 1, 2023)
element("macro_year_absurd", ":/macro/year", "not a year", "macro/year", 0, 0)
for value in (0, -4, INF):
    element(f"sigma_{value}", ":/elasticity/sigma", f"sigma {value} of product 400121", "elasticity/sigma", 1, value)
element("income_infinite", ":/elasticity/income", "product 071410 is infinite", "elasticity/income", 0, -INF)

# Tariffs
element("rate_negative", ":/tariff/line_rate", "rate -0.1 is negative or not finite in line 1 (CHN, MFN, 400121)",
        "tariff/line_rate", 1, -0.1)
element("rate_nan", ":/tariff/line_rate", "rate nan", "tariff/line_rate", 9, NAN)
element("line_schedule_unknown", ":/tariff/line_schedule", "index 3 at row 9", "tariff/line_schedule", 9, 3)
element("line_regime_unknown", ":/tariff/line_regime", "index -1 at row 0", "tariff/line_regime", 0, -1)
element("line_product_unknown", ":/tariff/line_product", "index 2 at row 1", "tariff/line_product", 1, 2)
element("line_twice", ":/tariff/line_schedule", "line 1 (CHN, MFN, 071410) is there twice", "tariff/line_product", 1, 0)
DAMAGES.append(("lines_unsorted", ":/tariff/line_schedule", "line 1 (CHN, MFN, 071410) is out of order",
                swap("tariff/line_product", "tariff/line_rate")))
element("market_schedule_unknown", ":/tariff/market_schedule", "index 3 at row 2", "tariff/market_schedule", 2, 3)
element("market_schedule_negative", ":/tariff/market_schedule", "index -2 at row 0", "tariff/market_schedule", 0, -2)
element("member_market_unknown", ":/tariff/member_market", "index 3 at row 0", "tariff/member_market", 0, 3)
element("member_regime_unknown", ":/tariff/member_regime", "index 3 at row 1", "tariff/member_regime", 1, 3)
element("member_exporter_unknown", ":/tariff/member_exporter", "index -1 at row 2", "tariff/member_exporter", 2, -1)
element("member_first_year_absurd", ":/tariff/member_first_year", "member row 0", "tariff/member_first_year", 0, -99999)
element("member_last_year_absurd", ":/tariff/member_first_year", "to 99999", "tariff/member_last_year", 2, 99999)
replaced("regime_first_not_mfn", ":/tariff/regime", "first regime is not MFN", "tariff/regime", ["FTA", "MFN", "LDC"])
replaced("regime_twice", ":/tariff/regime", '"FTA" is there twice', "tariff/regime", ["MFN", "FTA", "FTA"])
replaced("schedule_twice", ":/tariff/schedule", '"LAO" is there twice', "tariff/schedule", ["CHN", "LAO", "LAO"])
replaced("schedule_none", ":/tariff/schedule", "no row", "tariff/schedule", np.array([], "S3"))

# Tables for reports
element("logistics_country_unknown", ":/logistics/country", "index 3 at row 2", "logistics/country", 2, 3)
element("logistics_unsorted", ":/logistics/country", "row 2 is not above", "logistics/year", 2, 2017)
element("logistics_twice", ":/logistics/country", "row 2 is not above", "logistics/year", 2, 2018)
element("logistics_year_absurd", ":/logistics/year", "row 0 has no year", "logistics/year", 0, 20)
element("logistics_score_negative", ":/logistics/score", "row 1 has a score below 0", "logistics/score", (1, 0), -1)
element("utilization_exporter_unknown", ":/utilization/exporter", "index -1 at row 0", "utilization/exporter", 0, -1)
element("utilization_share_high", ":/utilization/share", "row 0 is not between 0 and 1", "utilization/share", 0, 1.5)
element("utilization_share_nan", ":/utilization/share", "row 0 is not between 0 and 1", "utilization/share", 0, NAN)
replaced("logistics_score_shape", ":/logistics/score", "[2, 3] instead of [3, 2]", "logistics/score", np.ones((2, 3)))

# Provenance
replaced("sha256_short", ":/provenance/source_sha256", "not a SHA-256", "provenance/source_sha256", ["abc"])
replaced("source_bytes_negative", ":/provenance/source_bytes", "out of range", "provenance/source_bytes", [-1])
replaced("notice_whose_blank", ":/provenance/notice_whose", "code is empty", "provenance/notice_whose", ["CHN\n\nLAO"])


# Declared sizes that the file cannot hold
def absurd(name, path, shape, said, **how):
    def change(f):
        del f[path]
        f.create_dataset(path, shape=shape, **how)
    DAMAGES.append(("absurd_" + name, ":/" + path, said, change))


more = "declares more values than the file holds"
absurd("flows", Y + "value", (1 << 45,), more, dtype="f8", chunks=(1 << 16,), compression="gzip")
absurd("flows_contiguous", Y + "value", (1 << 45,), more, dtype="f8")
absurd("flows_overflow", Y + "value", (1 << 62,), "absurd size", dtype="f8", chunks=(1 << 16,))
absurd("offsets", Y + "product_offset", (1 << 40,), more, dtype="u8", chunks=(1024,))
absurd("countries", "country/iso3", (1 << 40,), more, dtype="S3", chunks=(1024,))
absurd("countries_many", "country/iso3", (1 << 16,), more, dtype="S3", chunks=(1024,))
absurd("products", "product/code", (1 << 30,), more, dtype=h5py.string_dtype(), chunks=(1024,))
absurd("distance", "distance", (1 << 20, 1 << 20), more, dtype="f8", chunks=(64, 64))
absurd("text", "sector", (2,), more, dtype="S300000000", chunks=(1,))
absurd("years", "macro/year", (1 << 33,), more, dtype="i4", chunks=(1024,))


@damage(":/country/iso3", "declares 65536 rows, more than 65535")
def countries_too_many(f):
    del f["country/iso3"]
    f["country/iso3"] = np.array([f"{n:05d}" for n in range(65536)], "S5")


@damage(":/distance", "missing")
def countries_too_many_for_no_distance(f):
    codes = np.array([f"C{n:05d}" for n in range(5000)], "S6")
    for path in ("country/iso2", "country/name", "country/iso3", "distance", "macro", "elasticity", "tariff"):
        del f[path]
    f["country/iso3"] = codes


@damage(f":/{Y}value", "absurd chunk size")
def chunk_absurd(f):
    del f[Y + "value"]
    f.create_dataset(Y + "value", shape=(9,), chunks=(1 << 28,), maxshape=(None,), compression="gzip", dtype="f8")


# Values that lie elsewhere, or need a plugin
def elsewhere(f):
    path = Path(f.filename).with_suffix(".other")
    with h5py.File(path, "w") as other:
        other["distance"] = np.ones((3, 3))
        other["group/gdp"] = np.ones((3, 2))
    return path.name


@damage(":/distance", "link to another place")
def external_link(f):
    del f["distance"]
    f["distance"] = h5py.ExternalLink(elsewhere(f), "/distance")


@damage(":/macro", "link to another place")
def external_link_on_the_way(f):
    del f["macro"]
    f["macro"] = h5py.ExternalLink(elsewhere(f), "/group")


@damage(":/distance", "link to another place")
def soft_link(f):
    f.move("distance", "elsewhere")
    f["distance"] = h5py.SoftLink("/elsewhere")


@damage(":/trade/2023", "link to another place")
def soft_link_year(f):
    f.move("trade/2023", "elsewhere")
    f["trade/2023"] = h5py.SoftLink("/elsewhere")


@damage(":/sector", "link to another place")
def dangling_link(f):
    del f["sector"]
    f["sector"] = h5py.SoftLink("/nowhere")


@damage(":/distance", "another file")
def virtual_dataset(f):
    del f["distance"]
    layout = h5py.VirtualLayout((3, 3), "f8")
    layout[...] = h5py.VirtualSource(elsewhere(f), "distance", (3, 3))
    f.create_virtual_dataset("distance", layout)


@damage(":/distance", "another file")
def virtual_dataset_unlimited(f):
    name = elsewhere(f)
    del f["distance"]
    layout = h5py.VirtualLayout((3, 3), "f8", maxshape=(None, 3))
    source = h5py.VirtualSource(name, "distance", (3, 3), maxshape=(None, 3))
    layout[0:h5py.h5s.UNLIMITED, :] = source[0:h5py.h5s.UNLIMITED, :]
    f.create_virtual_dataset("distance", layout)


@damage(f":/{Y}value", "another file")
def external_storage(f):
    values = f[Y + "value"][()]
    del f[Y + "value"]
    name = str(Path(f.filename).with_suffix(".raw"))
    f.create_dataset(Y + "value", data=values, external=[(name, 0, h5py.h5f.UNLIMITED)])


@damage(":/elasticity/sigma", "another file")
def external_storage_of_the_system(f):
    del f["elasticity/sigma"]
    f.create_dataset("elasticity/sigma", shape=(2,), dtype="f8", external=[("/dev/zero", 0, 16)])


@damage(":/elasticity/sigma", "filter plugin")
def lzf(f):
    replace_filtered(f, compression="lzf")


@damage(":/elasticity/sigma", "filter plugin")
def scaleoffset(f):
    replace_filtered(f, scaleoffset=3)


def replace_filtered(f, **how):
    values = f["elasticity/sigma"][()]
    del f["elasticity/sigma"]
    f.create_dataset("elasticity/sigma", data=values, chunks=(2,), **how)


@damage(":/elasticity/sigma", "filter plugin")
def unknown_filter(f):
    del f["elasticity/sigma"]
    create = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    create.set_chunk((2,))
    create.set_filter(32015, h5py.h5z.FLAG_OPTIONAL, (3,))  # Zstandard, whether or not its plugin is here
    space = h5py.h5s.create_simple((2,))
    h5py.h5d.create(f["elasticity"].id, b"sigma", h5py.h5t.IEEE_F64LE, space, dcpl=create)


# Damaged storage
def chunk_bytes(name, said, change):
    """Changes the stored bytes of the first chunk of the values."""
    def damage_chunk(f):
        values = np.arange(9.0) * 1e6 + 1
        del f[Y + "value"]
        dataset = f.create_dataset(Y + "value", data=values, chunks=(9,), compression="gzip")
        mask, stored = dataset.id.read_direct_chunk((0,))
        dataset.id.write_direct_chunk((0,), change(stored), mask)
    DAMAGES.append((name, f":/{Y}value", said, damage_chunk))


chunk_bytes("chunk_cut", "damaged", lambda stored: stored[:len(stored) // 2])
chunk_bytes("chunk_flipped", "damaged", lambda stored: stored[:10] + bytes([stored[10] ^ 255]) + stored[11:])
chunk_bytes("chunk_of_zeros", "damaged", lambda stored: bytes(len(stored)))
chunk_bytes("chunk_too_long", "damaged", lambda stored: zlib.compress(bytes(100000)))
chunk_bytes("chunk_too_short", "damaged", lambda stored: zlib.compress(bytes(8)))


def text_bytes(name, said, change):
    """Changes the stored references to the texts of the sectors: length 4, address of a heap 8, number in it 4."""
    def damage_text(f):
        del f["sector"]
        texts = f.create_dataset("sector", data=["Food", "Rubber"], chunks=(2,))
        mask, stored = texts.id.read_direct_chunk((0,))
        texts.id.write_direct_chunk((0,), change(stored), mask)
    DAMAGES.append((name, ":/sector", said, damage_text))


text_bytes("text_number_unknown", "a text is damaged", lambda stored: stored[:12] + b"\xff\xff\xff\xff" + stored[16:])
text_bytes("text_too_long", "a text is damaged", lambda stored: b"\xff\xff\xff\x7f" + stored[4:])
text_bytes("text_heap_elsewhere", "a text is damaged", lambda stored: stored[:4] + b"\x60" + stored[5:])
text_bytes("text_heap_nowhere", "a text is damaged", lambda stored: stored[:4] + b"\xfe" * 8 + stored[12:])


@damage(f":/{Y}value", "cannot be read")
def checksum_wrong(f):
    values = f[Y + "value"][()]
    del f[Y + "value"]
    dataset = f.create_dataset(Y + "value", data=values, chunks=(9,), fletcher32=True)
    mask, stored = dataset.id.read_direct_chunk((0,))
    dataset.id.write_direct_chunk((0,), bytes([stored[0] ^ 1]) + stored[1:], mask)


DAMAGED_FILES = [  # whole files: what becomes of the bytes
    ("empty", "not an HDF5 file", lambda whole: b""),
    ("text", "not an HDF5 file", lambda whole: b"t,i,j,k,v,q\n" * 100),
    ("signature_alone", "cannot be read", lambda whole: whole[:8]),
    ("cut_in_half", "truncated", lambda whole: whole[:len(whole) // 2]),
    ("cut_by_a_byte", "truncated", lambda whole: whole[:-1]),
    ("superblock_garbled", "cannot be read", lambda whole: whole[:8] + b"\xff" * 88 + whole[96:]),
]


def main():
    good, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for name, where, said, change in DAMAGES:
        path = folder / (name + ".h5")
        shutil.copy(good, path)
        with h5py.File(path, "r+") as f:
            change(f)
        print(name, where, said, sep="\t")
    for name, said, change in DAMAGED_FILES:
        (folder / (name + ".h5")).write_bytes(change(good.read_bytes()))
        print(name, "", said, sep="\t")


if __name__ == "__main__":
    main()
