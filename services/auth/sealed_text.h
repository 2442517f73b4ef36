// Secrets at rest: sealed with a key that is not in the database, and bound to whom they are of.
#pragma once

#include <optional>
#include <string>

#include "ports/clock.h"

namespace bramble::auth {

class Sealer {
 public:
  explicit Sealer(const std::string& key);

  // XChaCha20-Poly1305, base64url.
  std::string seal(Random& random, const std::string& text, const std::string& owner) const;
  // Throws Error internal "sealed_text" for what was not sealed by this key for this owner.
  std::string open(const std::string& sealed, const std::string& owner) const;

 private:
  std::string key_;
};

}  // namespace bramble::auth
