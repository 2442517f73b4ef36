// A key and its self-signed certificate for this machine, in files that go with this object.
#pragma once

#include <string>

#include "testing/scratch_folder.h"

namespace bramble {

class Certificate {
 public:
  Certificate();

  std::string certificate_file() const { return folder_.path() + "/certificate.pem"; }
  std::string key_file() const { return folder_.path() + "/key.pem"; }

 private:
  ScratchFolder folder_;
};

}  // namespace bramble
