"""The manual page and the completions name every command and option that --help does."""

import re
import subprocess
import unittest

import cli


class Manual(cli.Case):
    def commands(self):
        text = self.succeeds("--help").stdout.split("Subcommands:")[1]
        return re.findall(r"(?m)^  ([a-z]+) ", text)

    def options(self, *command):
        text = self.succeeds(*command, "--help").stdout
        return set(re.findall(r"(?m)^  (?:-\w,)?(--[a-z-]+)", text))

    def test_everything_is_in_all_of_them(self):
        commands = self.commands()
        self.assertIn("solve", commands)
        self.assertNotIn("generate", commands)
        wanted = self.options().union(*(self.options(command) for command in commands))
        self.assertIn("--exporters", wanted)
        pages = {what: self.succeeds("generate", what).stdout for what in ("man", "bash", "zsh", "fish")}
        for what, page in pages.items():
            plain = page.replace("\\-", "-")
            for word in [*commands, *(option if what != "fish" else "-l " + option[2:] for option in wanted)]:
                self.assertIn(word, plain, f"{word} is not in {what}")

    def test_bash_completes(self):
        script = self.folder / "completion.bash"
        script.write_text(self.succeeds("generate", "bash").stdout)
        for words, expected in ((["so"], {"solve"}), (["solve", "--back"], {"--backend"}), (["solve", "--backend", "c"], {"cpu", "cuda"}),
                                (["info", "--qui"], {"--quiet"}), (["--threads", "4", "so"], {"solve"}),
                                (["-j", "4", "solve", "--back"], {"--backend"}), (["--log-format", "j"], {"json"})):
            typed = " ".join(["potentia", *words])
            done = subprocess.run(["bash", "-c", f'source "$1"; COMP_WORDS=({typed}); COMP_CWORD={len(words)}; _potentia; '
                                   'printf "%s\\n" "${COMPREPLY[@]}"', "bash", script], capture_output=True, text=True)
            self.assertEqual(set(done.stdout.split()), expected, done.stderr)

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
