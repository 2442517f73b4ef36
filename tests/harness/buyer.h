// A buyer with an access token. Some functions make a request, to be sent alone or with a thousand others;
// the rest send it and return the reply.
#pragma once

#include "tests/harness/client.h"
#include "tests/harness/order_body.h"

namespace bramble::harness {

// A new idempotency key each time.
std::string fresh_key();

struct OrderSpec {
  std::string sku_id;
  int quantity = 1;
  std::string method = card("tok_3ds");
  std::string key = fresh_key();  // empty: no header
  std::optional<std::int64_t> expected_minor = std::nullopt;
  std::string cart_version = {};  // empty: not named
};

class Buyer {
 public:
  Buyer(Client& client, const std::string& storefront, std::string pickup_point, std::string access_token)
      : client_(&client),
        storefront_(&storefront),
        pickup_point_(std::move(pickup_point)),
        token_(std::move(access_token)) {}

  HttpClientRequest request(std::string method, const std::string& path, std::string body = {}) const;
  HttpClientRequest ordering(const OrderSpec& spec) const;
  // Orders the cart, of that version if one is named.
  HttpClientRequest ordering_cart(const std::string& method, std::string key,
                                  const std::string& version = {}) const;
  HttpClientRequest cancelling(const std::string& order, std::string key = fresh_key()) const;
  // Pays an order again with another method.
  HttpClientRequest paying(const std::string& order, const std::string& method,
                           std::string key = fresh_key()) const;
  HttpClientRequest checking_payment(const std::string& order) const;

  Reply send(HttpClientRequest request) const { return client_->send(std::move(request)); }
  Reply put_in_cart(const std::string& sku_id, int quantity) const;
  Reply order(const OrderSpec& spec) const { return send(ordering(spec)); }
  Reply cancel(const std::string& order) const { return send(cancelling(order)); }
  Reply view(const std::string& order) const { return send(request("GET", "/api/v1/orders/" + order)); }
  std::string status(const std::string& order) const { return view(order).text("status"); }
  // Waits until the order has one of the statuses, and gives the order as it is then or at the end of
  // patience.
  Reply wait_for(const std::string& order, std::vector<std::string> statuses,
                 Duration patience = seconds(15)) const;

  const std::string& token() const { return token_; }

 private:
  Client* client_;
  const std::string* storefront_;
  std::string pickup_point_;
  std::string token_;
};

// The page where the payer confirms.
std::string redirect_of(const Reply& order);
// "PENDING_PAYMENT PAID …"
std::string history_of(const Reply& order);

}  // namespace bramble::harness
