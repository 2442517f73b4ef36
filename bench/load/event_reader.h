// Reads a text/event-stream from bytes as they come, cut anywhere.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace bramble::load {

struct StreamEvent {
  std::string type;  // "message" where the stream says nothing
  std::string id;    // the last one seen; it stays for events without their own
  std::string data;
};

class EventReader {
 public:
  // Calls `visit` for each event that is complete. Comments and events without data are passed over.
  void feed(std::string_view bytes, const std::function<void(const StreamEvent&)>& visit);

  const std::string& last_id() const { return event_.id; }
  // A new connection begins: what was not complete is forgotten, the last id is not.
  void restart();

 private:
  void take_line(std::string_view line, const std::function<void(const StreamEvent&)>& visit);

  std::string line_;  // of which the end has not come
  bool after_cr_ = false;
  bool has_data_ = false;
  StreamEvent event_;
};

}  // namespace bramble::load
