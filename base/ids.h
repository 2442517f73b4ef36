// Ids: opaque strings with a prefix ("ord_01jd…"). Each prefix has a C++ type of its own, so that ids cannot
// be mixed up. After the prefix come 26 characters of base 32 (Crockford, lower case): 48 bits of
// milliseconds, 12 bits of bucket, 68 random bits. So later ids sort later, and an id tells its shard
// without a look-up.
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

// 128 random bits of a Random port.
struct Entropy {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

// Makes the text of a new id. `bucket` is below bucket_count.
std::string make_id_text(std::string_view prefix, Time at, std::uint32_t bucket, Entropy entropy);

// Whether the text is `prefix`, "_" and 1 to 60 characters of [0-9A-Za-z_-]. Imported ids and demo ids need
// not be made here, so only the form is checked.
bool is_id_text(std::string_view prefix, std::string_view text);

// The bucket of an id that was made here; a stable hash of any other text.
std::uint32_t bucket_of(std::string_view id_text);

template <Prefix P>
class Id {
 public:
  static constexpr std::string_view prefix = P.view();

  Id() = default;
  // Trusts the text: for ids from our own stores. Use `parse` for text from outside.
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
