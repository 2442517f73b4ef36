// The data folder is private to its owner: it contains phones, orders, codes and keys. This process makes
// private files from the start (umask). It refuses a folder that others can read, because somebody may have
// read it.
#pragma once

#include <optional>
#include <string>

namespace bramble {

// From now on, all files of this process are private to its owner.
void make_files_private();

// Makes the folder with mode 0700 if it is missing, and removes others' rights from an empty one. Throws
// Error unavailable if that fails.
void make_private_folder(const std::string& folder);

// Which of the folder, its databases and its secrets others can read or write, as one line with the remedy;
// nullopt if none. Deeper files are protected by the folder itself.
std::optional<std::string> open_to_others(const std::string& folder);

// Writes a file of secrets, mode 0600, as a whole or not at all. Throws Error unavailable that names the
// path.
void write_private_file(const std::string& path, const std::string& text);

}  // namespace bramble
