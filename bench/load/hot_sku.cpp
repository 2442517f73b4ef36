#include <fmt/format.h>

#include <stdexcept>

#include "bench/load/json_scan.h"
#include "bench/load/scenario.h"

namespace bramble::load {
namespace {

// One sale that all want at once. A decision is an order or the word that nothing is left; what fails on the
// way is asked again with the same key until it is decided, so that the units sold are counted exactly.
class HotSku : public Scenario {
 public:
  explicit HotSku(Run& run) : run_(run) {}

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
  Sale sale() const override { return {true, sold_, stock_, refused_ > 0, sold_out_after_s_}; }
  // The rush at the beginning is what is measured.
  double warm_up_part() const override { return 0; }

 private:
  struct Client {
    Client(Run& run, int n, Session session)
        : number(n), pass(std::move(session)), shop(run.loop, run.shop.storefront()) {}
    int number;
    Pass pass;
    Connection shop;
    std::uint64_t orders = 0;
    std::int64_t began_us = 0;
    bool idle = true;
  };

  void choose();
  void begin(Client& client);
  void ask(Client& client);
  void on_answer(Client& client, const Answer& answer);
  void again(Client& client, std::string kind);

  Run& run_;
  Product product_;
  std::string body_;
  std::int64_t stock_ = 0;
  std::int64_t sold_ = 0;
  std::int64_t refused_ = 0;
  double sold_out_after_s_ = 0;
  std::vector<std::unique_ptr<Client>> clients_;
};

// The stock has to be known to the unit, so it is a product of which fewer are left than are shown at most.
void HotSku::choose() {
  auto products = run_.shop.products(2'000);
  std::shuffle(products.begin(), products.end(), run_.random);
  std::stable_sort(products.begin(), products.end(), [](const Product& a, const Product& b) {
    return (a.available < most_units_shown) > (b.available < most_units_shown);
  });
  for (std::size_t tried = 0; tried < std::min<std::size_t>(products.size(), 50); ++tried) {
    product_ = products[tried];
    product_.available = run_.shop.available(product_);
    if (product_.available < most_units_shown) return;
  }
  throw std::runtime_error(
      "no product with less than 99 units was found, so no stock could be known exactly");
}

void HotSku::prepare() {
  choose();
  run_.shop.receive({{product_.sku_id, run_.options.stock}});
  stock_ = product_.available + run_.options.stock;
  run_.shop.wait_until_available(product_, stock_);
  auto points = run_.shop.pickup_points();
  body_ = fmt::format(R"({{"items":[{{"sku_id":"{}","quantity":1,"expected_price":)"
                      R"({{"amount_minor":{},"currency":"{}"}}}}],)"
                      R"("delivery":{{"type":"pickup","pickup_point_id":"{}"}},)"
                      R"("payment_method":{{"type":"card","token":"tok_3ds"}}}})",
                      product_.sku_id, product_.price_minor, product_.currency, points.front());
  for (int number = 0; number < run_.options.clients; ++number) {
    clients_.push_back(std::make_unique<Client>(run_, number, run_.shop.sign_in_buyer(number)));
  }
}

void HotSku::begin(Client& client) {
  client.idle = !run_.open();
  if (client.idle) return;
  client.began_us = Loop::now_us();
  ++client.orders;
  ask(client);
}

void HotSku::ask(Client& client) {
  if (client.pass.stale()) {
    return client.pass.renew(client.shop, [this, &client](const Answer& answer) {
      if (!answer.ok()) return again(client, failure_kind("renew token", answer));
      ask(client);
    });
  }
  auto extra = client.pass.header() + fmt::format("Idempotency-Key: bench-{}-{}-{}\r\n", run_.shop.run_name(),
                                                  client.number, client.orders);
  client.shop.send(request_text("POST", "/api/v1/orders", client.shop.authority(), extra, body_),
                   [this, &client](const Answer& answer) { on_answer(client, answer); });
}

void HotSku::on_answer(Client& client, const Answer& answer) {
  auto now = Loop::now_us();
  if (answer.status == 201) {
    ++sold_;
  } else if (answer.status == 409 && json_text(json_member(answer.body, "code")) == "out_of_stock") {
    if (refused_++ == 0) sold_out_after_s_ = static_cast<double>(now - run_.tally->start_us()) / 1e6;
  } else {
    return again(client, failure_kind("order", answer));
  }
  run_.tally->ok(client.began_us, now);
  begin(client);
}

void HotSku::again(Client& client, std::string kind) {
  run_.tally->error(kind);
  run_.loop.after(pause_after_failure, [this, &client] { ask(client); });
}

}  // namespace

std::unique_ptr<Scenario> make_hot_sku(Run& run) { return std::make_unique<HotSku>(run); }

}  // namespace bramble::load
