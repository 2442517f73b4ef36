"""*.routes.h and *.routes.cpp: a gateway's abstract class, and the table of routes that connects it."""

from model import snake
from text import comment_lines, joined, opening, quoted

INPUT_KINDS = {
    "int64": "integer",
    "int32": "integer",
    "uint32": "integer",
    "double": "real",
    "bool": "boolean",
}


def header(contract):
    name = contract.service + "Http"
    stem = snake(contract.service)
    lines = opening(contract, "Routes of " + contract.name + ".")
    lines += ["#pragma once", "", "#include <memory>", "#include <string_view>", "#include <vector>", ""]
    lines += ['#include "gateways/edge/route.h"', f'#include "{contract.stem}.api.h"', ""]
    lines += [f"namespace {contract.full_namespace} {{", ""]
    lines += comment_lines(contract.service_comment)
    lines += [f"class {name} {{", " public:", f"  virtual ~{name}() = default;"]
    for method in contract.methods:
        lines += ["", f"  // {method.verb} {method.path}"] + comment_lines(method.comment, "  ")
        lines.append(f"  virtual {_signature(method)} = 0;")
    lines += ["};", "", f"std::vector<edge::Route> {stem}_routes(std::shared_ptr<{name}> gateway);", ""]
    lines += ["// The OpenAPI 3.1 document, as JSON.", f"std::string_view {stem}_openapi();", ""]
    lines += [f"}}  // namespace {contract.full_namespace}"]
    return joined(lines)


def _signature(method):
    if method.raw:
        return f"Task<HttpResponse> {method.cpp_name}(edge::HttpCall& http)"
    arguments = f"edge::HttpCall& http, {method.request_type()} request"
    return f"Task<{method.reply_type()}> {method.cpp_name}({arguments})"


def source(contract, document):
    name = contract.service + "Http"
    stem = snake(contract.service)
    lines = opening(contract, "Routes of " + contract.name + ".")
    lines += [f'#include "{contract.stem}.routes.h"', "", "#include <array>", ""]
    lines += ['#include "gateways/edge/route_table.h"', f'#include "{contract.stem}.json.h"', ""]
    lines += [f"namespace {contract.full_namespace} {{", "namespace {", ""]
    for method in contract.methods:
        if not method.raw:
            lines += _run(name, method)
    lines += [f"constexpr edge::RouteRow<{name}> rows[] = {{"]
    for method in contract.methods:
        run = "run_" + method.name
        if method.raw:
            run = f"[]({name}& gateway, edge::HttpCall& http) {{ return gateway.{method.cpp_name}(http); }}"
        lines += [f"    {{{_info(method)},", f"     {run}}},"]
    lines += ["};", "", "}  // namespace", ""]
    lines += [f"std::vector<edge::Route> {stem}_routes(std::shared_ptr<{name}> gateway) {{"]
    lines += [f"  return edge::routes_of<{name}>(gateway, rows);", "}", ""]
    lines += [f"std::string_view {stem}_openapi() {{"]
    lines += ['  static constexpr std::string_view document = R"openapi(']
    # One literal is limited in length by some compilers; neighbours are joined.
    lines[-1] += document.replace("\n  }", '\n)openapi" R"openapi(  }').rstrip("\n") + '\n)openapi";'
    lines += ["  return document;", "}", "", f"}}  // namespace {contract.full_namespace}"]
    return joined(lines)


def _info(method):
    roles = ", ".join(quoted(role) for role in method.options.get("roles", []))
    idempotent = "true" if method.options.get("idempotent") else "false"
    return (
        f"{quoted(method.name)}, {quoted(method.verb)}, {quoted(method.path)}, {method.status}, "
        f"edge::Auth::{method.auth}, {{{roles}}}, {idempotent}"
    )


def _run(name, method):
    lines = [f"Task<HttpResponse> run_{method.name}({name}& gateway, edge::HttpCall& http) {{"]
    lines += _input_fields(method)
    body = "true" if method.has_body else "false"
    lines += [f"  auto request = edge::read_request<{method.request_type()}>(http, fields, {body});"]
    call = f"gateway.{method.cpp_name}(http, std::move(request))"
    lines += [f"  return edge::answer({call}, http, {method.status});", "}", ""]
    return lines


def _input_fields(method):
    fields = []
    for field in method.request.fields if method.request else []:
        in_path = field.name in method.path_names
        if in_path or not method.has_body:
            kind = INPUT_KINDS.get(field.kind, "text")
            flags = f"{'true' if in_path else 'false'}, {'true' if field.repeated else 'false'}"
            fields.append(f"      {{{quoted(field.name)}, InputKind::{kind}, {flags}}},")
    if not fields:
        return ["  static constexpr std::span<const InputField> fields;"]
    return [f"  static constexpr std::array<InputField, {len(fields)}> fields = {{{{", *fields, "  }};"]
