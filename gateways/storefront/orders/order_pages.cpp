#include "gateways/storefront/orders/order_pages.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "gateways/storefront/catalogue/goods_view.h"
#include "gateways/storefront/checkout/checkout_choice.h"
#include "gateways/storefront/orders/buyer_status.h"
#include "gateways/storefront/orders/order_view.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t orders_a_page = 10;
constexpr std::int64_t most_pages = 100'000;
constexpr std::size_t pictures_an_order = 4;
constexpr std::size_t key_bytes = 16;

void show_summary(pages::PageRequest& request, const orders::OrderSummary& order,
                  const WaitingOrders& waiting) {
  auto row = request.view.add("ORDER");
  row.set("ORDER_URL", order_path(order.order_id));
  row.set("ORDER_NUMBER", order_number(order.order_id));
  row.set("ORDER_DATE", request.locale.formats.moment(order.created_at));
  row.set("ORDER_STATUS", status_text(request.locale, order.status));
  row.show_if(is_under_way(order.status), "IS_OPEN");
  row.set("ORDER_TOTAL", request.locale.money(order.total));
  row.set("ORDER_UNITS", request.say("cart.units", {{"count", order.item_count}}));
  row.set("ORDER_ID", order.order_id.text());
  for (const auto& open : waiting) {
    if (open.order_id != order.order_id || buyer_status_of(open) != BuyerStatus::to_confirm) continue;
    row.show("WAITS_FOR_BUYER");
    row.set("PAY_PATH", order_path(order.order_id) + "/pay");
    row.set("PAY_UNTIL", to_rfc3339(deadline_of(open)));
  }
  if (!order.goods.empty()) row.set("FIRST_TITLE", order.goods.front().title);
  for (const auto& goods : order.goods) {
    auto number = static_cast<std::size_t>(&goods - order.goods.data());
    if (number == pictures_an_order) break;
    auto picture = row.add("PICTURE");
    set_picture(picture, goods.title, goods.image_url);
  }
  if (order.goods.size() > 1) {
    auto others = static_cast<std::int64_t>(order.goods.size()) - 1;
    row.set_and_show("OTHERS", request.say("orders.others", {{"count", others}}), "HAS_OTHERS");
  }
}

// The order continues without this line; its money is refunded or about to be.
bool is_left_out(const orders::OrderView& order, const orders::OrderLine& line) {
  using enum orders::OrderStatus;
  bool order_is_over = order.status == cancelled || order.status == refunded;
  return !order_is_over && (line.status == cancelled || line.status == refunded);
}

std::string why_left_out(const orders::OrderView& order, const orders::OrderLine& line) {
  bool called_off = std::any_of(order.refunds.begin(), order.refunds.end(), [&](const auto& refund) {
    return refund.sku_id == line.sku_id && refund.reason == "called_off";
  });
  bool missing = std::any_of(order.refunds.begin(), order.refunds.end(), [&](const auto& refund) {
    return refund.sku_id == line.sku_id && refund.reason != "called_off";
  });
  // Equal units may be gone for either reason; the text then names the milder one.
  return called_off && !missing ? "order.line_called_off" : "order.line_not_found";
}

void show_lines(pages::PageRequest& request, const orders::OrderView& order) {
  std::int64_t units = 0;
  for (const auto& line : order.items) {
    auto row = request.view.add("LINE");
    set_goods(row, line.product_id, line.sku_id, line.title, line.image_url, line.options);
    row.set("QUANTITY", line.quantity);
    row.set("PRICE", request.locale.money(line.price));
    row.set("LINE_TOTAL", request.locale.money(line.line_total));
    bool is_gone = is_left_out(order, line);
    row.show_if(is_gone, "NOT_FOUND");
    if (is_gone) row.set("WHY_NOT", request.say(why_left_out(order, line)));
    units += line.quantity;
  }
  request.view.set("UNITS", request.say("cart.units", {{"count", units}}));
  request.view.set("ITEMS_TOTAL", request.locale.money(order.total));
  request.view.set("TOTAL", request.locale.money(order.total));
}

std::string title_of(const orders::OrderView& order, const SkuId& sku) {
  for (const auto& line : order.items) {
    if (line.sku_id == sku) return line.title;
  }
  return sku.text();
}

std::string_view refund_words(bool called_off, bool done) {
  if (called_off) return done ? "order.called_off_done" : "order.called_off_coming";
  return done ? "order.refund_done" : "order.refund_coming";
}

// Units that no warehouse found or that staff cancelled, and the state of their refund.
void show_refunds(pages::PageRequest& request, const orders::OrderView& order) {
  Money back{0, order.total.currency};
  bool all_called_off = true;
  for (const auto& refund : order.refunds) {
    back = back + refund.amount;
    bool called_off = refund.reason == "called_off";
    all_called_off = all_called_off && called_off;
    auto row = request.view.add("REFUND");
    row.set("REFUND_TEXT", request.say(refund_words(called_off, refund.done),
                                       {{"title", title_of(order, refund.sku_id)},
                                        {"amount", request.locale.money(refund.amount)},
                                        {"count", refund.quantity}}));
  }
  request.view.set("REFUNDS_TITLE", request.say(all_called_off ? "order.called_off" : "order.refunds"));
  Money net{order.total.amount_minor - back.amount_minor, order.total.currency};
  request.view.set("NET_TOTAL", request.locale.money(net));
  request.view.show_if(order.refunds.empty(), "NO_REFUNDS");
  request.view.set("REFUNDED", request.locale.money(back));
}

void show_history(pages::PageRequest& request, const orders::OrderView& order) {
  for (const auto& change : order.history) {
    auto row = request.view.add("CHANGE");
    row.set("CHANGE_STATUS", status_text(request.locale, change.status));
    row.set("CHANGE_TIME", request.locale.formats.moment(change.at));
  }
}

}  // namespace

