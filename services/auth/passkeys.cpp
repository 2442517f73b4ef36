#include "services/auth/passkeys.h"

#include <arpa/inet.h>
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <array>
#include <memory>

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "runtime/json/json.h"

namespace bramble::auth {
namespace {

constexpr std::array<int, 3> algorithms{COSE_ES256, COSE_EDDSA, COSE_RS256};
constexpr std::size_t party_hash_bytes = 32;
constexpr unsigned char user_present = 1;
constexpr unsigned char user_verified = 4;
constexpr std::size_t longest_part = 4'096;
constexpr std::size_t longest_credential_id = 1'023;

struct Freer {
  void operator()(fido_cred_t* cred) const { ::fido_cred_free(&cred); }
  void operator()(fido_assert_t* assertion) const { ::fido_assert_free(&assertion); }
  void operator()(es256_pk_t* key) const { ::es256_pk_free(&key); }
  void operator()(eddsa_pk_t* key) const { ::eddsa_pk_free(&key); }
  void operator()(rs256_pk_t* key) const { ::rs256_pk_free(&key); }
};
template <class T>
using Owned = std::unique_ptr<T, Freer>;

void need_fido() {
  static const bool ready = [] {
    ::fido_init(0);
    return true;
  }();
  (void)ready;
}

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

bool is_client_data(const std::string& text, std::string_view type, std::string_view challenge,
                    const std::string& origin) {
  if (text.empty() || text.size() > longest_part) return false;
  try {
    auto document = JsonDocument::parse(text);
    auto root = document.root();
    return root["type"].text() == type && equal_constant_time(root["challenge"].text(), challenge) &&
           root["origin"].text() == origin && !root["crossOrigin"].boolean();
  } catch (const Error&) {
    return false;
  }
}

bool is_for(const RelyingParty& party, const std::string& authenticator_data) {
  return authenticator_data.size() > party_hash_bytes && authenticator_data.size() <= longest_part &&
         authenticator_data.compare(0, party_hash_bytes, sha256(party.id)) == 0 &&
         (static_cast<unsigned char>(authenticator_data[party_hash_bytes]) & user_present) != 0;
}

template <class Key, class Make, class Read>
bool verify_with(const fido_assert_t* assertion, const PublicKey& key, Make make, Read read) {
  Owned<Key> made(make());
  return made && read(made.get(), key.bytes.data(), key.bytes.size()) == FIDO_OK &&
         ::fido_assert_verify(assertion, 0, static_cast<int>(key.algorithm), made.get()) == FIDO_OK;
}

bool verify(const fido_assert_t* assertion, const PublicKey& key) {
  switch (key.algorithm) {
    case COSE_ES256: return verify_with<es256_pk_t>(assertion, key, ::es256_pk_new, ::es256_pk_from_ptr);
    case COSE_EDDSA: return verify_with<eddsa_pk_t>(assertion, key, ::eddsa_pk_new, ::eddsa_pk_from_ptr);
    case COSE_RS256: return verify_with<rs256_pk_t>(assertion, key, ::rs256_pk_new, ::rs256_pk_from_ptr);
    default: return false;
  }
}

bool is_address(const std::string& host) {
  std::array<unsigned char, 16> bytes{};
  return host.starts_with('[') || ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1;
}

}  // namespace

std::optional<RelyingParty> relying_party_of(const std::string& origin) {
  auto scheme = origin.find("://");
  if (scheme == std::string::npos) return std::nullopt;
  RelyingParty party{origin.substr(0, origin.find('/', scheme + 3)), {}};
  auto host = party.origin.substr(scheme + 3);
  if (is_address(host.substr(0, host.find(':')))) return std::nullopt;
  party.id = host.substr(0, host.find(':'));
  bool safe = origin.starts_with("https://") || party.id == "localhost";
  return safe && !party.id.empty() ? std::optional(party) : std::nullopt;
}

std::optional<Registration> check_registration(const RelyingParty& party, std::string_view challenge,
                                               const std::string& client_data,
                                               const std::string& authenticator_data) {
  need_fido();
  bool ours = is_client_data(client_data, "webauthn.create", challenge, party.origin) &&
              is_for(party, authenticator_data);
  if (!ours) return std::nullopt;
  for (auto algorithm : algorithms) {
    Owned<fido_cred_t> cred(::fido_cred_new());
    bool read = cred && ::fido_cred_set_type(cred.get(), algorithm) == FIDO_OK &&
                ::fido_cred_set_authdata_raw(cred.get(), bytes_of(authenticator_data),
                                             authenticator_data.size()) == FIDO_OK;
    if (!read || ::fido_cred_pubkey_ptr(cred.get()) == nullptr) continue;
    auto id_size = ::fido_cred_id_len(cred.get());
    if (id_size == 0 || id_size > longest_credential_id) return std::nullopt;
    Registration made;
    made.credential_id.assign(reinterpret_cast<const char*>(::fido_cred_id_ptr(cred.get())), id_size);
    made.key.algorithm = algorithm;
    made.key.bytes.assign(reinterpret_cast<const char*>(::fido_cred_pubkey_ptr(cred.get())),
                          ::fido_cred_pubkey_len(cred.get()));
    made.sign_count = ::fido_cred_sigcount(cred.get());
    return made;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> check_assertion(const RelyingParty& party, std::string_view challenge,
                                             const PublicKey& key, const std::string& client_data,
                                             const std::string& authenticator_data,
                                             const std::string& signature) {
  need_fido();
  bool ours = is_client_data(client_data, "webauthn.get", challenge, party.origin) &&
              is_for(party, authenticator_data) && !signature.empty() && signature.size() <= longest_part;
  if (!ours) return std::nullopt;
  auto hash = sha256(client_data);
  Owned<fido_assert_t> assertion(::fido_assert_new());
  auto* one = assertion.get();
  bool good = one != nullptr && ::fido_assert_set_count(one, 1) == FIDO_OK &&
              ::fido_assert_set_clientdata_hash(one, bytes_of(hash), hash.size()) == FIDO_OK &&
              ::fido_assert_set_rp(one, party.id.c_str()) == FIDO_OK &&
              ::fido_assert_set_up(one, FIDO_OPT_TRUE) == FIDO_OK &&
              ::fido_assert_set_authdata_raw(one, 0, bytes_of(authenticator_data),
                                             authenticator_data.size()) == FIDO_OK &&
              ::fido_assert_set_sig(one, 0, bytes_of(signature), signature.size()) == FIDO_OK &&
              verify(one, key);
  if (!good) return std::nullopt;
  return ::fido_assert_sigcount(one, 0);
}

bool is_user_verified(const std::string& authenticator_data) {
  return authenticator_data.size() > party_hash_bytes &&
         (static_cast<unsigned char>(authenticator_data[party_hash_bytes]) & user_verified) != 0;
}

bool is_next_count(std::uint32_t last, std::uint32_t next) { return (last == 0 && next == 0) || next > last; }

}  // namespace bramble::auth
