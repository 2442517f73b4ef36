// The data folder is its owner's alone: it holds phones, orders, codes and keys. What is made by this process
// is so from the start (umask); what others may read already is refused, since it may have been read.
#pragma once

#include <optional>
#include <string>

namespace bramble {

// From now on whatever this process makes is its owner's alone.
void make_files_private();

// Makes the folder, mode 0700, if it is not there; takes others' rights from one that is there and empty.
// Throws Error unavailable where that cannot be done.
void make_private_folder(const std::string& folder);

// What of the folder, its databases and its secrets others may read or write, as one line that says what to
// do; nothing if there is nothing. What lies deeper is behind the folder's own door.
std::optional<std::string> open_to_others(const std::string& folder);

// A file with secrets in it, mode 0600: whole or not at all. Throws Error unavailable that names the path.
void write_private_file(const std::string& path, const std::string& text);

}  // namespace bramble
