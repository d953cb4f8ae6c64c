"""export: the numbers of a result in every form, for the countries asked for; or one line of error and no file."""

import shutil
import subprocess
import unittest

import h5py
import numpy as np
import openpyxl
import pandas

import cli

VALUES = ["actual", "potential_now", "potential", "realized", "unrealized", "static", "dynamic", "overtrade", "change_supply",
          "change_population", "change_income", "change_tariff"]
FORMS = ["csv", "csv.gz", "xlsx", "dta"]
AXES = {"pair": ["exporter", "market"], "pair_sector": ["exporter", "market", "sector"], "exporter_product": ["exporter", "product"],
        "market_product": ["market", "product"]}


def read(path):
    """A file as other programs read it: texts as they are, numbers to the last bit, missing ones NaN."""
    name = str(path)
    texts = {column: str for column in ("exporter", "market", "product", "factor", "unit")}
    names = {column: str for column in ("exporter_name", "market_name", "product_name", "sector")}
    options = dict(dtype={**texts, **names}, keep_default_na=False, na_values={column: [""] for column in [*VALUES, "value"]})
    if name.endswith(".xlsx"):
        return pandas.read_excel(path, **options)
    if name.endswith(".dta"):
        return pandas.read_stata(path)
    return pandas.read_csv(path, float_precision="round_trip", **options)


