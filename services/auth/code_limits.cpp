#include "services/auth/code_limits.h"

#include <algorithm>
#include <iterator>

#include "base/ids.h"
#include "base/network.h"

namespace bramble::auth {
namespace {

// The budget is counted in parts, so that requests that come at once do not all wait for one row.
constexpr std::int64_t budget_parts = 16;
constexpr Duration alarm_pause = minutes(1);

// ITU-T E.164: codes of one digit and of two; all others have three.
constexpr std::string_view two_digit_codes[] = {"20", "27", "30", "31", "32", "33", "34", "36", "39",
                                                "40", "41", "43", "44", "45", "46", "47", "48", "49",
                                                "51", "52", "53", "54", "55", "56", "57", "58", "60",
                                                "61", "62", "63", "64", "65", "66", "81", "82", "84",
                                                "86", "90", "91", "92", "93", "94", "95", "98"};

Time spent_until(Tx& tx, const std::string& place) {
  auto rows = tx.query("SELECT spent_until FROM pace WHERE place = $1", place);
  return rows.empty() ? Time{} : rows.front().get<Time>(0);
}

void move_pace(Tx& tx, const std::string& place, Time to) {
  tx.send("INSERT INTO pace (place, spent_until) VALUES ($1, $2)"
          " ON CONFLICT (place) DO UPDATE SET spent_until = excluded.spent_until",
          place, to);
}

void take(Tx& tx, const std::string& place, const Pace& pace) {
  move_pace(tx, place, std::max(spent_until(tx, place), tx.now()) + pace.interval);
}

Counter& refused(Metrics& metrics, std::string_view limit) {
  return metrics.counter("bramble_auth_codes_refused_total", "Codes that were not sent or not tried.",
                         {{"limit", limit}});
}

}  // namespace

std::string country_of(std::string_view phone) {
  if (phone.starts_with('+')) phone.remove_prefix(1);
  if (phone.starts_with('7')) return "7";
  if (phone.starts_with('1')) return std::string(phone.substr(0, 4));
  auto two = phone.substr(0, 2);
  bool is_two =
      std::find(std::begin(two_digit_codes), std::end(two_digit_codes), two) != std::end(two_digit_codes);
  return std::string(is_two ? two : phone.substr(0, 3));
}

CodeLimits::CodeLimits(CodeLimitSettings settings, Metrics& metrics, Logger& log)
    : settings_(std::move(settings)),
      log_(log),
      sent_(metrics.counter("bramble_auth_codes_sent_total", "Codes handed to the SMS provider.")),
      wrong_(metrics.counter("bramble_auth_wrong_codes_total", "Codes that were tried and wrong.")),
      refused_address_(refused(metrics, "address")),
      refused_block_(refused(metrics, "block")),
      refused_country_(refused(metrics, "country")),
      refused_budget_(refused(metrics, "budget")),
      refused_phone_(refused(metrics, "phone")) {}

std::vector<CodeLimits::Counted> CodeLimits::asked_at(const std::string& from) const {
  auto networks = networks_of(from);
  if (networks.host.empty()) return {{"ask/" + from, settings_.codes_of_address, "address"}};
  return {{"ask/" + networks.host, settings_.codes_of_address, "address"},
          {"ask/" + networks.block, settings_.codes_of_block, "block"}};
}

std::vector<Place> CodeLimits::tried_at(const std::string& from, const std::string& phone) const {
  auto networks = networks_of(from);
  const auto& host = networks.host.empty() ? from : networks.host;
  std::vector<Place> places{{"wrong/" + host + "/" + phone, settings_.wrong_for_phone},
                            {"wrong/" + host, settings_.wrong_of_address}};
  if (!networks.block.empty()) places.push_back({"wrong/" + networks.block, settings_.wrong_of_block});
  return places;
}

std::optional<Refusal> CodeLimits::refusal(Tx& tx, const std::vector<Counted>& counted) {
  std::optional<Refusal> longest;
  for (const auto& one : counted) {
    auto free_at = spent_until(tx, one.place) - one.pace.interval * (one.pace.burst - 1);
    if (free_at <= tx.now()) continue;
    auto wait = free_at - tx.now();
    if (!longest || wait > longest->wait) longest = Refusal{one.limit, wait};
  }
  return longest;
}

std::optional<Refusal> CodeLimits::take_code(Tx& tx, const std::string& from,
                                             const std::string& phone) const {
  if (from.empty()) return std::nullopt;
  auto counted = asked_at(from);
  auto country = country_of(phone);
  const auto& home = settings_.home_countries;
  if (std::find(home.begin(), home.end(), country) == home.end())
    counted.push_back({"ask/+" + country, settings_.codes_to_country, "country"});
  const auto& all = settings_.codes_at_all;
  counted.push_back({"ask/all/" + std::to_string(bucket_of(phone) % budget_parts),
                     {std::max<std::int64_t>(all.burst / budget_parts, 1), all.interval * budget_parts},
                     "budget"});
  if (auto refused = refusal(tx, counted)) return refused;
  for (const auto& one : counted) take(tx, one.place, one.pace);
  return std::nullopt;
}

void CodeLimits::give_back(Tx& tx, const std::string& from) const {
  if (from.empty()) return;
  for (const auto& one : asked_at(from)) {
    auto until = spent_until(tx, one.place);
    if (until > tx.now()) move_pace(tx, one.place, until - one.pace.interval);
  }
}

std::optional<Refusal> CodeLimits::wrong_refusal(Tx& tx, const std::string& from, const std::string& phone,
                                                 bool first_try) const {
  if (from.empty()) return std::nullopt;
  constexpr std::string_view limits[] = {"phone", "address", "block"};
  auto places = tried_at(from, phone);
  std::optional<Refusal> longest;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (first_try && limits[i] == "address") continue;
    auto until = attempts_.free_at(tx, {places[i]});
    if (until && (!longest || *until - tx.now() > longest->wait))
      longest = Refusal{limits[i], *until - tx.now()};
  }
  return longest;
}

void CodeLimits::count_wrong(Tx& tx, const std::string& from, const std::string& phone) const {
  if (!from.empty()) attempts_.count(tx, tried_at(from, phone));
}

void CodeLimits::forgive_wrong(Tx& tx, const std::string& from, const std::string& phone) const {
  if (from.empty()) return;
  auto places = tried_at(from, phone);
  for (const auto& place : places) attempts_.give_back(tx, place, &place == &places.front());
}

void CodeLimits::note_sent() { sent_.add(); }

void CodeLimits::note_refused(const Refusal& refusal, Time now) {
  if (refusal.limit == "phone") refused_phone_.add();
  if (refusal.limit == "address") refused_address_.add();
  if (refusal.limit == "block") refused_block_.add();
  if (refusal.limit == "country") refused_country_.add();
  if (refusal.limit == "budget") refused_budget_.add();
  bool is_alarm = refusal.limit == "budget" || refusal.limit == "country";
  if (!is_alarm || now < alarmed_at_ + alarm_pause) return;
  alarmed_at_ = now;
  log_.error("sign-in codes are asked for faster than allowed", {{"limit", refusal.limit}});
}

std::int64_t CodeLimits::drop_old(Tx& tx, std::int64_t limit) const {
  return tx.exec("DELETE FROM pace WHERE place IN (SELECT place FROM pace WHERE spent_until < $1 LIMIT $2)",
                 tx.now(), limit);
}

}  // namespace bramble::auth
