"""The files of the tree as the rules see them: text, code without comments, string literals, functions."""

import os
import re

SKIPPED_FOLDERS = {"build", ".git", "data", "node_modules", ".cache", "__pycache__", "made"}
CODE = (".h", ".cpp")

# What has to be told apart to find code: comments, raw strings, strings, numbers (1'000 is not a character)
# and characters.
TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<raw>R"(?P<mark>[^()\s]*)\(.*?\)(?P=mark)")
      | (?P<string>"(?:[^"\\\n]|\\.)*")
      | (?P<number>\b\d[\w'.]*)
      | (?P<character>'(?:[^'\\\n]|\\.)+')""",
    re.DOTALL | re.VERBOSE)


BRACE_OR_END = re.compile(r"[{};]")


def blank(text):
    """The same number of lines and columns, with nothing in them."""
    return re.sub(r"[^\n]", " ", text)


class Source:
    """One file. `path` is relative to the root, with '/'."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.lines = text.splitlines()
        self.folders = path.split("/")[:-1]
        self.name = path.rsplit("/", 1)[-1]
        self.stem, self.ending = os.path.splitext(self.name)
        self.is_code = self.ending in CODE
        self.code = text
        self.strings = []      # (line, content)
        self.raw_lines = set()
        if self.is_code:
            self._split()

    def _split(self):
        line, counted = 1, 0

        def keep(match):
            nonlocal line, counted
            kind = match.lastgroup if match.lastgroup != "mark" else "raw"
            token = match.group(0)
            if kind == "number":
                return token
            if kind in ("comment", "character"):
                return blank(token)
            line, counted = line + self.text.count("\n", counted, match.start()), match.start()
            if kind == "raw":
                self.raw_lines.update(range(line, line + token.count("\n") + 1))
            elif self._is_include(match.start()):
                return token
            self.strings.append((line, token))
            return '"' + blank(token[1:-1]) + '"' if kind == "string" else blank(token)
        self.code = TOKEN.sub(keep, self.text)

    def _is_include(self, at):
        start = self.text.rfind("\n", 0, at) + 1
        return self.text[start:at].lstrip().startswith("#")

    def is_test(self):
        return (not {"test", "fuzz", "stand", "fixture"}.isdisjoint(self.stem.split("_"))
                or self.folders[:1] in (["testing"], ["tests"], ["bench"]))

    def includes(self):
        """(line, path) of each include; the path has its angle brackets if it is written with them."""
        for number, line in enumerate(self.code.splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|(<[^>]+>))', line)
            if match:
                yield number, match.group(1) or match.group(2)

    def service(self):
        return self.folders[1] if len(self.folders) > 1 and self.folders[0] == "services" else None


def read_tree(root):
    """Every file of the tree that somebody wrote; what is not text is there by its name alone."""
    sources = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), root)
            try:
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    sources.append(Source(path, file.read()))
            except UnicodeDecodeError:
                sources.append(Source(path, ""))
            except OSError:
                continue  # gone meanwhile
    return sources


def functions(code):
    """(name, first line, last line) of each function of C++ whose comments and strings are blanked."""
    code = re.sub(r"^[ \t]*#(?:.*\\\n)*.*$", lambda m: blank(m.group(0)), code, flags=re.MULTILINE)
    head, head_at, position = "", None, 0
    while match := BRACE_OR_END.search(code, position):
        piece = code[position:match.start()]
        if head_at is None and piece.strip():
            piece = piece.lstrip()
            head_at = match.start() - len(piece)
        if head_at is not None:
            head += piece
        position = match.end()
        if match.group(0) != "{" or _opens_scope(head):
            head, head_at = "", None
            continue
        end = _closing(code, match.start())
        position = end + 1
        if not _opens_function(head):
            head += "}"
            continue
        name = re.search(r"([\w:~]+|operator\W+)\s*\(", head)
        yield name.group(1) if name else "?", code.count("\n", 0, head_at) + 1, code.count("\n", 0, end) + 1
        head, head_at = "", None


def _closing(code, opening):
    depth = 0
    for match in re.compile(r"[{}]").finditer(code, opening):
        depth += 1 if match.group(0) == "{" else -1
        if depth == 0:
            return match.start()
    return len(code)


def _opens_scope(head):
    head = re.sub(r"template\s*<[^{}]*?>\s*(?=\w)", "", head).strip()
    if re.match(r'(inline\s+)?namespace\b|extern\s*"', head):
        return True
    is_type = re.match(r"(\w+:\s*)?(class|struct|union)\b", head)
    return bool(is_type) and not re.search(r"\)\s*(const|noexcept)*$", head)


def _opens_function(head):
    if "(" not in head or re.search(r"[=,(]\s*$", head) or re.match(r"\s*enum\b", head):
        return False
    in_initialisers = re.search(r"\)\s*(noexcept\s*)?:(?!:)", head)
    return not (in_initialisers and re.search(r"[\w>]\s*$", head))
