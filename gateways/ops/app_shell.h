// The page that a program of web/ is mounted into: the terminal and the console. It holds no data and is the
// same for everybody; who is signed in is the program's to ask.
#pragma once

#include <vector>

#include "gateways/edge/route.h"

namespace bramble::ops {

struct AppShell {
  std::string_view name;   // its path and the stem of its files: "terminal"
  std::string_view title;  // until the program sets its own
};

// GET of the program's path and of the paths below it, two segments deep, which are the program's to read.
// `sandboxed`: the page says that it is practice.
std::vector<edge::Route> app_routes(const AppShell& shell, bool sandboxed);

// What pages of programs load from addresses of no hash: their icon, and the terminal's service worker, whose
// address must lie beside the terminal's, not below it, to be its worker.
std::vector<edge::Route> fixed_file_routes();

}  // namespace bramble::ops
