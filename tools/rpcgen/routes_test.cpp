// Generated JSON forms and routes: what is let in, what is refused and how it is named, what comes out.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "runtime/json/http_input.h"
#include "tools/rpcgen/testdata/window.json.h"
#include "tools/rpcgen/testdata/window.routes.h"

namespace bramble::window {
namespace {

using sample::Everything;
using Fields = std::vector<std::pair<std::string, std::string>>;

// (field, code) of every field that is wrong.
template <class Message>
Fields wrong_fields(std::string_view text) {
  try {
    from_json<Message>(text);
    return {};
  } catch (const Error& error) {
    EXPECT_EQ(error.code, ErrorCode::invalid);
    EXPECT_EQ(error.reason, "invalid_input");
    Fields fields;
    for (const auto& field : error.fields) fields.emplace_back(field.field, field.code);
    return fields;
  }
}

TEST(JsonForms, AllWrongFieldsAreNamedAtOnce) {
  auto fields = wrong_fields<sample::ReserveRequest>(
      R"({"order_id": "usr_1", "lines": [{"sku_id": "sku_1", "quantity": 1}, {"quantity": 100},
          {"sku_id": "", "quantity": "1", "price": {"amount_minor": -1, "currency": "rub"}}], "note": "more than 5"})");
  EXPECT_EQ(fields, (Fields{{"order_id", "malformed"},
                            {"lines[1].sku_id", "required"},
                            {"lines[1].quantity", "too_large"},
                            {"lines[2].sku_id", "malformed"},
                            {"lines[2].quantity", "wrong_type"},
                            {"lines[2].price.amount_minor", "too_small"},
                            {"lines[2].price.currency", "malformed"},
                            {"note", "too_long"}}));
}

TEST(JsonForms, RequiredMeansThereAndNotEmpty) {
  EXPECT_EQ(wrong_fields<sample::ReserveRequest>("{}"),
            (Fields{{"order_id", "required"}, {"lines", "required"}}));
  EXPECT_EQ(wrong_fields<sample::ReserveRequest>(R"({"order_id": null, "lines": []})"),
            (Fields{{"order_id", "required"}, {"lines", "required"}}));
}

TEST(JsonForms, EveryKindOfFieldRefusesWhatItIsNot) {
  struct Case {
    std::string text, field, code;
  };
  for (const auto& [text, field, code] : std::vector<Case>{
           {R"({"whole": 1.5})", "whole", "wrong_type"},
           {R"({"whole": 9007199254740994.0})", "whole", "wrong_type"},
           {R"({"whole": "1"})", "whole", "wrong_type"},
           {R"({"whole": true})", "whole", "wrong_type"},
           {R"({"whole": 9223372036854775808})", "whole", "too_large"},
           {R"({"whole": -1e30})", "whole", "too_small"},
           {R"({"small": 2147483648})", "small", "too_large"},
           {R"({"small": -2147483649})", "small", "too_small"},
           {R"({"natural": -1})", "natural", "too_small"},
           {R"({"natural": 4294967296})", "natural", "too_large"},
           {R"({"yes": 1})", "yes", "wrong_type"},
           {R"({"real": "1"})", "real", "wrong_type"},
           {R"({"real": 1e999})", "real", "too_large"},
           {R"({"text": 1})", "text", "wrong_type"},
           {R"({"text": "nul \u0000"})", "text", "malformed"},
           {R"({"text": "bell \u0007"})", "text", "malformed"},
           {"{\"text\": \"" + std::string(256, 'x') + "\"}", "text", "too_long"},
           {R"({"blob": "***"})", "blob", "malformed"},
           {R"({"blob": "AAAAAAAAAAAAAAAA"})", "blob", "too_long"},
           {R"({"outcome": "reserved"})", "outcome", "not_allowed"},
           {R"({"outcome": 0})", "outcome", "wrong_type"},
           {R"({"order_id": "ord_"})", "order_id", "malformed"},
           {R"({"order_id": "ord_a b"})", "order_id", "malformed"},
           {R"({"at": "2026-02-30T00:00:00Z"})", "at", "malformed"},
           {R"({"at": 5})", "at", "wrong_type"},
           {R"({"price": 5})", "price", "wrong_type"},
           {R"({"price": {}})", "price.amount_minor", "required"},
           {R"({"place": []})", "place", "wrong_type"},
           {R"({"place": {"site_id": "site_1", "lat": 90.5}})", "place.lat", "too_large"},
           {R"({"wholes": 1})", "wholes", "wrong_type"},
           {R"({"wholes": [1, null]})", "wholes[1]", "wrong_type"},
           {R"({"counts": []})", "counts", "wrong_type"},
           {R"({"counts": {"a": "b"}})", "counts.a", "wrong_type"},
           {R"({"children": [{"children": [{"yes": 0}]}]})", "children[0].children[0].yes", "wrong_type"},
           {R"({"phone": "call me"})", "phone", "malformed"},
           {R"({"phone": "+7 900 123-45-6"})", "phone", "too_short"},
           {R"({"phone": "+8 900 123-45-67"})", "phone", "unknown_country"},
           {R"({"default": 1})", "default", "wrong_type"},
           {"[]", "", "wrong_type"},
       }) {
    auto fields = wrong_fields<Everything>(text);
    ASSERT_FALSE(fields.empty()) << text;
    EXPECT_EQ(fields[0], (std::pair{field, code})) << text;
  }
}

