// SHA-256 of what has passed so far, and ids made of it.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace bramble::importing {

class Digest {
 public:
  Digest();
  void add(std::string_view bytes);
  // Of everything added until now; more may be added afterwards. 64 hexadecimal digits.
  std::string hex() const;

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

// The first `digits` hexadecimal digits of the text's digest.
std::string digest_of(std::string_view text, std::size_t digits = 64);

}  // namespace bramble::importing
