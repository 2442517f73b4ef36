// The cart as a page: what lies in it, what it costs now, and what of it cannot be had any more.
#include <algorithm>
#include <optional>

#include "base/error.h"
#include "gateways/edge/rate_limit.h"
#include "gateways/storefront/pages/buying_pages.h"
#include "gateways/storefront/pages/goods_words.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t most_of_a_sku = 99;

// What a field says, if it is a quantity at all.
std::optional<std::int64_t> quantity_in(const pages::Form& form, std::string_view field, std::int64_t least) {
  auto quantity = form.integer(field);
  bool is_good = quantity && *quantity >= least && *quantity <= most_of_a_sku;
  return is_good ? quantity : std::nullopt;
}

const cart::CartLine* line_of(const cart::CartView& cart, const SkuId& sku) {
  auto line = std::find_if(cart.items.begin(), cart.items.end(),
                           [&](const cart::CartLine& known) { return known.sku_id == sku; });
  return line == cart.items.end() ? nullptr : &*line;
}

// What a cart refuses: more different goods, or more units, than an order may have.
bool is_of_room(const Error& error) { return error.reason == "cart_full" || error.reason == "cart_units"; }

pages::View show_line(pages::Visit& visit, const cart::CartLine& line, const LineProblem& problem) {
  auto row = visit.view.add("LINE");
  set_goods(row, line.product_id, line.sku_id, line.title, line.image_url, line.options);
  row.set("SKU", line.sku_id.text());
  bool is_wrong = problem.sku == line.sku_id.text();
  row.set_and_show("LINE_PROBLEM", is_wrong ? problem.text : std::string(), "HAS_LINE_PROBLEM");
  if (is_wrong && !problem.typed.empty()) {
    row.set("QUANTITY", problem.typed);
  } else {
    row.set("QUANTITY", line.quantity);
  }
  auto most = std::min(std::max(line.available, line.quantity), std::max(line.most, line.quantity));
  row.set("LESS", line.quantity - 1);
  row.set("MORE", line.quantity + 1);
  row.set("MOST", most);
  row.set("PRICE", visit.locale.money(line.price));
  row.set("LINE_TOTAL", visit.locale.money(line.line_total));
  row.show_if(line.quantity > 1, "SEVERAL");
  row.show(line.quantity < most ? "MAY_HAVE_MORE" : "HAS_MOST");
  if (line.available == 0) {
    row.show("SOLD_OUT");
  } else if (line.available < line.quantity) {
    row.set_and_show("FEWER_TEXT", visit.say("cart.fewer", {{"count", line.available}}), "FEWER");
  }
  row.show_if(line.available > 0, "ON_SALE");
  if (!line.price_before) return row;
  bool dearer = line.price.amount_minor > line.price_before->amount_minor;
  auto before = visit.locale.money(*line.price_before);
  row.set_and_show("PRICE_NOTE", visit.say(dearer ? "cart.dearer" : "cart.cheaper", {{"before", before}}),
                   dearer ? "DEARER" : "CHEAPER");
  return row;
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

void show_left_out(pages::Visit& visit, const cart::CartView& cart) {
  visit.view.show_if(!cart.left_out.empty(), "LEFT_OUT");
  for (const auto& line : cart.left_out) {
    auto row = visit.view.add("LEFT_OUT_LINE");
    row.set("LEFT_OUT_TITLE", line.title);
    row.set("LEFT_OUT_QUANTITY", line.quantity);
  }
}

Task<pages::Answer> BuyingPages::cart_page(Visit& visit, const cart::CartView& cart, std::string_view problem,
                                           int status, const LineProblem& line_problem) {
  auto waiting = co_await own_.waiting(visit);
  auto& view = visit.view;
  visit.http.headers.add("Cache-Control", "no-store");
  view.show("NOT_INDEXED");
  view.set("TITLE", visit.say("cart.title"));
  view.set_and_show("PROBLEM", problem, "HAS_PROBLEM");
  view.show(cart.items.empty() ? "EMPTY" : "FULL");
  show_waiting(visit, waiting);
  for (const auto& line : cart.items) {
    auto row = show_line(visit, line, line_problem);
    const auto* holder = line.available < line.quantity ? holder_of(waiting, line.sku_id) : nullptr;
    if (holder != nullptr) show_holder(row, visit.locale, *holder);
  }
  show_left_out(visit, cart);
  auto units = units_of(cart);
  auto total = visit.locale.money(total_of(cart));
  view.set("UNITS", visit.say("cart.units", {{"count", units}}));
  view.set("ITEMS_TOTAL", total);
  view.set("TOTAL", total);
  view.show_if(!cart.items.empty() && units > 0, is_short(cart) ? "NEEDS_FITTING" : "MAY_CHECK_OUT");
  view.show_if(!cart.items.empty() && units == 0, "NOTHING_LEFT");
  co_return pages::Show{"cart.html", status};
}

// The line that was taken out just now, with a way to put it back.
Task<void> BuyingPages::offer_undo(Visit& visit) {
  auto sku = SkuId::parse(visit.query.get("removed"));
  auto quantity = quantity_in(visit.query, "quantity", 1);
  if (!sku || !quantity) co_return;
  auto known = co_await services_.catalog.get_skus(visit.http.call, {{*sku}});
  if (known.items.empty()) co_return;
  visit.view.show("REMOVED");
  visit.view.set("REMOVED_SKU", sku->text());
  visit.view.set("REMOVED_QUANTITY", *quantity);
  visit.view.set("REMOVED_TEXT",
                 visit.say("cart.removed", {{"title", std::string_view(known.items.front().title)}}));
}

Task<pages::Answer> BuyingPages::show_cart(Visit& visit) {
  auto owner = co_await carts_.owner(visit.http);
  auto cart = co_await services_.cart.get(visit.http.call, {owner});
  co_await offer_undo(visit);
  co_return co_await cart_page(visit, cart, "", 200);
}

// What says that the cart is full has this address; who comes back to it finds the cart.
Task<pages::Answer> BuyingPages::to_cart(Visit&) { co_return pages::redirect("/cart"); }

// Where to choose among the variants of the goods that the SKU is of; empty: there is nothing to choose.
Task<std::string> BuyingPages::choice_for(Visit& visit, const SkuId& sku) {
  auto known = co_await services_.catalog.get_skus(visit.http.call, {{sku}});
  if (known.items.empty()) co_return std::string();
  auto product = co_await services_.catalog.get_product(visit.http.call, {known.items.front().product_id});
  if (product.skus.size() < 2) co_return std::string();
  co_return product_path(product.product_id) + "?choose=1#choice";
}

// What lies in the cart already is not added a second time: pressing twice does nothing.
Task<pages::Answer> BuyingPages::put_in_cart(Visit& visit) {
  auto sku = SkuId::parse(visit.form.get("sku_id"));
  if (!sku) throw_invalid("sku_id", "malformed", "a SKU");
  // A card stands for all variants of its goods: which one, its reader has not said.
  if (visit.form.has("choose")) {
    auto choice = co_await choice_for(visit, *sku);
    if (!choice.empty()) co_return pages::redirect(choice);
  }
  auto wanted = visit.form.has("quantity") ? quantity_in(visit.form, "quantity", 1) : 1;
  auto owner = co_await carts_.owner(visit.http);
  auto cart = co_await services_.cart.get(visit.http.call, {owner});
  if (!wanted) co_return co_await cart_page(visit, cart, visit.say("cart.quantity_wrong"), 422);
  const auto* line = line_of(cart, *sku);
  bool has_it = line != nullptr && line->quantity >= *wanted;
  std::string refusal;
  if (!has_it) {
    try {
      co_await services_.cart.put_item(visit.http.call,
                                       {owner, *sku, *wanted, edge::limited_address(visit.http)});
    } catch (const Error& error) {
      if (!is_of_room(error)) throw;
      refusal = error.reason;
    }
  }
  if (!refusal.empty()) co_return co_await refused_quantity(visit, owner, *sku, refusal);
  co_return pages::redirect(visit.form.has("back") ? pages::safe_back(visit.form.get("back")) : "/cart");
}

// The cart as it is, with what was typed and why that cannot be.
Task<pages::Answer> BuyingPages::refused_quantity(Visit& visit, const std::string& owner, const SkuId& sku,
                                                  std::string reason) {
  auto cart = co_await services_.cart.get(visit.http.call, {owner});
  const auto* line = line_of(cart, sku);
  if (line == nullptr) {
    auto key = reason == "cart_full" ? "cart.full" : "cart.units_full";
    co_return co_await cart_page(visit, cart, visit.say(key), 409);
  }
  LineProblem problem{sku.text(), visit.say("cart.units_most", {{"count", line->most}}),
                      std::string(visit.form.get(visit.form.has("set") ? "set" : "quantity"))};
  co_return co_await cart_page(visit, cart, "", 409, problem);
}

Task<pages::Answer> BuyingPages::set_quantity(Visit& visit) {
  auto sku = SkuId::parse(visit.http.path.find("sku_id")->second);
  if (!sku) throw Error(ErrorCode::not_found, "sku_not_found", "there is no such SKU");
  // A pressed button says more than the field beside it.
  auto field = visit.form.has("set") ? "set" : "quantity";
  auto wanted = quantity_in(visit.form, field, 0);
  auto owner = co_await carts_.owner(visit.http);
  auto back = visit.form.has("back") ? pages::safe_back(visit.form.get("back")) : std::string("/cart");
  if (!wanted || *wanted == 0) {
    auto cart = co_await services_.cart.get(visit.http.call, {owner});
    if (!wanted) {
      LineProblem problem{sku->text(), std::string(visit.say("cart.quantity_wrong")),
                          std::string(visit.form.get(field))};
      co_return co_await cart_page(visit, cart, "", 422, problem);
    }
    const auto* line = line_of(cart, *sku);
    if (line != nullptr && back == "/cart")
      back = pages::QueryText().add("removed", sku->text()).add("quantity", line->quantity).after("/cart");
  }
  std::string refusal;
  try {
    co_await services_.cart.put_item(visit.http.call,
                                     {owner, *sku, *wanted, edge::limited_address(visit.http)});
  } catch (const Error& error) {
    if (!is_of_room(error)) throw;
    refusal = error.reason;
  }
  if (!refusal.empty()) co_return co_await refused_quantity(visit, owner, *sku, refusal);
  co_return pages::redirect(back);
}

// Takes as many of each as there are, and goes on.
Task<pages::Answer> BuyingPages::fit_cart(Visit& visit) {
  auto owner = co_await carts_.owner(visit.http);
  auto cart = co_await services_.cart.get(visit.http.call, {owner});
  for (const auto& line : cart.items) {
    if (line.available >= line.quantity) continue;
    co_await services_.cart.put_item(visit.http.call,
                                     {owner, line.sku_id, line.available, edge::limited_address(visit.http)});
  }
  co_return pages::redirect("/checkout");
}

}  // namespace bramble::storefront
