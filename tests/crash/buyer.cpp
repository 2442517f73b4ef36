#include "tests/crash/buyer.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "tests/harness/order_body.h"

namespace bramble::crash {
namespace {

using harness::Reply;
using harness::Wire;

constexpr const char* json_type = "application/json";
constexpr int recent_orders = 3;
constexpr int most_lines = 4;

void pause_ms(int span) { std::this_thread::sleep_for(std::chrono::milliseconds(span)); }

}  // namespace

std::string Buyer::headers(const std::string& key) const {
  return session_.header() + (key.empty() ? "" : "Idempotency-Key: " + key + "\r\n");
}

std::optional<Reply> Buyer::ask(Wire& wire, std::string_view method, const std::string& path,
                                const std::string& headers, const std::string& body, const char* type) {
  auto reply = wire.ask(method, path, headers, body, type);
  if (reply.status > 0 && reply.status < 500 && reply.status != 429) return reply;
  // 503 and 504 mean overload; anything else is a fault of a live process.
  bool clear = reply.status == 503 || reply.status == 504 || reply.status == 429;
  if (!findings_.dying && !clear) {
    findings_.add(std::string(method) + " " + path + " was answered " + std::to_string(reply.status) + " " +
                  reply.body);
  }
  return std::nullopt;
}

bool Buyer::read_cart(Wires& wires) {
  auto reply = ask(wires.shop, "GET", "/api/v1/cart", headers(), {}, json_type);
  if (!reply) return false;
  auto json = reply->json();
  Lines shown;
  for (auto line : json.root()["items"])
    shown[std::string(line["sku_id"].text())] = line["quantity"].integer();
  for (auto& [sku, possible] : cart_) {
    auto quantity = shown.contains(sku) ? shown[sku] : 0;
    if (!possible.contains(quantity)) {
      findings_.add(phone_ + ": the cart holds " + std::to_string(quantity) + " of " + sku +
                    ", acknowledged were " + std::to_string(*possible.begin()) + " (I21)");
    }
    possible = {quantity};
    shown.erase(sku);
  }
  for (const auto& [sku, quantity] : shown) {
    findings_.add(phone_ + ": the cart holds " + std::to_string(quantity) + " of " + sku +
                  ", which is not in it");
    cart_[sku] = {quantity};
  }
  std::erase_if(cart_, [](const auto& line) { return line.second == std::set<std::int64_t>{0}; });
  return true;
}

bool Buyer::read_order(Wires& wires, OrderNote& note) {
  auto reply = ask(wires.shop, "GET", "/api/v1/orders/" + note.order_id, headers(), {}, json_type);
  if (!reply) return false;
  if (reply->status != 200) {
    findings_.add("order " + note.order_id + " was acknowledged, and is gone (I21): " + reply->body);
    return true;
  }
  auto json = reply->json();
  if (auto wrong = learn(note, json.root()); !wrong.empty()) findings_.add(wrong);
  return true;
}

// An order that was sent and not answered is sent again under its key, until it is.
bool Buyer::settle_order(Wires& wires) {
  while (!orders_.empty() && orders_.back().outcome == RequestOutcome::unknown) {
    if (!send_order(wires, orders_.back())) return false;
    if (orders_.back().outcome == RequestOutcome::unknown) pause_ms(20);  // the first attempt is being ended
  }
  return true;
}

bool Buyer::look_back(Wires& wires) {
  if (!settle_order(wires) || !read_cart(wires)) return false;
  int looked = 0;
  for (auto note = orders_.rbegin(); note != orders_.rend() && looked < recent_orders; ++note) {
    if (note->outcome != RequestOutcome::created) continue;
    if (!read_order(wires, *note)) return false;
    ++looked;
  }
  return true;
}

bool Buyer::put_line(Wires& wires) {
  const auto& sku = market_.skus[pick(market_.skus.size())];
  std::int64_t quantity = chance(10) ? 0 : 1 + static_cast<std::int64_t>(pick(3));
  auto& possible = cart_[sku];
  if (possible.empty()) possible.insert(0);
  possible.insert(quantity);
  auto reply = ask(wires.shop, "PUT", "/api/v1/cart/items/" + sku, headers(),
                   "{\"quantity\":" + std::to_string(quantity) + "}", json_type);
  if (!reply) return false;
  if (!reply->ok()) findings_.add("a line of the cart was refused: " + reply->body);
  possible = {quantity};
  ++lines_acknowledged_;
  return true;
}

bool Buyer::clear_cart(Wires& wires) {
  for (auto& [sku, possible] : cart_) possible.insert(0);
  auto reply = ask(wires.shop, "DELETE", "/api/v1/cart", headers(), {}, json_type);
  if (!reply) return false;
  cart_.clear();
  return true;
}

bool Buyer::place_order(Wires& wires) {
  OrderNote note;
  note.key = phone_.substr(1) + "-" + std::to_string(++keys_);
  auto dice = pick(100);
  note.token = dice < 60 ? "tok_3ds" : dice < 80 ? "tok_ok" : dice < 92 ? "sbp" : "tok_declined";
  bool whole_cart = chance(70);
  for (const auto& [sku, possible] : cart_) {
    if (*possible.begin() > 0 && (whole_cart || note.wanted.empty())) note.wanted[sku] = *possible.begin();
  }
  if (note.wanted.empty()) return true;
  std::vector<harness::OrderLine> lines;
  if (!whole_cart) {
    for (const auto& [sku, quantity] : note.wanted) lines.push_back({sku, quantity});
  }
  note.body = harness::order_body(lines, market_.points[pick(market_.points.size())],
                                  note.token == "sbp" ? harness::sbp() : harness::card(note.token));
  orders_.push_back(std::move(note));
  return send_order(wires, orders_.back());
}

bool Buyer::send_order(Wires& wires, OrderNote& note) {
  auto reply = ask(wires.shop, "POST", "/api/v1/orders", headers(note.key), note.body, json_type);
  if (!reply) return false;
  auto code = reply->text("code");
  if (reply->status == 409 && code == "idempotency_key_busy") return true;
  if (reply->status == 409 && code == "out_of_stock") {
    note.outcome = RequestOutcome::refused;
    return clear_cart(wires);
  }
  if (reply->status != 201) {
    findings_.add("an order under the key " + note.key + " was answered " + reply->body);
    note.outcome = RequestOutcome::refused;
    return true;
  }
  note.outcome = RequestOutcome::created;
  // A 201 takes the ordered lines out of the cart.
  for (const auto& [sku, quantity] : note.wanted) {
    std::set<std::int64_t> left;
    for (auto possible : cart_[sku]) left.insert(std::max<std::int64_t>(possible - quantity, 0));
    cart_[sku] = left;
  }
  auto json = reply->json();
  auto redirect = std::string(json.root()["payment"]["redirect_url"].text());
  if (auto path = redirect.find("/acs/"); path != std::string::npos)
    note.redirect_path = redirect.substr(path);
  note.order_id = json.root()["order_id"].text();
  note.total_minor = json.root()["total"]["amount_minor"].integer();
  return true;
}

bool Buyer::pay(Wires& wires, OrderNote& note) {
  if (note.redirect_path.empty()) return true;
  auto reply =
      ask(wires.sandbox, "POST", note.redirect_path, {}, "code=1234", "application/x-www-form-urlencoded");
  return reply.has_value();
}

// The event may come late, and later still after a crash, so this gives up soon.
bool Buyer::wait_until_paid(Wires& wires, OrderNote& note) {
  constexpr int looks = 60;
  for (int look = 0; look < looks; ++look) {
    if (!read_order(wires, note)) return false;
    if (note.status() != "PENDING_PAYMENT") return true;
    pause_ms(3);
  }
  return true;
}

bool Buyer::cancel(Wires& wires, OrderNote& note) {
  auto reply = ask(wires.shop, "POST", "/api/v1/orders/" + note.order_id + "/cancel",
                   headers("cancel-" + note.key), {}, json_type);
  if (!reply) return false;
  if (reply->status == 200) note.cancelled = true;
  bool clear = reply->status == 200 || reply->status == 202 ||
               (reply->status == 409 && reply->text("code") == "order_packed");
  if (!clear) findings_.add("a cancel was answered " + reply->body);
  return read_order(wires, note);
}

void Buyer::shop(const harness::Instance& instance, const std::atomic<bool>& enough) {
  Wires wires{Wire(instance.storefront()), Wire(instance.sandbox())};
  if (!look_back(wires)) return;
  while (!enough) {
    for (auto lines = 1 + pick(most_lines); lines > 0; --lines) {
      if (!put_line(wires)) return;
    }
    auto before = orders_.size();
    if (!place_order(wires)) return;
    if (orders_.size() == before) continue;
    if (!settle_order(wires)) return;
    auto& note = orders_.back();
    if (note.outcome != RequestOutcome::created) continue;
    bool leaves = chance(8);
    if (leaves && chance(50) && !cancel(wires, note)) return;
    if (leaves) continue;
    if (!pay(wires, note) || !wait_until_paid(wires, note)) return;
    if (chance(12) && !cancel(wires, note)) return;
  }
}

bool Buyer::settle(const harness::Instance& instance) {
  Wires wires{Wire(instance.storefront()), Wire(instance.sandbox())};
  if (!settle_order(wires) || !read_cart(wires)) return false;
  bool all_ended = true;
  for (auto& note : orders_) {
    if (note.outcome != RequestOutcome::created || is_end(note.status())) continue;
    if (!read_order(wires, note)) return false;
    all_ended = all_ended && is_end(note.status());
  }
  if (!all_ended) return false;
  for (auto& note : orders_) {
    if (note.outcome == RequestOutcome::created && !read_order(wires, note)) return false;
  }
  return true;
}

std::vector<std::pair<std::string, std::string>> Buyer::listed(const harness::Instance& instance) {
  Wire shop(instance.storefront());
  std::vector<std::pair<std::string, std::string>> found;
  for (int page = 1;; ++page) {
    auto reply = shop.ask("GET", "/api/v1/orders?limit=100&page=" + std::to_string(page), headers());
    harness::require(reply, 200, "the orders of " + phone_);
    auto json = reply.json();
    for (auto order : json.root()["items"])
      found.emplace_back(order["order_id"].text(), order["status"].text());
    if (std::ssize(found) >= json.root()["total"].integer()) return found;
  }
}

namespace {

// The statuses of each order in a stream of events, from its beginning to its present end.
std::map<std::string, std::vector<std::string>> read_events(Wire& shop, const std::string& headers,
                                                            std::size_t due) {
  std::map<std::string, std::vector<std::string>> told;
  shop.send(shop.request("GET", "/api/v1/events", headers + "Last-Event-ID: 0\r\n", {}));
  std::string text;
  for (std::size_t count = 0; count < due;) {
    auto some = shop.read_some();
    if (some.empty() || some.find(": still here") != std::string::npos) return told;
    text += some;
    for (auto end = text.find("\n\n"); end != std::string::npos; end = text.find("\n\n")) {
      auto data = text.find("data: {");
      if (data < end) {
        auto json = JsonDocument::parse(text.substr(data + 6, text.find('\n', data) - data - 6));
        auto status = json.root()["status"].text();
        auto& statuses = told[std::string(json.root()["order_id"].text())];
        // News of some units repeats the status that the order has; so does a declined payment, which comes
        // before any other.
        bool is_repeat = status == "PENDING_PAYMENT" || (!statuses.empty() && statuses.back() == status);
        if (!is_repeat) {
          statuses.emplace_back(status);
          ++count;
        }
      }
      text.erase(0, end + 2);
    }
  }
  return told;
}

}  // namespace

// Every status of an order is in the stream once, in the order of its history.
void Buyer::check_events(const harness::Instance& instance) {
  std::map<std::string, std::vector<std::string>> expected;
  std::size_t due = 0;
  for (const auto& [order, status] : listed(instance)) {
    auto note = std::find_if(orders_.begin(), orders_.end(),
                             [&](const auto& known) { return known.order_id == order; });
    // An order that a crash cut off has an event of its end, too.
    if (note == orders_.end()) ++due;
    if (note == orders_.end()) continue;
    for (const auto& [step, at] : note->history) {
      // The 201 carried the first status.
      if (step != "PENDING_PAYMENT") expected[order].push_back(step);
    }
    due += expected[order].size();
  }
  Wire shop(instance.storefront());
  auto told = read_events(shop, headers(), due);
  for (const auto& [order, statuses] : expected) {
    if (told[order] == statuses) continue;
    std::string list;
    for (const auto& status : told[order]) list += " " + status;
    findings_.add("of order " + order + " the events told:" + list + "; its last status is " +
                  statuses.back() + " (I20)");
  }
}

}  // namespace bramble::crash
