// The buyer's event stream (SSE): notices about orders, from a given one on or from now on.
#pragma once

#include "gateways/edge/revocations.h"
#include "gateways/edge/stream_limits.h"
#include "gateways/storefront/services.h"

namespace bramble::storefront {

// All of them must outlive the streams.
struct EventSources {
  notifications::NotificationsApi& notifications;
  const Clock& clock;
  boost::asio::any_io_executor executor;
  edge::Revocations& revocations;
};

class OrderEvents {
 public:
  OrderEvents(EventSources sources, std::shared_ptr<edge::StreamLimits> streams)
      : sources_(std::move(sources)), streams_(std::move(streams)) {}

  Task<HttpResponse> events(edge::HttpCall& http);

 private:
  EventSources sources_;
  std::shared_ptr<edge::StreamLimits> streams_;
};

}  // namespace bramble::storefront
