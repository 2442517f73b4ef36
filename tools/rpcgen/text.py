"""Small pieces of C++ text that the generators share."""


def comment_lines(text, indent=""):
    return [f"{indent}// {line.strip()}".rstrip() for line in text.split("\n")] if text else []


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def opening(contract, what):
    return [f"// {what} Made by rpcgen from {contract.path}; not to be edited."]


def joined(lines):
    return "\n".join(lines) + "\n"
