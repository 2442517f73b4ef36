// The frame of the sandbox's pages: a stylesheet, a header, a footer, and HTTP headers that forbid frames and
// scripts.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "ports/http.h"
#include "sandbox/acs_texts.h"

namespace bramble::sandbox {

struct PageShell {
  Language language = Language::russian;
  std::string_view title;  // these three are markup, not escaped
  std::string_view owner;  // shown in the header
  std::string_view body;
  std::string_view footer;
  std::string_view badge = {};         // markup at the header's end
  std::string_view form_targets = {};  // origins to which the page's form may redirect
};

HttpResponse shell_page(int status, const PageShell& shell);

// The stylesheet; 404 for any path but acs_style_path().
HttpResponse shell_style(std::string_view path);

std::string escaped(std::string_view text);
std::string joined(std::initializer_list<std::string_view> parts);

}  // namespace bramble::sandbox
