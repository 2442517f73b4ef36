// How many event streams one may keep open: a person so many, of whom the oldest ends when another begins
// (a phone that has changed its network does not say goodbye), and an address so many, after which it is
// refused. Counts live in this process only.
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
  std::size_t of_address = 200;  // of an IPv6 /64 and of an IPv4 address
  bool limit_loopback = true;
};

// From the gateway's section: streams_per_person, streams_per_address, limit_loopback.
StreamRules stream_rules(ModuleHost& host);

class StreamRoom : public std::enable_shared_from_this<StreamRoom> {
 public:
  // A stream's place; given back when it goes.
  class Place {
   public:
    Place(std::shared_ptr<StreamRoom> room, std::string person, std::string address);
    ~Place();
    Place(const Place&) = delete;

    // Another stream of this person has taken it: the stream is to end.
    bool is_taken() const { return taken_; }
    // Called once when it is taken.
    void on_taken(std::function<void()> notify) { notify_ = std::move(notify); }

   private:
    friend class StreamRoom;
    std::shared_ptr<StreamRoom> room_;
    std::string person_;
    std::string address_;  // empty: not counted
    std::function<void()> notify_;
    bool taken_ = false;
  };

  StreamRoom(StreamRules rules, Metrics& metrics, std::string_view server);

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
