#include "gateways/storefront/pages/info_text.h"

#include <optional>

namespace bramble::storefront {
namespace {

// The line without its line end, of any system.
std::string_view take_line(std::string_view& rest) {
  auto end = rest.find('\n');
  auto line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  auto last = line.find_last_not_of(" \t\r");
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// Nothing if the line names a value that is not configured. Unknown names stay as they are.
std::optional<std::string> filled(std::string_view text, const InfoFacts& facts) {
  std::string out;
  while (!text.empty()) {
    auto open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    text.remove_prefix(open);
    auto close = text.find('}');
    auto fact = close == std::string_view::npos ? facts.end() : facts.find(text.substr(1, close - 1));
    if (fact == facts.end()) {
      out += '{';
      text.remove_prefix(1);
      continue;
    }
    if (fact->second.empty()) return std::nullopt;
    bool is_condition = fact->first == "unset" || fact->first == "practice";
    if (!is_condition) out += fact->second;
    text.remove_prefix(close + 1);
  }
  return out;
}

class Reader {
 public:
  explicit Reader(const InfoFacts& facts) : facts_(facts) {}

  void read(std::string_view line) {
    if (line.starts_with("# ")) {
      end_paragraph();
      text_.title = filled(line.substr(2), facts_).value_or("");
    } else if (line.starts_with("## ")) {
      end_paragraph();
      add({InfoBlock::Kind::heading, filled(line.substr(3), facts_).value_or(""), {}});
    } else if (line.starts_with("- ")) {
      end_paragraph();
      add_item(line.substr(2));
    } else if (line.empty()) {
      end_paragraph();
    } else {
      paragraph_ += (paragraph_.empty() ? "" : " ") + std::string(line);
    }
  }

  InfoText take() {
    end_paragraph();
    drop_lonely_heading();
    return std::move(text_);
  }

 private:
  void end_paragraph() {
    if (paragraph_.empty()) return;
    auto whole = filled(paragraph_, facts_);
    paragraph_.clear();
    if (whole) add({InfoBlock::Kind::paragraph, std::move(*whole), {}});
  }
  void add_item(std::string_view line) {
    auto item = filled(line, facts_);
    if (!item) return;
    bool goes_on = !text_.blocks.empty() && text_.blocks.back().kind == InfoBlock::Kind::list;
    if (!goes_on) add({InfoBlock::Kind::list, {}, {}});
    text_.blocks.back().items.push_back(std::move(*item));
  }
  void add(InfoBlock block) {
    if (block.kind == InfoBlock::Kind::heading) drop_lonely_heading();
    text_.blocks.push_back(std::move(block));
  }
  void drop_lonely_heading() {
    auto& blocks = text_.blocks;
    if (!blocks.empty() && blocks.back().kind == InfoBlock::Kind::heading) blocks.pop_back();
  }

  const InfoFacts& facts_;
  InfoText text_;
  std::string paragraph_;
};

}  // namespace

InfoText info_text_of(std::string_view text, const InfoFacts& facts) {
  Reader reader(facts);
  while (!text.empty()) reader.read(take_line(text));
  return reader.take();
}

}  // namespace bramble::storefront
