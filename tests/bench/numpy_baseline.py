"""METHOD.md in vectorised numpy: the pair totals of a world, as a careful user would write them.

One loop over products; within a product, whole arrays of those exporters that sell it and those markets that buy it
(elsewhere potential is 0). Default switches: trade-share ease, distance fit, net-importer correction, equal weights.
"""

import concurrent.futures
import os

import h5py
import numpy as np

SUMMED = ("actual", "potential_now", "potential", "realized", "static", "overtrade")  # the others follow from these
CHANGES = ("change_supply", "change_population", "change_income", "change_tariff")


class World:
    """What world.h5 holds, filled by the rules of METHOD.md; flows are the base period's, by product."""

    def __init__(self, path, tariffs=True):
        with h5py.File(path, "r") as file:
            self.iso3 = file["country/iso3"].asstr()[...]
            self.codes = file["product/code"].asstr()[...]
            self.countries, self.products = len(self.iso3), len(self.codes)
            in_scope = np.ones(self.products, bool)
            if "product/in_scope" in file:
                in_scope = file["product/in_scope"][...].astype(bool)
            years = np.atleast_1d(file.attrs["base_years"])
            self.horizon = int(file.attrs["horizon_year"])
            self.base = int(years[-1])
            self._read_trade(file, years)
            self.in_world = in_scope & (np.diff(self.offset) > 0)
            self._read_macro(file)
            self._read_elasticities(file)
            n = self.countries
            self.distance = file["distance"][...] if "distance" in file else np.full((n, n), np.nan)
            self.has_tariffs = tariffs and "tariff" in file
            if self.has_tariffs:
                self._read_tariffs(file["tariff"])

    def _read_trade(self, file, years):
        """Mean over the base years; a pair without a record traded 0."""
        n = self.countries
        keys, values = [], []
        for year in years:
            group = file[f"trade/{year}"]
            offset = group["product_offset"][...].astype(np.int64)
            product = np.repeat(np.arange(self.products), np.diff(offset))
            keys.append((product * n + group["exporter"][...]) * n + group["market"][...])
            values.append(group["value"][...].astype(float))
        if len(years) == 1:
            key, value = keys[0], values[0]
        else:
            key, inverse = np.unique(np.concatenate(keys), return_inverse=True)
            value = np.bincount(inverse, np.concatenate(values)) / len(years)
        keep = value > 0
        key, value = key[keep], value[keep]
        self.flow_exporter = key // n % n
        self.flow_market = key % n
        self.flow_value = value
        self.offset = np.searchsorted(key // (n * n), np.arange(self.products + 1))

    def _read_macro(self, file):
        def growth(name):
            ratio = np.full(self.countries, np.nan)
            if "macro" in file:
                year = file["macro/year"][...]
                level = file[f"macro/{name}"][...]
                if self.base in year and self.horizon in year:
                    at = lambda y: level[:, np.flatnonzero(year == y)[0]]
                    ratio = at(self.horizon) / at(self.base)
            known = ratio[~np.isnan(ratio)]
            return np.where(np.isnan(ratio), np.median(known) if len(known) else 1.0, ratio)

        self.gdp, self.population = growth("gdp"), growth("population")

    def _read_elasticities(self, file):
        sigma = file["elasticity/sigma"][...] if "elasticity/sigma" in file else np.full(self.products, np.nan)
        known = sigma[self.in_world & ~np.isnan(sigma)]
        self.sigma = np.where(np.isnan(sigma), np.median(known) if len(known) else 1.0, sigma)
        income = file["elasticity/income"][...] if "elasticity/income" in file else np.ones(self.products)
        self.income = np.nan_to_num(income, nan=1.0)

    def _read_tariffs(self, group):
        """Rows of effective rates, [row, product], and which row a pair faces in both vintages."""
        n = self.countries
        schedule, regime = group["line_schedule"][...], group["line_regime"][...]
        line_product, line_rate = group["line_product"][...], group["line_rate"][...]
        regimes = int(regime.max()) + 1
        key = schedule.astype(np.int64) * regimes + regime
        lists = {}
        for s, r in (divmod(int(one), regimes) for one in np.unique(key)):
            rate = np.full(self.products, np.inf)
            mine = slice(*np.searchsorted(key, [s * regimes + r, s * regimes + r + 1]))  # lines are in this order
            rate[line_product[mine]] = line_rate[mine]
            lists[s, r] = rate
        market_schedule = group["market_schedule"][...]
        members = [group[f"member_{name}"][...] for name in ("market", "regime", "exporter", "first_year", "last_year")]
        nothing = np.full(self.products, np.inf)
        highest = {}  # of all regimes of a schedule: stands for MFN where that is not listed
        for (s, r), rate in lists.items():
            highest[s] = np.fmax(highest.get(s, 0.0), np.where(np.isinf(rate), 0.0, rate))
        codes = set(self.iso3)
        is_union = [name not in codes for name in group["schedule"].asstr()[...]]
        rows, self.rates, self.row = {}, [np.zeros(self.products)], {}
        for vintage, year in (("now", self.base), ("horizon", self.horizon)):
            allowed = [[{0} for _ in range(n)] for _ in range(n)]
            for market, r, exporter, first, last in zip(*members):
                if first <= year <= last:
                    allowed[exporter][market].add(int(r))
            self.row[vintage] = np.zeros((n, n), int)
            for i in range(n):
                for j in range(n):
                    s = int(market_schedule[j])
                    if s < 0:
                        continue
                    within = is_union[s] and int(market_schedule[i]) == s
                    key = (s, frozenset(allowed[i][j]), within)
                    if key not in rows:
                        rows[key] = len(self.rates)
                        mfn = lists.get((s, 0), nothing)
                        best = np.where(np.isinf(mfn), highest.get(s, 0.0), mfn)
                        listed = np.full(self.products, not within)
                        for r in key[1] - {0}:
                            best = np.minimum(best, lists.get((s, r), nothing))
                            listed |= np.isfinite(lists.get((s, r), nothing))
                        self.rates.append(np.where(listed, best, 0.0))  # within a customs union nothing is paid
                    self.row[vintage][i, j] = rows[key]
        self.rates = np.ascontiguousarray(np.array(self.rates).T)  # [product, row]


def _flows(world, k):
    part = slice(world.offset[k], world.offset[k + 1])
    return world.flow_exporter[part], world.flow_market[part], world.flow_value[part]


def _sum(index, weights, size):
    return np.bincount(index, weights, size)


def _pair_trade_and_expectation(world, products):
    """v_ij and the expectation Σ_k x_ik / x_k · m_jk, over some products."""
    n = world.countries
    exports, imports = np.zeros((len(products), n)), np.zeros((len(products), n))
    trade = np.zeros(n * n)
    for row, k in enumerate(products):
        i, j, v = _flows(world, k)
        exports[row], imports[row] = _sum(i, v, n), _sum(j, v, n)
        trade += _sum(i * n + j, v, n * n)
    return trade.reshape(n, n), (exports / exports.sum(1, keepdims=True)).T @ imports


class Totals:
    """Pair totals of some products."""

    def __init__(self, world, ease, changes):
        n = world.countries
        self.world, self.ease, self.changes = world, ease, changes
        self.log_distance = np.log(world.distance)
        self.sums = {name: np.zeros((n, n)) for name in SUMMED + (CHANGES if changes else ())}

    def add(self, k):
        world, n = self.world, self.world.countries
        i, j, v = _flows(world, k)
        x, m = _sum(i, v, n), _sum(j, v, n)
        total = x.sum()
        sellers, buyers = np.flatnonzero(x), np.flatnonzero(m)
        grid = np.ix_(sellers, buyers)
        at = np.searchsorted(sellers, i), np.searchsorted(buyers, j)
        actual = np.zeros((len(sellers), len(buyers)))
        actual[at] = v

        # Distance fit.
        d = self.log_distance[i, j]
        known = ~np.isnan(d)
        weight = _sum(j[known], v[known], n)
        with np.errstate(divide="ignore", invalid="ignore"):
            typical = _sum(j[known], (v * d)[known], n) / weight
        typical = np.exp(typical[buyers])
        distance = world.distance[grid]
        reach = distance / typical
        np.minimum(reach, typical / distance, out=reach)
        reach[np.isnan(reach)] = 1.0
        reach *= self.ease[grid]

        # Supply and demand; balance 1 where nothing is imported.
        with np.errstate(divide="ignore"):
            balance = np.minimum(1.0, x[sellers] / m[sellers])
        share_now = x[sellers] / total
        grown = x * world.gdp
        share = grown[sellers] / grown.sum()
        supply_now, supply = share_now * balance, share * balance
        income = world.income[k] if world.income.ndim == 1 else world.income[buyers, k]
        log_population = np.log(world.population[buyers])
        log_income = income * np.log(world.gdp[buyers] / world.population[buyers])
        demand_now = m[buyers]
        demand = demand_now * np.exp(log_population + log_income)

        access_now = access = log_access = None
        if world.has_tariffs:
            sigma = world.sigma[k]
            cost = {}
            for vintage in ("now", "horizon"):
                rate = world.rates[k][world.row[vintage]]
                paid = rate[i, j] * v
                by_exporter = (_sum(i, paid, n)[sellers] / x[sellers])
                by_market = (_sum(j, paid, n)[buyers] / m[buyers])
                cost[vintage] = sigma * (np.log1p(by_market) - np.log1p(rate[grid]))
                if vintage == "now":
                    advantage = ((1.0 + by_exporter) / (1.0 + paid.sum() / total)) ** sigma
            supply_now, supply = supply_now * advantage, supply * advantage
            access_now, access = np.exp(cost["now"]), np.exp(cost["horizon"])
            log_access = cost["horizon"] - cost["now"]

        now = supply_now[:, None] * demand_now * reach
        later = supply[:, None] * demand * reach
        if world.has_tariffs:
            now *= access_now
            later *= access
        self.sums["actual"][i, j] += v
        self.sums["potential_now"][grid] += now
        self.sums["potential"][grid] += later
        static = np.minimum(now, later)
        static -= actual
        np.maximum(static, 0.0, out=static)
        self.sums["static"][grid] += static
        realized = np.minimum(later[at], v)
        self.sums["realized"][i, j] += realized
        self.sums["overtrade"][i, j] += v - realized
        if self.changes:
            self._explain(grid, now, later, np.log(supply / supply_now), log_population, log_income, log_access)

    def _explain(self, grid, now, later, log_supply, log_population, log_income, log_access):
        r = log_supply[:, None] + (log_population + log_income)
        if log_access is not None:
            r = r + log_access
        small = np.abs(r) < 2.0**-10
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = np.where(small, now * (1 + r * (1 / 2 + r * (1 / 6 + r / 24))), (later - now) / r)
        self.sums["change_supply"][grid] += weight * log_supply[:, None]
        self.sums["change_population"][grid] += weight * log_population
        self.sums["change_income"][grid] += weight * log_income
        if log_access is not None:
            self.sums["change_tariff"][grid] += weight * log_access


def pair_totals(world, changes=False, threads=None):
    """Every pair total as {name: [exporter, market]}; with `changes` the four terms that explain the change too.

    Threads share the loop over products: numpy computes without holding Python's lock.
    """
    threads = threads or len(os.sched_getaffinity(0))
    products = np.flatnonzero(world.in_world)
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        parts = [products[first::threads] for first in range(threads)]
        trade = np.zeros((world.countries, world.countries))
        expected = np.zeros_like(trade)
        for some_trade, some_expected in pool.map(lambda part: _pair_trade_and_expectation(world, part), parts):
            trade += some_trade
            expected += some_expected
        with np.errstate(divide="ignore", invalid="ignore"):
            ease = np.where(expected > 0, trade / expected, 0.0)
        np.fill_diagonal(ease, 0.0)

        def loop(part):
            totals = Totals(world, ease, changes)
            for k in part:
                totals.add(k)
            return totals.sums

        sums = list(pool.map(loop, parts))
    totals = {name: sum(part[name] for part in sums) for name in sums[0]}
    totals["unrealized"] = totals["potential"] - totals["realized"]
    totals["dynamic"] = totals["unrealized"] - totals["static"]
    return totals


def worst_difference(totals, path):
    """The largest relative difference to the pair totals of a result.h5, and where it is.

    What is made by subtraction, or may nearly cancel, is compared relative to the pair's potential.
    """
    worst, where = 0.0, "nowhere"
    with h5py.File(path, "r") as file:
        for name, expected in totals.items():
            found = file[f"pair/{name}"][...]
            scale = np.abs(expected)
            if name in CHANGES + ("unrealized", "dynamic"):
                scale = np.maximum(scale, totals["potential"])
            difference = np.abs(found - expected)
            relative = np.divide(difference, scale, out=np.where(difference > 0, np.inf, 0.0), where=scale > 0)
            if relative.max() > worst:
                worst, where = float(relative.max()), name
    return worst, where
