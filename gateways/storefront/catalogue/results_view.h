// A page of results in the view of results.html: the goods, how to narrow them down, how to order them, and
// how to turn the page.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/account/account_summary.h"
#include "gateways/storefront/catalogue/search_terms.h"

namespace bramble::storefront {

// `path` is the page's own: "/search", or a category's, which is then none of the filters.
void show_results(pages::PageRequest& request, const SearchPage& found, const SearchTerms& terms,
                  std::string_view path, const InCart& in_cart);

}  // namespace bramble::storefront
