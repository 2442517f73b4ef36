"""*.api.h and *.api.cpp: structs with their wire format, enums, the abstract API and the three ways to it."""

from text import comment_lines, joined, opening, quoted


def header(contract):
    lines = opening(contract, "Messages and API of " + contract.name + ".")
    lines += ["#pragma once", ""]
    standard = ("cstdint", "map", "optional", "string", "string_view", "vector")
    lines += [f"#include <{name}>" for name in standard]
    lines.append("")
    vocabulary = ("call", "codec", "ids", "money", "task", "time")
    lines += [f'#include "base/{name}.h"' for name in vocabulary]
    lines += ['#include "ports/rpc.h"']
    lines += [f'#include "{other.stem}.api.h"' for other in contract.imports]
    lines += ["", f"namespace {contract.full_namespace} {{", ""]
    for enum in contract.enums:
        lines += _enum_declaration(enum)
    for message in contract.messages:
        lines += _struct(contract, message)
    for message in contract.messages:
        lines.append(f"void encode_fields(wire::Writer& out, const {message.name}& message);")
        lines.append(f"void decode_fields(wire::Reader& in, {message.name}& message);")
    lines.append("")
    if contract.service and not contract.is_gateway:
        lines += _api_class(contract)
    lines += [f"}}  // namespace {contract.full_namespace}"]
    if contract.service and not contract.is_gateway:
        lines += ["", "namespace bramble {", "", "template <>"]
        lines += [f"const RpcContract& rpc_contract<{contract.namespace}::{contract.service}Api>();"]
        lines += ["", "}  // namespace bramble"]
    return joined(lines)


def _enum_declaration(enum):
    lines = comment_lines(enum.comment)
    lines.append(f"enum class {enum.name} {{")
    for value in enum.values:
        lines += comment_lines(value.comment, "  ")
        lines.append(f"  {value.cpp_name} = {value.number},")
    lines += ["};", "// The word of a value as JSON has it."]
    lines += [f"std::string_view to_string({enum.name} value);"]
    lines += [f"bool parse(std::string_view word, {enum.name}& value);"]
    lines += ["// All words: \"A, B, C\".", f"std::string_view words_of({enum.name});", ""]
    return lines


def _struct(contract, message):
    lines = comment_lines(message.comment)
    lines.append(f"struct {message.name} {{")
    for field in message.fields:
        lines += comment_lines(field.comment, "  ")
        lines.append(f"  {field.cpp_type} {field.cpp_name}{field.initialiser};")
    lines += [""] if message.fields else []
    if message.is_event or message.is_job:
        lines.append(f"  static constexpr std::string_view type = {quoted(contract.event_type(message))};")
        lines.append("  std::string key() const;")
    lines += ["  std::string encode() const;", f"  static {message.name} decode(std::string_view bytes);"]
    lines += [f"  bool operator==(const {message.name}&) const = default;", "};", ""]
    return lines


def _api_class(contract):
    name = contract.service + "Api"
    lines = comment_lines(contract.service_comment)
    lines += [f"class {name} {{", " public:", f"  virtual ~{name}() = default;"]
    for method in contract.methods:
        lines.append("")
        lines += comment_lines(method.comment, "  ")
        lines.append(f"  virtual {_signature(method)} = 0;")
    return lines + ["};", ""]


def _signature(method):
    return f"Task<{method.reply_type()}> {method.cpp_name}(Call call, {method.request_type()} request)"


def source(contract):
    lines = opening(contract, "Wire format and calls of " + contract.name + ".")
    lines += [f'#include "{contract.stem}.api.h"', "", "#include <array>", ""]
    lines += ['#include "ports/rpc_calls.h"', "", f"namespace {contract.full_namespace} {{", ""]
    for enum in contract.enums:
        lines += _enum_definition(enum)
    for message in contract.messages:
        lines += _codec(message)
    if contract.service and not contract.is_gateway:
        lines += ["namespace {", ""] + _methods(contract) + _direct(contract) + _remote(contract)
        lines += _dispatcher(contract) + ["}  // namespace", ""]
    lines += [f"}}  // namespace {contract.full_namespace}"]
    if contract.service and not contract.is_gateway:
        lines += _contract(contract)
    return joined(lines)


def _enum_definition(enum):
    lines = [f"std::string_view to_string({enum.name} value) {{", "  switch (value) {"]
    for value in enum.values:
        lines.append(f"    case {enum.name}::{value.cpp_name}: return {quoted(value.word)};")
    lines += ["  }", '  return "UNKNOWN";', "}", ""]
    lines += [f"bool parse(std::string_view word, {enum.name}& value) {{"]
    for value in enum.values:
        known = f"{enum.name}::{value.cpp_name}"
        lines.append(f"  if (word == {quoted(value.word)}) return value = {known}, true;")
    lines += ["  return false;", "}", ""]
    words = ", ".join(value.word for value in enum.values)
    return lines + [f"std::string_view words_of({enum.name}) {{ return {quoted(words)}; }}", ""]


