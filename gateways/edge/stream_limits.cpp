#include "gateways/edge/stream_limits.h"

#include "base/error.h"
#include "base/ip_address.h"

namespace bramble::edge {
namespace {

std::size_t number(ModuleHost& host, std::string_view key, std::int64_t otherwise) {
  return static_cast<std::size_t>(host.setting(key, otherwise, 1, 100'000));
}

}  // namespace

StreamRules stream_rules(ModuleHost& host) {
  return {number(host, "streams_per_person", 10), number(host, "streams_per_address", 200),
          host.setting("limit_loopback", !host.sandboxed())};
}

StreamLimits::Place::Place(std::shared_ptr<StreamLimits> limits, std::string person, std::string address)
    : limits_(std::move(limits)), person_(std::move(person)), address_(std::move(address)) {}

StreamLimits::Place::~Place() { limits_->leave(*this); }

StreamLimits::StreamLimits(StreamRules rules, Metrics& metrics, std::string_view server)
    : rules_(rules),
      taken_(metrics.counter("bramble_streams_replaced_total",
                             "Event streams ended because their person opened more.", {{"server", server}})),
      refused_(metrics.counter("bramble_streams_refused_total",
                               "Event streams refused because their address has too many.",
                               {{"server", server}})) {}

std::shared_ptr<StreamLimits::Place> StreamLimits::enter(const HttpCall& http) {
  const auto& remote = http.request->remote_address;
  auto address = rules_.limit_loopback || !is_loopback(remote) ? one_client(remote) : std::string();
  if (!address.empty()) {
    auto found = by_address_.find(address);
    if (found != by_address_.end() && found->second >= rules_.of_address) {
      refused_.add();
      throw Error(ErrorCode::exhausted, "too_many_streams", "Too many event streams from your address.");
    }
    ++by_address_[address];
  }
  auto place = std::make_shared<Place>(shared_from_this(), http.call.caller.id, std::move(address));
  auto& own = by_person_[place->person_];
  own.push_back(place.get());
  ++open_;
  if (own.size() > rules_.of_person) {
    // The oldest stays in the list until its stream has ended; streams that are ending already are skipped.
    auto oldest = std::find_if(own.begin(), own.end(), [](const auto* one) { return !one->taken_; });
    (*oldest)->taken_ = true;
    taken_.add();
    if (auto notify = std::exchange((*oldest)->notify_, nullptr)) notify();
  }
  return place;
}

void StreamLimits::leave(const Place& place) {
  auto own = by_person_.find(place.person_);
  own->second.remove(const_cast<Place*>(&place));
  if (own->second.empty()) by_person_.erase(own);
  --open_;
  if (place.address_.empty()) return;
  auto of_address = by_address_.find(place.address_);
  if (--of_address->second == 0) by_address_.erase(of_address);
}

}  // namespace bramble::edge