std::vector<edge::Route> OrderPages::routes(const pages::Site& site) {
  using enum edge::Auth;
  return {
      site.get("page_orders", "/orders", buyer, pages::handler(*this, &OrderPages::list_orders)),
      site.get("page_order", "/orders/{order_id}", buyer, pages::handler(*this, &OrderPages::show_order)),
      site.get("page_order_payments", "/orders/{order_id}/payments", buyer,
               pages::handler(*this, &OrderPages::show_order)),
      site.get("page_ask_to_cancel", "/orders/{order_id}/cancel", buyer,
               pages::handler(*this, &OrderPages::ask_to_cancel)),
      site.post("page_cancel", "/orders/{order_id}/cancel", buyer,
                pages::handler(*this, &OrderPages::cancel)),
      site.post("page_order_again", "/orders/{order_id}/again", buyer,
                pages::handler(*this, &OrderPages::order_again)),
  };
}

Task<pages::Answer> OrderPages::list_orders(PageRequest& request) {
  auto page = std::clamp<std::int64_t>(request.query.integer("page").value_or(1), 1, most_pages);
  UserId buyer(request.http.call.caller.id);
  auto found = co_await orders_.list(request.http.call, {buyer, page, orders_a_page});
  auto pages_count = std::max<std::int64_t>((found.total + orders_a_page - 1) / orders_a_page, 1);
  auto page_url = [](std::int64_t number) { return pages::QueryText().add("page", number).after("/orders"); };
  if (found.items.empty() && page > 1)
    co_return pages::redirect(pages_count > 1 ? page_url(pages_count) : "/orders");
  auto& view = request.view;
  view.set("TITLE", request.say("orders.title"));
  request.http.headers.add("Cache-Control", "no-store");
  view.show("NOT_INDEXED");
  view.show(found.items.empty() ? "EMPTY" : "FULL");
  auto waiting = page == 1 ? co_await summary_.waiting(request) : WaitingOrders();
  for (const auto& order : found.items) show_summary(request, order, waiting);
  view.show_if(pages_count > 1, "HAS_PAGES");
  view.set("PAGE_OF", request.say("orders.page_of", {{"page", page}, {"pages", pages_count}}));
  if (page > 1) view.set_and_show("NEWER_URL", page_url(page - 1), "HAS_NEWER");
  if (page < pages_count) view.set_and_show("OLDER_URL", page_url(page + 1), "HAS_OLDER");
  co_return pages::PageResult{"orders.html"};
}

Task<pages::Answer> OrderPages::show_order(PageRequest& request) {
  auto order = co_await orders_.get(request.http.call, {order_in_path(request)});
  auto& view = request.view;
  view.set("TITLE", request.say("order.title", {{"number", order_number(order.order_id)}}));
  set_order(request, order);
  show_steps(request, order);
  show_lines(request, order);
  show_refunds(request, order);
  show_history(request, order);
  repayment_.offer(request, order);
  auto said = request.query.get("said");
  if (said == "packed" && !order.can_cancel) {
    view.set_and_show("SAID", request.say("order.said.packed"), "HAS_SAID");
  }
  if (said == "too_late" || said == "too_many") {
    view.set_and_show("SAID", request.say("repay.said." + std::string(said)), "HAS_SAID");
  }
  co_return pages::PageResult{"order.html"};
}

Task<pages::Answer> OrderPages::ask_to_cancel(PageRequest& request) {
  auto order = co_await orders_.get(request.http.call, {order_in_path(request)});
  if (!order.can_cancel) co_return pages::redirect(order_path(order.order_id));
  auto& view = request.view;
  view.set("TITLE", request.say("order.cancel_title"));
  set_order(request, order);
  view.set("KEY", to_hex(random_.bytes(key_bytes)));
  bool was_paid = buyer_status_of(order) == BuyerStatus::paid;
  view.set("CONSEQUENCE", request.say(was_paid ? "order.cancel_paid" : "order.cancel_unpaid"));
  co_return pages::PageResult{"order-cancel.html"};
}

Task<pages::Answer> OrderPages::cancel(PageRequest& request) {
  auto order = order_in_path(request);
  auto key = request.form.get("key");
  std::string name = is_order_key(key) ? "page:" + std::string(key) : "";
  auto reply = co_await orders_.cancel(request.http.call, {order, name, "cancel " + order.text()});
  bool is_packed = reply.outcome == orders::CancelOutcome::packed;
  co_return pages::redirect(order_path(order) + (is_packed ? "?said=packed" : ""));
}

// Puts the order's goods back into the cart, after a declined or expired payment.
Task<pages::Answer> OrderPages::order_again(PageRequest& request) {
  auto order = co_await orders_.get(request.http.call, {order_in_path(request)});
  const auto& buyer = request.http.call.caller.id;
  auto cart = co_await cart_.get(request.http.call, {buyer});
  for (const auto& line : order.items) {
    auto known = std::find_if(cart.items.begin(), cart.items.end(),
                              [&](const cart::CartLine& own) { return own.sku_id == line.sku_id; });
    if (known != cart.items.end() && known->quantity >= line.quantity) continue;
    auto wanted = std::min<std::int64_t>(line.quantity, 99);
    try {
      cart = co_await cart_.put_item(request.http.call, {buyer, line.sku_id, wanted});
    } catch (const Error& error) {
      // Goods that are no longer sold or do not fit are skipped; the cart shows the rest.
      if (error.code != ErrorCode::not_found && error.code != ErrorCode::conflict) throw;
    }
  }
  co_return pages::redirect("/cart");
}

}  // namespace bramble::storefront
