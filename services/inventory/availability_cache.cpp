#include "services/inventory/availability_cache.h"

namespace bramble::inventory {
namespace {

constexpr std::size_t most_cached = 200'000;
constexpr Duration cached_for = milliseconds(500);

}  // namespace

Task<AvailabilityReply> AvailabilityCache::availability(Call call, AvailabilityRequest request) {
  AvailabilityReply reply;
  reply.levels.reserve(request.sku_ids.size());
  std::vector<std::size_t> missing;
  auto now = clock_.now();
  for (const auto& sku : request.sku_ids) {
    auto cached = cached_.find(sku);
    bool fresh =
        cached != cached_.end() && now - cached->second.read_at < cached_for && now >= cached->second.read_at;
    if (!fresh) missing.push_back(reply.levels.size());
    reply.levels.push_back({sku, fresh ? cached->second.available : 0});
  }
  if (missing.empty()) co_return reply;
  auto read = co_await database_.read(call, request.sku_ids.front().text(), [&](Tx& tx) {
    std::vector<std::int64_t> levels;
    levels.reserve(missing.size());
    for (auto at : missing) levels.push_back(stock_.available(tx, reply.levels[at].sku_id));
    return levels;
  });
  if (cached_.size() + missing.size() > most_cached) cached_.clear();
  for (std::size_t i = 0; i < missing.size(); ++i) {
    auto& level = reply.levels[missing[i]];
    level.available = read[i];
    cached_[level.sku_id] = {read[i], now};
  }
  co_return reply;
}

void AvailabilityCache::adjust(const std::vector<Placement>& placements, std::int64_t sign) {
  for (const auto& placement : placements) {
    auto cached = cached_.find(placement.sku_id);
    if (cached != cached_.end()) cached->second.available += sign * placement.quantity;
  }
}

}  // namespace bramble::inventory
