#include "services/security/chain.h"

#include "base/digest.h"

namespace bramble::security {

std::string hash_of(const Entry& entry) {
  std::string text;
  auto add = [&](const std::string& field) {
    text.append(std::to_string(field.size())).append(":").append(field);
  };
  add(entry.prev_hash);
  add(std::to_string(entry.seq));
  add(std::to_string(entry.at.us));
  add(entry.kind);
  add(entry.principal);
  add(entry.address);
  add(entry.subject);
  add(entry.detail);
  add(std::to_string(entry.times));
  return sha256_hex(text);
}

}  // namespace bramble::security
