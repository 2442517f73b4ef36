#include "engines/http/static_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "engines/http/loopback.h"

namespace bramble::http {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    auto pattern = (fs::temp_directory_path() / "bramble-files-XXXXXX").string();
    root = ::mkdtemp(pattern.data());
    write("outside.txt", "secret");
    write("site/index.html", "<html>");
    write("site/app.txt", "0123456789");
    write("site/.env", "secret");
    write("site/a b.txt", "spaced");
    write("site/assets/index-DkX7_aQ2.js", "code");
    write("site/assets/index-DkX7_aQ2.js.br", "brotli");
    write("site/assets/index-DkX7_aQ2.js.gz", "gzip");
    write("site/assets/my-component.js", "code");
    fs::create_symlink(root / "outside.txt", root / "site" / "link.txt");
    fs::create_directory_symlink(root, root / "site" / "up");
  }
  ~Folder() { fs::remove_all(root); }
  std::string site() const { return (root / "site").string(); }
  void write(const std::string& name, const std::string& text) {
    fs::create_directories((root / name).parent_path());
    std::ofstream(root / name) << text;
  }

  fs::path root;
};

HttpHeaders asked(std::string name, std::string value) {
  HttpHeaders headers;
  headers.add(std::move(name), std::move(value));
  return headers;
}

}  // namespace

