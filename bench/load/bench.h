// The load client of `bramble bench`: buyers who act through the public API only. It measures what they
// experience.
#pragma once

#include <cstdint>
#include <string>

namespace bramble::load {

struct BenchOptions {
  std::string scenario = "purchase";  // hot-sku, cart, browse, search
  std::string target = "http://127.0.0.1:8080";
  std::string ops;      // empty: the target's port + 2
  std::string sandbox;  // empty: the target's port + 10
  std::string staff_login;
  std::string staff_password;
  std::string data;  // the data folder of a local instance, where its demo logins are
  int clients = 64;
  double seconds = 10;
  std::int64_t stock = 2'000;  // hot-sku: units received for sale
  int skus = 1'000;            // purchase: how many different goods are bought
  bool json = false;
  bool pages = false;  // browse, search: the rendered pages, not the API
};

// Runs it and prints the result to standard output. The exit code: 0; 1 if the run could not be made, nothing
// went well, or hot-sku sold another number than there was.
int run_bench(const BenchOptions& options);

}  // namespace bramble::load
