// A buyer's orders: the list, one order with its live state, and cancelling it.
#include "base/error.h"
#include "base/text.h"
#include "gateways/storefront/pages/buying_pages.h"
#include "gateways/storefront/pages/checkout_choice.h"
#include "gateways/storefront/pages/goods_words.h"
#include "gateways/storefront/pages/order_words.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t orders_a_page = 10;
constexpr std::int64_t most_pages = 100'000;
constexpr std::size_t pictures_an_order = 4;
constexpr std::size_t key_bytes = 16;

OrderId order_of(const pages::Visit& visit) {
  auto order = OrderId::parse(visit.http.path.find("order_id")->second);
  if (!order) throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  return std::move(*order);
}

void show_summary(pages::Visit& visit, const orders::OrderSummary& order, const WaitingOrders& waiting) {
  auto row = visit.view.add("ORDER");
  row.set("ORDER_URL", order_path(order.order_id));
  row.set("ORDER_NUMBER", order_number(order.order_id));
  row.set("ORDER_DATE", visit.locale.formats.moment(order.created_at));
  row.set("ORDER_STATUS", status_text(visit.locale, order.status));
  row.show_if(is_under_way(order.status), "IS_OPEN");
  row.set("ORDER_TOTAL", visit.locale.money(order.total));
  row.set("ORDER_UNITS", visit.say("cart.units", {{"count", order.item_count}}));
  row.set("ORDER_ID", order.order_id.text());
  for (const auto& open : waiting) {
    if (open.order_id != order.order_id || standing_of(open) != Standing::to_confirm) continue;
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
    row.set_and_show("OTHERS", visit.say("orders.others", {{"count", others}}), "HAS_OTHERS");
  }
}

// The order goes on without it; its money is on its way back, or back.
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
  // Alike units may have gone for either reason: then it says the milder.
  return called_off && !missing ? "order.line_called_off" : "order.line_not_found";
}

void show_lines(pages::Visit& visit, const orders::OrderView& order) {
  std::int64_t units = 0;
  for (const auto& line : order.items) {
    auto row = visit.view.add("LINE");
    set_goods(row, line.product_id, line.sku_id, line.title, line.image_url, line.options);
    row.set("QUANTITY", line.quantity);
    row.set("PRICE", visit.locale.money(line.price));
    row.set("LINE_TOTAL", visit.locale.money(line.line_total));
    bool is_gone = is_left_out(order, line);
    row.show_if(is_gone, "NOT_FOUND");
    if (is_gone) row.set("WHY_NOT", visit.say(why_left_out(order, line)));
    units += line.quantity;
  }
  visit.view.set("UNITS", visit.say("cart.units", {{"count", units}}));
  visit.view.set("ITEMS_TOTAL", visit.locale.money(order.total));
  visit.view.set("TOTAL", visit.locale.money(order.total));
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

// Units that no warehouse could find, or that were called off: their money is back, or on its way.
void show_refunds(pages::Visit& visit, const orders::OrderView& order) {
  Money back{0, order.total.currency};
  bool all_called_off = true;
  for (const auto& refund : order.refunds) {
    back = back + refund.amount;
    bool called_off = refund.reason == "called_off";
    all_called_off = all_called_off && called_off;
    auto row = visit.view.add("REFUND");
    row.set("REFUND_TEXT",
            visit.say(refund_words(called_off, refund.done), {{"title", title_of(order, refund.sku_id)},
                                                              {"amount", visit.locale.money(refund.amount)},
                                                              {"count", refund.quantity}}));
  }
  visit.view.set("REFUNDS_TITLE", visit.say(all_called_off ? "order.called_off" : "order.refunds"));
  Money net{order.total.amount_minor - back.amount_minor, order.total.currency};
  visit.view.set("NET_TOTAL", visit.locale.money(net));
  visit.view.show_if(order.refunds.empty(), "NO_REFUNDS");
  visit.view.set("REFUNDED", visit.locale.money(back));
}

void show_history(pages::Visit& visit, const orders::OrderView& order) {
  for (const auto& change : order.history) {
    auto row = visit.view.add("CHANGE");
    row.set("CHANGE_STATUS", status_text(visit.locale, change.status));
    row.set("CHANGE_TIME", visit.locale.formats.moment(change.at));
  }
}

}  // namespace

