"""Reads the options of bramble/options.proto from a descriptor, whichever protobuf is installed."""

from google.protobuf.descriptor_pb2 import FieldDescriptorProto

VARINT_TYPES = (
    FieldDescriptorProto.TYPE_INT64,
    FieldDescriptorProto.TYPE_UINT32,
    FieldDescriptorProto.TYPE_INT32,
    FieldDescriptorProto.TYPE_BOOL,
    FieldDescriptorProto.TYPE_ENUM,
)


def extensions_of(file):
    """{extendee: {number: extension}} of the extensions that a file declares."""
    found = {}
    for extension in file.extension:
        found.setdefault(extension.extendee.rsplit(".", 1)[1], {})[extension.number] = extension
    return found


class Options:
    """The bramble options of one element: `get` gives what was said, or the default."""

    def __init__(self, message, extensions):
        self.values = {}
        for number, value in _fields(message.SerializeToString()):
            extension = extensions.get(number)
            if extension is None:
                continue
            value = _typed(value, extension)
            if extension.label == FieldDescriptorProto.LABEL_REPEATED:
                self.values.setdefault(extension.name, []).append(value)
            else:
                self.values[extension.name] = value

    def get(self, name, default=None):
        return self.values.get(name, default)


def _typed(value, extension):
    if extension.type == FieldDescriptorProto.TYPE_STRING:
        return value.decode("utf-8")
    if extension.type == FieldDescriptorProto.TYPE_BOOL:
        return value != 0
    if extension.type in VARINT_TYPES:
        return value - (1 << 64) if value >= 1 << 63 else value
    return value


def _fields(data):
    """(number, varint or bytes) of each field in protobuf's wire format."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == 0:
            value, at = _varint(data, at)
        elif kind == 2:
            length, at = _varint(data, at)
            value, at = data[at : at + length], at + length
        else:
            width = 8 if kind == 1 else 4
            value, at = data[at : at + width], at + width
        yield tag >> 3, value


def _varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
