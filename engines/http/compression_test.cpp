#include "engines/http/compression.h"

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "engines/http/loopback.h"
#include "ports/http_encoding.h"

namespace bramble::http {
namespace {

HttpResponse text_answer(std::size_t bytes, std::string type = "application/json") {
  HttpResponse response;
  response.headers.add("Content-Type", std::move(type));
  while (response.body.size() < bytes) response.body += "{\"name\":\"value\"},";
  response.body.resize(bytes);
  return response;
}

std::string gunzip(const std::string& bytes) {
  z_stream state{};
  inflateInit2(&state, 15 + 16);
  std::string text(1 << 20, '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  state.avail_in = static_cast<uInt>(bytes.size());
  state.next_out = reinterpret_cast<Bytef*>(text.data());
  state.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&state, Z_FINISH), Z_STREAM_END);
  text.resize(state.total_out);
  inflateEnd(&state);
  return text;
}

std::string unbrotli(const std::string& bytes) {
  std::string text(1 << 20, '\0');
  auto size = text.size();
  EXPECT_EQ(BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                    reinterpret_cast<std::uint8_t*>(text.data())),
            BROTLI_DECODER_RESULT_SUCCESS);
  text.resize(size);
  return text;
}

}  // namespace

TEST(AcceptEncoding, IsReadWithItsWeights) {
  struct Case {
    std::string_view value;
    bool brotli;
    bool gzip;
  };
  const std::vector<Case> cases = {
      {"", false, false},
      {"identity", false, false},
      {"gzip", false, true},
      {"GZIP, BR", true, true},
      {"gzip;q=0, br", true, false},
      {"br;q=0.000,gzip;q=0.1", false, true},
      {"*", true, true},
      {"*;q=0", false, false},
      {"br;q=0, *", false, true},
      {" gzip ; q=1.0 ,deflate", false, true},
      {"brotli, gzipped", false, false},
      {",,;,;q=0", false, false},
  };
  for (const auto& [value, brotli, gzip] : cases) {
    auto accepted = parse_accept_encoding(value);
    EXPECT_EQ(accepted.brotli, brotli) << value;
    EXPECT_EQ(accepted.gzip, gzip) << value;
  }
}

TEST(Compression, WhatIsCompressedReadsTheSame) {
  for (std::size_t bytes : {std::size_t(1025), std::size_t(20'000), std::size_t(700'000)}) {
    auto plain = text_answer(bytes);
    auto gzipped = plain;
    compress(gzipped, false, true);
    EXPECT_EQ(gzipped.headers.get("Content-Encoding"), "gzip");
    EXPECT_EQ(gunzip(gzipped.body), plain.body);
    auto brotli = plain;
    compress(brotli, true, true);
    EXPECT_EQ(brotli.headers.get("Content-Encoding"), "br");
    EXPECT_EQ(unbrotli(brotli.body), plain.body);
    EXPECT_LT(brotli.body.size(), plain.body.size() / 2);
  }
}

TEST(Compression, OnlyWhatIsWorthItIsCompressed) {
  auto is_compressed = [](HttpResponse response) {
    compress(response, true, true);
    return response.headers.has("Content-Encoding");
  };
  EXPECT_FALSE(is_compressed(text_answer(1024)));
  EXPECT_FALSE(is_compressed(text_answer(5000, "image/png")));
  EXPECT_FALSE(is_compressed(text_answer(5000, "")));
  for (std::string type :
       {"text/html; charset=utf-8", "image/svg+xml", "application/problem+json", "text/javascript"}) {
    EXPECT_TRUE(is_compressed(text_answer(5000, type))) << type;
  }
  auto partial = text_answer(5000);
  partial.status = 206;
  EXPECT_FALSE(is_compressed(partial));
  auto noise = text_answer(5000);
  std::uint32_t state = 1;
  for (auto& c : noise.body) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  EXPECT_FALSE(is_compressed(noise));
}

TEST(Compression, TellsCachesThatTheAnswerDependsOnTheClient) {
  auto response = text_answer(5000);
  response.headers.add("Vary", "Cookie");
  response.headers.add("ETag", "\"1\"");
  auto plain = response;
  compress(plain, false, false);
  EXPECT_EQ(plain.headers.get("Vary"), "Cookie, Accept-Encoding");
  EXPECT_EQ(plain.headers.get("ETag"), "\"1\"");
  auto file = response;
  compress(response, false, true);
  EXPECT_EQ(response.headers.get("ETag"), "\"1\"");
  file.headers.add("Accept-Ranges", "bytes");
  compress(file, false, true);
  response = file;
  EXPECT_EQ(response.headers.get("Vary"), "Cookie, Accept-Encoding");
  EXPECT_EQ(response.headers.get("ETag"), "W/\"1\"");
  auto done_already = text_answer(5000);
  done_already.headers.add("Content-Encoding", "zstd");
  compress(done_already, true, true);
  EXPECT_EQ(done_already.headers.get("Content-Encoding"), "zstd");
}

TEST(Compression, HappensWhenAsked) {
  auto plain = text_answer(5000);
  ServerThread server({}, [&](HttpRequest) -> Task<HttpResponse> { co_return plain; });
  Peer peer(server.port);
  EXPECT_EQ(peer.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body, plain.body);
  EXPECT_EQ(gunzip(peer.exchange("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n").body),
            plain.body);
  EXPECT_EQ(unbrotli(peer.exchange("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\n\r\n").body),
            plain.body);
  HttpListen without;
  without.compress = false;
  ServerThread bare(without, [&](HttpRequest) -> Task<HttpResponse> { co_return plain; });
  Peer other(bare.port);
  EXPECT_EQ(other.exchange("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n").body, plain.body);
}

}  // namespace bramble::http