void set_order(pages::Visit& visit, const orders::OrderView& order) {
  auto& view = visit.view;
  auto standing = standing_of(order);
  // Whoever uses the browser next shall not find it by going back.
  visit.http.headers.add("Cache-Control", "no-store");
  view.show("NOT_INDEXED");
  view.set("ORDER_ID", order.order_id.text());
  view.set("ORDER_NUMBER", order_number(order.order_id));
  view.set("ORDER_URL", order_path(order.order_id));
  view.set("ORDER_DATE", visit.locale.formats.moment(order.created_at));
  view.set("ORDER_STATUS", status_text(visit.locale, order.status));
  view.set("ORDER_STATUS_NAME", to_string(order.status));
  auto kind = order.cancel_requested ? "warning" : notice_kind(standing);
  view.set("NOTICE_KIND", kind);
  view.set("NOTICE_ICON", notice_icon(kind));
  set_next(view, visit.locale, order);
  view.set_and_show("DECLINED_BECAUSE", decline_text(visit.locale, order), "HAS_REASON");
  if (standing == Standing::to_confirm) {
    view.set_and_show("PAY_URL", order.payment.redirect_url.value_or(""), "MAY_PAY");
    view.set("PAY_UNTIL", to_rfc3339(deadline_of(order)));
  }
  bool waits = standing == Standing::to_confirm || standing == Standing::deciding;
  if (waits) {
    view.show("MAY_CHECK");
    view.set("CHECK_URL", pages::QueryText().add("order_id", order.order_id.text()).after("/payment/return"));
  }
  view.show_if(order.can_cancel, "MAY_CANCEL");
  bool is_over = standing == Standing::declined || standing == Standing::timed_out ||
                 standing == Standing::cancelled || standing == Standing::refunded;
  view.show_if(is_over, "MAY_ORDER_AGAIN");
  if (order.pickup_point) {
    view.show("HAS_POINT");
    view.set("POINT_TITLE", order.pickup_point->title);
    view.set("POINT_ADDRESS", order.pickup_point->address);
  }
  view.set("TOTAL", visit.locale.money(order.total));
}

Task<pages::Answer> BuyingPages::list_orders(Visit& visit) {
  auto page = std::clamp<std::int64_t>(visit.query.integer("page").value_or(1), 1, most_pages);
  UserId buyer(visit.http.call.caller.id);
  auto found = co_await services_.orders.list(visit.http.call, {buyer, page, orders_a_page});
  auto pages_count = std::max<std::int64_t>((found.total + orders_a_page - 1) / orders_a_page, 1);
  auto page_url = [](std::int64_t number) { return pages::QueryText().add("page", number).after("/orders"); };
  if (found.items.empty() && page > 1)
    co_return pages::redirect(pages_count > 1 ? page_url(pages_count) : "/orders");
  auto& view = visit.view;
  view.set("TITLE", visit.say("orders.title"));
  visit.http.headers.add("Cache-Control", "no-store");
  view.show("NOT_INDEXED");
  view.show(found.items.empty() ? "EMPTY" : "FULL");
  auto waiting = page == 1 ? co_await own_.waiting(visit) : WaitingOrders();
  for (const auto& order : found.items) show_summary(visit, order, waiting);
  view.show_if(pages_count > 1, "HAS_PAGES");
  view.set("PAGE_OF", visit.say("orders.page_of", {{"page", page}, {"pages", pages_count}}));
  if (page > 1) view.set_and_show("NEWER_URL", page_url(page - 1), "HAS_NEWER");
  if (page < pages_count) view.set_and_show("OLDER_URL", page_url(page + 1), "HAS_OLDER");
  co_return pages::Show{"orders.html"};
}

