"""What backtest finds: against plain numpy, in worlds in which potential drives starts and in which it does not; errors."""

from html.parser import HTMLParser

import h5py
import numpy as np

import backtest_reference as reference
import cli

COUNTRIES, PRODUCTS = 26, 36


def codes(n):
    return [f"{chr(65 + a // 26)}{chr(65 + a % 26)}X" for a in range(n)]


def product_codes(n):
    """Headings of three, chapters of nine."""
    return [f"{10 + k // 9:02}{k % 9 // 3:02}{k % 3:02}" for k in range(n)]


def write_world(path, years, macro=True, countries=COUNTRIES, out_of_scope=()):
    """@param years {year: trade [exporter, market, product]}"""
    text = h5py.string_dtype()
    products = next(iter(years.values())).shape[2]
    rng = np.random.default_rng(5)
    place = rng.uniform(0, 4000, (countries, 2))
    distance = np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)) + 100
    np.fill_diagonal(distance, np.nan)
    gdp, population = rng.uniform(1.05, 1.6, countries), rng.uniform(0.95, 1.2, countries)
    with h5py.File(path, "w") as f:
        f.attrs.update(format="potentia-world", version=1, base_years=[min(years)], horizon_year=2024)
        f.create_dataset("country/iso3", data=codes(countries), dtype=text)
        f.create_dataset("country/name", data=codes(countries), dtype=text)
        f.create_dataset("product/code", data=product_codes(products), dtype=text)
        f["product/in_scope"] = np.array([n not in out_of_scope for n in range(products)])
        f["distance"] = distance
        if macro:
            f["macro/year"] = [2017, 2024]
            f["macro/gdp"] = np.stack([np.ones(countries), gdp], 1)
            f["macro/population"] = np.stack([np.ones(countries), population], 1)
        for year, trade in years.items():
            product, exporter, market = np.nonzero(trade.transpose(2, 0, 1))
            f[f"trade/{year}/product_offset"] = np.searchsorted(product, np.arange(products + 1))
            f[f"trade/{year}/exporter"] = exporter.astype("u2")
            f[f"trade/{year}/market"] = market.astype("u2")
            f[f"trade/{year}/value"] = trade[exporter, market, product]
    return path, np.nan_to_num(distance), gdp, population


def origin_trade(rng, countries=COUNTRIES, products=PRODUCTS):
    """Trade of 2017: who is large, who is good at what, and luck."""
    size, skill, wish = rng.normal(0, 1.2, countries), rng.normal(0, 1, (countries, products)), rng.normal(0, 1, (countries, products))
    strength = size[:, None, None] + size[None, :, None] + skill[:, None, :] + wish[None]
    traded = rng.uniform(size=strength.shape) < 1 / (1 + np.exp(1.5 - strength))
    trade = np.where(traded, np.exp(11 + strength + rng.normal(0, 1, strength.shape)), 0)
    trade[np.arange(countries), np.arange(countries)] = 0
    return trade


def outcome_trade(rng, before, chance, dying=0.1):
    """Trade of 2024: some flows die, others start with the chance given."""
    after = np.where(rng.uniform(size=before.shape) < dying, 0, before * np.exp(rng.normal(0.3, 0.8, before.shape)))
    after *= (before / np.median(before[before > 0]) + 1e-9) ** -0.1
    starts = (before == 0) & (rng.uniform(size=before.shape) < chance)
    after = np.where(starts, np.exp(rng.normal(9, 1, before.shape)), np.where(before > 0, after, 0))
    after[np.arange(len(before)), np.arange(len(before))] = 0
    return after


class Case(cli.Case):
    def world(self, drives, name="world.h5", **options):
        """@param drives whether potential drives starts"""
        rng = np.random.default_rng(17)
        before = origin_trade(rng)
        path, *facts = write_world(self.folder / name, {2017: before}, **options)
        ep = reference.potential(before, *facts)
        chance = np.full(before.shape, 0.1)
        if drives:
            with np.errstate(divide="ignore"):
                z = np.log(ep) - np.log(ep[ep > 0]).mean()
            chance = np.where(ep > 0, 1 / (1 + np.exp(2.5 - 1.0 * z)), 0)
        after = outcome_trade(rng, before, chance)
        path, *facts = write_world(self.folder / name, {2017: before, 2024: after}, **options)
        return path, before, after, facts

    def backtest(self, world, *flags, name="b.h5", code=0):
        out = self.folder / name
        run = cli.potentia("backtest", world, "--origin", 2017, "--outcome", 2024, "-o", out, *flags)
        self.assertEqual(run.returncode, code, run.stderr)
        return (out, run) if code == 0 else run.stderr


