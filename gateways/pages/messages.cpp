#include "gateways/pages/messages.h"

#include <unicode/msgfmt.h>

#include <algorithm>

#include "base/error.h"

namespace bramble::pages {
namespace {

[[noreturn]] void refuse(std::string message) {
  throw Error(ErrorCode::internal, "bad_messages", std::move(message));
}

std::string_view trim(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t\r") + 1);
}

icu::UnicodeString to_icu(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

icu::Formattable to_icu(const std::variant<std::int64_t, double, std::string_view>& value) {
  if (auto* number = std::get_if<std::int64_t>(&value)) return {*number};
  if (auto* real = std::get_if<double>(&value)) return {*real};
  return {to_icu(std::get<std::string_view>(value))};
}

}  // namespace

struct Messages::Message {
  std::string text;
  std::unique_ptr<icu::MessageFormat> pattern;  // null: the text is plain
};

Messages::Messages(std::string_view language, std::span<const PageFile> files) : language_(language) {
  auto ending = "." + language_ + ".txt";
  for (const auto& file : files) {
    if (!file.name.ends_with(ending)) continue;
    auto rest = file.text;
    while (!rest.empty()) {
      auto end = std::min(rest.find('\n'), rest.size());
      read_line(file.name, trim(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

Messages::~Messages() = default;
Messages::Messages(Messages&&) noexcept = default;

void Messages::read_line(std::string_view file, std::string_view line) {
  if (line.empty() || line.starts_with('#')) return;
  auto where = std::string(file) + ": " + std::string(line);
  auto equals = line.find('=');
  auto key = trim(line.substr(0, equals));
  auto text = equals == std::string_view::npos ? std::string_view() : trim(line.substr(equals + 1));
  if (key.empty() || text.empty()) refuse("not \"key = text\": " + where);
  auto message = std::make_unique<Message>(Message{std::string(text), nullptr});
  if (text.find('{') != std::string_view::npos) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError at;
    message->pattern =
        std::make_unique<icu::MessageFormat>(to_icu(text), icu::Locale(language_.c_str()), at, status);
    if (U_FAILURE(status)) refuse("not a pattern of MessageFormat: " + where);
  }
  if (!messages_.emplace(key, std::move(message)).second) refuse("a key that is there already: " + where);
}

const Messages::Message& Messages::find_message(std::string_view key) const {
  auto found = messages_.find(key);
  if (found == messages_.end()) refuse("there is no message " + std::string(key) + " in " + language_);
  return *found->second;
}

std::string_view Messages::text(std::string_view key) const {
  const auto& message = find_message(key);
  if (message.pattern) refuse("the message " + std::string(key) + " wants arguments");
  return message.text;
}

std::string Messages::text(std::string_view key, std::initializer_list<MessageArgument> arguments) const {
  const auto& message = find_message(key);
  if (!message.pattern) return message.text;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& argument : arguments) {
    names.push_back(to_icu(argument.name));
    values.push_back(to_icu(argument.value));
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString result;
  message.pattern->format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), result,
                          status);
  if (U_FAILURE(status)) refuse("the message " + std::string(key) + " could not be formatted");
  std::string text;
  return result.toUTF8String(text);
}

std::string_view Messages::find(std::string_view key) const {
  auto found = messages_.find(key);
  return found == messages_.end() || found->second->pattern ? std::string_view() : found->second->text;
}

std::vector<std::string_view> Messages::keys() const {
  std::vector<std::string_view> keys;
  for (const auto& [key, message] : messages_) keys.emplace_back(key);
  return keys;
}

std::vector<std::string> Messages::arguments(std::string_view key) const {
  std::vector<std::string> names;
  const auto& message = find_message(key);
  if (!message.pattern) return names;
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::StringEnumeration> found(message.pattern->getFormatNames(status));
  while (const auto* name = found ? found->snext(status) : nullptr) {
    std::string text;
    names.push_back(name->toUTF8String(text));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace bramble::pages
