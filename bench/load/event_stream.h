// A stream of server-sent events that is opened again when it breaks, with the last id, so that nothing is
// missed.
#pragma once

#include <functional>
#include <string>

#include "bench/load/answer_reader.h"
#include "bench/load/event_reader.h"
#include "bench/load/socket.h"

namespace bramble::load {

class EventStream : public Socket {
 public:
  using Visit = std::function<void(const StreamEvent&)>;

  EventStream(Loop& loop, Endpoint endpoint, std::string path, Visit visit)
      : Socket(loop, std::move(endpoint)), path_(std::move(path)), visit_(std::move(visit)) {}

  // `authorisation` is a whole header line with its end; the next opening uses it.
  void authorise(std::string authorisation) { authorisation_ = std::move(authorisation); }
  void open();
  void stop();

  bool is_open() const { return open_; }
  int refusals() const { return refusals_; }  // times it broke or was refused
  const std::string& last_failure() const { return last_failure_; }

 private:
  void on_bytes(std::string_view bytes) override;
  void on_closed(std::string_view why) override;
  void lose(std::string why);

  std::string path_;
  Visit visit_;
  std::string authorisation_;
  std::string head_;  // until it is complete
  bool open_ = false;
  bool stopped_ = false;
  bool chunked_ = false;
  int refusals_ = 0;
  std::string last_failure_;
  std::string body_;
  ChunkReader chunks_;
  EventReader events_;
};

}  // namespace bramble::load