class Figures(Case):
    def test_against_numpy(self):
        world, before, after, facts = self.world(drives=True)
        out, _ = self.backtest(world)
        look = reference.Facts(before, after, *facts)
        pick = look.candidate
        happened, exporter = (after > 0)[pick], look.exporter[pick]
        with h5py.File(out) as f:
            self.assertEqual(f["new/candidates"][()], pick.sum())
            self.assertEqual(f["new/starts"][()], happened.sum())
            scores = {name: column[pick] for name, column in look.columns.items()}
            scores["comparative advantage"] = look.advantage[pick]
            found = dict(zip(f["new/predictor"].asstr(), zip(f["new/auc"], f["new/lift"])))
            for name, score in scores.items():
                self.assertAlmostEqual(found[name][0], reference.auc(np.round(score, 9), happened), places=9, msg=name)
                for at, top in enumerate((10, 50, 500)):
                    self.assertAlmostEqual(found[name][1][at], reference.lift(np.round(score, 9), happened, exporter, top),
                                           places=9, msg=f"{name}, top {top}")
            self.check_chance(f["chance/plain"], [look.columns[n][pick] for n in look.columns], happened, exporter)
            chance = found["chance, plain"]
            self.assertEqual(chance[0], f["chance/plain/auc"][()])

            rich = {**look.columns, **reference.rich_columns(before, facts[0], facts[1], product_codes(PRODUCTS))}
            names = list(f["chance/rich/regressor"].asstr())
            self.assertEqual(names[9:], [name for name in rich if name not in look.columns])  # every distance is known
            self.check_chance(f["chance/rich"], [rich[n][pick] for n in rich], happened, exporter, loose=10)

            flow = look.flow
            survived = (after > 0)[flow]
            size = np.log(before[flow])
            columns = [size] + [look.columns[n][flow] for n in look.columns]
            self.assertEqual(f["continuing/flows"][()], flow.sum())
            self.assertEqual(f["continuing/survivors"][()], survived.sum())
            self.check_chance(f["continuing/survival"], columns, survived, look.exporter[flow])
            columns = [column[survived] for column in columns]
            growth = np.log(after[flow][survived]) - columns[0]
            cluster = look.exporter[flow][survived]
            for at, used in enumerate((1, 2, 9)):
                predicted = reference.squares_of_folds(reference.design(columns[:used]), growth, cluster)
                self.assertAlmostEqual(f["continuing/r2"][at], reference.explained(growth, predicted), places=8)
            self.assertEqual(list(f["continuing/model"].asstr()), ["size", "size_potential", "all"])
            everything = reference.design(columns)
            self.assertAlmostEqual(f["continuing/coverage90"][()], reference.coverage(everything, growth, cluster, columns[0]),
                                   delta=2.5 / len(growth))
            for name, other in (("size", columns[0]), ("gap", columns[1] - columns[0])):
                a, b = reference.mid_ranks(growth), reference.mid_ranks(other)
                self.assertAlmostEqual(f[f"continuing/spearman_{name}"][()], np.corrcoef(a, b)[0, 1], places=8)
            beta = np.linalg.lstsq(everything, growth, rcond=None)[0]
            np.testing.assert_allclose(f["continuing/growth/coefficient"], beta, atol=1e-8)
            residual = growth - everything @ beta
            self.assertAlmostEqual(f["continuing/growth/smearing"][()], np.exp(residual).mean(), places=8)
            self.assertEqual(f["continuing/interval/width"].shape, (20,))

            start = pick & (after > 0)
            design = reference.design([look.columns[n][start] for n in look.columns])
            sold = np.log(after[start])
            beta = np.linalg.lstsq(design, sold, rcond=None)[0]
            np.testing.assert_allclose(f["new/size/coefficient"], beta, atol=1e-8)
            self.assertAlmostEqual(f["new/size/smearing"][()], np.exp(sold - design @ beta).mean(), places=8)

    def check_chance(self, group, columns, happened, exporter, loose=1):
        x = reference.design(columns)
        beta = reference.fit_logit(x, happened)
        np.testing.assert_allclose(group["coefficient"], beta, atol=1e-7 * loose)  # similarities are kept as float32
        np.testing.assert_allclose(group["standard_error"], reference.clustered_errors(x, happened, beta, exporter), rtol=1e-6 * loose)
        chance = reference.logit_of_folds(x, happened, exporter)
        self.assertAlmostEqual(group["auc"][()], reference.auc(chance, happened), places=6)
        self.assertAlmostEqual(group["brier"][()], ((chance - happened) ** 2).mean(), places=8)
        self.assertAlmostEqual(group["log_loss"][()], -np.log(np.where(happened, chance, 1 - chance)).mean(), places=8)
        order = np.argsort(chance, kind="stable")
        tenth = np.arange(len(chance)) * 10 // len(chance)
        for at in range(10):
            rows = order[tenth == at]
            self.assertAlmostEqual(group["calibration/predicted"][at], chance[rows].mean(), places=6)
            self.assertAlmostEqual(group["calibration/observed"][at], happened[rows].mean(), delta=1.5 / len(rows))

    def test_finds_what_drives_starts_and_says_when_it_does_not(self):
        driven, *_ = self.world(drives=True, name="driven.h5")
        idle, *_ = self.world(drives=False, name="idle.h5")
        with h5py.File(self.backtest(driven, name="d.h5")[0]) as f:
            self.assertEqual(f["new/predictor"].asstr()[0], "potential")
            self.assertGreater(f["new/auc"][0], 0.7)
            self.assertEqual(np.argmax(f["new/auc"][:9]), 0)  # no plain rival is better
            self.assertGreater(f["chance/plain/coefficient"][1], 5 * f["chance/plain/standard_error"][1])
        with h5py.File(self.backtest(idle, name="i.h5")[0]) as f:
            self.assertLess(abs(f["new/auc"][0] - 0.5), 0.03)
            self.assertLess(abs(f["chance/plain/auc"][()] - 0.5), 0.03)
            self.assertLess(abs(f["chance/plain/coefficient"][1]), 3 * f["chance/plain/standard_error"][1])

    def test_same_bits_with_any_threads(self):
        world, *_ = self.world(drives=True)
        first, _ = self.backtest(world, "--threads", 1, name="one.h5")
        for threads in (2, 7):
            other, _ = self.backtest(world, "--threads", threads, name=f"{threads}.h5")
            self.assertEqual(cli.potentia("compare", first, other, "--full").returncode, 0)

    def test_windows_are_means_of_their_years(self):
        rng = np.random.default_rng(3)
        before = origin_trade(rng)
        after = outcome_trade(rng, before, 0.1)
        split = rng.uniform(0.2, 0.8, before.shape)
        plain, *_ = write_world(self.folder / "plain.h5", {2017: before, 2024: after})
        ranges, *_ = write_world(self.folder / "ranges.h5", {2016: 2 * before * split, 2017: 2 * before * (1 - split),
                                                             2023: 2 * after * split, 2024: 2 * after * (1 - split)})
        first, _ = self.backtest(plain)
        out = self.folder / "r.h5"
        run = cli.potentia("backtest", ranges, "--origin", "2016-2017", "--outcome", "2023-2024", "-o", out)
        self.assertEqual(run.returncode, 0, run.stderr)
        with h5py.File(first) as a, h5py.File(out) as b:
            self.assertEqual(list(b.attrs["origin"]), [2016, 2017])
            for name in ("new/candidates", "new/starts", "continuing/flows"):
                self.assertEqual(a[name][()], b[name][()])
            np.testing.assert_allclose(a["chance/plain/coefficient"], b["chance/plain/coefficient"], atol=1e-6)

    def test_products_of_one_window_take_no_part(self):
        rng = np.random.default_rng(3)
        before = origin_trade(rng)
        after = outcome_trade(rng, before, 0.1)
        more = after.copy()
        more[:, :, 0] = 0  # product 0 is gone in the outcome
        gone, *_ = write_world(self.folder / "gone.h5", {2017: before, 2024: more})
        left, *_ = write_world(self.folder / "left.h5", {2017: before, 2024: after}, out_of_scope=(0,))
        first, run = self.backtest(gone)
        self.assertIn("traded in one of the two windows only", run.stderr)
        second, _ = self.backtest(left, name="c.h5")
        with h5py.File(first) as a, h5py.File(second) as b:
            for name in ("new/candidates", "new/auc", "chance/plain/coefficient", "continuing/r2"):
                np.testing.assert_array_equal(a[name][()], b[name][()])


