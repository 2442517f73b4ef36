// Limits of open event streams. A person over the limit loses the oldest stream to the new one, because a
// phone that changes its network does not close its stream. An address over the limit is refused. Counts live
// in this process only.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "gateways/edge/route.h"
#include "runtime/module.h"

namespace bramble::edge {

struct StreamRules {
  std::size_t of_person = 10;
  std::size_t of_address = 200;  // an IPv4 address or an IPv6 /64
  bool limit_loopback = true;
};

// From the gateway's section: streams_per_person, streams_per_address, limit_loopback.
StreamRules stream_rules(ModuleHost& host);

class StreamLimits : public std::enable_shared_from_this<StreamLimits> {
 public:
  // A stream's place; its destructor gives it back.
  class Place {
   public:
    Place(std::shared_ptr<StreamLimits> limits, std::string person, std::string address);
    ~Place();
    Place(const Place&) = delete;

    // A newer stream of this person has taken the place, so this one must end.
    bool is_taken() const { return taken_; }
    // `notify` is called once, when the place is taken.
    void on_taken(std::function<void()> notify) { notify_ = std::move(notify); }

   private:
    friend class StreamLimits;
    std::shared_ptr<StreamLimits> limits_;
    std::string person_;
    std::string address_;  // empty: not counted
    std::function<void()> notify_;
    bool taken_ = false;
  };

  StreamLimits(StreamRules rules, Metrics& metrics, std::string_view server);

  // For the caller of the request. Throws Error exhausted "too_many_streams".
  std::shared_ptr<Place> enter(const HttpCall& http);
  std::size_t open() const { return open_; }

 private:
  void leave(const Place& place);

  StreamRules rules_;
  std::unordered_map<std::string, std::list<Place*>> by_person_;  // oldest first
  std::unordered_map<std::string, std::size_t> by_address_;
  std::size_t open_ = 0;
  Counter& taken_;
  Counter& refused_;
};

}  // namespace bramble::edge
