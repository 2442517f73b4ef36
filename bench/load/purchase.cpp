#include <fmt/format.h>

#include <stdexcept>

#include "bench/load/event_stream.h"
#include "bench/load/json_scan.h"
#include "bench/load/scenario.h"

namespace bramble::load {
namespace {

constexpr std::int64_t most_purchases_per_s =
    6'000;  // for which there is stock; several times what is aimed at
constexpr std::int64_t quiet_before_asking_us = 2'000'000;  // no event for so long: the order is read instead
constexpr std::int64_t longest_purchase_us = 60'000'000;
constexpr Duration pause_before_reading = milliseconds(100);

// One buyer: cart → order → the bank's page → PAID seen on the buyer's own event stream, over and over.
class Buyer {
 public:
  Buyer(Run& run, int number, Session session, std::string pickup_point, const std::vector<std::string>& skus)
      : run_(run),
        number_(number),
        pass_(std::move(session)),
        skus_(skus),
        shop_(run.loop, run.shop.storefront()),
        events_(run.loop, run.shop.storefront(), "/api/v1/events",
                [this](const StreamEvent& e) { on_event(e); }) {
    order_body_ = fmt::format(R"({{"delivery":{{"type":"pickup","pickup_point_id":"{}"}},)"
                              R"("payment_method":{{"type":"card","token":"tok_3ds"}}}})",
                              pickup_point);
  }

  void listen() {
    events_.authorise(pass_.header());
    events_.open();
  }
  bool listening() const { return events_.is_open(); }
  std::string trouble() const { return events_.last_failure(); }
  bool idle() const { return idle_; }
  void stop() { events_.stop(); }

  void begin();
  void tick(std::int64_t now);

 private:
  enum class Step { none, cart, order, action, bank, paid };

  using Then = void (Buyer::*)(const HttpResponse&);

  // Over the buyer's connection to the shop; the answer is passed over if the purchase has been given up
  // meanwhile.
  void ask(std::string_view method, std::string_view path, std::string_view extra, std::string_view body,
           Then then);
  void put_in_cart();
  void on_cart(const HttpResponse& answer);
  void on_order(const HttpResponse& answer);
  // Takes the bank's address from an order; false if it is not there yet.
  bool go_to_bank(std::string_view order);
  void on_bank(const HttpResponse& answer);
  void read_order();
  void read_order_later();
  void on_read(const HttpResponse& answer);
  void on_event(const StreamEvent& event);
  void on_paid();
  void finish_if_done();
  void fail(std::string kind);
  void clear_cart();
  void on_cleared(const HttpResponse& answer);

  Run& run_;
  int number_;
  Pass pass_;
  const std::vector<std::string>& skus_;
  Connection shop_;
  EventStream events_;
  std::unique_ptr<Connection> bank_;
  std::vector<std::unique_ptr<Connection>> former_banks_;  // the loop may still know them
  std::string order_body_;
  std::uint64_t orders_ = 0;
  std::uint64_t attempt_ = 0;  // grows with every purchase, so that a late alarm knows that it is late