class Files(Case):
    def test_info_validate_and_compare_know_it(self):
        world, *_ = self.world(drives=True)
        out, run = self.backtest(world)
        self.assertIn("chance, plain model, out of sample", run.stdout)
        info = cli.potentia("info", out)
        self.assertEqual(info.returncode, 0, info.stderr)
        self.assertIn("chance, plain model, out of sample", info.stdout)
        valid = cli.potentia("validate", out)
        self.assertEqual(valid.returncode, 0, valid.stderr)
        self.assertIn("a valid back-test file", valid.stdout)
        other, _ = self.backtest(world, "--settings", self.settings("[method]\ndistance_fit = false\n"), name="o.h5")
        compared = cli.potentia("compare", out, other)
        self.assertEqual(compared.returncode, 10, compared.stderr)
        self.assertIn("/chance/plain/coefficient ", compared.stdout)

    def settings(self, text):
        path = self.folder / "s.toml"
        path.write_text(text)
        return path

    def test_validate_finds_what_cannot_be(self):
        world, *_ = self.world(drives=True)
        out, _ = self.backtest(world)
        for name, at, value, said in (("new/starts", (), 10**9, "more starts than candidates"),
                                      ("chance/plain/calibration/count", 3, 0, "does not count every row once"),
                                      ("chance/plain/deviation", 2, 0, "is no model"),
                                      ("new/auc", 0, 1.5, "no area under a curve")):
            with self.subTest(name):
                broken = self.folder / "broken.h5"
                broken.write_bytes(out.read_bytes())
                with h5py.File(broken, "r+") as f:
                    cli.forget_digest(f)
                    f[name][at] = value
                run = cli.potentia("validate", broken)
                self.assertEqual(run.returncode, 3, run.stdout)
                self.assertIn(said, run.stderr)
                self.assertIn(name.split("/")[0], run.stderr)

    def test_no_deaths_and_no_macro_are_told(self):
        rng = np.random.default_rng(3)
        before = origin_trade(rng)
        after = outcome_trade(rng, before, 0.1, dying=0)
        world, *_ = write_world(self.folder / "world.h5", {2017: before, 2024: after}, macro=False)
        out, run = self.backtest(world)
        self.assertIn("survival cannot be estimated", run.stderr)
        self.assertIn("no growth", run.stderr)
        self.assertIn("left out of the rich model [ln GDP growth of exporter, ln GDP growth of market, distance unknown]", run.stderr)
        self.assertIn("known by hindsight", run.stderr)
        with h5py.File(out) as f:
            self.assertNotIn("survival", f["continuing"])
            self.assertEqual(f["continuing/survivors"][()], f["continuing/flows"][()])


