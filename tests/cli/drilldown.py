"""What the tests of drilldown share: running it, reading its report, checking what holds in every report."""

import csv
import json

import h5py
import numpy as np

import cli

COLUMNS = ["actual", "potential_now", "potential", "realized", "unrealized", "static", "dynamic", "overtrade",
           "change_supply", "change_population", "change_income", "change_tariff"]
PARTS = ["trade", "composition", "access", "logistics", "potential", "opportunities", "findings", "provenance"]
PARTS_WITH_SCENARIOS = [*PARTS[:6], "scenarios", *PARTS[6:]]
SCHEMA = cli.SOURCE / "host" / "drilldown" / "report.schema.json"


class Table:
    """A figure's table by column."""

    def __init__(self, figure):
        self.keys = [column["key"] for column in figure["table"]["columns"]]
        self.kinds = [column["kind"] for column in figure["table"]["columns"]]
        self.rows = figure["table"]["rows"]

    def __contains__(self, key):
        return key in self.keys

    def __getitem__(self, key):
        at = self.keys.index(key)
        return [row[at] for row in self.rows]

    def numbers(self, key):
        return np.array([np.nan if value is None else value for value in self[key]], float)


class Report:
    def __init__(self, folder):
        self.folder = folder
        self.json = json.loads((folder / "report.json").read_text("utf-8"))
        self.figures = {(part["id"], figure["id"]): figure
                        for part in self.json["parts"] for figure in part["figures"]}

    def table(self, part, figure):
        return Table(self.figures[part, figure])


def csv_value(value):
    """A value of report.json as the CSV has it, to be compared after reading the CSV back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


class Case(cli.Case):
    def drilldown(self, world, *flags, **options):
        done = self.succeeds("drilldown", world, "-o", self.folder / "report", *flags, **options)
        report = Report(self.folder / "report")
        self.said = done.stderr + done.stdout
        self.check(report)
        return report

    def solved(self, world, settings="[cells]\ntop = 0\nthresholds = false\n"):
        """A full solve with every cell listed."""
        (self.folder / "full.toml").write_text(settings)
        self.succeeds("solve", world, "-o", self.folder / "full.h5", "--settings", self.folder / "full.toml")
        result = h5py.File(self.folder / "full.h5")
        self.addCleanup(result.close)
        return result

    def check(self, report):
        """What holds in every report: the schema, the files, the identities."""
        parts = PARTS_WITH_SCENARIOS if any(part == "scenarios" for part, _ in report.figures) else PARTS
        if any(part == "outlook" for part, _ in report.figures):
            parts = [*parts[:6], "outlook", *parts[6:]]
        self.assertEqual([part["id"] for part in report.json["parts"]], parts)
        try:
            import jsonschema
        except ImportError:
            jsonschema = None  # test_drilldown.py says so where it cannot be checked
        if jsonschema is not None:
            jsonschema.validate(report.json, json.loads(SCHEMA.read_text()))
        names = {f"{part}_{figure}.csv" for part, figure in report.figures}
        self.assertEqual({path.name for path in report.folder.iterdir()}, names | {"report.html", "report.json"})
        for (part, name), figure in report.figures.items():
            with self.subTest(figure=f"{part}_{name}"):
                table = Table(figure)
                self.assertEqual(bool(figure["notice"]), not table.rows, "a notice, or rows")
                self.check_csv(report.folder / f"{part}_{name}.csv", table)
                self.check_identities(table)
        page = (report.folder / "report.html").read_bytes()
        self.assertLess(len(page), 3_000_000)

    def check_csv(self, path, table):
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        self.assertEqual(header, table.keys)
        self.assertEqual(len(rows), len(table.rows))
        for row, values in zip(rows, table.rows):
            for text, value in zip(row, values):
                expected = csv_value(value)
                if isinstance(expected, (int, float)):  # every bit of it
                    self.assertEqual(float(text), float(expected))
                else:
                    self.assertEqual(text, expected)

    def check_identities(self, table):
        def adds_up(whole, parts):
            if whole not in table or any(part not in table for part in parts) or not table.rows:
                return
            values = np.array([table.numbers(part) for part in parts])
            np.testing.assert_allclose(values.sum(axis=0), table.numbers(whole), rtol=0, err_msg=whole,
                                       atol=1e-6 + 1e-9 * np.nanmax(np.abs(values), initial=0))

        adds_up("unrealized", ["static", "dynamic"])
        adds_up("potential", ["realized", "unrealized"])
        adds_up("change", ["change_supply", "change_population", "change_income", "change_tariff"])
        for key in ("share", "static_share", "dynamic_share", "realized_share", "unrealized_share", "cumulated_share"):
            if key in table:
                known = [value for value in table[key] if value is not None]
                self.assertTrue(all(0 <= value <= 1 + 1e-9 for value in known), key)


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
