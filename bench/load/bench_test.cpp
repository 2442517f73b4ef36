// Whole runs against a shop in miniature that answers the few requests a run makes, over real sockets.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include "bench/load/address.h"
#include "bench/load/bench.h"
#include "bench/load/json_scan.h"
#include "bench/load/local_instance.h"

namespace bramble::load {
namespace {

struct Peer {
  std::string in;
  std::string buyer;  // whose events this connection waits for
};

// One thread, one port for all three gateways. Every second answer is in chunks, in two pieces.
class TinyShop {
 public:
  TinyShop() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    listen(listener_, 64);
    origin_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~TinyShop() {
    stop_ = true;
    thread_.join();
    for (const auto& [fd, peer] : peers_) close(fd);
    close(listener_);
  }

  BenchOptions options(std::string scenario) const {
    BenchOptions options;
    options.scenario = std::move(scenario);
    options.target = options.ops = options.sandbox = origin_;
    options.staff_login = "anna";
    options.staff_password = "secret";
    options.clients = 4;
    options.seconds = 0.3;
    options.json = true;
    options.stock = 20;
    return options;
  }

  std::atomic<int> oversold_by = 0;
  std::atomic<int> most_unpaid = 0;        // orders of a buyer; 0: any number
  std::atomic<bool> out_of_order = false;  // every purchase is refused
  std::atomic<bool> has_plans = false;     // of bins
  std::string last_bin;                    // of a receipt; read after a run
  std::atomic<int> paid = 0;
  std::atomic<int> pages = 0;

 private:
  void serve();
  void take(int fd);
  void answer(int fd, std::string_view request);
  void send_answer(int fd, int status, const std::string& body);
  std::string order(std::string_view user, int units);
  void pay(const std::string& order_id);

