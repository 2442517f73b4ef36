// The routes of pictures, for any gateway: /media/… They need nobody's data; media_address.h says what stands
// in an address.
#pragma once

#include <vector>

#include "gateways/edge/route.h"

namespace bramble::media {

std::vector<edge::Route> media_routes();

}  // namespace bramble::media
