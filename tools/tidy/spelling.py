"""Misspelt words: English by codespell, which knows common mistakes, Russian by hunspell's dictionary.

Both come from Debian (tools/packages.txt). Words that are right and that they do not know are listed in
words.en.txt and words.ru.txt.
"""

import os
import re
import subprocess

ENGLISH = (".md", ".proto")
ENGLISH_TEXTS = re.compile(r"/messages/\w+\.en\.txt$|/templates/\w+\.html$")
RUSSIAN = (".md", ".txt", ".html", ".ts", ".tsx")
RUSSIAN_WORD = re.compile(r"[А-Яа-яЁё]{2,}(?:-[А-Яа-яЁё]+)*")
CODESPELL_PLACE = re.compile(r"(\d+): ")

HERE = os.path.dirname(os.path.realpath(__file__))
PLAIN = {**os.environ, "LC_ALL": "C.UTF-8"}


class Check:
    """Starts both programs; `found` waits for them, so that other rules are checked meanwhile."""

    def __init__(self, sources):
        self.places, self.words = [], {}
        lines = []
        for source in sources:
            if source.ending in ENGLISH or ENGLISH_TEXTS.search(source.path):
                lines += source.lines
                self.places += [(source.path, number) for number in range(1, len(source.lines) + 1)]
            if source.ending in RUSSIAN or source.stem.endswith("_texts"):
                self._read_words(source)
        allowed = _allowed("words.en.txt")
        self.english = _start(["codespell", "--ignore-words-list", ",".join(sorted(allowed)), "-"], lines)
        self.russian = _start(["hunspell", "-i", "utf-8", "-d", "ru_RU", "-l"], sorted(self.words))

    def _read_words(self, source):
        if source.is_test() or "test" in source.folders or source.path.startswith("tools/tidy/"):
            return
        for match in RUSSIAN_WORD.finditer(source.text):
            if match.group(0) not in self.words:
                self.words[match.group(0)] = source.path, source.text.count("\n", 0, match.start()) + 1

    def found(self):
        """Yields (path, line, rule, what)."""
        yield from self._english(_output(self.english))
        yield from self._russian(_output(self.russian))

    def _english(self, output):
        if output is None:
            yield "tools/packages.txt", 1, "spelling", "codespell is not installed: run ./dev tidy"
            return
        place = None
        for line in output.splitlines():
            number = CODESPELL_PLACE.match(line)
            if number:
                place = self.places[int(number.group(1)) - 1]
            elif "==>" in line and place:
                yield *place, "spelling", line.strip()

    def _russian(self, output):
        if output is None:
            yield "tools/packages.txt", 1, "spelling", "hunspell-ru is not installed: run ./dev tidy"
            return
        allowed = _allowed("words.ru.txt")
        unknown = {word for word in output.split() if word.lower() not in allowed}
        for word, place in self.words.items() if unknown else ():
            if unknown & {word, *word.split("-")} and word.lower() not in allowed:
                what = f"{word} is in no dictionary; if it is right, add it to tools/tidy/words.ru.txt"
                yield *place, "spelling", what


def _allowed(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return {word for line in file for word in line.partition("#")[0].lower().split()}


def _start(command, lines):
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True, env=PLAIN)
    except FileNotFoundError:
        return None
    return process, "\n".join(lines) + "\n"


def _output(started):
    if started is None:
        return None
    process, text = started
    output, _ = process.communicate(text)
    # codespell counts what it found as its exit code; hunspell without a dictionary fails and says nothing.
    return None if process.returncode and not output else output
