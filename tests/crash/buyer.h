// A buyer who fills a cart, orders, pays and cancels, keeps a log of everything acknowledged, and holds the
// platform to it after each crash. What was sent and not answered may have happened or not, and is settled
// before going on.
#pragma once

#include <optional>
#include <random>
#include <set>

#include "tests/crash/findings.h"
#include "tests/crash/order_note.h"
#include "tests/harness/people.h"

namespace bramble::crash {

// What there is to buy, and where to have it sent.
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

  // Buys until the process dies or `enough`. First looks whether what it knows is still so.
  void shop(const harness::Instance& instance, const std::atomic<bool>& enough);
  // After the last restart: settles what is not answered and reads everything back. False: some order goes on
  // still.
  bool settle(const harness::Instance& instance);

  const std::vector<OrderNote>& orders() const { return orders_; }
  // All orders there are, by the platform's own list.
  std::vector<std::pair<std::string, std::string>> listed(const harness::Instance& instance);
  // Reads the whole event stream, and finds fault with news that is missing, twice, or of what was not (I20).
  void check_events(const harness::Instance& instance);
  int lines_acknowledged() const { return lines_acknowledged_; }

 private:
  struct Wires {
    harness::Wire shop;
    harness::Wire sandbox;
  };

  // Nothing if no answer came; an answer of 5xx or a limit counts as none. Finds fault with either while
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
