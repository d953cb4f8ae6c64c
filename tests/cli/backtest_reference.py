"""METHOD.md's back-test once more, in plain numpy: what test_backtest.py compares the program with."""

import numpy as np

FOLDS = 5


def potential(trade, distance, gdp, population):
    """EP of every cell [exporter, market, product]; no tariffs, income elasticity 1."""
    exports, imports = trade.sum(1), trade.sum(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        grown = exports * gdp[:, None]
        supply = np.nan_to_num(grown / grown.sum(0)) * np.where(imports > 0, np.minimum(1, exports / imports), 1)
        demand = imports * gdp[:, None]
        log_distance = np.where(distance > 0, np.log(distance), 0)
        typical = np.exp(np.einsum("ijk,ij->jk", trade, log_distance) / imports)
        ratio = distance[:, :, None] / typical[None]
        fit = np.where(imports[None] > 0, np.minimum(ratio, 1 / ratio), 1)
        share = np.nan_to_num(exports / exports.sum(0))
        expected = share @ imports.T
        ease = np.where(expected > 0, trade.sum(2) / expected, 0)
    np.fill_diagonal(ease, 0)
    return np.nan_to_num(supply[:, None, :] * demand[None] * fit * ease[:, :, None])


def auc(score, happened):
    """Mann and Whitney's, with mid-ranks."""
    ranks = mid_ranks(score)
    ones = happened.sum()
    return (ranks[happened].sum() - ones * (ones + 1) / 2) / (ones * (len(score) - ones))


def mid_ranks(values):
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]


def lift(score, happened, exporter, top):
    """Share of starts in each exporter's first `top`, ties at the end by share, over the share among all."""
    hits = listed = 0
    for country in np.unique(exporter):
        own, started = score[exporter == country], happened[exporter == country]
        listed += min(top, len(own))
        if len(own) <= top:
            hits += started.sum()
            continue
        last = np.sort(own)[-top]
        hits += started[own > last].sum() + started[own == last].mean() * (top - (own > last).sum())
    return hits / listed / happened.mean()


def design(columns):
    columns = np.stack(columns, 1)
    return np.column_stack([np.ones(len(columns)), (columns - columns.mean(0)) / columns.std(0)])


def fit_logit(x, y):
    beta = np.zeros(x.shape[1])
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ beta))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x, x.T @ (y - p))
        beta += step
        if abs(step).max() < 1e-12:
            return beta
    raise AssertionError("no convergence")


def clustered_errors(x, y, beta, cluster):
    p = 1 / (1 + np.exp(-x @ beta))
    bread = np.linalg.inv((x * (p * (1 - p))[:, None]).T @ x)
    scores = [x[cluster == one].T @ (y - p)[cluster == one] for one in np.unique(cluster)]
    meat = sum(np.outer(score, score) for score in scores)
    return np.sqrt(np.diag(bread @ meat @ bread) * len(scores) / (len(scores) - 1))


def logit_of_folds(x, y, cluster):
    """Chances out of sample."""
    chance = np.zeros(len(y))
    for fold in range(FOLDS):
        own = cluster % FOLDS == fold
        if own.any():
            chance[own] = 1 / (1 + np.exp(-x[own] @ fit_logit(x[~own], y[~own])))
    return chance


def squares_of_folds(x, y, cluster):
    """Predictions out of sample."""
    predicted = np.zeros(len(y))
    for fold in range(FOLDS):
        own = cluster % FOLDS == fold
        if own.any():
            predicted[own] = x[own] @ np.linalg.lstsq(x[~own], y[~own], rcond=None)[0]
    return predicted


def explained(y, predicted):
    return 1 - ((y - predicted) ** 2).sum() / ((y - y.mean()) ** 2).sum()


def coverage(x, y, cluster, size):
    inside = 0
    for fold in range(FOLDS):
        own = cluster % FOLDS == fold
        beta = np.linalg.lstsq(x[~own], y[~own], rcond=None)[0]
        error = abs(y - x @ beta)
        bounds = np.quantile(size[~own], np.arange(1, 20) / 20)
        classes = np.searchsorted(bounds, size)
        width = np.array([np.quantile(error[~own & (classes == c)], 0.9) for c in range(20)])
        inside += (error[own] <= width[classes[own]]).sum()
    return inside / len(y)


