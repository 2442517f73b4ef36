#include "tests/journeys/page_buyer.h"

#include <unistd.h>

#include "base/text.h"

namespace bramble::journeys {
namespace {

std::string next_phone() {
  static int last = 2'000'000 + ::getpid() % 1'000 * 100;
  return "+7902" + std::to_string(++last);
}

}  // namespace

PageBuyer::PageBuyer(World& world, std::string language)
    : browser(world.client, world.instance.storefront(), std::move(language)),
      phone(next_phone()),
      world_(world) {}

std::string PageBuyer::code() const { return last_code(world_.instance.sandbox(), phone); }

Page PageBuyer::sign_in(const std::string& back) {
  auto asked =
      browser.submit(browser.open("/sign-in?back=" + percent_encode(back)), "/sign-in", {{"phone", phone}});
  return browser.submit(asked, "/sign-in/code", {{"code", code()}});
}

Page PageBuyer::put_in_cart(const Goods& goods, int quantity) {
  return browser.submit(browser.open("/product/" + goods.product_id), "/cart/items",
                        {{"sku_id", goods.sku_id}, {"quantity", std::to_string(quantity)}});
}

Page PageBuyer::pay(const Page& checkout, const std::string& method) {
  auto form = checkout.form("/checkout");
  for (const auto& found : forms_of(checkout.html)) {
    if (found.id == "order") form = found;
  }
  auto point = form.choices.find("point");
  return browser.send(checkout.url, form,
                      {{"point", point == form.choices.end() ? "" : point->second}, {"pay", method}});
}

Page PageBuyer::order(const Goods& goods, const std::string& method) {
  put_in_cart(goods);
  return pay(sign_in("/checkout"), method);
}

Page PageBuyer::wait_for(const std::string& target, const std::string& words) {
  Page last;
  eventually([&] {
    last = browser.open(target);
    return last.says(words);
  });
  return last;
}

std::vector<std::string> PageBuyer::orders() {
  std::vector<std::string> found;
  for (const auto& link : links_of(browser.open("/orders").html)) {
    // What is to be paid has a link of its own beside it.
    bool is_order = link.starts_with("/orders/ord_") && link.find('/', 8) == std::string::npos;
    if (is_order) found.push_back(link.substr(8));
  }
  return found;
}

std::string order_of(const Page& page) {
  auto from = [](const std::string& text) {
    auto at = text.find("ord_");
    return at == std::string::npos
               ? std::string()
               : text.substr(at, text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at) - at);
  };
  auto named = from(page.url);
  return named.empty() ? from(page.html) : named;
}

}  // namespace bramble::journeys
