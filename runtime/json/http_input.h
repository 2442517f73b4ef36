// The request of a route as one JSON object, from path, query and body, so that one set of rules checks it.
// Fields of the path win.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "ports/http.h"
#include "runtime/json/json_read.h"

namespace bramble {

enum class InputKind : std::uint8_t { text, integer, real, boolean };

// A field of a request that does not come from its body.
struct InputField {
  std::string_view name;
  InputKind kind = InputKind::text;
  bool in_path = false;
  bool repeated = false;
};

using PathValues = std::map<std::string, std::string, std::less<>>;

// Whether there is a body and its media type is JSON.
bool has_json_body(const HttpRequest& request);

// Adds values of a wrong type, and text that is not UTF-8, to `errors`. Empty query values count as absent.
// Throws Error invalid "malformed_json", or "unsupported_media_type" (status 415) for a body that is not
// JSON.
JsonDocument read_http_input(const HttpRequest& request, const PathValues& path,
                             std::span<const InputField> fields, bool has_body, JsonErrors& errors);

// A response with a JSON body.
HttpResponse json_response(int status, HttpHeaders headers, std::string body);

}  // namespace bramble
