// Blobs as files below one folder. A put writes a new file, syncs it, renames it into place and syncs the
// folder, so an object is there whole or not at all, also after a power cut. Files are read and written on a
// thread of its own, in the order of the calls; at most 1,000 wait.
#pragma once

#include <filesystem>
#include <memory>

#include "ports/blobs.h"

namespace bramble {

class FileBlobs final : public BlobStore {
 public:
  // Makes the folder if it is not there, and removes what an interrupted put left.
  explicit FileBlobs(std::filesystem::path folder);
  ~FileBlobs() override;

  Task<void> put(const Call& call, std::string key, BlobObject object) override;
  Task<std::optional<BlobObject>> get(const Call& call, std::string key) override;
  Task<void> remove(const Call& call, std::string key) override;

 private:
  class Worker;

  std::filesystem::path path_of(const std::string& key) const;
  void write(const std::filesystem::path& path, const BlobObject& object);

  std::filesystem::path folder_;
  std::uint64_t writes_ = 0;  // of the worker's thread
  std::unique_ptr<Worker> worker_;
};

}  // namespace bramble
