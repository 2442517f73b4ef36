"""What a contract says, resolved: messages, enums, methods, their C++ names and their options."""

import functools
import os
import re

from google.protobuf.descriptor_pb2 import FieldDescriptorProto as Proto

from options import Options, extensions_of

KEYWORDS = set(
    """
    alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t
    char32_t class compl concept const consteval constexpr constinit const_cast continue co_await
    co_return co_yield decltype default delete do double dynamic_cast else enum explicit export
    extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq
    nullptr operator or or_eq private protected public register reinterpret_cast requires return
    short signed sizeof static static_assert static_cast struct switch template this thread_local
    throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while
    xor xor_eq
    """.split()
)
SCALARS = {
    Proto.TYPE_INT64: "int64",
    Proto.TYPE_INT32: "int32",
    Proto.TYPE_UINT32: "uint32",
    Proto.TYPE_BOOL: "bool",
    Proto.TYPE_DOUBLE: "double",
    Proto.TYPE_STRING: "string",
    Proto.TYPE_BYTES: "bytes",
}
CPP_SCALARS = {
    "int64": "std::int64_t",
    "int32": "std::int32_t",
    "uint32": "std::uint32_t",
    "bool": "bool",
    "double": "double",
    "string": "std::string",
    "bytes": "std::string",
    "time": "Time",
    "money": "Money",
    "empty": "Empty",
}
PATTERNS = ("phone", "code", "word", "email", "currency", "idempotency", "barcode")
AUTH_WORDS = ("nobody", "optional", "buyer", "staff")


class ContractError(Exception):
    """Something in a contract that no code can be made of."""


def snake(name):
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()


