// The templates of one language, parsed once. Each is a file of HTML for ctemplate in auto-escaping mode.
// Loading replaces [[a.key]] by the escaped message, [[asset a.css]] by the asset's address, and [[include
// other.html]] by that file.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "gateways/pages/messages.h"
#include "gateways/pages/page_file.h"
#include "gateways/pages/view.h"

namespace ctemplate {
class TemplateCache;
}

namespace bramble::pages {

// "storefront.css" → "/assets/storefront-3f9a1c2b.css". Throws for an unknown asset.
using AssetUrl = std::function<std::string(std::string_view)>;

class TemplateStore {
 public:
  // Loads the files whose names end with ".html". Throws Error internal for an unknown placeholder, a
  // template that cannot be parsed, or one that switches escaping off.
  TemplateStore(std::span<const PageFile> files, const Messages& messages, const AssetUrl& asset_url);
  ~TemplateStore();
  TemplateStore(TemplateStore&&) noexcept;

  // Throws Error internal if there is no such template.
  std::string render(std::string_view name, const View& view) const;

  // The keys of the messages that the templates use.
  const std::set<std::string, std::less<>>& messages_used() const { return used_; }

 private:
  std::unique_ptr<ctemplate::TemplateCache> cache_;
  std::set<std::string, std::less<>> used_;
};

}  // namespace bramble::pages
