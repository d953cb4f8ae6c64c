"""The manual page and the completions name every command and option that --help does."""

import os
import re
import shutil
import subprocess
import unittest

import cli


class Manual(cli.Case):
    def commands(self):
        text = self.succeeds("--help").stdout.split("Subcommands:")[1]
        return re.findall(r"(?m)^  ([a-z]+) ", text)

    def options(self, *command):
        """Names of the options that --help lists, "-o" and "--output" alike."""
        lines = re.findall(r"(?m)^  (-\S+)", self.succeeds(*command, "--help").stdout)
        return {name for line in lines for name in line.split(",")}

    def arguments(self, command):
        """Names of what a command takes by position, in order."""
        text = self.succeeds(command, "--help").stdout
        found = re.search(r"(?m)^Positionals:\n((?:  .*\n)+)", text)
        return re.findall(r"(?m)^  (\w+) ", found[1]) if found else []

    def test_everything_is_in_all_of_them(self):
        commands = self.commands()
        self.assertIn("solve", commands)
        self.assertNotIn("generate", commands)
        wanted = self.options().union(*(self.options(command) for command in commands))
        wanted = {option for option in wanted if option.startswith("--")}
        self.assertIn("--exporters", wanted)
        pages = {what: self.succeeds("generate", what).stdout for what in ("man", "bash", "zsh", "fish")}
        for what, page in pages.items():
            plain = page.replace("\\-", "-")
            for word in [*commands, *(option if what != "fish" else "-l " + option[2:] for option in wanted)]:
                self.assertIn(word, plain, f"{word} is not in {what}")

    def test_each_section_of_the_page_is_about_its_command_alone(self):
        page = self.succeeds("generate", "man").stdout.replace("\\-", "-")
        sections = {}  # heading -> options named there
        for part in re.split(r"(?m)^(?=\.S[SH] )", page)[1:]:
            heading, body = part.split("\n", 1)
            named = [re.findall(r"\\fB(-.*?)\\fR", line) for line in re.findall(r"(?m)^\.TP\n(.*)$", body)]
            names = [name for names in named for name in names]
            self.assertEqual(len(names), len(set(names)), f"{heading} names an option twice")
            sections[heading] = set(names)
        self.assertEqual(sections[".SH OPTIONS"], self.options())
        commands = {}
        for heading, options in sections.items():
            if heading.startswith(".SS "):
                name, *arguments = re.sub(r"\\f[IR]", "", heading).split()[2:]
                commands[name] = (arguments, options)
        self.assertEqual(commands, {name: (self.arguments(name), self.options(name)) for name in self.commands()})
        self.assertIn("--exporters", commands["solve"][1])
        self.assertNotIn("--exporter", commands["solve"][1])
        self.assertNotIn("--exporters", commands["drilldown"][1])

    TYPED = (("so", {"solve"}), ("solve --back", {"--backend"}), ("solve --backend c", {"cpu", "cuda"}),
             ("info --qui", {"--quiet"}), ("--threads 4 so", {"solve"}), ("-j 4 solve --back", {"--backend"}),
             ("--log-format j", {"json"}), ("drilldown --exporter LAO --mar", {"--market"}), ("info wor", {"world.h5"}))

    def completions(self):
        for shell in ("bash", "zsh", "fish"):
            (self.folder / shell).write_text(self.succeeds("generate", shell).stdout)
        (self.folder / "world.h5").touch()
        (self.folder / "other.txt").touch()

    def test_fish_completes(self):
        if shutil.which("fish") is None:
            self.skipTest("no fish here")
        self.completions()
        for typed, expected in self.TYPED:
            done = subprocess.run(["fish", "--no-config", "-c", f"source ./fish; complete -C 'potentia {typed}'"], cwd=self.folder,
                                  capture_output=True, text=True, env={**os.environ, "HOME": str(self.folder)})
            self.assertEqual({line.split("\t")[0] for line in done.stdout.splitlines()}, expected, (typed, done.stderr))

    def test_zsh_completes_at_the_first_time(self):
        if shutil.which("zsh") is None:
            self.skipTest("no zsh here")
        self.completions()
        (self.folder / "functions").mkdir()
        (self.folder / "zsh").rename(self.folder / "functions" / "_potentia")
        for typed, expected in self.TYPED:
            if len(expected) == 1:  # what is put on the line; a choice is shown elsewhere
                self.assertIn(expected.copy().pop(), self.zsh_line(f"potentia {typed}"), typed)

    def zsh_line(self, typed):
        """What stands on the line after one press of the completion key in a shell that has just begun."""
        script = ("zmodload zsh/zpty; zpty -b z zsh -f -i; "
                  "zpty -w z \"PS1=; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -D -u; "
                  "bindkey '^I' complete-word; bindkey '^X' print-line; cd $2; "
                  "print-line() { print -r -- \\\"<<\\$BUFFER>>\\\"; zle kill-buffer }; zle -N print-line; print set'-'up\"; "
                  "zpty -r -m z seen '*set-up*'; zpty -w -n z \"$3\"$'\\t\\x18'; zpty -r -m z seen '*>>*'; print -r -- $seen")
        done = subprocess.run(["zsh", "-f", "-c", script, "zsh", self.folder / "functions", self.folder, typed],
                              capture_output=True, text=True, timeout=30)
        return done.stdout.split("<<")[-1].split(">>")[0]

    def test_bash_completes(self):
        self.completions()
        for typed, expected in self.TYPED:
            words = ["potentia", *typed.split()]
            done = subprocess.run(["bash", "-c", f'source ./bash; COMP_WORDS=({" ".join(words)}); COMP_CWORD={len(words) - 1}; _potentia; '
                                   'printf "%s\\n" "${COMPREPLY[@]}"'], cwd=self.folder, capture_output=True, text=True)
            self.assertEqual(set(done.stdout.split()), expected, (typed, done.stderr))

    def test_man_takes_the_page(self):
        page = self.folder / "potentia.1"
        page.write_text(self.succeeds("generate", "man").stdout)
        try:
            done = subprocess.run(["man", "--warnings", "-l", page], capture_output=True, text=True, env={"MANWIDTH": "80", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
        except FileNotFoundError:
            self.skipTest("no man here")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("potentia solve world", done.stdout)


if __name__ == "__main__":
    unittest.main()
