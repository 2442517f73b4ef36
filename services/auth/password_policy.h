// Which passwords may be chosen: long ones that nobody would guess. No rules about kinds of characters.
#pragma once

#include <string>

namespace bramble::auth {

inline constexpr std::size_t shortest_password = 12;  // code points
inline constexpr std::size_t longest_password = 256;  // bytes: more is only work for the hash

// Throws Error invalid that names `field` and says what is wrong. Words like the login are refused, and what
// cracklib's dictionary has, where it is installed.
void check_new_password(const std::string& password, const std::string& login, const std::string& field);

}  // namespace bramble::auth