class Page(Case):
    def test_says_what_the_chances_say(self):
        world, before, after, facts = self.world(drives=True)
        with h5py.File(world, "r+") as f:
            f["country/name"][3] = "<script>alert(1)</script> & Co"
        out, _ = self.backtest(world, "--report", self.folder / "page")
        text = (self.folder / "page" / "backtest.html").read_text()
        self.assertNotIn("<script", text)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co", text)
        with h5py.File(out) as f:
            self.assertIn(f"Of {f['new/candidates'][()]:,} flows that did not exist in 2017", text)
            self.assertIn(f"{f['new/auc'][0]:.4f}", text)
        look = reference.Facts(before, after, *facts)
        columns = {**look.columns, **reference.rich_columns(before, facts[0], facts[1], product_codes(PRODUCTS))}
        pick = look.candidate
        started, exporter = (after > 0)[pick], look.exporter[pick]
        chance = reference.logit_of_folds(reference.design([columns[n][pick] for n in columns]), started, exporter)
        tables = tables_of(text)

        income = [row for row in tables if row[0][0] == "Group"]
        self.assertEqual(len(income), 6)
        for table in income[:-1]:  # of exporters only some are shown
            self.assertEqual(sum(int(row[1].replace(",", "")) for row in table[1:]), pick.sum())
        country = {name: at for at, name in enumerate(codes(COUNTRIES))}
        for row in income[-1][1:]:
            own = exporter == country.get(row[0], 3)
            self.assertEqual(int(row[1].replace(",", "")), own.sum())
            self.assertAlmostEqual(float(row[4]), started[own].sum() / chance[own].sum(), delta=0.0051, msg=row[0])
            self.assertAlmostEqual(float(row[5]), reference.auc(chance[own], started[own]), delta=0.01, msg=row[0])

        i, j, k = np.nonzero(pick)
        potential, sold = look.ep[pick], after[pick]
        for title, who, score in (("The best calls", started, chance * potential), ("and did not come", ~started, chance * potential),
                                  ("was not expected", started & (chance < started.mean()), sold)):
            found = tables_of(text[text.index(title):])[0][1:]
            order = np.flatnonzero(who)[np.argsort(-score[who])][:20]
            self.assertEqual(len(found), 20, title)
            for row, at in zip(found, order):
                self.assertEqual(country.get(row[0], 3), i[at])
                self.assertEqual(country.get(row[1], 3), j[at])
                self.assertTrue(row[2].startswith(product_codes(PRODUCTS)[k[at]]))
                self.assertEqual(row[4], f"{potential[at]:,.0f}")

    def test_needs_a_folder(self):
        world, *_ = self.world(drives=True)
        (self.folder / "file").write_text("")
        error = self.backtest(world, "--report", self.folder / "file", code=3)
        self.assertIn("cannot make the folder", error)


