// What every engine of the blob store port promises, as tests. An engine's test includes this once and
// instantiates BlobsContract with a maker of its worlds.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "base/error.h"
#include "ports/blobs.h"
#include "testing/run.h"

namespace bramble {

class BlobsWorld {
 public:
  virtual ~BlobsWorld() = default;
  virtual BlobStore& blobs() = 0;
  virtual void reopen() = 0;  // as after a restart of the process
};

class BlobsContract : public testing::TestWithParam<std::function<std::unique_ptr<BlobsWorld>()>> {
 protected:
  void put(const std::string& key, BlobObject object) {
    run_sync(world_->blobs().put(call_, key, std::move(object)));
  }
  std::optional<BlobObject> get(const std::string& key) { return run_sync(world_->blobs().get(call_, key)); }
  void remove(const std::string& key) { run_sync(world_->blobs().remove(call_, key)); }

  std::unique_ptr<BlobsWorld> world_ = GetParam()();
  Call call_ = system_call("test", Time{INT64_MAX});
};

TEST_P(BlobsContract, WhatWasNeverPutIsNotThere) { EXPECT_FALSE(get("nothing")); }

TEST_P(BlobsContract, BytesAndContentTypeAreKeptAlsoOverARestart) {
  std::string bytes("\0\n\xff", 3);
  for (int times = 0; times < 16; ++times) bytes += bytes;
  put("images/a-1_B.png", {bytes, "image/png"});
  put("empty", {"", ""});
  world_->reopen();
  auto image = get("images/a-1_B.png");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->bytes, bytes);
  EXPECT_EQ(image->content_type, "image/png");
  ASSERT_TRUE(get("empty"));
  EXPECT_EQ(get("empty")->bytes, "");
}

TEST_P(BlobsContract, ASecondPutReplacesAndARemoveRemoves) {
  put("a", {"long first text", "text/plain"});
  put("a", {"second", "text/html"});
  EXPECT_EQ(get("a")->bytes, "second");
  EXPECT_EQ(get("a")->content_type, "text/html");
  remove("a");
  EXPECT_FALSE(get("a"));
  remove("a");
}

TEST_P(BlobsContract, OneKeyMayBeTheBeginningOfAnother) {
  put("a", {"1", ""});
  put("a/b", {"2", ""});
  put("a/b/c", {"3", ""});
  EXPECT_EQ(get("a")->bytes, "1");
  EXPECT_EQ(get("a/b")->bytes, "2");
  EXPECT_EQ(get("a/b/c")->bytes, "3");
}

TEST_P(BlobsContract, AReaderSeesAWholeObjectWhileItIsReplaced) {
  put("a", {std::string(100'000, '0'), ""});
  bool torn = false;
  auto write = [&](char digit) -> Task<void> {
    BlobObject object{std::string(100'000, digit), ""};
    co_await world_->blobs().put(call_, "a", std::move(object));
  };
  auto read = [&]() -> Task<void> {
    auto object = co_await world_->blobs().get(call_, "a");
    torn = torn || !object || object->bytes != std::string(100'000, object->bytes[0]);
  };
  std::vector<Task<void>> tasks;
  for (char digit = '1'; digit <= '9'; ++digit) {
    tasks.push_back(write(digit));
    tasks.push_back(read());
  }
  run_sync(all(std::move(tasks)));
  EXPECT_FALSE(torn);
}

TEST_P(BlobsContract, KeysThatLeaveTheStoreAreRefused) {
  for (const char* key : {"", "/etc/passwd", "../a", "a/../b", "a b", "a%b", "a\nb", "ä"}) {
    EXPECT_THROW(put(key, {"x", ""}), Error) << key;
    EXPECT_THROW(get(key), Error) << key;
    EXPECT_THROW(remove(key), Error) << key;
  }
  EXPECT_THROW(get(std::string(201, 'a')), Error);
  put(std::string(200, 'a'), {"x", ""});
  EXPECT_THROW(put("a", {"x", "text/plain\nevil"}), Error);
}

}  // namespace bramble
