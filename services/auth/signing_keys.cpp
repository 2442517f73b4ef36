#include "services/auth/signing_keys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>

#include <array>

#include "base/error.h"
#include "base/text.h"

namespace bramble::auth {
namespace {

constexpr std::size_t coordinate_bytes = 32;

[[noreturn]] void broken(std::string_view what) {
  throw Error(ErrorCode::internal, "signing_failed", "OpenSSL could not " + std::string(what));
}

template <class T, void (*release)(T*)>
struct Releaser {
  void operator()(T* thing) const { release(thing); }
};
using Number = std::unique_ptr<BIGNUM, Releaser<BIGNUM, BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Releaser<EC_GROUP, EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Releaser<EC_POINT, EC_POINT_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Releaser<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Releaser<OSSL_PARAM, OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX, EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Releaser<ECDSA_SIG, ECDSA_SIG_free>>;

// 512 bits reduced modulo the group's order: without a bias that matters.
Number private_scalar(const std::string& seed, std::int64_t number, const EC_GROUP* group) {
  auto text = "bramble access token key " + std::to_string(number);
  std::array<unsigned char, 64> digest{};
  unsigned length = 0;
  HMAC(EVP_sha512(), seed.data(), static_cast<int>(seed.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length);
  Number wide(BN_bin2bn(digest.data(), static_cast<int>(length), nullptr));
  Number scalar(BN_new());
  std::unique_ptr<BN_CTX, Releaser<BN_CTX, BN_CTX_free>> scratch(BN_CTX_new());
  if (BN_mod(scalar.get(), wide.get(), EC_GROUP_get0_order(group), scratch.get()) != 1 ||
      BN_is_zero(scalar.get())) {
    broken("derive a key");
  }
  return scalar;
}

std::array<unsigned char, 1 + 2 * coordinate_bytes> public_point(const EC_GROUP* group,
                                                                 const BIGNUM* scalar) {
  Point point(EC_POINT_new(group));
  std::array<unsigned char, 1 + 2 * coordinate_bytes> bytes{};
  bool done = EC_POINT_mul(group, point.get(), scalar, nullptr, nullptr, nullptr) == 1 &&
              EC_POINT_point2oct(group, point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(),
                                 bytes.size(), nullptr) == bytes.size();
  if (!done) broken("derive a key");
  return bytes;
}

std::shared_ptr<EVP_PKEY> make_key(const BIGNUM* scalar, const std::array<unsigned char, 65>& point) {
  Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar);
  Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, params.get()) != 1) {
    broken("make a key");
  }
  return {key, EVP_PKEY_free};
}

// JWS wants the two numbers side by side, OpenSSL gives them in DER.
std::string raw_signature(EVP_PKEY* key, const std::string& text) {
  DigestContext context(EVP_MD_CTX_new());
  std::array<unsigned char, 128> der{};
  std::size_t size = der.size();
  bool done = EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
              EVP_DigestSign(context.get(), der.data(), &size,
                             reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
  if (!done) broken("sign");
  const unsigned char* at = der.data();
  Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  std::string raw(2 * coordinate_bytes, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes, coordinate_bytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes + coordinate_bytes, coordinate_bytes);
  return raw;
}

}  // namespace

const SigningKeys::Key& SigningKeys::key_of(std::int64_t number) {
  for (const auto& key : keys_) {
    if (key.number == number) return key;
  }
  Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  auto scalar = private_scalar(seed_, number, group.get());
  auto point = public_point(group.get(), scalar.get());
  Key key;
  key.number = number;
  key.key = make_key(scalar.get(), point);
  auto* bytes = reinterpret_cast<const char*>(point.data());
  key.jwk = {"EC",
             "P-256",
             to_base64url({bytes + 1, coordinate_bytes}),
             to_base64url({bytes + 1 + coordinate_bytes, coordinate_bytes}),
             "k" + std::to_string(number),
             "ES256",
             "sig"};
  key.header = to_base64url(R"({"alg":"ES256","typ":"JWT","kid":")" + key.jwk.kid + "\"}");
  if (keys_.size() >= 4) keys_.erase(keys_.begin());
  keys_.push_back(std::move(key));
  return keys_.back();
}

std::string SigningKeys::sign(const std::string& claims, Time now) {
  const auto& key = key_of(number_at(now));
  auto text = key.header + "." + to_base64url(claims);
  auto signature = raw_signature(key.key.get(), text);
  return text + "." + to_base64url(signature);
}

std::vector<Jwk> SigningKeys::jwks(Time now) {
  std::vector<Jwk> found;
  for (auto number = number_at(now) - 1; number <= number_at(now) + 1; ++number)
    found.push_back(key_of(number).jwk);
  return found;
}

}  // namespace bramble::auth
