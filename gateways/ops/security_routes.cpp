// Searching the security log.
#include "gateways/ops/ops_gateway.h"

namespace bramble::ops {

Task<security::SearchReply> OpsGateway::security_events(edge::HttpCall& http, SecurityQuery query) {
  constexpr std::int64_t usual_limit = 25;
  security::SearchRequest request;
  request.kind = std::move(query.kind);
  request.principal = std::move(query.principal);
  request.address = std::move(query.address);
  request.subject = std::move(query.subject);
  request.since = query.since;
  request.until = query.until;
  request.before = query.before;
  request.limit = query.limit.value_or(usual_limit);
  co_return co_await services_.security.search(http.call, std::move(request));
}

}  // namespace bramble::ops
