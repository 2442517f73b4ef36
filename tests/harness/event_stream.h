// A buyer's stream of server-sent events, read as a browser reads it.
#pragma once

#include <optional>

#include "engines/http/loopback.h"

namespace bramble::harness {

struct ServerEvent {
  std::string id;
  std::string type;
  std::string data;
};

class EventStream {
 public:
  // Connected when it returns: what happens from now on will come.
  EventStream(const std::string& storefront, const std::string& access_token,
              const std::string& last_event_id = {});

  int status() const { return status_; }
  // The next event; throws if none comes for ten seconds or the stream ends.
  ServerEvent next();

 private:
  http::Peer peer_;
  int status_ = 0;
};

}  // namespace bramble::harness
