#include "gateways/media/media_routes.h"

#include <fmt/format.h>

#include "gateways/edge/problem.h"
#include "gateways/media/picture.h"

namespace bramble::media {
namespace {

using edge::HttpCall;

// A picture runs and loads nothing, even if it is opened as a document.
constexpr const char* picture_policy = "default-src 'none'; sandbox; frame-ancestors 'none'";

[[noreturn]] void nowhere() {
  throw edge::Problem(404, "no_such_picture", "There is no picture at this address.");
}

const std::string& part(const HttpCall& http, std::string_view name) {
  auto found = http.path.find(name);
  if (found == http.path.end()) nowhere();
  return found->second;
}

std::string tag_of(std::string_view svg) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (unsigned char c : svg) hash = (hash ^ c) * 1099511628211ULL;
  return fmt::format("\"{:016x}\"", hash);
}

HttpResponse answer(const HttpCall& http, std::optional<std::string> svg) {
  if (!svg) nowhere();
  HttpResponse response;
  auto tag = tag_of(*svg);
  response.headers.add("ETag", tag);
  // Older data has addresses of older versions; their pictures may change with the next version.
  bool is_current = part(http, "version") == std::to_string(art_version);
  response.headers.add("Cache-Control",
                       is_current ? "public, max-age=31536000, immutable" : "public, max-age=3600");
  auto condition = http.request->headers.get("If-None-Match");
  if (condition == "*" || condition.find(tag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", "image/svg+xml");
  response.headers.add("Content-Security-Policy", picture_policy);
  response.body = std::move(*svg);
  return response;
}

Task<HttpResponse> goods(HttpCall& http) {
  auto picture = read_goods(part(http, "art"), part(http, "colour"), part(http, "brand"), part(http, "file"));
  if (!picture) nowhere();
  co_return answer(http, goods_svg(*picture));
}

Task<HttpResponse> category(HttpCall& http) {
  auto name = name_of_svg(part(http, "file"));
  co_return answer(http, name ? category_svg(*name) : std::nullopt);
}

Task<HttpResponse> missing(HttpCall& http) {
  auto name = name_of_svg(part(http, "file"));
  co_return answer(http, name ? missing_svg(*name) : std::nullopt);
}

}  // namespace

std::vector<edge::Route> media_routes() {
  return {{{.name = "goods_picture",
            .method = "GET",
            .path = "/media/{version}/goods/{art}/{colour}/{brand}/{file}"},
           goods},
          {{.name = "category_picture", .method = "GET", .path = "/media/{version}/category/{file}"},
           category},
          {{.name = "missing_picture", .method = "GET", .path = "/media/{version}/missing/{file}"}, missing}};
}

}  // namespace bramble::media
