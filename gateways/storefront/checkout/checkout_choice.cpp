#include "gateways/storefront/checkout/checkout_choice.h"

#include <charconv>
#include <cmath>

#include "base/digest.h"
#include "base/text.h"

namespace bramble::storefront {
namespace {

constexpr std::size_t key_length = 32;
constexpr std::size_t most_lines = 100;
constexpr std::size_t longest_near = 100;
constexpr std::size_t longest_version = 64;

std::optional<double> degrees(std::string_view text, double most) {
  double value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool good =
      !text.empty() && failure == std::errc() && end == text.data() + text.size() && std::abs(value) <= most;
  return good ? std::optional(value) : std::nullopt;
}

std::string_view take_word(std::string_view& rest) {
  auto end = std::min(rest.find(' '), rest.size());
  auto word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool good = !text.empty() && failure == std::errc() && end == text.data() + text.size();
  return good ? std::optional(value) : std::nullopt;
}

std::optional<orders::WantedItem> line_of(std::string_view text) {
  auto sku = SkuId::parse(take_word(text));
  auto quantity = whole(take_word(text));
  auto price = whole(text);
  bool good = sku && quantity && price && *quantity >= 1 && *quantity <= 99 && *price > 0;
  if (!good) return std::nullopt;
  return orders::WantedItem{std::move(*sku), *quantity, rub(*price)};
}

}  // namespace

bool is_order_key(std::string_view key) {
  return key.size() == key_length && key.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Choice choice_of(const pages::Form& form, const PayMethods& methods) {
  Choice choice;
  choice.key = is_order_key(form.get("key")) ? form.get("key") : "";
  choice.near = form.get("near").substr(0, longest_near);
  auto lat = degrees(form.get("lat"), 90);
  auto lon = degrees(form.get("lon"), 180);
  if (lat && lon) choice.here.emplace(*lat, *lon);
  choice.all_points = form.has("all");
  choice.point = PickupPointId::parse(form.get("point"));
  choice.pay = pay_method(methods, form.get("pay"));
  choice.cart_version = form.get("cart_version").substr(0, longest_version);
  for (const auto& text : form.all("line")) {
    auto line = line_of(text);
    if (line && choice.items.size() < most_lines) choice.items.push_back(std::move(*line));
  }
  return choice;
}

std::string line_text(const SkuId& sku, std::int64_t quantity, const Money& price) {
  return sku.text() + " " + std::to_string(quantity) + " " + std::to_string(price.amount_minor);
}

std::string digest_of(const Choice& choice) {
  std::string text = "checkout\n" + choice.point.value_or(PickupPointId()).text() + "\n";
  if (choice.pay != nullptr) text += choice.pay->name;
  for (const auto& item : choice.items) {
    text += "\n" + line_text(item.sku_id, item.quantity, item.expected_price.value_or(Money()));
  }
  return sha256_hex(text);
}

}  // namespace bramble::storefront
