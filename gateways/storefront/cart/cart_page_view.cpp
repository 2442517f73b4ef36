#include "gateways/storefront/cart/cart_page_view.h"

#include <algorithm>

#include "gateways/storefront/catalogue/goods_view.h"

namespace bramble::storefront {
namespace {

pages::View show_line(pages::PageRequest& request, const cart::CartLine& line, const LineProblem& problem) {
  auto row = request.view.add("LINE");
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
  row.set("PRICE", request.locale.money(line.price));
  row.set("LINE_TOTAL", request.locale.money(line.line_total));
  row.show_if(line.quantity > 1, "SEVERAL");
  row.show(line.quantity < most ? "MAY_HAVE_MORE" : "HAS_MOST");
  if (line.available == 0) {
    row.show("SOLD_OUT");
  } else if (line.available < line.quantity) {
    row.set_and_show("FEWER_TEXT", request.say("cart.fewer", {{"count", line.available}}), "FEWER");
  }
  row.show_if(line.available > 0, "ON_SALE");
  if (!line.price_before) return row;
  bool dearer = line.price.amount_minor > line.price_before->amount_minor;
  auto before = request.locale.money(*line.price_before);
  row.set_and_show("PRICE_NOTE", request.say(dearer ? "cart.dearer" : "cart.cheaper", {{"before", before}}),
                   dearer ? "DEARER" : "CHEAPER");
  return row;
}

// Of the units that can be bought now.
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

void show_left_out(pages::PageRequest& request, const cart::CartView& cart) {
  request.view.show_if(!cart.left_out.empty(), "LEFT_OUT");
  for (const auto& line : cart.left_out) {
    auto row = request.view.add("LEFT_OUT_LINE");
    row.set("LEFT_OUT_TITLE", line.title);
    row.set("LEFT_OUT_QUANTITY", line.quantity);
  }
}

Task<pages::Answer> CartPageView::show(pages::PageRequest& request, const cart::CartView& cart,
                                       std::string_view problem, int status,
                                       const LineProblem& line_problem) const {
  auto waiting = co_await summary_.waiting(request);
  auto& view = request.view;
  request.http.headers.add("Cache-Control", "no-store");
  view.show("NOT_INDEXED");
  view.set("TITLE", request.say("cart.title"));
  view.set_and_show("PROBLEM", problem, "HAS_PROBLEM");
  view.show(cart.items.empty() ? "EMPTY" : "FULL");
  show_waiting(request, waiting);
  for (const auto& line : cart.items) {
    auto row = show_line(request, line, line_problem);
    const auto* holder = line.available < line.quantity ? holder_of(waiting, line.sku_id) : nullptr;
    if (holder != nullptr) show_holder(row, request.locale, *holder);
  }
  show_left_out(request, cart);
  auto units = units_of(cart);
  auto total = request.locale.money(total_of(cart));
  view.set("UNITS", request.say("cart.units", {{"count", units}}));
  view.set("ITEMS_TOTAL", total);
  view.set("TOTAL", total);
  view.show_if(!cart.items.empty() && units > 0, is_short(cart) ? "NEEDS_FITTING" : "MAY_CHECK_OUT");
  view.show_if(!cart.items.empty() && units == 0, "NOTHING_LEFT");
  co_return pages::PageResult{"cart.html", status};
}

}  // namespace bramble::storefront
