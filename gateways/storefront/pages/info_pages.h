// Pages about the shop itself: help, delivery, returns, contacts, legal details, privacy, terms of sale. The
// shop's owner may replace each text by a file of that name and language in a folder.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateways/pages/site.h"
#include "gateways/storefront/pages/info_text.h"

namespace bramble::storefront {

struct ShopDetails {
  std::string name = "Bramble";
  bool is_practice = true;  // not a real shop
  std::string legal;        // the seller's legal name and registration numbers
  std::string phone;
  std::string email;
  std::string address;
  std::string hours;
  std::string texts_folder;  // has "help.ru.txt", "privacy.en.txt" and so on; empty: the built-in texts
};

class InfoPages {
 public:
  // Throws Error invalid, which names the file, if a text cannot be shown.
  explicit InfoPages(const ShopDetails& shop);

  // This object must outlive them.
  std::vector<edge::Route> routes(const pages::Site& site) const;
  // For the sitemap.
  static std::vector<std::string> paths();

 private:
  Task<pages::Answer> show(pages::PageRequest& request, std::string name) const;

  std::map<std::string, InfoText, std::less<>> texts_;  // by "help.ru"
};

}  // namespace bramble::storefront
