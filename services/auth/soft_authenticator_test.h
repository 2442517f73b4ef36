// An authenticator made of software, for tests: makes keys of each kind and signs as the W3C's WebAuthn says.
#pragma once

#include <memory>
#include <string>

struct evp_pkey_st;

namespace bramble::auth {

enum class KeyKind { es256, eddsa, rs256 };

class SoftAuthenticator {
 public:
  SoftAuthenticator(KeyKind kind, std::string rp_id, std::string credential_id);

  std::string registration_data() const;  // authenticator data with the new credential
  std::string assertion_data(std::uint32_t count) const;
  std::string sign(const std::string& authenticator_data, const std::string& client_data) const;
  const std::string& credential_id() const { return credential_id_; }

  unsigned char flags = 0x05;  // the user is present and verified

 private:
  std::string cose_key() const;

  KeyKind kind_;
  std::string rp_id_;
  std::string credential_id_;
  std::shared_ptr<evp_pkey_st> key_;
};

// "webauthn.create" or "webauthn.get".
std::string client_data(const std::string& type, const std::string& challenge, const std::string& origin);

}  // namespace bramble::auth
