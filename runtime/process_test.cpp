#include <thread>

#include "ports/rpc_calls.h"
#include "runtime/process_stand_test.h"

namespace bramble::runtime_test {

// A service as rpcgen would make it: adds to a number that it keeps for each key.
struct Sum {
  std::string text;
  std::string encode() const { return text; }
  static Sum decode(std::string_view bytes) { return {std::string(bytes)}; }
};

class CountingApi {
 public:
  virtual ~CountingApi() = default;
  virtual Task<Sum> add(Call call, Sum request) = 0;     // not repeatable
  virtual Task<Sum> lookup(Call call, Sum request) = 0;  // repeatable
};

constexpr RpcMethod methods[] = {{"counting", "add", 0, false}, {"counting", "lookup", 1, true}};

class DirectCounting : public CountingApi {
 public:
  DirectCounting(std::shared_ptr<CountingApi> service, RpcPolicy& policy)
      : service_(std::move(service)), policy_(policy) {}
  Task<Sum> add(Call call, Sum request) override {
    return call_direct(*service_, &CountingApi::add, policy_, methods[0], std::move(call),
                       std::move(request));
  }
  Task<Sum> lookup(Call call, Sum request) override {
    return call_direct(*service_, &CountingApi::lookup, policy_, methods[1], std::move(call),
                       std::move(request));
  }

 private:
  std::shared_ptr<CountingApi> service_;
  RpcPolicy& policy_;
};

class RemoteCounting : public CountingApi {
 public:
  RemoteCounting(RpcChannel& channel, RpcPolicy& policy) : channel_(channel), policy_(policy) {}
  Task<Sum> add(Call call, Sum request) override {
    return call_remote<Sum>(channel_, policy_, methods[0], std::move(call), request.encode());
  }
  Task<Sum> lookup(Call call, Sum request) override {
    return call_remote<Sum>(channel_, policy_, methods[1], std::move(call), request.encode());
  }

 private:
  RpcChannel& channel_;
  RpcPolicy& policy_;
};

class CountingDispatcher : public RpcDispatcher {
 public:
  explicit CountingDispatcher(std::shared_ptr<CountingApi> service) : service_(std::move(service)) {}
  Task<std::string> dispatch(Call call, std::string_view name, std::string request) override {
    auto method = name == methods[0].name ? &CountingApi::add : &CountingApi::lookup;
    return answer_call(*service_, method, std::move(call), std::move(request));
  }

 private:
  std::shared_ptr<CountingApi> service_;
};

// Counts what reached it, and fails as often as it is told.
class Counting : public CountingApi {
 public:
  Task<Sum> add(Call, Sum request) override {
    ++adds;
    fail();
    co_return request;
  }
  Task<Sum> lookup(Call, Sum request) override {
    ++lookups;
    fail();
    co_return request;
  }
  void fail() {
    if (failures > 0 && failures-- > 0) throw Error(ErrorCode::unavailable, "down", "comes back");
  }
  std::atomic<int> adds = 0;
  std::atomic<int> lookups = 0;
  std::atomic<int> failures = 0;
};

}  // namespace bramble::runtime_test

namespace bramble {

template <>
const RpcContract& rpc_contract<runtime_test::CountingApi>() {
  using namespace runtime_test;
  static const RpcContract contract{
      "counting", methods,
      [](std::shared_ptr<void> service, RpcPolicy& policy) -> std::shared_ptr<void> {
        std::shared_ptr<CountingApi> api =
            std::make_shared<DirectCounting>(std::static_pointer_cast<CountingApi>(service), policy);
        return api;
      },
      [](RpcChannel& channel, RpcPolicy& policy) -> std::shared_ptr<void> {
        std::shared_ptr<CountingApi> api = std::make_shared<RemoteCounting>(channel, policy);
        return api;
      },
      [](std::shared_ptr<void> service) -> std::shared_ptr<RpcDispatcher> {
        return std::make_shared<CountingDispatcher>(std::static_pointer_cast<CountingApi>(service));
      }};
  return contract;
}

}  // namespace bramble

namespace bramble::runtime_test {
namespace {

class ProcessTest : public ProcessStand {
 protected:
  // Counts; and offers what it counts to the others.
  Module counting() {
    return {.name = "counting", .calls = {}, .migrations = {}, .start = [this](ModuleHost& host) {
              service = std::make_shared<Counting>();
              host.serve<CountingApi>(service);
              return service;
            }};
  }

