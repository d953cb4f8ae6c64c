"""A report made up for the tests of the page: all eight parts, clearly synthetic numbers, awkward and hostile names.

Run as a script it writes the report: sample_report.py OUT.json [ROWS], ROWS being the length of the opportunities.
"""

import json
import random
import sys

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>window.hacked = true</script>",
    "<!-- <script> --!> <img src=x onerror=alert(2)>",
    "\"quoted\", with 'both' & commas; {{style}}",
    "line\u2028separator and paragraph\u2029separator \\u003c",
    "=cmd|' /C calc'!A0",
]
FLAGS = ["few_years", "single_supplier", "net_importer", "filled_sigma", "filled_distance", "filled_growth",
         "unmatched_tariff", "tiny_market"]
SECTORS = ["Horticulture and other fresh produce", "Machinery and electronics", "Wood, paper, rubber and plastics",
           "Mineral resources", "Chemicals", "Processed foods", "Apparel and footwear", "Cereal products",
           "Optical products, watches and measuring instruments"]
WORDS = ["worked", "other than", "machines", "fresh or chilled", "manioc (cassava)", "plywood", "of a thickness",
         "exceeding 6 mm", "n.e.c. in heading", "natural rubber", "parts thereof", "whether or not sliced", "starch"]


def column(key, label, kind):
    return {"key": key, "label": label, "kind": kind}


def figure(name, title, columns=(), rows=(), charts=(), definition="", alternative="", notice=""):
    return {"id": name, "title": title, "definition": definition, "alternative": alternative, "notice": notice,
            "charts": list(charts), "table": {"columns": list(columns), "rows": list(rows)}}


def chart(kind, category, *series, first_rows=0):
    return {"type": kind, "category": category, "first_rows": first_rows,
            "series": [{"column": name, "role": role} for name, role in series]}


def product_name(rng, index):
    if index < len(HOSTILE):
        return HOSTILE[index]
    if index == len(HOSTILE):
        return "Incomprehensibilitiesantidisestablishmentarianism" * 5
    text = ""
    while len(text) < rng.randint(25, 150):
        text += rng.choice(WORDS) + "; "
    return text.strip("; ").capitalize()


def trade_part(rng):
    years = list(range(2010, 2024))
    rows, exports, imports = [], 2.1e9, 3.3e9
    for year in years:
        rows.append([year, exports, imports, exports - imports])
        exports *= rng.uniform(1.02, 1.25)
        imports *= rng.uniform(0.98, 1.16)
    shares = [[year, rng.uniform(.25, .38), None if year == 2015 else rng.uniform(.1, .4)] for year in years]
    return {"id": "trade", "title": "Trade over the years", "figures": [
        figure("total_trade", "Trade of Exampleland with the world",
               [column("year", "Year", "year"), column("exports", "Exports to the world", "usd"),
                column("imports", "Imports from the world", "usd"), column("balance", "Trade balance", "usd")], rows,
               [chart("bar", "year", ("exports", "exports"), ("imports", "imports"), ("balance", "balance"))],
               "Sum of all products in each year, at the value recorded in the trade statistics.",
               "Bars of exports and imports of each year from 2010 to 2023; both grow, exports faster."),
        figure("market_share", "The market's share in trade",
               [column("year", "Year", "year"), column("share_exports", "Share in exports", "share"),
                column("share_imports", "Share in imports", "share")], shares,
               [chart("line", "year", ("share_exports", "exports")), chart("line", "year", ("share_imports",
                   "imports"))],
               "Trade with the market divided by trade with the world.", "Two lines of shares by year."),
        figure("growth", "Compound annual growth",
               [column("flow", "Flow", "text"), column("growth", "Growth a year", "share"), column("years", "Years",
                   "count")],
               [["Exports", .152, 13], ["Imports", -.0213, 13], ["Tiny", .00004, 13], ["Unknown", None, 0]],
               definition="The constant yearly rate that leads from the first to the last year."),
    ]}


