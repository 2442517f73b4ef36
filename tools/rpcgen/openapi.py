"""The OpenAPI 3.1 document of a gateway: every bound that is checked is written down."""

import json
import re

from model import Enum, id_prefixes

REASONS = {200: "OK", 201: "Created", 202: "Accepted", 204: "No content", 303: "See other"}
PATTERNS = {
    "code": r"^[0-9]{4,8}$",
    "word": r"^[a-zA-Z0-9_.-]{1,64}$",
    "currency": r"^[A-Z]{3}$",
    "idempotency": r"^[!-~]([ -~]{0,253}[!-~])?$",
}
# Text has no control characters but line feed and tab.
TEXT = r"^[^\u0000-\u0008\u000B-\u001F\u007F]*$"
# And what a scanner reads has group separators.
SCANNED = r"^[^\u0000-\u0008\u000B-\u001C\u001E\u001F\u007F]*$"
SHORTEST_TIME = len("2026-11-23T09:38:46Z")
INTEGERS = {
    "int64": ("int64", -(2**63), 2**63 - 1),
    "int32": ("int32", -(2**31), 2**31 - 1),
    "uint32": ("uint32", 0, 2**32 - 1),
}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "a stable word for programs"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "every wrong field of the input",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "detail")},
            },
        },
    },
}
MONEY = {
    "type": "object",
    "required": ["amount_minor", "currency"],
    "properties": {
        "amount_minor": {"type": "integer", "format": "int64", "description": "whole minor units"},
        "currency": {"type": "string", "pattern": PATTERNS["currency"], "description": "ISO 4217"},
    },
}


def document(contract):
    made = _Document(contract)
    return json.dumps(made.build(), indent=1, ensure_ascii=False) + "\n"


