// Access tokens as somebody would make them who has no key of ours.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace bramble::access {

struct TokenParts {
  std::string header;  // JSON
  std::string claims;
  std::string signature;  // bytes
};

TokenParts take_apart(const std::string& token);
std::string put_together(const TokenParts& parts);

// A text with one member's value put in place of another: `"alg":"ES256"` by `"alg":"none"`.
std::string with(std::string text, std::string_view from, std::string_view to);

// A key of the forger's own, of the right kind.
class ForgersKey {
 public:
  ForgersKey();
  std::string sign(const std::string& header, const std::string& claims) const;

 private:
  std::shared_ptr<evp_pkey_st> key_;
};

// HS256, with whatever is known of our public key as the secret.
std::string sign_with_secret(const std::string& header, const std::string& claims, const std::string& secret);

// The public key of a JWK's coordinates as PEM.
std::string pem_of(const std::string& x, const std::string& y);

}  // namespace bramble::access
