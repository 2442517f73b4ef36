#include "gateways/ops/security/security_search.h"

#include "gateways/edge/paging.h"
#include "gateways/ops/names.h"

namespace bramble::ops {

Task<SecurityPage> SecuritySearch::security_events(edge::HttpCall& http, SecurityQuery query) {
  security::SearchRequest request;
  request.kind = std::move(query.kind);
  request.principal = std::move(query.principal);
  request.address = std::move(query.address);
  request.subject = std::move(query.subject);
  request.since = query.since;
  request.until = query.until;
  request.before = query.before;
  request.limit = query.limit.value_or(edge::usual_limit);
  auto found = co_await services_.security.search(http.call, std::move(request));
  Nameless nameless;
  for (const auto& entry : found.items) {
    nameless.add_person(entry.principal);
    nameless.add_person(entry.subject);
  }
  auto names = co_await names_for(name_sources_of(services_), http.call, std::move(nameless));
  co_return SecurityPage{std::move(found.items), found.next, std::move(names)};
}

}  // namespace bramble::ops