def _codec(message):
    name = message.name
    unused = "" if message.fields else "[[maybe_unused]] "
    lines = [f"void encode_fields({unused}wire::Writer& out, {unused}const {name}& message) {{"]
    lines += [f"  out.write({field.number}, message.{field.cpp_name});" for field in message.fields]
    lines += ["}", "", f"void decode_fields(wire::Reader& in, {unused}{name}& message) {{"]
    lines += ["  while (in.next()) {"]
    if message.fields:
        lines.append("    switch (in.number()) {")
        for field in message.fields:
            lines.append(f"      case {field.number}: in.read(message.{field.cpp_name}); break;")
        lines += ["      default: in.skip();", "    }"]
    else:
        lines.append("    in.skip();")
    lines += ["  }", "}", ""]
    lines += [f"std::string {name}::encode() const {{ return wire::encode(*this); }}", ""]
    lines += [f"{name} {name}::decode(std::string_view bytes) {{ return wire::decode<{name}>(bytes); }}", ""]
    if message.is_event or message.is_job:
        field = message.key_field
        text = {"id": f"{field.cpp_name}.text()", "int64": f"std::to_string({field.cpp_name})"}
        lines += [f"std::string {name}::key() const {{ return {text.get(field.kind, field.cpp_name)}; }}", ""]
    return lines


def _methods(contract):
    lines = [f"constexpr std::array<RpcMethod, {len(contract.methods)}> methods = {{{{"]
    for index, method in enumerate(contract.methods):
        repeatable = "true" if method.repeatable else "false"
        lines.append(f"    {{{quoted(contract.name)}, {quoted(method.name)}, {index}, {repeatable}}},")
    return lines + ["}};", ""]


def _direct(contract):
    api = contract.service + "Api"
    lines = [f"class Direct final : public {api} {{", " public:"]
    lines += [f"  Direct(std::shared_ptr<{api}> service, RpcPolicy& policy)"]
    lines += ["      : service_(std::move(service)), policy_(policy) {}", ""]
    for index, method in enumerate(contract.methods):
        lines.append(f"  {_signature(method)} override {{")
        called = f"*service_, &{api}::{method.cpp_name}, policy_, methods[{index}]"
        lines.append(f"    return call_direct({called}, std::move(call), std::move(request));")
        lines.append("  }")
    lines += ["", " private:", f"  std::shared_ptr<{api}> service_;"]
    return lines + ["  [[maybe_unused]] RpcPolicy& policy_;", "};", ""]


def _remote(contract):
    api = contract.service + "Api"
    lines = [f"class Remote final : public {api} {{", " public:"]
    lines += ["  Remote(RpcChannel& channel, RpcPolicy& policy) : channel_(channel), policy_(policy) {}", ""]
    for index, method in enumerate(contract.methods):
        lines.append(f"  {_signature(method)} override {{")
        called = f"channel_, policy_, methods[{index}], std::move(call), request.encode()"
        lines.append(f"    return call_remote<{method.reply_type()}>({called});")
        lines.append("  }")
    lines += ["", " private:", "  [[maybe_unused]] RpcChannel& channel_;"]
    return lines + ["  [[maybe_unused]] RpcPolicy& policy_;", "};", ""]


def _dispatcher(contract):
    api = contract.service + "Api"
    lines = ["class Dispatcher final : public RpcDispatcher {", " public:"]
    lines += [f"  explicit Dispatcher(std::shared_ptr<{api}> service)"]
    lines += ["      : service_(std::move(service)) {}", ""]
    lines += ["  Task<std::string> dispatch(Call call, std::string_view method,"]
    lines += ["                             std::string request) override {"]
    for method in contract.methods:
        lines.append(f"    if (method == {quoted(method.name)}) {{")
        called = f"*service_, &{api}::{method.cpp_name}"
        lines.append(f"      return answer_call({called}, std::move(call), std::move(request));")
        lines.append("    }")
    what = f'"{contract.name} has no method " + std::string(method)'
    lines += [f'    throw Error(ErrorCode::not_found, "unknown_method", {what});']
    lines += ["  }", "", " private:", f"  std::shared_ptr<{api}> service_;", "};", ""]
    return lines


def _contract(contract):
    api = f"{contract.namespace}::{contract.service}Api"
    inner = contract.namespace
    return [
        "",
        "namespace bramble {",
        "",
        "template <>",
        f"const RpcContract& rpc_contract<{api}>() {{",
        "  static const RpcContract contract{",
        f"      {quoted(contract.name)},",
        f"      {inner}::methods,",
        "      [](std::shared_ptr<void> service, RpcPolicy& policy) -> std::shared_ptr<void> {",
        f"        std::shared_ptr<{api}> direct =",
        f"            std::make_shared<{inner}::Direct>(std::static_pointer_cast<{api}>(service), policy);",
        "        return direct;",
        "      },",
        "      [](RpcChannel& channel, RpcPolicy& policy) -> std::shared_ptr<void> {",
        f"        std::shared_ptr<{api}> remote = std::make_shared<{inner}::Remote>(channel, policy);",
        "        return remote;",
        "      },",
        "      [](std::shared_ptr<void> service) -> std::shared_ptr<RpcDispatcher> {",
        f"        return std::make_shared<{inner}::Dispatcher>(std::static_pointer_cast<{api}>(service));",
        "      }};",
        "  return contract;",
        "}",
        "",
        "}  // namespace bramble",
    ]
