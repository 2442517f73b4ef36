// The folder of an index: databases in sub-folders "index-1", "index-2", …, and a file that names the live
// one. Always true: the file names a database that was complete when it was named.
#pragma once

#include <filesystem>
#include <string>

namespace bramble::xapian {

class IndexFolder {
 public:
  // Makes the folder if need be, and removes what no file names.
  explicit IndexFolder(std::filesystem::path folder);

  std::string live() const { return (folder_ / live_).string(); }
  // The place for a database that is not there yet.
  std::string fresh() const;
  // Makes the database last got from `fresh` the live one, durably; the earlier one stays until
  // `remove_others`.
  void make_live(const std::string& path);
  void remove_others() const;
  static void remove(const std::string& path);

 private:
  std::filesystem::path folder_;
  std::string live_;
};

}  // namespace bramble::xapian
