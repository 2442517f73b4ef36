#include "gateways/edge/token_verifier.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <optional>

#include "base/ascii.h"
#include "base/error.h"
#include "base/text.h"
#include "runtime/json/json.h"

namespace bramble::edge {
namespace {

constexpr std::string_view bearer_scheme = "bearer ";

constexpr std::size_t coordinate_bytes = 32;
constexpr std::size_t longest_token = 4'096;
constexpr std::size_t most_verified = 100'000;
constexpr Duration clock_skew = seconds(60);

[[noreturn]] void refuse(std::string message) {
  throw Error(ErrorCode::unauthenticated, "invalid_token", std::move(message));
}

std::shared_ptr<EVP_PKEY> public_key(const auth::Jwk& jwk) {
  auto x = from_base64url(jwk.x);
  auto y = from_base64url(jwk.y);
  if (!x || !y || x->size() != coordinate_bytes || y->size() != coordinate_bytes) return nullptr;
  auto point = std::string("\x04") + *x + *y;
  std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(OSSL_PARAM_BLD_new(),
                                                                          OSSL_PARAM_BLD_free);
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> params(OSSL_PARAM_BLD_to_param(builder.get()),
                                                                 OSSL_PARAM_free);
  std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), EVP_PKEY_CTX_free);
  EVP_PKEY* key = nullptr;
  bool made = EVP_PKEY_fromdata_init(context.get()) == 1 &&
              EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) == 1;
  if (!made) return nullptr;
  return {key, EVP_PKEY_free};
}

// A signature of JWS is two numbers side by side; OpenSSL wants them in DER.
std::string to_der(std::string_view raw) {
  auto* bytes = reinterpret_cast<const unsigned char*>(raw.data());
  std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(ECDSA_SIG_new(), ECDSA_SIG_free);
  ECDSA_SIG_set0(signature.get(), BN_bin2bn(bytes, coordinate_bytes, nullptr),
                 BN_bin2bn(bytes + coordinate_bytes, coordinate_bytes, nullptr));
  unsigned char* der = nullptr;
  int length = i2d_ECDSA_SIG(signature.get(), &der);
  if (length <= 0) return {};
  std::string text(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return text;
}

std::optional<JsonDocument> decode_part(std::string_view part) {
  auto text = from_base64url(part);
  if (!text) return std::nullopt;
  try {
    return JsonDocument::parse(*text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

bool is_bearer(std::string_view authorization) {
  return authorization.size() > bearer_scheme.size() &&
         is_same_ascii(authorization.substr(0, bearer_scheme.size()), bearer_scheme);
}

std::string bearer_token(std::string_view authorization) {
  if (authorization.empty()) return {};
  if (!is_bearer(authorization)) refuse("The Authorization header must be: Bearer and an access token.");
  return std::string(authorization.substr(bearer_scheme.size()));
}

void TokenVerifier::set_keys(const std::vector<auth::Jwk>& keys) {
  std::vector<Key> fresh;
  for (const auto& jwk : keys) {
    if (jwk.kty != "EC" || jwk.crv != "P-256" || jwk.alg != "ES256") continue;
    if (auto key = public_key(jwk)) fresh.push_back({jwk.kid, std::move(key)});
  }
  keys_ = std::move(fresh);
}

bool TokenVerifier::is_signed(std::string_view signed_part, std::string_view signature,
                              std::string_view kid) const {
  auto key = std::find_if(keys_.begin(), keys_.end(), [&](const Key& key) { return key.kid == kid; });
  if (key == keys_.end() || signature.size() != 2 * coordinate_bytes) return false;
  auto der = to_der(signature);
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key->key.get()) == 1 &&
         EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(der.data()), der.size(),
                          reinterpret_cast<const unsigned char*>(signed_part.data()),
                          signed_part.size()) == 1;
}

TokenVerifier::VerifiedToken TokenVerifier::check(std::string_view token) const {
  auto first = token.find('.');
  auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    refuse("The access token is not a JWT.");
  }
  auto header = decode_part(token.substr(0, first));
  auto signature = from_base64url(token.substr(second + 1));
  // The algorithm is ours to choose, not the token's.
  bool right_kind = header && header->root()["alg"].text() == "ES256" && signature;
  if (!right_kind || !is_signed(token.substr(0, second), *signature, header->root()["kid"].text())) {
    refuse("The access token is not signed by us.");
  }
  auto document = decode_part(token.substr(first + 1, second - first - 1));
  if (!document) refuse("The access token has no claims.");
  auto claims = document->root();
  if (claims["iss"].text() != "bramble" || claims["aud"].text() != audience_) {
    refuse("The access token is for another place.");
  }
  VerifiedToken verified;
  verified.session.ends_at = Time{claims["exp"].integer() * 1'000'000};
  Time issued{claims["iat"].integer() * 1'000'000};
  if (verified.session.ends_at <= clock_.now()) refuse("The access token has expired.");
  if (issued > clock_.now() + clock_skew) refuse("The access token is from the future.");
  verified.caller.kind = audience_ == "ops" ? CallerKind::staff : CallerKind::buyer;
  verified.caller.id = claims["sub"].text();
  verified.caller.site = claims["site"].text();
  for (auto role : claims["roles"]) verified.caller.roles.emplace_back(role.text());
  if (!UserId::parse(verified.caller.id)) refuse("The access token names nobody.");
  verified.session.id = claims["sid"].text();
  verified.session.began = Time{claims["began_us"].integer()};
  return verified;
}

const TokenVerifier::VerifiedToken& TokenVerifier::verify(const std::string& token) {
  auto now = clock_.now();
  if (auto found = verified_.find(token); found != verified_.end()) {
    if (found->second.session.ends_at > now) return found->second;
    verified_.erase(found);
  }
  if (token.size() > longest_token) refuse("The access token is too long.");
  auto fresh = check(token);
  if (verified_.size() >= most_verified) verified_.clear();
  return verified_.emplace(token, std::move(fresh)).first->second;
}

}  // namespace bramble::edge
