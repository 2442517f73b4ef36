#include "base/goods_code.h"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(GoodsCode, AGtinIsOneNumberHoweverItIsWritten) {
  for (const char* text :
       {"036000291452", "0036000291452", "00036000291452", " 036000291452\r\n", "]E0036000291452",
        "]C10100036000291452", "0100036000291452", "(01)00036000291452(21)x-1",
        "https://id.gs1.org/01/00036000291452/21/7?17=291231"}) {
    auto code = read_goods_code(text);
    EXPECT_TRUE(code.is_gtin) << text;
    EXPECT_EQ(code.key, "00036000291452") << text;
  }
  EXPECT_EQ(read_goods_code("96385074").key, "00000096385074");
  EXPECT_EQ(read_goods_code("0000096385074").key, "00000096385074");
}

TEST(GoodsCode, AnElementStringTellsTheGtinAndTheSerialNumber) {
  struct Case {
    const char* text;
    const char* serial;
  };
  const Case cases[] = {
      {"010460143993125321JgXJ5.T\x1D"
       "8005112000\x1D"
       "93pV1c",
       "JgXJ5.T"},
      {"]d2010460143993125321JgXJ5.T\x1D"
       "91EE06\x1D"
       "92abc",
       "JgXJ5.T"},
      {"\x1D"
       "010460143993125321JgXJ5.T",
       "JgXJ5.T"},
      {"0104601439931253"
       "17291231"
       "10LOT\x1D"
       "21S1",
       "S1"},
      {"17291231"
       "0104601439931253",
       ""},
      {"]Q30104601439931253", ""},
      {"(01)04601439931253(21)S1", "S1"},
  };
  for (const auto& [text, serial] : cases) {
    auto code = read_goods_code(text);
    bool begins_so = std::string_view(text).find("17291231") != 0;
    EXPECT_EQ(code.is_gtin, begins_so) << text;
    if (!begins_so) continue;
    EXPECT_EQ(code.key, "04601439931253") << text;
    EXPECT_EQ(code.serial, serial) << text;
  }
}

TEST(GoodsCode, WhatIsNoGtinIsAText) {
  for (const char* text : {"036000291453", "1234567", "ABC-036000291452", "sku_01", "36000291452", "00000000",
                           "0100036000291453", "010003600029145", "012345678901234567", "01000360002914522",
                           "(01)00036000291453", "https://example.org/01/1", "(", "]C", "]C1"}) {
    auto code = read_goods_code(text);
    EXPECT_FALSE(code.is_gtin) << text;
    EXPECT_EQ(code.key, text);
  }
  EXPECT_EQ(read_goods_code("]C1ABC-1").key, "ABC-1");
  EXPECT_EQ(read_goods_code("").key, "");
}

TEST(GoodsCode, CheckDigitsAreVerifiedWhereThereAreAny) {
  EXPECT_TRUE(is_gtin("4600000000015"));
  EXPECT_TRUE(has_wrong_check_digit("4600000000017"));
  EXPECT_TRUE(has_wrong_check_digit("12345678"));
  EXPECT_FALSE(has_wrong_check_digit("1234567"));
  EXPECT_FALSE(has_wrong_check_digit("1234567A"));
  EXPECT_FALSE(has_wrong_check_digit("4600000000015"));
}

TEST(GoodsCode, AreComparedAsNumbersOnlyIfBothAre) {
  EXPECT_TRUE(is_same_goods_code("036000291452", "]d20100036000291452"
                                                 "21A1"));
  EXPECT_TRUE(is_same_goods_code("4600000000017", "4600000000017"));
  EXPECT_FALSE(is_same_goods_code("4600000000017", "04600000000017"));
  EXPECT_FALSE(is_same_goods_code("abc", "ABC"));
}

}  // namespace
}  // namespace bramble