TEST(JsonForms, AWholeNumberMayBeWrittenWithAPointOrAnExponent) {
  for (const auto& [text, value] : std::vector<std::pair<std::string, std::int64_t>>{
           {"2.0", 2}, {"-0.0", 0}, {"1e3", 1'000}, {"9007199254740992.0", 9'007'199'254'740'992}}) {
    EXPECT_EQ(from_json<Everything>("{\"whole\": " + text + "}").whole, value) << text;
  }
  EXPECT_EQ(wrong_fields<sample::ReserveRequest>(
                R"({"order_id": "ord_1", "lines": [{"sku_id": "sku_1", "quantity": 1e2}]})"),
            (Fields{{"lines[0].quantity", "too_large"}}));
}

TEST(JsonForms, AFieldOfAChoiceIsRequiredWithItAndIgnoredWithAnother) {
  EXPECT_EQ(wrong_fields<Method>(R"({"type": "card"})"), (Fields{{"token", "required"}}));
  EXPECT_EQ(wrong_fields<Method>(R"({"type": "card", "token": ""})"), (Fields{{"token", "required"}}));
  EXPECT_EQ(wrong_fields<Method>(R"({"type": "card", "token": 5})"), (Fields{{"token", "wrong_type"}}));
  EXPECT_EQ(from_json<Method>(R"({"type": "card", "token": "tok"})").token, "tok");
  EXPECT_EQ(from_json<Method>(R"({"type": "sbp", "token": 5})").token, "");
  EXPECT_EQ(wrong_fields<Method>(R"({"type": "cash", "token": 5})"), (Fields{{"type", "not_allowed"}}));
  EXPECT_EQ(wrong_fields<Method>(R"({"token": "tok"})"), (Fields{{"type", "required"}}));
}

TEST(JsonForms, WordsOfASetAreRefusedWithTheSet) {
  for (const char* text :
       {R"({"type": "sbp", "colour": "green"})", R"({"type": "sbp", "colour": ""})",
        R"({"type": "sbp", "colour": "red, blue"})", R"({"type": "sbp", "colour": "re"})"}) {
    try {
      from_json<Method>(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.fields[0].code, "not_allowed");
      EXPECT_EQ(error.fields[0].detail, "must be one of red, blue");
    }
  }
  EXPECT_EQ(from_json<Method>(R"({"type": "sbp", "colour": "blue"})").colour, "blue");
}

TEST(JsonForms, FieldsThatGoTogetherAreBothGivenOrNeither) {
  EXPECT_EQ(wrong_fields<Method>(R"({"type": "sbp", "lat": 1})"), (Fields{{"lon", "required"}}));
  EXPECT_EQ(wrong_fields<Method>(R"({"type": "sbp", "lon": 1, "lat": null})"), (Fields{{"lat", "required"}}));
  EXPECT_TRUE(wrong_fields<Method>(R"({"type": "sbp", "lon": 1, "lat": 2})").empty());
  EXPECT_TRUE(wrong_fields<Method>(R"({"type": "sbp"})").empty());
}

TEST(JsonForms, TheAllowedWordsAreNamed) {
  try {
    from_json<Everything>(R"({"outcome": "GONE"})");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.fields[0].detail, "must be one of RESERVED, OUT_OF_STOCK, DELETE");
  }
}

