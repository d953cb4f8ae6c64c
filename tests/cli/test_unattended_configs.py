"""What configs/ has for those who start potentia unattended: systemd units, a CronJob, container recipes."""

import copy
import os
import re
import shutil
import subprocess
import sys
import tomllib
import unittest
from pathlib import Path

import cli

sys.path.insert(0, str(cli.SOURCE / "tests" / "support"))
try:
    import jsonschema
    import kubernetes_schema
    import yaml
    LACKS_KUBERNETES = ""
except ImportError as error:
    LACKS_KUBERNETES = f"{error} (apt-get install python3-yaml python3-jsonschema python3-kubernetes)"

CONFIGS = cli.SOURCE / "configs"


@unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd-analyze here (apt-get install systemd)")
class Systemd(cli.Case):
    UNITS = ("potentia-nightly.service", "potentia-nightly.timer")

    def verified(self, change=lambda text: text):
        """What systemd finds wrong, of units that name the program where it is here."""
        program = self.folder / "potentia"  # a path without blanks, which the binary's own may have
        program.unlink(missing_ok=True)
        program.symlink_to(os.path.abspath(cli.BINARY))
        for name in self.UNITS:
            text = (CONFIGS / "systemd" / name).read_text().replace("/usr/bin/potentia", str(program))
            (self.folder / name).write_text(change(text))
        # The system's own units may be faulty, too, in a container; only ours are of interest.
        done = subprocess.run(["systemd-analyze", "verify", "--recursive-errors=yes",
                               *(f"./{name}" for name in self.UNITS)], cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
        return done.stdout

    def test_units(self):
        self.assertEqual(self.verified(), "")

    def test_faults_would_be_found(self):
        self.assertIn("Unknown key", self.verified(lambda text: text.replace("DynamicUser=", "DynamicUsers=")))
        self.assertIn("calendar specification", self.verified(lambda text: text.replace("02:30", "26:30")))

    def test_the_command_is_one_of_ours(self):
        """It gets as far as the configuration, which is not there."""
        text = (CONFIGS / "systemd" / "potentia-nightly.service").read_text()
        command = re.search(r"^ExecStart=/usr/bin/potentia (.*)$", text, re.M)[1].split()
        done = cli.potentia(*command[:-1], self.folder / "none.toml")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("none.toml", done.stderr)
        self.assertIn("SuccessExitStatus=75", text)


@unittest.skipIf(LACKS_KUBERNETES, LACKS_KUBERNETES)
class Kubernetes(cli.Case):
    def setUp(self):
        super().setUp()
        text = (CONFIGS / "kubernetes" / "nightly.yaml").read_text()
        self.manifests = {one["kind"]: one for one in yaml.safe_load_all(text)}

    def check(self, manifest):
        jsonschema.Draft7Validator(kubernetes_schema.schema_of(manifest)).validate(manifest)

    def container(self, manifest):
        return manifest["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]

    def test_no_key_that_kubernetes_does_not_know(self):
        self.assertEqual(sorted(self.manifests), ["ConfigMap", "CronJob", "PersistentVolumeClaim"])
        for manifest in self.manifests.values():
            self.check(manifest)

    def test_faults_would_be_found(self):
        for change in (lambda job: job["spec"].update(concurencyPolicy="Forbid"),
                       lambda job: self.container(job)["resources"].update(limit={"nvidia.com/gpu": 1}),
                       lambda job: self.container(job).update(args="nightly"),
                       lambda job: job["spec"]["jobTemplate"]["spec"]["template"]["spec"].update(restartPolicy=["Never"])):
            job = copy.deepcopy(self.manifests["CronJob"])
            change(job)
            with self.assertRaises(jsonschema.ValidationError):
                self.check(job)

    def test_what_belongs_together(self):
        pod = self.manifests["CronJob"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        container = self.container(self.manifests["CronJob"])
        self.assertEqual(container["resources"]["limits"]["nvidia.com/gpu"], 1)
        volumes = {volume["name"]: volume for volume in pod["volumes"]}
        self.assertEqual({mount["name"] for mount in container["volumeMounts"]}, set(volumes))
        config, claim = self.manifests["ConfigMap"], self.manifests["PersistentVolumeClaim"]
        self.assertEqual(volumes["config"]["configMap"]["name"], config["metadata"]["name"])
        self.assertEqual(volumes["data"]["persistentVolumeClaim"]["claimName"], claim["metadata"]["name"])
        mounts = {mount["name"]: Path(mount["mountPath"]) for mount in container["volumeMounts"]}
        file = Path(container["args"][-1])
        self.assertEqual(file.parent, mounts["config"])
        self.assertIn(file.name, config["data"])

    def test_the_night_runs(self):
        """The configuration as it is, but for where the volume is and what computes."""
        config = self.manifests["ConfigMap"]["data"]["nightly.toml"]
        self.assertEqual(tomllib.loads(config)["nightly"]["backend"], "cuda")
        cli.write_worked_example(self.folder / "world.h5")
        here = config.replace('"/data', f'"{self.folder}').replace('"cuda"', '"cpu"')
        (self.folder / "nightly.toml").write_text(here)
        arguments = self.container(self.manifests["CronJob"])["args"]
        self.succeeds(*arguments[:-1], self.folder / "nightly.toml")
        self.assertTrue((self.folder / "nightly" / "latest" / "results" / "world.h5").exists())
        self.assertTrue(list((self.folder / "nightly" / "latest" / "reports").glob("world/*/report.html")))


class Containers(cli.Case):
    """Read as a builder reads them; that their steps work was tried in bare systems."""

    INSTRUCTIONS = {"ARG", "FROM", "COPY", "WORKDIR", "RUN", "ENV", "ENTRYPOINT", "CMD"}

    def steps(self, name):
        text = (CONFIGS / "container" / name).read_text()
        joined = re.sub(r"\\\n", " ", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
        return [line.split(None, 1) for line in joined.splitlines() if line.strip()]

    def test_recipes(self):
        for name in ("Containerfile", "Containerfile.cuda"):
            steps = self.steps(name)
            self.assertLessEqual({word for word, _ in steps}, self.INSTRUCTIONS, name)
            arguments = dict(rest.split("=") for word, rest in steps if word == "ARG")
            images = [re.sub(r"\$\{(\w+)\}", lambda match: arguments[match[1]], rest) for word, rest in steps if word == "FROM"]
            self.assertEqual(len(images), 2, name)
            stages = {image.split(" AS ")[1] for image in images if " AS " in image}
            for word, rest in steps:
                if word == "COPY" and rest.startswith("--from="):
                    self.assertIn(rest.split()[0][len("--from="):], stages, name)
                if word == "RUN":
                    checked = subprocess.run(["sh", "-n", "-c", rest], stderr=subprocess.PIPE, text=True)
                    self.assertEqual(checked.stderr, "", name)
            self.assertEqual(dict(steps)["ENTRYPOINT"], '["potentia"]')

    def test_the_one_with_cuda_refuses_a_build_without(self):
        steps = dict(step for step in self.steps("Containerfile.cuda") if "package" in step[1])
        check = steps["RUN"].split("&&", 1)[1]

        def passes(line):
            program = self.folder / "build" / "bin" / "potentia"
            program.parent.mkdir(parents=True, exist_ok=True)
            program.write_text(f"#!/bin/sh\necho 'cpu   available     a processor'\necho '{line}'\n")
            program.chmod(0o755)
            return subprocess.run(["sh", "-c", check], cwd=self.folder).returncode == 0

        said = next(line for line in self.succeeds("backends").stdout.splitlines() if line.startswith("cuda"))
        self.assertEqual(passes(said), "not compiled: CUDA" not in said)
        self.assertFalse(passes("cuda  not available not compiled: CUDA"))
        self.assertTrue(passes("cuda  not available no CUDA-capable device is detected"))


if __name__ == "__main__":
    cli.main()