  std::shared_ptr<Counting> service;
};

TEST_F(ProcessTest, StartsWhatIsCalledFirstAndStopsInReverse) {
  Seen order;
  auto noted = [&](std::string name, std::vector<std::string> calls) {
    return Module{
        .name = name, .calls = std::move(calls), .migrations = {}, .start = [&, name](ModuleHost& host) {
          order.add("start " + name);
          host.on_ready([&order, name](Call) -> Task<void> {
            order.add("ready " + name);
            co_return;
          });
          return std::shared_ptr<void>(new int(0), [&order, name](int* made) {
            order.add("end " + name);
            delete made;
          });
        }};
  };
  make({noted("a", {"b"}), noted("b", {})}).start();
  EXPECT_EQ(process->roles(), (std::vector<std::string>{"b", "a"}));
  process->stop();
  EXPECT_EQ(order.values(),
            (std::vector<std::string>{"start b", "start a", "ready b", "ready a", "end a", "end b"}));
}

TEST_F(ProcessTest, CallsWorkTheSameDirectEncodedAndRepeated) {
  for (auto mode : {RpcMode::direct, RpcMode::encoded, RpcMode::encoded_with_repeats}) {
    CountingApi* api = nullptr;
    make({counting(),
          with("caller", [&](ModuleHost& host) { api = &host.api<CountingApi>(); }, {"counting"}, {})},
         {.rpc = mode})
        .start();
    EXPECT_EQ(process->run(api->add(test_call(), {"7"})).text, "7");
    EXPECT_EQ(process->run(api->lookup(test_call(), {"8"})).text, "8");
    EXPECT_EQ(service->adds, 1);
    EXPECT_EQ(service->lookups, mode == RpcMode::encoded_with_repeats ? 2 : 1);
    process.reset();
  }
  EXPECT_NE(stand.metrics->expose().find(
                R"(bramble_rpc_total{method="add",outcome="ok",service="counting"} 3)"),
            std::string::npos);
}

TEST_F(ProcessTest, OnlyRepeatableCallsAreTriedAgain) {
  make({counting()}).start();
  auto& api = process->api<CountingApi>();
  service->failures = 2;
  EXPECT_EQ(process->run(api.lookup(test_call(), {"x"})).text, "x");
  EXPECT_EQ(service->lookups, 3);
  service->failures = 1;
  EXPECT_THROW(process->run(api.add(test_call(), {"x"})), Error);
  EXPECT_EQ(service->adds, 1);
  service->failures = 100;
  EXPECT_THROW(process->run(api.lookup(test_call(), {"x"})), Error);
  EXPECT_EQ(service->lookups, 7);
  EXPECT_THROW(process->run(api.lookup(system_call("test", Time{1}), {"x"})), Error);
  EXPECT_EQ(service->lookups, 7);
}

TEST_F(ProcessTest, AnEventOfOneModuleTakesEffectInAnotherAndItsJobRuns) {
  Seen jobs;
  auto shop = with("shop", [](ModuleHost&) {});
  auto mail = with("mail", [&](ModuleHost& host) {
    host.consume<Happened>([](Tx& tx, const Happened& event) {
      tx.schedule(Work{event.id, event.text}, tx.now());
    });
    host.on_job<Work>([&](Call call, Work job) -> Task<void> {
      jobs.add(job.encode() + " " + to_traceparent(call.trace));
      co_return;
    });
  });
  make({shop, mail}).start();
  auto call = test_call();
  call.trace = {1, 2, 3};
  process->run(process->database("shop")->transact(call, "a", [](Tx& tx) {
    tx.publish(Happened{"a", "1"});
  }));
  ASSERT_TRUE(process->settle(seconds(20)));
  ASSERT_EQ(jobs.values().size(), 1u);
  EXPECT_EQ(jobs.values()[0], "a:1 " + to_traceparent(call.trace));
}

TEST_F(ProcessTest, StaffListAndReplayDeadLetters) {
  std::atomic<bool> broken = true;
  auto mail = with("mail", [&](ModuleHost& host) {
    host.consume<Happened>([&](Tx& tx, const Happened& event) {
      if (broken) throw std::runtime_error("broken");
      tx.exec("INSERT INTO sales (text) VALUES ($1)", event.text);
    });
    host.on_job<Work>([&](Call, Work) -> Task<void> {
      if (broken) throw std::runtime_error("broken");
      co_return;
    });
  });
  make({mail}).start();
  auto& database = *process->database("mail");
  process->run(database.transact(test_call(), "a", [](Tx& tx) {
    tx.exec("INSERT INTO dead_events (consumer, event_id, type, key, payload, trace, attempts, last_error, "
            "dead_at)"
            " VALUES ('mail', 'evt_1', 'test.Happened', 'a', $1, '', 20, 'broken', 5)",
            Blob{"a:sold"});
    tx.exec("INSERT INTO jobs (job_id, type, key, payload, trace, run_at, attempts, dead_at, created_at)"
            " VALUES ('job_1', 'test.Work', 'a', $1, '', 1, 20, 4, 1)",
            Blob{"a:1"});
  }));
  auto& letters = process->dead_letters();
  auto list = process->run(letters.list(test_call(), 10));
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].id, "mail/evt_1");
  EXPECT_EQ(list[0].last_error, "broken");
  EXPECT_THROW(process->run(letters.replay(test_call(), "mail", "event", "mail/evt_1")), Error);
  EXPECT_EQ(process->run(letters.list(test_call(), 10))[0].attempts, 21);
  broken = false;
  EXPECT_TRUE(process->run(letters.replay(test_call(), "mail", "event", "mail/evt_1")));
  EXPECT_FALSE(process->run(letters.replay(test_call(), "mail", "event", "mail/evt_1")));
  EXPECT_TRUE(process->run(letters.replay(test_call(), "mail", "job", "job_1")));
  EXPECT_FALSE(process->run(letters.replay(test_call(), "mail", "job", "job_2")));
  EXPECT_FALSE(process->run(letters.replay(test_call(), "nobody", "job", "job_1")));
  ASSERT_TRUE(process->settle(seconds(20)));
  EXPECT_TRUE(process->run(letters.list(test_call(), 10)).empty());
  EXPECT_EQ(stand.number(database, "SELECT COUNT(*) FROM sales WHERE text = 'sold'"), 1);
  EXPECT_EQ(stand.number(database, "SELECT COUNT(*) FROM jobs"), 0);
}