TEST(JsonForms, TooManyItemsAreRefused) {
  std::string items = "[0";
  for (int i = 0; i < 100; ++i) items += ",0";
  EXPECT_EQ(wrong_fields<Everything>("{\"wholes\": " + items + "]}"), (Fields{{"wholes", "too_many"}}));
}

TEST(JsonForms, LengthsCountCodePoints) {
  std::string text;
  for (int i = 0; i < 255; ++i) text += "я";
  EXPECT_TRUE(wrong_fields<Everything>("{\"text\": \"" + text + "\"}").empty());
  EXPECT_FALSE(wrong_fields<Everything>("{\"text\": \"" + text + "я\"}").empty());
}

TEST(JsonForms, WhatIsWrittenIsReadBack) {
  Everything x;
  x.whole = INT64_MIN;
  x.natural = 7;
  x.yes = true;
  x.real = 0.1;
  x.text = "line\n\"quoted\" я";
  x.blob = std::string("\0\xFF", 2);
  x.outcome = sample::Outcome::delete_;
  x.order_id = OrderId("ord_1");
  x.at = Time{1'700'000'000'123'000};
  x.price = Money{-5, "EUR"};
  x.line = {SkuId("sku_1"), 3, rub(100)};
  x.place = {SiteId("site_1"), shared::Level::high, 55.75};
  x.maybe_yes = false;
  x.maybe_line = {SkuId("sku_2"), 1, rub(1)};
  x.truths = {true, false};
  x.reals = {1, 2.5};
  x.texts = {"", "a"};
  x.outcomes = {sample::Outcome::out_of_stock};
  x.line_list = {x.line, *x.maybe_line};
  x.prices = {rub(1)};
  x.skus = {SkuId("sku_1")};
  x.counts = {{"a", -1}, {"b c", 2}};
  x.named_lines = {{"first", x.line}};
  x.words = {{"k", "v"}};
  x.children.resize(1);
  x.children[0].order_id = OrderId("ord_2");
  x.children[0].line = x.line;
  x.children[0].place = x.place;
  x.times = {Time{1'000}};
  EXPECT_EQ(from_json<Everything>(to_json(x)), x);
}

TEST(JsonForms, AbsentFieldsAreLeftOutOrNull) {
  EXPECT_EQ(to_json(sample::ReserveReply{}),
            R"({"outcome":"RESERVED","expires_at":"1970-01-01T00:00:00.000Z","redirect_url":null})");
  auto text = to_json(Everything{});
  EXPECT_EQ(text.find("maybe_"), std::string::npos);
  EXPECT_NE(text.find("\"default\":\"\""), std::string::npos);
}

TEST(JsonForms, UnknownMembersAreIgnored) {
  EXPECT_TRUE(wrong_fields<Everything>(R"({"from_the_future": {"deep": [1]}})").empty());
}

class Gateway final : public WindowHttp {
 public:
  Task<PutReply> find(edge::HttpCall&, FindRequest request) override {
    PutReply reply;
    reply.seen = std::move(request);
    co_return reply;
  }
  Task<PutReply> put_item(edge::HttpCall& http, PutRequest request) override {
    if (request.quantity == 0) http.status = 202;
    http.headers.add("X-Seen", request.sku_id.text());
    PutReply reply;
    reply.items.push_back({request.sku_id, request.quantity, rub(5)});
    co_return reply;
  }
  Task<sample::ReserveReply> order(edge::HttpCall&, sample::ReserveRequest) override {
    co_return sample::ReserveReply{};
  }
  Task<Empty> pay(edge::HttpCall&, Method) override { co_return Empty{}; }
  Task<Empty> places(edge::HttpCall&, PlaceRequest) override { co_return Empty{}; }
  Task<Empty> prove(edge::HttpCall&, ProofRequest) override { co_return Empty{}; }
  Task<Empty> clear(edge::HttpCall&, Empty) override { co_return Empty{}; }
  Task<HttpResponse> events(edge::HttpCall&) override { co_return HttpResponse{418, {}, "raw", {}}; }
};

Task<HttpResponse> run(const edge::Route& route, edge::HttpCall& http) { co_return co_await route.run(http); }

HttpResponse send(std::string_view name, HttpRequest request, PathValues path = {}) {
  auto routes = window_routes(std::make_shared<Gateway>());
  auto route = std::find_if(routes.begin(), routes.end(), [&](const auto& r) { return r.info.name == name; });
  edge::HttpCall http;
  http.request = &request;
  http.path = std::move(path);
  boost::asio::io_context context;
  std::optional<HttpResponse> response;
  std::exception_ptr failure;
  boost::asio::co_spawn(context, run(*route, http), [&](std::exception_ptr error, HttpResponse value) {
    failure = error;
    response.emplace(std::move(value));
  });
  context.run();
  if (failure) std::rethrow_exception(failure);
  return std::move(*response);
}

HttpRequest with_body(std::string body) {
  HttpRequest request;
  request.headers.add("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

TEST(Routes, KnowWhatTheContractSays) {
  auto routes = window_routes(std::make_shared<Gateway>());
  ASSERT_EQ(routes.size(), 8U);
  const auto& order = routes[2].info;
  EXPECT_EQ(order.name, "order");
  EXPECT_EQ(order.method, "POST");
  EXPECT_EQ(order.path, "/api/v1/orders");
  EXPECT_EQ(order.status, 201);
  EXPECT_EQ(order.auth, edge::Auth::staff);
  EXPECT_EQ(order.roles, (std::vector<std::string_view>{"admin", "support"}));
  EXPECT_TRUE(order.idempotent);
}

TEST(Routes, ReadTheQuery) {
  HttpRequest request;
  request.query =
      "q=%D1%8F+b&brand=x&brand=y&price_min=0&in_stock=true&sort=price_asc&lat=1.5&page=2&category_id=";
  auto response = send("find", request);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
  EXPECT_EQ(
      response.body,
      R"({"items":[],"seen":{"q":"я b","category_id":"","brand":["x","y"],"price_min":0,"in_stock":true,)"
      R"("sort":"price_asc","lat":1.5,"page":2}})");
}

TEST(Routes, NameWhatIsWrongInTheQuery) {
  HttpRequest request;
  request.query = "brand=x&brand=y&brand=z&price_min=-1&sort=cheap&page=zero&category_id=sku_1";
  try {
    send("find", request);
    FAIL();
  } catch (const Error& error) {
    Fields fields;
    for (const auto& field : error.fields) fields.emplace_back(field.field, field.code);
    EXPECT_EQ(fields, (Fields{{"page", "wrong_type"},
                              {"category_id", "malformed"},
                              {"brand", "too_many"},
                              {"price_min", "too_small"},
                              {"sort", "not_allowed"}}));
  }
}

TEST(Routes, JoinThePathAndTheBody) {
  auto response =
      send("put_item", with_body(R"({"quantity": 2, "sku_id": "sku_other"})"), {{"sku_id", "sku_1"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("X-Seen"), "sku_1");
  EXPECT_NE(response.body.find(R"("items":[{"sku_id":"sku_1","quantity":2,)"), std::string::npos);
  EXPECT_EQ(send("put_item", with_body(R"({"quantity": 0})"), {{"sku_id", "sku_1"}}).status, 202);
  EXPECT_THROW(send("put_item", with_body(R"({"quantity": 2})"), {{"sku_id", "sku_\xFF"}}), Error);
}

TEST(Routes, AnswerWithNothingAndWithWhatTheHandlerMade) {
  auto cleared = send("clear", {});
  EXPECT_EQ(cleared.status, 204);
  EXPECT_EQ(cleared.body, "");
  EXPECT_EQ(send("events", {}).status, 418);
}

TEST(Routes, TheDocumentDescribesThemAll) {
  auto document = JsonDocument::parse(window_openapi());
  auto root = document.root();
  EXPECT_EQ(root["openapi"].text(), "3.1.0");
  auto order = root["paths"]["/api/v1/orders"]["post"];
  EXPECT_EQ(order["operationId"].text(), "order");
  EXPECT_EQ((*order["parameters"].begin())["name"].text(), "Idempotency-Key");
  EXPECT_FALSE(order["responses"]["201"].is_missing());
  EXPECT_FALSE(order["responses"]["default"].is_missing());
  for (auto status : {"201", "202"}) {
    auto success = order["responses"][status];
    EXPECT_FALSE(success["content"]["application/json"]["schema"]["$ref"].is_missing()) << status;
    EXPECT_FALSE(success["headers"]["Idempotent-Replayed"].is_missing()) << status;
    EXPECT_EQ(success["headers"]["Location"]["description"].text(), "the order") << status;
  }
  auto events = root["paths"]["/api/v1/events"]["get"];
  EXPECT_FALSE(events["responses"]["200"]["content"]["text/event-stream"].is_missing());
  EXPECT_EQ((*events["parameters"].begin())["name"].text(), "Last-Event-ID");
  EXPECT_FALSE((*events["parameters"].begin())["required"].boolean());
  auto put = root["paths"]["/api/v1/items/{sku_id}"]["put"];
  EXPECT_EQ((*put["parameters"].begin())["in"].text(), "path");
  auto body = put["requestBody"]["content"]["application/json"]["schema"];
  EXPECT_EQ(body["properties"]["quantity"]["maximum"].integer(), 99);
  EXPECT_TRUE(body["properties"]["sku_id"].is_missing());
  EXPECT_EQ(root["components"]["schemas"]["SampleSort"]["enum"].size(), 2U);
}

TEST(Routes, TheDocumentTellsAlternativesSetsAndPairs) {
  auto document = JsonDocument::parse(window_openapi());
  auto root = document.root();
  auto method = root["components"]["schemas"]["Method"];
  ASSERT_EQ(method["oneOf"].size(), 2U);
  auto card = *method["oneOf"].begin();
  EXPECT_EQ(card["properties"]["type"]["const"].text(), "card");
  EXPECT_EQ(card["required"].size(), 2U);
  EXPECT_EQ(card["properties"]["token"]["minLength"].integer(), 1);
  auto sbp = *++method["oneOf"].begin();
  EXPECT_TRUE(sbp["properties"]["token"].is_missing());
  EXPECT_EQ(sbp["properties"]["colour"]["enum"].size(), 3U);  // null is let in, too
  EXPECT_EQ((*sbp["dependentRequired"]["lat"].begin()).text(), "lon");
  EXPECT_EQ(sbp["properties"]["note"]["pattern"].text(), R"(^[^\u0000-\u0008\u000B-\u001F\u007F]*$)");
  auto parameters = root["paths"]["/api/v1/places"]["get"]["parameters"];
  ASSERT_EQ(parameters.size(), 2U);
  auto colour = *parameters.begin();
  EXPECT_TRUE(colour["allowEmptyValue"].boolean());
  auto pair = *++parameters.begin();
  EXPECT_TRUE(pair["explode"].boolean());
  EXPECT_EQ((*pair["schema"]["dependentRequired"]["lon"].begin()).text(), "lat");
  HttpRequest request;
  request.query = "lat=1&colour=";
  try {
    send("places", request);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.fields[0].field, "lon");
  }
}

TEST(Routes, TheDocumentTellsThatOneOfTwoIsGivenAndWhatAListHolds) {
  auto document = JsonDocument::parse(window_openapi());
  auto proof = document.root()["components"]["schemas"]["ProofRequest"];
  ASSERT_EQ(proof["allOf"].size(), 1U);
  auto ways = (*proof["allOf"].begin())["anyOf"];
  ASSERT_EQ(ways.size(), 2U);
  auto by_code = *ways.begin();
  EXPECT_EQ((*by_code["required"].begin()).text(), "code");
  EXPECT_EQ(by_code["properties"]["code"]["minLength"].integer(), 1);
  EXPECT_TRUE(proof["required"].is_missing());
  auto colours = proof["properties"]["colours"];
  EXPECT_TRUE(colours["uniqueItems"].boolean());
  EXPECT_EQ(colours["items"]["minLength"].integer(), 3);
  EXPECT_EQ(proof["properties"]["at"]["minLength"].integer(), 20);
}

TEST(Routes, OneOfTwoIsGivenAndAListHoldsEachTextOnce) {
  EXPECT_EQ(send("prove", with_body(R"({"code": "7"})")).status, 204);
  EXPECT_EQ(send("prove", with_body(R"({"key": {"sku_id": "sku_1", "quantity": 2}, "code": null})")).status,
            204);
  auto refusal = [](std::string body) {
    try {
      send("prove", with_body(std::move(body)));
    } catch (const Error& error) {
      return error.fields.at(0).field + " " + error.fields.at(0).code;
    }
    return std::string("none");
  };
  EXPECT_EQ(refusal(R"({"code": "", "key": null})"), "code required");
  EXPECT_EQ(refusal(R"({"code": "7", "colours": ["red", "red"]})"), "colours not_allowed");
  EXPECT_EQ(refusal(R"({"code": "7", "colours": ["re"]})"), "colours[0] too_short");
  EXPECT_EQ(refusal(R"({"code": "7", "at": ""})"), "at malformed");
}

}  // namespace
}  // namespace bramble::window
