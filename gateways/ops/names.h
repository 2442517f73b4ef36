// What people call the sites, points and colleagues that an order's story names by ids.
#pragma once

#include <map>
#include <string>

#include "gateways/ops/order_dossier.h"

namespace bramble::ops {

// As far as they are known: whoever knows the others may be in trouble.
Task<std::map<std::string, std::string>> names_in(DossierSources sources, Call call, const OrderFacts& facts);

}  // namespace bramble::ops
