#include "services/security/security_service.h"

#include <algorithm>
#include <array>

#include "base/batches.h"
#include "base/error.h"
#include "base/text.h"

namespace bramble::security {
namespace {

constexpr std::size_t most_sightings = 1'000;
constexpr std::size_t longest_text = 300;  // bytes of any field
constexpr int most_batches = 1'000;

// Kinds that are counted by name; a label never grows by what somebody sends.
constexpr std::array<std::string_view, 18> counted_kinds = {
    "sign_in",        "sign_in_failed",     "code_ended",       "token_reused", "sign_out",
    "sessions_ended", "throttled",          "unauthenticated",  "forbidden",    "staff_added",
    "staff_changed",  "staff_disabled",     "password_changed", "staff_action", "staff_action_done",
    "order_action",   "order_action_ended", "overflow"};

constexpr std::string_view kind_of(const orders::StaffActed& event) {
  return event.action.state == orders::StaffActionState::wished ? "order_action" : "order_action_ended";
}

// The reason that was given stays with the order: it is free text, and may name the buyer.
std::string detail_of(const orders::StaffAction& action) {
  auto text = std::string(to_string(action.kind)) + " " + action.action_id;
  for (const auto& unit : action.units)
    text += ", " + std::to_string(unit.quantity) + " of " + unit.sku_id.text();
  return text + ": " + std::string(to_string(action.state));
}

// Cut where a character ends.
std::string shortened(std::string text) {
  if (text.size() <= longest_text) return text;
  std::size_t end = 0;
  while (end < longest_text) {
    auto length = utf8_sequence_length(text, end);
    if (length == 0 || end + length > longest_text) break;
    end += length;
  }
  text.resize(end);
  return text;
}

}  // namespace

void SecurityService::count(std::string_view kind, std::int64_t times) {
  bool known = std::find(counted_kinds.begin(), counted_kinds.end(), kind) != counted_kinds.end();
  metrics_
      .counter("bramble_security_entries_total", "What the security log was told.",
               {{"kind", known ? kind : "other"}})
      .add(times);
}

Task<Empty> SecurityService::note(Call call, NoteRequest request) {
  if (call.caller.kind != CallerKind::system)
    throw Error(ErrorCode::forbidden, "not_system", "only the platform itself may do this");
  if (request.sightings.size() > most_sightings) throw_invalid("sightings", "too_many", "at most 1,000");
  co_await database_.transact(call, "security", [&](Tx& tx) {
    std::vector<Entry> entries;
    for (const auto& seen : request.sightings) {
      entries.push_back({0,
                         tx.now(),
                         seen.kind,
                         shortened(seen.principal),
                         shortened(seen.address),
                         shortened(seen.subject),
                         shortened(seen.detail),
                         seen.times,
                         {},
                         {}});
    }
    store_.append(tx, std::move(entries));
  });
  for (const auto& seen : request.sightings) count(seen.kind, seen.times);
  co_return Empty{};
}

void SecurityService::on_noted(Tx& tx, const auth::SecurityNoted& event) const {
  std::vector<Entry> entries;
  entries.push_back({0,
                     event.at,
                     event.kind,
                     event.principal,
                     event.address,
                     shortened(event.subject),
                     shortened(event.detail),
                     1,
                     {},
                     {}});
  store_.append(tx, std::move(entries));
}

void SecurityService::on_staff_acted(Tx& tx, const orders::StaffActed& event) const {
  std::vector<Entry> entries;
  entries.push_back({0,
                     event.at,
                     std::string(kind_of(event)),
                     event.action.by_whom,
                     {},
                     event.order_id.text(),
                     shortened(detail_of(event.action)),
                     1,
                     {},
                     {}});
  store_.append(tx, std::move(entries));
}

void SecurityService::told(const orders::StaffActed& event) { count(kind_of(event), 1); }

Task<SearchReply> SecurityService::search(Call call, SearchRequest request) {
  const auto& caller = call.caller;
  bool admin = caller.kind == CallerKind::staff && caller.has_role("admin");
  if (!admin && caller.kind != CallerKind::system)
    throw Error(ErrorCode::forbidden, "not_admin", "only admins may read the security log");
  SearchReply reply;
  reply.items = co_await database_.read(call, "security", [&](Tx& tx) { return store_.search(tx, request); });
  if (std::ssize(reply.items) == request.limit) reply.next = reply.items.back().seq;
  co_return reply;
}

Task<void> SecurityService::drop_old(Call call) {
  co_await in_batches(most_batches, [&] {
    return database_.transact(call, "security", [&](Tx& tx) {
      return store_.drop_before(tx, tx.now() - settings_.keep, batch_rows) == batch_rows;
    });
  });
}

Task<void> SecurityService::witness(Call call) {
  auto end = co_await database_.read(call, "security", [&](Tx& tx) { return store_.last(tx); });
  if (end.seq > 0) log_.info("security log ends", {{"seq", end.seq}, {"hash", end.hash}});
}

}  // namespace bramble::security
