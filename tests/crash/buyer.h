// A buyer who fills a cart, orders, pays and cancels. It records everything acknowledged and checks it after
// each crash. A request without an answer may have happened or not; it is settled before the next one.
#pragma once

#include <optional>
#include <random>
#include <set>

#include "tests/crash/findings.h"
#include "tests/crash/order_note.h"
#include "tests/harness/people.h"

namespace bramble::crash {

// The goods on sale and the pickup points.
struct Market {
  std::vector<std::string> skus;
  std::vector<std::string> points;
};

class Buyer {
 public:
  Buyer(const harness::Instance& instance, std::string phone, std::uint64_t seed, const Market& market,
        Findings& findings)
      : session_(harness::sign_in_buyer(instance, phone)),
        phone_(std::move(phone)),
        random_(seed),
        market_(market),
        findings_(findings) {}

  // Checks what it knows, then buys until the process dies or `enough`.
  void shop(const harness::Instance& instance, const std::atomic<bool>& enough);
  // After the last restart: settles unanswered requests and reads everything back. False: some order has not
  // come to its end.
  bool settle(const harness::Instance& instance);

  const std::vector<OrderNote>& orders() const { return orders_; }
  // All orders in the platform's list.
  std::vector<std::pair<std::string, std::string>> listed(const harness::Instance& instance);
  // Reads the whole event stream and reports events that are missing, repeated or wrong (I20).
  void check_events(const harness::Instance& instance);
  int lines_acknowledged() const { return lines_acknowledged_; }

 private:
  struct Wires {
    harness::Wire shop;
    harness::Wire sandbox;
  };

  // Nothing if no answer came, or a 5xx or a limit. Reports a failure that happens while the process is
  // alive.
  std::optional<harness::Reply> ask(harness::Wire& wire, std::string_view method, const std::string& path,
                                    const std::string& headers, const std::string& body, const char* type);
  bool look_back(Wires& wires);
  bool read_cart(Wires& wires);
  bool read_order(Wires& wires, OrderNote& note);
  bool settle_order(Wires& wires);

  bool put_line(Wires& wires);
  bool clear_cart(Wires& wires);
  bool place_order(Wires& wires);
  bool send_order(Wires& wires, OrderNote& note);
  bool pay(Wires& wires, OrderNote& note);
  bool wait_until_paid(Wires& wires, OrderNote& note);
  bool cancel(Wires& wires, OrderNote& note);

  std::string headers(const std::string& key = {}) const;
  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  bool chance(int percent) { return pick(100) < static_cast<std::size_t>(percent); }

  harness::Session session_;
  std::string phone_;
  std::mt19937_64 random_;
  const Market& market_;
  Findings& findings_;
  // The quantities a line may have: several only while a change of it is not answered. 0: not in the cart.
  std::map<std::string, std::set<std::int64_t>> cart_;
  std::vector<OrderNote> orders_;
  int keys_ = 0;
  int lines_acknowledged_ = 0;
};

}  // namespace bramble::crash
