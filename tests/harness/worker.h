// A member of staff who is signed in at the Ops gateway.
#pragma once

#include "tests/harness/buyer.h"
#include "tests/harness/people.h"

namespace bramble::harness {

class Worker {
 public:
  // Signs in with the first demo login of the role.
  Worker(Client& client, const Instance& instance, std::string_view role);

  HttpClientRequest request(std::string method, const std::string& path, std::string body = {}) const;
  Reply send(HttpClientRequest request) const { return client_->send(std::move(request)); }

  // Puts goods on the shelf.
  void receive(const std::string& sku_id, const std::string& site_id, int quantity) const;
  // The order's open tasks; waits until there is one.
  Reply tasks(const std::string& order) const;
  // Scans every line of every task of the order.
  void pick(const std::string& order) const;
  void pack(const std::string& order) const;
  // Says that so many of a line that asks for as many still are not there, or not fit to be sent.
  HttpClientRequest reporting(const Reply& tasks, int quantity, std::string_view reason,
                              std::string short_id = fresh_key()) const;
  Reply report(const std::string& order, int quantity, std::string_view reason = "not_found",
               std::string short_id = fresh_key()) const;
  // Events and jobs that were given up.
  std::string dead_letters() const;

 private:
  Client* client_;
  const std::string* ops_;
  std::string token_;
};

}  // namespace bramble::harness
