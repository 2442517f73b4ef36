// The name of a cart that nobody has signed in for yet: sent back as X-Cart-Token or as a cookie.
#pragma once

#include <string>

#include "ports/clock.h"
#include "ports/http.h"

namespace bramble::storefront {

std::string new_cart_token(Random& random);

// The token that a request brings, the header before the cookie; empty if there is none or it is not one of
// ours.
std::string cart_token_of(const HttpRequest& request);

std::string cart_cookie(const HttpRequest& request, const std::string& token);

}  // namespace bramble::storefront
