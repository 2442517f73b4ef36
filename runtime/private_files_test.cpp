#include "runtime/private_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "testing/scratch_folder.h"

namespace bramble {
namespace {

namespace fs = std::filesystem;

class PrivateFiles : public testing::Test {
 protected:
  std::string make(const std::string& name, mode_t mode) {
    auto path = data_ + "/" + name;
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path) << "x";
    ::chmod(path.c_str(), mode);
    return path;
  }
  mode_t mode() const {
    struct stat state {};
    return ::stat(data_.c_str(), &state) == 0 ? state.st_mode & 07777U : 0;
  }

  ScratchFolder folder_;
  std::string data_ = folder_.path() + "/data";
};

TEST_F(PrivateFiles, AFolderThatIsMadeOrWasMadeReadyIsItsOwnersAlone) {
  make_private_folder(data_);
  EXPECT_EQ(mode(), 0700u);
  ::chmod(data_.c_str(), 0755);
  make_private_folder(data_);
  EXPECT_EQ(mode(), 0700u) << "nothing was in it";
  make("orders.db", 0600);
  ::chmod(data_.c_str(), 0755);
  make_private_folder(data_);
  EXPECT_EQ(mode(), 0755u) << "somebody may have read what is in it, and its owner has to know";
}

TEST_F(PrivateFiles, WhatOthersMayReadIsNamedWithWhatToDo) {
  make_private_folder(data_);
  make("orders.db", 0600);
  make("secrets/key", 0600);
  ::chmod((data_ + "/secrets").c_str(), 0700);
  make("serve.log", 0644);
  EXPECT_EQ(open_to_others(data_), std::nullopt) << "what somebody else put there is theirs";
  auto wal = make("orders.db-wal", 0640);
  EXPECT_EQ(open_to_others(data_), wal + " is open to others (mode 0640): run chmod -R go-rwx " + data_ +
                                       ", and change the secrets if somebody may have read them");
  ::chmod(wal.c_str(), 0600);
  auto key = make("secrets/key", 0604);
  EXPECT_EQ(open_to_others(data_)->find(key), 0u);
  ::chmod(key.c_str(), 0600);
  ::chmod(data_.c_str(), 0710);
  EXPECT_EQ(open_to_others(data_)->find(data_ + " is open to others (mode 0710)"), 0u);
  EXPECT_EQ(open_to_others(folder_.path() + "/none"), std::nullopt);
}

TEST_F(PrivateFiles, AFolderThatCannotBeMadeIsAnError) {
  std::ofstream(folder_.path() + "/file") << "x";
  EXPECT_THROW(make_private_folder(folder_.path() + "/file/data"), Error);
}

}  // namespace
}  // namespace bramble
