#include "gateways/storefront/pages/info_pages.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/error.h"
#include "base/text.h"
#include "storefront_info_text.h"

namespace bramble::storefront {
namespace {

constexpr std::uintmax_t most_bytes = 256 * 1024;

// In the order of the texts in CMakeLists.txt: each in Russian and in English.
constexpr std::string_view names[] = {"help", "delivery", "returns", "contacts", "legal", "privacy", "terms"};
constexpr std::string_view languages[] = {"ru", "en"};

InfoFacts facts_of(const ShopDetails& shop) {
  bool is_unset = shop.legal.empty() && shop.phone.empty() && shop.email.empty() && shop.address.empty();
  return {{"shop", shop.name},
          {"legal", shop.legal},
          {"phone", shop.phone},
          {"email", shop.email},
          {"hours", shop.hours},
          {"address", shop.address},
          {"unset", is_unset ? "1" : ""},
          {"practice", shop.is_practice ? "1" : ""}};
}

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw Error(ErrorCode::invalid, "bad_text", "storefront.shop_texts_folder: " + file.string() + " " + why);
}

std::string read(const std::filesystem::path& file) {
  std::error_code failure;
  auto size = std::filesystem::file_size(file, failure);
  if (failure) refuse(file, "cannot be read: " + failure.message());
  if (size > most_bytes) refuse(file, "is larger than 256 KiB");
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) refuse(file, "cannot be read");
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (!is_utf8(text)) refuse(file, "is not UTF-8");
  return text;
}

}  // namespace

InfoPages::InfoPages(const ShopDetails& shop) {
  auto facts = facts_of(shop);
  auto built_in = storefront_info_texts();
  std::size_t at = 0;
  std::filesystem::path folder(shop.texts_folder);
  if (!folder.empty() && !std::filesystem::is_directory(folder)) refuse(folder, "is no folder");
  for (auto name : names) {
    for (auto language : languages) {
      auto key = std::string(name) + "." + std::string(language);
      auto own = folder / (key + ".txt");
      bool has_own = !folder.empty() && std::filesystem::exists(own);
      auto text = info_text_of(has_own ? read(own) : std::string(built_in[at]), facts);
      if (has_own && text.title.empty()) refuse(own, "has no title: a line that begins with \"# \"");
      texts_.emplace(std::move(key), std::move(text));
      ++at;
    }
  }
}

std::vector<std::string> InfoPages::paths() {
  std::vector<std::string> paths;
  for (auto name : names) paths.push_back("/" + std::string(name));
  return paths;
}

std::vector<edge::Route> InfoPages::routes(const pages::Site& site) const {
  static const std::vector<std::pair<std::string, std::string>> kept = [] {
    std::vector<std::pair<std::string, std::string>> made;
    for (auto name : names) made.emplace_back("page_" + std::string(name), "/" + std::string(name));
    return made;
  }();
  std::vector<edge::Route> routes;
  for (const auto& [route, path] : kept) {
    routes.push_back(
        site.get(route, path, edge::Auth::optional,
                 [this, name = path.substr(1)](pages::PageRequest& request) { return show(request, name); }));
  }
  return routes;
}

Task<pages::Answer> InfoPages::show(pages::PageRequest& request, std::string name) const {
  const auto& text = texts_.find(name + "." + request.locale.language)->second;
  request.view.set("TITLE", text.title);
  for (const auto& block : text.blocks) {
    auto row = request.view.add("BLOCK");
    switch (block.kind) {
      case InfoBlock::Kind::heading: row.set_and_show("TEXT", block.text, "HEADING"); break;
      case InfoBlock::Kind::paragraph: row.set_and_show("TEXT", block.text, "PARAGRAPH"); break;
      case InfoBlock::Kind::list:
        row.show("LIST");
        for (const auto& item : block.items) row.add("ITEM").set("ITEM_TEXT", item);
        break;
    }
  }
  co_return pages::PageResult{"info.html"};
}

}  // namespace bramble::storefront
