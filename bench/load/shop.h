// Prepares a run: signs staff in, receives goods, signs buyers in. One blocking call
// after another. A failure is thrown as std::runtime_error with one line that says what failed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "bench/load/bench.h"
#include "bench/load/connection.h"

namespace bramble::load {

// Availability is shown up to this number.
constexpr std::int64_t most_units_shown = 99;

struct Product {
  std::string product_id;
  std::string sku_id;
  std::string title;
  std::int64_t available = 0;
  std::int64_t price_minor = 0;
  std::string currency;
};

struct Session {
  std::string access_token;
  std::string refresh_token;
  std::int64_t renew_at_us = 0;  // of Loop::now_us

  std::string header() const { return "Authorization: Bearer " + access_token + "\r\n"; }
};

struct Goods {
  std::string sku_id;
  std::int64_t quantity = 0;
};

class Shop {
 public:
  Shop(Loop& loop, const BenchOptions& options);

  const Endpoint& storefront() const { return storefront_; }
  const std::string& run_name() const { return run_name_; }  // differs from run to run

  // Up to `most` products that can be found, by search.
  std::vector<Product> products(std::size_t most);
  std::vector<std::string> pickup_points();
  Session sign_in_buyer(int number);

  // Orders all there is of a product, without paying, so that what comes then is all there is. False: there
  // is too much of it. What was ordered comes back when the time to pay is over.
  bool buy_out(const Product& product, const std::function<Session()>& next_buyer,
               const std::string& pickup_point);

  // Puts goods on the shelves, spread over the sites.
  void receive(const std::vector<Goods>& goods);
  std::int64_t available(const Product& product);  // as shown: at most most_units_shown
  void wait_until_available(const Product& product, std::int64_t units);

 private:
  struct Reply {
    int status = 0;
    std::string body;
  };
  Reply call(Connection& peer, std::string_view method, std::string_view path, std::string_view extra,
             std::string_view body);
  // Throws unless the answer has the status wanted.
  std::string ask(Connection& peer, std::string_view method, std::string_view path, std::string_view extra,
                  std::string_view body, int wanted);
  const std::string& staff();  // the header line of staff signed in; signs in at first
  std::vector<std::string> sites();
  const std::vector<std::string>& bins(const std::string& site);  // in which the site takes goods
  Reply send_receipt(int number, const std::string& site, std::span<const Goods> goods);
  // The code of the refusal; empty: it was made.
  std::string order(const Product& product, const Session& buyer, const std::string& pickup_point,
                    std::int64_t quantity);
  void pause(Duration span);

  Loop& loop_;
  BenchOptions options_;
  std::string run_name_;
  Endpoint storefront_;
  std::unique_ptr<Connection> shop_;
  std::unique_ptr<Connection> ops_;
  std::unique_ptr<Connection> sandbox_;
  std::string staff_;
  std::map<std::string, std::vector<std::string>> bins_;  // by site
  int orders_ = 0;
};

// Reads a token answer of either gateway. Throws std::runtime_error if it is none.
Session session_of(std::string_view body);

// An order for some units of one product at the price it was shown with.
std::string order_body(const Product& product, std::int64_t quantity, const std::string& pickup_point);

// One line for what went wrong: the status, the problem's code and detail.
std::string problem_text(const HttpResponse& answer);

}  // namespace bramble::load
