// An instance with data that bad input could damage: a buyer with a cart and a paid order, and the task to
// pack it. All tests of the program share it.
#pragma once

#include <map>

#include "testing/scratch_folder.h"
#include "tests/harness/people.h"

namespace bramble::input {

class InputFixture {
 public:
  InputFixture();

  const harness::Instance& instance() const { return *instance_; }
  // "storefront", "ops" or "sandbox".
  const std::string& origin(const std::string& gateway) const;
  // The header lines of an account that may do everything there.
  const std::string& credentials(const std::string& gateway) const { return credentials_.at(gateway); }
  // A valid value of a field as JSON, by its path in a body or its name; empty if none is known.
  std::string sample(const std::string& route, const std::string& field) const;

  // A secret that the platform shares with the sandbox.
  std::string secret(const std::string& name) const;
  // Everything that a request could change, as text.
  std::string everything() const;

 private:
  void buy();

  ScratchFolder folder_;
  std::unique_ptr<harness::Instance> instance_;
  std::map<std::string, std::string> credentials_;
  std::map<std::string, std::string> samples_;
};

InputFixture& fixture();

}  // namespace bramble::input
