#include "bench/load/shop.h"

#include <fmt/format.h>

#include <random>
#include <stdexcept>

#include "base/text.h"
#include "bench/load/json_scan.h"
#include "bench/load/staff_login.h"

namespace bramble::load {
namespace {

constexpr Duration setup_answer_time = seconds(30);
constexpr Duration stock_time = seconds(15);
constexpr std::size_t lines_per_receipt = 200;
constexpr int most_orders_to_buy_out = 60;
constexpr int bins_without_plan = 50;  // a site without plans takes goods in any bin

std::string text_at(std::string_view object, std::initializer_list<std::string_view> path) {
  return json_text(json_at(object, path)).value_or(std::string());
}

Endpoint beside(const std::string& given, const Url& target, int offset) {
  if (!given.empty()) return resolve(parse_url(given));
  auto url = target;
  url.port = static_cast<std::uint16_t>(target.port + offset);
  return resolve(url);
}

// The first bin of a plan like "{A..F}-{01..40}": "A-01".
std::string first_bin(std::string_view plan) {
  std::string bin;
  while (!plan.empty()) {
    auto open = plan.find('{');
    bin += plan.substr(0, open);
    if (open == std::string_view::npos) break;
    plan.remove_prefix(open + 1);
    bin += plan.substr(0, plan.find(".."));
    plan.remove_prefix(std::min(plan.size(), plan.find('}') + 1));
  }
  return bin;
}

}  // namespace

std::string problem_text(const HttpResponse& answer) {
  if (answer.status == 0) return std::string(answer.failure);
  auto code = text_at(answer.body, {"code"});
  auto detail = text_at(answer.body, {"detail"});
  auto text = std::to_string(answer.status);
  if (!code.empty()) text += " " + code;
  if (!detail.empty()) text += ": " + detail.substr(0, 200);
  return text;
}

Session session_of(std::string_view body) {
  Session session;
  session.access_token = text_at(body, {"access_token"});
  session.refresh_token = text_at(body, {"refresh_token"});
  auto expires_in = json_integer(json_member(body, "expires_in")).value_or(0);
  if (session.access_token.empty() || expires_in <= 0)
    throw std::runtime_error("a token answer without a token");
  // A third of its life is left for what is under way and for clocks that differ.
  session.renew_at_us = Loop::now_us() + expires_in * 1'000'000 * 2 / 3;
  return session;
}

Shop::Shop(Loop& loop, const BenchOptions& options) : loop_(loop), options_(options) {
  std::random_device random;
  run_name_ = fmt::format("{:08x}{:08x}", random(), random());
  auto target = parse_url(options.target);
  storefront_ = resolve(target);
  shop_ = std::make_unique<Connection>(loop, storefront_);
  ops_ = std::make_unique<Connection>(loop, beside(options.ops, target, 2));
  sandbox_ = std::make_unique<Connection>(loop, beside(options.sandbox, target, 10));
}

Shop::Reply Shop::call(Connection& peer, std::string_view method, std::string_view path,
                       std::string_view extra, std::string_view body) {
  bool answered = false;
  Reply reply;
  std::string failure;
  auto request = request_text(method, path, peer.authority(), extra, body);
  auto began = Loop::now_us();
  peer.send(request, [&](const HttpResponse& answer) {
    answered = true;
    reply = {answer.status, std::string(answer.body)};
    failure = std::string(answer.failure);
  });
  loop_.run_until([&] {
    if (Loop::now_us() - began > setup_answer_time.us) peer.expire(Loop::now_us());
    return answered;
  });
  if (reply.status == 0) {
    throw std::runtime_error(fmt::format("{} {} at {}: {}", method, path, peer.authority(), failure));
  }
  return reply;
}

std::string Shop::ask(Connection& peer, std::string_view method, std::string_view path,
                      std::string_view extra, std::string_view body, int wanted) {
  auto reply = call(peer, method, path, extra, body);
  if (reply.status == wanted) return std::move(reply.body);
  throw std::runtime_error(fmt::format("{} {} at {} answered {}", method, path, peer.authority(),
                                       problem_text({reply.status, {}, reply.body, {}})));
}

void Shop::pause(Duration span) {
  bool over = false;
  loop_.after(span, [&over] { over = true; });
  loop_.run_until([&over] { return over; });
}

std::vector<Product> Shop::products(std::size_t most) {
  std::vector<Product> found;
  for (int page = 1; found.size() < most; ++page) {
    auto body = ask(*shop_, "GET", fmt::format("/api/v1/search?limit=100&page={}", page), {}, {}, 200);
    auto items = json_items(json_member(body, "items"));
    for (auto item : items) {
      Product product{text_at(item, {"product_id"}),
                      text_at(item, {"sku_id"}),
                      text_at(item, {"title"}),
                      json_integer(json_member(item, "available")).value_or(0),
                      json_integer(json_at(item, {"price", "amount_minor"})).value_or(0),
                      text_at(item, {"price", "currency"})};
      if (!product.product_id.empty() && !product.sku_id.empty()) found.push_back(std::move(product));
    }
    if (items.size() < 100) break;
  }
  if (found.empty())
    throw std::runtime_error("the search finds no products: start the target with --demo=small");
  if (found.size() > most) found.resize(most);
  return found;
}

std::vector<std::string> Shop::pickup_points() {
  auto body = ask(*shop_, "GET", "/api/v1/pickup-points?lat=55.75&lon=37.62&limit=20", {}, {}, 200);
  std::vector<std::string> points;
  for (auto item : json_items(json_member(body, "items")))
    points.push_back(text_at(item, {"pickup_point_id"}));
  if (points.empty()) throw std::runtime_error("there are no pickup points");
  return points;
}

Session Shop::sign_in_buyer(int number) {
  // A phone of its own for every buyer of every run: seven digits from the run's name, moved on by the
  // number.
  auto base = std::stoull(run_name_.substr(0, 8), nullptr, 16);
  auto phone =
      fmt::format("+79{:09}", (base * 977 + static_cast<unsigned long long>(number)) % 1'000'000'000ULL);
  auto challenge =
      ask(*shop_, "POST", "/api/v1/auth/codes", {}, fmt::format(R"({{"phone":"{}"}})", phone), 202);
  std::string code;
  for (int attempt = 0; code.empty(); ++attempt) {
    auto inbox = ask(*sandbox_, "GET", "/sms?phone=" + percent_encode(phone), {}, {}, 200);
    auto messages = json_items(json_member(inbox, "items"));
    if (!messages.empty()) code = text_at(messages.front(), {"code"});
    if (code.empty() && attempt == 100) throw std::runtime_error("no code came by SMS to " + phone);
    if (code.empty()) pause(milliseconds(5 + attempt));
  }
  auto body = fmt::format(R"({{"grant_type":"phone_code","challenge_id":"{}","code":"{}"}})",
                          text_at(challenge, {"challenge_id"}), code);
  return session_of(ask(*shop_, "POST", "/api/v1/auth/tokens", {}, body, 200));
}

const std::string& Shop::staff() {
  if (!staff_.empty()) return staff_;
  auto login = find_staff_login(options_);
  auto body =
      fmt::format(R"({{"grant_type":"password","login":"{}","password":"{}"}})", login.login, login.password);
  staff_ = session_of(ask(*ops_, "POST", "/api/v1/auth/tokens", {}, body, 200)).header();
  return staff_;
}

std::vector<std::string> Shop::sites() {
  auto body = ask(*ops_, "GET", "/api/v1/warehouse/sites", staff(), {}, 200);
  std::vector<std::string> sites;
  for (auto item : json_items(json_member(body, "items"))) sites.push_back(text_at(item, {"site_id"}));
  if (sites.empty()) throw std::runtime_error("there are no warehouse sites");
  return sites;
}

const std::vector<std::string>& Shop::bins(const std::string& site) {
  auto& bins = bins_[site];
  if (!bins.empty()) return bins;
  auto body = ask(*ops_, "GET", "/api/v1/warehouse/sites/" + site + "/bins", staff(), {}, 200);
  for (auto plan : json_items(json_member(body, "plans")))
    bins.push_back(first_bin(json_text(plan).value_or(std::string())));
  if (!bins.empty()) return bins;
  for (int number = 1; number <= bins_without_plan; ++number) bins.push_back(fmt::format("A-{:02}", number));
  return bins;
}

Shop::Reply Shop::send_receipt(int number, const std::string& site, std::span<const Goods> goods) {
  const auto& where = bins(site);
  std::string lines;
  for (std::size_t at = 0; at < goods.size(); ++at) {
    if (!lines.empty()) lines += ",";
    lines += fmt::format(R"({{"sku_id":"{}","quantity":{},"bin":"{}"}})", goods[at].sku_id,
                         goods[at].quantity, where[at % where.size()]);
  }
  auto body = fmt::format(R"({{"receipt_id":"bench-{}-{}","site_id":"{}","lines":[{}]}})", run_name_, number,
                          site, lines);
  return call(*ops_, "POST", "/api/v1/warehouse/receipts", staff(), body);
}

void Shop::receive(const std::vector<Goods>& goods) {
  auto where = sites();
  int receipts = 0;
  std::span rest(goods);
  while (!rest.empty()) {
    auto lines = rest.first(std::min(rest.size(), lines_per_receipt));
    auto site = where[static_cast<std::size_t>(receipts) % where.size()];
    auto reply = send_receipt(receipts, site, lines);
    if (reply.status == 201) {
      rest = rest.subspan(lines.size());
      ++receipts;
    } else if (reply.status == 403 && where.size() > 1) {
      std::erase(where, site);  // the login belongs to another site
    } else {
      throw std::runtime_error("the receipt was refused: " +
                               problem_text({reply.status, {}, reply.body, {}}));
    }
  }
}

std::string order_body(const Product& product, std::int64_t quantity, const std::string& pickup_point) {
  return fmt::format(
      R"({{"items":[{{"sku_id":"{}","quantity":{},"expected_price":{{"amount_minor":{},"currency":"{}"}}}}],)"
      R"("delivery":{{"type":"pickup","pickup_point_id":"{}"}},)"
      R"("payment_method":{{"type":"card","token":"tok_3ds"}}}})",
      product.sku_id, quantity, product.price_minor, product.currency, pickup_point);
}

std::string Shop::order(const Product& product, const Session& buyer, const std::string& pickup_point,
                        std::int64_t quantity) {
  auto extra = buyer.header() + fmt::format("Idempotency-Key: bench-{}-setup-{}\r\n", run_name_, ++orders_);
  auto reply = call(*shop_, "POST", "/api/v1/orders", extra, order_body(product, quantity, pickup_point));
  if (reply.status == 201) return {};
  auto code = json_text(json_member(reply.body, "code")).value_or("?");
  if (reply.status != 409) {
    throw std::runtime_error("an order was refused: " + problem_text({reply.status, {}, reply.body, {}}));
  }
  return code;
}

// As much as an order takes, then half of it and so on: when not one unit is left, there is nothing. Who may
// hold no more is followed by the next buyer.
bool Shop::buy_out(const Product& product, const std::function<Session()>& next_buyer,
                   const std::string& pickup_point) {
  auto quantity = most_units_shown;
  auto buyer = next_buyer();
  for (int orders = 0; orders < most_orders_to_buy_out; ++orders) {
    auto refusal = order(product, buyer, pickup_point, quantity);
    if (refusal == "too_many_unpaid") buyer = next_buyer();
    if (refusal != "out_of_stock") continue;
    if (quantity == 1) return true;
    quantity = std::max<std::int64_t>(1, quantity / 2);
  }
  return false;
}

void Shop::wait_until_available(const Product& product, std::int64_t units) {
  auto until = Loop::now_us() + stock_time.us;
  while (available(product) < std::min(units, most_units_shown)) {
    if (Loop::now_us() > until)
      throw std::runtime_error("received goods did not become available: " + product.sku_id);
    pause(milliseconds(20));
  }
}

std::int64_t Shop::available(const Product& product) {
  auto body = ask(*shop_, "GET", "/api/v1/products/" + product.product_id, {}, {}, 200);
  for (auto sku : json_items(json_member(body, "skus"))) {
    if (json_text(json_member(sku, "sku_id")) == product.sku_id) {
      return json_integer(json_member(sku, "available")).value_or(0);
    }
  }
  return 0;
}

}  // namespace bramble::load
