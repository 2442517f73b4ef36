// Errors as RFC 9457 problem+json: the only place where an Error becomes an HTTP status. The output is always
// valid JSON in UTF-8, whatever the texts contain. The message of an internal Error is not shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ports/http.h"

namespace bramble {

// 400, 401, 403, 404, 409, 429, 503, 504, 500.
int http_status(ErrorCode code);

// The standard phrase of a status: "Not Found"; "Unknown" if it has none.
std::string_view http_phrase(int status);

// Appends the text as a JSON string, with quotes. Bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& json, std::string_view text);

// `fields` become the member "errors", if there are any. `extra` has further members as JSON:
// `"a":1,"b":"c"`. An empty title means the phrase of the status. Adds WWW-Authenticate to 401, and
// Retry-After to 429 and 503.
HttpResponse problem_response(int status, std::string_view code, std::string_view title,
                              std::string_view detail, std::string_view request_id,
                              const std::vector<FieldError>& fields = {}, std::string_view extra = {});

// The message of an internal failure names addresses, files and statements. The client therefore reads only a
// general text (hidden_detail_of) and the request id, which leads to the details in the log.
HttpResponse problem_response(const Error& error, std::string_view request_id);

// The general text that replaces the message of such an Error; empty if the message may be shown.
std::string_view hidden_detail_of(ErrorCode code);

}  // namespace bramble
