// A page of search results in the view of results.html: goods, filters, sort order, paging.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/account/account_summary.h"
#include "gateways/storefront/catalogue/search_terms.h"

namespace bramble::storefront {

// `path` is the page's own: "/search", or that of a category, which is then no filter.
void show_results(pages::PageRequest& request, const SearchPage& found, const SearchTerms& terms,
                  std::string_view path, const InCart& in_cart);

}  // namespace bramble::storefront
