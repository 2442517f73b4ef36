"""A setting that a comment or a guide names is declared in the tree."""

import re

# Modules declare settings by their keys, the process by section and key; gateways share what edge declares.
PROCESS_FOLDERS = ("app", "engines", "runtime")
SECTION_AND_KEY = re.compile(r'\(\s*"([a-z_]+)",\s*"([a-z0-9_]+)"')
EDGE = "gateways/edge"

TABLE = re.compile(r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)", re.IGNORECASE)
DOTTED = re.compile(r"(?<![\w./-])([a-z_]+)\.([a-z][a-z0-9_]*)\b(?![\w(/.])")
SECTION = re.compile(r"`\[([a-z_]+)\] ([a-z0-9_]+)")
VARIABLE = re.compile(r"\bBRAMBLE_([A-Z0-9_]+)\b")
COMMENT = re.compile(r"(?://|--|(?<!\S)#)(.*)")
FILES = {"cpp", "css", "db", "h", "html", "js", "md", "mjs", "proto", "py", "sql", "svg", "toml", "ts", "txt"}
CHANGES = "CHANGELOG.md"  # names what was


def check(sources):
    """Yields (path, line, rule, what)."""
    declared, tables = _declared(sources)
    for source in sources:
        if source.path == CHANGES or source.is_test():
            continue
        for number, section, key in _named(source):
            known = key in FILES or key in tables or section not in declared or _is(key, declared[section])
            if not known:
                yield source.path, number, "setting", f"{section}.{key} is neither a setting nor a table"
        if source.ending == ".md":
            yield from _variables(source, declared)


def _declared(sources):
    """section → words that its code may declare, and all tables of the tree."""
    declared, tables, edge = {}, set(), set()
    for source in sources:
        if source.ending == ".sql":
            tables.update(TABLE.findall(source.text))
        if not source.is_code or source.is_test() or not source.folders:
            continue
        words = {text.strip('"') for _, text in source.strings}
        for _, text in source.strings:
            tables.update(TABLE.findall(text))
        if source.folders[0] in PROCESS_FOLDERS:
            for section, key in SECTION_AND_KEY.findall(source.text):
                declared.setdefault(section, set()).add(key)
                if source.folders[0] == "engines":
                    declared[section].add("engine")  # which engine of the port, asked for by the runtime
        elif source.path.startswith(EDGE + "/"):
            edge |= words
        elif source.folders[0] in ("services", "gateways", "sandbox"):
            declared.setdefault(source.folders[:2][-1], set()).update(words)
    gateways = {source.folders[1] for source in sources if source.folders[:1] == ["gateways"]
                and source.name.endswith("_module.cpp")}
    for gateway in gateways:
        declared[gateway] |= edge
    return declared, tables


def _is(key, words):
    """Whether the key is declared; `x_file` names the file of the secret x, and "_per_s" ends a made key."""
    if key in words or key.removesuffix("_file") in words:
        return True
    return any(word.startswith("_") and len(word) > 2 and key.endswith(word) for word in words)


def _named(source):
    for number, line in enumerate(source.lines, 1):
        if source.ending == ".md":
            for span in re.findall(r"`([^`]+)`", line):
                match = DOTTED.fullmatch(span)
                if match:
                    yield number, match.group(1), match.group(2)
            for match in SECTION.finditer(line):
                yield number, match.group(1), match.group(2)
        elif source.is_code or source.ending in (".proto", ".sql"):
            comment = COMMENT.search(line)
            for match in DOTTED.finditer(comment.group(1) if comment else ""):
                yield number, match.group(1), match.group(2)


def _variables(source, declared):
    for number, line in enumerate(source.lines, 1):
        for name in VARIABLE.findall(line):
            for section, words in declared.items():
                if name.startswith(section.upper() + "_"):
                    key = name[len(section) + 1:].lower()
                    if not _is(key, words):
                        what = f"BRAMBLE_{name}: {section} has no setting {key}"
                        yield source.path, number, "setting", what
