#include "services/auth/soft_authenticator_test.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <stdexcept>

#include "base/digest.h"

namespace bramble::auth {
namespace {

constexpr unsigned char attested = 0x40;

EVP_PKEY* make_key(KeyKind kind) {
  switch (kind) {
    case KeyKind::es256: return EVP_EC_gen("P-256");
    case KeyKind::eddsa: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    case KeyKind::rs256: return EVP_RSA_gen(2'048);
  }
  return nullptr;
}

std::string number_of(EVP_PKEY* key, const char* name, int bytes) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) throw std::runtime_error("no such number in the key");
  std::string text(static_cast<std::size_t>(bytes), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(text.data()), bytes);
  BN_free(number);
  return text;
}

std::string raw_public(EVP_PKEY* key) {
  std::string text(32, '\0');
  std::size_t size = text.size();
  EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(text.data()), &size);
  return text;
}

std::string big_endian(std::uint32_t number, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>((number >> (8 * i)) & 0xFF);
  return text;
}

template <std::size_t N>
std::string literal(const char (&bytes)[N]) {
  return {bytes, N - 1};
}

}  // namespace

SoftAuthenticator::SoftAuthenticator(KeyKind kind, std::string rp_id, std::string credential_id)
    : kind_(kind),
      rp_id_(std::move(rp_id)),
      credential_id_(std::move(credential_id)),
      key_(make_key(kind), EVP_PKEY_free) {}

// CBOR maps of RFC 9053, written by hand.
std::string SoftAuthenticator::cose_key() const {
  auto* key = key_.get();
  switch (kind_) {
    case KeyKind::es256:
      return literal("\xA5\x01\x02\x03\x26\x20\x01\x21\x58\x20") +
             number_of(key, OSSL_PKEY_PARAM_EC_PUB_X, 32) + literal("\x22\x58\x20") +
             number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32);
    case KeyKind::eddsa: return literal("\xA4\x01\x01\x03\x27\x20\x06\x21\x58\x20") + raw_public(key);
    case KeyKind::rs256:
      return literal("\xA4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00") +
             number_of(key, OSSL_PKEY_PARAM_RSA_N, 256) + literal("\x21\x43") +
             number_of(key, OSSL_PKEY_PARAM_RSA_E, 3);
  }
  return {};
}

std::string SoftAuthenticator::registration_data() const {
  return sha256(rp_id_) + static_cast<char>(flags | attested) + big_endian(0, 4) + std::string(16, '\0') +
         big_endian(static_cast<std::uint32_t>(credential_id_.size()), 2) + credential_id_ + cose_key();
}

std::string SoftAuthenticator::assertion_data(std::uint32_t count) const {
  return sha256(rp_id_) + static_cast<char>(flags) + big_endian(count, 4);
}

std::string SoftAuthenticator::sign(const std::string& authenticator_data,
                                    const std::string& client_data) const {
  auto text = authenticator_data + sha256(client_data);
  std::string signature(512, '\0');
  std::size_t size = signature.size();
  auto* context = EVP_MD_CTX_new();
  const auto* digest = kind_ == KeyKind::eddsa ? nullptr : EVP_sha256();
  bool done = EVP_DigestSignInit(context, nullptr, digest, nullptr, key_.get()) == 1 &&
              EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                             reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
  EVP_MD_CTX_free(context);
  if (!done) throw std::runtime_error("the soft authenticator could not sign");
  signature.resize(size);
  return signature;
}

std::string client_data(const std::string& type, const std::string& challenge, const std::string& origin) {
  return R"({"type":")" + type + R"(","challenge":")" + challenge + R"(","origin":")" + origin +
         R"(","crossOrigin":false})";
}

}  // namespace bramble::auth
