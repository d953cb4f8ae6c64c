"""Worlds at the edges of what can be: one country, two, one product, a single year, no tariffs, no names of sectors."""

import h5py
import numpy as np

CODES = ["CHN", "KHM", "LAO", "THA", "VNM"]
PRODUCTS = ["071410", "270119", "850440"]


def write_world(path, countries, products, flows, years=(2023,)):
    """A world without sectors, names, tariffs or elasticities. @param flows {(product, exporter, market): USD} of every year"""
    text = h5py.string_dtype()
    rows = sorted((*key, value) for key, value in flows.items())
    with h5py.File(path, "w") as f:
        f.attrs.update(format="potentia-world", version=1, base_years=list(years), horizon_year=years[-1] + 5)
        f.create_dataset("country/iso3", data=CODES[:countries], dtype=text)
        f.create_dataset("product/code", data=PRODUCTS[:products], dtype=text)
        for year in years:
            f[f"trade/{year}/product_offset"] = [sum(row[0] < k for row in rows) for k in range(products + 1)]
            for n, column in enumerate(("exporter", "market"), 1):
                f[f"trade/{year}/{column}"] = np.array([row[n] for row in rows], "u2")
            f[f"trade/{year}/value"] = np.array([row[3] for row in rows], float)
        f["distance"] = np.where(np.eye(countries) > 0, np.nan, 1000.0)
        f["macro/year"] = [years[-1], years[-1] + 5]
        f["macro/gdp"] = np.tile([1.0, 1.2], (countries, 1))
        f["macro/population"] = np.tile([1.0, 1.1], (countries, 1))
    return path


def everybody(countries, products):
    """Flows of all products between all countries, of unlike sizes."""
    return {(k, i, j): 1e6 * (1 + 7 * i + 3 * j + 5 * k) for k in range(products) for i in range(countries) for j in range(countries) if i != j}


def worlds():
    """{what is odd: arguments of write_world()}"""
    one_sells = {(k, 0, j): 1e6 * j for k in range(2) for j in range(1, 4)}
    small = {key: value * (1e-6 if key[1] == 0 else 1) for key, value in everybody(3, 2).items()}
    return {"one country": (1, 2, {}), "two countries": (2, 2, everybody(2, 2)), "one product": (4, 1, everybody(4, 1)),
            "one product of two countries": (2, 1, {(0, 0, 1): 5e6}), "no trade at all": (3, 2, {}),
            "a single exporter": (4, 2, one_sells), "an exporter of a few dollars": (3, 2, small),
            "trade of a few dollars": (3, 2, {key: value * 1e-6 for key, value in everybody(3, 2).items()}),
            "amounts of any size": (3, 3, {key: 10.0 ** (11 * key[0] - 9 + n % 7) for n, key in enumerate(everybody(3, 3))}),
            "a country without trade": (4, 2, everybody(3, 2)), "two years": (3, 3, everybody(3, 3), (2022, 2024))}
