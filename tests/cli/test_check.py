"""potentia check: what a world will be made of, file by file and variable by variable, and nothing written."""

import json
import re

import cli
from test_import import HEADER, MANIFEST, ImportCase, trade_rows

COVERAGE = r"^  (.+?)  +([\d,]+) of ([\d,]+) +(none|below 0.1 %|[\d.]+ %)(?:  (.*))?$"


class Check(ImportCase):
    def check(self, *flags):
        before = sorted(self.folder.rglob("*"))
        done = self.succeeds("check", self.folder / "manifest.toml", *flags)
        self.assertEqual(sorted(self.folder.rglob("*")), before)
        return done.stdout

    def coverage(self, text):
        return {row[0]: row[1:] for row in re.findall(COVERAGE, text, re.M)}

    def test_files_one_by_one(self):
        self.put("rates.csv", "RATE;hs6;note;Market;regime\n12,5;71410;;LAO;MFN\n0,05;400121;;CHN;MFN\n")
        lines = self.check("--quiet").splitlines()
        for role, said, columns in (
            ("trade", "BACI_HS17_Y2023.csv: text, UTF-8, comma; 9 rows; 2023", "t = year, i = exporter, j = market, k = product, "
             "v = value in thousand USD; 1 more not used"),
            ("countries", "country_codes.csv: text, UTF-8, comma; 3 rows", "country_code = number in the trade files, "),
            ("distance", "dist.csv: text, UTF-8, semicolon; 6 rows", "iso_o = exporter, iso_d = market, dist = distance in km"),
            ("macro", "macro.csv: text, UTF-8, comma; 6 rows; 2023 to 2028", "iso3 = country, year, gdp = GDP, population"),
            ("tariff rates", "rates.csv: text, UTF-8, semicolon, decimal commas; 2 rows", "RATE, hs6 = product, Market, regime; 1 more not used"),
        ):
            with self.subTest(role=role):
                at = lines.index(f"{role:<15} {said}")
                self.assertTrue(lines[at + 1].strip().startswith(columns), lines[at + 1])
        roles = [line[:15].strip() for line in lines if re.match(r"[a-z ]{15} \S+: ", line)]
        self.assertEqual(roles, ["trade", "countries", "products", "distance", "macro", "tariff rates", "tariff members", "elasticities"])

    def test_variables_one_by_one(self):
        self.put("macro.csv", "iso3,year,gdp,population\nLAO,2023,1,1\nLAO,2028,1.22,1.07\nCHN,2023,1,1\nCHN,2028,,0.99\nTHA,2023,1,1\nTHA,2028,1,1\n")
        self.put("sigma.csv", "hs6,sigma\n71410,4\n")
        coverage = self.coverage(self.check())
        # Flows are of 30, 120, 50, 2, 1, 40, 4, 600, 900: 1747 in all.
        self.assertEqual(coverage["exports 2023, countries"], ("3", "3", "none", ""))
        self.assertEqual(coverage["GDP 2023 and 2028, countries"], ("2", "3", "96.9 %", "CHN China"))  # all but 50 and 4
        self.assertEqual(coverage["population 2023 and 2028, countries"], ("3", "3", "none", ""))
        self.assertEqual(coverage["distance, pairs that trade"], ("6", "6", "none", ""))
        self.assertEqual(coverage["elasticity, products in scope"], ("1", "2", "60.8 %", "400121 Rubber"))
        self.assertEqual(coverage["income elasticity, products in scope"], ("0", "2", "100.0 %", "all"))
        self.assertEqual(coverage["tariffs, markets"], ("3", "3", "none", ""))

    def test_warnings_and_what_is_left_out(self):
        self.put("macro.csv", (self.folder / "macro.csv").read_text() + "XXX,2023,1,1\n")
        self.put("rates.csv", "market,regime,hs6,rate\nCHN,MFN,71410,12\nCHN,FTA,71410,9\nLAO,MFN,71410,8\nTHA,MFN,71410,0\n")
        self.put("members.csv", "market,regime,exporter,first_year,last_year\nCHN,FTA,LAO,,\n")
        text = self.check()
        self.assertRegex(text, r"(?m)^warning 3 x tariffs\.rate_above_5: ")
        self.assertRegex(text, r"(?m)^drop +1 x macro\.country_outside_world: .*\[XXX\]$")
        last = text.splitlines()[-1]
        self.assertRegex(last, r"manifest.toml: 3 countries, 2 products \(HS17\), 9 flows in 1 year, base years 2023, horizon 2028; \d+ warnings$")
        self.assertEqual(int(re.search(r"(\d+) warnings$", last)[1]), len(re.findall(r"(?m)^warning ", text)))

    def test_all_missing_files_at_once(self):
        for name in ("BACI_HS17_Y2023.csv", "dist.csv", "members.csv"):
            (self.folder / name).unlink()
        done = self.fails(3, ["3 files are missing", "manifest.toml", "download"], "check", self.folder / "manifest.toml")
        missing = re.findall(r'^missing (\S+) = "(.*)" \(.*manifest.toml:(\d+):1\)$', done.stdout, re.M)
        self.assertEqual([row[:2] for row in missing],
                         [("trade.files", "BACI_HS17_Y*"), ("distance.file", "dist.csv"), ("tariffs.members", "members.csv")])
        lines = MANIFEST.splitlines()
        for key, _, line in missing:
            self.assertTrue(lines[int(line) - 1].startswith(key.split(".")[1] + " = "))
        self.assertIn("cepii.fr", done.stdout)
        self.assertLess(done.stdout.index("dist.csv"), done.stdout.index("GeoDist"))

    def test_a_missing_file_of_no_known_source_is_only_named(self):
        (self.folder / "macro.csv").unlink()  # of format tidy: a table of one's own
        done = self.fails(3, "1 file is missing", "check", self.folder / "manifest.toml")
        self.assertEqual(len(done.stdout.splitlines()), 1)

    def test_what_import_refuses_check_refuses_after_what_was_right(self):
        self.put("sigma.csv", "hs6,sigma\n71410,-4\n")
        done = self.fails(3, "sigma -4 is not above 0", "check", self.folder / "manifest.toml")
        self.assertIn("\nmacro           macro.csv: ", done.stdout)
        self.assertNotIn("sigma.csv", done.stdout)
        self.put("BACI_HS17_Y2023.csv", "\n".join([HEADER, *trade_rows(), "2023,1,156,71410,5,"]) + "\n")
        self.fails(3, 'unknown country code "1"', "check", self.folder / "manifest.toml")
        self.fails(2, "--lenient", "check", self.folder / "manifest.toml", "--lenient", "everything")

    def test_the_nearest_key_is_named(self):
        for text, said in (
            (MANIFEST.replace("base_years", "base_year"), ["unknown key world.base_year", "did you mean world.base_years?"]),
            (MANIFEST.replace("horizon_year", "horizon"), ["world.horizon", "world.horizon_year"]),
            (MANIFEST.replace("hs_revision", "hs_revison"), ["unknown key world.hs_revison", "did you mean world.hs_revision?"]),
            (MANIFEST.replace("products =", "product ="), ["unknown key trade.product", "did you mean trade.products?"]),
            (MANIFEST.replace("[macro]\nformat = \"tidy\"\nfile", "[macro]\nformat = \"tidy\"\nfiles"), ["unknown key macro.files", "did you mean macro.file?"]),
            (MANIFEST.replace("rates =", "rate ="), ["unknown key tariffs.rate", "did you mean tariffs.rates?"]),
            (MANIFEST.replace("[elasticities]", "[elasticity]"), ["unknown table elasticity", "did you mean elasticities?"]),
        ):
            with self.subTest(said=said[0]):
                self.put("manifest.toml", text)
                for command in (["check"], ["import", "-o", self.world]):
                    self.fails(3, said, *command, self.folder / "manifest.toml")


