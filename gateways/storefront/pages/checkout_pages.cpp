// The checkout: where to collect, how to pay, and what will be charged. Everything that was shown travels
// with the form, so that nothing else than what was seen is ordered.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "gateways/storefront/pages/buying_pages.h"
#include "gateways/storefront/pages/checkout_choice.h"
#include "gateways/storefront/pages/goods_words.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t few_points = 5;
constexpr std::int64_t most_points = 50;
constexpr std::size_t key_bytes = 16;
constexpr std::pair<double, double> moscow{55.7558, 37.6173};  // where most buyers are

void show_points(pages::Visit& visit, const Choice& choice, const std::vector<pickup::Point>& points) {
  for (const auto& point : points) {
    auto row = visit.view.add("POINT");
    row.set("POINT_ID", point.pickup_point_id.text());
    row.set("POINT_TITLE", point.title);
    row.set("POINT_ADDRESS", point.address);
    row.set("POINT_LAT", std::to_string(point.lat));
    row.set("POINT_LON", std::to_string(point.lon));
    if (point.distance_m > 0) {
      row.set_and_show("POINT_DISTANCE", visit.locale.formats.distance(point.distance_m), "HAS_DISTANCE");
    }
    row.show_if(choice.point == point.pickup_point_id, "IS_CHOSEN");
    row.show_if(!choice.point_problem.empty() && &point == &points.front(), "GETS_FOCUS");
  }
  visit.view.show(points.empty() ? "NO_POINTS" : "HAS_POINTS");
  visit.view.show_if(std::ssize(points) == few_points && !choice.all_points, "MAY_SHOW_MORE");
}

}  // namespace

void show_methods(pages::Visit& visit, const PayMethods& methods, const PayMethod* wanted) {
  const auto* chosen = wanted != nullptr ? wanted : &methods.front();
  for (const auto& method : methods) {
    auto row = visit.view.add("METHOD");
    auto key = "pay." + std::string(method.key);
    row.set("METHOD_VALUE", method.value);
    row.set("METHOD_TITLE", visit.say(key));
    row.set("METHOD_HINT", visit.say(key + ".hint"));
    row.show(method.type == "sbp" ? "BY_SBP" : "BY_CARD");
    row.show_if(&method == chosen, "IS_CHOSEN");
  }
}

namespace {

void show_goods(pages::Visit& visit, const cart::CartView& cart) {
  for (const auto& line : cart.items) {
    auto row = visit.view.add("LINE");
    set_goods(row, line.product_id, line.sku_id, line.title, line.image_url, line.options);
    row.set("LINE_FIELD", line_text(line.sku_id, line.quantity, line.price));
    row.set("QUANTITY", line.quantity);
    row.set("PRICE", visit.locale.money(line.price));
    row.set("LINE_TOTAL", visit.locale.money(line.line_total));
    row.show_if(line.quantity > 1, "SEVERAL");
  }
}

void show_changes(pages::Visit& visit, const Choice& choice, const cart::CartView& cart) {
  visit.view.show_if(!choice.price_changes.empty(), "PRICES_CHANGED");
  for (const auto& change : choice.price_changes) {
    auto line = std::find_if(cart.items.begin(), cart.items.end(),
                             [&](const cart::CartLine& known) { return known.sku_id == change.sku_id; });
    auto row = visit.view.add("CHANGE");
    row.set("CHANGE_TITLE", line == cart.items.end() ? std::string_view(change.sku_id.text()) : line->title);
    row.set("CHANGE_BEFORE", visit.locale.money(change.expected));
    row.set("CHANGE_NOW", visit.locale.money(change.current));
  }
}

}  // namespace

// The place and the point of the last order, for whoever has said nothing yet.
Task<void> BuyingPages::remember_last_point(Visit& visit, Choice& choice) {
  if (choice.point || choice.here || !choice.near.empty()) co_return;
  UserId buyer(visit.http.call.caller.id);
  auto last = co_await services_.orders.list(visit.http.call, {buyer, 1, 1});
  if (last.items.empty()) co_return;
  auto order = co_await services_.orders.get(visit.http.call, {last.items.front().order_id});
  if (!order.pickup_point) co_return;
  choice.point = order.delivery.pickup_point_id;
  choice.here.emplace(order.pickup_point->lat, order.pickup_point->lon);
}

Task<std::vector<pickup::Point>> BuyingPages::points_for(Visit& visit, const Choice& choice) {
  auto limit = choice.all_points ? most_points : few_points;
  auto place = choice.here.value_or(moscow);
  pickup::NearestReply found;
  if (choice.near.empty()) {
    found = co_await services_.pickup.nearest(visit.http.call, {place.first, place.second, limit});
  } else {
    pickup::SearchRequest search{choice.near, limit, std::nullopt, std::nullopt};
    if (choice.here) {
      search.lat = choice.here->first;
      search.lon = choice.here->second;
    }
    found = co_await services_.pickup.search(visit.http.call, std::move(search));
  }
  bool is_listed = std::any_of(found.items.begin(), found.items.end(), [&](const pickup::Point& point) {
    return point.pickup_point_id == choice.point;
  });
  if (choice.point && !is_listed) {
    try {
      found.items.insert(found.items.begin(),
                         co_await services_.pickup.get(visit.http.call, {*choice.point}));
    } catch (const Error& error) {
      if (error.code != ErrorCode::not_found) throw;
    }
  }
  co_return std::move(found.items);
}

Task<pages::Answer> BuyingPages::show_checkout(Visit& visit) {
  auto choice = choice_of(visit.query, pay_methods(settings_.sandboxed));
  co_await remember_last_point(visit, choice);
  co_return co_await offer(visit, std::move(choice), 200);
}

// The checkout for what lies in the cart now. Each showing has a key of its own, so a form that was shown can
// make one order, and the next form another.
Task<pages::Answer> BuyingPages::offer(Visit& visit, Choice choice, int status) {
  auto cart = co_await services_.cart.get(visit.http.call, {visit.http.call.caller.id});
  if (cart.items.empty() || is_short(cart)) co_return pages::redirect("/cart");
  auto points = co_await points_for(visit, choice);
  auto& view = visit.view;
  view.set("TITLE", visit.say("checkout.title"));
  visit.http.headers.add("Cache-Control", "no-store");
  view.show("NOT_INDEXED");
  view.set("KEY", to_hex(random_.bytes(key_bytes)));
  view.set("CART_VERSION", cart.version);
  view.set("NEAR", choice.near);
  view.set_and_show("NOTICE_TEXT", choice.notice, "HAS_NOTICE");
  bool has_problem = !choice.point_problem.empty();
  view.set("POINT_PROBLEM", has_problem ? choice.point_problem : visit.say("checkout.point_missing"));
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
  show_points(visit, choice, points);
  show_methods(visit, pay_methods(settings_.sandboxed), choice.pay);
  view.show("OF_ORDER");
  show_goods(visit, cart);
  show_changes(visit, choice, cart);
  show_left_out(visit, cart);
  view.set("UNITS", visit.say("cart.units", {{"count", cart.count}}));
  view.set("ITEMS_TOTAL", visit.locale.money(cart.totals.items));
  view.set("TOTAL", visit.locale.money(cart.totals.total));
  view.set("PAY_TEXT", visit.say("checkout.pay", {{"total", visit.locale.money(cart.totals.total)}}));
  co_return pages::Show{"checkout.html", status};
}

}  // namespace bramble::storefront
