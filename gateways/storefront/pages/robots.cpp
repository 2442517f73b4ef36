// What search engines are told: where not to go, and where the categories are.
#include "gateways/storefront/pages/catalogue_pages.h"
#include "gateways/storefront/pages/info_pages.h"

namespace bramble::storefront {
namespace {

HttpResponse plain(std::string type, std::string body) {
  HttpResponse response;
  response.headers.add("Content-Type", std::move(type));
  response.headers.add("Cache-Control", "public, max-age=3600");
  response.body = std::move(body);
  return response;
}

}  // namespace

Task<pages::Answer> CataloguePages::robots(Visit&) {
  co_return plain("text/plain; charset=utf-8",
                  "User-agent: *\nDisallow: /api/\nDisallow: /cart\nDisallow: /checkout\nDisallow: /orders\n"
                  "Disallow: /search\nDisallow: /sign-in\nSitemap: " +
                      public_url_ + "/sitemap.xml\n");
}

// Ids are letters, digits, '-' and '_', so nothing here has to be escaped.
Task<pages::Answer> CataloguePages::sitemap(Visit& visit) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  auto add = [&](const std::string& path) { xml += "<url><loc>" + public_url_ + path + "</loc></url>\n"; };
  add("/");
  add("/categories");
  for (const auto& path : InfoPages::paths()) add(path);
  auto tree = co_await shelves_.tree(visit.http);
  for (const auto& category : tree->all()) add("/category/" + category.category_id.text());
  co_return plain("application/xml", xml + "</urlset>\n");
}

}  // namespace bramble::storefront