def composition_part(rng):
    top = [["%06d" % (440000 + i), product_name(rng, i + 7), rng.uniform(1e6, 9e8) / (i + 1), 0, 0] for i in range(10)]
    top.sort(key=lambda row: -row[2])
    total, cumulated = sum(row[2] for row in top) * 1.3, 0
    for row in top:
        row[3] = row[2] / total
        cumulated += row[3]
        row[4] = cumulated
    levels = [column("partner", "Partner", "text"), column("raw", "Raw", "share"),
              column("semi", "Semi-processed", "share"), column("processed", "Processed", "share")]
    return {"id": "composition", "title": "Composition of trade", "figures": [
        figure("processing_exports", "Exports by level of processing", levels,
               [["Samplestan", .62, .27, .11], ["Rest of the world", .31, .19, .5]],
               [chart("horizontal_stacked", "partner", ("raw", "raw"), ("semi", "semi_processed"), ("processed",
                   "processed"))],
               "Shares of exports by stage of processing (broad economic categories).",
                   "Two stacked bars that sum to 100 %."),
        figure("top_products", "Top ten products", [column("product", "Code", "code"), column("name", "Product",
            "text"),
               column("value", "Exports", "usd"), column("share", "Share", "share"), column("cumulated",
                   "Cumulated share", "share")],
               top, [chart("horizontal_bar", "product", ("value", "exports"))],
               "The ten products with the largest exports.", "Horizontal bars of ten products."),
        figure("diversity", "Number of products and equivalent number of products",
               [column("flow", "Flow", "text"), column("products", "Products traded", "count"),
                column("equivalent", "Equivalent number of products", "number")],
               [["Exports to Samplestan", 412, 9.0412], ["Imports in total", 4321, 39.31]],
               definition="One divided by the sum of squared shares (Herfindahl-Hirschman index)."),
    ]}


def access_part():
    return {"id": "access", "title": "Market access", "figures": [
        figure("tariff_advantage", "Tariff advantage before and after",
               [column("product", "Code", "code"), column("name", "Product", "text"),
                column("before", "Advantage now", "points"), column("after", "Advantage at the horizon", "points")],
               [["100630", "Rice, semi-milled or wholly milled", .35, .345], ["400121", "Natural rubber", .195, -.02],
                ["110814", "Manioc (cassava) starch", .1, .1], ["080390", "Bananas, fresh or dried", .1, None]],
               [chart("horizontal_bar", "name", ("before", "before"), ("after", "after"))],
               "Tariff faced by competitors (trade-weighted) minus the tariff faced by the exporter.", "Paired bars."),
        figure("utilisation", "Use of preferences", [column("year", "Year", "year"), column("used", "Share used",
            "share")],
               notice="This world has no table of preference utilisation."),
    ]}


def logistics_part():
    return {"id": "logistics", "title": "Logistics", "figures": [
        figure("lpi", "Logistics performance index and its components",
               [column("component", "Component", "text"), column("exporter", "Exampleland", "number"),
                column("region", "Region", "number"), column("world", "World", "number")],
               [[name, 2.4 - i / 20, 3.1 + i / 30, 3.0] for i, name in enumerate(
                   ["Overall", "Customs", "Infrastructure", "International shipments", "Competence", "Tracking",
                       "Timeliness"])],
               [chart("bar", "component", ("exporter", "plain"), ("region", "plain"), ("world", "rest"))],
               "World Bank's index from 1 (low) to 5 (high).", "Groups of three bars."),
    ]}


