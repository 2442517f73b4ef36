// An HTTP answer as tests read it.
#pragma once

#include <string>
#include <string_view>

#include "ports/http.h"
#include "runtime/json/json.h"

namespace bramble::harness {

class Reply {
 public:
  Reply() = default;
  Reply(int status_code, HttpHeaders header_fields, std::string text);

  int status = 0;  // 0: no whole answer came
  HttpHeaders headers;
  std::string body;

  bool ok() const { return status >= 200 && status < 300; }
  std::string header(std::string_view name) const { return std::string(headers.get(name)); }
  // All header lines, each with its line end.
  std::string head() const;
  // An empty object if the body is not JSON.
  const JsonDocument& json() const { return json_; }
  JsonValue operator[](std::string_view member) const { return json_.root()[member]; }
  // A member of the body as text; empty if there is none.
  std::string text(std::string_view member) const { return std::string((*this)[member].text()); }
  // The code of a problem document.
  std::string code() const { return text("code"); }

 private:
  JsonDocument json_ = JsonDocument::empty_object();
};

// Throws std::runtime_error unless the reply has the status wanted.
void require(const Reply& reply, int wanted, const std::string& what);

// The member of the first item of a list. Throws std::runtime_error if there is none.
std::string first_of(const Reply& reply, std::string_view member);

}  // namespace bramble::harness
