// The texts of one language, from files of lines "key = text". A text with braces is an ICU MessageFormat
// pattern (plural, select) with arguments; others are plain. A missing key is a programming error and throws.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateways/pages/page_file.h"

namespace bramble::pages {

struct MessageArgument {
  std::string_view name;
  std::variant<std::int64_t, double, std::string_view> value;
};

class Messages {
 public:
  // Takes the files whose names end with ".<language>.txt". Throws Error internal for a malformed line or
  // pattern and for a key given twice.
  Messages(std::string_view language, std::span<const PageFile> files);
  ~Messages();
  Messages(Messages&&) noexcept;

  // A text without arguments. Valid as long as the messages.
  std::string_view text(std::string_view key) const;
  std::string text(std::string_view key, std::initializer_list<MessageArgument> arguments) const;
  // Empty if the key is missing.
  std::string_view find(std::string_view key) const;

  std::vector<std::string_view> keys() const;
  // The names of a pattern's arguments; empty for a plain text.
  std::vector<std::string> arguments(std::string_view key) const;
  const std::string& language() const { return language_; }

 private:
  struct Message;
  void read_line(std::string_view file, std::string_view line);
  const Message& find_message(std::string_view key) const;

  std::string language_;
  std::map<std::string, std::unique_ptr<Message>, std::less<>> messages_;
};

}  // namespace bramble::pages