class _Document:
    def __init__(self, contract):
        self.contract = contract
        self.schemas = {"Problem": PROBLEM}
        self.waiting = []
        self.inputs = _reachable(method.request for method in contract.methods if not method.raw)

    def build(self):
        paths = {}
        for method in self.contract.methods:
            paths.setdefault(method.path, {})[method.verb.lower()] = self._operation(method)
        while self.waiting:
            name, target = self.waiting.pop()
            is_enum = isinstance(target, Enum)
            self.schemas[name] = _words(target) if is_enum else self._object(target, target.fields)
        return {
            "openapi": "3.1.0",
            "info": {
                "title": f"Bramble {self.contract.service}",
                "version": "1",
                "description": self.contract.service_comment.strip(),
            },
            "servers": [{"url": "/"}],
            "paths": paths,
            "components": {
                "schemas": dict(sorted(self.schemas.items())),
                "responses": {"Problem": self._problem()},
                "securitySchemes": {
                    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                },
            },
        }

    def _problem(self):
        schema = {"$ref": "#/components/schemas/Problem"}
        headers = _headers(
            ["X-Request-Id: names the request in our logs", "Retry-After: seconds; with 429 and 503"]
        )
        content = {"application/problem+json": {"schema": schema}}
        return {"description": "What went wrong", "headers": headers, "content": content}

    def _operation(self, method):
        made = {"operationId": method.name}
        if method.options.get("summary"):
            made["summary"] = method.options.get("summary")
        if method.comment:
            made["description"] = _prose(method.comment)
        made["tags"] = [_tag(method.path)]
        made.update(self._security(method))
        parameters = self._parameters(method)
        if parameters:
            made["parameters"] = parameters
        body = self._body(method) if method.has_body else None
        if body:
            made["requestBody"] = body
        made["responses"] = {
            str(status): self._success(method, status)
            for status in (method.status, *method.options.get("also", []))
        }
        made["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
        return made

    def _security(self, method):
        if method.auth == "nobody":
            return {"security": []}
        schemes = [{"bearer": []}]
        if method.auth == "optional":
            schemes.append({})
        made = {"security": schemes}
        if method.options.get("roles"):
            made["x-roles"] = method.options.get("roles")
        return made

    def _parameters(self, method):
        made = []
        fields = method.request.fields if method.request and not method.raw else []
        known = {field.name: field for field in fields}
        for name in method.path_names:
            schema = self._schema(known[name]) if name in known else {"type": "string"}
            made.append({"name": name, "in": "path", "required": True, "schema": schema})
        if not method.has_body:
            made += self._query_parameters([field for field in fields if field.name not in method.path_names])
        if method.options.get("idempotent"):
            made.append(
                {
                    "name": "Idempotency-Key",
                    "in": "header",
                    "required": True,
                    "description": "Repeating the key with the same body replays the first answer.",
                    "schema": {"type": "string", "pattern": PATTERNS["idempotency"]},
                }
            )
        for name, header in _headers(method.options.get("request_header", [])).items():
            made.append({"name": name, "in": "header", "required": False, **header})
        return made

    def _query_parameters(self, fields):
        """Those that are given together are the members of one parameter, which is written as they are."""
        made, paired = [], set()
        for field in fields:
            partner = field.message.named(field.options.get("together_with"))
            if partner:
                pair = {one.name: self._schema(one) for one in (partner, field)}
                paired |= set(pair)
                needs = {partner.name: [field.name], field.name: [partner.name]}
                schema = {"type": "object", "properties": pair, "dependentRequired": needs}
                name = f"{partner.name}_{field.name}"
                how = {"in": "query", "required": False, "style": "form", "explode": True}
                made.append({"name": name, **how, "schema": schema})
        return [self._query_parameter(field) for field in fields if field.name not in paired] + made

    def _query_parameter(self, field):
        made = {"name": field.name, "in": "query", "required": bool(field.options.get("required"))}
        if not made["required"]:
            made["allowEmptyValue"] = True  # it counts as absent
        schema = self._schema(field)
        if "description" in schema:
            made["description"] = schema.pop("description")
        made["schema"] = schema
        return made

    def _body(self, method):
        if method.raw:
            content = method.options.get("takes")
            return {"required": True, "content": {content: {}}} if content else None
        fields = method.request.fields if method.request else []
        fields = [field for field in fields if field.name not in method.path_names]
        if not fields:
            return None
        if method.path_names:
            schema = self._object(method.request, fields)
        else:
            schema = self._reference(method.request)
        required = any(field.options.get("required") for field in fields)
        return {"required": required, "content": {"application/json": {"schema": schema}}}

    def _success(self, method, status):
        made = {"description": REASONS.get(status, "Success")}
        headers = _headers(method.options.get("response_header", []))
        if method.options.get("idempotent"):
            headers.update(_headers(["Idempotent-Replayed: true if the key was used before"]))
        if headers:
            made["headers"] = headers
        if method.raw and method.options.get("gives"):
            made["content"] = {method.options.get("gives"): {}}
        if method.reply is None or method.raw:
            return made
        made["content"] = {"application/json": {"schema": self._reference(method.reply)}}
        return made

    def _reference(self, target):
        name = target.name
        if target.contract is not self.contract:
            name = target.contract.service or target.contract.name.title()
            name += target.name
        if name not in self.schemas:
            self.schemas[name] = {}
            self.waiting.append((name, target))
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, message, fields):
        made = {"type": "object"}
        if message.comment:
            made["description"] = _prose(message.comment)
        if message.full_name in self.inputs:
            required = [field.name for field in fields if field.options.get("required")]
        else:
            # What is only ever answered has all its fields, but for those that may be absent.
            required = [f.name for f in fields if not f.optional or f.options.get("null_when_absent")]
        chooser = message.chooser
        if chooser and message.full_name in self.inputs:
            made["oneOf"] = [self._alternative(fields, required, chooser, word) for word in chooser.words]
            return made
        if required:
            made["required"] = required
        made["properties"] = {field.name: self._member(field) for field in fields}
        needs = _needs(fields)
        if needs:
            made["dependentRequired"] = needs
        if message.full_name in self.inputs:
            made.update(self._one_of_two(message.alternatives))
        return made

    def _one_of_two(self, pairs):
        """For each pair: one of the two is given."""
        said = [
            {
                "anyOf": [
                    {"required": [field.name], "properties": {field.name: self._given(field)}}
                    for field in pair
                ]
            }
            for pair in pairs
        ]
        return {"allOf": said} if said else {}

    def _given(self, field):
        schema = {**self._schema(field)}
        schema.pop("description", None)
        return {**schema, "minLength": 1} if schema.get("type") == "string" else schema

    def _alternative(self, fields, required, chooser, word):
        """The message when `chooser` has this word."""
        made = {"type": "object", "title": word, "properties": {}}
        chosen = [f for f in fields if f.choice == (chooser.name, word)]
        made["required"] = required + [field.name for field in chosen if field.is_required]
        for field in fields:
            if field is chooser:
                made["properties"][field.name] = {"type": "string", "const": word}
            elif field.choice is None or field.choice == (chooser.name, word):
                made["properties"][field.name] = self._member(field)
        needs = _needs(fields)
        if needs:
            made["dependentRequired"] = needs
        pairs = chooser.message.alternatives
        ours = [pair for pair in pairs if pair[0].choice in (None, (chooser.name, word))]
        made.update(self._one_of_two(ours))
        return made

    def _member(self, field):
        """A field of a body: null is let in where it may be left out."""
        inbound = field.message.full_name in self.inputs
        return self._schema(field, nullable=inbound and not field.is_required)

    def _schema(self, field, nullable=False):
        made = self._element(field)
        # Bounds are checked where something comes in; answers have only those that the contract names.
        inbound = field.message.full_name in self.inputs
        most = field.options.get("max_items", 100 if inbound else None)
        least = {"minItems": 1} if field.options.get("required") else {}
        if field.repeated:
            bound = {"maxItems": most} if most is not None else {}
            if field.options.get("unique"):
                bound["uniqueItems"] = True
            made = {"type": "array", **bound, **least, "items": made}
        elif field.is_map:
            bound = {"maxProperties": most} if most is not None else {}
            names = {"propertyNames": {"maxLength": 255, "pattern": TEXT}} if inbound else {}
            made = {"type": "object", **bound, **names, "additionalProperties": made}
        if nullable or (not field.repeated and not field.is_map and field.options.get("null_when_absent")):
            made = _nullable(made)
        description = field.options.get("doc") or _prose(field.comment)
        if description:
            made["description"] = description
        return made

    def _element(self, field):
        if field.kind in ("message", "enum"):
            return self._reference(field.target)
        if field.kind == "money":
            self.schemas["Money"] = MONEY
            return {"$ref": "#/components/schemas/Money"}
        if field.kind == "empty":
            return {"type": "object"}
        if field.kind in INTEGERS:
            kind, least, most = INTEGERS[field.kind]
            made = {"type": "integer", "format": kind}
            inbound = field.message.full_name in self.inputs
            made["minimum"] = field.options.get("min", least if inbound or least == 0 else None)
            made["maximum"] = field.options.get("max", most if inbound else None)
            return {name: value for name, value in made.items() if value is not None}
        if field.kind == "double":
            made = {"type": "number", "format": "double"}
            for option, word in (("min", "minimum"), ("max", "maximum")):
                if field.options.get(option) is not None:
                    made[word] = field.options.get(option)
            return made
        if field.kind == "bool":
            return {"type": "boolean"}
        return _text_schema(field, field.message.full_name in self.inputs)


