"""What documents refer to exists: links, headings, paths, tests, calls, events and invariants."""

import fnmatch
import posixpath
import re

LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
CODE_SPAN = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^\s*```")
HEADING = re.compile(r"^#+\s+(.*?)\s*$")
PATH = re.compile(r"[\w.@*{},…+-]+(/[\w.@*{},…+-]+)*/?")
TEST = re.compile(r"^\s*(?:TEST|TEST_F|TEST_P)\(\s*(\w+),\s*(\w+)\)", re.MULTILINE)
DOTTED = re.compile(r"([A-Za-z]\w*)\.([A-Z]\w*)")
SERVICE = re.compile(r"^service\s+(\w+)\s*\{(.*?)^\}", re.MULTILINE | re.DOTALL)
RPC = re.compile(r"\brpc\s+(\w+)")
MESSAGE = re.compile(r"^\s*(?:message|enum)\s+(\w+)", re.MULTILINE)
INVARIANT = re.compile(r"\bI([1-9]\d?)\b")
INVARIANTS = "docs/invariants.md"

# A file of one of these kinds is written by hand, so its name must be in the tree.
KINDS = ("cmake", "cpp", "css", "h", "html", "md", "mjs", "proto", "py", "sql", "ts", "tsx", "txt")
# Made by the build, by tools or by who runs the platform; or a name that stands for any.
MADE = re.compile(
    r"\.(api|json|routes)\.(h|cpp)$|_(schema|text|page_files)\.h$|(^|/)(build|data|made|node_modules)(/|$)"
    r"|^(web_files|art)\.h$|^(help|delivery)\.\w\w\.txt$")
STANDS_FOR_ANY = re.compile(r"(^|[/_.])[egxy](?=[/_.]|$)|…|N_|NAME|^[A-Z]+/")


def check(sources):
    """Yields (path, line, rule, what)."""
    tree = _Tree(sources)
    for source in sources:
        if source.ending == ".md":
            yield from _document(source, tree)
        if source.ending in (".md", ".h", ".cpp"):
            yield from _invariants(source, tree)


class _Tree:
    def __init__(self, sources):
        self.files = {source.path for source in sources}
        self.folders = {path[:at] for path in self.files for at in _slashes(path)}
        self.tops = {path.split("/")[0] for path in self.files if "/" in path}
        self.ends = {path[at + 1:] for path in self.files | self.folders for at in [-1, *_slashes(path)]}
        self.headings, self.names, self.invariants = {}, set(), set()
        for source in sources:
            if source.ending == ".md":
                self.headings[source.path] = _anchors(source)
            if source.path == INVARIANTS:
                rows = [line for line in source.lines if line.startswith("### ")]
                self.invariants = set(INVARIANT.findall("\n".join(rows)))
            if source.is_code and source.is_test():
                self.names.update(TEST.findall(source.text))
            if source.ending == ".proto":
                self._contract(source)

    def _contract(self, source):
        package = source.folders[-1] if source.folders else ""
        for service, body in SERVICE.findall(source.text):
            self.names.update((name, call) for call in RPC.findall(body) for name in (service, package))
        self.names.update((package, message) for message in MESSAGE.findall(source.text))

    def has(self, path):
        path = path.rstrip("/")
        return path in self.files or path in self.folders


def _slashes(path):
    return [at for at, character in enumerate(path) if character == "/"]


def _anchors(source):
    """The headings as GitHub names them in addresses."""
    found = set()
    for _, line in _outside_fences(source):
        match = HEADING.match(line)
        if match:
            text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", match.group(1)).lower()
            found.add(re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text)))
    return found


def _outside_fences(source):
    inside = False
    for number, line in enumerate(source.lines, 1):
        if FENCE.match(line):
            inside = not inside
        elif not inside:
            yield number, line


def _document(source, tree):
    for number, line in _outside_fences(source):
        for match in LINK.finditer(CODE_SPAN.sub("``", line)):
            problem = _link(source, match.group(1), tree)
            if problem:
                yield source.path, number, "link", problem
        for match in CODE_SPAN.finditer(line):
            problem = _name(match.group(1), tree) or _path(source, match.group(1), tree)
            if problem:
                yield source.path, number, "reference", problem


def _link(source, target, tree):
    if re.match(r"[a-z]+:", target):
        return None
    path, _, anchor = target.partition("#")
    folder = "/".join(source.folders)
    file = posixpath.normpath(posixpath.join(folder, path)) if path else source.path
    if not tree.has(file):
        return f"{target}: there is no {file}"
    if anchor and file in tree.headings and anchor not in tree.headings[file]:
        return f"{target}: {file} has no heading #{anchor}"
    return None


def _name(text, tree):
    match = DOTTED.fullmatch(text)
    if not match or match.groups() in tree.names:
        return None
    if match.group(1)[0].islower() and match.group(1) not in tree.ends:
        return None
    if match.group(1)[0].isupper() and not match.group(2)[1:].strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"):
        return None  # a file such as README.TXT
    return f"{text}: there is no such test, call or message"


def _path(source, text, tree):
    text = text.removesuffix("()")
    if not PATH.fullmatch(text) or MADE.search(text) or STANDS_FOR_ANY.search(text):
        return None
    first = text.split("/")[0]
    names = _braces(text)
    kind = names[-1].rsplit(".", 1)[-1] if "." in names[-1] else ""
    if not ("/" in text and first in tree.tops) and kind not in KINDS:
        return None
    if text.startswith("."):
        return None
    folder = "/".join(source.folders)
    for one in names:
        if not _is_there(one.rstrip("/"), folder, tree):
            return f"{text}: there is no such file or folder"
    return None


def _is_there(path, folder, tree):
    if "*" in path:
        return any(fnmatch.fnmatch(end, path) for end in tree.ends)
    return path in tree.ends or tree.has(posixpath.normpath(posixpath.join(folder, path)))


def _braces(text):
    """x.{h,cpp} → x.h, x.cpp."""
    match = re.search(r"\{([^{}]*)\}", text)
    if not match:
        return [text]
    return [one for choice in match.group(1).split(",")
            for one in _braces(text[:match.start()] + choice + text[match.end():])]


def _invariants(source, tree):
    if not tree.invariants:
        return
    for number, line in enumerate(source.lines, 1):
        text = line if source.ending == ".md" else line.partition("//")[2]
        for row in INVARIANT.findall(text):
            if row not in tree.invariants:
                yield source.path, number, "invariant", f"I{row} is not in {INVARIANTS}"
