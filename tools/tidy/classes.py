"""The methods of a class lie in at most two source files."""

SOURCES = 2

# Classes that are still to be split, with how many files they may have. This only gets shorter.
STILL_SPREAD = {("gateways/ops", "OpsGateway"): 6}


def check(sources, functions):
    """Yields (path, line, rule, what)."""
    for key, places in sorted(_places(sources, functions).items()):
        most = STILL_SPREAD.get(key, SOURCES)
        if len(places) > most:
            path, line = min(places.items())
            files = ", ".join(sorted(places))
            yield path, line, "class", f"{key[1]} lies in {len(places)} sources, at most {most}: {files}"


def _places(sources, functions):
    """(folder, class) → path → first line of a method of it."""
    found = {}
    for source in sources:
        if source.ending != ".cpp" or source.is_test():
            continue
        for name, first, _ in functions(source.code):
            owner = name.rpartition("::")[0]
            if owner.rpartition("::")[2][:1].isupper():
                places = found.setdefault(("/".join(source.folders), owner), {})
                places.setdefault(source.path, first)
    return found