class EndOfImport(ImportCase):
    def test_the_table_holds_what_is_missing_and_only_that(self):
        self.put("sigma.csv", "hs6,sigma,income_elasticity\n71410,4,1\n400121,,1\n")
        done = self.run_import()
        rows = re.findall(COVERAGE, done.stderr, re.M)
        self.assertEqual(rows, [("elasticity, products in scope", "1", "2", "60.8 %", "400121")])
        self.assertNotIn("coverage.elasticity", done.stderr)  # it is said once
        self.assertEqual(done.stdout, "")
        self.put("sigma.csv", "hs6,sigma,income_elasticity\n71410,4,1\n400121,6,1\n")
        self.assertIn("coverage: nothing is missing", self.run_import().stderr)

    def test_quiet_and_json_get_it_as_warnings(self):
        self.put("sigma.csv", "hs6,sigma\n71410,4\n")
        quiet = self.run_import("--quiet").stderr.splitlines()
        self.assertEqual(len(quiet), 2, quiet)  # that, and that two countries are at an end of nearly all trade
        self.assertRegex(quiet[1], r"^potentia: warning: 1 x coverage\.elasticity: .*60\.8 % of world trade.* \[400121\]$")
        lines = [json.loads(line) for line in self.run_import("--log-format", "json").stderr.splitlines()]
        warnings = [line["message"] for line in lines if line["level"] == "warning"]
        self.assertEqual(warnings[1], quiet[1].removeprefix("potentia: warning: "))
        self.assertFalse([line for line in quiet + warnings if re.search("warning:? +warning", line)])


if __name__ == "__main__":
    cli.main()