def potential_part(rng):
    sectors = []
    for name in SECTORS:
        potential = rng.uniform(5e6, 4e8)
        realized = potential * rng.uniform(.2, .95)
        static = (potential - realized) * rng.uniform(.2, .8)
        sectors.append([name, potential, realized, static, potential - realized - static, realized / potential])
    sectors.append([HOSTILE[0], 12000.0, 0.0, 12000.0, 0.0, 0.0])
    markets = [[f"Market number {i}", f"Region {i % 7}", 4e8 / (i + 1), 2.5e8 / (i + 1)] for i in range(120)]
    changes = [[name, rng.uniform(-2e6, 3e7), rng.uniform(-5e6, 1e6), rng.uniform(0, 6e7), rng.uniform(-1e7, 0)]
               for name in SECTORS]
    return {"id": "potential", "title": "Export potential", "figures": [
        figure("key_numbers", "Key numbers", [column("what", "What", "text"), column("value", "Value", "usd"),
               column("share", "Share", "share"), column("key", "Key", "code"), column("market", "To the market", "usd")],
               [["Exports of all products", 8.6e9, None, "all_exports", 8.6e9], ["of which in scope", 6.8e9, .79, "actual", 9.8e9],
                ["Potential", 8.6e9, None, "potential", 8.6e9], ["Unrealised potential", 3.9e9, .46, "unrealized", 3.9e9],
                ["Realised", 4.7e9, .54, "realized", 4.7e9], ["Static", 2.9e9, .7, "static", 2.9e9],
                ["Dynamic", 1e9, .3, "dynamic", 1e9], ["Above the potential", 5.1e9, None, "overtrade", 5.1e9],
                ["A very small number", 12000.0, None, "small", None],
                ["A number too small to show", 3.2, 1e-9, "none", None], ["Nothing", 0.0, 0.0, "nothing", 0.0],
                ["A loss", -12345678.9, -.034, "loss", None]],
               definition="All in US dollars of the base period."),
        figure("by_product", "Main products", [column("product", "Code", "code"), column("name", "Product", "text"),
               column("unrealized", "Unrealised", "usd")],
               [[f"07141{i}", ["Roots: of cassava, dried", HOSTILE[2], "Maize", "Rice", "Cloth, of silk", "Soap"][i], 4e8 / (i + 1)]
                for i in range(6)], [chart("horizontal_bar", "name", ("unrealized", "unrealized"))], "Largest first.", "Bars."),
        figure("by_market", "Static and dynamic unrealised potential by market",
               [column("market", "Market", "text"), column("region", "Region", "text"),
                column("static", "Static", "usd"), column("dynamic", "Dynamic", "usd")], markets,
               [chart("horizontal_stacked", "market", ("static", "static"), ("dynamic", "dynamic"), first_rows=15)],
               "Static: frictions of today. Dynamic: growth and tariff change to come.", "Stacked bars of 15 markets."),
        figure("by_sector", "Potential by sector", [column("sector", "Sector", "text"), column("potential", "Potential",
            "usd"),
               column("realized", "Realised", "usd"), column("static", "Static", "usd"), column("dynamic", "Dynamic",
                   "usd"),
               column("share_realized", "Share realised", "share")], sectors,
               [chart("horizontal_stacked", "sector", ("realized", "realized"), ("static", "static"), ("dynamic",
                   "dynamic"))],
               "Realised, static and dynamic add up to the potential.", "Stacked bars by sector."),
        figure("changes", "Why the potential changes, by sector",
               [column("sector", "Sector", "text"), column("supply", "Growth of supply", "usd"),
                column("population", "Population", "usd"), column("income", "Income", "usd"), column("tariff",
                    "Tariffs", "usd")],
               changes, [chart("horizontal_stacked", "sector", ("supply", "supply"), ("population", "population"),
                               ("income", "income"), ("tariff", "tariff"))],
               "Exact split by logarithmic means.", "Stacked bars with negative parts."),
    ]}


