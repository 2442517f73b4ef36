// The parsers of the load client, each fed at once and byte by byte.
#include <gtest/gtest.h>

#include "bench/load/address.h"
#include "bench/load/answer_reader.h"
#include "bench/load/event_reader.h"
#include "bench/load/histogram.h"
#include "bench/load/json_scan.h"
#include "bench/load/staff_login.h"
#include "bench/load/tally.h"

namespace bramble::load {
namespace {

using State = AnswerReader::State;

// Gives the text in pieces of the size given and returns the last state.
State feed(AnswerReader& reader, std::string_view text, std::size_t piece) {
  auto state = State::reading;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    EXPECT_EQ(state, State::reading) << "done before the end, at " << at;
    std::string copy(text.substr(at, piece));  // gone after the call, as the loop's buffer is
    state = reader.feed(copy);
    if (state == State::done) EXPECT_EQ(std::string(reader.body()).size(), reader.body().size());
  }
  return state;
}

TEST(JsonScan, FindsMembersWhateverTheOrderAndTheSpace) {
  constexpr std::string_view text =
      " { \"a\" : [1, {\"b\":\"}\"}] ,\n\"order_id\":\"ord_1\",\"payment\":{ \"x\":null,"
      "\"redirect_url\" : \"http:\\/\\/h:1\\/acs\"}, \"n\":-12 }";
  EXPECT_EQ(json_text(json_member(text, "order_id")), "ord_1");
  EXPECT_EQ(json_text(json_at(text, {"payment", "redirect_url"})), "http://h:1/acs");
  EXPECT_EQ(json_member(text, "a"), "[1, {\"b\":\"}\"}]");
  EXPECT_EQ(json_integer(json_member(text, "n")), -12);
  EXPECT_EQ(json_member(text, "b"), "");
  EXPECT_EQ(json_text(json_at(text, {"payment", "x"})), std::nullopt);
}

TEST(JsonScan, ReadsArrays) {
  EXPECT_EQ(json_items("[ ]").size(), 0U);
  auto items = json_items(R"([{"a":"]"}, [1,2], "x,y" , 3])");
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(items[0], R"({"a":"]"})");
  EXPECT_EQ(items[1], "[1,2]");
  EXPECT_EQ(items[2], "\"x,y\"");
  EXPECT_EQ(items[3], "3");
}

TEST(JsonScan, UnescapesText) {
  EXPECT_EQ(json_text(R"("a\"b\\c\/d\n\u0416\uD83D\uDE00")"), "a\"b\\c/d\n\xD0\x96\xF0\x9F\x98\x80");
  EXPECT_EQ(json_text(R"("\uD83D")"), std::nullopt);
  EXPECT_EQ(json_text(R"("\x")"), std::nullopt);
  EXPECT_EQ(json_member(R"({"\u0061":1})", "a"), "1");
}

TEST(JsonScan, GivesNothingForWhatIsNoJson) {
  for (std::string_view text :
       {"", "{", "{\"a\"", "{\"a\":", "{\"a\":\"", "{\"a\":{", "[1", "null", "{]}", "{\"a\":}"}) {
    EXPECT_EQ(json_member(text, "a"), "") << text;
  }
  EXPECT_EQ(json_integer("12x"), std::nullopt);
  EXPECT_EQ(json_integer("99999999999999999999"), std::nullopt);
}

TEST(AnswerReader, ReadsABodyByItsLengthHoweverItIsCut) {
  constexpr std::string_view text = "HTTP/1.1 201 Created\r\ncontent-LENGTH: 5\r\nLocation: /x\r\n\r\nhello";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    AnswerReader reader;
    ASSERT_EQ(feed(reader, text, piece), State::done) << piece;
    EXPECT_EQ(reader.head().status, 201);
    EXPECT_EQ(reader.head().length, 5U);
  }
  AnswerReader reader;
  ASSERT_EQ(reader.feed(text), State::done);
  EXPECT_EQ(reader.body(), "hello");
  EXPECT_EQ(header_value(reader.head_text(), "location"), "/x");
}

TEST(AnswerReader, ReadsChunksHoweverTheyAreCut) {
  constexpr std::string_view text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    "5;name=value\r\nhello\r\nA\r\n 0123\r\n678\r\n0\r\nTrailer: x\r\n\r\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    AnswerReader reader;
    ASSERT_EQ(feed(reader, text, piece), State::done) << piece;
    EXPECT_EQ(reader.body(), "hello 0123\r\n678");
  }
}