TEST_F(ProcessTest, AChoreRepeatsWhateverItThrows) {
  Seen runs;
  make({with("shop", [&](ModuleHost& host) {
    host.repeat("sweep", milliseconds(1), [&](Call) -> Task<void> {
      runs.add("run");
      throw std::runtime_error("never mind");
      co_return;
    });
  })}).start();
  EXPECT_TRUE(runs.wait_for(3));
  process->stop();
  EXPECT_NE(stand.metrics->expose().find(R"(bramble_chore_failures_total{chore="sweep",module="shop"} )"),
            std::string::npos);
}

TEST_F(ProcessTest, WiringMistakesAreRefusedByName) {
  EXPECT_NE(refusal({counting(), with("caller", [](ModuleHost& host) { host.api<CountingApi>(); }, {}, {})})
                .find("does not name it in its calls"),
            std::string::npos);
  EXPECT_NE(refusal({with("bare", [](ModuleHost& host) { host.database(); }, {}, {})})
                .find("bare has no migrations"),
            std::string::npos);
  EXPECT_NE(refusal({with("a", [](ModuleHost&) {}, {"b"})}).find("a calls 'b'"), std::string::npos);
  settings.set("shop.hold_z=1");
  EXPECT_NE(refusal({with("shop", [](ModuleHost& host) { host.setting("hold_s", 1, 0, 9); })})
                .find("the nearest is shop.hold_s"),
            std::string::npos);
}

TEST_F(ProcessTest, AStartThatIsRefusedForItsSettingsHasChangedNoTable) {
  settings.set("shop.hold_z=1");
  auto shop = Module{.name = "shop", .calls = {}, .migrations = shop_schema, .start = {}};
  EXPECT_NE(refusal({shop}).find("shop.hold_z"), std::string::npos);
  process.reset();
  auto database = stand.open_engine("shop");
  EXPECT_THROW(stand.number(*database, "SELECT COUNT(*) FROM schema_migrations"), Error);
}

