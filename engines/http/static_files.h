// Files of one folder as answers: the built pages of `web/`. Nothing outside the folder is reached, no
// symbolic link is followed, no name that begins with a dot is served.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ports/http.h"

namespace bramble {

class StaticFiles {
 public:
  // Throws Error internal when there is no such folder.
  explicit StaticFiles(const std::string& folder);
  ~StaticFiles();
  StaticFiles(const StaticFiles&) = delete;
  StaticFiles& operator=(const StaticFiles&) = delete;

  // The answer for a GET of the path ("/assets/app-3f9a1c2b.js", percent-encoded); nothing when there is no
  // such file. A path that ends with '/' means its index.html.
  std::optional<HttpResponse> find(std::string_view path, const HttpHeaders& asked) const;

 private:
  int folder_ = -1;
};

// Serves GETs of what the folder has, and leaves everything else to the other handler.
HttpHandler serve_files(const std::string& folder, HttpHandler otherwise);

}  // namespace bramble