TEST(AnswerReader, PassesOverInterimAnswers) {
  constexpr std::string_view text =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nServer: x\r\n\r\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    AnswerReader reader;
    ASSERT_EQ(feed(reader, text, piece), State::done) << piece;
    EXPECT_EQ(reader.head().status, 204);
    EXPECT_EQ(reader.body(), "");
  }
}

TEST(AnswerReader, ReadsUntilTheEndWhereNoLengthIsGiven) {
  AnswerReader reader;
  EXPECT_EQ(feed(reader, "HTTP/1.0 200 OK\r\n\r\nabc", 4), State::reading);
  EXPECT_EQ(reader.finish(), State::done);
  EXPECT_EQ(reader.body(), "abc");
  EXPECT_TRUE(reader.head().close);
}

TEST(AnswerReader, RefusesWhatIsNoAnswer) {
  for (std::string_view text : {"hello world, here I am\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n",
                                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab"}) {
    AnswerReader reader;
    EXPECT_EQ(reader.feed(text), State::broken) << text;
  }
  AnswerReader cut_off;
  EXPECT_EQ(cut_off.feed("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"), State::reading);
  EXPECT_EQ(cut_off.finish(), State::broken);
}

TEST(EventReader, ReadsEventsHoweverTheyAreCut) {
  constexpr std::string_view text = ": hello\n\nevent: order.status\nid: 7\ndata: "
                                    "{\"a\":1}\n\nid:8\r\ndata:x\r\ndata: y\r\n\r\nid: 9\n\ndata\n\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    EventReader reader;
    std::vector<StreamEvent> events;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      reader.feed(text.substr(at, piece), [&](const StreamEvent& event) { events.push_back(event); });
    }
    ASSERT_EQ(events.size(), 3U) << piece;
    EXPECT_EQ(events[0].type, "order.status");
    EXPECT_EQ(events[0].id, "7");
    EXPECT_EQ(events[0].data, "{\"a\":1}");
    EXPECT_EQ(events[1].type, "message");
    EXPECT_EQ(events[1].data, "x\ny");
    EXPECT_EQ(events[2].data, "");
    EXPECT_EQ(reader.last_id(), "9");
  }
}

TEST(Histogram, KeepsQuantilesWithinOneInAHundred) {
  Histogram histogram;
  for (int us = 1; us <= 100'000; ++us) histogram.add(us);
  EXPECT_NEAR(static_cast<double>(histogram.quantile_us(0.5)), 50'000, 500);
  EXPECT_NEAR(static_cast<double>(histogram.quantile_us(0.99)), 99'000, 990);
  EXPECT_EQ(histogram.quantile_us(0.001), 100);
  histogram.add(INT64_MAX);
  EXPECT_GT(histogram.quantile_us(1), 60'000'000'000);
}

TEST(Tally, LeavesTheWarmUpOutOfTheRateButNotOfTheCount) {
  Tally tally(0, 1'000'000, 3'000'000);
  tally.ok(0, 500'000);
  for (int i = 0; i < 10; ++i) tally.ok(1'000'000, 1'002'000);
  tally.ok(2'900'000, 3'100'000);
  tally.error("a");
  tally.error("a");
  EXPECT_EQ(tally.oks(), 12U);
  EXPECT_EQ(tally.errors(), 2U);
  EXPECT_EQ(tally.kinds().at("a"), 2U);
  EXPECT_DOUBLE_EQ(tally.ok_per_s(), 5);
  EXPECT_NEAR(tally.quantile_ms(0.5), 2, 0.02);
}

TEST(Address, TakesAddressesApart) {
  auto url = parse_url("http://127.0.0.1:8090/acs/a?b=c");
  EXPECT_EQ(url.host, "127.0.0.1");
  EXPECT_EQ(url.port, 8090);
  EXPECT_EQ(url.path, "/acs/a?b=c");
  EXPECT_EQ(parse_url("http://[::1]:1").authority(), "[::1]:1");
  EXPECT_EQ(parse_url("http://shop").port, 80);
  for (const char* wrong : {"https://a", "http://", "http://a:0", "http://a:x", "http://a:70000", "a:1"}) {
    EXPECT_THROW(parse_url(wrong), std::invalid_argument) << wrong;
  }
}

TEST(StaffLogin, IsFoundInTheLinesOfADemoInstance) {
  auto logins = read_demo_logins("demo login  role=admin  login=root  password=a-b=c\n"
                                 "something else\n"
                                 "demo login  role=warehouse  site=site_1  login=anna  password=x\n");
  ASSERT_EQ(logins.size(), 2U);
  EXPECT_EQ(logins[0].password, "a-b=c");
  EXPECT_EQ(logins[1].site, "site_1");
}

}  // namespace
}  // namespace bramble::load