TEST(StaticFiles, AreServedWithTheirTypeAndCacheRules) {
  Folder folder;
  StaticFiles files(folder.site());
  auto page = files.find("/", {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->body, "<html>");
  EXPECT_EQ(page->headers.get("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page->headers.get("Cache-Control"), "no-cache");
  EXPECT_EQ(page->headers.get("X-Content-Type-Options"), "nosniff");
  auto hashed = files.find("/assets/index-DkX7_aQ2.js", {});
  EXPECT_EQ(hashed->headers.get("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(hashed->headers.get("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(files.find("/assets/my-component.js", {})->headers.get("Cache-Control"), "no-cache");
  EXPECT_EQ(files.find("/a%20b.txt", {})->body, "spaced");
}

TEST(StaticFiles, NothingOutsideTheFolderIsReached) {
  Folder folder;
  StaticFiles files(folder.site());
  using namespace std::string_literals;
  for (const auto& path : {"/../outside.txt"s,
                           "/..%2foutside.txt"s,
                           "/%2e%2e/outside.txt"s,
                           "/assets/../../outside.txt"s,
                           "/assets/..%2F..%2Foutside.txt"s,
                           "/..%5coutside.txt"s,
                           "/..\\outside.txt"s,
                           "//etc/passwd"s,
                           "/%2Fetc%2Fpasswd"s,
                           "/link.txt"s,
                           "/up/outside.txt"s,
                           "/.env"s,
                           "/./app.txt"s,
                           "/assets/./x"s,
                           "/app.txt%00.html"s,
                           "/app.txt/"s,
                           "/assets"s,
                           "/missing"s,
                           ""s,
                           "app.txt"s,
                           "/%zz"s,
                           "/%"s,
                           "/up"s,
                           "/" + std::string(5000, 'a'),
                           "/" + std::string(300, '/')}) {
    EXPECT_FALSE(files.find(path, {})) << path;
  }
  EXPECT_THROW(StaticFiles("/nowhere/at/all"), Error);
}

TEST(StaticFiles, AreNotSentAgainToWhoHasThem) {
  Folder folder;
  StaticFiles files(folder.site());
  auto etag = std::string(files.find("/app.txt", {})->headers.get("ETag"));
  EXPECT_TRUE(etag.starts_with('"'));
  for (const auto& list : {etag, "W/" + etag, "\"x\", " + etag + " , \"y\"", std::string("*")}) {
    auto answer = files.find("/app.txt", asked("If-None-Match", list));
    EXPECT_EQ(answer->status, 304);
    EXPECT_EQ(answer->body, "");
    EXPECT_EQ(answer->headers.get("ETag"), etag);
  }
  EXPECT_EQ(files.find("/app.txt", asked("If-None-Match", "\"other\""))->status, 200);
  folder.write("site/app.txt", "changed, and longer");
  EXPECT_EQ(files.find("/app.txt", asked("If-None-Match", etag))->status, 200);
}

TEST(StaticFiles, PartsOfThemCanBeAskedFor) {
  Folder folder;
  StaticFiles files(folder.site());
  struct Case {
    std::string range;
    int status;
    std::string body;
    std::string content_range;
  };
  for (const auto& [range, status, body, content_range] :
       std::vector<Case>{{"bytes=2-4", 206, "234", "bytes 2-4/10"},
                         {"bytes=7-", 206, "789", "bytes 7-9/10"},
                         {"bytes=-3", 206, "789", "bytes 7-9/10"},
                         {"bytes=0-99", 206, "0123456789", "bytes 0-9/10"},
                         {"bytes=-99", 206, "0123456789", "bytes 0-9/10"},
                         {"bytes=10-", 416, "", "bytes */10"},
                         {"bytes=-0", 416, "", "bytes */10"},
                         {"bytes=4-2", 200, "0123456789", ""},
                         {"bytes=0-1,3-4", 200, "0123456789", ""},
                         {"bytes=a-b", 200, "0123456789", ""},
                         {"items=0-1", 200, "0123456789", ""},
                         {"bytes=", 200, "0123456789", ""},
                         {"bytes=-", 200, "0123456789", ""},
                         {"bytes=99999999999999999999-", 200, "0123456789", ""},
                         {"bytes=1-x", 200, "0123456789", ""}}) {
    auto answer = files.find("/app.txt", asked("Range", range));
    EXPECT_EQ(answer->status, status) << range;
    EXPECT_EQ(answer->body, body) << range;
    EXPECT_EQ(answer->headers.get("Content-Range"), content_range) << range;
  }
  auto stale = asked("Range", "bytes=0-1");
  stale.add("If-Range", "\"old\"");
  EXPECT_EQ(files.find("/app.txt", stale)->status, 200);
}

TEST(StaticFiles, AreSentPrecompressedWhereThatIsThere) {
  Folder folder;
  StaticFiles files(folder.site());
  auto path = "/assets/index-DkX7_aQ2.js";
  auto brotli = files.find(path, asked("Accept-Encoding", "gzip, br"));
  EXPECT_EQ(brotli->body, "brotli");
  EXPECT_EQ(brotli->headers.get("Content-Encoding"), "br");
  EXPECT_EQ(brotli->headers.get("Vary"), "Accept-Encoding");
  EXPECT_EQ(brotli->headers.get("Content-Type"), "text/javascript; charset=utf-8");
  auto gzip = files.find(path, asked("Accept-Encoding", "gzip"));
  EXPECT_EQ(gzip->body, "gzip");
  EXPECT_NE(gzip->headers.get("ETag"), brotli->headers.get("ETag"));
  auto ranged = asked("Accept-Encoding", "br");
  ranged.add("Range", "bytes=0-0");
  EXPECT_EQ(files.find(path, ranged)->body, "c");
}

TEST(StaticFiles, StandInFrontOfAHandler) {
  Folder folder;
  ServerThread server({}, serve_files(folder.site(), echo));
  Peer peer(server.port);
  EXPECT_EQ(peer.exchange("GET /app.txt HTTP/1.1\r\nHost: a\r\n\r\n").body, "0123456789");
  EXPECT_EQ(peer.exchange("GET /api HTTP/1.1\r\nHost: a\r\n\r\n").body, "GET /api? ");
  EXPECT_EQ(peer.exchange("POST /app.txt HTTP/1.1\r\nHost: a\r\n\r\n").body, "POST /app.txt? ");
  peer.send("HEAD /app.txt HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(peer.read_answer(false).has("Content-Length: 10\r\n"));
  EXPECT_EQ(peer.exchange("GET /../outside.txt HTTP/1.1\r\nHost: a\r\n\r\n").body, "GET /../outside.txt? ");
}

}  // namespace bramble::http
