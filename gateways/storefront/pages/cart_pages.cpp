// The cart as a page: what lies in it, what it costs now, and what of it cannot be had any more.
#include <algorithm>

#include "base/error.h"
#include "gateways/storefront/pages/buying_pages.h"
#include "gateways/storefront/pages/goods_words.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t most_of_a_sku = 99;

void show_line(pages::Visit& visit, const cart::CartLine& line) {
  auto row = visit.view.add("LINE");
  set_goods(row, line.product_id, line.title, line.image_url, line.options);
  row.set("SKU", line.sku_id.text());
  row.set("QUANTITY", line.quantity);
  row.set("LESS", line.quantity - 1);
  row.set("MORE", std::min(line.quantity + 1, most_of_a_sku));
  row.set("MOST", std::min(std::max(line.available, line.quantity), most_of_a_sku));
  row.set("PRICE", visit.locale.money(line.price));
  row.set("LINE_TOTAL", visit.locale.money(line.line_total));
  row.show_if(line.quantity > 1, "SEVERAL");
  row.show(line.quantity < std::min(line.available, most_of_a_sku) ? "MAY_HAVE_MORE" : "HAS_MOST");
  if (line.available == 0) {
    row.show("SOLD_OUT");
  } else if (line.available < line.quantity) {
    row.set_and_show("FEWER_TEXT", visit.say("cart.fewer", {{"count", line.available}}), "FEWER");
  }
  row.show_if(line.available > 0, "ON_SALE");
  if (!line.price_before) return;
  bool dearer = line.price.amount_minor > line.price_before->amount_minor;
  auto before = visit.locale.money(*line.price_before);
  row.set_and_show("PRICE_NOTE", visit.say(dearer ? "cart.dearer" : "cart.cheaper", {{"before", before}}),
                   dearer ? "DEARER" : "CHEAPER");
}

// Of what can be bought now.
Money total_of(const cart::CartView& cart) {
  Money total;
  for (const auto& line : cart.items) total = total + line.price * std::min(line.quantity, line.available);
  return total;
}

std::int64_t units_of(const cart::CartView& cart) {
  std::int64_t units = 0;
  for (const auto& line : cart.items) units += std::min(line.quantity, line.available);
  return units;
}

}  // namespace

bool is_short(const cart::CartView& cart) {
  return std::any_of(cart.items.begin(), cart.items.end(),
                     [](const cart::CartLine& line) { return line.available < line.quantity; });
}

pages::Answer BuyingPages::cart_page(Visit& visit, const cart::CartView& cart, std::string_view problem,
                                     int status) {
  auto& view = visit.view;
  view.set("TITLE", visit.say("cart.title"));
  view.set_and_show("PROBLEM", problem, "HAS_PROBLEM");
  view.show(cart.items.empty() ? "EMPTY" : "FULL");
  for (const auto& line : cart.items) show_line(visit, line);
  auto units = units_of(cart);
  auto total = visit.locale.money(total_of(cart));
  view.set("UNITS", visit.say("cart.units", {{"count", units}}));
  view.set("ITEMS_TOTAL", total);
  view.set("TOTAL", total);
  view.show_if(!cart.items.empty() && units > 0, is_short(cart) ? "NEEDS_FITTING" : "MAY_CHECK_OUT");
  view.show_if(!cart.items.empty() && units == 0, "NOTHING_LEFT");
  return pages::Show{"cart.html", status};
}

Task<pages::Answer> BuyingPages::show_cart(Visit& visit) {
  auto owner = co_await carts_.owner(visit.http);
  auto cart = co_await services_.cart.get(visit.http.call, {owner});
  co_return cart_page(visit, cart, "", 200);
}

// What says that the cart is full has this address; who comes back to it finds the cart.
Task<pages::Answer> BuyingPages::to_cart(Visit&) { co_return pages::redirect("/cart"); }

// What lies in the cart already is not added a second time: pressing twice does nothing.
Task<pages::Answer> BuyingPages::put_in_cart(Visit& visit) {
  auto sku = SkuId::parse(visit.form.get("sku_id"));
  if (!sku) throw_invalid("sku_id", "malformed", "a SKU");
  auto wanted = std::clamp<std::int64_t>(visit.form.integer("quantity").value_or(1), 1, most_of_a_sku);
  auto owner = co_await carts_.owner(visit.http);
  auto cart = co_await services_.cart.get(visit.http.call, {owner});
  auto line = std::find_if(cart.items.begin(), cart.items.end(),
                           [&](const cart::CartLine& known) { return known.sku_id == *sku; });
  bool has_it = line != cart.items.end() && line->quantity >= wanted;
  bool is_full = false;
  if (!has_it) {
    try {
      co_await services_.cart.put_item(visit.http.call, {owner, *sku, wanted});
    } catch (const Error& error) {
      if (error.reason != "cart_full") throw;
      is_full = true;
    }
  }
  if (is_full) co_return cart_page(visit, cart, visit.say("cart.full"), 409);
  co_return pages::redirect(visit.form.has("back") ? pages::safe_back(visit.form.get("back")) : "/cart");
}

Task<pages::Answer> BuyingPages::set_quantity(Visit& visit) {
  auto sku = SkuId::parse(visit.http.path.find("sku_id")->second);
  // A pressed button says more than the field beside it.
  auto wanted = visit.form.integer(visit.form.has("set") ? "set" : "quantity");
  if (sku && wanted) {
    auto owner = co_await carts_.owner(visit.http);
    auto quantity = std::clamp<std::int64_t>(*wanted, 0, most_of_a_sku);
    co_await services_.cart.put_item(visit.http.call, {owner, *sku, quantity});
  }
  co_return pages::redirect("/cart");
}

// Takes as many of each as there are, and goes on.
Task<pages::Answer> BuyingPages::fit_cart(Visit& visit) {
  auto owner = co_await carts_.owner(visit.http);
  auto cart = co_await services_.cart.get(visit.http.call, {owner});
  for (const auto& line : cart.items) {
    if (line.available >= line.quantity) continue;
    co_await services_.cart.put_item(visit.http.call, {owner, line.sku_id, line.available});
  }
  co_return pages::redirect("/checkout");
}

}  // namespace bramble::storefront
