"""The methods of a class lie in at most two source files."""

SOURCES = 2


def check(sources, functions):
    """Yields (path, line, rule, what)."""
    for key, places in sorted(_places(sources, functions).items()):
        if len(places) > SOURCES:
            path, line = min(places.items())
            files = ", ".join(sorted(places))
            yield path, line, "class", f"{key[1]} lies in {len(places)} sources, at most {SOURCES}: {files}"


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
