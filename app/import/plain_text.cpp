#include "app/import/plain_text.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <memory>

#include "base/text.h"

namespace bramble::importing {
namespace {

constexpr int most_layers = 3;  // of escaping: "&amp;lt;b&amp;gt;" was escaped twice
constexpr std::size_t longest_name = 32;
constexpr std::size_t longest_entity = 32;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

const xmlChar* as_xml(const std::string& text) { return reinterpret_cast<const xmlChar*>(text.c_str()); }

// "&amp;", "&#8212;", "&#x2014;" at the beginning of the text.
bool begins_with_entity(std::string_view text) {
  auto end = text.substr(0, longest_entity).find(';');
  if (end == std::string_view::npos || end < 2) return false;
  auto name = text.substr(1, end - 1);
  if (name.front() != '#') return htmlEntityLookup(as_xml(std::string(name))) != nullptr;
  bool is_hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
  auto digits = name.substr(is_hex ? 2 : 1);
  auto fits = [&](char c) { return is_digit(c) || (is_hex && ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')); };
  return !digits.empty() && std::all_of(digits.begin(), digits.end(), fits);
}

// "<b>", "</p>", "<br/>", "<!--" at the beginning of the text.
bool begins_with_tag(std::string_view text) {
  if (text.starts_with("<!--") || text.starts_with("<![CDATA[")) return true;
  text.remove_prefix(text.starts_with("</") ? 2 : 1);
  std::size_t length = 0;
  while (length < text.size() && (is_letter(text[length]) || is_digit(text[length]))) ++length;
  if (length == 0 || length > longest_name || length == text.size()) return false;
  if (std::string_view(" \t\r\n/>").find(text[length]) == std::string_view::npos) return false;
  return htmlTagLookup(as_xml(std::string(text.substr(0, length)))) != nullptr;
}

bool is_marked_up(std::string_view text) {
  for (auto at = text.find_first_of("&<"); at != std::string_view::npos;
       at = text.find_first_of("&<", at + 1)) {
    auto rest = text.substr(at);
    if (rest.front() == '&' ? begins_with_entity(rest) : begins_with_tag(rest)) return true;
  }
  return false;
}

// What the parser has told so far.
struct Reading {
  std::string text;
  int unseen = 0;  // how many elements we are in that nobody sees
};

bool is_unseen(std::string_view name) {
  return name == "script" || name == "style" || name == "head" || name == "title" || name == "template";
}

void end_line(Reading& reading, std::string_view name) {
  const auto* element = htmlTagLookup(reinterpret_cast<const xmlChar*>(name.data()));
  bool is_block = element && element->isinline == 0 && !is_unseen(name);
  bool is_inside = !reading.text.empty() && reading.text.back() != '\n';
  if (name == "br" || (is_block && is_inside)) reading.text += '\n';
}

extern "C" {

void begin_element(void* context, const xmlChar* name, const xmlChar**) {
  auto& reading = *static_cast<Reading*>(context);
  std::string_view tag(reinterpret_cast<const char*>(name));
  if (is_unseen(tag)) ++reading.unseen;
  end_line(reading, tag);
}

void finish_element(void* context, const xmlChar* name) {
  auto& reading = *static_cast<Reading*>(context);
  std::string_view tag(reinterpret_cast<const char*>(name));
  if (is_unseen(tag) && reading.unseen > 0) --reading.unseen;
  if (tag != "br") end_line(reading, tag);
}

void take_characters(void* context, const xmlChar* characters, int length) {
  auto& reading = *static_cast<Reading*>(context);
  if (reading.unseen > 0 || length <= 0) return;
  reading.text.append(reinterpret_cast<const char*>(characters), static_cast<std::size_t>(length));
}

}  // extern "C"

std::string parsed(std::string_view text) {
  htmlSAXHandler handler{};
  handler.startElement = begin_element;
  handler.endElement = finish_element;
  handler.characters = take_characters;
  handler.cdataBlock = take_characters;
  handler.ignorableWhitespace = take_characters;
  Reading reading;
  std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(
      htmlCreatePushParserCtxt(&handler, &reading, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8),
      htmlFreeParserCtxt);
  if (!parser) return std::string(text);
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_NONET | HTML_PARSE_RECOVER);
  htmlParseChunk(parser.get(), text.data(), static_cast<int>(text.size()), 1);
  return std::move(reading.text);
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::string plain(text);
  for (int layer = 0; layer < most_layers && is_marked_up(plain); ++layer) {
    std::replace(plain.begin(), plain.end(), '\0', ' ');
    plain = parsed(plain);
  }
  return is_utf8(plain) ? plain : std::string(text);
}

}  // namespace bramble::importing
