#include "ports/message_writer.h"

#include <cstring>

namespace bramble {
namespace {

constexpr std::size_t entropy_piece = 64 * sizeof(Entropy);

constexpr Sql publish_sql =
    "INSERT INTO outbox (event_id, type, key, payload, trace, created_at) VALUES ($1, $2, $3, $4, $5, $6)";

constexpr Sql schedule_sql =
    "INSERT INTO jobs (job_id, type, key, payload, trace, run_at, created_at) VALUES ($1, $2, $3, $4, $5, "
    "$6, $7)"
    " ON CONFLICT (type, key) DO UPDATE SET job_id = excluded.job_id, payload = excluded.payload,"
    " trace = excluded.trace, run_at = excluded.run_at, created_at = excluded.created_at, attempts = 0,"
    " last_error = '', dead_at = NULL";

}  // namespace

Entropy RandomBuffer::take() {
  if (used_ + sizeof(Entropy) > bytes_.size()) {
    bytes_ = random_.bytes(entropy_piece);
    used_ = 0;
  }
  Entropy entropy;
  std::memcpy(&entropy, bytes_.data() + used_, sizeof(Entropy));
  used_ += sizeof(Entropy);
  return entropy;
}

void MessageWriter::start(const Call& call) {
  call_ = &call;
  trace_.clear();
  published_ = false;
  first_job_ = std::nullopt;
}

const std::string& MessageWriter::trace() {
  if (trace_.empty()) trace_ = to_traceparent(call_->trace);
  return trace_;
}

PublishedEvent MessageWriter::publish(Tx& tx, const Envelope& event) {
  std::string id = make_id_text(EventId::prefix, tx.now(), bucket_of(event.key), entropy_.take());
  tx.send(publish_sql, id, event.type, event.key, Blob{event.payload}, trace(), tx.now());
  published_ = true;
  return {0, std::move(id), std::string(event.type), event.key, event.payload, trace(), tx.now()};
}

void MessageWriter::schedule(Tx& tx, const Envelope& job, Time at) {
  std::string id = make_id_text(JobId::prefix, tx.now(), bucket_of(job.key), entropy_.take());
  tx.send(schedule_sql, id, job.type, job.key, Blob{job.payload}, trace(), at, tx.now());
  if (!first_job_ || at < *first_job_) first_job_ = at;
}

}  // namespace bramble
