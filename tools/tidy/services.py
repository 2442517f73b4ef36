"""Rules between services: calls are declared and go one way, tables are private. And the map of it all."""

import re

CALLS = re.compile(r"\.calls\s*=\s*\{([^}]*)\}")
HEARS = re.compile(r"\b(?:consume|watch)<\s*(?:bramble::)?(\w+)::(\w+)\s*>")
API = re.compile(r"services/(\w+)/\w+\.(?:api|json)\.h$")
TABLE = re.compile(r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)", re.IGNORECASE)
USE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_][a-z0-9_]*)")


class Service:
    def __init__(self, name):
        self.name = name
        self.calls = {}     # service → (path, line) of the declaration
        self.hears = {}     # (service, Event) → (path, line)
        self.includes = {}  # service → (path, line) of the first include of its contract
        self.tables = set()


def collect(sources):
    """Services by name, as their sources declare them."""
    services = {}
    for source in sources:
        name = source.service()
        if not name:
            continue
        service = services.setdefault(name, Service(name))
        if source.ending == ".sql":
            service.tables.update(table.lower() for table in TABLE.findall(source.text))
        if source.is_code and not source.is_test():
            _read_code(service, source)
    return services


def _read_code(service, source):
    if source.name == f"{service.name}_module.cpp":
        for match in CALLS.finditer(source.text):
            for called in re.findall(r'"(\w+)"', match.group(1)):
                service.calls[called] = (source.path, _line(source.text, match.start()))
    for match in HEARS.finditer(source.code):
        service.hears.setdefault(match.groups(), (source.path, _line(source.code, match.start())))
    for line, target in source.includes():
        match = API.match(target)
        if match and match.group(1) != service.name:
            service.includes.setdefault(match.group(1), (source.path, line))


def _line(text, at):
    return text.count("\n", 0, at) + 1


def check(sources):
    """Yields (path, line, rule, what)."""
    services = collect(sources)
    for service in services.values():
        heard = {event[0] for event in service.hears}
        for other, (path, line) in service.includes.items():
            if other not in service.calls and other not in heard:
                yield (path, line, "calls",
                       f"{service.name} neither declares that it calls {other} nor hears its events")
        for other, (path, line) in service.calls.items():
            if other not in services:
                yield path, line, "calls", f"{service.name} calls {other}, which is no service"
            elif other not in service.includes:
                yield path, line, "calls", f"{service.name} declares that it calls {other} and does not"
    yield from _cycles(services)
    yield from _tables(sources, services)


def _cycles(services):
    done, reported = set(), set()

    def visit(name, way):
        if name in way:
            ring = way[way.index(name):]
            if frozenset(ring) not in reported:
                reported.add(frozenset(ring))
                path, line = services[way[-1]].calls[name]
                yield path, line, "cycle", " → ".join(ring + [name]) + ": the way back has to be an event"
            return
        if name in done or name not in services:
            return
        for called in services[name].calls:
            yield from visit(called, way + [name])
        done.add(name)

    for name in services:
        yield from visit(name, [])


def _tables(sources, services):
    owners = {}
    for service in services.values():
        for table in service.tables:
            owners.setdefault(table, set()).add(service.name)
    for source in sources:
        if not source.is_code or source.is_test() or source.folders[:1] == ["app"]:
            continue  # `bramble check` in app audits all stores by their schema
        for line, literal in source.strings:
            for table in USE.findall(literal):
                if table in owners and source.service() not in owners[table]:
                    owner = " and ".join(sorted(owners[table]))
                    yield source.path, line, "tables", f"{table} is a table of {owner}; ask it by its API"


def service_map(sources):
    """The map that ARCHITECTURE.md shows: whom each service calls, and below that what it hears."""
    services = collect(sources)
    width = max((len(name) for name in services), default=0)
    lines = []
    for name, service in sorted(services.items()):
        calls = "calls " + ", ".join(sorted(service.calls)) if service.calls else "calls nobody"
        lines.append(f"{name:{width}}  {calls}")
        heard = {}
        for by, event in sorted(service.hears):
            heard.setdefault(by, []).append(event)
        for by, events in heard.items():
            lines.append(f"{'':{width}}  hears {by}: {', '.join(events)}")
    return "\n".join(lines)
