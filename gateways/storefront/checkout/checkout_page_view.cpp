#include "gateways/storefront/checkout/checkout_page_view.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "gateways/storefront/cart/cart_page_view.h"
#include "gateways/storefront/catalogue/goods_view.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t few_points = 5;
constexpr std::int64_t most_points = 50;
constexpr std::size_t key_bytes = 16;
constexpr std::pair<double, double> moscow{55.7558, 37.6173};  // where most buyers are

void show_points(pages::PageRequest& request, const Choice& choice,
                 const std::vector<pickup::Point>& points) {
  for (const auto& point : points) {
    auto row = request.view.add("POINT");
    row.set("POINT_ID", point.pickup_point_id.text());
    row.set("POINT_TITLE", point.title);
    row.set("POINT_ADDRESS", point.address);
    row.set("POINT_LAT", std::to_string(point.lat));
    row.set("POINT_LON", std::to_string(point.lon));
    if (point.distance_m > 0) {
      row.set_and_show("POINT_DISTANCE", request.locale.formats.distance(point.distance_m), "HAS_DISTANCE");
    }
    row.show_if(choice.point == point.pickup_point_id, "IS_CHOSEN");
    row.show_if(!choice.point_problem.empty() && &point == &points.front(), "GETS_FOCUS");
  }
  request.view.show(points.empty() ? "NO_POINTS" : "HAS_POINTS");
  request.view.show_if(std::ssize(points) == few_points && !choice.all_points, "MAY_SHOW_MORE");
}

void show_goods(pages::PageRequest& request, const cart::CartView& cart) {
  for (const auto& line : cart.items) {
    auto row = request.view.add("LINE");
    set_goods(row, line.product_id, line.sku_id, line.title, line.image_url, line.options);
    row.set("LINE_FIELD", line_text(line.sku_id, line.quantity, line.price));
    row.set("QUANTITY", line.quantity);
    row.set("PRICE", request.locale.money(line.price));
    row.set("LINE_TOTAL", request.locale.money(line.line_total));
    row.show_if(line.quantity > 1, "SEVERAL");
  }
}

void show_changes(pages::PageRequest& request, const Choice& choice, const cart::CartView& cart) {
  request.view.show_if(!choice.price_changes.empty(), "PRICES_CHANGED");
  for (const auto& change : choice.price_changes) {
    auto line = std::find_if(cart.items.begin(), cart.items.end(),
                             [&](const cart::CartLine& known) { return known.sku_id == change.sku_id; });
    auto row = request.view.add("CHANGE");
    row.set("CHANGE_TITLE", line == cart.items.end() ? std::string_view(change.sku_id.text()) : line->title);
    row.set("CHANGE_BEFORE", request.locale.money(change.expected));
    row.set("CHANGE_NOW", request.locale.money(change.current));
  }
}

}  // namespace

// The place and the pickup point of the last order, if the buyer has not chosen yet.
Task<void> CheckoutPageView::remember_last_point(pages::PageRequest& request, Choice& choice) const {
  if (choice.point || choice.here || !choice.near.empty()) co_return;
  UserId buyer(request.http.call.caller.id);
  auto last = co_await orders_.list(request.http.call, {buyer, 1, 1});
  if (last.items.empty()) co_return;
  auto order = co_await orders_.get(request.http.call, {last.items.front().order_id});
  if (!order.pickup_point) co_return;
  choice.point = order.delivery.pickup_point_id;
  choice.here.emplace(order.pickup_point->lat, order.pickup_point->lon);
}

Task<std::vector<pickup::Point>> CheckoutPageView::points_for(pages::PageRequest& request,
                                                              const Choice& choice) const {
  auto limit = choice.all_points ? most_points : few_points;
  auto place = choice.here.value_or(moscow);
  pickup::NearestReply found;
  if (choice.near.empty()) {
    found = co_await pickup_.nearest(request.http.call, {place.first, place.second, limit});
  } else {
    pickup::SearchRequest search{choice.near, limit, std::nullopt, std::nullopt};
    if (choice.here) {
      search.lat = choice.here->first;
      search.lon = choice.here->second;
    }
    found = co_await pickup_.search(request.http.call, std::move(search));
  }
  bool is_listed = std::any_of(found.items.begin(), found.items.end(), [&](const pickup::Point& point) {
    return point.pickup_point_id == choice.point;
  });
  if (choice.point && !is_listed) {
    try {
      found.items.insert(found.items.begin(), co_await pickup_.get(request.http.call, {*choice.point}));
    } catch (const Error& error) {
      if (error.code != ErrorCode::not_found) throw;
    }
  }
  co_return std::move(found.items);
}

// Each page has a key of its own, so that its form makes one order, and the next page's form another.
Task<pages::Answer> CheckoutPageView::offer(pages::PageRequest& request, Choice choice, int status) const {
  auto cart = co_await cart_.get(request.http.call, {request.http.call.caller.id});
  if (cart.items.empty() || is_short(cart)) co_return pages::redirect("/cart");
  auto points = co_await points_for(request, choice);
  auto& view = request.view;
  view.set("TITLE", request.say("checkout.title"));
  request.http.headers.add("Cache-Control", "no-store");
  view.show("NOT_INDEXED");
  view.set("KEY", to_hex(random_.bytes(key_bytes)));
  view.set("CART_VERSION", cart.version);
  view.set("NEAR", choice.near);
  view.set_and_show("NOTICE_TEXT", choice.notice, "HAS_NOTICE");
  bool has_problem = !choice.point_problem.empty();
  view.set("POINT_PROBLEM", has_problem ? choice.point_problem : request.say("checkout.point_missing"));
  view.show_if(!has_problem, "NO_POINT_PROBLEM");
  if (choice.here) {
    view.set("LAT", std::to_string(choice.here->first));
    view.set("LON", std::to_string(choice.here->second));
    view.show("HAS_PLACE");
  }
  auto more = pages::QueryText();
  if (!choice.near.empty()) more.add("near", choice.near);
  if (choice.here)
    more.add("lat", std::to_string(choice.here->first)).add("lon", std::to_string(choice.here->second));
  view.set("MORE_URL", more.add("all", "1").after("/checkout"));
  show_points(request, choice, points);
  show_methods(request, methods_, choice.pay);
  view.show("OF_ORDER");
  show_goods(request, cart);
  show_changes(request, choice, cart);
  show_left_out(request, cart);
  view.set("UNITS", request.say("cart.units", {{"count", cart.count}}));
  view.set("ITEMS_TOTAL", request.locale.money(cart.totals.items));
  view.set("TOTAL", request.locale.money(cart.totals.total));
  view.set("PAY_TEXT", request.say("checkout.pay", {{"total", request.locale.money(cart.totals.total)}}));
  co_return pages::PageResult{"checkout.html", status};
}

}  // namespace bramble::storefront
