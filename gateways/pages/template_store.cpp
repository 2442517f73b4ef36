#include "gateways/pages/template_store.h"

#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <algorithm>

#include "base/error.h"

namespace bramble::pages {
namespace {

constexpr int deepest_include = 8;
constexpr std::size_t usual_page_bytes = 48 << 10;
constexpr auto strip = ctemplate::STRIP_BLANK_LINES;
constexpr std::string_view escaping = "{{%AUTOESCAPE context=\"HTML\"}}";

[[noreturn]] void refuse(std::string_view file, std::string message) {
  throw Error(ErrorCode::internal, "bad_template", std::string(file) + ": " + std::move(message));
}

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      // A message must not contain a template's markers.
      case '{': escaped += "&#123;"; break;
      case '}': escaped += "&#125;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

// Removes indentation, which is a fifth of a page.
std::string without_indentation(std::string_view text) {
  std::string lean;
  lean.reserve(text.size());
  bool at_line_start = true;
  for (char c : text) {
    if (at_line_start && (c == ' ' || c == '\t' || c == '\n')) continue;
    lean += c;
    at_line_start = c == '\n';
  }
  return lean;
}

class Loader {
 public:
  Loader(std::span<const PageFile> files, const Messages& messages, const AssetUrl& asset_url,
         std::set<std::string, std::less<>>& used)
      : files_(files), messages_(messages), asset_url_(asset_url), used_(used) {}

  std::string load(std::string_view name) const {
    auto text = std::string(escaping) + expanded(name, 0);
    check_modifiers(name, text);
    return text;
  }

 private:
  std::string expanded(std::string_view name, int depth) const {
    auto file = std::find_if(files_.begin(), files_.end(), [&](const PageFile& f) { return f.name == name; });
    if (file == files_.end()) refuse(name, "there is no such template");
    if (depth > deepest_include) refuse(name, "templates include each other too deep");
    auto rest = file->text;
    std::string text;
    while (true) {
      auto begin = rest.find("[[");
      text.append(rest.substr(0, begin));
      if (begin == std::string_view::npos) break;
      auto end = rest.find("]]", begin);
      if (end == std::string_view::npos) refuse(name, "a [[ without its ]]");
      text += value_of(name, rest.substr(begin + 2, end - begin - 2), depth);
      rest.remove_prefix(end + 2);
    }
    return without_indentation(text);
  }

  std::string value_of(std::string_view name, std::string_view placeholder, int depth) const {
    constexpr std::string_view include = "include ";
    constexpr std::string_view asset = "asset ";
    if (placeholder.starts_with(include)) return expanded(placeholder.substr(include.size()), depth + 1);
    if (placeholder.starts_with(asset)) return html_escaped(asset_url_(placeholder.substr(asset.size())));
    auto text = messages_.find(placeholder);
    if (text.empty()) {
      refuse(name, "[[" + std::string(placeholder) + "]] is no plain message in " + messages_.language());
    }
    used_.emplace(placeholder);
    return html_escaped(text);
  }

  // A modifier would replace the escaping that ctemplate chooses.
  static void check_modifiers(std::string_view name, std::string_view text) {
    for (auto at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 2)) {
      auto marker = text.substr(at + 2, text.find("}}", at) - at - 2);
      if (marker.starts_with('!') || marker.starts_with('%')) continue;
      auto colon = marker.find(':');
      if (colon == std::string_view::npos) continue;
      if (!marker.starts_with("JSON_") || marker.substr(colon) != ":none") {
        refuse(name, "{{" + std::string(marker) + "}} has a modifier; only {{JSON_…:none}} may");
      }
    }
  }

  std::span<const PageFile> files_;
  const Messages& messages_;
  const AssetUrl& asset_url_;
  std::set<std::string, std::less<>>& used_;
};

}  // namespace

TemplateStore::TemplateStore(std::span<const PageFile> files, const Messages& messages,
                             const AssetUrl& asset_url)
    : cache_(std::make_unique<ctemplate::TemplateCache>()) {
  Loader loader(files, messages, asset_url, used_);
  for (const auto& file : files) {
    if (!file.name.ends_with(".html")) continue;
    auto text = loader.load(file.name);
    ctemplate::TemplateString key(file.name.data(), file.name.size());
    if (!cache_->StringToTemplateCache(key, ctemplate::TemplateString(text.data(), text.size()), strip)) {
      refuse(file.name, "ctemplate cannot parse it");
    }
  }
  cache_->Freeze();
}

TemplateStore::~TemplateStore() = default;
TemplateStore::TemplateStore(TemplateStore&&) noexcept = default;

std::string TemplateStore::render(std::string_view name, const View& view) const {
  std::string html;
  html.reserve(usual_page_bytes);
  ctemplate::TemplateString key(name.data(), name.size());
  if (!cache_->ExpandNoLoad(key, strip, view.dictionary(), nullptr, &html)) {
    refuse(name, "there is no such template");
  }
  return html;
}

}  // namespace bramble::pages
