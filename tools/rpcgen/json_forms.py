"""*.json.h and *.json.cpp: messages written to JSON and read from it by the contract's rules."""

from text import joined, opening, quoted


def header(contract):
    lines = opening(contract, "JSON forms of " + contract.name + ".")
    lines += ["#pragma once", ""]
    lines += ['#include "runtime/json/json_read.h"', '#include "runtime/json/json_write.h"']
    lines += [f'#include "{contract.stem}.api.h"']
    lines += [f'#include "{other.stem}.json.h"' for other in contract.imports]
    lines += ["", f"namespace {contract.full_namespace} {{", ""]
    for message in contract.messages:
        lines.append(f"void write_json(JsonWriter& out, const {message.name}& message);")
        lines.append(f"void read_json(JsonValue in, {message.name}& message, JsonErrors& errors);")
        lines.append(f"inline std::string to_json(const {message.name}& message) {{")
        lines += ["  return json_of(message);", "}", ""]
    lines.append(f"}}  // namespace {contract.full_namespace}")
    return joined(lines)


def source(contract):
    lines = opening(contract, "JSON forms of " + contract.name + ".")
    lines.append(f'#include "{contract.stem}.json.h"')
    if any(_checks(message) for message in contract.messages):
        lines.append('#include "runtime/json/json_checks.h"')
    lines += ["", f"namespace {contract.full_namespace} {{", ""]
    for message in contract.messages:
        lines += _write(message) + _read(message)
    lines.append(f"}}  // namespace {contract.full_namespace}")
    return joined(lines)


def _write(message):
    unused = "" if message.fields else "[[maybe_unused]] "
    lines = [f"void write_json(JsonWriter& out, {unused}const {message.name}& message) {{"]
    lines.append("  out.begin_object();")
    for field in message.fields:
        name = quoted(f'"{field.name}":')
        how = "write_nullable" if field.options.get("null_when_absent") else "write_field"
        if field.kind == "bytes":
            how = "write_bytes"
        lines.append(f"  {how}(out, {name}, message.{field.cpp_name});")
    return lines + ["  out.end_object();", "}", ""]


def _read(message):
    unused = "" if message.fields else "[[maybe_unused]] "
    lines = [f"void read_json(JsonValue in, {unused}{message.name}& message, JsonErrors& errors) {{"]
    lines.append("  if (!is_object(in, errors)) return;")
    for field in message.fields:
        read = f"read_field(in, {_rule(field)}, message.{field.cpp_name}, errors);"
        lines.append("  " + _when_chosen(field, read))
    for field in message.fields:
        other = field.options.get("together_with")
        if other:
            lines.append(f"  check_together(in, {quoted(field.name)}, {quoted(other)}, errors);")
    return [*lines, *_checks(message), "}", ""]


def _checks(message):
    """Those of json_checks.h."""
    lines = []
    for field in message.fields:
        name = quoted(field.name)
        if field.options.get("min_length"):
            least = field.options.get("min_length")
            check = f"check_min_length(in, {name}, {least}, errors);"
            # Empty text of a required field is an error already.
            if field.options.get("required") and not field.repeated:
                check = f"if (!in[{name}].text().empty()) {check}"
            lines.append("  " + check)
        if field.options.get("unique"):
            lines.append(f"  check_unique(in, {name}, errors);")
    for one, other in message.alternatives:
        check = f"check_either(in, {quoted(one.name)}, {quoted(other.name)}, errors);"
        lines.append("  " + _when_chosen(one, check))
    return lines


def _when_chosen(field, statement):
    if not field.choice:
        return statement
    chooser, word = field.choice
    return f"if (in[{quoted(chooser)}].text() == {quoted(word)}) {statement}"


def _rule(field):
    parts = [f".name = {quoted(field.name)}"]
    if field.is_required:
        parts.append(".required = true")
    if field.kind == "bytes":
        parts.append(".bytes = true")
    if field.options.get("pattern"):
        parts.append(f".pattern = TextPattern::{field.options.get('pattern')}")
    if field.words:
        parts.append(f".words = {quoted(', '.join(field.words))}")
    for name in ("min", "max", "max_length", "max_items"):
        if field.options.get(name) is not None:
            parts.append(f".{name} = {field.options.get(name)}")
    return "{" + ", ".join(parts) + "}"
