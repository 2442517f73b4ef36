#include "gateways/storefront/catalogue/catalogue_pages.h"

#include <algorithm>

#include "base/error.h"
#include "gateways/media/placeholder.h"
#include "gateways/storefront/catalogue/product_cards.h"
#include "gateways/storefront/catalogue/results_view.h"

namespace bramble::storefront {
namespace {

using edge::Auth;

constexpr std::string_view search_path = "/search";
constexpr std::size_t most_tiles = 16;   // of the home page; the others are a link away
constexpr std::size_t most_leaves = 24;  // of a branch on the page of categories

std::string category_path(const catalog::Category& category) {
  return "/category/" + category.category_id.text();
}

// CATEGORY with the picture of a popular product in it.
void add_category(pages::View view, const catalog::Category& category, const ProductList& popular) {
  auto row = view.add("CATEGORY");
  row.set("CATEGORY_TITLE", category.title);
  row.set("CATEGORY_URL", category_path(category));
  auto picture = category.image_url;
  if (picture.empty() && !popular.empty()) picture = popular.front().image_url;
  if (picture.empty()) picture = media::placeholder_address(category.title);
  row.set_and_show("CATEGORY_PICTURE", picture, "HAS_CATEGORY_PICTURE");
}

// The top categories that are not empty, the largest first; all of them if all are empty.
std::vector<const catalog::Category*> sections(const CategoryTree& tree) {
  auto tops = tree.children("");
  auto is_empty = [](const catalog::Category* category) { return category->cards == 0; };
  if (!std::all_of(tops.begin(), tops.end(), is_empty)) std::erase_if(tops, is_empty);
  if (tops.size() > most_tiles) tops.resize(most_tiles);
  return tops;
}

// The address of the last page, if this one is beyond it; otherwise empty.
std::string beyond_the_end(const SearchPage& found, const SearchTerms& terms, std::string_view path) {
  bool is_beyond = found.items.empty() && terms.page > 1;
  return is_beyond ? terms.with_page(pages_of(found.total)).address(path) : std::string();
}

void add_list(pages::View view, const pages::Locale& locale, std::string_view name, const ProductList& list,
              const InCart& in_cart) {
  if (list.empty()) return;
  auto section = view.add(name);
  for (const auto& item : list) add_card(section, locale, item, in_cart);
}

}  // namespace

std::vector<edge::Route> CataloguePages::routes(const pages::Site& site) {
  std::vector<edge::Route> routes;
  auto add = [&](std::string_view name, std::string_view path,
                 Task<Answer> (CataloguePages::*page)(PageRequest&)) {
    routes.push_back(site.get(name, path, Auth::optional, pages::handler(*this, page)));
  };
  add("page_home", "/", &CataloguePages::home);
  add("page_categories", "/categories", &CataloguePages::categories);
  add("page_category", "/category/{category_id}", &CataloguePages::category);
  add("page_search", search_path, &CataloguePages::search);
  return routes;
}

Task<pages::Answer> CataloguePages::home(PageRequest& request) {
  auto& view = request.view;
  view.set("TITLE", request.say("home.title"));
  view.set_and_show("META_DESCRIPTION", request.say("home.description"), "HAS_DESCRIPTION");
  auto tree = co_await lists_.tree(request.http);
  auto tops = sections(*tree);
  for (const auto* category : tops) {
    auto popular = co_await lists_.list(request.http, category->category_id.text(), "rating");
    add_category(view, *category, *popular);
  }
  show_waiting(request, co_await summary_.waiting(request));
  auto in_cart = co_await summary_.in_cart(request);
  auto popular = co_await lists_.list(request.http, "", "rating");
  add_list(view, request.locale, "POPULAR", *popular, in_cart);
  auto fresh = co_await lists_.list(request.http, "", "new");
  add_list(view, request.locale, "NEW", *fresh, in_cart);
  view.show_if(popular->empty() && fresh->empty(), "NO_GOODS");
  co_return pages::PageResult{"home.html"};
}

Task<pages::Answer> CataloguePages::categories(PageRequest& request) {
  auto& view = request.view;
  view.set("TITLE", request.say("categories.title"));
  auto tree = co_await lists_.tree(request.http);
  for (const auto* top : tree->children("")) {
    auto row = view.add("BRANCH");
    row.set("BRANCH_TITLE", top->title);
    row.set("BRANCH_URL", category_path(*top));
    auto children = tree->children(top->category_id.text());
    row.show_if(!children.empty(), "LEAVES");
    if (children.size() > most_leaves) children.resize(most_leaves);
    for (const auto* child : children) {
      auto leaf = row.add("LEAF");
      leaf.set("LEAF_TITLE", child->title);
      leaf.set("LEAF_URL", category_path(*child));
    }
  }
  view.show_if(tree->all().empty(), "NO_CATEGORIES");
  co_return pages::PageResult{"categories.html"};
}

Task<pages::Answer> CataloguePages::category(PageRequest& request) {
  auto id = request.http.path.find("category_id")->second;
  auto tree = co_await lists_.tree(request.http);
  const auto* category = tree->find(id);
  if (category == nullptr)
    throw Error(ErrorCode::not_found, "category_not_found", "there is no such category");
  auto terms = SearchTerms::of(request.query);
  terms.categories.clear();
  auto query = terms.to_query();
  query.category = {category->category_id};
  auto found = co_await goods_.search(request.http, std::move(query));
  auto& view = request.view;
  view.set("TITLE", category->title);
  view.set("HEADING", category->title);
  view.set_and_show("META_DESCRIPTION",
                    request.say("category.description", {{"title", std::string_view(category->title)}}),
                    "HAS_DESCRIPTION");
  view.show("BREADCRUMBS");
  for (const auto* above : tree->path(id)) {
    if (above == category) break;
    auto crumb = view.add("CRUMB");
    crumb.set("CRUMB_TITLE", above->title);
    crumb.set("CRUMB_URL", category_path(*above));
  }
  auto children = tree->children(id);
  view.show_if(!children.empty(), "SUBCATEGORIES");
  for (const auto* child : children) {
    auto row = view.add("SUBCATEGORY");
    row.set("SUBCATEGORY_TITLE", child->title);
    row.set("SUBCATEGORY_URL", category_path(*child));
  }
  auto last = beyond_the_end(found, terms, category_path(*category));
  if (!last.empty()) co_return pages::redirect(last);
  auto in_cart = co_await summary_.in_cart(request);
  show_results(request, found, terms, category_path(*category), in_cart);
  if (found.items.empty()) co_return co_await nothing_found(request, terms, in_cart);
  co_return pages::PageResult{"results.html"};
}

Task<pages::Answer> CataloguePages::search(PageRequest& request) {
  auto terms = SearchTerms::of(request.query);
  auto found = co_await goods_.search(request.http, terms.to_query());
  auto last = beyond_the_end(found, terms, search_path);
  if (!last.empty()) co_return pages::redirect(last);
  auto& view = request.view;
  auto words = std::string_view(terms.words);
  auto heading = words.empty() ? std::string(request.say("search.all"))
                               : request.say("search.title", {{"words", words}});
  view.set("TITLE", heading);
  view.set("HEADING", heading);
  view.show("NOT_INDEXED");
  auto in_cart = co_await summary_.in_cart(request);
  show_results(request, found, terms, search_path, in_cart);
  if (found.items.empty()) co_return co_await nothing_found(request, terms, in_cart);
  co_return pages::PageResult{"results.html"};
}

// No results: offers to drop the filters and shows popular goods.
Task<pages::Answer> CataloguePages::nothing_found(PageRequest& request, const SearchTerms& terms,
                                                  const InCart& in_cart) {
  request.view.show(terms.filters() > 0 ? "NOTHING_FILTERED" : "NOTHING_AT_ALL");
  auto popular = co_await lists_.list(request.http, "", "rating");
  add_list(request.view, request.locale, "POPULAR", *popular, in_cart);
  co_return pages::PageResult{"results.html"};
}

}  // namespace bramble::storefront
