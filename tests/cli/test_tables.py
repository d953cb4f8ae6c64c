"""Tables as people keep them: one world however they are written, and what is no table is named as what it is."""

import io
import itertools
import shutil
import unittest
import zipfile

import h5py
import numpy as np
import openpyxl
import pandas
import xlwt

import cli

SOURCE = cli.SOURCE / "tests" / "regression" / "worked_example"
DISTANCE = [["iso_o", "iso_d", "dist"], ["CHN", "LAO", "2000.5"], ["LAO", "CHN", "2000.5"], ["LAO", "THA", "1500"], ["THA", "LAO", "1500"],
            ["CHN", "THA", "12500.25"], ["THA", "CHN", "12500.25"]]


def as_text(rows, separator=",", quote=False, thousands="", decimal=".", order=None, header=str):
    def written(cell, row, column):
        if row == 0:
            return header(cell)
        if column == 2:
            whole, _, part = cell.partition(".")
            if thousands:
                whole = f"{int(whole):,}".replace(",", thousands)
            cell = whole + (decimal + part if part else "")
        return cell

    lines = []
    for n, row in enumerate(rows):
        cells = [written(cell, n, k) for k, cell in enumerate(row)]
        cells = [cells[k] for k in order] if order else cells
        quoted = [f'"{cell}"' if quote or separator in cell else cell for cell in cells]
        lines.append(separator.join(quoted))
    return lines