  int listener_ = -1;
  std::string origin_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
  std::map<int, Peer> peers_;
  int users_ = 0;
  int orders_ = 0;
  int answers_ = 0;
  int received_ = 3;
  int sold_ = 0;
  std::map<std::string, std::string> buyers_of_orders_;
  std::map<std::string, int> unpaid_;
};

void TinyShop::serve() {
  while (!stop_) {
    std::vector<pollfd> wanted{{listener_, POLLIN, 0}};
    for (const auto& [fd, peer] : peers_) wanted.push_back({fd, POLLIN, 0});
    if (poll(wanted.data(), wanted.size(), 20) <= 0) continue;
    if (wanted[0].revents != 0) {
      int fd = accept(listener_, nullptr, nullptr);
      int on = 1;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      peers_[fd] = {};
    }
    for (std::size_t i = 1; i < wanted.size(); ++i) {
      if (wanted[i].revents != 0) take(wanted[i].fd);
    }
  }
}

void TinyShop::take(int fd) {
  std::array<char, 65536> buffer;
  auto got = recv(fd, buffer.data(), buffer.size(), 0);
  if (got <= 0) {
    close(fd);
    peers_.erase(fd);
    return;
  }
  auto& in = peers_[fd].in;
  in.append(buffer.data(), static_cast<std::size_t>(got));
  auto end = in.find("\r\n\r\n");
  if (end == std::string::npos) return;
  auto length = in.find("Content-Length: ");
  auto body = length < end ? std::stoul(in.substr(length + 16)) : 0;
  if (in.size() < end + 4 + body) return;
  auto request = std::move(in);
  in.clear();
  answer(fd, request);
}

void TinyShop::send_answer(int fd, int status, const std::string& body) {
  std::string head = "HTTP/1.1 " + std::to_string(status) + " X\r\n";
  auto text = head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  if (++answers_ % 2 == 0 && !body.empty()) {
    std::array<char, 20> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", body.size());
    auto first = head + "Transfer-Encoding: chunked\r\n\r\n" + size.data();
    send(fd, first.data(), first.size(), MSG_NOSIGNAL);
    text = body + "\r\n0\r\n\r\n";
  }
  send(fd, text.data(), text.size(), MSG_NOSIGNAL);
}

std::string TinyShop::order(std::string_view user, int units) {
  if (units > 0 && sold_ + units > received_ + (received_ > 3 ? oversold_by.load() : 0)) return {};
  sold_ += units;
  auto id = "ord_" + std::to_string(++orders_);
  buyers_of_orders_[id] = std::string(user);
  return R"({"order_id": ")" + id + R"(", "status": "PENDING_PAYMENT", "payment": {"redirect_url": ")" +
         origin_ + "/acs/" + id + "\"}}";
}

void TinyShop::pay(const std::string& order_id) {
  ++paid;
  for (auto& [fd, peer] : peers_) {
    if (peer.buyer.empty() || peer.buyer != buyers_of_orders_[order_id]) continue;
    auto event =
        "event: order.status\nid: 1\ndata: {\"order_id\":\"" + order_id + "\",\"status\":\"PAID\"}\n\n";
    send(fd, event.data(), event.size(), MSG_NOSIGNAL);
  }
}

void TinyShop::answer(int fd, std::string_view request) {
  auto line = request.substr(0, request.find(" HTTP/"));
  auto body = request.substr(request.find("\r\n\r\n") + 4);
  auto bearer = request.find("Bearer ");
  auto user = bearer == std::string_view::npos
                  ? ""
                  : request.substr(bearer + 7, request.find("\r", bearer) - bearer - 7);
  if (line == "POST /api/v1/auth/codes") return send_answer(fd, 202, R"({"challenge_id":"chl_1"})");
  if (line.starts_with("GET /sms?phone=%2B79")) return send_answer(fd, 200, R"({"items":[{"code":"4321"}]})");
  if (line == "POST /api/v1/auth/tokens") {
    auto token = "token" + std::to_string(++users_);
    return send_answer(fd, 200, R"({"expires_in":900,"refresh_token":"r","access_token":")" + token + "\"}");
  }
  if (line.starts_with("GET /api/v1/search?")) {
    return send_answer(fd, 200, R"({"items":[{"sku_id":"sku_1","product_id":"prd_1","title":"Red shoes",
      "available":3,"price":{"currency":"RUB","amount_minor":100}}]})");
  }
  if (line == "GET /api/v1/warehouse/sites")
    return send_answer(fd, 200, R"({"items":[{"site_id":"site_1"}]})");
  if (line == "GET /api/v1/warehouse/sites/site_1/bins")
    return send_answer(fd, 200, has_plans ? R"({"plans":["{B..F}-{07..40}-x{1..9}"]})" : R"({"plans":[]})");
  if (line == "POST /api/v1/warehouse/receipts") {
    for (auto goods : json_items(json_member(body, "lines"))) {
      last_bin = json_text(json_member(goods, "bin")).value_or("");
      received_ += static_cast<int>(json_integer(json_member(goods, "quantity")).value_or(0));
    }
    return send_answer(fd, 201, "{}");
  }
  if (line == "GET /api/v1/products/prd_1") {
    auto available = std::to_string(std::clamp(received_ - sold_, 0, 99));
    return send_answer(fd, 200, R"({"skus":[{"sku_id":"sku_1","available":)" + available + "}]}");
  }
  if (line == "GET /product/prd_1" || line.starts_with("GET /search?q=")) {
    ++pages;
    return send_answer(fd, 200, "<!doctype html>");
  }
  if (line.starts_with("GET /api/v1/pickup-points")) {
    return send_answer(fd, 200, R"({"items":[{"pickup_point_id":"pp_1"}]})");
  }
  if (line == "GET /api/v1/events") {
    peers_[fd].buyer = std::string(user);
    std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hello\n\n";
    send(fd, head.data(), head.size(), MSG_NOSIGNAL);
    return;
  }
  if (line == "PUT /api/v1/cart/items/sku_1") return send_answer(fd, user.empty() ? 401 : 200, "{}");
  if (line == "DELETE /api/v1/cart") return send_answer(fd, 200, "{}");
  if (line == "POST /api/v1/orders") {
    auto items =
        json_items(json_member(body, "items"));  // none: the whole cart, of which there is always enough
    auto units = items.empty() ? 0 : json_integer(json_member(items[0], "quantity")).value_or(0);
    // As a shop that lets a buyer hold a few orders and no more.
    if (most_unpaid > 0 && units == 1 && sold_ < received_ && unpaid_[std::string(user)]++ >= most_unpaid)
      return send_answer(fd, 409, R"({"code":"too_many_unpaid"})");
    auto made = out_of_order ? std::string() : order(user, static_cast<int>(units));
    return made.empty() ? send_answer(fd, 409, R"({"code":"out_of_stock"})") : send_answer(fd, 201, made);
  }
  if (line.starts_with("POST /acs/") && body == "code=1234") {
    pay(std::string(line.substr(10)));
    return send_answer(fd, 303, "");
  }
  send_answer(fd, 404, R"({"code":"not_found"})");
}

// What a run printed, and how it ended.
struct Outcome {
  int code = 0;
  std::string json;
  std::int64_t number(std::string_view name) const {
    return json_integer(json_member(json, name)).value_or(-1);
  }
};

Outcome run(const BenchOptions& options) {
  testing::internal::CaptureStdout();
  Outcome outcome;
  outcome.code = run_bench(options);
  outcome.json = testing::internal::GetCapturedStdout();
  while (!outcome.json.empty() && outcome.json.back() == '\n') outcome.json.pop_back();
  return outcome;
}

