// What the sandbox's pages for people have in common: one stylesheet, a header, a footer, and headers that
// keep them from being framed or scripted.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "ports/http.h"
#include "sandbox/acs_texts.h"

namespace bramble::sandbox {

struct PageShell {
  Language language = Language::russian;
  std::string_view title;  // these three are markup already
  std::string_view owner;  // whose page it is, in the header
  std::string_view body;
  std::string_view footer;
  std::string_view badge = {};         // markup at the header's end
  std::string_view form_targets = {};  // origins that the page's form may lead to
};

HttpResponse shell_page(int status, const PageShell& shell);

// The stylesheet; 404 for another address than acs_style_path().
HttpResponse shell_style(std::string_view path);

std::string escaped(std::string_view text);
std::string joined(std::initializer_list<std::string_view> parts);

}  // namespace bramble::sandbox
