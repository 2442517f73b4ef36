"""What the sources of a module say about its store: tables, enums, and the events it consumes."""

import os
import re

TABLE = re.compile(r"\b(?:CREATE\s+TABLE(?:\s+IF\s+NOT\s+EXISTS)?|RENAME\s+TO)\s+(\w+)", re.IGNORECASE)
PROTO_ENUM = re.compile(r"\benum\s+(\w+)\s*\{(.*?)\}", re.DOTALL)
CPP_ENUM = re.compile(r"\benum\s+class\s+(\w+)\s*(?::[^{;]*)?\{(.*?)\}", re.DOTALL)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
CONSUME = re.compile(r"[.>]\s*consume\s*<([^>]*)>")
READ = re.compile(r"(?<!_test)(?<!_fuzz)(?<!_stand)(?<!_fixture)\.(proto|h|cpp|sql)$")
EVENT = re.compile(r"\s*(?:bramble::)?(\w+)::(\w+)\s*$")

# Every store has them (ports/messages.h).
MESSAGE_TABLES = {"outbox", "inbox", "jobs", "dead_events"}


class Store:
    """One module that has a schema. `enums`: name → {value's name in capitals: number}, or None where the
    module has several different ones of that name. `consumes`: (path, line, module, Event)."""

    def __init__(self, name, folder):
        self.name = name
        self.folder = folder
        self.tables = set(MESSAGE_TABLES)
        self.enums = {}
        self.consumes = []


def read_store(root, name, folder):
    """Raises ValueError "path:line: what"."""
    store = Store(name, folder)
    for path in _files(root, folder):
        with open(os.path.join(root, path), encoding="utf-8") as file:
            text = file.read()
        if path.endswith(".sql"):
            store.tables.update(TABLE.findall(text))
            continue
        text = COMMENT.sub(lambda match: "\n" * match.group(0).count("\n"), text)
        if path.endswith(".proto"):
            _add_enums(store, PROTO_ENUM.findall(text), _proto_values)
        elif path.endswith(".h"):
            _add_enums(store, CPP_ENUM.findall(text), _cpp_values)
        if path.endswith((".h", ".cpp")):
            _add_consumed(store, path, text)
    return store


def _files(root, folder):
    found = []
    for place, folders, names in os.walk(os.path.join(root, folder)):
        folders[:] = [f for f in folders if f != "audits"]
        found += [os.path.relpath(os.path.join(place, name), root) for name in names if READ.search(name)]
    return sorted(found)


def _add_enums(store, found, values_of):
    for name, body in found:
        values = values_of(name, body)
        store.enums[name] = values if store.enums.get(name, values) == values else None


def _proto_values(name, body):
    prefix = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper() + "_"
    found = re.findall(r"\b(\w+)\s*=\s*(-?\d+)\s*(?:\[[^\]]*\])?;", body)
    return {value.removeprefix(prefix): int(number) for value, number in found if value.startswith(prefix)}


def _cpp_values(_, body):
    values, following = {}, 0
    for part in filter(None, (part.strip() for part in body.split(","))):
        value, _, number = (word.strip() for word in part.partition("="))
        if number and not re.fullmatch(r"-?\d+", number):
            return {}  # computed: not one that a column holds
        following = int(number) if number else following
        values[value.upper()] = following
        following += 1
    return values


def _add_consumed(store, path, text):
    for match in CONSUME.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        event = EVENT.match(match.group(1))
        if not event:
            raise ValueError(f"{path}:{line}: consume<{match.group(1)}>: name the event with its service, as "
                             "in consume<orders::OrderPaid>, so that its delivery is audited")
        store.consumes.append((path, line, event.group(1), event.group(2)))


def deliveries(stores):
    """(publisher, event, consumer) for each event that a store consumes, in the order of the publishers'
    names. Raises ValueError "path:line: what"."""
    found = set()
    for store in stores.values():
        for path, line, publisher, event in store.consumes:
            if publisher not in stores:
                raise ValueError(f"{path}:{line}: {publisher} publishes events but has no store")
            found.add((publisher, f"{publisher}.{event}", store.name))
    return sorted(found)
