// Every field of every route of every gateway, with everything it may not be.
#include <gtest/gtest.h>

#include "tests/input/contract.h"
#include "tests/input/fixture.h"
#include "tests/input/refusal_check.h"
#include "tests/input/wrong_values.h"

namespace bramble::input {
namespace {

constexpr int most_shown = 25;

// Pages for people, and what belongs to them: they answer no problem documents.
bool is_page(const Route& route) {
  return route.path.starts_with("/acs/") || route.path.starts_with("/acs-style/");
}

class BadFields : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    wire_.emplace(fixture().origin(GetParam()));
    auto openapi = wire_->ask("GET", "/api/v1/openapi.json");
    ASSERT_EQ(openapi.status, 200);
    routes_ = routes_of(GetParam(), openapi.body);
    ASSERT_GT(routes_.size(), 10u);
    before_ = fixture().everything();
  }
  void TearDown() override {
    std::cout << sent_ << " requests to " << GetParam() << std::endl;
    EXPECT_EQ(before_, fixture().everything()) << "bad input changed something";
  }

  // An address of the route in which everything is good but one parameter.
  std::string address(const Route& route, const std::string& changed, const std::string& value) {
    auto path = route.path;
    std::string query;
    for (const auto& parameter : route.parameters) {
      bool is_changed = parameter.name == changed;
      auto good = fixture().sample(route.name(), parameter.name);
      if (good.starts_with('"')) good = good.substr(1, good.size() - 2);
      auto text = is_changed ? value : good;
      if (parameter.place == Place::path) {
        auto braces = "{" + parameter.name + "}";
        path.replace(path.find(braces), braces.size(), text);
      } else if (parameter.place == Place::query && (is_changed || parameter.schema.required)) {
        query += (query.empty() ? "?" : "&") + parameter.name + "=" + text;
      }
    }
    return path + query;
  }

  std::string headers(const Route& route) {
    auto lines = fixture().credentials(route.gateway);
    for (const auto& parameter : route.parameters) {
      if (parameter.place == Place::header && parameter.schema.required)
        lines += parameter.name + ": bad-" + std::to_string(sent_) + "\r\n";
    }
    return lines;
  }

  std::string body(const Route& route, const Change& change) {
    if (!route.has_body) return {};
    return body_of(
        route.body, [&](const std::string& path) { return fixture().sample(route.name(), path); }, change);
  }

  void expect_refused(const Route& route, const std::string& what, const harness::Reply& reply,
                      const std::string& field) {
    ++sent_;
    auto wrong = check_refusal(reply, field);
    if (is_page(route) && reply.status >= 400 && reply.status < 500) return;
    if (wrong.empty() || ++shown_ > most_shown) return;
    ADD_FAILURE() << route.name() << " " << field << " as " << what << ": " << wrong << ": " << reply.status
                  << " " << reply.body.substr(0, 400);
  }

  void try_body_value(const Route& route, const std::string& path, const Schema& schema);
  void try_parameter(const Route& route, const Parameter& parameter);

  std::optional<harness::Wire> wire_;
  std::vector<Route> routes_;
  std::string before_;
  int sent_ = 0;
  int shown_ = 0;
};

void BadFields::try_body_value(const Route& route, const std::string& path, const Schema& schema) {
  auto attempt = [&](const std::string& what, const Change& change, const std::string& field) {
    auto reply = wire_->ask(route.method, address(route, "", ""), headers(route), body(route, change));
    expect_refused(route, what, reply, field);
  };
  for (const auto& wrong : wrong_in_body(schema)) {
    attempt(wrong.what, {path, wrong.text, false, false}, wrong.syntax ? "" : path);
  }
  if (path.empty() || path.ends_with("]")) return;
  if (schema.required) attempt("missing", {path, {}, true, false}, path);
  attempt("twice", {path, {}, false, true}, "");
}

