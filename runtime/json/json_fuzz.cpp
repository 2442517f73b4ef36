// Any bytes as a JSON body and as a query: what is accepted reads the same after it was written again.
#include "runtime/json/http_input.h"
#include "runtime/json/json_write.h"

namespace {

void write_again(bramble::JsonWriter& out, bramble::JsonValue value) {
  using bramble::JsonKind;
  switch (value.kind()) {
    case JsonKind::missing:
    case JsonKind::null: return out.null();
    case JsonKind::boolean: return out.boolean(value.boolean());
    case JsonKind::integer: return out.integer(value.integer());
    case JsonKind::real: return out.number(value.number());
    case JsonKind::text: return out.text(value.text());
    case JsonKind::array:
      out.begin_array();
      for (auto item : value) write_again(out, item);
      return out.end_array();
    case JsonKind::object:
      out.begin_object();
      for (auto member : value) {
        out.name(member.name());
        write_again(out, member);
      }
      return out.end_object();
  }
}

std::string text_of(const bramble::JsonDocument& document) {
  bramble::JsonWriter out;
  write_again(out, document.root());
  return out.take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  using namespace bramble;
  try {
    auto first = text_of(JsonDocument::parse(bytes));
    // A number beyond a double is written as null, which then stays.
    auto second = text_of(JsonDocument::parse(first));
    if (text_of(JsonDocument::parse(second)) != second) __builtin_trap();
  } catch (const Error&) {
  }
  static constexpr std::array<InputField, 4> fields = {{{"a", InputKind::text, false, true},
                                                        {"b", InputKind::integer},
                                                        {"c", InputKind::real},
                                                        {"d", InputKind::boolean}}};
  try {
    HttpRequest request;
    request.query = bytes;
    JsonErrors errors;
    auto input = read_http_input(request, {}, fields, false, errors);
    text_of(input);
    errors.throw_if_any();
  } catch (const Error&) {
  }
  return 0;
}
