"""*.api.ts: a gateway's OpenAPI document as TypeScript: its schemas as types, its operations as constants."""

import json
import re

RESERVED = {"delete", "default", "export", "function", "import", "new", "return", "switch", "void", "with"}
SCALARS = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def source(contract, document):
    document = json.loads(document)
    lines = [f"// The OpenAPI document of {contract.path} as TypeScript. Made by rpcgen; not to be edited."]
    lines += ["// How to use it: web/README.md."]
    lines += ['import type { Operation } from "../../api/operation";', ""]
    for name, schema in document["components"]["schemas"].items():
        lines += _comment(schema) + [f"export type {name} = {_type(schema)};", ""]
    for path, operations in document["paths"].items():
        for verb, operation in operations.items():
            lines += _operation(path, verb, operation)
    return "\n".join(lines)


def _operation(path, verb, operation):
    reply = _reply(operation)
    if reply is None:
        return []
    headers = [p["name"] for p in operation.get("parameters", []) if p["in"] == "header"]
    parts = [f"method: {json.dumps(verb.upper())}", f"path: {json.dumps(path)}"]
    if "requestBody" in operation:
        parts.append("hasBody: true")
    if "Idempotency-Key" in headers:
        parts.append("idempotent: true")
    name = re.sub(r"_(\w)", lambda found: found.group(1).upper(), operation["operationId"])
    name += "_" if name in RESERVED else ""
    text = operation.get("summary") or operation.get("description")
    about = f"{verb.upper()} {path}" + (f": {text}" if text else "")
    return _comment({"description": about}) + [
        f"export const {name}: Operation<{_request(operation)}, {reply}> = {{ {', '.join(parts)} }};",
        "",
    ]


def _request(operation):
    """What a call gives: the fields of the path, of the query and of the body, in one object."""
    fields, parts = [], []
    for parameter in operation.get("parameters", []):
        schema = parameter["schema"]
        if parameter["in"] == "header":
            continue
        if schema.get("type") == "object":  # parameters that are given together
            fields += _fields(schema)
        else:
            fields.append(_field(parameter["name"], schema, parameter["required"]))
    if fields:
        parts.append("{ " + " ".join(fields) + " }")
    body = operation.get("requestBody")
    if body:
        parts.append(_type(body["content"]["application/json"]["schema"]))
    return " & ".join(parts) or "void"


def _reply(operation):
    """The type of the answer; None if it is no JSON."""
    content = operation.get("requestBody", {}).get("content", {"application/json": {"schema": {}}})
    if "schema" not in content.get("application/json", {}):
        return None
    kinds = []
    for status, answer in operation["responses"].items():
        if status == "default":
            continue
        content = answer.get("content")
        if content and "schema" not in content.get("application/json", {}):
            return None
        kind = _type(content["application/json"]["schema"]) if content else "void"
        if kind not in kinds:
            kinds.append(kind)
    return " | ".join(kinds)


def _type(schema):
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    for several in ("oneOf", "anyOf"):
        if several in schema:
            return " | ".join(_type(one) for one in schema[several])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(word) for word in schema["enum"])
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(_type({**schema, "type": one}) for one in kind)
    if kind == "array":
        inner = _type(schema["items"])
        return f"({inner})[]" if " " in inner else f"{inner}[]"
    if kind == "object":
        if "additionalProperties" in schema:
            return f"Record<string, {_type(schema['additionalProperties'])}>"
        fields = _fields(schema) if schema.get("properties") else []
        return "\n".join(["{", *fields, "}"]) if fields else "Record<string, never>"
    return SCALARS.get(kind, "unknown")


def _fields(schema):
    required = schema.get("required", [])
    lines = []
    for name, field in schema["properties"].items():
        lines += [*_comment(field), _field(name, field, name in required)]
    return lines


def _field(name, schema, required):
    return f"{name}: {_type(schema)};" if required else f"{name}?: {_type(schema)} | undefined;"


def _comment(schema):
    text = schema.get("description", "").replace("*/", "*\\/")
    return [f"/** {text} */"] if text else []
