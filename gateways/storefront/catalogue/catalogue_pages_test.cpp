#include "gateways/storefront/catalogue/catalogue_pages.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "gateways/storefront/catalogue/product_pages.h"
#include "gateways/storefront/catalogue/search_engine_pages.h"
#include "storefront_page_files.h"
#include "testing/clock.h"
#include "testing/fakes/fake_auth.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/fakes/quiet_metrics.h"
#include "testing/run.h"

namespace bramble::storefront {
namespace {

const std::string script = "<script>alert('x')</script>";
const std::string quote = "\" onmouseover=\"alert(1)";

catalog::Category category(std::string id, std::string title, std::optional<std::string> parent = {}) {
  catalog::Category made;
  made.category_id = CategoryId(std::move(id));
  made.title = std::move(title);
  if (parent) made.parent_id = CategoryId(*parent);
  return made;
}

ProductSku sku(std::string id, std::map<std::string, std::string> options, std::int64_t price,
               std::int64_t available) {
  ProductSku made;
  made.sku_id = SkuId(std::move(id));
  made.options = std::move(options);
  made.price = rub(price);
  made.available = available;
  return made;
}

ProductPage shoe() {
  ProductPage page;
  page.product_id = ProductId("prd_1");
  page.title = "Кроссовки " + script;
  page.brand = "Luna" + quote;
  page.category_id = CategoryId("cat_shoes");
  page.description = "Первая строка\n" + script;
  page.attributes = {{"Материал" + script, quote}};
  page.images = {"/media/a.svg", "javascript:alert(1)"};
  page.rating = 4.75;
  page.rating_count = 21;
  page.skus = {sku("sku_1", {{"size", "42"}, {"colour", script}}, 199'900, 0),
               sku("sku_2", {{"size", "43"}, {"colour", script}}, 189'900, 3)};
  page.skus[1].old_price = rub(249'900);
  page.delivery_promise = {"2026-11-26", "2026-11-28"};
  return page;
}

SearchItem item(std::string id, std::string title) {
  SearchItem made;
  made.product_id = ProductId(std::move(id));
  made.sku_id = SkuId("sku_9");
  made.title = std::move(title);
  made.price = rub(100'000);
  made.available = 5;
  return made;
}

class CataloguePagesTest : public testing::Test {
 protected:
  CataloguePagesTest()
      : site(pages::storefront_page_files(), session,
             {.public_url = "http://shop.test",
              .asset_url = [](std::string_view name) { return "/assets/" + std::string(name); }}),
        lists(source(), clock),
        pages(source(), lists, summary()),
        products(source(), lists, summary(), "http://shop.test"),
        search_engines(lists, "http://shop.test", {"/help"}) {
    edge::RouterHooks hooks;
    hooks.show_failure = [this](const edge::RouteInfo& info, const edge::HttpCall& http,
                                std::string_view code,
                                HttpResponse& response) { site.show_failure(info, http, code, response); };
    router = std::make_unique<edge::Router>(clock, random, metrics, log,
                                            edge::RouterOptions{.server = "test"}, std::move(hooks));
    router->add(pages.routes(site));
    router->add(products.routes(site));
    router->add(search_engines.routes(site));
    tree.items = {category("cat_clothes", "Одежда"), category("cat_shoes", "Обувь " + script, "cat_clothes")};
  }

  GoodsSource source() {
    return {[this](edge::HttpCall& http, SearchQuery query) { return search(http, std::move(query)); },
            [this](edge::HttpCall&, ProductQuery query) { return product(std::move(query)); },
            [this](edge::HttpCall&) { return categories(); }};
  }
  AccountSummary summary() {
    return {[this](const pages::PageRequest&) { return in_cart(); },
            [this](const pages::PageRequest&) { return waiting_orders(); }};
  }
  Task<InCart> in_cart() { co_return cart; }
  Task<WaitingOrders> waiting_orders() { co_return waiting; }
  Task<SearchPage> search(edge::HttpCall& http, SearchQuery query) {
    asked.push_back(query);
    languages.push_back(http.call.language);
    if (is_broken) throw Error(ErrorCode::unavailable, "down", "the catalogue is down");
    co_return found;
  }
  Task<ProductPage> product(ProductQuery query) {
    if (query.product_id.text() != "prd_1") throw Error(ErrorCode::not_found, "product_not_found", "no");
    co_return shown;
  }
  Task<catalog::CategoriesReply> categories() { co_return tree; }

  HttpResponse get(std::string path, std::string query = {}, std::string language = "ru") {
    HttpRequest request{.method = "GET", .path = std::move(path), .query = std::move(query)};
    request.headers.add("Accept-Language", std::move(language));
    request.headers.add("Accept", "text/html");
    return run_sync(router->handler()(std::move(request)));
  }
  static bool has(const HttpResponse& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }

  TestClock clock;
  SeededRandom random;
  QuietMetrics metrics;
  QuietLogger log;
  FakeAuth auth;
  edge::BrowserSession session{clock, random, auth, {"storefront", "http://shop.test", "a key"}};
  pages::Site site;
  ProductLists lists;
  CataloguePages pages;
  ProductPages products;
  SearchEnginePages search_engines;
  std::unique_ptr<edge::Router> router;

  ProductPage shown = shoe();
  SearchPage found;
  catalog::CategoriesReply tree;
  InCart cart;
  WaitingOrders waiting;
  std::vector<SearchQuery> asked;
  std::vector<std::string> languages;
  bool is_broken = false;
};

TEST_F(CataloguePagesTest, WhatSellersWroteIsTextOnAProductsPage) {
  auto page = get("/product/prd_1");
  ASSERT_EQ(page.status, 200);
  EXPECT_FALSE(has(page, "<script>alert"));
  EXPECT_FALSE(has(page, "\" onmouseover=\""));
  EXPECT_FALSE(has(page, "src=\"javascript:"));
  EXPECT_TRUE(has(page, "Кроссовки &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
  EXPECT_TRUE(has(page, "Материал&lt;script&gt;"));
  EXPECT_TRUE(has(page, "\"name\":\"Кроссовки \\u003cscript\\u003e"));
}

TEST_F(CataloguePagesTest, ASizeIsChosenByNobodyButTheReader) {
  auto page = get("/product/prd_1", {}, "en");
  EXPECT_FALSE(has(page, "data-buy="));
  EXPECT_FALSE(has(page, "aria-current=\"true\" rel=\"nofollow\">43"));
  EXPECT_TRUE(has(page, "href=\"/product/prd_1?choose=1#choice\" data-open-dialog=\"choice\""));
  EXPECT_TRUE(has(page, "from ₽1,899"));
  EXPECT_TRUE(has(page, "name=\"sku_id\" value=\"sku_1\" disabled"));
  EXPECT_TRUE(has(page, "name=\"sku_id\" value=\"sku_2\">"));
  EXPECT_FALSE(has(page, "aria-labelledby=\"choice-title\" open"));
  EXPECT_TRUE(has(get("/product/prd_1", "choose=1"), "aria-labelledby=\"choice-title\" open>"));
  shown.skus.pop_back();
  EXPECT_TRUE(has(get("/product/prd_1"), "Товара сейчас нет в наличии"));
}

TEST_F(CataloguePagesTest, WhatIsChosenOfSeveralOptionsStaysWhileTheRestIsChosen) {
  shown.skus = {sku("sku_1", {{"size", "S"}, {"colour", "red"}}, 100, 1),
                sku("sku_2", {{"size", "M"}, {"colour", "red"}}, 100, 1),
                sku("sku_3", {{"size", "M"}, {"colour", "blue"}}, 100, 0)};
  auto page = get("/product/prd_1", {}, "en");
  EXPECT_TRUE(has(page, "href=\"/product/prd_1?o=colour%3Dred\""));
  EXPECT_TRUE(has(page, "href=\"/product/prd_1?sku=sku_3\""));
  page = get("/product/prd_1", "o=colour%3Dred&o=size%3DXXL&o=x", "en");
  EXPECT_TRUE(has(page, "aria-current=\"true\" rel=\"nofollow\">red"));
  EXPECT_TRUE(has(page, "href=\"/product/prd_1?sku=sku_2\""));
  EXPECT_TRUE(has(page, "<span>S</span>"));
  EXPECT_FALSE(has(page, "value=\"sku_3\""));
  EXPECT_TRUE(has(get("/product/prd_1", "o=colour%3Dred&o=size%3DS"), "data-buy=\"sku_1\""));
}

TEST_F(CataloguePagesTest, AProductShowsTheVariantThatIsChosen) {
  auto page = get("/product/prd_1", "sku=sku_2");
  EXPECT_TRUE(has(page, "name=\"sku_id\" value=\"sku_2\""));
  EXPECT_TRUE(has(page, "1\u202F899\u00A0₽"));
  EXPECT_TRUE(has(page, "2\u202F499\u00A0₽"));
  EXPECT_TRUE(has(page, "−24\u00A0%"));
  EXPECT_TRUE(has(page, "Осталось 3"));
  EXPECT_TRUE(has(page, "26–28 ноября"));
  EXPECT_TRUE(has(page, "21 оценка"));
  EXPECT_TRUE(has(page, "href=\"/product/prd_1?sku=sku_1\""));
  EXPECT_TRUE(has(page, "<link rel=\"canonical\" href=\"http://shop.test/product/prd_1\">"));
  EXPECT_TRUE(has(page, "<meta property=\"og:image\" content=\"http://shop.test/media/a.svg\">"));
}

TEST_F(CataloguePagesTest, AVariantThatHasItsOwnPictureIsSeenFirst) {
  shown.images = {"/media/red.svg", "/media/blue.svg"};
  shown.skus[1].image_url = "/media/blue.svg";
  auto first_of = [this](const std::string& sku) {
    auto page = get("/product/prd_1", "sku=" + sku).body;
    auto at = page.find("id=\"picture-1\"><img src=\"") + 25;
    EXPECT_NE(page.find("id=\"picture-2\""), std::string::npos);
    EXPECT_EQ(page.find("id=\"picture-3\""), std::string::npos);
    return page.substr(at, page.find('"', at) - at);
  };
  EXPECT_EQ(first_of("sku_1"), "/media/red.svg");
  EXPECT_EQ(first_of("sku_2"), "/media/blue.svg");
  shown.images.clear();
  shown.images.push_back("/media/red.svg");
  EXPECT_EQ(first_of("sku_2"), "/media/blue.svg");
}

TEST_F(CataloguePagesTest, AVariantThatIsSoldOutCannotBePutIntoTheCart) {
  auto page = get("/product/prd_1", "sku=sku_1", "en");
  EXPECT_TRUE(has(page, "This option is currently sold out"));
  EXPECT_FALSE(has(
      page, "type=\"submit\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"/assets/icons.svg#cart"));
  EXPECT_TRUE(has(page, "₽1,999"));
}

TEST_F(CataloguePagesTest, WhatLiesInTheCartIsAStepperOnCardsAndOnTheProductsPage) {
  found.items = {item("prd_7", "Чай")};
  EXPECT_TRUE(has(get("/search", "q=a"), "data-add-to-cart"));
  cart.lines = {{SkuId("sku_9"), 3}, {SkuId("sku_2"), 2}};
  auto results = get("/search", "q=a");
  EXPECT_FALSE(has(results, "data-add-to-cart"));
  EXPECT_TRUE(has(results, "action=\"/cart/items/sku_9\""));
  EXPECT_TRUE(has(results, "max=\"5\" value=\"3\""));
  EXPECT_TRUE(has(get("/product/prd_1", "sku=sku_2"), "max=\"3\" value=\"2\""));
}

TEST_F(CataloguePagesTest, WhoseOwnUnpaidOrderHoldsTheLastOneIsLedToIt) {
  orders::OrderView order;
  order.order_id = OrderId("ord_abc123");
  order.items.push_back({});
  order.items[0].sku_id = SkuId("sku_1");
  waiting = {order};
  auto page = get("/product/prd_1", "sku=sku_1", "en");
  EXPECT_TRUE(has(page, "The last ones are held for your unpaid order ABC123."));
  EXPECT_TRUE(has(page, "href=\"/orders/ord_abc123\""));
  EXPECT_FALSE(has(get("/product/prd_1", "sku=sku_2", "en"), "ABC123"));
}

TEST_F(CataloguePagesTest, AnOrderThatWaitsForPaymentIsOnTheHomePageWithItsDeadline) {
  orders::OrderView order;
  order.order_id = OrderId("ord_abc123");
  order.status = orders::OrderStatus::pending_payment;
  order.total = rub(199'900);
  order.expires_at = *parse_rfc3339("2026-11-26T09:05:00Z");
  order.payment.status = payments::PaymentStatus::requires_action;
  waiting = {order};
  auto page = get("/", {}, "en");
  EXPECT_TRUE(has(page, "Order ABC123 for ₽1,999 is waiting for payment"));
  EXPECT_TRUE(has(page, "href=\"/orders/ord_abc123/pay\" data-pay-until=\"2026-11-26T09:05:00.000Z\""));
  EXPECT_TRUE(has(page, "<time datetime=\"2026-11-26T09:05:00.000Z\" data-clock>12:05 GMT+3</time>"));
  waiting[0].payment.status = payments::PaymentStatus::processing;
  EXPECT_FALSE(has(get("/", {}, "en"), "/pay\""));
}

TEST_F(CataloguePagesTest, AProductThatIsNotThereIsAPageOfItsOwn) {
  auto page = get("/product/prd_404");
  EXPECT_EQ(page.status, 404);
  EXPECT_TRUE(has(page, "Такой страницы нет"));
  EXPECT_EQ(get("/product/%3Cscript%3E").status, 404);
  EXPECT_EQ(get("/category/cat_none").status, 404);
}

TEST_F(CataloguePagesTest, TheQueryComesBackAsTextWhereverItIsShown) {
  auto page = get("/search", "q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27&brand=%22%3E%3Cimg%20src%3Dx%3E");
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(has(page, "<script>alert"));
  EXPECT_FALSE(has(page, "<img src=x"));
  EXPECT_TRUE(has(page, "value=\"&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;\""));
  EXPECT_EQ(asked.front().q, "<script>alert(1)</script>\"'");
}

TEST_F(CataloguePagesTest, FiltersGoToTheSearchAndStayInTheLinks) {
  found.items = {item("prd_7", "Чай")};
  found.total = 100;
  found.facets.brand = {{"Luna", "Luna", 7}, {"A&B", "A&B", 3}};
  auto page =
      get("/search",
          "q=%D1%87%D0%B0%D0%B9&brand=A%26B&price_from=100&price_to=50&rating=4&in_stock=1&sort=new&page=2");
  const auto& query = asked.front();
  EXPECT_EQ(query.brand, std::vector<std::string>{"A&B"});
  EXPECT_EQ(query.price_min, 5'000);
  EXPECT_EQ(query.price_max, 10'000);
  EXPECT_EQ(query.rating_min, 4.0);
  EXPECT_EQ(query.in_stock, true);
  EXPECT_EQ(query.sort, "new");
  EXPECT_EQ(query.page, 2);
  EXPECT_TRUE(has(page, "value=\"A&amp;B\" checked"));
  EXPECT_TRUE(has(page, "brand=A%26B&amp;price_from=50&amp;price_to=100&amp;rating=4&amp;in_stock=1&amp;sort="
                        "new&amp;page=3\" rel=\"next\""));
  EXPECT_TRUE(has(page, "Найдено 100 товаров"));
}

TEST_F(CataloguePagesTest, ThePriceIsTakenAsTheShopWritesIt) {
  found.total = 100;
  auto page = get("/search", "q=tea&price_from=1%C2%A0000&price_to=1%E2%80%AF000,50+%E2%82%BD");
  EXPECT_EQ(asked.front().price_min, 100'000);
  EXPECT_EQ(asked.front().price_max, 100'050);
  EXPECT_TRUE(has(page, "price_from=1000&amp;price_to=1000.50"));
}

TEST_F(CataloguePagesTest, TheFieldsOfThePriceShowItsSpanAsThePricesAreWritten) {
  found.facets.price = {99'900, 1'234'550};
  auto page = get("/search", "q=tea");
  EXPECT_TRUE(has(page, "placeholder=\"от 999\""));
  EXPECT_TRUE(has(page, "placeholder=\"до 12\u202F346\""));
  // A browser that goes back fills in nothing of its own.
  EXPECT_TRUE(has(page, "method=\"get\" autocomplete=\"off\" data-auto-submit"));
}

TEST_F(CataloguePagesTest, WhatMakesNoSenseInAnAddressIsLeftOut) {
  auto page =
      get("/search",
          "price_from=x&price_to=-5&rating=9&sort=evil&page=0&category=%2F..%2F&page=99999999999999999999");
  EXPECT_EQ(page.status, 200);
  const auto& query = asked.front();
  EXPECT_EQ(query.price_min, std::nullopt);
  EXPECT_EQ(query.price_max, std::nullopt);
  EXPECT_EQ(query.rating_min, std::nullopt);
  EXPECT_EQ(query.sort, "");
  EXPECT_EQ(query.page, 1);
  EXPECT_TRUE(query.category.empty());
}

TEST_F(CataloguePagesTest, NothingFoundShowsAWayOn) {
  auto page = get("/search", "q=zzz", "en");
  EXPECT_TRUE(has(page, "Check the spelling"));
  EXPECT_TRUE(has(get("/search", "q=zzz&in_stock=1", "en"), "href=\"/search?q=zzz\">Clear filters"));
  found.corrected_query = "чай <b>";
  EXPECT_TRUE(has(get("/search", "q=zzz", "en"), "Showing results for “чай &lt;b&gt;”"));
}

TEST_F(CataloguePagesTest, APageBeyondTheEndLeadsToTheLastOne) {
  found.total = 50;
  EXPECT_EQ(get("/search", "q=tea&page=99").headers.get("Location"), "/search?q=tea&page=3");
  EXPECT_EQ(get("/category/cat_shoes", "page=4").headers.get("Location"), "/category/cat_shoes?page=3");
  found.total = 0;
  EXPECT_EQ(get("/search", "q=tea&page=99").headers.get("Location"), "/search?q=tea");
}

TEST_F(CataloguePagesTest, ASlashTooManyIsNoOtherPage) {
  auto page = get("/search/", "q=tea");
  EXPECT_EQ(page.status, 308);
  EXPECT_EQ(page.headers.get("Location"), "/search?q=tea");
  EXPECT_EQ(get("//evil.test/").headers.get("Location"), "/");
  EXPECT_EQ(get("/nowhere").status, 404);
}

TEST_F(CataloguePagesTest, ACategoryKnowsWhereItStands) {
  auto page = get("/category/cat_shoes");
  EXPECT_TRUE(has(page, "href=\"/category/cat_clothes\">Одежда</a>"));
  EXPECT_TRUE(has(page, "<h1>Обувь &lt;script&gt;"));
  EXPECT_EQ(asked.front().category, std::vector<CategoryId>{CategoryId("cat_shoes")});
  EXPECT_TRUE(has(get("/category/cat_clothes"), "href=\"/category/cat_shoes\""));
}

TEST_F(CataloguePagesTest, TheHomePageIsKeptForAWhileAndByLanguage) {
  found.items = {item("prd_7", script)};
  EXPECT_FALSE(has(get("/"), "<script>alert"));
  auto searches = asked.size();
  get("/");
  EXPECT_EQ(asked.size(), searches);
  get("/", {}, "en");
  EXPECT_EQ(asked.size(), 2 * searches);
  EXPECT_EQ(languages.back(), "en");
  clock.advance(minutes(1));
  is_broken = true;
  EXPECT_EQ(get("/").status, 200);
}

TEST_F(CataloguePagesTest, WhatIsDownIsSaidInThePagesWords) {
  is_broken = true;
  auto page = get("/search", "q=a", "en");
  EXPECT_EQ(page.status, 503);
  EXPECT_TRUE(has(page, "We’re having trouble right now"));
}

TEST_F(CataloguePagesTest, AnEmptyShopIsAPage) {
  tree.items.clear();
  EXPECT_TRUE(has(get("/"), "Товаров пока нет"));
  EXPECT_TRUE(has(get("/categories"), "Категорий пока нет"));
}

TEST_F(CataloguePagesTest, SearchEnginesAreToldWhereToGo) {
  EXPECT_TRUE(has(get("/robots.txt"), "Disallow: /cart\n"));
  EXPECT_TRUE(has(get("/sitemap.xml"), "<loc>http://shop.test/category/cat_shoes</loc>"));
}

}  // namespace
}  // namespace bramble::storefront
