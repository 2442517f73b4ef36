#include "gateways/storefront/catalogue/search_engine_pages.h"

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

std::vector<edge::Route> SearchEnginePages::routes(const pages::Site& site) {
  using enum edge::Auth;
  return {
      site.get("page_robots", "/robots.txt", optional, pages::handler(*this, &SearchEnginePages::robots)),
      site.get("page_sitemap", "/sitemap.xml", optional, pages::handler(*this, &SearchEnginePages::sitemap)),
  };
}

Task<pages::Answer> SearchEnginePages::robots(pages::PageRequest&) {
  co_return plain("text/plain; charset=utf-8",
                  "User-agent: *\nDisallow: /api/\nDisallow: /cart\nDisallow: /checkout\nDisallow: /orders\n"
                  "Disallow: /search\nDisallow: /sign-in\nSitemap: " +
                      public_url_ + "/sitemap.xml\n");
}

// Ids are letters, digits, '-' and '_', so nothing here has to be escaped.
Task<pages::Answer> SearchEnginePages::sitemap(pages::PageRequest& request) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  auto add = [&](const std::string& path) { xml += "<url><loc>" + public_url_ + path + "</loc></url>\n"; };
  add("/");
  add("/categories");
  for (const auto& path : more_paths_) add(path);
  auto tree = co_await lists_.tree(request.http);
  for (const auto& category : tree->all()) add("/category/" + category.category_id.text());
  co_return plain("application/xml", xml + "</urlset>\n");
}

}  // namespace bramble::storefront
