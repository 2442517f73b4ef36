// What auth tells the security log, in the transaction of what it tells of.
#pragma once

#include "ports/database.h"
#include "services/auth/auth.api.h"

namespace bramble::auth {

struct SecurityNote {
  std::string_view kind;
  std::string principal;  // of who did it; empty for a stranger
  std::string subject;
  std::string detail;
};

// `address`: where the request came from; empty for the platform itself.
void tell_security(Tx& tx, std::string address, SecurityNote note);

// "phone …4567": enough to find it again, too little to call it.
std::string phone_end(std::string_view phone);

}  // namespace bramble::auth
