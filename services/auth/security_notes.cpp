#include "services/auth/security_notes.h"

namespace bramble::auth {

void tell_security(Tx& tx, std::string address, SecurityNote note) {
  SecurityNoted noted;
  noted.about = !note.principal.empty() ? note.principal : !note.subject.empty() ? note.subject : "-";
  noted.kind = note.kind;
  noted.principal = std::move(note.principal);
  noted.address = std::move(address);
  noted.subject = std::move(note.subject);
  noted.detail = std::move(note.detail);
  noted.at = tx.now();
  tx.publish(noted);
}

std::string phone_end(std::string_view phone) {
  constexpr std::size_t shown = 4;
  return "phone …" + std::string(phone.substr(phone.size() > shown ? phone.size() - shown : 0));
}

}  // namespace bramble::auth
