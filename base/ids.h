// Names of things: opaque strings with a prefix ("ord_01jd…"), one C++ type a prefix, so that they cannot be
// swapped. The 26 characters after the prefix are base 32 (Crockford, lower case) of 48 bits of milliseconds,
// 12 bits of bucket and 68 random bits: ids made later sort later, and an id finds its shard without a
// look-up.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace bramble {

// The prefix of an id type, as a template argument.
template <std::size_t N>
struct Prefix {
  constexpr Prefix(const char (&text)[N]) { std::copy_n(text, N, chars); }
  constexpr std::string_view view() const { return {chars, N - 1}; }
  char chars[N] = {};
};

constexpr std::uint32_t bucket_count = 4096;

// 128 random bits, as a Random port gives them.
struct Entropy {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

// The text of a new id. `bucket` is below bucket_count.
std::string make_id_text(std::string_view prefix, Time at, std::uint32_t bucket, Entropy entropy);

// Whether the text is `prefix`, "_" and 1 to 60 characters of [0-9A-Za-z_-]. Ids from import and demo data
// need not be of our own making, so only the shape is checked.
bool is_id_text(std::string_view prefix, std::string_view text);

// The bucket inside an id of our making; for any other text a stable hash of it.
std::uint32_t bucket_of(std::string_view id_text);

template <Prefix P>
class Id {
 public:
  static constexpr std::string_view prefix = P.view();

  Id() = default;
  // Trusts the text: for what was stored by us. Text from outside goes through parse.
  explicit Id(std::string text) : text_(std::move(text)) {}

  static std::optional<Id> parse(std::string_view text) {
    if (!is_id_text(prefix, text)) return std::nullopt;
    return Id(std::string(text));
  }
  static Id make(Time at, std::uint32_t bucket, Entropy entropy) {
    return Id(make_id_text(prefix, at, bucket, entropy));
  }

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  std::uint32_t bucket() const { return bucket_of(text_); }
  auto operator<=>(const Id&) const = default;

 private:
  std::string text_;
};

using UserId = Id<"usr">;
using SellerId = Id<"sel">;
using ProductId = Id<"prd">;
using SkuId = Id<"sku">;
using CategoryId = Id<"cat">;
using SiteId = Id<"site">;
using PickupPointId = Id<"pp">;
using OrderId = Id<"ord">;
using ItemId = Id<"itm">;
using HoldId = Id<"hld">;
using PaymentId = Id<"pay">;
using TaskId = Id<"tsk">;
using ShipmentId = Id<"shp">;
using ReceiptId = Id<"rcp">;
using EventId = Id<"evt">;
using JobId = Id<"job">;
using EntryId = Id<"ent">;
using MovementId = Id<"mov">;
using ChallengeId = Id<"chl">;
using NoticeId = Id<"ntc">;

struct IdHash {
  template <Prefix P>
  std::size_t operator()(const Id<P>& id) const {
    return std::hash<std::string>{}(id.text());
  }
};

}  // namespace bramble
