#include "engines/files/file_blobs.h"

#include <cstdlib>
#include <fstream>

#include "testing/blobs/blobs_contract.h"

namespace bramble {
namespace {

class FileBlobsWorld : public BlobsWorld {
 public:
  FileBlobsWorld() {
    folder_ = ::mkdtemp(folder_.data());
    reopen();
  }
  ~FileBlobsWorld() override {
    blobs_.reset();
    std::filesystem::remove_all(folder_);
  }
  BlobStore& blobs() override { return *blobs_; }
  void reopen() override {
    blobs_.reset();
    blobs_ = std::make_unique<FileBlobs>(folder_);
  }

  std::string folder_ = std::filesystem::temp_directory_path() / "file_blobs_XXXXXX";
  std::unique_ptr<FileBlobs> blobs_;
};

INSTANTIATE_TEST_SUITE_P(Files, BlobsContract, testing::Values([]() -> std::unique_ptr<BlobsWorld> {
                           return std::make_unique<FileBlobsWorld>();
                         }));

TEST(FileBlobs, WhatAnInterruptedPutLeftIsRemovedAtTheStart) {
  FileBlobsWorld world;
  auto left = std::filesystem::path(world.folder_) / "unfinished" / "7";
  std::ofstream(left) << "half";
  world.reopen();
  EXPECT_FALSE(std::filesystem::exists(left));
}

}  // namespace
}  // namespace bramble
