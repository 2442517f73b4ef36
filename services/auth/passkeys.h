// What a browser's WebAuthn answers are checked for (level 2): that they are for our origin and this
// challenge, and signed by the key. Attestation is not asked for, so that any authenticator may be used. No
// I/O.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bramble::auth {

// Where passkeys are for. Browsers know no passkeys of bare addresses: then there is no relying party.
struct RelyingParty {
  std::string origin;  // "https://ops.example"
  std::string id;      // its host
};
std::optional<RelyingParty> relying_party_of(const std::string& origin);

struct PublicKey {
  std::int64_t algorithm = 0;  // COSE: -7 ES256, -8 EdDSA, -257 RS256
  std::string bytes;           // as libfido2 keeps it
};

struct Registration {
  std::string credential_id;
  PublicKey key;
  std::uint32_t sign_count = 0;
};

// `client_data`: the JSON that the authenticator has signed; `challenge`: base64url. Nothing if anything is
// not as it should be.
std::optional<Registration> check_registration(const RelyingParty& party, std::string_view challenge,
                                               const std::string& client_data,
                                               const std::string& authenticator_data);
// The authenticator's count of signatures.
std::optional<std::uint32_t> check_assertion(const RelyingParty& party, std::string_view challenge,
                                             const PublicKey& key, const std::string& client_data,
                                             const std::string& authenticator_data,
                                             const std::string& signature);

// Whether the authenticator says that it has made sure of who used it.
bool is_user_verified(const std::string& authenticator_data);

// Whether a count may follow another: authenticators that count never repeat, others always say zero.
bool is_next_count(std::uint32_t last, std::uint32_t next);

}  // namespace bramble::auth
