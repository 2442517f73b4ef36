#include "services/auth/attempts.h"

#include <algorithm>

#include "base/ip_address.h"
#include "base/text.h"

namespace bramble::auth {
namespace {

constexpr std::int64_t most_doublings = 20;

struct Count {
  std::int64_t failures = 0;
  Time free_at;
};

Count count_of(Tx& tx, const Place& place) {
  auto rows = tx.query("SELECT failures, free_at FROM attempt WHERE place = $1 AND forget_at > $2",
                       place.name, tx.now());
  if (rows.empty()) return {};
  return {rows.front().get<std::int64_t>(0), rows.front().get<Time>(1)};
}

void count_one(Tx& tx, const Place& place) {
  auto failures = count_of(tx, place).failures + 1;
  bool waits = failures >= place.rule.free;
  auto free_at = tx.now() + wait_after(place.rule, failures);
  auto forget_at = free_at + (waits ? place.rule.forgotten_after : place.rule.kept);
  tx.send("INSERT INTO attempt (place, failures, free_at, forget_at) VALUES ($1, $2, $3, $4)"
          " ON CONFLICT (place) DO UPDATE SET failures = excluded.failures, free_at = excluded.free_at,"
          " forget_at = excluded.forget_at",
          place.name, failures, free_at, forget_at);
}

}  // namespace

std::string address_block(const std::string& address) {
  constexpr std::size_t v4_bytes = 3, v6_bytes = 7;
  auto parsed = IpAddress::parse(address);
  if (!parsed) return "other:" + address;
  auto kept = parsed->is_v4 ? v4_bytes : v6_bytes;
  return (parsed->is_v4 ? "v4:" : "v6:") +
         to_hex({reinterpret_cast<const char*>(parsed->bytes.data()), kept});
}

Duration wait_after(const AttemptRule& rule, std::int64_t failures) {
  if (failures < rule.free) return Duration{};
  auto doublings = std::min(failures - rule.free, most_doublings);
  return Duration{std::min(rule.first_wait.us << doublings, rule.longest_wait.us)};
}

std::optional<Time> Attempts::free_at(Tx& tx, const std::vector<Place>& places) const {
  Time latest;
  for (const auto& place : places) latest = std::max(latest, count_of(tx, place).free_at);
  return latest > tx.now() ? std::optional(latest) : std::nullopt;
}

std::optional<Time> Attempts::take(Tx& tx, const std::vector<Place>& places) const {
  if (auto until = free_at(tx, places)) return until;
  count(tx, places);
  return std::nullopt;
}

void Attempts::count(Tx& tx, const std::vector<Place>& places) const {
  for (const auto& place : places) count_one(tx, place);
}

void Attempts::give_back(Tx& tx, const Place& place, bool forgiven) const {
  if (forgiven) {
    tx.send("DELETE FROM attempt WHERE place = $1", place.name);
  } else {
    tx.send("UPDATE attempt SET failures = failures - 1 WHERE place = $1 AND failures > 0", place.name);
  }
}

std::int64_t Attempts::drop_old(Tx& tx, std::int64_t limit) const {
  return tx.exec(
      "DELETE FROM attempt WHERE place IN (SELECT place FROM attempt WHERE forget_at < $1 LIMIT $2)",
      tx.now(), limit);
}

}  // namespace bramble::auth
