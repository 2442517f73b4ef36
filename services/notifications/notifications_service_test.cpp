#include "services/notifications/notifications_service.h"

#include <boost/asio/io_context.hpp>

#include "base/text.h"
#include "notifications_schema.h"
#include "outside/sms/sms_client.h"
#include "runtime/json/json.h"
#include "services/notifications/notice_text.h"
#include "testing/service/service_database.h"

namespace bramble::notifications {
namespace {

using orders::OrderStatus;

// An SMS provider.
class Provider final : public HttpClient {
 public:
  Task<HttpResponse> send(HttpClientRequest request) override {
    requests.push_back(std::move(request));
    co_return HttpResponse{status, {}, "{}", nullptr};
  }
  int status = 202;
  std::vector<HttpClientRequest> requests;
};

class Notices : public testing::Test {
 public:
  void tell(OrderStatus status, const std::string& user = "usr_1", const std::string& order = "ord_1",
            const std::string& language = "") {
    auto event = news(status, user, order, language);
    database.transact([&](Tx& tx) { notifications.on_order_status(tx, event); });
    notifications.deliver(event);
  }
  orders::OrderStatusChanged news(OrderStatus status, const std::string& user = "usr_1",
                                  const std::string& order = "ord_1", const std::string& language = "") {
    return {OrderId(order), UserId(user), status, database.clock.now(), ++version, language};
  }
  // As the runtime delivers an event: first the transaction, then the call that it is durable.
  Task<void> bring(orders::OrderStatusChanged event) {
    co_await (*database).transact(database.call, event.user_id.text(),
                                  [&](Tx& tx) { notifications.on_order_status(tx, event); });
    notifications.deliver(event);
  }
  Task<NoticesReply> reading(std::int64_t after, std::int64_t wait_ms = 0, const std::string& lang = "ru",
                             std::int64_t limit = 100) {
    return notifications.notices(database.call, {UserId("usr_1"), after, limit, wait_ms, lang});
  }
  NoticesReply read(std::int64_t after, const std::string& lang = "ru", std::int64_t limit = 100) {
    return run_sync(reading(after, 0, lang, limit));
  }

