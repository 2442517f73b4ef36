// What a buyer knows of one order: the request, and everything that was answered about it.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/json/json.h"

namespace bramble::crash {

using Lines = std::map<std::string, std::int64_t>;  // quantity by SKU

enum class RequestOutcome { unknown, refused, created };

struct OrderNote {
  std::string key;
  std::string body;  // of the request: repeated word for word until it was answered
  Lines wanted;
  std::string token;  // "sbp" for that method
  RequestOutcome outcome = RequestOutcome::unknown;

  // Of the 201.
  std::string order_id;
  std::int64_t total_minor = 0;
  std::string redirect_path;         // at the sandbox
  std::int64_t cancelled_minor = 0;  // of units that were not found: their money is due

  std::vector<std::pair<std::string, std::string>> history;  // the longest that was shown
  bool captured = false;                                     // was shown so
  bool cancelled = false;                                    // a cancel was answered 200

  std::string status() const { return history.empty() ? std::string() : history.back().first; }
  bool was(const std::string& status) const;
};

// Whether nothing more will happen to an order that the warehouse has packed or that was closed.
bool is_end(const std::string& status);

// Takes in an order as it was shown; says what contradicts what was shown before, or nothing.
std::string learn(OrderNote& note, JsonValue order);

}  // namespace bramble::crash
