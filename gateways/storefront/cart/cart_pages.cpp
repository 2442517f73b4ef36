#include "gateways/storefront/cart/cart_pages.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "gateways/edge/rate_limit.h"
#include "gateways/storefront/catalogue/goods_view.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t most_of_a_sku = 99;

// The quantity in a field; empty if it is none.
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

// The cart refused more lines or more units than an order may have.
bool is_over_limit(const Error& error) { return error.reason == "cart_full" || error.reason == "cart_units"; }

}  // namespace

std::vector<edge::Route> CartPages::routes(const pages::Site& site) {
  using enum edge::Auth;
  return {
      site.get("page_cart", "/cart", optional, pages::handler(*this, &CartPages::show_cart)),
      site.get("page_cart_items", "/cart/items", optional, pages::handler(*this, &CartPages::to_cart)),
      site.post("page_put_in_cart", "/cart/items", optional, pages::handler(*this, &CartPages::put_in_cart)),
      site.post("page_set_quantity", "/cart/items/{sku_id}", optional,
                pages::handler(*this, &CartPages::set_quantity)),
      site.post("page_fit_cart", "/cart/fit", optional, pages::handler(*this, &CartPages::fit_cart)),
  };
}

// The line that was removed last, with a form that puts it back.
Task<void> CartPages::offer_undo(PageRequest& request) {
  auto sku = SkuId::parse(request.query.get("removed"));
  auto quantity = quantity_in(request.query, "quantity", 1);
  if (!sku || !quantity) co_return;
  auto known = co_await catalog_.get_skus(request.http.call, {{*sku}});
  if (known.items.empty()) co_return;
  request.view.show("REMOVED");
  request.view.set("REMOVED_SKU", sku->text());
  request.view.set("REMOVED_QUANTITY", *quantity);
  request.view.set("REMOVED_TEXT",
                   request.say("cart.removed", {{"title", std::string_view(known.items.front().title)}}));
}

Task<pages::Answer> CartPages::show_cart(PageRequest& request) {
  auto owner = co_await carts_.owner(request.http);
  auto cart = co_await cart_.get(request.http.call, {owner});
  co_await offer_undo(request);
  co_return co_await page_.show(request, cart, "", 200);
}

// The page that says "the cart is full" has this address; a reload leads to the cart.
Task<pages::Answer> CartPages::to_cart(PageRequest&) { co_return pages::redirect("/cart"); }

// The address at which to choose a variant of the SKU's product; empty: it has only one.
Task<std::string> CartPages::choice_for(PageRequest& request, const SkuId& sku) {
  auto known = co_await catalog_.get_skus(request.http.call, {{sku}});
  if (known.items.empty()) co_return std::string();
  auto product = co_await catalog_.get_product(request.http.call, {known.items.front().product_id});
  if (product.skus.size() < 2) co_return std::string();
  co_return product_path(product.product_id) + "?choose=1#choice";
}

// Goods that are in the cart already are not added again, so that a double click does nothing.
Task<pages::Answer> CartPages::put_in_cart(PageRequest& request) {
  auto sku = SkuId::parse(request.form.get("sku_id"));
  if (!sku) throw_invalid("sku_id", "malformed", "a SKU");
  // A card stands for all variants of its product; the reader has not chosen one.
  if (request.form.has("choose")) {
    auto choice = co_await choice_for(request, *sku);
    if (!choice.empty()) co_return pages::redirect(choice);
  }
  auto wanted = request.form.has("quantity") ? quantity_in(request.form, "quantity", 1) : 1;
  auto owner = co_await carts_.owner(request.http);
  auto cart = co_await cart_.get(request.http.call, {owner});
  if (!wanted) co_return co_await page_.show(request, cart, request.say("cart.quantity_wrong"), 422);
  const auto* line = line_of(cart, *sku);
  bool has_it = line != nullptr && line->quantity >= *wanted;
  std::string refusal;
  if (!has_it) {
    try {
      co_await cart_.put_item(request.http.call, {owner, *sku, *wanted, edge::limited_address(request.http)});
    } catch (const Error& error) {
      if (!is_over_limit(error)) throw;
      refusal = error.reason;
    }
  }
  if (!refusal.empty()) co_return co_await refused_quantity(request, owner, *sku, refusal);
  co_return pages::redirect(request.form.has("back") ? pages::safe_back(request.form.get("back")) : "/cart");
}

// The cart as it is, with the refused input and the reason.
Task<pages::Answer> CartPages::refused_quantity(PageRequest& request, const std::string& owner,
                                                const SkuId& sku, std::string reason) {
  auto cart = co_await cart_.get(request.http.call, {owner});
  const auto* line = line_of(cart, sku);
  if (line == nullptr) {
    auto key = reason == "cart_full" ? "cart.full" : "cart.units_full";
    co_return co_await page_.show(request, cart, request.say(key), 409);
  }
  LineProblem problem{sku.text(), request.say("cart.units_most", {{"count", line->most}}),
                      std::string(request.form.get(request.form.has("set") ? "set" : "quantity"))};
  co_return co_await page_.show(request, cart, "", 409, problem);
}

Task<pages::Answer> CartPages::set_quantity(PageRequest& request) {
  auto sku = SkuId::parse(request.http.path.find("sku_id")->second);
  if (!sku) throw Error(ErrorCode::not_found, "sku_not_found", "there is no such SKU");
  // A pressed button counts more than the field beside it.
  auto field = request.form.has("set") ? "set" : "quantity";
  auto wanted = quantity_in(request.form, field, 0);
  auto owner = co_await carts_.owner(request.http);
  auto back = request.form.has("back") ? pages::safe_back(request.form.get("back")) : std::string("/cart");
  if (!wanted || *wanted == 0) {
    auto cart = co_await cart_.get(request.http.call, {owner});
    if (!wanted) {
      LineProblem problem{sku->text(), std::string(request.say("cart.quantity_wrong")),
                          std::string(request.form.get(field))};
      co_return co_await page_.show(request, cart, "", 422, problem);
    }
    const auto* line = line_of(cart, *sku);
    if (line != nullptr && back == "/cart")
      back = pages::QueryText().add("removed", sku->text()).add("quantity", line->quantity).after("/cart");
  }
  std::string refusal;
  try {
    co_await cart_.put_item(request.http.call, {owner, *sku, *wanted, edge::limited_address(request.http)});
  } catch (const Error& error) {
    if (!is_over_limit(error)) throw;
    refusal = error.reason;
  }
  if (!refusal.empty()) co_return co_await refused_quantity(request, owner, *sku, refusal);
  co_return pages::redirect(back);
}

// Reduces each line to what can be bought and goes on to the checkout.
Task<pages::Answer> CartPages::fit_cart(PageRequest& request) {
  auto owner = co_await carts_.owner(request.http);
  auto cart = co_await cart_.get(request.http.call, {owner});
  for (const auto& line : cart.items) {
    if (line.available >= line.quantity) continue;
    co_await cart_.put_item(request.http.call,
                            {owner, line.sku_id, line.available, edge::limited_address(request.http)});
  }
  co_return pages::redirect("/checkout");
}

}  // namespace bramble::storefront
