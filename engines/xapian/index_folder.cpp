#include "engines/xapian/index_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "base/error.h"

namespace bramble::xapian {
namespace {

namespace fs = std::filesystem;
constexpr const char* name_file = "live";
constexpr const char* stem = "index-";

void sync_path(const fs::path& path) {
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

bool is_database_name(const std::string& name) {
  auto number = name.substr(std::min(name.size(), std::string(stem).size()));
  return name.starts_with(stem) && !number.empty() &&
         number.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

IndexFolder::IndexFolder(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
  std::ifstream(folder_ / name_file) >> live_;
  if (!is_database_name(live_)) {
    live_ = std::string(stem) + "1";
    make_live(live());
  }
}

std::string IndexFolder::fresh() const {
  auto number = std::stoull(live_.substr(std::string(stem).size())) + 1;
  auto path = folder_ / (stem + std::to_string(number));
  fs::remove_all(path);
  return path.string();
}

void IndexFolder::make_live(const std::string& path) {
  auto name = fs::path(path).filename().string();
  auto beside = folder_ / (std::string(name_file) + ".new");
  std::ofstream(beside, std::ios::trunc) << name << "\n";
  sync_path(beside);
  std::error_code failed;
  fs::rename(beside, folder_ / name_file, failed);
  if (failed)
    throw Error(ErrorCode::unavailable, "index_not_written",
                "cannot write " + (folder_ / name_file).string());
  sync_path(folder_);
  live_ = name;
}

void IndexFolder::remove_others() const {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    auto name = entry.path().filename().string();
    if (is_database_name(name) && name != live_) fs::remove_all(entry.path(), ignored);
  }
}

void IndexFolder::remove(const std::string& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

}  // namespace bramble::xapian