  std::int64_t version = 0;
  ServiceDatabase database{notifications_migrations()};
  Provider provider;
  NotificationsService notifications{
      *database,
      std::make_unique<outside::SmsClient>(provider, outside::SmsSettings{"http://sms", "sms key"}),
      database.clock};
};

TEST_F(Notices, AreNumberedWithoutAGapWithinAUser) {
  tell(OrderStatus::paid);
  tell(OrderStatus::paid, "usr_2");
  tell(OrderStatus::assembling);
  tell(OrderStatus::ready_to_ship);
  auto reply = read(0);
  EXPECT_EQ(reply.last_seq, 3);
  ASSERT_EQ(reply.items.size(), 3u);
  std::int64_t seq = 0;
  for (const auto& notice : reply.items) EXPECT_EQ(notice.seq, ++seq);
  EXPECT_EQ(reply.items[0].status, "PAID");
  EXPECT_EQ(reply.items[0].type, "order.status");
  EXPECT_EQ(reply.items[0].order_id.text(), "ord_1");
  EXPECT_EQ(reply.items[2].status, "READY_TO_SHIP");
}

TEST_F(Notices, AreInTheLanguageAskedForOrElseInThatOfTheOrder) {
  tell(OrderStatus::paid, "usr_1", "ord_1", "en");
  tell(OrderStatus::paid, "usr_1", "ord_2");
  auto own = read(0, "");
  EXPECT_EQ(own.items[0].message, "Your order is paid.");
  EXPECT_EQ(own.items[1].message, "Заказ оплачен.");
  EXPECT_EQ(read(0, "ru").items[0].message, "Заказ оплачен.");
}

TEST_F(Notices, TellWhatBecameOfUnitsThatWereNotFound) {
  tell(OrderStatus::assembling);
  for (auto change : {orders::ItemsChange::replaced, orders::ItemsChange::cancelled,
                      orders::ItemsChange::refunded, orders::ItemsChange::called_off}) {
    database.transact([&](Tx& tx) {
      notifications.on_order_items(tx, {OrderId("ord_1"), UserId("usr_1"), OrderStatus::assembling, change, 2,
                                        Money{1'234'505, "RUB"}, tx.now(), "short-1", ""});
    });
  }
  auto reply = read(1);
  ASSERT_EQ(reply.items.size(), 4u);
  for (const auto& notice : reply.items) {
    EXPECT_EQ(notice.type, "order.status");
    EXPECT_EQ(notice.status, "ASSEMBLING");
  }
  EXPECT_NE(reply.items[0].message.find("с другого"), std::string::npos);
  EXPECT_EQ(reply.items[1].message, "Не нашлось: 2 шт. Мы отменили их и возвращаем 12\u00a0345,05\u00a0₽.");
  EXPECT_EQ(read(1, "en").items[2].message,
            "12,345.05\u00a0RUB for the cancelled part of your order is refunded.");
}

TEST_F(Notices, TellThatACancelCameTooLate) {
  tell(OrderStatus::ready_to_ship);
  for (const char* language : {"", "en"}) {
    database.transact([&](Tx& tx) {
      notifications.on_cancel_refused(tx, {OrderId("ord_1"), UserId("usr_1"), OrderStatus::ready_to_ship,
                                           tx.now(), language});
    });
  }
  auto reply = read(1, "");
  ASSERT_EQ(reply.items.size(), 2u);
  EXPECT_EQ(reply.items[0].type, "order.status");
  EXPECT_EQ(reply.items[0].status, "READY_TO_SHIP");
  EXPECT_NE(reply.items[0].message.find("он собран"), std::string::npos);
  EXPECT_NE(reply.items[1].message.find("already packed"), std::string::npos);
}

TEST_F(Notices, TellThatAPaymentWasDeclinedWhileItsOrderWaits) {
  tell(OrderStatus::paid, "usr_1", "ord_2");
  for (const char* language : {"", "en"}) {
    database.transact([&](Tx& tx) {
      notifications.on_payment_declined(tx, {OrderId("ord_1"), UserId("usr_1"), tx.now(), language});
    });
  }
  auto reply = read(1, "");
  ASSERT_EQ(reply.items.size(), 2u);
  EXPECT_EQ(reply.items[0].type, "order.status");
  EXPECT_EQ(reply.items[0].status, "PENDING_PAYMENT");
  EXPECT_NE(reply.items[0].message.find("не прошла"), std::string::npos);
  EXPECT_NE(reply.items[1].message.find("pay another way"), std::string::npos);
}

TEST_F(Notices, ManyAtOnceAreNumberedWithoutAGap) {
  auto note = [&](int number) -> Task<void> {
    auto order = "ord_" + std::to_string(number);
    co_await (*database).transact(database.call, order, [this, order](Tx& tx) {
      notifications.on_order_status(tx, {OrderId(order), UserId("usr_1"), OrderStatus::paid, tx.now(), 1});
    });
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 30; ++i) tasks.push_back(note(i));
  run_sync(all(std::move(tasks)));
  auto reply = read(0);
  ASSERT_EQ(reply.items.size(), 30u);
  for (std::size_t i = 0; i < 30; ++i) EXPECT_EQ(reply.items[i].seq, static_cast<std::int64_t>(i) + 1);
}

TEST_F(Notices, AReaderGoesOnWhereItStopped) {
  for (int i = 0; i < 5; ++i) tell(OrderStatus::paid);
  EXPECT_EQ(read(0, "ru", 2).items.back().seq, 2);
  EXPECT_EQ(read(2, "ru", 2).items.back().seq, 4);
  EXPECT_EQ(read(4, "ru", 2).items.back().seq, 5);
  EXPECT_TRUE(read(5).items.empty());
  EXPECT_TRUE(read(500).items.empty());
  EXPECT_EQ(read(5).last_seq, 5);
}

TEST_F(Notices, ANegativeStartIsOnlyWhatComes) {
  EXPECT_EQ(read(-1).last_seq, 0);
  tell(OrderStatus::paid);
  auto reply = read(-1);
  EXPECT_TRUE(reply.items.empty());
  EXPECT_EQ(reply.last_seq, 1);
}

TEST_F(Notices, AReaderThatWaitsIsWoken) {
  std::vector<Notice> seen;
  bool told = false;
  auto wait = [&]() -> Task<void> {
    auto reply = co_await reading(0, 30'000);
    EXPECT_TRUE(told);
    seen = reply.items;
  };
  auto speak = [&]() -> Task<void> {
    // Long enough behind the reader that it has looked and found nothing.
    for (int i = 0; i < 3; ++i) {
      co_await (*database).read(database.call, "usr_1", [](Tx&) {});
    }
    told = true;
    co_await bring(news(OrderStatus::paid));
  };
  std::vector<Task<void>> tasks;
  tasks.push_back(wait());
  tasks.push_back(wait());
  tasks.push_back(speak());
  run_sync(all(std::move(tasks)));
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen.front().seq, 1);
}

TEST_F(Notices, ANoticeBetweenTheLookAndTheWaitIsNotMissed) {
  // However the two fall together, the reader has it at its end.
  for (int round = 0; round < 20; ++round) {
    std::int64_t seen = 0;
    auto wait = [&]() -> Task<void> { seen = (co_await reading(round, 30'000)).items.back().seq; };
    auto speak = [&]() -> Task<void> {
      for (int i = 0; i < round % 3; ++i) co_await (*database).read(database.call, "usr_1", [](Tx&) {});
      co_await bring(news(OrderStatus::paid));
    };
    std::vector<Task<void>> tasks;
    tasks.push_back(wait());
    tasks.push_back(speak());
    run_sync(all(std::move(tasks)));
    EXPECT_EQ(seen, round + 1);
  }
}

TEST_F(Notices, AReaderThatWaitsIsBroughtWhatItWouldHaveRead) {
  tell(OrderStatus::paid);
  for (std::string lang : {"ru", "en", ""}) {
    auto last = read(0).last_seq;
    std::vector<Notice> seen;
    auto wait = [&]() -> Task<void> { seen = (co_await reading(last, 30'000, lang)).items; };
    auto speak = [&]() -> Task<void> {
      for (int i = 0; i < 3; ++i) co_await (*database).read(database.call, "usr_1", [](Tx&) {});
      co_await bring(news(OrderStatus::assembling, "usr_1", "ord_7", "en"));
    };
    std::vector<Task<void>> tasks;
    tasks.push_back(wait());
    tasks.push_back(speak());
    run_sync(all(std::move(tasks)));
    EXPECT_EQ(seen, read(last, lang).items);
    EXPECT_EQ(seen.size(), 1u);
  }
}

TEST_F(Notices, AReaderThatIsBehindIsBroughtEverythingInOrder) {
  std::vector<std::int64_t> seen;
  auto wait = [&]() -> Task<void> {
    while (seen.size() < 20) {
      auto reply = co_await reading(static_cast<std::int64_t>(seen.size()), 30'000);
      for (const auto& notice : reply.items) seen.push_back(notice.seq);
    }
  };
  auto speak = [&]() -> Task<void> {
    for (int i = 0; i < 10; ++i) {
      auto first = news(OrderStatus::paid);
      auto second = news(OrderStatus::assembling);
      co_await (*database).transact(database.call, "usr_1", [&](Tx& tx) {
        notifications.on_order_status(tx, first);
        notifications.on_order_status(tx, second);
      });
      notifications.deliver(first);
      notifications.deliver(second);
      if (i % 3 == 0) co_await (*database).read(database.call, "usr_1", [](Tx&) {});
    }
  };
  std::vector<Task<void>> tasks;
  tasks.push_back(wait());
  tasks.push_back(speak());
  run_sync(all(std::move(tasks)));
  ASSERT_EQ(seen.size(), 20u);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], static_cast<std::int64_t>(i) + 1);
}

TEST_F(Notices, AReaderThatStillWaitsAtTheEndLeavesNothingBehind) {
  tell(OrderStatus::paid);
  run_sync(reading(0, 1'000));  // who asks for what follows now suspends at once
  auto reader = std::make_shared<int>();
  auto wait = [this](std::shared_ptr<int>) -> Task<void> { co_await reading(1, 30'000); };
  {
    boost::asio::io_context loop;
    spawn(loop.get_executor(), wait(reader), nullptr);
    loop.poll();
    EXPECT_EQ(reader.use_count(), 2);
    notifications.forget_waits();
  }
  EXPECT_EQ(reader.use_count(), 1);
}

TEST_F(Notices, AReaderThatWaitsInVainIsAnsweredWhenItsTimeIsOver) {
  bool answered = false;
  auto wait = [&]() -> Task<void> {
    auto reply = co_await reading(0, 1'000);
    EXPECT_TRUE(reply.items.empty());
    answered = true;
  };
  auto end = [&]() -> Task<void> {
    for (int i = 0; i < 5; ++i) co_await (*database).read(database.call, "usr_1", [](Tx&) {});
    co_await notifications.end_waits(database.call);
    EXPECT_FALSE(answered);
    database.clock.advance(milliseconds(1'000));
    co_await notifications.end_waits(database.call);
  };
  std::vector<Task<void>> tasks;
  tasks.push_back(wait());
  tasks.push_back(end());
  run_sync(all(std::move(tasks)));
  EXPECT_TRUE(answered);
}

TEST_F(Notices, NewsOfSomebodyElseAreNotHisAndNewsForNobodyAreHarmless) {  // I25
  tell(OrderStatus::paid, "usr_2");
  EXPECT_TRUE(read(0).items.empty());
  EXPECT_EQ(read(0).last_seq, 0);
}

TEST_F(Notices, SpeakTheReadersLanguage) {
  tell(OrderStatus::paid);
  EXPECT_EQ(read(0, "ru").items.front().message, "Заказ оплачен.");
  EXPECT_EQ(read(0, "en").items.front().message, "Your order is paid.");
  EXPECT_EQ(read(0, "").items.front().message, "Заказ оплачен.");
  EXPECT_EQ(read(0, "de").items.front().message, "Заказ оплачен.");
}

TEST(NoticeText, IsThereForEveryStatusThatABuyerSees) {
  for (int status = 1; status <= 11; ++status) {
    auto ru = notice_text(static_cast<OrderStatus>(status), "ru");
    auto en = notice_text(static_cast<OrderStatus>(status), "en");
    EXPECT_FALSE(ru.empty());
    EXPECT_FALSE(en.empty());
    EXPECT_NE(ru, en);
    EXPECT_TRUE(is_utf8(ru));
  }
}

class SmsMessages : public Notices {};

TEST_F(SmsMessages, AreHandedToTheProvider) {
  run_sync(notifications.send_sms(database.call, {"chl_1", "+79990001122", "Код \"123456\""}));
  ASSERT_EQ(provider.requests.size(), 1u);
  const auto& request = provider.requests.front();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "http://sms/sms/v1/messages");
  EXPECT_EQ(request.headers.get("Authorization"), "Bearer sms key");
  auto document = JsonDocument::parse(request.body);
  EXPECT_EQ(document.root()["message_id"].text(), "chl_1");
  EXPECT_EQ(document.root()["phone"].text(), "+79990001122");
  EXPECT_EQ(document.root()["text"].text(), "Код \"123456\"");
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM notice"), 0);  // I25: a code is kept nowhere
}

TEST_F(SmsMessages, ThatTheProviderRefusesAreAFailureThatMayBeRepeated) {
  for (int status : {400, 401, 429, 500, 503}) {
    provider.status = status;
    EXPECT_EQ(failure_of(notifications.send_sms(database.call, {"chl_1", "+7", "x"})).code,
              ErrorCode::unavailable);
  }
}

}  // namespace
}  // namespace bramble::notifications