class Export(cli.Case):
    @classmethod
    def setUpClass(cls):
        cls.shared = cli.tempfile.TemporaryDirectory(prefix="potentia-export-")
        cls.addClassCleanup(cls.shared.cleanup)
        folder = cli.Path(cls.shared.name)
        cls.world, cls.result = folder / "world.h5", folder / "result.h5"
        for command in (["synth", "-o", cls.world, "--countries", 40, "--products", 60, "--years", 1],
                        ["solve", cls.world, "-o", cls.result, "--top", 0]):
            done = cli.potentia(*command)
            assert done.returncode == 0, done.stderr

    def export(self, table, name, *flags, result=None):
        path = self.folder / name
        self.succeeds("export", result or self.result, "--table", table, "-o", path, *flags)
        return path

    def test_every_form_holds_the_numbers_of_the_result(self):
        with h5py.File(self.result) as f:
            for table, axes in AXES.items():
                for form in FORMS:
                    with self.subTest(table=table, form=form):
                        rows = read(self.export(table, f"{table}.{form}"))
                        codes = [cli.texts(f[axis]) for axis in axes]
                        self.assertEqual(len(rows), np.prod([len(each) for each in codes]))
                        for n, (axis, labels) in enumerate(zip(axes, codes)):  # exporter first, each in the order of its axis
                            at = np.indices([len(each) for each in codes])[n].ravel()
                            self.assertEqual(rows[axis].tolist(), [labels[k] for k in at])
                            if axis != "sector":
                                names = cli.texts(f[axis + "_name"])
                                self.assertEqual(rows[axis + "_name"].tolist(), [names[k] for k in at])
                        self.assertEqual(rows.columns.tolist()[-12:], VALUES)
                        for column in VALUES:
                            values = f[f"{table}/{column}"][()].ravel()
                            self.assertGreater(np.unique(values).size, 1 if column != "change_tariff" else 0)
                            np.testing.assert_array_equal(rows[column].to_numpy(float), values, f"{table}.{form} {column}")

    def test_cells(self):
        with h5py.File(self.result) as f:
            cells = f["cells"]
            exporter = np.repeat(cli.texts(f["exporter"]), np.diff(cells["offsets"][()]))
            market, product = (np.array(cli.texts(f[axis]))[cells[axis][()]] for axis in ("market", "product"))
            self.assertGreater(len(exporter), 1000)
            for form in FORMS:
                rows = read(self.export("cells", f"cells.{form}"))
                self.assertEqual([rows[axis].tolist() for axis in ("exporter", "market", "product")],
                                 [exporter.tolist(), market.tolist(), product.tolist()])
                for column in VALUES:
                    np.testing.assert_array_equal(rows[column].to_numpy(float), cells[column][()])
            chosen = read(self.export("cells", "some.csv", "--exporters", "LAO,THA", "--markets", "CHN"))
            at = np.isin(exporter, ["LAO", "THA"]) & (market == "CHN")
            self.assertGreater(at.sum(), 0)
            self.assertEqual(chosen["product"].tolist(), product[at].tolist())
            np.testing.assert_array_equal(chosen["static"].to_numpy(float), cells["static"][()][at])

    def test_factors(self):
        with h5py.File(self.result) as f:
            axes = {"supply_now": ["exporter", "product"], "supply": ["exporter", "product"], "demand_now": ["market", "product"],
                    "demand": ["market", "product"], "typical_distance": ["market", "product"], "ease": ["exporter", "market"]}
            for form in FORMS:
                rows = read(self.export("factors", f"factors.{form}"))
                for factor, along in axes.items():
                    part = rows[rows["factor"] == factor]
                    values = f[f"factors/{factor}"]
                    np.testing.assert_array_equal(part["value"].to_numpy(float), values[()].ravel(), factor)
                    self.assertEqual(set(part["unit"]), {values.attrs["units"]})
                    for axis in ("exporter", "market", "product"):
                        self.assertEqual((part[axis] == "").all(), axis not in along, f"{factor} {axis}")
                    self.assertEqual(part[along[1]].tolist()[:values.shape[1]], cli.texts(f[along[1]]))
                self.assertEqual(len(rows), sum(f[f"factors/{factor}"].size for factor in axes))
            lao = read(self.export("factors", "lao.csv", "--exporters", "LAO", "--markets", "CHN"))
            ease = f["factors/ease"][cli.texts(f["exporter"]).index("LAO"), cli.texts(f["market"]).index("CHN")]
            self.assertEqual(lao[lao["factor"] == "ease"]["value"].tolist(), [ease])

    def test_countries_groups_and_lists(self):
        with h5py.File(self.result) as f:
            countries = cli.texts(f["exporter"])
            unrealized = f["pair/unrealized"][()]
        (self.folder / "groups.toml").write_text('[MINE]\nname = "Mine"\nmembers = ["THA", "LAO"]\n')
        mine = ["--groups", self.folder / "groups.toml"]
        asean = [code for code in ("BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM") if code in countries]
        self.assertGreater(len(asean), 3)
        for flags, exporters, markets in ((["--exporters", "THA,LAO"], ["LAO", "THA"], countries),
                                          (["--exporters", "ASEAN", "--markets", "CHN"], asean, ["CHN"]),
                                          (["--markets", "ASEAN, CHN,LAO"], countries, sorted({*asean, "CHN"})),
                                          (["--exporters", "MINE", *mine], ["LAO", "THA"], countries),
                                          (["--exporters", "world", "--markets", "CHN"], countries, ["CHN"])):
            with self.subTest(flags=flags):
                rows = read(self.export("pair", "p.csv", *flags))
                self.assertEqual(rows["exporter"].tolist(), [i for i in exporters for _ in markets])
                self.assertEqual(rows["market"].tolist(), [j for _ in exporters for j in markets])
                wanted = unrealized[np.ix_([countries.index(i) for i in exporters], [countries.index(j) for j in markets])]
                np.testing.assert_array_equal(rows["unrealized"].to_numpy(float), wanted.ravel())
        self.fails(3, ["LAX", "--exporters"], "export", self.result, "--table", "pair", "-o", self.folder / "x.csv", "--exporters", "LAX")

    def test_rows_of_zeros_can_be_left_out(self):
        every = read(self.export("pair_sector", "all.csv"))
        some = read(self.export("pair_sector", "some.csv", "--nonzero"))
        kept = every[(every[VALUES] != 0).any(axis=1)].reset_index(drop=True)
        self.assertLess(len(kept), len(every))
        pandas.testing.assert_frame_equal(some, kept)

    def test_for_excel(self):
        path = self.export("exporter_product", "e.csv", "--excel", "--exporters", "LAO")
        lines = path.read_bytes().split(b"\n")
        self.assertEqual(lines[0][:12], b"\xef\xbb\xbfexporter,")
        with h5py.File(self.result) as f:
            code = cli.texts(f["product"])[0]
        self.assertTrue(lines[1].startswith(b'LAO,'), lines[1])
        self.assertIn(f'"=""{code}"""'.encode(), lines[1])
        self.assertNotIn(b"=", self.export("exporter_product", "n.csv", "--exporters", "LAO").read_bytes())

    def test_a_workbook_is_made_for_people(self):
        book = openpyxl.load_workbook(self.export("pair", "p.xlsx", "--exporters", "LAO"))
        self.assertEqual(book.sheetnames, ["pair", "definitions"])
        sheet = book["pair"]
        self.assertEqual(sheet.freeze_panes, "A2")
        self.assertTrue(sheet["A1"].font.bold)
        self.assertEqual(sheet["F2"].number_format, "#,##0")
        words = {row[0]: row[1:] for row in book["definitions"].iter_rows(values_only=True)}
        with h5py.File(self.result) as f:
            digest = f.attrs["content_digest"].decode()
            for column in VALUES:
                self.assertEqual(words[column], (f[f"pair/{column}"].attrs["long_name"], "USD"))
        self.assertIn(digest, words["result"][0])
        self.assertIn("exporters LAO", words["chosen"][0])
        self.assertIn("not ITC's figures", words["method"][0])
        self.assertIn("[method]", words["settings"][0])

    def test_stata_has_labels_and_units(self):
        with pandas.io.stata.StataReader(self.export("pair", "p.dta", "--exporters", "LAO")) as reader:
            labels = reader.variable_labels()
            self.assertEqual(reader.data_label, "export potential by exporter and market")
        self.assertEqual(labels["actual"], "actual exports of the base period (USD)")
        self.assertEqual(labels["market"], "market, ISO3 code")
        self.assertTrue(all(len(label) <= 80 and label.endswith(" (USD)") for key, label in labels.items() if key in VALUES))

    def test_threads_do_not_matter(self):
        for form in [*FORMS, "csv.zst"]:
            files = [self.export("pair_sector", f"t{threads}.{form}", "--threads", threads).read_bytes() for threads in (1, 3)]
            self.assertEqual(files[0], files[1], form)

    def test_usage(self):
        out = self.folder / "x.csv"
        self.fails(2, ["pairs", "pair,pair_sector,exporter_product,market_product,cells,factors"], "export", self.result, "--table", "pairs", "-o", out)
        self.fails(2, "--table", "export", self.result, "-o", out)
        for name in ("x.xls", "x", "x.csv.xz"):
            self.fails(2, [name, ".csv, .csv.gz, .csv.zst, .xlsx or .dta"], "export", self.result, "--table", "pair", "-o", self.folder / name)
        self.fails(2, "--excel", "export", self.result, "--table", "pair", "-o", self.folder / "x.xlsx", "--excel")
        self.fails(2, ["market_product", "--exporters"], "export", self.result, "--table", "market_product", "-o", out, "--exporters", "LAO")
        self.fails(2, ["exporter_product", "--markets"], "export", self.result, "--table", "exporter_product", "-o", out, "--markets", "LAO")

    def test_what_is_no_whole_result(self):
        out = self.folder / "x.csv"
        self.fails(3, ["a world, no result", "potentia solve"], "export", self.world, "--table", "pair", "-o", out)
        self.fails(3, "nowhere.h5", "export", self.folder / "nowhere.h5", "--table", "pair", "-o", out)
        broken = self.folder / "broken.h5"
        shutil.copy(self.result, broken)
        with h5py.File(broken, "r+") as f:
            f["pair/static"][3, 4] = 12345.0
        self.fails(3, ["holds other values than were written", "broken.h5:/pair/static"], "export", broken, "--table", "pair", "-o", out)
        self.succeeds("export", broken, "--table", "exporter_product", "-o", self.folder / "whole.csv")  # which was not touched
        broken.write_bytes(self.result.read_bytes()[:-1000])
        self.fails(3, "broken.h5", "export", broken, "--table", "pair", "-o", out)

    def test_a_result_of_some_countries(self):
        some = self.folder / "some.h5"
        self.succeeds("solve", self.world, "-o", some, "--markets", "CHN,THA")
        self.fails(3, ["exporter_product", "--markets"], "export", some, "--table", "exporter_product", "-o", self.folder / "x.csv")
        rows = read(self.export("pair", "p.csv", result=some))
        whole = read(self.export("pair", "w.csv", "--markets", "THA,CHN"))
        pandas.testing.assert_frame_equal(rows, whole)

    def test_a_failing_disk_leaves_the_older_file(self):
        for form in [*FORMS, "csv.zst"]:
            with self.subTest(form=form):
                out = self.folder / f"o.{form}"
                out.write_text("older")
                done = subprocess.run(["bash", "-c", 'ulimit -f 8; exec "$@"', "bash", cli.BINARY, "export", self.result, "--table", "pair_sector", "-o", out],
                                      capture_output=True, text=True, preexec_fn=cli.default_signals)
                self.assertEqual(done.returncode, 5, done.stderr)
                self.assertRegex(done.stderr, r"potentia: error: file too large: .*o\.%s" % form)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertEqual(out.read_text(), "older")
                self.assertEqual([path.name for path in self.folder.iterdir() if path.name.startswith("o.")], [out.name])
                out.unlink()
        (self.folder / "full.csv").symlink_to("/dev/full")
        self.fails(3, "not a regular file", "export", self.result, "--table", "pair", "-o", self.folder / "full.csv")
        shutil.copy(self.result, self.folder / "r.csv")
        self.fails(3, "replace an input", "export", self.folder / "r.csv", "--table", "pair", "-o", self.folder / "r.csv")
        self.assertEqual((self.folder / "r.csv").read_bytes(), self.result.read_bytes())


if __name__ == "__main__":
    unittest.main()
