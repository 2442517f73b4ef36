"""Audits as .sql files: their header, and their query with names in it."""

import os
import re

HEAD = re.compile(r"-- (I\d+) ((?:\w+|\$\{\w+\})\.\w+)(?:, for each (delivery|module))?$")
STRING_OR_COMMENT = re.compile(r"(?P<string>'(?:[^']|'')*')|--[^\n]*")
QUALIFIED = re.compile(r"(?<![\w.])(\w+)\.(\w+)")
FROM = re.compile(r"(?<!\bDISTINCT\s)\b(?:FROM|JOIN)\s+(\w+(?:\.\w+)?)", re.IGNORECASE)
COMMON_TABLE = re.compile(r"(?:\bWITH|,)\s+(\w+)\s*(?:\([\w\s,]*\))?\s+AS\s*\(", re.IGNORECASE)
INNERMOST = re.compile(r"\$\{([^${}]*)\}")
VALUE = re.compile(r"(?:(\w+)\.)?([A-Z]\w*)\.([A-Z][A-Z0-9_]*)$")
SHOWN = re.compile(r"(?:(\w+)\.)?([A-Z]\w*)\((.*)\)$", re.DOTALL)
STATES = r"\b(?:status|state|reason|wish|change|kind|method)\s*"
BARE_STATE = re.compile(
    STATES + r"(?:(?:<>|<=|>=|!=|=|<|>)\s*-?\d|(?:NOT\s+)?IN\s*\(\s*-?\d|WHEN\s+-?\d)", re.IGNORECASE)

# What stays for the moment of the check.
NOW = "${now}"
# As many stores as one SQLite connection of Debian's attaches.
MOST_STORES = 10


class Audit:
    """`modules` are in the order in which the query names them."""

    def __init__(self, invariant, table, rule, modules, sql):
        self.invariant = invariant
        self.table = table
        self.rule = rule
        self.modules = modules
        self.sql = sql


class Wrong(Exception):
    """Something in an audit, at `line` of its file."""

    def __init__(self, line, what):
        super().__init__(what)
        self.line = line


def read_folder(root, folder, owner, stores, repeats):
    """The audits of a folder, and what is wrong with it as "path:line: what".

    `owner`: the module whose folder it is, None for the folder of those that span modules. `repeats`: what
    the audits for each "delivery" and each "module" are made of, as {name: text}.
    """
    audits, wrong = [], []
    for name in sorted(os.listdir(os.path.join(root, folder))):
        if not name.endswith(".sql"):
            continue
        path = f"{folder}/{name}"
        with open(os.path.join(root, path), encoding="utf-8") as file:
            text = file.read()
        try:
            audits += read_audit(text, owner, stores, repeats)
        except Wrong as failure:
            wrong.append(f"{path}:{failure.line}: {failure}")
    return audits, wrong


def read_audit(text, owner, stores, repeats):
    """One audit, or one for each of what its header says. Raises Wrong."""
    lines = text.splitlines()
    head = HEAD.match(lines[0]) if lines else None
    if not head:
        raise Wrong(1, "an audit begins with its invariant and the table of the wrong row: "
                       '"-- I13 orders.purchase"')
    if len(lines) < 2 or not re.match(r"-- \S.*\.$", lines[1]):
        raise Wrong(2, 'its second line is the rule, as a sentence: "-- The total is the sum of the items."')
    if owner and head.group(3):
        raise Wrong(1, "an audit that is repeated for each " + head.group(3) + " belongs in audits/")
    _check_statement(text)
    if not head.group(3):
        return [_make(text, owner, stores, spans=True)]
    return [_make(_fill(text, names), owner, stores, spans=False) for names in repeats[head.group(3)]]


def _fill(text, names):
    for name, value in names.items():
        text = text.replace("${" + name + "}", value)
    return text


