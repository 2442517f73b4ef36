"""Messages of pages: every language says the same things, what is used is there, what is there is used."""

import re

FILE = re.compile(r"(.+)/messages/(\w+)\.(\w+)\.txt$")
PLACEHOLDER = re.compile(r"\[\[([a-z0-9_.]+)\]\]")
SAID = re.compile(r'\bsay\(\s*"([a-z0-9_.]+)"')
MACHINERY = "gateways/pages/"


def check(sources):
    """Yields (path, line, rule, what)."""
    folders = {}
    for source in sources:
        match = FILE.match(source.path)
        if match:
            languages = folders.setdefault(match.group(1), {})
            languages.setdefault(match.group(3), {}).update(_messages(source))
    for folder, languages in sorted(folders.items()):
        yield from _same_in_all(languages)
        yield from _uses(folder, languages, sources)


def _messages(source):
    """key → (path, line, text)."""
    found = {}
    for number, line in enumerate(source.lines, 1):
        key, equals, text = line.partition("=")
        if equals and not line.startswith("#"):
            found[key.strip()] = (source.path, number, text.strip())
    return found


def arguments(text):
    """The names of a pattern's arguments: inside an argument of plural or select, braces hold texts again."""
    names, depth = set(), 0
    for at, char in enumerate(text):
        if char == "{":
            if depth % 2 == 0:
                names.add(re.match(r"\s*(\w*)", text[at + 1:]).group(1))
            depth += 1
        elif char == "}":
            depth -= 1
    return names


def _same_in_all(languages):
    for name, messages in sorted(languages.items()):
        for other, others in sorted(languages.items()):
            for key, (path, line, text) in messages.items():
                if key not in others:
                    yield path, line, "message", f"{key} is not in {other}"
                elif name < other and arguments(text) != arguments(others[key][2]):
                    yield path, line, "message", f"{key} has other arguments in {other}"


def _uses(folder, languages, sources):
    gateway = folder.rsplit("/", 1)[0] + "/"
    known = {key for messages in languages.values() for key in messages}
    used, beginnings = set(), set()
    for source in sources:
        if source.path.startswith(folder + "/templates/"):
            for match in PLACEHOLDER.finditer(source.text):
                used.add(match.group(1))
                if match.group(1) not in known:
                    yield (source.path, source.text.count("\n", 0, match.start()) + 1, "message",
                           f"there is no message {match.group(1)}")
        elif source.is_code and not source.is_test() and source.path.startswith((gateway, MACHINERY)):
            for _, literal in source.strings:
                text = literal.strip('"')
                used.add(text)
                if re.fullmatch(r"([a-z0-9_]+\.)+", text):
                    beginnings.add(text)
            yield from _missing(source, known)
    first = languages[min(languages)]
    for key, (path, line, _) in sorted(first.items()):
        if key not in used and not key.startswith(tuple(beginnings)):
            yield path, line, "message", f"nothing says {key}"


def _missing(source, known):
    if source.path.startswith(MACHINERY):
        return
    for match in SAID.finditer(source.text):
        if match.group(1) not in known and not match.group(1).endswith("."):
            line = source.text.count("\n", 0, match.start()) + 1
            yield source.path, line, "message", f"there is no message {match.group(1)}"
