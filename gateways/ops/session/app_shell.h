// The page that loads a program of web/: the terminal or the console. It holds no data and is the same for
// everybody; the program itself asks who is signed in.
#pragma once

#include <vector>

#include "gateways/edge/route.h"

namespace bramble::ops {

struct AppShell {
  std::string_view name;   // its path and the stem of its files: "terminal"
  std::string_view title;  // until the program sets its own
};

// GET of the program's path and of paths up to two segments below it, which the program reads.
// `sandboxed`: the page shows the sandbox banner.
std::vector<edge::Route> app_routes(const AppShell& shell, bool sandboxed);

// Files whose addresses have no hash: the icon, and the terminal's service worker, whose address must lie
// beside the terminal's to control it.
std::vector<edge::Route> fixed_file_routes();

}  // namespace bramble::ops
