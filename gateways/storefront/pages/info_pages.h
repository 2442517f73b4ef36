// Pages about the shop itself: help, delivery, cancelling, contacts, legal details, privacy, terms of sale.
// Their texts are ours unless the shop's owner has put a file of that name and language into a folder.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateways/pages/site.h"
#include "gateways/storefront/pages/info_text.h"

namespace bramble::storefront {

struct ShopDetails {
  std::string name = "Bramble";
  bool is_practice = true;  // nothing here is real
  std::string legal;        // the seller as documents name it, with its numbers
  std::string phone;
  std::string email;
  std::string address;
  std::string hours;
  std::string texts_folder;  // "help.ru.txt", "privacy.en.txt" and so on; empty: all texts are ours
};

class InfoPages {
 public:
  // Throws Error invalid, naming the file, for a text that cannot be shown.
  explicit InfoPages(const ShopDetails& shop);

  // They live as long as this object.
  std::vector<edge::Route> routes(const pages::Site& site) const;
  // For a map of the site.
  static std::vector<std::string> paths();

 private:
  Task<pages::Answer> show(pages::PageRequest& request, std::string name) const;

  std::map<std::string, InfoText, std::less<>> texts_;  // by "help.ru"
};

}  // namespace bramble::storefront
