// The statements on outbox, inbox and dead events that delivery consists of. Each runs inside its caller's
// unit.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ports/database.h"

namespace bramble {

// An event on its way from its outbox to its consumers.
struct OutboxRow : PublishedEvent {
  std::uint64_t lanes = 0;  // the consumers that have it in hand, one bit each
};
using OutboxRowPtr = std::shared_ptr<OutboxRow>;

// At most this many events are handled in one transaction.
constexpr std::size_t chunk_rows = 64;

// Unpublished rows with a number in (after, until], in the order of their numbers.
std::vector<OutboxRowPtr> read_outbox(Tx& tx, std::int64_t after, std::int64_t until, std::size_t limit);

// Marks delivered rows; `seqs` is sorted. Runs of numbers without a gap cost one statement.
void mark_published(Tx& tx, std::span<const std::int64_t> seqs);

// Records that the consumer handles these events now and tells which of them it had not handled before, in
// their order. At most chunk_rows.
std::vector<OutboxRow*> take_into_inbox(Tx& tx, std::string_view consumer,
                                        std::span<const OutboxRowPtr> rows);

void bury_event(Tx& tx, std::string_view consumer, const OutboxRow& row, std::int64_t attempts,
                std::string_view error);

// The creation time of the oldest unpublished row; nothing if all are published.
std::optional<Time> oldest_unpublished(Tx& tx);

// Delete what is older than `before`, at most `limit` rows; return how many went.
std::int64_t purge_outbox(Tx& tx, Time before, std::int64_t limit);
std::int64_t purge_inbox(Tx& tx, std::string_view consumer, Time before, std::int64_t limit);

}  // namespace bramble