def opportunities_part(rng, rows):
    columns = [column("rank", "Rank", "count"), column("product", "Code", "code"), column("name", "Product", "text"),
        column("sector", "Sector", "text")]
    usd = ["potential", "actual", "unrealized", "static", "dynamic", "supply", "population", "income", "tariff_change"]
    labels = ["Potential", "Actual exports", "Unrealised", "Static", "Dynamic", "Change by supply",
        "Change by population",
              "Change by income", "Change by tariffs"]
    columns += [column(key, label, "usd") for key, label in zip(usd, labels)]
    columns += [column("tariff_now", "Tariff now", "share"), column("tariff_horizon", "Tariff at the horizon", "share"),
                column("advantage", "Tariff advantage", "points"), column("market_imports", "Market's imports", "usd"),
                column("import_growth", "Growth of the market's imports", "share")]
    for place in ("first", "second", "third"):
        columns += [column(f"rival_{place}", f"{place.capitalize()} supplier, code", "code"),
                    column(f"rival_{place}_name", f"{place.capitalize()} supplier", "text"),
                    column(f"rival_{place}_share", f"Share of the {place} supplier", "share")]
    columns.append(column("flags", "Read with care", "text"))
    columns += [column(f"flag_{flag}", flag.replace("_", " ").capitalize(), "flag") for flag in FLAGS]
    table = []
    for i in range(rows):
        potential = 4e8 / (i + 1) * rng.uniform(.5, 1.5)
        actual = potential * rng.uniform(0, .9)
        static = (potential - actual) * rng.random()
        row = [i + 1, "%06d" % (10121 + i * 37), product_name(rng, i), SECTORS[i % len(SECTORS)], potential, actual,
               potential - actual, static, potential - actual - static, potential * .03, -potential * .01,
               potential * .05 * rng.random(), 0.0, rng.choice([0, .035, .2, None]), .05, rng.uniform(-.1, .35),
               rng.uniform(1e5, 9e9), rng.uniform(-.1, .4) if i % 9 else None]
        for place, country in enumerate(["Samplestan", "Kingdom of Testing", "Rest of Nowhere"]):
            row += [country[:3].upper(), country, rng.uniform(.05, .3)] if i % 11 else [None, None, None]
        flags = [rng.random() < .12 for _ in FLAGS]
        row += [", ".join(flag.replace("_", " ") for flag, on in zip(FLAGS, flags) if on), *flags]
        table.append(row)
    return {"id": "opportunities", "title": "Opportunities", "figures": [
        figure("opportunities", "Products with unrealised potential", columns, table,
               [chart("horizontal_stacked", "name", ("static", "static"), ("dynamic", "dynamic"), first_rows=15)],
               alternative="Stacked bars of the first fifteen products.",
               definition="Every product in scope with potential, the largest unrealised first. Flags say how far the "
                          "numbers can be trusted; they do not enter any score.")]}


def sample_report(rows=400):
    rng = random.Random(1)
    findings = [{"rule": "friction_share", "sentence": "Frictions explain 58 % of what is untapped."},
                {"rule": "hostile", "sentence": f"The largest untapped product is {HOSTILE[0]}."}]
    findings += [{"rule": "top_sector",
        "sentence": f"Sector number {i} holds {40 - 3 * i} % of the unrealised potential."}
                 for i in range(1, 10)]
    rules = [{"name": name, "when": "always", "says": "the share of static in unrealised potential"}
             for name in ("friction_share", "hostile", "top_sector")]
    found = figure("findings", "Findings and their rules", [column("rule", "Rule", "text"), column("sentence",
        "Finding", "text")],
                   [[each["rule"], each["sentence"]] for each in findings], definition="Sentences made by rules.")
    listed = figure("finding_rules", "The rules of findings",
                    [column("rule", "Rule", "code"), column("when", "When", "text"), column("says", "Says", "text")],
                    [[each["name"], each["when"], each["says"]] for each in rules], definition="Every rule.")
    sources = figure("sources", "Sources and settings", [column("what", "What", "text"), column("value", "Value",
        "text")],
                     [["Trade", "made up for tests"], ["Fingerprint", "0123456789abcdef" * 4], ["Hostile", HOSTILE[1]],
                      ["How to cite", "Potentia (unofficial replication of ITC's method), sample data"]],
                     definition="Where the numbers come from.")
    return {"format": "potentia drill-down", "version": 2, "program": {"version": "0.0.0", "commit": "sample"},
            "exporter": {"code": "EXA", "name": "Exampleland", "members": ["EXA"]},
            "market": {"code": "SAM", "name": "Samplestan <b>& partners</b>", "members": ["SAM", "TES"]},
            "base_years": [2019, 2020, 2021, 2022, 2023], "horizon_year": 2028, "world_title": "Synthetic sample data.",
            "short_names": {"071410": "Roots"},
            "parts": [trade_part(rng), composition_part(rng), access_part(), logistics_part(), potential_part(rng),
                      opportunities_part(rng, rows),
                      {"id": "findings", "title": "Findings", "figures": [found, listed]},
                      {"id": "provenance", "title": "Provenance", "figures": [sources]}],
            "findings": findings, "rules": rules}


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        json.dump(sample_report(int(sys.argv[2]) if len(sys.argv) > 2 else 400), out, ensure_ascii=False)
