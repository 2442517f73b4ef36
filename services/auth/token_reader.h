// Reads access tokens in tests as any other service would: with nothing but the published keys.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "runtime/json/json.h"
#include "services/auth/auth.api.h"

namespace bramble::auth {

// Whether the signature "r then s" of the text is by the key, by OpenSSL.
inline bool is_signed_by(const Jwk& jwk, const std::string& text, const std::string& raw) {
  auto point = "\x04" + *from_base64url(jwk.x) + *from_base64url(jwk.y);
  auto* builder = OSSL_PARAM_BLD_new();
  OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  auto* params = OSSL_PARAM_BLD_to_param(builder);
  auto* making = EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr);
  EVP_PKEY* key = nullptr;
  bool made = EVP_PKEY_fromdata_init(making) == 1 &&
              EVP_PKEY_fromdata(making, &key, EVP_PKEY_PUBLIC_KEY, params) == 1;
  auto* bytes = reinterpret_cast<const unsigned char*>(raw.data());
  auto* signature = ECDSA_SIG_new();
  bool good = false;
  if (made && raw.size() == 64) {
    ECDSA_SIG_set0(signature, BN_bin2bn(bytes, 32, nullptr), BN_bin2bn(bytes + 32, 32, nullptr));
    unsigned char* der = nullptr;
    int size = i2d_ECDSA_SIG(signature, &der);
    auto* checking = EVP_MD_CTX_new();
    good = EVP_DigestVerifyInit(checking, nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(checking, der, static_cast<std::size_t>(size),
                            reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
    EVP_MD_CTX_free(checking);
    OPENSSL_free(der);
  }
  ECDSA_SIG_free(signature);
  EVP_PKEY_free(key);
  EVP_PKEY_CTX_free(making);
  OSSL_PARAM_free(params);
  OSSL_PARAM_BLD_free(builder);
  return good;
}

// The claims of a token that one of the keys has signed, and its key's id.
struct ReadToken {
  std::string kid;
  JsonDocument claims;
};

inline std::optional<ReadToken> read_token(const std::string& token, const std::vector<Jwk>& keys) {
  auto first = token.find('.');
  auto second = token.find('.', first + 1);
  if (second == std::string::npos) return std::nullopt;
  auto header = JsonDocument::parse(*from_base64url(token.substr(0, first)));
  auto signature = from_base64url(token.substr(second + 1));
  if (header.root()["alg"].text() != "ES256" || !signature) return std::nullopt;
  for (const auto& key : keys) {
    if (key.kid != header.root()["kid"].text()) continue;
    if (!is_signed_by(key, token.substr(0, second), *signature)) return std::nullopt;
    auto claims = *from_base64url(token.substr(first + 1, second - first - 1));
    return ReadToken{key.kid, JsonDocument::parse(claims)};
  }
  return std::nullopt;
}

}  // namespace bramble::auth
