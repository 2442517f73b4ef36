// The gateways' OpenAPI documents, held against what is answered: the status is described, the body has the
// type, the fields and the values that its schema says, and no field that it does not name.
#pragma once

#include <map>
#include <set>

#include "tests/harness/client.h"

namespace bramble::journeys {

using namespace harness;

class OpenApi {
 public:
  // `gateways`: name → address.
  OpenApi(Client& client, std::map<std::string, std::string> gateways);

  // Sends the request of a route ("POST /api/v1/orders") of a gateway; what is answered, held against the
  // document.
  Reply ask(const std::string& gateway, const std::string& route, HttpClientRequest request);
  // Routes that answer JSON or nothing, and that nobody has asked.
  std::set<std::string> unasked() const;

 private:
  Client& client_;
  std::map<std::string, JsonDocument> documents_;
  std::set<std::string> asked_;
};

}  // namespace bramble::journeys
