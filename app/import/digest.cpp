#include "app/import/digest.h"

#include <array>

#include "base/error.h"
#include "base/text.h"

namespace bramble::importing {
namespace {

void must(int done) {
  if (done != 1) throw Error(ErrorCode::internal, "digest", "OpenSSL cannot make a SHA-256");
}

std::string finish(EVP_MD_CTX* context) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
  unsigned size = 0;
  must(EVP_DigestFinal_ex(context, bytes.data(), &size));
  return to_hex({reinterpret_cast<const char*>(bytes.data()), size});
}

}  // namespace

Digest::Digest() : context_(EVP_MD_CTX_new()) {
  must(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr));
}

void Digest::add(std::string_view bytes) {
  must(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string Digest::hex() const {
  std::unique_ptr<EVP_MD_CTX, Free> copy(EVP_MD_CTX_new());
  must(EVP_MD_CTX_copy_ex(copy.get(), context_.get()));
  return finish(copy.get());
}

std::string digest_of(std::string_view text, std::size_t digits) {
  Digest digest;
  digest.add(text);
  return digest.hex().substr(0, digits);
}

}  // namespace bramble::importing
