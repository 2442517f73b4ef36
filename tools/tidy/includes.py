"""Where includes may go: the table of STYLE.md, folder by folder."""

import re

TOP = ("app", "base", "bench", "engines", "gateways", "ports", "runtime", "sandbox", "services", "testing",
       "tests")

# What an engine shows the process.
ENGINE_INTERFACE = ("runtime/engine.h", "runtime/settings.h", "runtime/metrics.h")

# What services and gateways see of the runtime: the host they are given, and what hangs on it.
RUNTIME_INTERFACE = ("runtime/module.h", "runtime/log.h", "runtime/metrics.h", "runtime/observation.h")

# Heavy headers, and the engines that are the only place for them (None: any engine, runtime sources,
# generated code).
HEAVY = (
    (re.compile(r"<boost/beast"), ("engines/http",)),
    (re.compile(r"<curl/"), ("engines/http",)),
    (re.compile(r"<sqlite3"), ("engines/sqlite",)),
    (re.compile(r"<(postgresql/)?libpq"), ("engines/postgres",)),
    (re.compile(r"<xapian"), ("engines/xapian",)),
    (re.compile(r"<(ctemplate|unicode)/"), ("gateways/pages",)),
    (re.compile(r"<phonenumbers/"), ("base/phone",)),
    (re.compile(r"<CLI/"), ("base/command_line",)),
    (re.compile(r"<(grpc|google/protobuf)"), None),
    (re.compile(r"<boost/json"), None),
)

# What generated JSON code is built on. Who speaks JSON to the outside (a bank's client, a webhook) may use it
# by hand.
JSON_SUPPORT = "runtime/json/"

GENERATED_API = re.compile(r"(services/(\w+)/\w+)\.(api|json)\.h$")


def check(sources):
    """Yields (path, line, rule, what)."""
    for source in sources:
        if source.is_code and source.folders and source.folders[0] in TOP:
            yield from _check_file(source)


def _check_file(source):
    for line, target in source.includes():
        if target.startswith("<"):
            problem = _heavy(source, target)
        else:
            problem = _own(source, target)
        if problem:
            yield source.path, line, "include", problem


def _heavy(source, target):
    top = source.folders[0]
    if source.is_test() or top == "app":
        return None
    for pattern, engines in HEAVY:
        if not pattern.match(target):
            continue
        if engines and source.path.startswith(tuple(e + "/" for e in engines)):
            return None
        if engines is None and (top == "engines" or (top == "runtime" and source.ending == ".cpp")):
            return None
        places = " and ".join(engines) if engines else "engines and runtime sources"
        return f"{target} is heavy: only in {places}"
    return None


def _own(source, target):
    top = source.folders[0]
    folder = target.split("/")[0]
    if "/" not in target:
        if target.endswith(("_schema.h", "_text.h", "_page_files.h")):
            return None
        return f'"{target}": name the file by its path from the root'
    if folder == "app":
        return None if top == "app" else f"{target}: nobody includes app"
    if source.is_test() or top == "app":
        return None
    if folder in ("testing", "tests", "bench"):
        return f"{target}: only tests include {folder}"
    return _table(source, top, folder, target)


def _table(source, top, folder, target):
    unit = "/".join(source.folders[:2])
    own = target.startswith((unit if top in ("services", "gateways", "engines") else top) + "/")
    if own or folder == "base" and top != "ports":
        return None
    if folder in ("base", "ports") and top != "base":
        return None
    if target in ENGINE_INTERFACE and top == "engines":
        return None
    if target in RUNTIME_INTERFACE and top in ("services", "gateways", "sandbox"):
        return None
    if target.startswith(JSON_SUPPORT) and top in ("services", "gateways", "sandbox"):
        return None
    if target.startswith("gateways/edge/") and top in ("gateways", "sandbox") and unit != "gateways/edge":
        return None
    if target.startswith("gateways/pages/") and top == "gateways" and unit != "gateways/edge":
        return None
    if target == "web/web_files.h" and unit == "gateways/pages":
        return None
    if target == "web/art/art.h" and unit == "gateways/media":
        return None
    if target.startswith("gateways/media/") and top == "gateways" and unit != "gateways/edge":
        return None
    if GENERATED_API.match(target) and top in ("services", "gateways", "sandbox"):
        return None  # services: calls.py decides
    return f"{target}: {unit} may not include it (STYLE.md, where things go)"
