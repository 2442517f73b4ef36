// Access tokens as anyone may send them, and the header that brings them: nothing but what was signed is
// believed.
#include "gateways/edge/token_verifier.h"

#include "base/text.h"
#include "services/auth/signing_keys.h"
#include "testing/clock.h"
#include "testing/require.h"

namespace {

using namespace bramble;

// Whether the token is taken. Anything but a clear refusal is a bug.
bool is_taken(edge::TokenVerifier& verifier, const std::string& token) {
  try {
    require(UserId::parse(verifier.verify(token).caller.id).has_value());
    return true;
  } catch (const Error& error) {
    require(error.code == ErrorCode::unauthenticated);
    return false;
  }
}

}  // namespace

// The bytes are tried as a token that nobody signed, and as the claims of one that we did sign.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static TestClock clock;
  static auth::SigningKeys keys("a seed of this fuzzer alone", days(30));
  static const auto known = keys.jwks(clock.now());
  static edge::TokenVerifier verifier = [] {
    edge::TokenVerifier made(clock, "storefront");
    made.set_keys(known);
    return made;
  }();
  std::string text(reinterpret_cast<const char*>(data), size);
  require(!is_taken(verifier, text));
  require(!is_taken(verifier, to_base64url(text) + "." + to_base64url(text) + "." + to_base64url(text)));
  auto ours = to_base64url(R"({"alg":"ES256","kid":")" + known[1].kid + "\"}");
  require(!is_taken(verifier, ours + "." + to_base64url(text) + "." + to_base64url(std::string(64, '\x01'))));
  is_taken(verifier, keys.sign(text, clock.now()));
  try {
    edge::bearer_token(text);
  } catch (const Error& error) {
    require(error.code == ErrorCode::unauthenticated);
  }
  return 0;
}