  Step step_ = Step::none;
  bool idle_ = true;
  std::int64_t began_us_ = 0;
  std::int64_t step_us_ = 0;
  std::int64_t paid_us_ = 0;
  bool bank_answered_ = false;
  std::string order_id_;
};

void Buyer::begin() {
  if (!run_.open()) {
    idle_ = true;
    step_ = Step::none;
    return;
  }
  idle_ = false;
  ++attempt_;
  began_us_ = Loop::now_us();
  if (pass_.stale()) {
    step_ = Step::none;
    return pass_.renew(shop_, [this](const HttpResponse& answer) {
      if (!answer.ok()) return fail(failure_kind("renew token", answer));
      events_.authorise(pass_.header());
      begin();
    });
  }
  put_in_cart();
}

void Buyer::ask(std::string_view method, std::string_view path, std::string_view extra, std::string_view body,
                Then then) {
  shop_.send(request_text(method, path, shop_.authority(), extra, body),
             [this, then, attempt = attempt_](const HttpResponse& answer) {
               if (attempt == attempt_) (this->*then)(answer);
             });
}

void Buyer::put_in_cart() {
  step_ = Step::cart;
  paid_us_ = 0;
  bank_answered_ = false;
  order_id_.clear();
  auto path = "/api/v1/cart/items/" + skus_[run_.pick(skus_.size())];
  ask("PUT", path, pass_.header(), R"({"quantity":1})", &Buyer::on_cart);
}

void Buyer::on_cart(const HttpResponse& answer) {
  if (!answer.ok()) return fail(failure_kind("cart", answer));
  step_ = Step::order;
  auto extra = fmt::format("{}Idempotency-Key: bench-{}-{}-{}\r\n", pass_.header(), run_.shop.run_name(),
                           number_, ++orders_);
  ask("POST", "/api/v1/orders", extra, order_body_, &Buyer::on_order);
}

void Buyer::on_order(const HttpResponse& answer) {
  if (answer.status != 201) return fail(failure_kind("order", answer));
  order_id_ = json_text(json_member(answer.body, "order_id")).value_or(std::string());
  if (order_id_.empty()) return fail("order: an answer without order_id");
  step_us_ = Loop::now_us();
  if (go_to_bank(answer.body)) return;
  step_ = Step::action;  // the bank has not answered yet: the order is read again until it has
  read_order_later();
}

bool Buyer::go_to_bank(std::string_view order) {
  auto address = json_text(json_at(order, {"payment", "redirect_url"}));
  if (!address) return false;
  Url url;
  try {
    url = parse_url(*address);
    if (!bank_ || bank_->authority() != url.authority()) {
      former_banks_.push_back(std::move(bank_));
      bank_ = std::make_unique<Connection>(run_.loop, resolve(url));
    }
  } catch (const std::exception& wrong) {
    fail(std::string("bank: ") + wrong.what());
    return true;
  }
  step_ = Step::bank;
  bank_->expire(Loop::now_us());  // of a purchase that was given up
  bank_->send(request_text("POST", url.path, url.authority(), {}, "code=1234",
                           "application/x-www-form-urlencoded"),
              [this, attempt = attempt_](const HttpResponse& answer) {
                if (attempt == attempt_) on_bank(answer);
              });
  return true;
}

void Buyer::on_bank(const HttpResponse& answer) {
  if (answer.status != 303 && !answer.ok()) return fail(failure_kind("bank", answer));
  bank_answered_ = true;
  step_ = Step::paid;
  step_us_ = Loop::now_us();
  finish_if_done();
}

void Buyer::on_event(const StreamEvent& event) {
  if (order_id_.empty() || (step_ != Step::bank && step_ != Step::paid && step_ != Step::action)) return;
  if (event.data.find(order_id_) == std::string::npos) return;
  auto status = json_text(json_member(event.data, "status")).value_or(std::string());
  if (status == "PAID") return on_paid();
  if (status == "CANCELLED" || status == "EXPIRED" || status == "REFUNDED") fail("order ended " + status);
}

void Buyer::on_paid() {
  if (paid_us_ == 0) paid_us_ = Loop::now_us();
  finish_if_done();
}

// The bank's own answer may come after the event that it caused: both are waited for, the event counts.
void Buyer::finish_if_done() {
  if (paid_us_ == 0 || !bank_answered_) return;
  run_.tally->ok(began_us_, paid_us_);
  order_id_.clear();
  begin();
}

void Buyer::read_order() {
  if (shop_.busy()) return;
  step_us_ = Loop::now_us();
  ask("GET", "/api/v1/orders/" + order_id_, pass_.header(), {}, &Buyer::on_read);
}

void Buyer::read_order_later() {
  run_.loop.after(pause_before_reading, [this, attempt = attempt_] {
    if (attempt == attempt_) read_order();
  });
}

void Buyer::on_read(const HttpResponse& answer) {
  if (answer.status != 200) return fail(failure_kind("read order", answer));
  auto status = json_text(json_member(answer.body, "status")).value_or(std::string());
  if (step_ == Step::action) {
    if (status != "PENDING_PAYMENT") return fail("order ended " + status);
    if (!go_to_bank(answer.body)) read_order_later();
  } else if (step_ == Step::paid) {
    if (status == "PAID") return on_paid();
    if (status != "PENDING_PAYMENT") fail("order ended " + status);
  }
}

void Buyer::tick(std::int64_t now) {
  shop_.expire(now - answer_time.us);
  if (bank_) bank_->expire(now - answer_time.us);
  if (step_ == Step::none || step_ == Step::cart || step_ == Step::order) return;
  if (now - began_us_ > longest_purchase_us) return fail("not PAID within 60 s");
  if (step_ == Step::paid && now - step_us_ > quiet_before_asking_us) read_order();
}

void Buyer::fail(std::string kind) {
  run_.tally->error(kind);
  step_ = Step::none;
  order_id_.clear();
  ++attempt_;
  run_.loop.after(pause_after_failure, [this] { clear_cart(); });
}

// What lies in the cart must not get into the next purchase.
void Buyer::clear_cart() {
  if (!run_.open()) return begin();
  shop_.expire(Loop::now_us());  // of the purchase that was given up
  ask("DELETE", "/api/v1/cart", pass_.header(), {}, &Buyer::on_cleared);
}

void Buyer::on_cleared(const HttpResponse& answer) {
  if (!answer.ok()) return fail(failure_kind("empty cart", answer));
  begin();
}

class Purchase : public Scenario {
 public:
  explicit Purchase(Run& run) : run_(run) {}

