"""Reading the data of an atlas as any program may."""

import base64
import json
from pathlib import Path

import numpy as np

WHOLE = {"u8": "u1", "i16": "<i2", "i32": "<i4"}


def packed(column):
    """The numbers of a packed column, None where there is none (host/atlas/packed.hpp)."""
    kind = next(iter(column))
    if kind in WHOLE:
        return np.frombuffer(base64.b64decode(column[kind]), WHOLE[kind]).tolist()
    words = np.frombuffer(base64.b64decode(column[kind]), "<u4")
    digits, rest = words & 0x7FFFFFF, words >> 27
    power = rest.astype(int) - 16 if kind == "amount" else -(rest.astype(int) & 15)
    sign = np.where((kind == "rate") & (rest > 15), -1, 1)
    numbers = [None if d == 100_000_000 else float(f"{s * int(d)}e{p}") for d, p, s in zip(digits, power, sign)]
    for place, number in column.get("other", []):
        numbers[place] = number
    return numbers


def opened(value):
    """A value of the data with a list in the place of each packed column."""
    if isinstance(value, list):
        return [opened(each) for each in value] if value and isinstance(value[0], (list, dict)) else value
    if isinstance(value, dict):
        if any(isinstance(value.get(kind), str) for kind in (*WHOLE, "amount", "rate")):
            return packed(value)
        return {key: opened(each) for key, each in value.items()}
    return value


def raw_chunk(site, name):
    """The object that a script of the site hands over."""
    text = (Path(site) / "data" / f"{name}.js").read_text("ascii")
    head = f'atlas_data("{name}",'
    assert text.startswith(head) and text.endswith(");\n"), text[:80]
    return json.loads(text[len(head):-3])


def chunk(site, name):
    """The same with all columns as lists."""
    return opened(raw_chunk(site, name))


def eight(values):
    """To eight significant digits, as the nearest double."""
    return np.array([float(f"{value:.8g}") for value in np.asarray(values, float).ravel()])


def finder(site, name="finder"):
    """All columns of the finder's chunks, one after the other."""
    columns = {}
    for part in range(chunk(site, "world")["finder"]["parts"]):
        for column, values in chunk(site, f"{name}/{part}")["columns"].items():
            columns.setdefault(column, []).extend(values)
    return columns
