"""Draws against METHOD.md written down once more in plain Python; what the file says; errors."""

import math
import statistics
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np
import xarray

import cli
from cli import CHN, LAO, THA

MASK = 0xFFFFFFFF
GROUP = {"sigma": 1, "income_elasticity": 2, "gdp": 3, "population": 4, "trade": 5, "ease": 6}
COMMON = 1 << 32


def philox(counter, key):
    c, k = list(counter), [key & MASK, key >> 32]
    for _ in range(10):
        first, second = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(second >> 32) ^ c[1] ^ k[0], second & MASK, (first >> 32) ^ c[3] ^ k[1], first & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def normal(seed, draw, group, index):
    words = philox([draw, GROUP[group], index & MASK, index >> 32], seed)
    uniform = ((((words[0] << 32) | words[1]) >> 12) + 0.5) / 2**52
    return statistics.NormalDist().inv_cdf(uniform)  # Wichura's algorithm, too


OTHERS = 1 << 31  # where the second sample of pick-freeze is from


def normal_of(seed, draws):
    """Standard normal numbers of a seed, where each group may be of a draw of its own."""
    return lambda group, index: normal(seed, draws[group], group, index)


def draw_of_worked_example(seed, draw, other=()):
    """Potential now, potential, unrealised and static [exporter, market, product] of METHOD.md's small world.

    Groups in `other` have their numbers from the second sample's draw."""
    of = normal_of(seed, {group: draw | OTHERS if group in other else draw for group in GROUP})
    v = np.zeros((3, 3, 2))
    for (i, j, k), value in {(LAO, CHN, 0): 30, (LAO, THA, 0): 50, (CHN, THA, 0): 1, (THA, LAO, 0): 4, (THA, CHN, 0): 600,
                             (LAO, CHN, 1): 120, (CHN, LAO, 1): 2, (CHN, THA, 1): 40, (THA, CHN, 1): 900}.items():
        v[i, j, k] = value * 1e6
    half = math.sqrt(0.5)
    chapter = {0: 0, 1: 1}  # 07 and 40 in order
    sigma = np.array([s * math.exp(0.25 * (half * of("sigma", COMMON + chapter[k]) + half * of("sigma", k)))
                      for k, s in enumerate((4.0, 6.0))])
    income = np.array([e + 0.15 * (half * of("income_elasticity", COMMON + chapter[k]) +
                                   half * of("income_elasticity", k)) for k, e in enumerate((0.8, 1.2))])
    years = 5
    gdp = np.array([g * math.exp(0.010 * years * (math.sqrt(0.3) * of("gdp", COMMON) +
                                                  math.sqrt(0.7) * of("gdp", i))) for i, g in enumerate((1.24, 1.22, 1.15))])
    people = np.array([p * math.exp(0.002 * years * of("population", i)) for i, p in enumerate((0.99, 1.07, 1.00))])

    now, horizon = np.zeros((3, 3, 2)), np.zeros((3, 3, 2))
    now[:, CHN], now[:, LAO], now[:, THA] = (0.08, 0.20), (0.10, 0.05), (0.05, 0.0)
    now[LAO, CHN], now[THA, CHN] = (0.0, 0.0), (0.0, 0.10)
    horizon[:] = now
    horizon[LAO, CHN] = (0.0, 0.10)
    x, m = v.sum(1), v.sum(0)
    world = x.sum(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        duty_x = np.where(x > 0, (v * now).sum(1) / x, 0)
        correction = ((1 + duty_x) / (1 + (v * now).sum((0, 1)) / world)) ** sigma * np.minimum(1, np.where(m > 0, x / m, np.inf))
        supply_now = x / world * correction
        supply = x * gdp[:, None] / (x * gdp[:, None]).sum(0) * correction
        demand = m * people[:, None] * (gdp / people)[:, None] ** income
        average = lambda t: np.where(m > 0, (v * t).sum(0) / m, 0)
        access = lambda t: ((1 + average(t)) / (1 + t)) ** sigma
        d = np.array([[np.nan, 2000, 2500], [2000, np.nan, 500], [2500, 500, np.nan]])
        logs = np.nan_to_num(np.log(d))
        typical = np.exp((v * logs[:, :, None]).sum(0) / m)
        ratio = d[:, :, None] / typical
        fit = np.where(np.isnan(ratio), 1, np.minimum(ratio, 1 / ratio))
        expected = (x[:, None] / world * m[None]).sum(2)
        ease = np.where(expected > 0, v.sum(2) / expected, 0)
    ease[np.arange(3), np.arange(3)] = 0
    potential_now = np.nan_to_num(supply_now[:, None] * m * access(now) * fit * ease[:, :, None])
    potential = np.nan_to_num(supply[:, None] * demand * access(horizon) * fit * ease[:, :, None])
    unrealized = np.maximum(0, potential - v)
    return potential_now, potential, unrealized, np.minimum(unrealized, np.maximum(0, potential_now - v))


class Draws(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="potentia-test-")
        cls.path = Path(cls.folder.name)
        cls.world = cli.write_worked_example(cls.path / "world.h5")
        cls.out = cls.path / "draws.h5"
        done = cli.potentia("draws", cls.world, "-n", 40, "--seed", 9, "--exporter", "LAO", "--market", "CHN", "-o", cls.out)
        assert done.returncode == 0, done.stderr
        cls.said = done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_agrees_with_the_method_written_down_again(self):
        draws = [draw_of_worked_example(9, draw) for draw in range(1, 41)]
        with h5py.File(self.out) as f:
            for column, name in enumerate(("potential_now", "potential", "unrealized", "static")):
                of_pairs = np.array([one[column].sum(2) for one in draws])
                of_products = np.array([one[column].sum(1) for one in draws])
                for group, values in (("pair", of_pairs), ("exporter_product", of_products)):
                    table = f[f"{group}/{name}"]
                    np.testing.assert_allclose(table["mean"], values.mean(0), rtol=1e-11, err_msg=f"{group}/{name}")
                    np.testing.assert_allclose(table["sd"], values.std(0, ddof=1), rtol=1e-9, atol=1e-3)
                    np.testing.assert_allclose(table["quantile"], np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0),
                                               rtol=1e-11)
                    self.assertEqual(list(table["probability"]), [0.05, 0.25, 0.5, 0.75, 0.95])
            dynamic = np.array([(one[2] - one[3]).sum(2) for one in draws])
            np.testing.assert_allclose(f["pair/dynamic/mean"], dynamic.mean(0), rtol=1e-11, atol=1e-6)
            cells = f["cells"]
            begin = cells["offsets"][:]
            for i in range(3):
                for at in range(begin[i], begin[i + 1]):
                    j, k = cells["market"][at], cells["product"][at]
                    values = np.array([one[2][i, j, k] for one in draws])
                    np.testing.assert_allclose(cells["unrealized/mean"][at], values.mean(), rtol=1e-11)
                    self.assertAlmostEqual(cells["in_top10"][at], (values > 0).mean(), msg="few cells are all at the top")

    def test_sensitivity_agrees_with_pick_freeze_written_down_again(self):
        out, groups = self.path / "sensitivity.h5", ("sigma", "income_elasticity", "gdp", "population")
        done = cli.potentia("draws", self.world, "-n", 40, "--seed", 9, "--sensitivity", "--exporter", "LAO", "--market", "CHN", "-o", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        said = done.stderr.split("What unrealised potential hangs on")[1]
        with h5py.File(out) as f:
            self.assertIn(f"{f['sensitivity/pair/total'][2, LAO, CHN]:.3f}", said)
        pairs = lambda other: np.array([draw_of_worked_example(9, draw, other)[2].sum(2) for draw in range(1, 41)])
        a, b = pairs(()), pairs(groups)
        with h5py.File(out) as f:
            for name, figure in (("pair", lambda x: x), ("exporter", lambda x: x.sum(2))):
                self.assertEqual([group.decode() for group in f[f"sensitivity/{name}/group"]], list(groups))
                of_a, of_b = figure(a), figure(b)
                mean = (of_a + of_b).mean(0) / 2
                v = ((of_a - mean) ** 2 + (of_b - mean) ** 2) / 2
                for at, group in enumerate(groups):
                    mixed = figure(pairs((group,)))
                    terms = {"first": (of_b - mean) * (mixed - of_a), "total": (of_a - mixed) ** 2 / 2}
                    for index, t in terms.items():
                        with np.errstate(invalid="ignore", divide="ignore"):
                            expected = t.sum(0) / v.sum(0)
                            error = np.sqrt(((t - expected * v) ** 2).sum(0) / (40 * 39)) / v.mean(0)
                        np.testing.assert_allclose(f[f"sensitivity/{name}/{index}"][at], expected, rtol=1e-6, atol=1e-9,
                                                   err_msg=f"{name} {group} {index}")
                        np.testing.assert_allclose(f[f"sensitivity/{name}/{index}_error"][at], error, rtol=1e-5, atol=1e-9)
        with h5py.File(self.out) as plain, h5py.File(out) as more:
            self.assertNotIn("sensitivity", plain)
            np.testing.assert_array_equal(plain["pair/potential/mean"], more["pair/potential/mean"])
        self.assertEqual(cli.potentia("validate", out).returncode, 0)
        with xarray.open_dataset(out, group="sensitivity/pair", engine="h5netcdf") as table:
            self.assertEqual(table["first"].dims, ("group", "exporter", "market"))
            self.assertGreater(float(table["total"].sel(group="gdp", exporter="LAO", market="CHN")), 0)

    def test_the_file_is_valid_and_says_what_was_drawn(self):
        done = cli.potentia("validate", self.out)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("a valid draws file", done.stdout)
        said = cli.potentia("info", self.out).stdout
        self.assertIn("40 draws, seed 9", said)
        self.assertIn("sigma              0.25", said)
        self.assertIn("an assumption", said)
        self.assertIn("trade is not drawn", self.said)
        self.assertIn("LAO to CHN, USD million over 40 draws", self.said)
        with xarray.open_dataset(self.out, group="pair/potential", engine="h5netcdf") as table:
            self.assertEqual(table["quantile"].dims, ("probability", "exporter", "market"))
            low, high = (float(table["quantile"].sel(exporter="LAO", market="CHN", probability=p)) for p in (0.05, 0.95))
            self.assertLess(low, high)

    def test_neither_threads_nor_memory_change_a_bit(self):
        same = cli.digest(self.out)
        for flags in (["--threads", 1], ["--threads", 7], ["--memory", 0.001]):
            other = self.path / "other.h5"
            before = [flags[0], flags[1]] if flags[0] == "--threads" else []
            after = [] if before else flags
            done = cli.potentia(*before, "draws", self.world, "-n", 40, "--seed", 9, *after, "-o", other)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(cli.digest(other), same, flags)
        done = cli.potentia("draws", self.world, "-n", 40, "--seed", 10, "-o", other)
        self.assertNotEqual(cli.digest(other), same, "another seed, other draws")

    def test_a_file_says_how_far_inputs_may_lie(self):
        still = self.path / "still.toml"
        still.write_text("".join(f"[{group}]\non = false\n" for group in GROUP))
        out = self.path / "still.h5"
        self.assertEqual(cli.potentia("draws", self.world, "-n", 3, "--uncertainty", still, "-o", out).returncode, 0)
        result = self.path / "result.h5"
        self.assertEqual(cli.potentia("solve", self.world, "-o", result).returncode, 0)
        with h5py.File(out) as draws, h5py.File(result) as solved:
            np.testing.assert_array_equal(draws["pair/potential/quantile"][2], solved["pair/potential"])
            np.testing.assert_array_equal(draws["pair/potential/quantile"][4], solved["pair/potential"])
        wrong = self.path / "wrong.toml"
        wrong.write_text("[gdp]\nspread = 0.02\n")
        done = cli.potentia("draws", self.world, "-n", 3, "--uncertainty", wrong, "-o", out)
        self.assertEqual(done.returncode, 3)
        self.assertIn("gdp.spread has no source (", done.stderr)
        self.assertIn("wrong.toml:2", done.stderr)

    def test_errors(self):
        out = self.path / "none.h5"
        for flags, code, words in ((["-n", 0], 2, "Value 0 not in range"),
                                   (["-n", 3, "--exporter", "LAO"], 2, "a pair has two sides"),
                                   (["-n", 3, "--exporter", "LAX", "--market", "CHN"], 3, "LAX"),
                                   (["-n", 3, "--uncertainty", self.path / "no.toml"], 3, "no.toml")):
            done = cli.potentia("draws", self.world, *flags, "-o", out)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(words, done.stderr)
            self.assertFalse(out.exists())
        done = cli.potentia("draws", self.world, "-n", 3, "-o", self.world)
        self.assertEqual(done.returncode, 3, done.stderr)


if __name__ == "__main__":
    cli.main()
