// The token that names a guest's cart. Clients send it back in X-Cart-Token or in a cookie.
#pragma once

#include <string>

#include "ports/clock.h"
#include "ports/http.h"

namespace bramble::storefront {

std::string new_cart_token(Random& random);

// The token of a request, from the header or else from the cookie; empty if there is no valid one.
std::string cart_token_of(const HttpRequest& request);

std::string cart_cookie(const HttpRequest& request, const std::string& token);

}  // namespace bramble::storefront
