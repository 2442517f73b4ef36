// A process and the world outside it: practice or real, configured or not, reachable from where.
#include "runtime/process_stand_test.h"

namespace bramble::runtime_test {
namespace {

using OutsideTest = ProcessStand;

TEST_F(OutsideTest, AModuleOfPracticeRunsOnlyWhereItIsWantedAndEventsNeverWaitForIt) {
  Seen seen;
  auto practice = with("bank", [](ModuleHost& host) { EXPECT_TRUE(host.sandboxed()); });
  practice.practice = practice.own_loop = true;
  std::vector<Module> modules{practice, with("shop", [&](ModuleHost& host) {
                                host.consume<Happened>(
                                    [&](Tx&, const Happened& event) { seen.add(event.encode()); });
                              })};
  settings.set("bank.merchant=Bramble");  // for when it runs again
  make(modules).start();
  EXPECT_EQ(process->roles(), std::vector<std::string>{"shop"});
  EXPECT_TRUE(process->ready());
  process->run(process->database("shop")->transact(test_call(), "a", [](Tx& tx) {
    tx.publish(Happened{"a", "1"});
  }));
  EXPECT_TRUE(seen.wait_for(1));
  process->stop();
  practice.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    host.setting("merchant", "");
    EXPECT_TRUE(host.sandboxed());
    return nullptr;
  };
  modules[0] = practice;
  make(modules, {.sandboxed = true}).start();
  EXPECT_EQ(process->roles().size(), 2u);
  process->stop();
  make(modules, {.roles = {"shop"}, .sandboxed = true}).start();
  EXPECT_TRUE(process->ready()) << "it is outside, wherever it runs";
}

TEST_F(OutsideTest, AProcessThatCannotDeliverEventsIsNotReadyAndSaysWhy) {
  std::vector<Module> modules{with("shop",
                                   [](ModuleHost& host) {
                                     host.listen(0, [](HttpRequest) -> Task<HttpResponse> {
                                       co_return HttpResponse{};
                                     });
                                   }),
                              with("mail", [](ModuleHost&) {})};
  make(modules, {.roles = {"shop"}}).start();
  EXPECT_FALSE(process->ready());
  EXPECT_EQ(servers.get(*process, 18080, "/readyz").status, 503);
  EXPECT_EQ(servers.get(*process, 18080, "/livez").status, 200);
  EXPECT_EQ(servers.get(*process, 18089, "/readyz").status, 503);
  auto health = servers.get(*process, 18089, "/health");
  EXPECT_EQ(health.status, 503);
  EXPECT_NE(health.body.find(R"("part":"events","ok":false,"detail":"events wait in their outboxes)"),
            std::string::npos)
      << health.body;
}

TEST_F(OutsideTest, AStartIsRefusedForAllThatIsNotConfiguredInOneLine) {
  auto lacking = [](std::string what) { return [what](ModuleHost& host) { host.lacks(what); }; };
  std::vector<Module> modules{with("shop", lacking("shop.bank_url")), with("mail", lacking("mail.sms_url"))};
  EXPECT_EQ(refusal(modules),
            "not configured: shop.bank_url; mail.sms_url (to try it out without a bank and without SMS: "
            "--sandbox)");
  EXPECT_EQ(refusal(modules, {.servers = false}), "") << "a command that serves nobody needs no bank";
  EXPECT_EQ(process->lacking().size(), 2u);
}

TEST_F(OutsideTest, AServerThatIsKeptOnLoopbackIsOpenToThisMachineAlone) {
  settings.set("server.address=0.0.0.0");
  auto nothing = [](HttpRequest) -> Task<HttpResponse> { co_return HttpResponse{}; };
  make({with("shop", [&](ModuleHost& host) {
    host.keep_on_loopback(10);
    host.listen(0, nothing);
    host.listen(10, nothing);
    EXPECT_EQ(host.address_of(10), "http://127.0.0.1:18090");
  })}).start();
  EXPECT_EQ(servers.addresses[18080], "0.0.0.0");
  EXPECT_EQ(servers.addresses[18090], "127.0.0.1");
}

TEST_F(OutsideTest, ASecretThatIsGivenIsNeverMade) {
  const char* environment[] = {"BRAMBLE_SHOP_BANK_KEY=a key that the bank gave us", nullptr};
  settings.load_environment(environment);
  std::string given, none;
  make({with("shop", [&](ModuleHost& host) {
    given = host.given_secret("bank_key", 16);
    none = host.given_secret("other_key", 16);
  })}).start();
  EXPECT_EQ(given, "a key that the bank gave us");
  EXPECT_EQ(none, "");
  EXPECT_NE(
      refusal({with("shop", [&](ModuleHost& host) { host.given_secret("bank_key", 64); })}).find("too short"),
      std::string::npos);
}

}  // namespace
}  // namespace bramble::runtime_test
