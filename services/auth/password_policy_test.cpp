#include "services/auth/password_policy.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace bramble::auth {
namespace {

std::string verdict(const std::string& password) {
  try {
    check_new_password(password, "anna.petrova", "new_password");
    return "good";
  } catch (const Error& error) {
    EXPECT_EQ(error.code, ErrorCode::invalid);
    EXPECT_EQ(error.fields.front().field, "new_password");
    return error.fields.front().code;
  }
}

TEST(PasswordPolicy, AsksForLengthAndNotForKindsOfCharacters) {
  for (const char* good : {"correct horse battery staple", "шесть слов подряд", "kxwbqzhtpmvd",
                           "tX9pLmQz72kd", "a long password", "          x2Fb!"}) {
    EXPECT_EQ(verdict(good), "good") << good;
  }
  EXPECT_EQ(verdict("tX9pLmQz72k"), "too_short");
  EXPECT_EQ(verdict("двенадцатая"), "too_short") << "code points, not bytes";
  EXPECT_EQ(verdict(std::string(40, 'a') + "bcdef" + std::string(212, 'x')), "too_long");
  EXPECT_EQ(verdict("tX9pLmQz72k\xff"), "malformed");
}

TEST(PasswordPolicy, RefusesWhatOthersWouldTryFirst) {
  for (const char* common :
       {"aaaaaaaaaaaa", "123456789012", "abcdefghijkl", "210987654321", "qwertyuiopas", "1q2w3e4r5t6y",
        "passwordpassword", "password1234", "Password2026!", "bramble12345", "anna.petrova1",
        "ANNA.PETROVA26", "constitutional1", "ababababababab", "1qaz2wsx3edc"}) {
    EXPECT_EQ(verdict(common), "too_common") << common;
  }
}

}  // namespace
}  // namespace bramble::auth
