#include "app/generate/generate.h"

#include "app/generate/demo_cards.h"
#include "app/generate/demo_places.h"
#include "app/generate/demo_subjects.h"

namespace bramble {
namespace {

constexpr std::int64_t cards_a_chunk = 1'000;  // every size is a whole number of chunks
constexpr std::int64_t cards_a_put = 250;
constexpr std::size_t lines_a_receipt = 500;

// The cards and stock of a thousand numbers.
struct Chunk {
  std::vector<catalog::Card> cards;
  std::vector<std::vector<warehouse::ReceiptLine>> receipts;  // by site
  std::int64_t skus = 0;
  std::int64_t units = 0;
};

Chunk make_chunk(std::int64_t first, std::size_t sites) {
  Chunk chunk;
  chunk.receipts.resize(sites);
  for (auto number = first; number < first + cards_a_chunk; ++number) {
    chunk.cards.push_back(demo_card(number));
    const auto& card = chunk.cards.back();
    chunk.skus += static_cast<std::int64_t>(card.skus.size());
    for (auto& stock : demo_stock(number, card, sites)) {
      chunk.units += stock.quantity;
      chunk.receipts[stock.site].push_back({stock.sku_id, stock.quantity, std::move(stock.bin)});
    }
  }
  return chunk;
}

// One run. Lives in generate_demo's frame, which waits for all that is started here.
class DemoRun {
 public:
  DemoRun(DemoTargets targets, Call call) : to_(targets), call_(std::move(call)), sites_(demo_sites()) {}

  std::size_t sites() const { return sites_.size(); }

  Task<void> put_categories() { co_await to_.catalog.put_categories(call_, {demo_categories()}); }

  Task<void> put_places() {
    co_await to_.pickup.put_points(call_, demo_points());
    for (const auto& site : sites_) {
      co_await to_.warehouse.open_site(call_, {site});
      co_await to_.warehouse.put_bins(call_, {site.site_id, demo_bins(), {}});
    }
  }

  Task<void> put_cards(std::vector<catalog::Card> cards) {
    std::vector<Task<void>> puts;
    for (auto at = cards.begin(); at != cards.end();) {
      auto end = at + std::min<std::ptrdiff_t>(cards_a_put, cards.end() - at);
      puts.push_back(put({{std::make_move_iterator(at), std::make_move_iterator(end)}}));
      at = end;
    }
    co_await all(std::move(puts));
  }

  Task<void> receive(std::int64_t chunk, std::vector<std::vector<warehouse::ReceiptLine>> by_site) {
    std::vector<Task<void>> receipts;
    for (std::size_t site = 0; site < by_site.size(); ++site) {
      receipts.push_back(receive_at(chunk, sites_[site].site_id, std::move(by_site[site])));
    }
    co_await all(std::move(receipts));
  }

 private:
  Task<void> put(catalog::PutCardsRequest request) {
    co_await to_.catalog.put_cards(call_, std::move(request));
  }

  Task<void> receive_at(std::int64_t chunk, SiteId site, std::vector<warehouse::ReceiptLine> lines) {
    auto stem = "demo-" + site.text() + "-" + std::to_string(chunk) + "-";
    std::size_t part = 0;
    for (auto at = lines.begin(); at != lines.end();) {
      auto end = at + std::min<std::ptrdiff_t>(lines_a_receipt, lines.end() - at);
      warehouse::ReceiveRequest request{stem + std::to_string(++part), site, {at, end}};
      co_await to_.warehouse.receive(call_, std::move(request));
      at = end;
    }
  }

  DemoTargets to_;
  Call call_;
  std::vector<warehouse::Site> sites_;
};

double rate(std::int64_t cards, Duration since) {
  return since.us <= 0 ? 0 : static_cast<double>(cards) * 1e6 / static_cast<double>(since.us);
}

}  // namespace

std::optional<DemoSize> parse_demo_size(std::string_view word) {
  if (word == "places") return DemoSize::places;
  if (word == "small") return DemoSize::small;
  if (word == "medium") return DemoSize::medium;
  if (word == "large") return DemoSize::large;
  return std::nullopt;
}

std::int64_t cards_in(DemoSize size) {
  switch (size) {
    case DemoSize::places: return 0;
    case DemoSize::small: return 2'000;
    case DemoSize::medium: return 100'000;
    case DemoSize::large: return 1'000'000;
  }
  return 0;
}

// While the stock of one chunk is received, the next chunk's cards are written.
Task<void> generate_demo(DemoSize size, DemoTargets targets, Call call,
                         std::function<void(const DemoProgress&)> progress) {
  DemoRun run(targets, std::move(call));
  DemoProgress done{.all_cards = cards_in(size)};
  auto began = targets.clock.now();
  co_await run.put_places();
  if (size == DemoSize::places) co_return;
  co_await run.put_categories();
  auto chunks = done.all_cards / cards_a_chunk;
  auto chunk = make_chunk(1, run.sites());
  co_await run.put_cards(std::move(chunk.cards));
  for (std::int64_t at = 1; at <= chunks; ++at) {
    std::vector<Task<void>> work;
    work.push_back(run.receive(at, std::move(chunk.receipts)));
    done.skus += chunk.skus;
    done.units += chunk.units;
    if (at < chunks) {
      chunk = make_chunk(at * cards_a_chunk + 1, run.sites());
      work.push_back(run.put_cards(std::move(chunk.cards)));
    }
    co_await all(std::move(work));
    done.cards = at * cards_a_chunk;
    done.cards_per_s = rate(done.cards, targets.clock.now() - began);
    if (progress) progress(done);
  }
}

}  // namespace bramble
