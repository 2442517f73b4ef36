// A buyer who uses only forms and links.
#pragma once

#include "tests/harness/browser.h"
#include "tests/journeys/world.h"

namespace bramble::journeys {

class PageBuyer {
 public:
  explicit PageBuyer(World& world, std::string language = "en");

  Browser browser;
  std::string phone;

  // The code that came to the phone last.
  std::string code() const;
  // Through both pages; where it ends.
  Page sign_in(const std::string& back = "/");
  Page put_in_cart(const Goods& goods, int quantity = 1);
  // With the first pickup point, and a way to pay.
  Page pay(const Page& checkout, const std::string& method = "card_3ds");
  // Signed in, one of the goods ordered, at the bank.
  Page order(const Goods& goods, const std::string& method = "card_3ds");
  // Opens the page again and again until it says so.
  Page wait_for(const std::string& target, const std::string& words);
  // The ids of the orders on the first page, newest first.
  std::vector<std::string> orders();

 private:
  World& world_;
};

// The order that a page is about.
std::string order_of(const Page& page);

}  // namespace bramble::journeys