TEST(Bench, APurchaseEndsWhenItsBuyerHasSeenItPaid) {
  TinyShop shop;
  auto outcome = run(shop.options("purchase"));
  EXPECT_EQ(outcome.code, 0) << outcome.json;
  EXPECT_GT(outcome.number("ok"), 0);
  EXPECT_EQ(outcome.number("ok"), shop.paid);
  EXPECT_EQ(outcome.number("errors"), 0);
  EXPECT_EQ(outcome.number("clients"), 4);
}

TEST(Bench, PurchasesThatAreRefusedAreErrors) {
  TinyShop shop;
  shop.out_of_order = true;
  auto outcome = run(shop.options("purchase"));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.number("ok"), 0);
  EXPECT_GT(outcome.number("errors"), 0);
}

TEST(Bench, AHotSkuSellsExactlyWhatThereWas) {
  TinyShop shop;
  auto outcome = run(shop.options("hot-sku"));
  EXPECT_EQ(outcome.code, 0) << outcome.json;
  EXPECT_EQ(outcome.number("sold"), 20);
  EXPECT_EQ(outcome.number("stock"), 20);
  EXPECT_EQ(outcome.number("left"), 0);
  EXPECT_GT(outcome.number("ok"), 20);
}

TEST(Bench, AHotSkuThatDoesNotSellOutSaysHowManyAreLeft) {
  TinyShop shop;
  auto options = shop.options("hot-sku");
  options.stock = 1'000'000;
  auto outcome = run(options);
  EXPECT_EQ(outcome.code, 0) << outcome.json;
  EXPECT_EQ(json_member(outcome.json, "sold_out_after_s"), "null");
  EXPECT_EQ(outcome.number("left"), 1'000'000 - outcome.number("sold"));
}

TEST(Bench, GoodsAreReceivedInBinsThatTheSiteHas) {
  TinyShop shop;
  EXPECT_EQ(run(shop.options("hot-sku")).code, 0);
  EXPECT_EQ(shop.last_bin, "A-01");
  shop.has_plans = true;
  EXPECT_EQ(run(shop.options("hot-sku")).code, 0);
  EXPECT_EQ(shop.last_bin, "B-07-x1");
}

TEST(Bench, AHotSkuIsBoughtByMoreBuyersThanAreConnectedWhereABuyerMayHoldLittle) {
  TinyShop shop;
  shop.most_unpaid = 2;
  auto options = shop.options("hot-sku");
  options.seconds = 1;
  auto outcome = run(options);
  EXPECT_EQ(outcome.code, 0) << outcome.json;
  EXPECT_EQ(outcome.number("sold"), 20);
  EXPECT_EQ(outcome.number("errors"), 0);
}

TEST(Bench, AnOversoldHotSkuFailsTheRun) {
  TinyShop shop;
  shop.oversold_by = 1;
  auto outcome = run(shop.options("hot-sku"));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.number("sold"), 21);
}

TEST(Bench, CartBrowseAndSearchRepeatTheirRequests) {
  TinyShop shop;
  for (const char* scenario : {"cart", "browse", "search"}) {
    auto outcome = run(shop.options(scenario));
    EXPECT_EQ(outcome.code, 0) << scenario;
    EXPECT_GT(outcome.number("ok"), 0) << scenario;
    EXPECT_EQ(outcome.number("errors"), 0) << scenario;
  }
}

TEST(Bench, BrowseAndSearchCanAskForPages) {
  TinyShop shop;
  for (const char* scenario : {"browse", "search"}) {
    auto options = shop.options(scenario);
    options.pages = true;
    auto before = shop.pages.load();
    auto outcome = run(options);
    EXPECT_EQ(outcome.number("errors"), 0) << scenario;
    EXPECT_GE(shop.pages - before, outcome.number("ok")) << scenario;
  }
}

TEST(Bench, TheLoginsOfAnInstanceOnThisMachineAreFoundByItsPort) {
  auto folder = std::filesystem::temp_directory_path() / ("bench_test_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder / "orders");
  std::ofstream(folder / "demo-logins.txt") << "demo login  role=admin  login=root  password=x\n";
  std::ofstream database(folder / "orders" / "orders.db");
  TinyShop shop;
  auto options = shop.options("purchase");
  options.staff_login.clear();
  auto port = parse_url(options.target).port;
  EXPECT_EQ(folder_of_listener(port, "demo-logins.txt"), folder.string());
  EXPECT_EQ(run(options).code, 0);
  EXPECT_EQ(folder_of_listener(1, "demo-logins.txt"), std::nullopt);
  std::filesystem::remove_all(folder);
}

TEST(Bench, ATargetThatIsNotThereEndsTheRunWithOneLine) {
  BenchOptions options;
  options.scenario = "browse";
  options.target = "http://127.0.0.1:1";
  testing::internal::CaptureStderr();
  auto outcome = run(options);
  auto said = testing::internal::GetCapturedStderr();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.json, "");
  EXPECT_NE(said.find("Connection refused"), std::string::npos) << said;
}

}  // namespace
}  // namespace bramble::load
