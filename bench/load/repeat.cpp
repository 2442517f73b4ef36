#include <set>
#include <sstream>
#include <stdexcept>

#include "base/text.h"
#include "bench/load/scenario.h"

namespace bramble::load {
namespace {

constexpr std::size_t products_browsed = 3'000;
constexpr std::size_t products_searched = 1'000;
constexpr std::size_t most_words = 500;
constexpr std::size_t skus_per_cart = 4;

// One request over and over, each time another of those that were made beforehand: cart, browse, search.
class Repeat : public Scenario {
 public:
  explicit Repeat(Run& run) : run_(run) {}

  void prepare() override;
  void start() override {
    for (auto& client : clients_) begin(*client);
  }
  void tick() override {
    auto now = Loop::now_us();
    for (auto& client : clients_) client->shop.expire(now - answer_time.us);
  }
  bool idle() const override {
    return std::all_of(clients_.begin(), clients_.end(), [](const auto& client) { return client->idle; });
  }

 private:
  struct Client {
    Client(Run& run, std::unique_ptr<Pass> who)
        : pass(std::move(who)), shop(run.loop, run.shop.storefront()) {}
    std::unique_ptr<Pass> pass;  // none where nobody has to sign in
    Connection shop;
    std::vector<std::string> skus;
    std::vector<std::string> own;  // requests with this client's token
    std::int64_t began_us = 0;
    bool idle = true;
  };

  void prepare_cart();
  void prepare_browse();
  void prepare_search();
  void write_cart_requests(Client& client);
  void begin(Client& client);
  void fail(Client& client, std::string kind);

  Run& run_;
  std::vector<std::string> shared_;
  std::vector<std::unique_ptr<Client>> clients_;
};

void Repeat::prepare() {
  if (run_.options.scenario == "cart") return prepare_cart();
  if (run_.options.scenario == "browse") {
    prepare_browse();
  } else {
    prepare_search();
  }
  for (int number = 0; number < run_.options.clients; ++number) {
    clients_.push_back(std::make_unique<Client>(run_, nullptr));
  }
}

void Repeat::prepare_cart() {
  auto products = run_.shop.products(static_cast<std::size_t>(run_.options.skus));
  for (int number = 0; number < run_.options.clients; ++number) {
    auto pass = std::make_unique<Pass>(run_.shop.sign_in_buyer(number));
    clients_.push_back(std::make_unique<Client>(run_, std::move(pass)));
    auto& client = *clients_.back();
    for (std::size_t i = 0; i < skus_per_cart; ++i) {
      client.skus.push_back(products[run_.pick(products.size())].sku_id);
    }
    write_cart_requests(client);
  }
}

void Repeat::write_cart_requests(Client& client) {
  client.own.clear();
  for (const auto& sku : client.skus) {
    for (const char* body : {R"({"quantity":1})", R"({"quantity":2})", R"({"quantity":3})"}) {
      client.own.push_back(request_text("PUT", "/api/v1/cart/items/" + sku, client.shop.authority(),
                                        client.pass->header(), body));
    }
  }
}

void Repeat::prepare_browse() {
  std::string path = run_.options.pages ? "/product/" : "/api/v1/products/";
  for (const auto& product : run_.shop.products(products_browsed)) {
    shared_.push_back(
        request_text("GET", path + product.product_id, run_.shop.storefront().authority, {}, {}));
  }
}

// Queries of one word and of two, taken from the titles that the target itself shows.
void Repeat::prepare_search() {
  std::set<std::string> queries;
  for (const auto& product : run_.shop.products(products_searched)) {
    std::istringstream words(product.title);
    std::string last;
    for (std::string word; words >> word && queries.size() < most_words; last = word) {
      if (utf8_length(word) < 3) continue;
      queries.insert(word);
      if (!last.empty()) queries.insert(last + " " + word);
    }
  }
  std::string path = run_.options.pages ? "/search?q=" : "/api/v1/search?q=";
  for (const auto& query : queries) {
    shared_.push_back(
        request_text("GET", path + percent_encode(query), run_.shop.storefront().authority, {}, {}));
  }
  if (shared_.empty()) throw std::runtime_error("no title has a word to search for");
}

void Repeat::begin(Client& client) {
  client.idle = !run_.open();
  if (client.idle) return;
  if (client.pass && client.pass->stale()) {
    return client.pass->renew(client.shop, [this, &client](const HttpResponse& answer) {
      if (!answer.ok()) return fail(client, failure_kind("renew token", answer));
      write_cart_requests(client);
      begin(client);
    });
  }
  const auto& requests = client.own.empty() ? shared_ : client.own;
  client.began_us = Loop::now_us();
  client.shop.send(requests[run_.pick(requests.size())], [this, &client](const HttpResponse& answer) {
    if (!answer.ok()) return fail(client, failure_kind(run_.options.scenario, answer));
    run_.tally->ok(client.began_us, Loop::now_us());
    begin(client);
  });
}

void Repeat::fail(Client& client, std::string kind) {
  run_.tally->error(kind);
  run_.loop.after(pause_after_failure, [this, &client] { begin(client); });
}

}  // namespace

std::unique_ptr<Scenario> make_repeat(Run& run) { return std::make_unique<Repeat>(run); }

}  // namespace bramble::load
