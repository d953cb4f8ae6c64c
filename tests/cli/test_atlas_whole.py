"""potentia atlas as a whole: all views agree with each other, whatever the world; what says how its data is read is true."""

import base64
import json
from pathlib import Path

import atlas_totals
import cli
import numpy
import odd_worlds
from atlas_site import chunk, finder, packed, raw_chunk

README = Path(__file__).resolve().parents[2] / "host" / "atlas" / "README.md"


class Agreement(cli.Case):
    def atlas(self, world, *flags):
        self.succeeds("atlas", world, "-o", self.folder / "site", *flags)
        return self.folder / "site"

    def test_views_of_a_made_up_world(self):
        world = self.folder / "world.h5"
        self.succeeds("synth", "-o", world, "--countries", 12, "--products", 90, "--years", 2, "--density", 0.3)
        (self.folder / "s.toml").write_text("[cells]\ntop = 40\nthresholds = false\n")
        site = self.atlas(world, "--settings", self.folder / "s.toml")
        seen = atlas_totals.agree(self, site)
        for kind in ("sectors", "products", "pair products", "cells", "countries", "sides"):
            self.assertGreater(seen[kind], 40, seen)
        # A wrong digit anywhere would be found.
        path = site / "data" / "world.js"
        text = path.read_text()
        raw = raw_chunk(site, "world")["totals"]["market"][0]
        wrong = [value * (1 + 1e-6) for value in chunk(site, "world")["totals"]["market"][0]]
        path.write_text(text.replace(json.dumps(raw, separators=(",", ":")), json.dumps(wrong)))
        self.assertNotEqual(path.read_text(), text)
        with self.assertRaises(AssertionError):
            atlas_totals.agree(self, site)

    def test_odd_worlds(self):
        for name, arguments in odd_worlds.worlds().items():
            with self.subTest(name):
                world = odd_worlds.write_world(self.folder / "world.h5", *arguments)
                flows = arguments[2]
                if not flows:
                    self.fails(3, "has no trade", "atlas", world, "-o", self.folder / "none")
                    self.assertFalse((self.folder / "none").exists())
                    continue
                for flags in ([], ["--cells", 0]):
                    site = self.atlas(world, *flags)
                    seen = atlas_totals.agree(self, site)
                    self.assertGreater(seen["matrices"], 0)
                    head = chunk(site, "world")
                    self.assertEqual((head["sectors"], head["tariffs"], len(head["base_years"])), (["All products"], 0, len((*arguments, (2023,))[3])))
                    self.assertEqual(sum(head["countries"]["exporter"]), len({exporter for _, exporter, _ in flows}))
                    traded = sum(sum(chunk(site, f"product/{group}")[str(k)]["total"][0] for k, at in enumerate(chunk(site, "products")["group"])
                                     if at == number) for number, group in enumerate(chunk(site, "products")["groups"]))
                    self.assertAlmostEqual(traded / sum(flows.values()), 1, delta=1e-7)
        # Among them one without any listed cell and one of whose exporters one lists none.
        self.assertEqual(self.listed("trade of a few dollars"), [0, 0, 0])
        few = self.listed("an exporter of a few dollars")
        self.assertTrue(few[0] == 0 and all(few[1:]), few)

    def listed(self, name):
        site = self.atlas(odd_worlds.write_world(self.folder / "world.h5", *odd_worlds.worlds()[name]))
        codes = chunk(site, "world")["countries"]["code"]
        counts = [len(chunk(site, f"cells/{code}")["market"]) for code in codes]
        self.assertEqual(sum(counts), len(finder(site).get("market", [])))
        return counts


class Readme(cli.Case):
    def test_its_lines_read_the_data(self):
        code = README.read_text().split("```python\n")[1].split("```")[0]
        self.assertLess(len(code.splitlines()), 12)
        world = self.folder / "world.h5"
        self.succeeds("synth", "-o", world, "--countries", 12, "--products", 90, "--years", 2, "--density", 0.3)
        self.succeeds("atlas", world, "-o", self.folder / "site")
        kinds = set()
        names = {"base64": base64, "numpy": numpy}
        exec(code, names)
        for columns in (raw_chunk(self.folder / "site", "finder/0")["columns"], raw_chunk(self.folder / "site", "finder_more/0")["columns"]):
            for column in columns.values():
                if isinstance(column, dict):
                    kinds |= column.keys()
                    self.assertEqual(names["numbers"](column), packed(column))
                else:
                    self.assertEqual(names["numbers"](column), column)
        self.assertLessEqual({"u8", "amount"}, kinds)
        column = {"rate": base64.b64encode(bytes([1, 0, 0, 0x90, 0, 0xe1, 0xf5, 5, 1, 0xe1, 0xf5, 5])).decode(), "other": [[2, 1e-300]]}
        self.assertEqual(names["numbers"](column), [-0.01, None, 1e-300])
        self.assertEqual(packed(column), [-0.01, None, 1e-300])


if __name__ == "__main__":
    cli.main()
