"""Style that a machine can see: lengths, names, headers, schemas, and the world only through ports."""

import ast
import re

FILE_LINES = 500
FUNCTION_LINES = 70
LINE_COLUMNS = 110
README_LINES = 60

TEXTS = (".h", ".cpp", ".py", ".proto", ".sql", ".md", ".cmake", ".txt", ".toml", ".sh", "")
PROGRAMS = (".h", ".cpp", ".py", ".proto")
VAGUE_NAMES = {"common", "util", "utils", "core", "helper", "helpers", "manager", "managers"}
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
OWN_WORLD = re.compile(
    r"\bstd::chrono::(system|steady|high_resolution)_clock\b|\bstd::j?thread\b|\bstd::async\b"
    r"|\bstd::random_device\b|\bstd::mt19937\w*|\b(?:std::)?s?rand\(|\b(gettimeofday|clock_gettime)\(")
MAY_OWN_WORLD = {"engines", "ports", "runtime", "app", "testing", "tests", "bench"}
SCHEMA_FILE = re.compile(r"(\d{4})_[a-z0-9_]+(\.(sqlite|postgres))?\.sql$")


def check(sources, functions):
    """Yields (path, line, rule, what)."""
    for source in sources:
        yield from _names(source)
        if source.ending not in TEXTS:
            continue
        yield from _unfinished(source)
        if source.ending in PROGRAMS or source.text.startswith("#!/usr/bin/python3"):
            yield from _lengths(source, functions)
        if source.is_code:
            yield from _code(source)
    yield from _schemas(sources)
    yield from _readmes(sources)


def _names(source):
    for part in source.folders + [source.stem]:
        if VAGUE_NAMES & set(re.split(r"[_.-]", part.lower())):
            yield source.path, 1, "name", f"{part} says nothing: name it after what it does"


def _unfinished(source):
    if not UNFINISHED.search(source.text):
        return
    for number, line in enumerate(source.lines, 1):
        match = UNFINISHED.search(line)
        if match:
            yield source.path, number, "unfinished", match.group(0)


def _lengths(source, functions):
    if len(source.lines) > FILE_LINES:
        yield source.path, FILE_LINES + 1, "length", f"{len(source.lines)} lines, at most {FILE_LINES}"
    for number, line in enumerate(source.lines, 1):
        if len(line) > LINE_COLUMNS and "://" not in line and number not in source.raw_lines:
            yield source.path, number, "length", f"{len(line)} columns, at most {LINE_COLUMNS}"
    found = functions(source.code) if source.is_code else _python_functions(source)
    for name, first, last in found:
        if last - first + 1 > FUNCTION_LINES:
            length = last - first + 1
            yield source.path, first, "length", f"{name} has {length} lines, at most {FUNCTION_LINES}"


def _python_functions(source):
    if source.ending not in (".py", ""):
        return
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.FunctionDef):
            yield node.name, node.lineno, node.end_lineno


def _code(source):
    if source.ending == ".h":
        if not source.text.startswith("//"):
            yield source.path, 1, "header", "a header opens with a comment: what it is, what is always true"
        if "#pragma once" not in source.text and source.path != "cmake/precompiled.h":
            yield source.path, 1, "header", "#pragma once is missing"
    if not source.is_test() and source.folders[:1] and source.folders[0] not in MAY_OWN_WORLD:
        for number, line in enumerate(source.code.splitlines(), 1):
            match = OWN_WORLD.search(line)
            if match:
                yield source.path, number, "port", f"{match.group(0)} only behind a port"


def _schemas(sources):
    numbers = {}
    for source in sources:
        if source.ending != ".sql" or source.folders[-1:] == ["audits"]:
            continue  # audits: tools/audits reads them
        match = SCHEMA_FILE.match(source.name)
        if not match or source.folders[-1:] != ["schema"]:
            yield (source.path, 1, "schema",
                   "SQL files are audits/*.sql or schema/0001_name.sql (or .sqlite.sql, .postgres.sql),"
                   " numbered forward")
            continue
        numbers.setdefault("/".join(source.folders), []).append((int(match.group(1)), source.path))
    for found in numbers.values():
        for expected, (number, path) in enumerate(sorted(found), 1):
            if number != expected:
                yield path, 1, "schema", f"number {number:04} should be {expected:04}: no gaps, no doubles"


def _readmes(sources):
    readmes = {source.path: source for source in sources if source.name == "README.md"}
    for name in sorted({source.service() for source in sources if source.service()}):
        path = f"services/{name}/README.md"
        if path not in readmes:
            yield path, 1, "readme", f"service {name} has no README.md"
        elif len(readmes[path].lines) > README_LINES:
            length = len(readmes[path].lines)
            yield path, README_LINES + 1, "readme", f"{length} lines, at most {README_LINES}"