def tables_of(text):
    """Every table of a page as rows of texts."""
    tables = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag == "table":
                tables.append([])
            elif tag == "tr":
                tables[-1].append([])
            elif tag in ("td", "th"):
                tables[-1][-1].append("")
                self.cell = True

        def handle_endtag(self, tag):
            if tag in ("td", "th"):
                self.cell = False

        def handle_data(self, data):
            if getattr(self, "cell", False):
                tables[-1][-1][-1] += data

    Reader().feed(text)
    return tables


class Errors(Case):
    def failing(self, *arguments):
        run = cli.potentia("backtest", *arguments, "-o", self.folder / "b.h5")
        self.assertFalse((self.folder / "b.h5").exists())
        return run.returncode, run.stderr

    def test_windows(self):
        world, *_ = self.world(drives=True)
        for origin, outcome, code, said in (("2017", "2017", 2, "does not lie after the origin"),
                                            ("2024", "2017", 2, "does not lie after the origin"),
                                            ("17", "2024", 2, "neither a year nor a range"),
                                            ("2019-2017", "2024", 2, "descend"),
                                            ("2016", "2024", 3, "2016 has no trade record"),
                                            ("2017", "2023", 3, "2023 has no trade record")):
            with self.subTest(origin + " " + outcome):
                got, error = self.failing(world, "--origin", origin, "--outcome", outcome)
                self.assertEqual(got, code, error)
                self.assertIn(said, error)
                self.assertEqual(error.count("\n"), 1, error)

    def test_nothing_to_learn_from(self):
        rng = np.random.default_rng(3)
        before = origin_trade(rng)
        growth = np.exp(rng.normal(0, 1, before.shape))
        shifted = np.zeros_like(before)
        shifted[:, :, ::2], other = before[:, :, ::2], np.zeros_like(before)
        other[:, :, 1::2] = before[:, :, 1::2]
        one = np.zeros_like(before)
        one[0], one[1] = before[0], 1e6  # the second sells everything everywhere already
        for name, years, said in (("nothing starts", {2017: before, 2024: before * growth}, "no flow starts"),
                                  ("everything starts", {2017: before, 2024: growth}, "every flow that could start does"),
                                  ("other products", {2017: shifted, 2024: other}, "no product in scope is traded in both"),
                                  ("one exporter", {2017: one, 2024: outcome_trade(rng, one, 0.2)}, "too few exporters")):
            with self.subTest(name):
                for trade in years.values():
                    trade[np.arange(COUNTRIES), np.arange(COUNTRIES)] = 0  # nobody sells to itself
                world, *_ = write_world(self.folder / "w.h5", years)
                code, error = self.failing(world, "--origin", 2017, "--outcome", 2024)
                self.assertEqual(code, 3, error)
                self.assertIn(said, error)


if __name__ == "__main__":
    cli.main()
