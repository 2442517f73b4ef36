// How engines of the database port carry out Tx::publish and Tx::schedule: one statement each on the tables
// of ports/messages.h. Used by one thread at a time.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"

namespace bramble {

// Random bits for ids, taken from the port in larger pieces.
class EntropyStock {
 public:
  explicit EntropyStock(Random& random) : random_(random) {}
  Entropy take();

 private:
  Random& random_;
  std::string bytes_;
  std::size_t used_ = 0;
};

class MessageWriter {
 public:
  explicit MessageWriter(Random& random) : entropy_(random) {}

  // What follows belongs to a unit of this call, which outlives it.
  void start(const Call& call);
  void continue_trace(std::string_view trace) { trace_ = trace; }
  // Returns the event as it was stored, but for its number.
  PublishedEvent publish(Tx& tx, const Envelope& event);
  void schedule(Tx& tx, const Envelope& job, Time at);
  // What there was since `start`.
  bool published() const { return published_; }
  std::optional<Time> first_job() const { return first_job_; }

 private:
  const std::string& trace();

  EntropyStock entropy_;
  const Call* call_ = nullptr;
  std::string trace_;
  bool published_ = false;
  std::optional<Time> first_job_;
};

}  // namespace bramble