  void prepare() override;
  void start() override {
    for (auto& buyer : buyers_) buyer->begin();
  }
  void tick() override {
    auto now = Loop::now_us();
    for (auto& buyer : buyers_) buyer->tick(now);
  }
  bool idle() const override {
    return std::all_of(buyers_.begin(), buyers_.end(), [](const auto& buyer) { return buyer->idle(); });
  }

 private:
  void open_streams();

  Run& run_;
  std::vector<std::string> skus_;
  std::vector<std::unique_ptr<Buyer>> buyers_;
};

void Purchase::prepare() {
  auto products = run_.shop.products(static_cast<std::size_t>(run_.options.skus));
  auto units = static_cast<std::int64_t>(run_.options.seconds + 1) * most_purchases_per_s;
  auto each = units / static_cast<std::int64_t>(products.size()) + 50;
  std::vector<Goods> goods;
  for (const auto& product : products) {
    skus_.push_back(product.sku_id);
    goods.push_back({product.sku_id, each});
  }
  run_.shop.receive(goods);
  run_.shop.wait_until_available(products.front(), each);
  run_.shop.wait_until_available(products.back(), each);
  auto points = run_.shop.pickup_points();
  for (int number = 0; number < run_.options.clients; ++number) {
    auto session = run_.shop.sign_in_buyer(number);
    auto& point = points[run_.pick(points.size())];
    buyers_.push_back(std::make_unique<Buyer>(run_, number, std::move(session), point, skus_));
  }
  open_streams();
}

void Purchase::open_streams() {
  for (auto& buyer : buyers_) buyer->listen();
  auto until = Loop::now_us() + answer_time.us;
  run_.loop.run_until([&] {
    if (Loop::now_us() > until)
      throw std::runtime_error("/api/v1/events does not open: " + buyers_[0]->trouble());
    return std::all_of(buyers_.begin(), buyers_.end(), [](const auto& buyer) { return buyer->listening(); });
  });
}

}  // namespace

std::unique_ptr<Scenario> make_purchase(Run& run) { return std::make_unique<Purchase>(run); }

}  // namespace bramble::load
