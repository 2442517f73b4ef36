#include "gateways/ops/finder.h"

#include <algorithm>

namespace bramble::ops {
namespace {

constexpr std::int64_t most_a_kind = 10;

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "XN31Q2", as the buyer reads it out.
bool may_be_number(const std::string& text) {
  return text.size() >= 4 && text.size() <= 26 && std::all_of(text.begin(), text.end(), is_letter_or_digit);
}

bool is_code(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

// Small letters, English and Russian.
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

Task<std::vector<FoundThing>> find_orders(FinderSources sources, Call call, std::string text) {
  std::vector<FoundThing> found;
  auto package = co_await sources.warehouse.find_package(call, {text});
  if (package.order_id) {
    auto inspection = co_await sources.orders.inspect(call, {*package.order_id});
    found.push_back(of_order(inspection.order));
    found.back().detail += " · " + text;
  }
  if (!may_be_number(text)) co_return found;
  orders::SearchRequest request;
  request.number = text;
  request.limit = most_a_kind;
  auto reply = co_await sources.orders.search(call, std::move(request));
  for (const auto& order : reply.items) {
    if (std::ssize(found) < most_a_kind) found.push_back(of_order(order));
  }
  co_return found;
}

// By its barcode; or by the seller's article, which the search knows like any word of the card.
Task<std::vector<FoundThing>> find_goods(catalog::CatalogApi& catalog, Call call, std::string text) {
  std::vector<FoundThing> found;
  if (is_code(text) && text.size() <= 64) {
    auto reply = co_await catalog.find_by_barcode(call, {text});
    if (reply.sku) found.push_back(of_sku(*reply.sku));
  }
  if (!found.empty()) co_return found;
  catalog::SearchRequest search;
  search.q = text;
  search.sort = "relevance";
  search.page = 1;
  search.limit = most_a_kind;
  auto reply = co_await catalog.search(call, std::move(search));
  // What the search took for a misspelling is not what was typed.
  if (!reply.corrected_query.empty()) co_return found;
  for (auto& hit : reply.items)
    found.push_back({FoundKind::goods, hit.sku_id.text(), std::move(hit.title), std::move(hit.brand)});
  co_return found;
}

Task<std::vector<FoundThing>> find_sites(warehouse::WarehouseApi& warehouse, Call call, std::string text) {
  std::vector<FoundThing> found;
  auto wanted = folded(text);
  auto reply = co_await warehouse.list_sites(call, {});
  for (auto& site : reply.items) {
    bool named = folded(site.title).find(wanted) != std::string::npos || site.site_id.text() == text;
    if (named && std::ssize(found) < most_a_kind)
      found.push_back({FoundKind::site, site.site_id.text(), std::move(site.title), std::move(site.type)});
  }
  co_return found;
}

Task<std::vector<FoundThing>> find_points(pickup::PickupApi& pickup, Call call, std::string text) {
  std::vector<FoundThing> found;
  pickup::SearchRequest search;
  search.text = text;
  search.limit = most_a_kind;
  auto reply = co_await pickup.search(call, std::move(search));
  for (auto& point : reply.items)
    found.push_back(
        {FoundKind::point, point.pickup_point_id.text(), std::move(point.title), std::move(point.address)});
  co_return found;
}

}  // namespace

Task<FoundPage> find(FinderSources sources, Call call, std::string text) {
  std::vector<FoundThing> orders, goods, sites, points;
  Parts parts;
  if (is_code(text) && text.size() <= 64) parts.add("order", find_orders(sources, call, text), orders);
  parts.add("card", find_goods(sources.catalog, call, text), goods);
  parts.add("sites", find_sites(sources.warehouse, call, text), sites);
  parts.add("points", find_points(sources.pickup, call, text), points);
  co_await parts.read();
  FoundPage page;
  for (auto* found : {&orders, &goods, &sites, &points})
    page.items.insert(page.items.end(), std::make_move_iterator(found->begin()),
                      std::make_move_iterator(found->end()));
  page.missing = parts.missing();
  co_return page;
}

}  // namespace bramble::ops