def _headers(lines):
    """{name: OpenAPI's header} of "Name: what it is"."""
    pairs = (line.split(": ", 1) for line in lines)
    return {name: {"description": text, "schema": {"type": "string"}} for name, text in pairs}


def _reachable(messages):
    """The full names of the messages and of all that they hold."""
    found, waiting = set(), [message for message in messages if message]
    while waiting:
        message = waiting.pop()
        if message.full_name not in found:
            found.add(message.full_name)
            waiting += [field.target for field in message.fields if field.kind == "message"]
    return found


def _needs(fields):
    """{name: [name]} of the fields that are given together."""
    needs = {}
    for field in fields:
        other = field.options.get("together_with")
        if other:
            needs.update({field.name: [other], other: [field.name]})
    return needs


def _text_schema(field, inbound):
    if field.kind == "time":
        least = {"minLength": SHORTEST_TIME} if inbound else {}
        return {"type": "string", "format": "date-time", **least}
    if field.kind == "id":
        prefix = id_prefixes()[field.options.get("id")]
        shape = f"{prefix}_[0-9A-Za-z_-]{{1,60}}"
        # In an answer an id that is not known is empty.
        return {"type": "string", "pattern": f"^{shape}$" if inbound else f"^({shape})?$"}
    made = {"type": "string"}
    if field.words:
        # In an answer a word that is not known is empty.
        known = inbound or field.optional or field.repeated or field.options.get("required")
        return {**made, "enum": field.words if known else ["", *field.words]}
    if inbound or field.options.get("max_length") is not None:
        made["maxLength"] = field.options.get("max_length", 255)
    if field.kind == "bytes" and "maxLength" in made:
        made["maxLength"] = (made["maxLength"] + 2) // 3 * 4
    if field.kind == "bytes":
        made["contentEncoding"] = "base64"
    if field.is_required:
        made["minLength"] = 1
    if field.options.get("min_length"):
        made["minLength"] = field.options.get("min_length")
    pattern = field.options.get("pattern")
    if pattern == "email":
        made["format"] = "email"
    elif pattern == "barcode":
        made["pattern"] = SCANNED
        made["description"] = "As a scanner reads it, also with group separators (U+001D)."
    elif pattern == "phone":
        made["format"] = "phone"
        made["examples"] = ["+79001234567"]
        made["description"] = "As people write it; without + it is a number of the shop's own country."
    elif pattern:
        made["pattern"] = PATTERNS[pattern]
        if not (field.is_required or field.repeated):
            made["pattern"] = f"^$|{PATTERNS[pattern]}"
    elif inbound and field.kind != "bytes":
        made["pattern"] = TEXT
    if field.options.get("secret"):
        made["format"] = "password"
    return made


def _words(enum):
    made = {"type": "string", "enum": [value.word for value in enum.values]}
    if enum.comment:
        made["description"] = _prose(enum.comment)
    return made


def _nullable(schema):
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    words = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **words}


def _prose(comment):
    return re.sub(r"\s+", " ", comment).strip()


def _tag(path):
    parts = [part for part in path.split("/") if part and part not in ("api", "v1")]
    return parts[0] if parts else "root"
