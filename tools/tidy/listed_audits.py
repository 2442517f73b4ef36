"""docs/invariants.md lists every audit under its invariant, and no audit that is not there."""

import re

LIST = "docs/invariants.md"
# The security log's chain is code, not an audit of SQL.
CODE = "security.entry"
HEAD = re.compile(r"-- (I\d+) (\S+?)(?:,.*)?$")
HEADING = re.compile(r"### (I\d+) ")
LISTED = re.compile(r"\s+- `([\w*]+\.\w+)`: (.*)$")


def check(sources):
    """Yields (path, line, rule, what)."""
    page = next((source for source in sources if source.path == LIST), None)
    audits = {}
    for source in sources:
        head = HEAD.match(source.lines[0]) if source.ending == ".sql" and source.lines else None
        if source.folders[-1:] == ["audits"] and head and len(source.lines) > 1:
            table = re.sub(r"\$\{\w+\}", "*", head.group(2))
            rule = re.sub(r"\$\{(\w+)\}", r"\1", source.lines[1].removeprefix("-- "))
            audits.setdefault((head.group(1), table), {})[rule] = source.path
    listed, wrong = _read(page, audits) if page else (set(), [])
    yield from wrong
    for (invariant, table), rules in audits.items():
        for rule, path in rules.items():
            if (invariant, table, rule) not in listed:
                yield path, 2, "audit", f"{LIST} does not list it under {invariant}: `{table}`: {rule}"


def _read(page, audits):
    """What the page lists, and what it lists that is no audit."""
    listed, wrong, invariant = set(), [], ""
    for number, line in enumerate(page.lines, 1):
        heading, entry = HEADING.match(line), LISTED.match(line)
        invariant = heading.group(1) if heading else invariant
        if not entry or entry.group(1) == CODE:
            continue
        rest = entry.group(2)
        for rule in sorted(audits.get((invariant, entry.group(1)), ()), key=len, reverse=True):
            if rule in rest:
                listed.add((invariant, entry.group(1), rule))
                rest = rest.replace(rule, "")
        if rest.strip():
            what = f"no audit of {invariant} {entry.group(1)} says: {rest.strip()}"
            wrong.append((LIST, number, "audit", what))
    return listed, wrong
