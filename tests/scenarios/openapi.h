// The gateways' OpenAPI documents, held against what is answered: the status is described, the body has the
// type, the fields and the values that its schema says, and no field that it does not name.
#pragma once

#include <map>
#include <set>

#include "tests/scenarios/web.h"

namespace bramble::scenarios {

class OpenApi {
 public:
  // `gateways`: name → address.
  OpenApi(Web& web, std::map<std::string, std::string> gateways);

  // Sends the request of a route ("POST /api/v1/orders") of a gateway; what is answered, held against the
  // document.
  Answer ask(const std::string& gateway, const std::string& route, HttpClientRequest request);
  // Routes that answer JSON or nothing, and that nobody has asked.
  std::set<std::string> unasked() const;

 private:
  Web& web_;
  std::map<std::string, JsonDocument> documents_;
  std::set<std::string> asked_;
};

}  // namespace bramble::scenarios
