// Where the bank sends the buyer back to. The bank's word comes to us by another way and may come later, so
// the page asks the bank, and waits for it: by itself, or by its link.
#include "base/error.h"
#include "gateways/storefront/pages/buying_pages.h"
#include "gateways/storefront/pages/goods_words.h"
#include "gateways/storefront/pages/order_words.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t quick_looks = 10;  // two seconds apart; the later ones take longer
constexpr std::int64_t most_looks = 40;

std::string_view title_key(Standing standing) {
  switch (standing) {
    case Standing::to_confirm: return "return.unconfirmed";
    case Standing::deciding: return "return.asking";
    case Standing::paid:
    case Standing::delivered: return "return.paid";
    case Standing::to_repay:
    case Standing::declined: return "return.declined";
    case Standing::timed_out: return "return.timed_out";
    case Standing::cancelled:
    case Standing::refunded:
    case Standing::returned: break;
  }
  return "return.closed";
}

}  // namespace

Task<pages::Answer> BuyingPages::returned(Visit& visit) {
  auto id = OrderId::parse(visit.query.get("order_id"));
  if (!id) throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  auto order = co_await ask_bank(visit, *id);
  auto standing = standing_of(order);
  auto& view = visit.view;
  view.set("TITLE", visit.say(title_key(standing)));
  set_order(visit, order);
  bool waits = standing == Standing::to_confirm || standing == Standing::deciding;
  view.show(waits                             ? "WAITING"
            : standing == Standing::paid      ? "PAID"
            : standing == Standing::delivered ? "PAID"
            : standing == Standing::to_repay  ? "TO_REPAY"
            : standing == Standing::declined  ? "DECLINED"
            : standing == Standing::timed_out ? "TIMED_OUT"
                                              : "CLOSED");
  offer_repaying(visit, order);
  if (waits) {
    view.show(standing == Standing::to_confirm ? "UNCONFIRMED" : "ASKING");
    auto looks = std::clamp<std::int64_t>(visit.query.integer("looks").value_or(0), 0, most_looks);
    auto again = [&](std::int64_t number) {
      return pages::QueryText().add("order_id", id->text()).add("looks", number).after("/payment/return");
    };
    view.set("LOOK_AGAIN_URL", again(0));
    view.show_if(looks >= quick_looks, "TAKES_LONG");
    if (looks < most_looks) {
      auto pause_s = looks < quick_looks ? 2 : 10;
      visit.http.headers.add("Refresh", std::to_string(pause_s) + "; url=" + again(looks + 1));
    }
  }
  co_return pages::Show{"payment-return.html"};
}

}  // namespace bramble::storefront