void BadFields::try_parameter(const Route& route, const Parameter& parameter) {
  auto lists = parameter.schema.type == "array";
  for (const auto& wrong : wrong_in_address(parameter.schema, parameter.place)) {
    auto reply = wire_->ask(route.method, address(route, parameter.name, wrong.text), headers(route),
                            body(route, {"-"}));
    expect_refused(route, wrong.what, reply, wrong.syntax || lists ? "" : parameter.name);
  }
  if (parameter.place != Place::query) return;
  auto good = address(route, parameter.name, "1");
  if (!lists) {
    auto reply = wire_->ask(route.method, good + "&" + parameter.name + "=1", headers(route));
    expect_refused(route, "given twice", reply, parameter.name);
  } else {
    for (int i = 0; i < 200; ++i) good += "&" + parameter.name + "=1";
    expect_refused(route, "given 200 times", wire_->ask(route.method, good, headers(route)), "");
  }
  if (!parameter.schema.required) return;
  expect_refused(route, "missing", wire_->ask(route.method, route.path, headers(route)), parameter.name);
}

TEST_P(BadFields, AreRefusedByNameAndChangeNothing) {
  for (const auto& route : routes_) {
    for (const auto& parameter : route.parameters) {
      if (parameter.place != Place::header) try_parameter(route, parameter);
    }
    if (!route.has_body) continue;
    each_value(route.body, "",
               [&](const std::string& path, const Schema& schema) { try_body_value(route, path, schema); });
  }
}

TEST_P(BadFields, AnIdempotencyKeyMustBeThereAndPrintable) {
  int keyed = 0;
  for (const auto& route : routes_) {
    for (const auto& parameter : route.parameters) {
      if (parameter.place != Place::header || !parameter.schema.required) continue;
      ++keyed;
      const auto& credentials = fixture().credentials(route.gateway);
      for (const std::string& key :
           {std::string(), std::string(256, 'k'), std::string("\xD0\x9A"), std::string(4'000, 'k')}) {
        auto line = key.empty() ? key : parameter.name + ": " + key + "\r\n";
        auto reply = wire_->ask(route.method, address(route, "", ""), credentials + line, body(route, {"-"}));
        expect_refused(route, "key of " + std::to_string(key.size()) + " bytes", reply, "");
      }
    }
  }
  EXPECT_GT(keyed, 0);
}

TEST_P(BadFields, ABodyThatIsNoObjectIsRefused) {
  std::string deep;
  for (int i = 0; i < 1'000; ++i) deep += "{\"a\":[";
  std::string wide = "[";
  for (int i = 0; i < 300'000; ++i) wide += "0,";
  for (const auto& route : routes_) {
    if (!route.has_body) continue;
    auto good = body(route, {"-"});
    std::vector<std::string> bodies{deep,
                                    deep + "1",
                                    wide + "0]",
                                    "[]",
                                    "null",
                                    "1",
                                    "\"x\"",
                                    "{",
                                    "{\"a\"",
                                    "{\"a\":}",
                                    "{} {}",
                                    "{}x",
                                    good + "}",
                                    "\xEF\xBB\xBF" + good,
                                    std::string("{}\0", 3),
                                    "{'a':1}",
                                    "{\"a\":1,}",
                                    "// c\n{}",
                                    std::string(500'000, ' ')};
    for (std::size_t cut = 1; cut < good.size(); cut += 7) bodies.push_back(good.substr(0, cut));
    for (const auto& bad : bodies) {
      auto reply = wire_->ask(route.method, address(route, "", ""), headers(route), bad);
      expect_refused(route, "body " + bad.substr(0, 30), reply, "");
    }
  }
}

TEST_P(BadFields, ABodyOfAnotherTypeIsUnsupported) {
  for (const auto& route : routes_) {
    if (!route.has_body) continue;
    for (const char* type : {"text/plain", "application/xml", "multipart/form-data; boundary=x", "",
                             "application/json2", "application/x-www-form-urlencoded"}) {
      auto reply = wire_->ask(route.method, address(route, "", ""), headers(route), body(route, {"-"}), type);
      expect_refused(route, std::string("type ") + type, reply, "");
      EXPECT_EQ(reply.status, 415) << route.name() << " " << type;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Gateways, BadFields, testing::Values("storefront", "ops", "sandbox"),
                         [](const auto& gateway) { return std::string(gateway.param); });

}  // namespace
}  // namespace bramble::input
