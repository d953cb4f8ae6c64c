"""Whether what an atlas says in one place agrees with what it says in others, to the rounding of eight digits."""

import collections

import numpy as np
from atlas_site import chunk, finder

DIGITS = 1.0e-7  # a sum of numbers of eight digits is as good as this


def close(found, expected, what, size=None):
    """@param size what was added up, without signs, where numbers may be below zero"""
    found, expected = np.asarray(found, float), np.asarray(expected, float)
    assert (np.abs(found - expected) <= DIGITS * (np.abs(expected) if size is None else size)).all(), (what, found, expected)


def agree(case, site):
    """Asserts that all views of a site of every country agree. @returns how often numbers were compared, by kind"""
    seen = collections.Counter()
    world, names = chunk(site, "world"), chunk(site, "products")
    columns, compact, codes = world["columns"], world["compact"], world["countries"]["code"]
    totals = {side: dict(zip(columns, world["totals"][side])) for side in ("exporter", "market")}
    sells, buys = (np.flatnonzero(world["countries"][side]) for side in ("exporter", "market"))
    pairs = np.zeros((len(columns), len(codes), len(codes)))
    cells = {}

    for e in sells:
        data = chunk(site, f"exporter/{world['countries']['file'][e]}")
        pairs[:, e] = data["pairs"]["columns"]
        sectors = dict(zip(("actual", "realized", "static", "dynamic"), data["sectors"]["columns"]))
        for name, values in sectors.items():
            if not world["sectors"]:
                continue
            by_market = np.bincount(np.array(data["sectors"]["market"], int), values, len(codes))
            close(by_market, pairs[columns.index(name), e], ("sectors", codes[e], name))
            seen["sectors"] += 1
        products = data["products"]
        if products["all"] == len(products["product"]):
            for name, values in zip(compact, products["columns"]):
                close(sum(values), totals["exporter"][name][e], ("products", codes[e], name))
                seen["products"] += 1
        listed = chunk(site, f"cells/{world['countries']['file'][e]}")
        own = dict(zip(columns, listed["columns"]))
        for at, place in enumerate(zip(listed["market"], listed["product"])):
            cells[(e, *place)] = tuple(own[name][at] for name in compact)
        for at, place in enumerate(zip(data["pair_products"]["market"], data["pair_products"]["product"])):
            if (e, *place) in cells:
                case.assertEqual(cells[(e, *place)], tuple(values[at] for values in data["pair_products"]["columns"]))
                seen["pair products"] += 1

    met = 0
    for m in buys:
        data = chunk(site, f"market/{world['countries']['file'][m]}")
        np.testing.assert_array_equal(np.array(data["pairs"]["columns"])[:, sells], pairs[:, sells, m])
        for at, (e, k) in enumerate(zip(data["cells"]["exporter"], data["cells"]["product"])):
            case.assertEqual(cells[(e, m, k)], tuple(values[at] for values in data["cells"]["columns"]))
            met += 1
        products = data["products"]
        if products["all"] == len(products["product"]):
            for name, values in zip(compact, products["columns"]):
                close(sum(values), totals["market"][name][m], ("products", codes[m], name))
                seen["products"] += 1
    case.assertEqual(met, len(cells))
    found = finder(site)
    case.assertEqual(len(cells), world["cells"])
    for at, place in enumerate(zip(*(found.get(name, []) for name in ("exporter", "market", "product")))):
        case.assertEqual(cells[place], tuple(found[name][at] for name in compact))
        seen["cells"] += 1
    case.assertEqual(seen["cells"], len(cells))

    # Countries, the world and its products add up to the same.
    for number, name in enumerate(columns):
        close(pairs[number].sum(axis=1), totals["exporter"][name], name, np.abs(pairs[number]).sum(axis=1))
        close(pairs[number].sum(axis=0), totals["market"][name], name, np.abs(pairs[number]).sum(axis=0))
        seen["countries"] += 2 * len(codes)
    of_products, sizes = np.zeros(len(columns)), np.zeros(len(columns))
    for k in range(len(names["code"])):
        data = chunk(site, f"product/{names['groups'][names['group'][k]]}")[str(k)]
        of_products += data["total"]
        sizes += np.abs(data["total"])
        for side in ("exporters", "markets"):
            if data[side]["all"] == len(data[side]["country"]):
                for name, values in zip(compact, data[side]["columns"]):
                    close(sum(values), data["total"][columns.index(name)], (side, names["code"][k], name))
                    seen["sides"] += 1
        if data["exporters"]["all"] <= 10 and data["markets"]["all"] <= 10:
            for name in ("actual", "potential"):
                close(sum(data[name]), data["total"][columns.index(name)], ("matrix", names["code"][k], name))
                seen["matrices"] += 1
    for name, value, size in zip(columns, of_products, sizes + np.abs(pairs).sum(axis=(1, 2))):
        close(value, sum(totals["exporter"][name]), ("all products", name), size)
        close(sum(totals["market"][name]), sum(totals["exporter"][name]), ("both sides", name), size)

    # What the parts are parts of.
    for table in (*totals.values(), dict(zip(columns, pairs))):
        parts = {name: np.asarray(values) for name, values in table.items()}
        close(parts["static"] + parts["dynamic"], parts["unrealized"], "unrealized")
        close(parts["realized"] + parts["unrealized"], parts["potential"], "potential")
    return seen
