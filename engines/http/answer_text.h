// The bytes of an answer's header, and of the engine's own answers.
#pragma once

#include <string>

#include "engines/http/request_reader.h"
#include "ports/http.h"

namespace bramble::http {

enum class Framing { length, chunked, until_close };

struct AnswerForm {
  Framing framing = Framing::length;
  bool keep_alive = true;
  bool http_1_0 = false;
  bool secure = false;    // the client came over TLS
  std::string_view date;  // "Mon, 23 Nov 2026 10:00:00 GMT"
};

// Appends status line and header with the empty line. The body's length comes from `response.body`; fields of
// the handler that speak of framing or of the connection are left out, and line breaks in values become
// spaces. What keeps browsers from mischief is added where the handler has not said it.
void append_answer_head(std::string& out, const HttpResponse& response, const AnswerForm& form);

// Whether a status has a body at all.
bool has_body(int status);

// An id for a request that has none from a gateway: 32 random hexadecimal digits.
std::string random_request_id();

HttpResponse refusal_response(const RequestError& refusal);
// The answer for what a handler threw.
HttpResponse failure_response(std::exception_ptr failure);

// The present as the Date header wants it.
std::string http_date(std::int64_t unix_seconds);

}  // namespace bramble::http