def _blank(pattern, text):
    """Without what matches, but with the same lines and columns."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), text)


def _without_comments(text):
    return STRING_OR_COMMENT.sub(
        lambda match: match.group(0) if match.group("string") else " " * len(match.group(0)), text)


def _line(text, at):
    return text.count("\n", 0, at) + 1


def _check_statement(text):
    code = _blank(STRING_OR_COMMENT, text).rstrip()
    if not code.endswith(";") or ";" in code[:-1]:
        at = code.find(";") if ";" in code else len(code)
        raise Wrong(_line(code, at), "one query, with a semicolon at its end")
    bare = BARE_STATE.search(code)
    if bare:
        raise Wrong(_line(code, bare.start()),
                    f"a number for a state ({bare.group(0)}): write its name, as in ${{OrderStatus.PAID}}")


def _make(text, owner, stores, spans):
    head = HEAD.match(text.splitlines()[0])
    sql = _without_comments(text)
    modules = _modules(sql, stores)
    _check_owner(head.group(2), owner, modules, stores, spans)
    sql = _named(sql, modules, stores)
    return Audit(head.group(1), head.group(2), text.splitlines()[1][3:], modules, sql.strip().rstrip(";"))


def _modules(sql, stores):
    code = _blank(STRING_OR_COMMENT, sql)
    code = _blank(INNERMOST, _blank(INNERMOST, code))
    own = {name.lower() for name in COMMON_TABLE.findall(code)}
    for match in FROM.finditer(code):
        module, dot, _ = match.group(1).partition(".")
        line = _line(code, match.start(1))
        if module.lower() in own or module.upper() == "VALUES":
            continue
        if not dot:
            raise Wrong(line, f"{module}: name the module of the table, as in orders.{module}")
        if module not in stores:
            raise Wrong(line, f"{match.group(1)}: there is no module {module} with a store")
    modules = []
    for match in QUALIFIED.finditer(code):
        module, table = match.groups()
        if module not in stores:
            continue
        if table not in stores[module].tables:
            raise Wrong(_line(code, match.start()), f"{module} has no table {table}")
        if module not in modules:
            modules.append(module)
    if not modules:
        raise Wrong(1, "it reads no table of a module")
    if len(modules) > MOST_STORES:
        raise Wrong(1, f"it reads {len(modules)} stores; SQLite attaches at most {MOST_STORES}")
    return modules


def _check_owner(table, owner, modules, stores, spans):
    module, _, name = table.partition(".")
    if module not in stores or name not in stores[module].tables:
        raise Wrong(1, f"there is no table {table}")
    if owner and modules != [owner]:
        others = ", ".join(module for module in modules if module != owner)
        raise Wrong(1, f"it reads stores of others ({others}): it belongs in audits/")
    if owner and module != owner:
        raise Wrong(1, f"{table} is not a table of {owner}")
    if not owner and spans and len(modules) == 1:
        raise Wrong(1, f"it reads one store: it belongs in {stores[modules[0]].folder}/audits/")


def _named(sql, modules, stores):
    """Numbers for names: from the innermost outwards, for a value may stand in what is shown."""
    sql = sql.replace(NOW, "\0")
    while True:
        match = INNERMOST.search(sql)
        if not match:
            break
        try:
            replaced = _number_or_words(match.group(1), modules, stores)
        except LookupError as failure:
            raise Wrong(_line(sql, match.start()), f"{match.group(0)}: {failure.args[0]}") from None
        sql = sql[:match.start()] + replaced + sql[match.end():]
    if "${" in sql:
        raise Wrong(_line(sql, sql.index("${")), "${ without its }")
    return sql.replace("\0", NOW)


def _number_or_words(text, modules, stores):
    value = VALUE.match(text)
    if value:
        values = _enum(value.group(1), value.group(2), modules, stores)
        if value.group(3) not in values:
            raise LookupError(f"{value.group(2)} has no value {value.group(3)}; it has {', '.join(values)}")
        return str(values[value.group(3)])
    shown = SHOWN.match(text)
    if not shown:
        raise LookupError("write ${Enum.VALUE}, ${Enum(column)} for the name of a value, or ${now}")
    values = _enum(shown.group(1), shown.group(2), modules, stores)
    cases = " ".join(f"WHEN {number} THEN '{name}'" for name, number in values.items())
    return f"CASE {shown.group(3)} {cases} ELSE CAST({shown.group(3)} AS TEXT) END"


def _enum(module, name, modules, stores):
    """An enum of the module that is named, or else of one that the audit reads."""
    if module and module not in stores:
        raise LookupError(f"there is no module {module} with a store")
    places = [place for place in ([module] if module else modules) if name in stores[place].enums]
    if not places:
        where = module or "what it reads (" + ", ".join(modules) + ")"
        raise LookupError(f"no contract or header of {where} has an enum {name}")
    if len(places) > 1:
        raise LookupError("say whose: " + " or ".join(f"{place}.{name}" for place in places))
    values = stores[places[0]].enums[name]
    if not values:
        raise LookupError(f"{places[0]} has several enums {name}, or one whose values are computed")
    return values
