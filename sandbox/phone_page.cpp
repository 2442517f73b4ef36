#include "sandbox/phone_page.h"

#include "base/phone/phone.h"
#include "base/text.h"
#include "sandbox/page_shell.h"

namespace bramble::sandbox {
namespace {

// Emphasises the code.
std::string message_markup(const SmsItem& message) {
  auto text = escaped(message.text);
  if (message.code) {
    auto at = text.find(*message.code);
    if (at != std::string::npos) {
      text.insert(at + message.code->size(), "</strong>");
      text.insert(at, "<strong class=\"message__code\">");
    }
  }
  return joined({"<li class=\"message\"><p>", text, "</p><time>", to_rfc3339(message.sent_at).substr(11, 8),
                 " UTC</time></li>\n"});
}

}  // namespace

std::optional<std::string> number_of(const HttpRequest& request) {
  std::string_view rest = request.query;
  while (!rest.empty()) {
    auto end = std::min(rest.find('&'), rest.size());
    auto pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!pair.starts_with("number=")) continue;
    // In a query '+' means a space, but people do not encode the '+' of a number: the first one stays, all
    // others are spaces.
    auto typed = percent_decode(pair.substr(7), false);
    if (!typed || utf8_length(*typed) > longest_typed_phone) return std::nullopt;
    for (std::size_t at = 1; at < typed->size(); ++at) {
      if ((*typed)[at] == '+') (*typed)[at] = ' ';
    }
    auto number = read_phone(*typed).number;
    return number.empty() ? *typed : number;
  }
  return std::nullopt;
}

HttpResponse phone_page(const std::string& number, const SmsInbox& inbox, Language language) {
  const auto& texts = acs_texts(language);
  std::string html = joined({"<h1>", texts.messages, "</h1>\n<form method=\"get\"><label for=\"number\">",
                             texts.phone_number,
                             "</label>\n<input class=\"number\" id=\"number\" name=\"number\" type=\"tel\" "
                             "maxlength=\"64\" required value=\"",
                             escaped(number), "\" placeholder=\"+79001234567\">\n<button>",
                             texts.show_messages, "</button></form>\n"});
  if (!number.empty() && inbox.items.empty())
    html += joined({"<p class=\"hint\">", texts.no_messages, "</p>\n"});
  if (!inbox.items.empty()) {
    html += "<ul class=\"messages\">\n";
    for (const auto& message : inbox.items) html += message_markup(message);
    html += "</ul>\n";
  }
  auto response = shell_page(200, {.language = language,
                                   .title = texts.messages,
                                   .owner = texts.practice_phone,
                                   .body = html,
                                   .footer = texts.phone_practice});
  if (!number.empty()) response.headers.add("Refresh", "5");
  return response;
}

}  // namespace bramble::sandbox
