#include "tests/access/forgery.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "base/digest.h"
#include "base/text.h"

namespace bramble::access {
namespace {

constexpr int coordinate_bytes = 32;

std::string decoded(const std::string& part) { return from_base64url(part).value_or(""); }

}  // namespace

TokenParts take_apart(const std::string& token) {
  auto first = token.find('.');
  auto second = token.find('.', first + 1);
  if (second == std::string::npos) throw std::runtime_error("not a token: " + token);
  return {decoded(token.substr(0, first)), decoded(token.substr(first + 1, second - first - 1)),
          decoded(token.substr(second + 1))};
}

std::string put_together(const TokenParts& parts) {
  return to_base64url(parts.header) + "." + to_base64url(parts.claims) + "." + to_base64url(parts.signature);
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  auto at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("there is no " + std::string(from) + " in " + text);
  return text.replace(at, from.size(), to);
}

ForgersKey::ForgersKey() : key_(EVP_EC_gen("P-256"), EVP_PKEY_free) {}

std::string ForgersKey::sign(const std::string& header, const std::string& claims) const {
  auto text = to_base64url(header) + "." + to_base64url(claims);
  std::array<unsigned char, 128> der{};
  std::size_t size = der.size();
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
  EVP_DigestSign(context.get(), der.data(), &size, reinterpret_cast<const unsigned char*>(text.data()),
                 text.size());
  const unsigned char* at = der.data();
  std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)), ECDSA_SIG_free);
  std::string raw(2 * coordinate_bytes, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes, coordinate_bytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes + coordinate_bytes, coordinate_bytes);
  return text + "." + to_base64url(raw);
}

std::string sign_with_secret(const std::string& header, const std::string& claims,
                             const std::string& secret) {
  auto text = to_base64url(header) + "." + to_base64url(claims);
  return text + "." + to_base64url(hmac_sha256(secret, text));
}

std::string pem_of(const std::string& x, const std::string& y) {
  // What stands before the point in the DER of every P-256 key.
  auto der = from_hex("3059301306072a8648ce3d020106082a8648ce3d030107034200").value() + "\x04" + decoded(x) +
             decoded(y);
  auto text = to_base64(der);
  std::string pem = "-----BEGIN PUBLIC KEY-----\n";
  for (std::size_t at = 0; at < text.size(); at += 64) pem += text.substr(at, 64) + "\n";
  return pem + "-----END PUBLIC KEY-----\n";
}

}  // namespace bramble::access
