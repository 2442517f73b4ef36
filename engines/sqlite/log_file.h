// A file system for SQLite's writer that brings the frames of a commit to the log in one write. SQLite itself
// writes each page's header and the page: two system calls a page, some eighty a commit.
#pragma once

namespace bramble::sqlite {

// Its name, for sqlite3_open_v2. Registered with the first call. What was written is with the operating
// system before a sync, a read, or anything else that looks at the file; readers of the log look no further
// than its last synced commit.
const char* gathering_files();

}  // namespace bramble::sqlite
