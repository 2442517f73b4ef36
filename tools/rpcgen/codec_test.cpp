// The wire format of generated structs against protobuf's own tools.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "tools/rpcgen/testdata/sample.api.h"

namespace bramble::sample {
namespace {

class Folder {
 public:
  Folder() {
    std::string pattern = std::filesystem::temp_directory_path() / "rpcgen-XXXXXX";
    path_ = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string read_file(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

// What `protoc --encode` or `--decode` makes of the input.
std::string protoc(const std::string& action, const std::string& input) {
  Folder folder;
  write_file(folder.file("in"), input);
  std::string source = BRAMBLE_SOURCE_FOLDER;
  auto command = "cd " + source + " && protoc " + action + "=bramble.sample.Everything -I . -I tools/rpcgen" +
                 " tools/rpcgen/testdata/sample.proto < " + folder.file("in") + " > " + folder.file("out");
  EXPECT_EQ(std::system(command.c_str()), 0);
  return read_file(folder.file("out"));
}

Everything full() {
  Everything x;
  x.whole = std::numeric_limits<std::int64_t>::min();
  x.small = -1;
  x.natural = std::numeric_limits<std::uint32_t>::max();
  x.yes = true;
  x.real = -1.5e300;
  x.text = std::string(300, 'x') + "é";
  x.blob = std::string("\0\xFF", 2);
  x.outcome = Outcome::delete_;
  x.order_id = OrderId("ord_1");
  x.at = Time{1'700'000'000'123'456};
  x.price = Money{-5, "EUR"};
  x.line = Line{SkuId("sku_1"), 3, rub(100)};
  x.place = shared::Place{SiteId("site_1"), shared::Level::high, 55.75};
  x.maybe_whole = 0;
  x.maybe_yes = false;
  x.maybe_outcome = Outcome::reserved;
  x.maybe_line = Line{};
  x.maybe_price = Money{0, ""};
  x.wholes = {0, -1, 1, INT64_MAX};
  x.truths = {true, false, true};
  x.reals = {0, 1.25, -0.5};
  x.texts = {"", "a", std::string(200, 'y')};
  x.outcomes = {Outcome::reserved, Outcome::out_of_stock};
  x.line_list = {Line{}, Line{SkuId("sku_2"), -7, rub(0)}};
  x.prices = {rub(1), Money{}};
  x.skus = {SkuId("sku_1"), SkuId("sku_2")};
  x.counts = {{"", 0}, {"a", -1}};
  x.named_lines = {{"first", Line{SkuId("sku_3"), 1, rub(9)}}};
  x.words = {{"k", "v"}, {"empty", ""}};
  x.children.resize(2);
  x.children[1].text = "inner";
  x.phone = "+79001234567";
  x.default_ = "word";
  x.times = {Time{1}, Time{-1}};
  x.far_number = 5000;
  x.inner.word = "nested";
  return x;
}

TEST(Codec, AMessageSurvivesTheRoundTrip) {
  EXPECT_EQ(Everything::decode(full().encode()), full());
  EXPECT_EQ(Everything::decode(Everything{}.encode()), Everything{});
}

TEST(Codec, DefaultsTakeNoBytes) {
  EXPECT_EQ(ReserveReply{}.encode(), "");
  EXPECT_EQ(ReserveReply::decode(""), ReserveReply{});
}

TEST(Codec, AbsentAndDefaultOptionalsDiffer) {
  ReserveReply reply;
  reply.redirect_url = "";
  auto back = ReserveReply::decode(reply.encode());
  ASSERT_TRUE(back.redirect_url.has_value());
  EXPECT_FALSE(ReserveReply::decode(ReserveReply{}.encode()).redirect_url.has_value());
}

TEST(Codec, ProtobufReadsWhatWeWriteAndWeReadWhatItWrites) {
  auto ours = full().encode();
  auto text = protoc("--decode", ours);
  EXPECT_NE(text.find("whole: -9223372036854775808"), std::string::npos);
  EXPECT_NE(text.find("outcome: OUTCOME_DELETE"), std::string::npos);
  EXPECT_NE(text.find("blob: \"\\000\\377\""), std::string::npos);
  EXPECT_NE(text.find("maybe_whole: 0"), std::string::npos);
  EXPECT_NE(text.find("level: LEVEL_HIGH"), std::string::npos);
  // No line of it may be a field that protobuf did not know.
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    auto first = line.find_first_not_of(' ');
    EXPECT_FALSE(line[first] >= '0' && line[first] <= '9') << line;
  }
  EXPECT_EQ(Everything::decode(protoc("--encode", text)), full());
}

TEST(Codec, UnpackedListsAndUnknownFieldsAreRead) {
  // wholes unpacked (field 20), an unknown varint, fixed32, fixed64 and text, and a known field of another
  // type.
  std::string bytes("\xA0\x01\x05\xA0\x01\x06\xC0\x0C\x07\xC5\x0C....\xC1\x0C........\xCA\x0C\x02hi\x0A\x01x",
                    33);
  auto x = Everything::decode(bytes);
  EXPECT_EQ(x.wholes, (std::vector<std::int64_t>{5, 6}));
  x.wholes.clear();
  EXPECT_EQ(x, Everything{});
}

TEST(Codec, AnEnumValueOfANewerContractIsKept) {
  ReserveReply reply;
  reply.outcome = static_cast<Outcome>(77);
  EXPECT_EQ(ReserveReply::decode(reply.encode()), reply);
  EXPECT_EQ(to_string(reply.outcome), "UNKNOWN");
}

void expect_malformed(std::string_view bytes) {
  try {
    Everything::decode(bytes);
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code, ErrorCode::invalid);
    EXPECT_EQ(error.reason, "malformed_message");
  }
}

TEST(Codec, HostileBytesAreRefused) {
  expect_malformed("\x08");                                              // a value is missing
  expect_malformed("\x08\xFF");                                          // cut off
  expect_malformed("\x08\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01");  // too long a number
  expect_malformed(std::string_view("\x00\x01", 2));                     // field 0
  expect_malformed("\x32\x7F");                                          // longer than what follows
  expect_malformed("\x32\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01");      // longer than memory
  expect_malformed("\x0B");                                              // a group
  expect_malformed("\x0F");                                              // wire type 7
  expect_malformed("\x29\x01\x02");                                      // half a double
  expect_malformed("\xF8\xFF\xFF\xFF\xFF\x01\x00");                      // a field number beyond 29 bits
}

TEST(Codec, EveryCutOffMessageIsRefusedOrReadInPart) {
  auto bytes = full().encode();
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    try {
      Everything::decode(std::string_view(bytes).substr(0, length));
    } catch (const Error& error) {
      EXPECT_EQ(error.reason, "malformed_message");
    }
  }
}

TEST(Codec, MessagesInMessagesAreBoundedInDepth) {
  Everything x;
  for (int depth = 0; depth < 60; ++depth) {
    Everything outer;
    outer.children.push_back(std::move(x));
    x = std::move(outer);
  }
  EXPECT_EQ(Everything::decode(x.encode()), x);
  for (int depth = 0; depth < 10; ++depth) {
    Everything outer;
    outer.children.push_back(std::move(x));
    x = std::move(outer);
  }
  expect_malformed(x.encode());
}

TEST(Codec, EventsAndJobsHaveATypeAndAKey) {
  EXPECT_EQ(HoldExpired::type, "sample.HoldExpired");
  EXPECT_EQ(HoldExpired{OrderId("ord_7")}.key(), "ord_7");
  EXPECT_EQ(ExpireHold::type, "sample.ExpireHold");
  EXPECT_EQ(ExpireHold{12}.key(), "12");
}

}  // namespace
}  // namespace bramble::sample
