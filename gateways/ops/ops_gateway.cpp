#include "gateways/ops/ops_gateway.h"

namespace bramble::ops {

Task<HttpResponse> OpsGateway::openapi(edge::HttpCall&) {
  HttpResponse response;
  response.headers.add("Content-Type", "application/json");
  response.body = ops_openapi();
  co_return response;
}

}  // namespace bramble::ops