class Tables(cli.Case):
    def setUp(self):
        super().setUp()
        for path in SOURCE.iterdir():
            if path.suffix in (".csv", ".toml"):
                shutil.copy(path, self.folder / path.name)
        self.number = 0

    def distance_of(self, name="distance.csv"):
        """The distances of the world in which this file has the table."""
        manifest = (SOURCE / "manifest.toml").read_text().replace('file = "distance.csv"', f'file = "{name}"')
        (self.folder / "m.toml").write_text(manifest)
        self.succeeds("import", self.folder / "m.toml", "-o", self.folder / "world.h5")
        with h5py.File(self.folder / "world.h5") as file:
            return file["distance"][()]

    def refused(self, said, content, name="distance.csv"):
        (self.folder / name).write_bytes(content)
        manifest = (SOURCE / "manifest.toml").read_text().replace('file = "distance.csv"', f'file = "{name}"')
        (self.folder / "m.toml").write_text(manifest)
        return self.fails(3, said, "import", self.folder / "m.toml", "-o", self.folder / "world.h5")

    def expected(self):
        (self.folder / "distance.csv").write_text("\n".join(as_text(DISTANCE)) + "\n")
        return self.distance_of()

    def test_however_it_is_written(self):
        expected = self.expected()
        self.assertEqual(expected[0, 2], 12500.25)
        encodings = [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b""), ("cp1252", b"")]
        ends = ["\n", "\r\n", "\r"]
        dresses = [dict(), dict(separator=";"), dict(separator="\t"), dict(separator="|"), dict(quote=True), dict(separator=";", quote=True),
                   dict(separator=";", decimal=","), dict(separator="\t", decimal=",", thousands="."), dict(thousands=","),
                   dict(separator=";", thousands=" "), dict(separator=";", thousands="\u00a0"), dict(order=[2, 1, 0]), dict(header=str.upper),
                   dict(header=lambda name: f" {name} ")]
        tried = 0
        for n, (dress, (encoding, mark)) in enumerate(itertools.product(dresses, encodings)):
            end = ends[n % 3]
            lines = as_text(DISTANCE, **dress)
            if n % 4 == 1:
                lines = [line + dress.get("separator", ",") for line in lines]  # an empty column at the end
            if n % 5 == 2:
                lines += ["", dress.get("separator", ",") * 2]
            text = end.join(lines) + (end if n % 2 else "")
            (self.folder / "distance.csv").write_bytes(mark + text.encode(encoding))
            with self.subTest(dress=dress, encoding=encoding, mark=mark, end=end):
                np.testing.assert_array_equal(self.distance_of(), expected)
            tried += 1
        self.assertGreater(tried, 40)

    def test_workbooks_and_stata_files(self):
        expected = self.expected()
        rows = [DISTANCE[0]] + [[a, b, float(km)] for a, b, km in DISTANCE[1:]]
        book = openpyxl.Workbook()
        book.active.title = "First"
        for row in rows:
            book.active.append(row)
        book.create_sheet("Notes").append(["nothing", "here"])
        book.save(self.folder / "d.xlsx")
        old = xlwt.Workbook()
        sheet = old.add_sheet("First")
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                sheet.write(i, j, cell)
        old.add_sheet("Notes").write(0, 0, "nothing")
        old.save(str(self.folder / "d.xls"))
        pandas.DataFrame(rows[1:], columns=rows[0]).to_stata(self.folder / "d.dta", write_index=False)
        for name in ("d.xlsx", "d.xls", "d.dta"):
            with zipfile.ZipFile(self.folder / (name + ".zip"), "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(self.folder / name, name)
        for name in ("d.xlsx", "d.xlsx#First", "d.xls", "d.xls#First", "d.dta", "d.xlsx.zip", "d.xls.zip", "d.dta.zip"):
            with self.subTest(name=name):
                np.testing.assert_array_equal(self.distance_of(name), expected)
        gaps = openpyxl.Workbook()  # an empty last cell of a row is not in the file at all
        for row in [rows[0] + ["note"]] + [row + [None] for row in rows[1:]]:
            gaps.active.append(row)
        gaps.save(self.folder / "gaps.xlsx")
        np.testing.assert_array_equal(self.distance_of("gaps.xlsx"), expected)
        for name in ("d.xlsx", "d.xls"):
            manifest = (SOURCE / "manifest.toml").read_text().replace('file = "distance.csv"', f'file = "{name}#Sheet9"')
            (self.folder / "m.toml").write_text(manifest)
            self.fails(3, ['no sheet "Sheet9"', "First, Notes"], "import", self.folder / "m.toml", "-o", self.folder / "world.h5")
        for name in ("d.xlsx", "d.xls", "d.dta"):
            whole = (self.folder / name).read_bytes()
            self.refused(name, whole[:len(whole) // 2], name)

    def test_what_is_no_table_is_named(self):
        for content, said in ((b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page, no table"),
                              (b"\n  <html lang='en'>", "a web page, no table"), (b"%PDF-1.7 x", "a PDF, no table"),
                              (b"PAR1\0\0\0\0", "a Parquet file"), (b'{"data": []}', "a JSON file"), (b"\x89PNG\r\n\x1a\n", "a picture"),
                              (b"", "empty file"), (b"\n\n", "empty file")):
            with self.subTest(said=said):
                self.refused(said, content)

    def test_numbers_that_contradict_each_other(self):
        done = self.refused(["decimal commas and decimal points in one table", "distance.csv:3, 12.5", "distance.csv:2, 1000,5"],
                            b"iso_o;iso_d;dist\nCHN;LAO;1000,5\nLAO;CHN;12.5\n")
        self.assertIn("write all numbers alike", done.stderr)
        self.refused("is not a number", b"iso_o,iso_d,dist\nCHN,LAO,12x\n")

    def test_bytes_of_a_cell_cannot_spoil_a_message(self):
        done = self.refused("is not a number", b"iso_o,iso_d,dist\nCHN,LAO,\x00\x1b[31m\x9b1\n")
        self.assertRegex(done.stderr, r"\\x00\\x1b\[31m")
        done.stderr.encode("ascii" if done.stderr.isascii() else "utf-8")

    def test_names_of_columns_with_other_blanks(self):
        expected = self.expected()
        head = DISTANCE[0]
        for name in ("\u00a0iso_d", "iso\u00a0_d ", '"iso\n_d"'):
            lines = as_text([[head[0], name, head[2]]] + DISTANCE[1:])
            (self.folder / "d.csv").write_text("\n".join(lines) + "\n")
            np.testing.assert_array_equal(self.distance_of("d.csv"), expected, repr(name))

    def test_exponents_behind_decimal_commas(self):
        expected = self.expected()
        lines = [";".join(row) for row in DISTANCE]
        (self.folder / "d.csv").write_text("\n".join(lines).replace("2000.5", "2,0005E+03").replace("12500.25", "12500,25") + "\n")
        np.testing.assert_array_equal(self.distance_of("d.csv"), expected)

    def test_pages_in_utf_16_and_open_documents(self):
        self.refused("a web page, no table", "\ufeff<!DOCTYPE html><html><body>no</body></html>".encode("utf-16-le"))
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", "<x/>")
        self.refused("an OpenDocument file, which is not read", content.getvalue(), "d.ods")


if __name__ == "__main__":
    unittest.main()
