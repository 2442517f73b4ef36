#include "services/auth/totp.h"

#include <liboath/oath.h>

#include <array>
#include <cstdlib>

#include "base/error.h"
#include "base/text.h"

namespace bramble::auth {
namespace {

constexpr unsigned step_s = 30;
constexpr unsigned digits = 6;

void need_oath() {
  static const int ready = ::oath_init();
  if (ready != OATH_OK) throw Error(ErrorCode::internal, "oath", "liboath cannot be used");
}

std::string code_of(const std::string& secret, std::int64_t step) {
  std::array<char, digits + 1> code{};
  auto done = ::oath_totp_generate(secret.data(), secret.size(), static_cast<time_t>(step * step_s), step_s,
                                   0, digits, code.data());
  if (done != OATH_OK) throw Error(ErrorCode::internal, "oath", "liboath could not make a code");
  return code.data();
}

}  // namespace

std::optional<std::int64_t> totp_step_of(const std::string& secret, const std::string& code, Time now,
                                         std::int64_t last_step) {
  need_oath();
  auto present = now.us / 1'000'000 / step_s;
  std::optional<std::int64_t> found;
  for (auto step = present - 1; step <= present + 1; ++step) {
    if (equal_constant_time(code_of(secret, step), code) && step > last_step) found = step;
  }
  return found;
}

std::string to_base32(const std::string& bytes) {
  char* text = nullptr;
  std::size_t size = 0;
  if (::oath_base32_encode(bytes.data(), bytes.size(), &text, &size) != OATH_OK)
    throw Error(ErrorCode::internal, "oath", "liboath could not write base 32");
  std::string found(text, size);
  ::free(text);
  found.erase(found.find_last_not_of('=') + 1);
  return found;
}

std::string otpauth_uri(const std::string& issuer, const std::string& login, const std::string& secret) {
  auto name = percent_encode(issuer);
  return "otpauth://totp/" + name + ":" + percent_encode(login) + "?secret=" + to_base32(secret) +
         "&issuer=" + name + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace bramble::auth
