#include "app/import/clean_text.h"

#include "base/text.h"

namespace bramble::importing {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";
constexpr std::size_t most_line_ends = 2;

bool is_blank(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7f;
}

// The bytes of the blank at the beginning of the text; 0 if it begins with something else.
std::size_t blank_at(std::string_view text) {
  if (is_blank(text.front())) return 1;
  return text.starts_with(no_break_space) ? no_break_space.size() : 0;
}

std::string clean(std::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  std::size_t line_ends = 0;
  while (!text.empty()) {
    auto blank = blank_at(text);
    if (blank > 0) {
      if (keep_lines && text.front() == '\n') ++line_ends;
      space = true;
      text.remove_prefix(blank);
      continue;
    }
    if (!out.empty() && line_ends > 0) out.append(std::min(line_ends, most_line_ends), '\n');
    else if (!out.empty() && space) out.push_back(' ');
    space = false;
    line_ends = 0;
    out.push_back(text.front());
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::string one_line(std::string_view text) { return clean(text, false); }

std::string many_lines(std::string_view text) { return clean(text, true); }

bool cut(std::string& text, std::size_t longest) {
  if (text.size() <= longest || utf8_length(text) <= longest) return false;
  std::size_t at = 0;
  for (std::size_t count = 1; count < longest; ++count) at += utf8_sequence_length(text, at);
  text.resize(at);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  text += "…";
  return true;
}

}  // namespace bramble::importing
