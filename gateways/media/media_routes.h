// The routes of pictures, /media/…, for any gateway. They read no data; media_address.h describes the
// addresses.
#pragma once

#include <vector>

#include "gateways/edge/route.h"

namespace bramble::media {

std::vector<edge::Route> media_routes();

}  // namespace bramble::media