class Facts:
    """Regressors of every cell of a world's origin."""

    def __init__(self, before, after, distance, gdp, population):
        self.ep = potential(before, distance, gdp, population)
        exports, imports, between = before.sum(1), before.sum(0), before.sum(2)
        world = exports.sum(0)
        traded = before > 0
        shape = before.shape
        with np.errstate(divide="ignore", invalid="ignore"):
            self.columns = {
                "potential": np.log(self.ep),
                "exports of product": np.broadcast_to(np.log(exports)[:, None, :], shape),
                "imports of product": np.broadcast_to(np.log(imports)[None], shape),
                "trade between pair": np.broadcast_to(np.log(between)[:, :, None], shape),
                "world exports": np.broadcast_to(np.log(world)[None, None], shape),
                "products between pair": np.broadcast_to(np.log1p(traded.sum(2))[:, :, None], shape),
                "markets served": np.broadcast_to(np.log1p(traded.sum(1))[:, None, :], shape),
                "suppliers": np.broadcast_to(np.log1p(traded.sum(0))[None], shape),
            }
            advantage = (exports / exports.sum(1)[:, None]) / (world / world.sum())
            self.advantage = np.broadcast_to(advantage[:, None, :], shape)
        trades = (after.sum((1, 2)) > 0) | (after.sum((0, 2)) > 0)
        self.candidate = (self.ep > 0) & ~traded & trades[:, None, None] & trades[None, :, None]
        self.flow = traded & (self.ep > 0)
        self.exporter = np.broadcast_to(np.arange(shape[0])[:, None, None], shape)


def jaccard(sets):
    """@param sets [country, member] bool. Shares of common members, 0 on the diagonal."""
    sets = sets.astype(float)
    both = sets @ sets.T
    size = np.diag(both)
    either = size[:, None] + size[None] - both
    similar = np.where(either > 0, both / np.where(either > 0, either, 1), 0)
    np.fill_diagonal(similar, 0)
    return similar


def rich_columns(before, distance, gdp, codes):
    """The rich model's regressors beside the plain ones, of every cell [exporter, market, product]."""
    traded = before > 0
    countries, shape = len(before), before.shape

    def spread(table, axes):
        index = tuple(slice(None) if axis in axes else None for axis in range(3))
        return np.broadcast_to(table[index], shape)

    columns = {}
    grouped = {}
    for name, digits in (("heading", 4), ("chapter", 2)):
        groups = np.unique([code[:digits] for code in codes], return_inverse=True)[1]
        counts = np.stack([traded[:, :, groups == group].sum(2) for group in range(groups.max() + 1)], 2)
        grouped[name] = groups, counts
        columns[f"ln products of {name} between pair"] = np.log1p(counts[:, :, groups])
    markets = jaccard(traded.transpose(1, 0, 2).reshape(countries, -1))
    exporters = jaccard(traded.reshape(countries, -1))
    served = np.einsum("iak,aj->ijk", traded.astype(float), markets) / (markets.sum(0) / (countries - 1))[None, :, None]
    there = np.einsum("ajk,ai->ijk", traded.astype(float), exporters) / (exporters.sum(0) / (countries - 1))[:, None, None]
    columns["ln similar markets served"] = np.log1p(served)
    columns["ln similar exporters there"] = np.log1p(there)
    columns["ln GDP growth of exporter"] = spread(np.log(gdp), (0,))
    columns["ln GDP growth of market"] = spread(np.log(gdp), (1,))
    with np.errstate(divide="ignore"):
        columns["ln distance"] = spread(np.log(distance), (0, 1))
    columns["ln products from market to exporter"] = spread(np.log1p(traded.sum(2)).T, (0, 1))
    columns["ln flows of exporter"] = spread(np.log1p(traded.sum((1, 2))), (0,))
    columns["ln flows of market"] = spread(np.log1p(traded.sum((0, 2))), (1,))
    columns["ln flows of product"] = spread(np.log1p(traded.sum((0, 1))), (2,))
    groups, counts = grouped["heading"]
    columns["ln flows of exporter in heading"] = spread(np.log1p(counts.sum(1))[:, groups], (0, 2))
    columns["ln flows of market in heading"] = spread(np.log1p(counts.sum(0))[:, groups], (1, 2))
    columns["ln imports of exporter"] = spread(np.log1p(before.sum(0)), (0, 2))
    columns["ln exports of market"] = spread(np.log1p(before.sum(1)), (1, 2))
    return columns