@functools.cache
def id_prefixes():
    """{"Order": "ord"}: the id types of base/ids.h."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    with open(os.path.join(root, "base/ids.h"), encoding="utf-8") as header:
        return dict(re.findall(r'^using (\w+)Id = Id<"(\w+)">;', header.read(), re.MULTILINE))


def cpp_word(name):
    return name + "_" if name in KEYWORDS else name


class Field:
    def __init__(self, contract, message, proto, options, comment):
        self.contract = contract
        self.message = message
        self.name = proto.name
        self.cpp_name = cpp_word(proto.name)
        self.number = proto.number
        self.options = options
        self.comment = comment
        self.type_name = proto.type_name  # ".bramble.inventory.Line"
        self.proto_type = proto.type
        self.repeated = proto.label == Proto.LABEL_REPEATED
        self.optional = proto.proto3_optional
        self.is_map = False
        self.kind = None  # int64 … bytes, id, time, money, empty, enum, message
        self.target = None  # Message or Enum
        if proto.HasField("oneof_index") and not proto.proto3_optional:
            self.fail("oneof has no form in C++ here: use optional fields")

    def fail(self, what):
        raise ContractError(f"{self.contract.path}: {self.message.name}.{self.name}: {what}")

    def resolve(self, types, map_entries):
        if self.type_name in map_entries:
            key, value = map_entries[self.type_name]
            if key.type != Proto.TYPE_STRING:
                self.fail("a map has string keys")
            self.is_map, self.repeated = True, False
            self.proto_type, self.type_name = value.type, value.type_name
        if self.type_name:
            self.kind = {".bramble.Money": "money", ".bramble.Empty": "empty"}.get(self.type_name)
            if self.kind is None:
                self.target = types[self.type_name]
                self.kind = "enum" if isinstance(self.target, Enum) else "message"
        elif self.proto_type in SCALARS:
            self.kind = SCALARS[self.proto_type]
        else:
            self.fail("this type is not for contracts: int64, int32, uint32, bool, double, string, bytes")
        self._resolve_options()

    def _resolve_options(self):
        if self.options.get("id"):
            if self.kind != "string":
                self.fail("(bramble.id) is for string fields")
            if self.options.get("id") not in id_prefixes():
                self.fail(f"base/ids.h has no {self.options.get('id')}Id")
            self.kind = "id"
        if self.options.get("time"):
            if self.kind != "int64":
                self.fail("(bramble.time) is for int64 fields")
            self.kind = "time"
        pattern = self.options.get("pattern")
        if pattern and (pattern not in PATTERNS or self.kind != "string"):
            self.fail(f"(bramble.pattern) is for string fields and one of {', '.join(PATTERNS)}")
        if self.words and self.kind != "string":
            self.fail("(bramble.one_of) is for string fields")

    @property
    def words(self):
        """The words that a text may be; none: any."""
        return self.options.get("one_of", [])

    @property
    def choice(self):
        """(field, word) of the choice that this field belongs to, or None."""
        text = self.options.get("with_choice")
        return tuple(text.split("=", 1)) if text else None

    @property
    def is_required(self):
        """Whether it must be given, by itself or with the choice that it belongs to."""
        must = self.options.get("required") or self.choice
        return bool(must) and not self.options.get("required_unless")

    @property
    def is_plain(self):
        """Whether each of its values can stand in a URL."""
        return not self.is_map and self.kind not in ("message", "money", "empty", "bytes")

    @property
    def element_type(self):
        if self.kind == "id":
            return self.options.get("id") + "Id"
        if self.target:
            return self.target.name_from(self.contract)
        return CPP_SCALARS[self.kind]

    @property
    def cpp_type(self):
        if self.is_map:
            return f"std::map<std::string, {self.element_type}>"
        if self.repeated:
            return f"std::vector<{self.element_type}>"
        return f"std::optional<{self.element_type}>" if self.optional else self.element_type

    @property
    def initialiser(self):
        if self.is_map or self.repeated or self.optional:
            return ""
        if self.kind == "enum":
            return f" = {self.element_type}::{self.target.values[0].cpp_name}"
        if self.kind == "bool":
            return " = false"
        return " = 0" if self.kind in ("int64", "int32", "uint32", "double") else ""


class Message:
    def __init__(self, contract, name, full_name, options, comment):
        self.contract = contract
        self.name = name
        self.full_name = full_name
        self.comment = comment
        self.options = options
        self.fields = []
        self.is_event = bool(options.get("event"))
        self.is_job = bool(options.get("job"))

    def name_from(self, contract):
        return self.name if contract is self.contract else f"{self.contract.namespace}::{self.name}"

    @property
    def key_field(self):
        return next((field for field in self.fields if field.options.get("key")), None)

    def check(self):
        taken = {"encode", "decode"}
        if self.is_event or self.is_job:
            taken |= {"type", "key"}
            if self.key_field is None:
                where = f"{self.contract.path}: {self.name}"
                raise ContractError(f"{where}: an event or job needs a field with (bramble.key)")
            key = self.key_field
            if key.kind not in ("string", "id", "int64") or key.optional or key.repeated:
                key.fail("the key is a string, an id or an int64, and always there")
        for field in self.fields:
            if field.name in taken:
                field.cpp_name = field.name + "_"
            self._check_relations(field)

    def _check_relations(self, field):
        if field.options.get("with_choice"):
            chooser = self.named(field.choice[0])
            if chooser is None or field.choice[-1] not in chooser.words:
                field.fail('(bramble.with_choice) is like "type=card", a word of another field')
        other = field.options.get("together_with")
        if other and self.named(other) is None:
            field.fail(f"the message has no {other}")
        other = field.options.get("required_unless")
        partner = self.named(other)
        if other and (not partner or partner.options.get("required_unless") != field.name):
            field.fail(f"(bramble.required_unless) is said on both: {other} does not name this field")
        if other and partner.choice != field.choice:
            field.fail(f"{other} belongs to another choice")
        if field.options.get("unique") and not (field.repeated and field.kind == "string"):
            field.fail("(bramble.unique) is for lists of texts")

    def named(self, name):
        return next((field for field in self.fields if field.name == name), None)

    @property
    def alternatives(self):
        """[(field, field)] of which one must be given."""
        pairs = [(field, self.named(field.options.get("required_unless"))) for field in self.fields]
        return [(one, other) for one, other in pairs if other and one.number < other.number]

    @property
    def chooser(self):
        """The field by whose word the others are told apart, or None."""
        choices = {field.choice[0] for field in self.fields if field.choice}
        if len(choices) > 1:
            both = ", ".join(sorted(choices))
            raise ContractError(f"{self.contract.path}: {self.name} has two choices: {both}")
        return self.named(choices.pop()) if choices else None


class EnumValue:
    def __init__(self, name, number, comment):
        self.cpp_name = cpp_word(name.lower())
        self.word = name
        self.number = number
        self.comment = comment


class Enum:
    def __init__(self, contract, name, proto, options, comments):
        self.contract = contract
        self.name = name
        self.full_name = f"{contract.package}.{name}"
        self.comment, value_comments = comments
        prefix = snake(proto.name).upper() + "_"
        self.values = []
        for value, comment in zip(proto.value, value_comments):
            word = value.name[len(prefix) :] if value.name.startswith(prefix) else value.name
            if word[0].isdigit():
                word = value.name
            made = EnumValue(word, value.number, comment)
            made.word = word.lower() if options.get("lower") else word.upper()
            self.values.append(made)

    def name_from(self, contract):
        return self.name if contract is self.contract else f"{self.contract.namespace}::{self.name}"


class Method:
    def __init__(self, contract, proto, options, comment):
        self.contract = contract
        self.name = snake(proto.name)
        self.cpp_name = cpp_word(self.name)
        self.proto = proto
        self.options = options
        self.comment = comment
        self.request = self.reply = None  # Message, or None for bramble.Empty
        self.repeatable = bool(options.get("repeatable"))
        self.raw = bool(options.get("raw"))
        self.verb, self.path, self.path_names = None, None, []
        if options.get("http"):
            self._read_http(options.get("http"))

    def fail(self, what):
        raise ContractError(f"{self.contract.path}: {self.proto.name}: {what}")

    def _read_http(self, text):
        found = re.fullmatch(r"(GET|PUT|POST|PATCH|DELETE) (/\S*)", text)
        if not found:
            self.fail('(bramble.http) is like "GET /api/v1/products/{product_id}"')
        self.verb, self.path = found.groups()
        self.path_names = re.findall(r"\{(\w+)\}", self.path)

    @property
    def has_body(self):
        return self.verb in ("POST", "PUT", "PATCH")

    @property
    def status(self):
        return self.options.get("status", 200)

    @property
    def auth(self):
        return AUTH_WORDS[self.options.get("access", 0)]

    def resolve(self, types):
        if self.proto.client_streaming or self.proto.server_streaming:
            self.fail("streams have no form here")
        self.request = self._type(types, self.proto.input_type)
        self.reply = self._type(types, self.proto.output_type)
        if self.verb and not self.raw:
            self._check_route()

    def _type(self, types, name):
        return None if name == ".bramble.Empty" else types[name]

    def _check_route(self):
        fields = {field.name: field for field in self.request.fields} if self.request else {}
        for name in self.path_names:
            field = fields.get(name)
            if field is None or field.repeated or not field.is_plain:
                self.fail(f"{{{name}}} is not a plain field of the request")
        if not self.has_body:
            for field in fields.values():
                if not field.is_plain or field.choice:
                    self.fail(f"{field.name} cannot come from a query string")

    def request_type(self):
        return self.request.name_from(self.contract) if self.request else "Empty"

    def reply_type(self):
        return self.reply.name_from(self.contract) if self.reply else "Empty"


class Contract:
    def __init__(self, file):
        self.path = file.name
        self.package = file.package
        self.stem = file.name[: -len(".proto")]
        self.name = self.stem.rsplit("/", 1)[-1]
        parts = file.package.split(".")
        if parts[0] != "bramble":
            raise ContractError(f"{file.name}: the package begins with bramble.")
        self.namespace = "::".join(parts[1:])
        self.topic = ".".join(parts[1:])
        self.messages, self.enums, self.methods = [], [], []
        self.service = None
        self.service_comment = ""
        self.imports = []  # Contracts

    @property
    def full_namespace(self):
        return "bramble::" + self.namespace if self.namespace else "bramble"

    @property
    def is_gateway(self):
        return any(method.verb for method in self.methods)

    def event_type(self, message):
        return f"{self.topic}.{message.name}"


class _Loader:
    """Fills a Contract from its FileDescriptorProto."""

    def __init__(self, file, contract, extensions, types, map_entries):
        self.file, self.contract, self.extensions = file, contract, extensions
        self.types, self.map_entries = types, map_entries
        self.comments = {}
        for location in file.source_code_info.location:
            text = (location.leading_comments or location.trailing_comments).strip("\n")
            if text:
                self.comments[tuple(location.path)] = text

    def options(self, proto, kind):
        return Options(proto.options, self.extensions.get(kind, {}))

    def comment(self, *path):
        return self.comments.get(path, "")

    def load(self):
        prefix = f".{self.file.package}"
        for index, enum in enumerate(self.file.enum_type):
            self._enum(enum, "", prefix, (5, index))
        for index, message in enumerate(self.file.message_type):
            self._message(message, "", prefix, (4, index))
        self._service()

    def _enum(self, proto, outer, prefix, path):
        comments = (self.comment(*path), [self.comment(*path, 2, i) for i in range(len(proto.value))])
        enum = Enum(self.contract, outer + proto.name, proto, self.options(proto, "EnumOptions"), comments)
        self.contract.enums.append(enum)
        self.types[f"{prefix}.{proto.name}"] = enum

    def _message(self, proto, outer, prefix, path):
        full = f"{prefix}.{proto.name}"
        if proto.options.map_entry:
            self.map_entries[full] = (proto.field[0], proto.field[1])
            return
        for index, enum in enumerate(proto.enum_type):
            self._enum(enum, outer + proto.name, full, (*path, 4, index))
        for index, nested in enumerate(proto.nested_type):
            self._message(nested, outer + proto.name, full, (*path, 3, index))
        options = self.options(proto, "MessageOptions")
        message = Message(self.contract, outer + proto.name, full, options, self.comment(*path))
        for index, field in enumerate(proto.field):
            field_options, comment = self.options(field, "FieldOptions"), self.comment(*path, 2, index)
            message.fields.append(Field(self.contract, message, field, field_options, comment))
        self.contract.messages.append(message)
        self.types[full] = message

    def _service(self):
        if len(self.file.service) > 1:
            raise ContractError(f"{self.file.name}: one service a contract")
        for service in self.file.service:
            self.contract.service = service.name
            self.contract.service_comment = self.comment(6, 0)
            for index, proto in enumerate(service.method):
                options, comment = self.options(proto, "MethodOptions"), self.comment(6, 0, 2, index)
                self.contract.methods.append(Method(self.contract, proto, options, comment))


def _in_order(contract):
    """Messages such that what a struct holds by value stands before it."""
    done, under_way, order = set(), set(), []

    def visit(message):
        if message.full_name in done:
            return
        if message.full_name in under_way:
            what = f"{message.name} contains itself other than in a repeated field"
            raise ContractError(f"{contract.path}: {what}")
        under_way.add(message.full_name)
        for field in message.fields:
            if field.kind == "message" and field.target.contract is contract:
                if not (field.repeated and field.target is message):
                    visit(field.target)
        done.add(message.full_name)
        order.append(message)

    for message in contract.messages:
        visit(message)
    return order


def load_contracts(request):
    """{path: Contract} of all files that the request brings along."""
    extensions = {}
    for file in request.proto_file:
        if file.name == "bramble/options.proto":
            extensions = extensions_of(file)
    contracts, types, map_entries = {}, {}, {}
    for file in request.proto_file:
        if file.name.startswith(("google/protobuf/", "bramble/options.proto")):
            continue
        contract = Contract(file)
        contract.imports = [contracts[name] for name in file.dependency if name in contracts]
        contracts[file.name] = contract
        _Loader(file, contract, extensions, types, map_entries).load()
        for message in contract.messages:
            for field in message.fields:
                field.resolve(types, map_entries)
            message.check()
        for method in contract.methods:
            method.resolve(types)
        contract.messages = _in_order(contract)
        if contract.is_gateway and not all(method.verb for method in contract.methods):
            raise ContractError(f"{file.name}: every method of a gateway has (bramble.http)")
    return contracts
