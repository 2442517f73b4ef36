#include "services/cart/new_carts.h"

#include <algorithm>

#include "base/error.h"
#include "base/network.h"

namespace bramble::cart {
namespace {

constexpr std::size_t most_networks = 100'000;

}  // namespace

void NewCarts::take(const std::string& address) {
  if (address.empty()) return;
  auto now = clock_.now();
  if (spent_until_.size() >= most_networks) {
    std::erase_if(spent_until_, [&](const auto& one) { return one.second <= now; });
    // All of them busy is an attack by many; what bounds the cache is its size.
    if (spent_until_.size() >= most_networks) spent_until_.clear();
  }
  auto& until = spent_until_[networks_of(address).host];
  auto free_at = until - pace_.interval * (pace_.burst - 1);
  if (free_at > now) {
    auto wait_s = (free_at - now).us / 1'000'000 + 1;
    throw Error(ErrorCode::exhausted, "too_many_carts",
                "too many carts were begun from this network; sign in or wait",
                {{"network", "wait_s", std::to_string(wait_s)}});
  }
  until = std::max(until, now) + pace_.interval;
}

}  // namespace bramble::cart
