#include "engines/files/file_blobs.h"

#include <fstream>

#include "testing/blobs/blobs_contract.h"
#include "testing/scratch_folder.h"

namespace bramble {
namespace {

class FileBlobsWorld : public BlobsWorld {
 public:
  FileBlobsWorld() { reopen(); }
  BlobStore& blobs() override { return *blobs_; }
  void reopen() override {
    blobs_.reset();
    blobs_ = std::make_unique<FileBlobs>(folder_.path());
  }

  ScratchFolder folder_;
  std::unique_ptr<FileBlobs> blobs_;
};

INSTANTIATE_TEST_SUITE_P(Files, BlobsContract, testing::Values([]() -> std::unique_ptr<BlobsWorld> {
                           return std::make_unique<FileBlobsWorld>();
                         }));

TEST(FileBlobs, WhatAnInterruptedPutLeftIsRemovedAtTheStart) {
  FileBlobsWorld world;
  auto left = std::filesystem::path(world.folder_.path()) / "unfinished" / "7";
  std::ofstream(left) << "half";
  world.reopen();
  EXPECT_FALSE(std::filesystem::exists(left));
}

}  // namespace
}  // namespace bramble
