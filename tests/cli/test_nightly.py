"""potentia nightly: what runs, what is carried over, what a run leaves, what it tells."""

import hashlib
import json
import os
import re
import shutil
import time

import h5py

import cli
import nightly

SCENARIO = """name = "slowdown"
[[gdp]]
name = "China grows less"
countries = ["CHN"]
add = { value = -1, unit = "points a year", assumption = true, source = "made up" }
"""
REPORT = '[[report]]\nexporter = "LAO"\nmarket = "CHN"\n'


class Nightly(nightly.NightlyCase):
    def test_a_first_run_leaves_results_reports_log_and_manifest(self):
        self.configure(REPORT)
        self.nightly()
        run = self.runs()[0]
        self.assertRegex(run.name, r"^\d{4}-\d\d-\d\d-0001$")
        self.assertEqual(self.latest(), run.name)
        for name in ("results/base.h5", "reports/base/lao-chn/report.html", "reports/base/lao-chn/report.json", "log.txt", "logs/solve-base.txt"):
            self.assertTrue((run / name).is_file(), name)
        record = self.record()
        self.assertEqual((record["state"], record["alarms"], record["previous"]), ("success", [], ""))
        self.assertEqual(self.states(), {"solve base": "done", "report base/lao-chn": "done"})
        with h5py.File(run / "results/base.h5") as result:
            self.assertEqual(record["steps"][0]["content_digest"], result.attrs["content_digest"].decode())
            self.assertAlmostEqual(record["worlds"][0]["unrealized"], float(result["pair/unrealized"][()].sum()), delta=1)
        for output in record["steps"][1]["outputs"]:
            content = (run / output["path"]).read_bytes()
            self.assertEqual((output["bytes"], output["sha256"]), (len(content), hashlib.sha256(content).hexdigest()))
        self.assertEqual(record["steps"][0]["inputs"][0]["sha256"], hashlib.sha256(self.world.read_bytes()).hexdigest())
        # The same numbers as by hand.
        self.succeeds("solve", self.world, "-o", self.folder / "by-hand.h5")
        self.same_contents(run / "results/base.h5", self.folder / "by-hand.h5")

    def test_what_is_unchanged_is_carried_over_and_fast(self):
        self.configure(REPORT)
        self.nightly()
        start = time.monotonic()
        self.nightly()
        self.assertLess(time.monotonic() - start, 0.5)
        first, second = self.runs()
        self.assertEqual(set(self.states().values()), {"carried"})
        self.assertEqual([step["from"] for step in self.record()["steps"]], [first.name] * 2)
        self.assertEqual(self.latest(), second.name)
        # A run is whole in itself: its files stay when the older run goes.
        shutil.rmtree(first)
        self.succeeds("validate", second / "results/base.h5")
        self.nightly()
        self.assertEqual(set(self.states().values()), {"carried"})
        self.assertEqual(self.record()["steps"][0]["from"], first.name)

    def test_settings_concern_their_own_world_only(self):
        settings = self.folder / "s.toml"
        settings.write_text("[cells]\ntop = 3\n")
        self.configure('[[world]]\nname = "other"\nfile = "a.h5"\nsettings = "s.toml"\n' + '[[report]]\nworld = "other"\nexporter = "LAO"\nmarket = "CHN"\n')
        self.nightly()
        settings.write_text("[cells]\ntop = 1\n")
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "carried", "solve other": "done", "report other/lao-chn": "done"})
        with h5py.File(self.out / "latest/results/other.h5") as result:
            self.assertEqual(int(result["cells/offsets"][1]), 1)
        # What was once made of the same settings is found again, however long ago.
        settings.write_text("[cells]\ntop = 3\n")
        self.nightly()
        self.assertEqual(set(self.states().values()), {"carried"})
        self.assertEqual(self.record()["steps"][1]["from"], self.runs()[0].name)

    def test_a_touched_file_is_no_changed_file(self):
        self.configure()
        self.nightly()
        os.utime(self.world)
        done = self.nightly()
        self.assertIn("hashed", done.stderr)
        self.assertEqual(self.states(), {"solve base": "carried"})

    def test_changed_contents_are_seen_whatever_the_time_says(self):
        self.configure()
        nightly.age(self.world)
        self.nightly()
        before = os.stat(self.world)
        self.change_world()
        os.utime(self.world, ns=(before.st_atime_ns, before.st_mtime_ns))  # as a copy that keeps times
        self.assertEqual(os.stat(self.world).st_size, before.st_size)
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "done"})
        moved = self.record()["worlds"][0]
        self.assertEqual(moved["compared_with"], self.runs()[0].name)
        with h5py.File(self.runs()[0] / "results/base.h5") as older, h5py.File(self.runs()[1] / "results/base.h5") as newer:
            for move in moved["moves"]:
                self.assertIn(move["column"], ("potential", "unrealized"))
                group, axis = {"exporter": ("pair", 0), "market": ("pair", 1), "product": ("exporter_product", 1)}[move["side"]]
                for file, value in ((older, move["was"]), (newer, move["is"])):
                    at = cli.texts(file[move["side"]]).index(move["code"])
                    self.assertAlmostEqual(file[group][move["column"]][()].sum(axis=1 - axis)[at], value, delta=1e-6 * value)
        self.assertEqual({move["side"] for move in moved["moves"]}, {"exporter", "market", "product"})

    def test_hashes_are_kept_between_nights(self):
        self.configure()
        nightly.age(self.world)
        time.sleep(2.1)  # what was written in the moment of hashing is hashed once more
        self.nightly()
        state = json.loads((self.out / "state.json").read_text())["files"]
        hashed = {path: entry["hashed"] for path, entry in state.items()}
        self.nightly()
        again = {path: entry["hashed"] for path, entry in json.loads((self.out / "state.json").read_text())["files"].items()}
        self.assertEqual(hashed[str(self.world)], again[str(self.world)])

    def test_another_program_does_everything_anew(self):
        self.configure()
        self.nightly()
        other = self.folder / "potentia"
        shutil.copy2(shutil.which(str(cli.BINARY)) or cli.BINARY, other)
        with open(other, "ab") as file:
            file.write(b"\0")
        self.nightly(binary=other)
        self.assertEqual(self.states(), {"solve base": "done"})

    def test_an_alarm_calls_and_does_not_repeat(self):
        limits = "[alarm]\ntotal = 0.05\nexporter = 0.5\nmarket = 0.5\nproduct = 0.5\nsmallest = 1000\n"
        self.configure(limits, self.on_alarm())
        self.nightly()
        self.assertFalse(self.calls.exists())
        self.change_world(3.0)
        done = self.nightly(10)
        self.assertIn("potentia: error: alarm: base: potential +", done.stderr)
        self.assertEqual(self.record()["state"], "alarm")
        # Those and only those that moved by more than the limit.
        expected = {(move["side"], move["code"], move["column"]) for move in self.record()["worlds"][0]["moves"]
                    if abs(move["is"] - move["was"]) > max(1000, 0.5 * move["was"])}
        self.assertTrue(0 < len(expected) < len(self.record()["worlds"][0]["moves"]), expected)
        told = set()
        for alarm in self.record()["alarms"]:
            found = re.match(r"base: (exporter|market|product) (\w+)[^:]*: (potential|unrealised potential) [+-]", alarm)
            if found:
                told.add((found[1], found[2], found[3].replace("unrealised potential", "unrealized")))
        self.assertTrue(told <= expected)
        for side in ("exporter", "market", "product"):
            wanted = sum(move[0] == side for move in expected)
            self.assertEqual(sum(move[0] == side for move in told), min(wanted, 5))
            self.assertEqual(wanted > 5, any(f"{wanted - 5} more of {side}s" in alarm for alarm in self.record()["alarms"]))
        self.assertEqual(self.latest(), self.runs()[-1].name)  # the run is complete
        self.assertIn("state alarm code 10\nbase: potential +", self.calls.read_text())
        for alarm in self.record()["alarms"]:
            self.assertIn(alarm + "\n", self.calls.read_text())
        self.nightly()
        self.assertEqual(self.calls.read_text().count("state "), 1)
        # What is below the least amount is no matter.
        self.configure(limits.replace("1000", "1e15"), self.on_alarm())
        self.change_world(3.0)
        self.nightly()

    def test_new_fills_and_old_data(self):
        self.configure("[alarm]\nfills = 0\n")
        self.nightly()
        with h5py.File(self.world, "r+") as file:
            file["macro/gdp"][1, 1] = float("nan")
        done = self.nightly(10)
        self.assertIn("more than before, above 0", done.stderr)
        self.configure("[alarm]\ndata_age_days = 30\n")
        nightly.age(self.world)
        self.assertIn("the newest of its data was written", self.nightly(10).stderr)
        os.utime(self.world)
        self.nightly()

    def test_an_on_alarm_that_fails_is_told_and_no_more(self):
        self.configure('[[world]]\nname = "gone"\nfile = "gone.h5"\n', 'on_alarm = ["sh", "-c", "exit 7"]')
        self.assertIn("the on_alarm command sh failed: ended with exit code 7, having said nothing\n", self.nightly(10).stderr)
        self.configure('[[world]]\nname = "gone"\nfile = "gone.h5"\n', """on_alarm = ["sh", "-c", "echo 'no such host' >&2; printf more; exit 8"]""")
        self.assertIn("failed: ended with exit code 8, having said last: more\n", self.nightly(10).stderr)
        self.configure('[[world]]\nname = "gone"\nfile = "gone.h5"\n', 'on_alarm = ["no-such-program-here"]')
        self.assertIn("the on_alarm command no-such-program-here failed: cannot be run: No such file", self.nightly(10).stderr)

    def test_steps_are_no_ranks_of_a_launchers_job(self):
        self.configure(REPORT)
        self.nightly(env={"OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "0", "PMI_SIZE": "4", "PMI_RANK": "0", "PMIX_RANK": "0"})

    def test_talk_as_json(self):
        self.configure(REPORT)
        done = self.succeeds("--log-format", "json", "nightly", self.config)
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertTrue(any(line["message"].startswith("solve base: ") for line in lines))
        self.assertEqual(self.succeeds("nightly", "--quiet", self.config).stderr, "")

    def test_one_that_fails_takes_no_other_along(self):
        self.configure(REPORT + '[[report]]\nname = "wrong"\nexporter = "LAO"\nmarket = "Atlantis"\n', self.on_alarm())
        done = self.nightly(10)
        self.assertEqual(self.record()["state"], "partial")
        self.assertEqual(self.states(), {"solve base": "done", "report base/lao-chn": "done", "report base/wrong": "failed"})
        self.assertIn("report base/wrong failed with exit code 3: ", done.stderr)
        self.assertIn("Atlantis", self.record()["alarms"][0])
        self.assertFalse((self.out / "latest").is_symlink())
        self.assertIn("Atlantis", (self.runs()[0] / "logs/report-base-wrong.txt").read_text())
        self.assertIn("state partial code 10", self.calls.read_text())
        # Mended, only that one runs; what a partial run made is as good as any.
        self.configure(REPORT + '[[report]]\nname = "wrong"\nexporter = "LAO"\nmarket = "THA"\n')
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "carried", "report base/lao-chn": "carried", "report base/wrong": "done"})
        self.assertEqual(self.latest(), self.runs()[1].name)
        # A complete run stays the latest one when a later one fails in part.
        self.configure('[[world]]\nname = "gone"\nfile = "gone.h5"\n' + REPORT.replace("[[report]]", '[[report]]\nworld = "gone"'))
        self.assertIn("no such file", self.nightly(10).stderr)
        self.assertEqual(self.states(), {"solve base": "carried", "solve gone": "failed", "report gone/lao-chn": "failed"})
        self.assertEqual(self.latest(), self.runs()[1].name)

    def test_all_that_fails_is_a_failed_run(self):
        self.configure(worlds='[[world]]\nname = "gone"\nmanifest = "gone.toml"\n', text=REPORT)
        self.nightly(10)
        self.assertEqual(self.record()["state"], "failed")
        self.assertEqual(self.states(), {"import gone": "failed", "solve gone": "not_run", "report gone/lao-chn": "not_run"})

    def test_forms_of_a_report(self):
        self.configure('[[report]]\nexporter = "LAO"\nmarket = "CHN"\nforms = ["json", "xlsx"]\n[[report]]\nname = "pairs"\nexporter = "all"\nmarket = "all"\n')
        self.nightly()
        self.assertEqual(sorted(os.listdir(self.out / "latest/reports/base/lao-chn")), ["report.json", "report.xlsx"])
        self.assertEqual({name[-4:] for name in os.listdir(self.out / "latest/reports/base/pairs")}, {".csv"})

    def test_atlases_are_steps(self):
        atlas = '[[atlas]]\nexporters = "LAO, THA"\ntitle = "Every <night>"\n[[atlas]]\nname = "few"\ncells = 1\n'
        self.configure(atlas)
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "done", "atlas base/atlas": "done", "atlas base/few": "done"})
        self.succeeds("atlas", self.world, "-o", self.folder / "by-hand", "--exporters", "LAO,THA", "--title", "Every <night>")
        made = self.out / "latest/atlases/base/atlas"
        for path in (self.folder / "by-hand").rglob("*.*"):
            self.assertEqual((made / path.relative_to(self.folder / "by-hand")).read_bytes(), path.read_bytes(), path)
        self.assertNotEqual((self.out / "latest/atlases/base/few/data/cells/THA.js").read_bytes(), (made / "data/cells/THA.js").read_bytes())
        self.assertIn('atlases/base/few/index.html">atlas few</a>', (self.out / "index.html").read_text())
        self.configure(atlas.replace("cells = 1", "cells = 2"))
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "carried", "atlas base/atlas": "carried", "atlas base/few": "done"})
        self.configure(atlas.replace("cells = 1", "cells = -1"))
        self.assertIn("cells is -1, below 0", self.nightly(3).stderr)
        self.configure(atlas.replace('name = "few"\n', ""))
        self.assertIn('called "atlas"', self.nightly(3).stderr)

    def test_an_atlas_with_scenarios_and_an_outlook(self):
        (self.folder / "slow.toml").write_text(SCENARIO)
        (self.folder / "slower.toml").write_text('name = "slower"\ninclude = ["slow.toml"]\n')
        (self.folder / "backtest.h5").write_bytes(b"none")
        both = '[[atlas]]\nscenarios = ["slow.toml", "slower.toml"]\n'
        self.configure(both)
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "done", "atlas base/atlas": "done"})
        flags = ["--scenario", self.folder / "slow.toml", "--scenario", self.folder / "slower.toml"]
        self.succeeds("atlas", self.world, "-o", self.folder / "by-hand", *flags)
        made = self.out / "latest/atlases/base/atlas"
        for path in (self.folder / "by-hand").rglob("*.*"):
            self.assertEqual((made / path.relative_to(self.folder / "by-hand")).read_bytes(), path.read_bytes(), path)
        # The same files are read, but one of them is no scenario of its own any more.
        self.configure('[[atlas]]\nscenarios = ["slower.toml"]\n')
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "carried", "atlas base/atlas": "done"})
        (self.folder / "slow.toml").write_text(SCENARIO + "\n# read again\n")
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "carried", "atlas base/atlas": "done"})
        self.configure('[[atlas]]\noutlook = "backtest.h5"\n')
        self.nightly(10)
        self.assertEqual(self.states(), {"solve base": "carried", "atlas base/atlas": "failed"})
        self.configure('[[atlas]]\nscenarios = ["none.toml"]\n')
        self.assertIn("none.toml", self.nightly(3).stderr)

    def test_an_atlas_links_reports_and_has_a_logo_and_names(self):
        (self.folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>')
        (self.folder / "noms.csv").write_text("code,name\nLAO,le Laos\n")
        reports = REPORT + REPORT.replace("[[report]]", '[[report]]\nname = "again"') + '[[report]]\nexporter = "ASEAN"\nmarket = "CHN"\n'
        self.configure(reports + '[[atlas]]\nlogo = "logo.svg"\nnames = ["fr=noms.csv"]\n')
        self.nightly()
        atlas = self.out / "latest/atlases/base/atlas"
        self.assertTrue((atlas / "assets/logo.svg").exists())
        self.assertIn("le Laos", (atlas / "data/names/fr.js").read_text())
        text = (atlas / "data/world.js").read_text()
        found = re.findall(r'"reports":\[\[(\d+),(\d+),"([^"]+)"\]\]', text)
        self.assertEqual([link for *_, link in found], ["../../../reports/base/lao-chn/report.html"])
        self.assertTrue((atlas / found[0][2]).exists())
        (self.folder / "noms.csv").write_text("code,name\nLAO,Laos\n")
        self.nightly()
        self.assertEqual(self.states()["atlas base/atlas"], "done")
        self.nightly()
        self.assertEqual(self.states()["atlas base/atlas"], "carried")
        self.configure('[[atlas]]\nnames = ["noms.csv"]\n')
        self.assertIn("entry without a file", self.nightly(3).stderr)

    def test_scenarios_are_steps(self):
        (self.folder / "slow.toml").write_text(SCENARIO)
        (self.folder / "slower.toml").write_text('name = "slower"\ninclude = ["slow.toml"]\n')
        self.configure('[[scenario]]\nfiles = "slow.toml"\nexporter = "LAO"\nmarket = "CHN"\n[[scenario]]\nname = "both"\nfiles = ["slow.toml", "slower.toml"]\n')
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "done", "scenario base/slow": "done", "scenario base/both": "done"})
        self.succeeds("scenario", self.world, "--scenario", self.folder / "slow.toml", "-o", self.folder / "by-hand.h5", "--exporter", "LAO", "--market", "CHN")
        self.same_contents(self.out / "latest/scenarios/base/slow.h5", self.folder / "by-hand.h5")
        self.nightly()
        self.assertEqual(set(self.states().values()), {"carried"})
        self.assertIn("scenarios/base/both.h5", (self.out / "index.html").read_text())
        # What is included matters as well.
        (self.folder / "slower.toml").write_text('name = "slower"\ndescription = "another"\ninclude = ["slow.toml"]\n')
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "carried", "scenario base/slow": "carried", "scenario base/both": "done"})
        (self.folder / "slow.toml").write_text(SCENARIO.replace("-1", "-2"))
        self.nightly()
        self.assertEqual(self.states(), {"solve base": "carried", "scenario base/slow": "done", "scenario base/both": "done"})
        (self.folder / "slow.toml").write_text(SCENARIO.replace("gdp", "gpd"))
        self.assertIn("slow.toml:2:", self.nightly(3).stderr)

    def test_retention_keeps_the_latest_complete_one_and_what_is_not_its_own(self):
        self.configure("[keep]\nruns = 2\n")
        (self.out / "runs/2020-01-01-9999-mine").mkdir(parents=True)
        (self.out / "runs/2020-01-01-0000").mkdir()  # no manifest
        (self.out / "runs/2020-01-01-0000/thesis.txt").write_text("years of work")
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        (self.out / "runs/2020-01-01-0007").symlink_to(elsewhere)
        self.nightly()
        complete = self.latest()
        broken = '[[world]]\nname = "gone"\nfile = "gone.h5"\n[keep]\nruns = 2\n'
        self.configure(broken)
        for _ in range(3):
            self.nightly(10)
        names = [run.name for run in self.runs()]
        self.assertEqual(self.latest(), complete)
        self.assertEqual([name[-4:] for name in names if name.startswith(complete[:10])], ["0001", "0003", "0004"])
        self.assertEqual([name for name in names if name.startswith("2020")], ["2020-01-01-0000", "2020-01-01-0007", "2020-01-01-9999-mine"])
        self.assertTrue((self.out / "runs/2020-01-01-0000/thesis.txt").exists())
        # By days: all of these are of today.
        self.configure(broken + "days = 1\n")
        self.nightly(10)
        self.assertEqual(len([run for run in self.runs() if run.name.startswith(complete[:10])]), 4)

    def test_metrics_can_be_parsed(self):
        self.configure(REPORT + '[metrics]\nfile = "node.prom"\n')
        self.nightly()
        metrics = self.folder / "node.prom"

        def parsed():
            kinds, values = {}, {}
            for line in metrics.read_text().splitlines():
                if line.startswith("# TYPE "):
                    kinds[line.split()[2]] = line.split()[3]
                elif not line.startswith("# HELP "):
                    series, value = line.rsplit(" ", 1)
                    self.assertRegex(series, r'^[a-z_]+(\{[a-z]+="[^"\n]*"\})?$')
                    self.assertIn(series.split("{")[0], kinds)
                    values[series.removeprefix("potentia_nightly_")] = float(value)
            return values

        values = parsed()
        self.assertEqual(values["success"], 1)
        self.assertEqual(values['steps{state="done"}'], 2)
        self.assertEqual(values['fills{world="base"}'], self.record()["worlds"][0]["fills"])
        self.assertGreater(values['cells_per_second{world="base"}'], 0)
        self.assertGreater(values['phase_duration_seconds{phase="solve"}'], 0)
        self.assertAlmostEqual(values["last_success_timestamp_seconds"], time.time(), delta=60)
        success = values["last_success_timestamp_seconds"]
        nightly.age(self.world)
        self.configure('[[world]]\nname = "gone"\nfile = "gone.h5"\n[metrics]\nfile = "node.prom"\n')
        self.nightly(10)
        values = parsed()
        self.assertEqual((values["success"], values['steps{state="failed"}'], values["alarms"]), (0, 1, 1))
        self.assertEqual(values["last_success_timestamp_seconds"], success)
        self.assertAlmostEqual(values['data_age_seconds{world="base"}'], time.time() - nightly.LONG_AGO, delta=60)

    def test_wrong_configurations_are_told_before_anything_runs(self):
        for text, said in [("[nighly]\nfolder = \"out\"\n", ["unknown table nighly", "did you mean nightly?", "nightly.toml:1:"]),
                           ('[nightly]\nfolder = "out"\nkeep = 3\n[[world]]\nname="a"\nfile="a.h5"\n', ["unknown key nightly.keep", ":3:1"]),
                           ('[nightly]\nfolder = "out"\n', ["no world"]),
                           ('[nightly]\nfolder = "out"\n[[world]]\nname = "a/b"\nfile = "a.h5"\n', ["cannot name a file", ":4:"]),
                           ('[nightly]\nfolder = "out"\n[[world]]\nname = "a"\n', ["neither manifest nor file"]),
                           ('[nightly]\nfolder = "out"\n[[world]]\nname = "a"\nfile = "a.h5"\nsettings = "none.toml"\n', ["no such file", "none.toml"]),
                           ('[nightly]\nfolder = "out"\n[[world]]\nname = "a"\nfile = "a.h5"\n[[report]]\nexporter = "LAO"\n', ["a report without market"]),
                           ('[nightly]\nfolder = "out"\n[[world]]\nname = "a"\nfile = "a.h5"\n[[report]]\nworld = "b"\n', ['no world is called "b"', 'did you mean "a"']),
                           ('[nightly]\nfolder = "out"\n[[world]]\nname = "a"\nfile = "a.h5"\n[alarm]\ntotal = -1\n', ["alarm.total is -1", ":7:"]),
                           ('[nightly]\nfolder = "out"\n[world]\nname = "a"\n', ["world must be a list of tables", "[[world]]"])]:
            with self.subTest(text=text):
                self.config.write_text(text)
                self.fails(3, said, "nightly", self.config)
        self.assertFalse(self.out.exists())

    def test_the_configuration_that_comes_along_runs_as_it_is(self):
        text = (cli.SOURCE / "configs/nightly.toml").read_text()
        shutil.copy(self.world, self.folder / "world.h5")
        self.config.write_text(text)
        self.nightly()
        self.assertEqual(set(os.listdir(self.folder / "nightly/latest/reports/world/lao-chn")) & {"report.html", "report.xlsx"}, {"report.html"})
        # Every key that it only mentions is one that is read.
        self.config.write_text(re.sub(r"(?m)^# (\[+[a-z]+\]+|[a-z_]+ = )", r"\1", text).replace('"/var/lib/prometheus/node-exporter/', '"')
                               .replace('file = "world.h5"', ""))
        self.assertEqual(re.findall(r"(?m)^# [a-z_]+ =", self.config.read_text()), [])
        for name, content in [("settings.toml", ""), ("lao-china.toml", ""), ("groups.toml", ""), ("manifest.toml", ""), ("china-slowdown.toml", SCENARIO)]:
            (self.folder / name).write_text(content)
        done = self.nightly(10)  # the manifest is none
        self.assertIn("scenario world/slowdown", {f"{step['kind']} {step['name']}" for step in json.loads(
            next((self.folder / "nightly/runs").glob("*-0002/manifest.json")).read_text())["steps"]})
        self.assertIn("import world failed with exit code 3: no table [world]", done.stderr)

    def test_nothing_of_others_is_overwritten(self):
        self.configure()
        self.out.mkdir()
        (self.out / "index.html").write_text("<h1>My home page</h1>")
        self.assertIn("is not a page of nightly's", self.nightly(3).stderr)
        self.assertEqual((self.out / "index.html").read_text(), "<h1>My home page</h1>")
        (self.out / "index.html").unlink()
        (self.out / "latest").mkdir()
        self.assertIn("in the way of the link", self.nightly(3).stderr)

    def test_index_links_lead_somewhere(self):
        self.configure(REPORT)
        self.nightly()
        self.change_world()
        self.nightly()
        page = (self.out / "index.html").read_text()
        links = re.findall(r'href="([^"]+)"', page)
        links.remove("data:,")
        self.assertGreater(len(links), 8)
        for link in links:
            self.assertTrue((self.out / link).exists(), link)
        self.assertNotIn("http", page.replace("http-equiv", ""))
        self.assertNotIn("<script", page)


if __name__ == "__main__":
    cli.main()
