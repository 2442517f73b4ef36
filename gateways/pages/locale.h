// Everything that a page needs to be shown in one language.
#pragma once

#include "gateways/pages/formats.h"
#include "gateways/pages/messages.h"
#include "gateways/pages/template_store.h"

namespace bramble::pages {

struct Locale {
  std::string language;  // "ru"
  Messages messages;
  Formats formats;
  TemplateStore templates;

  std::string_view say(std::string_view key) const { return messages.text(key); }
  std::string say(std::string_view key, std::initializer_list<MessageArgument> arguments) const {
    return messages.text(key, arguments);
  }
  std::string money(const Money& money) const { return formats.money(money); }
};

}  // namespace bramble::pages
