#include "gateways/ops/console/finder.h"

#include <algorithm>

#include "base/goods_code.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t most_a_kind = 100;
constexpr std::int64_t first_of_each = 5;
constexpr char group_separator = '\x1D';  // ends one of several values of a scanned code
bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "XN31Q2": the short number that buyers see.
bool may_be_number(const std::string& text) {
  return text.size() >= 4 && text.size() <= 26 && std::all_of(text.begin(), text.end(), is_letter_or_digit);
}

bool is_code(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c > ' ' && c < 127) || c == group_separator; });
}

// Lower case, English and Russian.
std::string folded(std::string_view text) {
  std::string small;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    bool russian = c == 0xD0 && (next == 0x81 || (next >= 0x90 && next <= 0xAF));
    if (russian) {
      small += next == 0x81 || next >= 0xA0 ? '\xD1' : '\xD0';
      small += static_cast<char>(next == 0x81 ? 0x91 : next >= 0xA0 ? next - 0x20 : next + 0x20);
      ++i;
    } else {
      small += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<char>(c);
    }
  }
  return small;
}

FoundThing of_order(const orders::FoundOrder& order) {
  return {FoundKind::order, order.order_id.text(), order.order_id.text(),
          std::string(to_string(order.status))};
}

FoundThing of_sku(const catalog::SkuInfo& sku) {
  std::string detail = sku.barcode;
  for (const auto& [name, value] : sku.options) detail += (detail.empty() ? "" : " · ") + value;
  return {FoundKind::goods, sku.sku_id.text(), sku.title, std::move(detail)};
}

// The things of one kind. `count` may exceed the number of things read.
struct Found {
  std::vector<FoundThing> things;
  std::int64_t count = 0;
  bool more = false;

  void add(FoundThing thing) {
    bool known =
        std::any_of(things.begin(), things.end(), [&](const auto& one) { return one.id == thing.id; });
    if (known) return;
    things.push_back(std::move(thing));
    count = std::ssize(things);
  }
};

Task<Found> find_orders(FinderSources sources, Call call, std::string text) {
  Found found;
  auto package = co_await sources.warehouse.find_package(call, {text});
  if (package.order_id) {
    auto inspection = co_await sources.orders.get_order_details(call, {*package.order_id});
    auto order = of_order(inspection.order);
    order.detail += " · " + text;
    found.add(std::move(order));
  }
  if (!may_be_number(text)) co_return found;
  orders::SearchRequest request;
  request.number = text;
  request.limit = most_a_kind;
  auto reply = co_await sources.orders.search(call, std::move(request));
  for (const auto& order : reply.items) found.add(of_order(order));
  found.more = reply.next.has_value();
  co_return found;
}

Task<Found> search_goods(catalog::CatalogApi& catalog, Call call, std::string text) {
  Found found;
  catalog::SearchRequest search;
  search.q = text;
  search.sort = "relevance";
  search.page = 1;
  search.limit = most_a_kind;
  auto reply = co_await catalog.search(call, std::move(search));
  // Results of a corrected query do not match what was typed.
  if (!reply.corrected_query.empty()) co_return found;
  for (auto& hit : reply.items)
    found.add({FoundKind::goods, hit.sku_id.text(), std::move(hit.title), std::move(hit.brand)});
  found.count = std::max(found.count, reply.total);
  co_return found;
}

// By SKU, barcode or the seller's article; if none matches, by the words of the card.
Task<Found> find_goods(catalog::CatalogApi& catalog, Call call, std::string text) {
  Found found;
  if (auto sku = SkuId::parse(text)) {
    auto reply = co_await catalog.get_skus(call, {{*sku}});
    for (const auto& one : reply.items) found.add(of_sku(one));
  }
  if (is_code(text) && text.size() <= longest_goods_code) {
    auto reply = co_await catalog.find_by_barcode(call, {text});
    if (reply.sku) found.add(of_sku(*reply.sku));
  }
  auto of_article = co_await catalog.find_by_vendor_code(call, {text, most_a_kind});
  for (const auto& sku : of_article.items) found.add(of_sku(sku));
  found.more = std::ssize(of_article.items) == most_a_kind;
  if (!found.things.empty()) co_return found;
  co_return co_await search_goods(catalog, std::move(call), std::move(text));
}

Task<Found> find_sites(warehouse::WarehouseApi& warehouse, Call call, std::string text) {
  Found found;
  auto wanted = folded(text);
  auto reply = co_await warehouse.list_sites(call, {});
  for (auto& site : reply.items) {
    bool named = folded(site.title).find(wanted) != std::string::npos || site.site_id.text() == text;
    if (named) found.add({FoundKind::site, site.site_id.text(), std::move(site.title), std::move(site.type)});
  }
  co_return found;
}

Task<Found> find_points(pickup::PickupApi& pickup, Call call, std::string text) {
  Found found;
  pickup::SearchRequest search;
  search.text = text;
  search.limit = most_a_kind;
  auto reply = co_await pickup.search(call, std::move(search));
  for (auto& point : reply.items)
    found.add(
        {FoundKind::point, point.pickup_point_id.text(), std::move(point.title), std::move(point.address)});
  found.more = found.count == most_a_kind;
  co_return found;
}

void tell(FoundPage& page, FoundKind kind, Found found, std::int64_t most) {
  if (found.things.empty()) return;
  page.counts.push_back({kind, found.count, found.more});
  auto end = found.things.begin() + std::min(std::ssize(found.things), most);
  page.items.insert(page.items.end(), std::make_move_iterator(found.things.begin()),
                    std::make_move_iterator(end));
}

}  // namespace

Task<FoundPage> find(FinderSources sources, Call call, FindQuery query) {
  Found orders, goods, sites, points;
  ParallelReads reads;
  const auto& text = query.q;
  auto wants = [&](FoundKind kind) { return !query.kind || query.kind == kind; };
  bool may_be_order = is_code(text) && text.size() <= longest_goods_code;
  if (wants(FoundKind::order) && may_be_order) reads.add("order", find_orders(sources, call, text), orders);
  if (wants(FoundKind::goods)) reads.add("card", find_goods(sources.catalog, call, text), goods);
  if (wants(FoundKind::site)) reads.add("sites", find_sites(sources.warehouse, call, text), sites);
  if (wants(FoundKind::point)) reads.add("points", find_points(sources.pickup, call, text), points);
  co_await reads.read();
  FoundPage page;
  auto most = query.kind ? most_a_kind : first_of_each;
  tell(page, FoundKind::order, std::move(orders), most);
  tell(page, FoundKind::goods, std::move(goods), most);
  tell(page, FoundKind::site, std::move(sites), most);
  tell(page, FoundKind::point, std::move(points), most);
  page.missing = reads.missing();
  co_return page;
}

}  // namespace bramble::ops
