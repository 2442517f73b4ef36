// A member of staff who is signed in at the Ops gateway: a warehouse worker, mostly.
#pragma once

#include "tests/scenarios/shopper.h"

namespace bramble::scenarios {

class Worker {
 public:
  // By a demo login of that role, which are in a file of the data folder.
  Worker(Web& web, const std::string& ops, const std::string& data, std::string_view role);

  HttpClientRequest request(std::string method, const std::string& path, std::string body = {}) const;
  Answer send(HttpClientRequest request) const { return web_->send(std::move(request)); }

  // Puts goods on the shelf.
  void receive(const std::string& sku_id, const std::string& site_id, int quantity) const;
  // The order's open tasks; waits until there is one.
  Answer tasks(const std::string& order) const;
  // Scans every line of every task of the order.
  void pick(const std::string& order) const;
  void pack(const std::string& order) const;
  // Says that so many of a line that asks for as many still are not there, or not fit to be sent.
  HttpClientRequest reporting(const Answer& tasks, int quantity, std::string_view reason,
                              std::string short_id = fresh_key()) const;
  Answer report(const std::string& order, int quantity, std::string_view reason = "not_found",
                std::string short_id = fresh_key()) const;
  // Events and jobs that were given up.
  std::string dead_letters() const;

 private:
  Web* web_;
  const std::string* ops_;
  std::string token_;
};

}  // namespace bramble::scenarios
