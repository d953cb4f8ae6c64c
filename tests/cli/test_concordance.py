"""Tables of another revision of the nomenclature, converted by a concordance: rates by mean, trade by weight."""

import unittest

import h5py
import numpy as np
import openpyxl

import cli

MANIFEST = """
[world]
hs_revision = "HS17"
base_years = [2023]
horizon_year = 2028
[trade]
format = "baci"
files = ["trade.csv"]
countries = "countries.csv"
products = "products.csv"
[distance]
format = "cepii"
file = "distance.csv"
[macro]
file = "macro.csv"
[tariffs]
rates = "tariffs.csv"
[elasticities]
file = "sigma.csv"
"""
CONCORDANCE = '[concordance]\nfiles = ["c.csv"]\n'


class Concordance(cli.Case):
    """HS17 has 100001 … 100004. Of HS07's codes 100001 is the same; 200000 became 100002 and 100003; 200001 and 100004 became 100004."""

    def setUp(self):
        super().setUp()
        self.put("countries.csv", "country_code,country_name,country_iso2,country_iso3\n156,China,CN,CHN\n418,Laos,LA,LAO\n764,Thailand,TH,THA\n")
        self.put("products.csv", "code,description\n" + "".join(f"10000{n},p{n}\n" for n in (1, 2, 3, 4)))
        self.put("distance.csv", "iso_o,iso_d,dist\nCHN,LAO,1\n")
        self.put("macro.csv", "iso3,year,gdp,population\n" + "".join(f"{c},{y},1,1\n" for c in ("CHN", "LAO", "THA") for y in (2023, 2028)))
        self.put("sigma.csv", "hs6,sigma\n100001,2\n100002,3\n100003,4\n100004,5\n")
        self.put("tariffs.csv", "market,regime,hs6,rate\nCHN,MFN,100001,0.1\n")
        self.put("trade.csv", "t,i,j,k,v,q\n" + "".join(f"2023,156,418,10000{n},{n},\n" for n in (1, 2, 3, 4)))
        self.put("c.csv", "from,to,weight\n100001,100001,1\n200000,100002,3\n200000,100003,1\n200001,100004,1\n100004,100004,1\n")

    def put(self, name, text):
        (self.folder / name).write_text(text)

    def imported(self, manifest):
        (self.folder / "m.toml").write_text(manifest)
        done = self.succeeds("import", self.folder / "m.toml", "-o", self.folder / "world.h5")
        return done.stderr + done.stdout

    def sigma(self, manifest=MANIFEST + CONCORDANCE):
        self.imported(manifest)
        with h5py.File(self.folder / "world.h5") as file:
            return list(file["elasticity/sigma"][()])

    OTHER_SIGMA = "hs6,sigma\n100001,2\n200000,6\n200001,8\n100004,4\n"

    def test_elasticities_by_mean(self):
        self.put("sigma.csv", self.OTHER_SIGMA)
        self.assertEqual(self.sigma(), [2, 6, 6, 6])
        said = self.imported(MANIFEST + CONCORDANCE)
        self.assertIn("2 x concordance.elasticities", said)
        # A table of this world's revision is left as it is, whatever the concordance says of its codes.
        self.put("sigma.csv", "hs6,sigma\n100001,2\n100002,3\n100004,5\n")
        self.put("c.csv", "from,to\n100001,100002\n200000,100003\n")
        np.testing.assert_array_equal(self.sigma(), [2, 3, np.nan, 5])

    def test_without_a_concordance_it_is_said_what_is_missed(self):
        self.put("sigma.csv", self.OTHER_SIGMA)
        said = self.imported(MANIFEST)
        self.assertIn("2 x elasticities.other_revision", said)
        self.assertIn("it misses 50.0 % of world trade", said)
        self.put("sigma.csv", "hs6,sigma\n100001,2\n100002,3\n100003,4\n100004,5\n")
        self.assertNotIn("other_revision", self.imported(MANIFEST))

    def test_the_united_nations_tables(self):
        self.put("sigma.csv", self.OTHER_SIGMA)
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["Correlation between HS 2017 and HS 2007"])
        sheet.append([])
        sheet.append(["From HS 2017", "To HS 2007", "Relationship"])
        for here, there in [("100001", "100001"), ("100002", "200000"), ("100003", "200000"), ("100004", "200001"), ("100004", "100004")]:
            sheet.append([here, there, "n to n"])
        book.save(self.folder / "HS2017toHS2007.xlsx")
        self.assertEqual(self.sigma(MANIFEST + '[concordance]\nfiles = ["HS2017toHS2007.xlsx"]\n'), [2, 6, 6, 6])

    def trade(self, manifest=MANIFEST + CONCORDANCE):
        self.imported(manifest)
        with h5py.File(self.folder / "world.h5") as file:
            codes = cli.texts(file["product/code"])
            offset = file["trade/2023/product_offset"][()]
            value = file["trade/2023/value"][()]
            ends = list(zip(file["trade/2023/exporter"][()], file["trade/2023/market"][()]))
            return {codes[k]: {ends[i]: float(value[i]) for i in range(offset[k], offset[k + 1])} for k in range(len(codes))}

    def test_trade_by_weight(self):
        chn, lao, tha = range(3)
        self.put("trade.csv", "t,i,j,k,v,q\n2023,156,418,100001,1,\n2023,156,418,200000,8,\n2023,764,418,200000,4,\n2023,156,418,200001,16,\n"
                              "2023,156,418,100004,32,\n2023,764,156,100004,64,\n")
        found = self.trade()
        self.assertEqual(found, {"100001": {(chn, lao): 1000.0}, "100002": {(chn, lao): 6000.0, (tha, lao): 3000.0},
                                 "100003": {(chn, lao): 2000.0, (tha, lao): 1000.0}, "100004": {(chn, lao): 48000.0, (tha, chn): 64000.0}})
        self.put("c.csv", (self.folder / "c.csv").read_text().replace(",weight", "").replace(",3\n", "\n").replace(",1\n", "\n"))
        equal = self.trade()
        self.assertEqual(equal["100002"], {(chn, lao): 4000.0, (tha, lao): 2000.0})
        self.assertEqual(equal["100003"], equal["100002"])
        (self.folder / "m.toml").write_text(MANIFEST)
        self.fails(3, "200000", "import", self.folder / "m.toml", "-o", self.folder / "none.h5")

    def test_trade_of_this_revision_is_left_as_it_is(self):
        self.put("c.csv", "from,to\n100001,100002\n200000,100003\n")
        self.assertEqual({code: sum(flows.values()) for code, flows in self.trade().items()}, {f"10000{n}": n * 1000.0 for n in (1, 2, 3, 4)})

    def test_names_of_files_may_say_another_revision_but_one_alone(self):
        (self.folder / "trade.csv").rename(self.folder / "BACI_HS07_Y2023.csv")
        other = MANIFEST.replace('"trade.csv"', '"BACI_HS07_Y2023.csv"')
        self.imported(other + CONCORDANCE)
        (self.folder / "m.toml").write_text(other)
        self.fails(3, "a file of HS07 in a world of HS17", "import", self.folder / "m.toml", "-o", self.folder / "none.h5")
        self.put("BACI_HS12_Y2022.csv", "t,i,j,k,v,q\n2022,156,418,100001,1,\n")
        (self.folder / "m.toml").write_text(other.replace('07_Y2023.csv"', '07_Y2023.csv", "BACI_HS12_Y2022.csv"') + CONCORDANCE)
        self.fails(3, "trade of HS12 beside BACI_HS07_Y2023.csv of HS07", "import", self.folder / "m.toml", "-o", self.folder / "none.h5")

    def rates(self, manifest=MANIFEST + CONCORDANCE):
        self.imported(manifest)
        with h5py.File(self.folder / "world.h5") as file:
            codes = cli.texts(file["product/code"])
            return {(int(s), int(r), codes[k]): float(rate) for s, r, k, rate in zip(
                file["tariff/line_schedule"], file["tariff/line_regime"], file["tariff/line_product"], file["tariff/line_rate"])}

    def test_rates_by_mean(self):
        self.put("tariffs.csv", "market,regime,hs6,rate\nCHN,MFN,100001,0.5\nCHN,MFN,200000,0.25\nCHN,MFN,200001,0.125\nCHN,MFN,100004,0.375\n"
                                "LAO,MFN,200001,\nLAO,MFN,100004,0.5\n")
        expected = {(0, 0, "100001"): 0.5, (0, 0, "100002"): 0.25, (0, 0, "100003"): 0.25, (0, 0, "100004"): 0.25, (1, 0, "100004"): 0.5}
        self.assertEqual(self.rates(), expected)
        self.put("tariffs.csv", "market,exporter,hs6,rate\n" + "".join(
            f"{m},{e},{k},{r}\n" for m, k, r in [("CHN", 100001, 0.5), ("CHN", 200000, 0.25), ("CHN", 200001, 0.125), ("CHN", 100004, 0.375),
                                                 ("LAO", 100004, 0.5), ("LAO", 200001, "")] for e in ("LAO", "THA", "CHN") if e != m))
        by_exporter = MANIFEST.replace('rates = "tariffs.csv"\n', 'rates = "tariffs.csv"\nformat = "columns"\n[tariffs.columns]\nmarket = "market"\n'
                                       'exporter = "exporter"\nproduct = "hs6"\nrate = "rate"\n')
        self.assertEqual(self.rates(by_exporter + CONCORDANCE), {(s, r + 1, k): rate for (s, r, k), rate in expected.items()})

    def test_faults(self):
        def refused(said, text):
            self.put("c.csv", text)
            (self.folder / "m.toml").write_text(MANIFEST + CONCORDANCE)
            self.fails(3, said, "import", self.folder / "m.toml", "-o", self.folder / "none.h5")

        refused("the pair 200000, 100002 stands twice", "from,to\n200000,100002\n200000,100002\n")
        refused("is no share", "from,to,weight\n200000,100002,-1\n")
        refused("the weights of 200000 are all 0", "from,to,weight\n200000,100002,0\n200000,100003,0\n")
        refused("no pair of product codes", "from,to\n2000,1000\n")
        refused("missing column", "old,new\n200000,100002\n")


if __name__ == "__main__":
    unittest.main()
