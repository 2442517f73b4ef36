#include <fmt/format.h>

#include <stdexcept>

#include "bench/load/json_scan.h"
#include "bench/load/scenario.h"

namespace bramble::load {
namespace {

constexpr double longest_run_s = 600;
// How many unpaid orders most shops allow a buyer. At the limit the client goes on as its next buyer.
constexpr std::int64_t orders_a_buyer = 5;

// All clients order one product at once. A decision is an order or "out of stock". A request that fails is
// repeated with the same key until it is decided, so that the units sold are counted exactly.
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
    sign_in_more();
  }
  bool idle() const override {
    return std::all_of(clients_.begin(), clients_.end(), [](const auto& client) { return client->idle; });
  }
  Sale sale() const override {
    return {
        .counted = true, .sold = sold_, .stock = run_.options.stock, .sold_out_after_s = sold_out_after_s_};
  }
  // The rush at the beginning is what is measured.
  double warm_up_part() const override { return 0; }

 private:
  struct Client {
    Client(Run& run, int n, Session session)
        : number(n), pass(std::move(session)), shop(run.loop, run.shop.storefront()) {}
    int number;
    Pass pass;
    std::vector<Session> next_buyers;
    Connection shop;
    std::uint64_t orders = 0;
    std::int64_t began_us = 0;
    bool idle = true;
  };

  void choose(const std::string& pickup_point);
  void begin(Client& client);
  void ask(Client& client);
  void on_answer(Client& client, const HttpResponse& answer);
  void again(Client& client, std::string kind);
  void send_next_buyer(Client& client);
  void sign_in_more();
  Session new_buyer() { return run_.shop.sign_in_buyer(buyers_++); }

  Run& run_;
  Product product_;
  std::string body_;
  int buyers_ = 0;
  std::int64_t sold_ = 0;
  std::optional<double> sold_out_after_s_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<Client*> without_buyer_;
};

// Buys out what there is, so that the stock received afterwards is known to the unit.
void HotSku::choose(const std::string& pickup_point) {
  auto products = run_.shop.products(2'000);
  for (int tried = 0; tried < 10; ++tried) {
    product_ = products[run_.pick(products.size())];
    if (run_.shop.buy_out(
            product_, [this] { return new_buyer(); }, pickup_point))
      return;
  }
  throw std::runtime_error(
      "there is too much of every product to buy one out, so no stock could be known exactly");
}

void HotSku::prepare() {
  if (run_.options.seconds > longest_run_s) {
    throw std::runtime_error(
        "hot-sku lasts 10 minutes at most: then unpaid orders begin to give their goods back");
  }
  auto point = run_.shop.pickup_points().front();
  choose(point);
  run_.shop.receive({{product_.sku_id, run_.options.stock}});
  run_.shop.wait_until_available(product_, run_.options.stock);
  body_ = order_body(product_, 1, point);
  for (int number = 0; number < run_.options.clients; ++number) {
    clients_.push_back(std::make_unique<Client>(run_, number, new_buyer()));
    auto share = run_.options.stock / run_.options.clients;
    for (auto held = orders_a_buyer; held <= share; held += orders_a_buyer)
      clients_.back()->next_buyers.push_back(new_buyer());
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
    return client.pass.renew(client.shop, [this, &client](const HttpResponse& answer) {
      if (!answer.ok()) return again(client, failure_kind("renew token", answer));
      ask(client);
    });
  }
  auto extra = client.pass.header() + fmt::format("Idempotency-Key: bench-{}-{}-{}\r\n", run_.shop.run_name(),
                                                  client.number, client.orders);
  client.shop.send(request_text("POST", "/api/v1/orders", client.shop.authority(), extra, body_),
                   [this, &client](const HttpResponse& answer) { on_answer(client, answer); });
}

void HotSku::on_answer(Client& client, const HttpResponse& answer) {
  auto now = Loop::now_us();
  if (answer.status == 409 && json_text(json_member(answer.body, "code")) == "too_many_unpaid")
    return send_next_buyer(client);
  if (answer.status == 201) {
    ++sold_;
  } else if (answer.status == 409 && json_text(json_member(answer.body, "code")) == "out_of_stock") {
    if (!sold_out_after_s_) sold_out_after_s_ = static_cast<double>(now - run_.tally->start_us()) / 1e6;
  } else {
    return again(client, failure_kind("order", answer));
  }
  run_.tally->ok(client.began_us, now);
  begin(client);
}

// A client stands for several buyers, one after another.
void HotSku::send_next_buyer(Client& client) {
  if (client.next_buyers.empty()) return without_buyer_.push_back(&client);
  client.pass = Pass(std::move(client.next_buyers.back()));
  client.next_buyers.pop_back();
  ask(client);
}

// A sign-in runs the loop until it is answered. Started inside another client's answer, two sign-ins would
// share the shop's connection.
void HotSku::sign_in_more() {
  while (!without_buyer_.empty()) {
    auto& client = *without_buyer_.back();
    without_buyer_.pop_back();
    client.next_buyers.push_back(new_buyer());
    send_next_buyer(client);
  }
}

void HotSku::again(Client& client, std::string kind) {
  run_.tally->error(kind);
  run_.loop.after(pause_after_failure, [this, &client] { ask(client); });
}

}  // namespace

std::unique_ptr<Scenario> make_hot_sku(Run& run) { return std::make_unique<HotSku>(run); }

}  // namespace bramble::load