TEST_F(ProcessTest, ServersOpenWhenAllIsReadyAndAnswerProbes) {
  bool ready_when_prepared = true;
  make({with("shop", [&](ModuleHost& host) {
    EXPECT_EQ(host.address_of(0), "http://127.0.0.1:18080");
    host.on_ready([&](Call) -> Task<void> {
      ready_when_prepared = process->ready();
      co_return;
    });
    host.listen(0, [](HttpRequest request) -> Task<HttpResponse> {
      HttpResponse response;
      response.body = "shop " + request.path;
      co_return response;
    });
  })}).start();
  EXPECT_FALSE(ready_when_prepared);
  EXPECT_TRUE(process->ready());
  EXPECT_EQ(servers.get(*process, 18080, "/x").body, "shop /x");
  EXPECT_EQ(servers.get(*process, 18080, "/readyz").status, 200);
  EXPECT_EQ(servers.get(*process, 18080, "/livez").status, 200);
  EXPECT_EQ(servers.get(*process, 18080, "/readyz", "HEAD").body, "ready\n");
  EXPECT_EQ(servers.get(*process, 18080, "/readyz", "POST").body, "shop /readyz");
  EXPECT_EQ(process->admin_address(), "http://127.0.0.1:18089");
  EXPECT_EQ(servers.get(*process, 18089, "/readyz").status, 200);
  auto health = servers.get(*process, 18089, "/health");
  EXPECT_EQ(health.status, 200) << health.body;
  EXPECT_NE(health.body.find(R"("part":"outbox shop","ok":true)"), std::string::npos) << health.body;
  EXPECT_NE(servers.get(*process, 18089, "/metrics").body.find("process_resident_memory_bytes"),
            std::string::npos);
  EXPECT_EQ(servers.get(*process, 18089, "/other").status, 404);
  EXPECT_EQ(servers.get(*process, 18089, "/metrics", "GET", "localhost:18089").status, 200);
  EXPECT_EQ(servers.get(*process, 18089, "/metrics", "GET", "evil.test:18089").status, 421);
  process->stop();
  EXPECT_EQ(servers.events.values().size(), 2u);
}

TEST_F(ProcessTest, TwoModulesCanShareAMadeSecret) {
  std::string shop;
  std::string bank;
  std::string other;
  make({with("shop",
             [&](ModuleHost& host) {
               shop = host.secret("bank_key", 32);
               other = host.secret("other_key", 32);
             }),
        with("bank", [&](ModuleHost& host) { bank = host.secret("key", 32); })},
       {.shared_secrets = {{"shop.bank_key", "bank.key"}}})
      .start();
  EXPECT_EQ(shop, bank);
  EXPECT_NE(shop, other);
}

TEST_F(ProcessTest, AModuleOnALoopOfItsOwnRunsOnAnotherThread) {
  std::thread::id main_thread;
  std::thread::id own_thread;
  auto here = [](std::thread::id& id) {
    return [&id](Call) -> Task<void> {
      id = std::this_thread::get_id();
      co_return;
    };
  };
  auto outsider = with("bank", [&](ModuleHost& host) { host.on_ready(here(own_thread)); }, {}, {});
  outsider.own_loop = true;
  make({with("shop", [&](ModuleHost& host) { host.on_ready(here(main_thread)); }), outsider}).start();
  EXPECT_NE(main_thread, own_thread);
}

TEST_F(ProcessTest, EventsWaitUntilEveryModuleRunsI20) {
  Seen seen;
  std::vector<Module> modules{with("shop", [](ModuleHost&) {}), with("mail", [&](ModuleHost& host) {
                                host.consume<Happened>(
                                    [&](Tx&, const Happened& event) { seen.add(event.encode()); });
                              })};
  make(modules, {.roles = {"shop"}}).start();
  process->run(process->database("shop")->transact(test_call(), "a", [](Tx& tx) {
    tx.publish(Happened{"a", "1"});
  }));
  process->stop();
  make(modules).start();
  EXPECT_TRUE(seen.wait_for(1));
}

TEST_F(ProcessTest, AFailedStartStopsWhatHadBegun) {
  Seen ends;
  auto first = Module{.name = "first", .calls = {}, .migrations = shop_schema, .start = [&](ModuleHost&) {
                        return std::shared_ptr<void>(new int(0), [&](int* made) {
                          ends.add("first");
                          delete made;
                        });
                      }};
  auto second = with("second", [](ModuleHost& host) {
    host.on_ready([](Call) -> Task<void> {
      throw Error(ErrorCode::unavailable, "no_data", "the first data is missing");
      co_return;
    });
  });
  EXPECT_EQ(refusal({first, second}), "the first data is missing");
  EXPECT_EQ(ends.values().size(), 1u);
  EXPECT_FALSE(process->ready());
}

}  // namespace
}  // namespace bramble::runtime_test