Task<pages::Answer> BuyingPages::show_order(Visit& visit) {
  auto order = co_await services_.orders.get(visit.http.call, {order_of(visit)});
  auto& view = visit.view;
  view.set("TITLE", visit.say("order.title", {{"number", order_number(order.order_id)}}));
  set_order(visit, order);
  show_steps(visit, order);
  show_lines(visit, order);
  show_refunds(visit, order);
  show_history(visit, order);
  offer_repaying(visit, order);
  auto said = visit.query.get("said");
  if (said == "packed" && !order.can_cancel) {
    view.set_and_show("SAID", visit.say("order.said.packed"), "HAS_SAID");
  }
  if (said == "too_late" || said == "too_many") {
    view.set_and_show("SAID", visit.say("repay.said." + std::string(said)), "HAS_SAID");
  }
  co_return pages::Show{"order.html"};
}

// To the bank's page, as long as it waits for the buyer; otherwise to what there is to know.
Task<pages::Answer> BuyingPages::go_to_pay(Visit& visit) {
  auto order = co_await services_.orders.get(visit.http.call, {order_of(visit)});
  bool waits = standing_of(order) == Standing::to_confirm && order.payment.redirect_url;
  co_return pages::redirect(waits ? *order.payment.redirect_url : order_path(order.order_id));
}

Task<pages::Answer> BuyingPages::ask_to_cancel(Visit& visit) {
  auto order = co_await services_.orders.get(visit.http.call, {order_of(visit)});
  if (!order.can_cancel) co_return pages::redirect(order_path(order.order_id));
  auto& view = visit.view;
  view.set("TITLE", visit.say("order.cancel_title"));
  set_order(visit, order);
  view.set("KEY", to_hex(random_.bytes(key_bytes)));
  bool was_paid = standing_of(order) == Standing::paid;
  view.set("CONSEQUENCE", visit.say(was_paid ? "order.cancel_paid" : "order.cancel_unpaid"));
  co_return pages::Show{"order-cancel.html"};
}

Task<pages::Answer> BuyingPages::cancel(Visit& visit) {
  auto order = order_of(visit);
  auto key = visit.form.get("key");
  std::string name = is_order_key(key) ? "page:" + std::string(key) : "";
  auto reply = co_await services_.orders.cancel(visit.http.call, {order, name, "cancel " + order.text()});
  bool is_packed = reply.outcome == orders::CancelOutcome::packed;
  co_return pages::redirect(order_path(order) + (is_packed ? "?said=packed" : ""));
}

// Puts what was ordered back into the cart: the way on when the bank said no or the time ran out.
Task<pages::Answer> BuyingPages::order_again(Visit& visit) {
  auto order = co_await services_.orders.get(visit.http.call, {order_of(visit)});
  const auto& buyer = visit.http.call.caller.id;
  auto cart = co_await services_.cart.get(visit.http.call, {buyer});
  for (const auto& line : order.items) {
    auto known = std::find_if(cart.items.begin(), cart.items.end(),
                              [&](const cart::CartLine& own) { return own.sku_id == line.sku_id; });
    if (known != cart.items.end() && known->quantity >= line.quantity) continue;
    auto wanted = std::min<std::int64_t>(line.quantity, 99);
    try {
      cart = co_await services_.cart.put_item(visit.http.call, {buyer, line.sku_id, wanted});
    } catch (const Error& error) {
      // What is not sold any more, or does not fit in, stays out; the cart shows what came along.
      if (error.code != ErrorCode::not_found && error.code != ErrorCode::conflict) throw;
    }
  }
  co_return pages::redirect("/cart");
}

}  // namespace bramble::storefront
