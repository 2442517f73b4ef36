// Failures as answers: RFC 9457 problem+json, the one place where an Error becomes an HTTP status.
// What is written is always valid JSON in valid UTF-8, whatever the texts hold; an internal Error's message
// stays inside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ports/http.h"

namespace bramble {

// 400, 401, 403, 404, 409, 429, 503, 504, 500.
int http_status(ErrorCode code);

// The standard phrase of a status: "Not Found"; "Unknown" for what has none.
std::string_view http_phrase(int status);

// Appends the text as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& json, std::string_view text);

// `fields` is written as "errors" when there are any; `extra` is further members as JSON: `"a":1,"b":"c"`.
// An empty title stands for the phrase of the status. Adds WWW-Authenticate to a 401 and Retry-After to 429
// and 503.
HttpResponse problem_response(int status, std::string_view code, std::string_view title,
                              std::string_view detail, std::string_view request_id,
                              const std::vector<FieldError>& fields = {}, std::string_view extra = {});

// What failed inside names addresses, files and statements: who asked reads only that it failed
// (hidden_detail_of), and the request's id, by which the log tells the rest.
HttpResponse problem_response(const Error& error, std::string_view request_id);

// What is said instead of the message of such an Error; empty for those whose message is for who asked.
std::string_view hidden_detail_of(ErrorCode code);

}  // namespace bramble
