// The accounts of staff, as admins and the command line keep them. Whatever ends or narrows an account ends
// its sessions, too.
#pragma once

#include "services/auth/staff_desk.h"

namespace bramble::auth {

class StaffOffice {
 public:
  explicit StaffOffice(StaffDesk& desk) : parts_(desk.parts()), desk_(desk) {}

  Task<User> put(Call call, PutStaffRequest request);
  Task<FirstAdminReply> first_admin(Call call, FirstAdminRequest request);
  Task<ListStaffReply> list(Call call, ListStaffRequest request);
  Task<HandedPassword> add(Call call, AddStaffRequest request);
  Task<StaffAccount> set_roles(Call call, SetStaffRolesRequest request);
  Task<StaffAccount> disable(Call call, StaffRequest request);
  Task<StaffAccount> enable(Call call, StaffRequest request);
  Task<HandedPassword> reset_password(Call call, StaffRequest request);
  Task<StaffAccount> reset_factors(Call call, StaffRequest request);

 private:
  struct Handed {
    std::string password;
    std::string hash;
  };

  void check_is_admin(const Call& call) const;
  void check_is_another(const Call& call, const UserId& user) const;
  void check_not_last_admin(Tx& tx, const UserId& user) const;
  [[noreturn]] void refuse_login() const;
  void check_is_free(Tx& tx, const std::string& login, const UserId& by_other_than) const;
  StaffRow find(Tx& tx, const UserId& user) const;
  Task<Handed> make_password(Call call);
  StaffRow new_account(Tx& tx, const std::string& login, const std::string& hash) const;
  HandedPassword handed(const StaffRow& staff, const std::string& password) const;
  void end_sessions(Tx& tx, const UserId& user) const;
  StaffAccount account(Tx& tx, const StaffRow& staff) const;
  void note(Tx& tx, const Call& call, std::string_view kind, const StaffRow& staff, std::string what) const;

  const StaffParts& parts_;
  StaffDesk& desk_;
  StaffStore store_;
  FactorStore factors_;
};

}  // namespace bramble::auth
