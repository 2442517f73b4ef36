// Implements Tx::publish and Tx::schedule for the engines of the database port: one statement each on the
// tables of ports/messages.h. Not thread-safe.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"

namespace bramble {

// A buffer of random bits for ids: asks the port for many at once.
class RandomBuffer {
 public:
  explicit RandomBuffer(Random& random) : random_(random) {}
  Entropy take();

 private:
  Random& random_;
  std::string bytes_;
  std::size_t used_ = 0;
};

class MessageWriter {
 public:
  explicit MessageWriter(Random& random) : entropy_(random) {}

  // Begins a unit of this call. The call outlives the unit.
  void start(const Call& call);
  void continue_trace(std::string_view trace) { trace_ = trace; }
  // Returns the event as it is stored, without its number.
  PublishedEvent publish(Tx& tx, const Envelope& event);
  void schedule(Tx& tx, const Envelope& job, Time at);
  // Since `start`.
  bool published() const { return published_; }
  std::optional<Time> first_job() const { return first_job_; }

 private:
  const std::string& trace();

  RandomBuffer entropy_;
  const Call* call_ = nullptr;
  std::string trace_;
  bool published_ = false;
  std::optional<Time> first_job_;
};

}  // namespace bramble
