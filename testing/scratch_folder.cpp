#include "testing/scratch_folder.h"

#include <stdlib.h>

#include <filesystem>
#include <system_error>

namespace bramble {

ScratchFolder::ScratchFolder()
    : path_((std::filesystem::temp_directory_path() / "bramble_test.XXXXXX").string()) {
  if (mkdtemp(path_.data()) == nullptr) throw std::system_error(errno, std::generic_category(), path_);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace bramble
