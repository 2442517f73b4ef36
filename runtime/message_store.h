// The SQL statements on outbox, inbox and dead events. Each runs inside its caller's unit of work.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ports/database.h"

namespace bramble {

// An event on its way from its outbox to its consumers.
struct OutboxRow : PublishedEvent {
  std::uint64_t lanes = 0;  // the consumers that still process it, one bit each
};
using OutboxRowPtr = std::shared_ptr<OutboxRow>;

// The maximum of events in one transaction.
constexpr std::size_t chunk_rows = 64;

// Returns unpublished rows with a number in (after, until], ordered by number.
std::vector<OutboxRowPtr> read_outbox(Tx& tx, std::int64_t after, std::int64_t until, std::size_t limit);

// Marks rows as delivered. `seqs` is sorted; consecutive numbers cost one statement.
void mark_published(Tx& tx, std::span<const std::int64_t> seqs);

// Records in the inbox that the consumer handles these events, and returns those that are new, in their
// order. At most chunk_rows.
std::vector<OutboxRow*> take_into_inbox(Tx& tx, std::string_view consumer,
                                        std::span<const OutboxRowPtr> rows);

void bury_event(Tx& tx, std::string_view consumer, const OutboxRow& row, std::int64_t attempts,
                std::string_view error);

// The creation time of the oldest unpublished row; nullopt if all are published.
std::optional<Time> oldest_unpublished(Tx& tx);

// Delete rows older than `before`, at most `limit`; return how many were deleted.
std::int64_t purge_outbox(Tx& tx, Time before, std::int64_t limit);
std::int64_t purge_inbox(Tx& tx, std::string_view consumer, Time before, std::int64_t limit);

}  // namespace bramble
