#include "engines/http/compression.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <bit>

#include "base/error.h"

namespace bramble::http {
namespace {

constexpr std::size_t worth_it_bytes = 1 << 10;
constexpr int brotli_quality = 4;
constexpr int gzip_level = 5;
constexpr int gzip_window = 15 + 16;  // 16: with a gzip header
constexpr int gzip_memory = 8;

bool is_text(std::string_view type) {
  type = type.substr(0, type.find(';'));
  return type.starts_with("text/") || type.ends_with("json") || type.ends_with("+xml") ||
         type.ends_with("/xml") || type == "application/javascript" || type == "application/wasm";
}

// zlib's state is 256 KiB: made once a thread and reset for each answer.
class Gzip {
 public:
  Gzip() {
    if (deflateInit2(&state_, gzip_level, Z_DEFLATED, gzip_window, gzip_memory, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw Error(ErrorCode::internal, "internal", "zlib cannot be used");
    }
  }
  ~Gzip() { deflateEnd(&state_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  bool encode(std::string_view text, std::string& out) {
    deflateReset(&state_);
    out.resize(deflateBound(&state_, text.size()));
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    state_.avail_in = static_cast<uInt>(text.size());
    state_.next_out = reinterpret_cast<Bytef*>(out.data());
    state_.avail_out = static_cast<uInt>(out.size());
    bool done = deflate(&state_, Z_FINISH) == Z_STREAM_END;
    out.resize(state_.total_out);
    return done;
  }

 private:
  z_stream state_{};
};

bool encode_brotli(std::string_view text, std::string& out) {
  auto size = BrotliEncoderMaxCompressedSize(text.size());
  out.resize(size);
  // A window no larger than the text spares the encoder megabytes of memory.
  auto window = std::clamp(static_cast<int>(std::bit_width(text.size())), 12, BROTLI_DEFAULT_WINDOW);
  auto done = BrotliEncoderCompress(brotli_quality, window, BROTLI_MODE_TEXT, text.size(),
                                    reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                                    reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(size);
  return done == BROTLI_TRUE;
}

void add_vary(HttpHeaders& headers) {
  auto vary = headers.get("Vary");
  if (vary.find("Accept-Encoding") != std::string_view::npos || vary == "*") return;
  headers.set("Vary", vary.empty() ? "Accept-Encoding" : std::string(vary) + ", Accept-Encoding");
}

// Where parts can be asked for, a strong validator would promise that they fit together. Elsewhere it names a
// version, which a client gives back in If-Match.
void weaken_etag(HttpHeaders& headers) {
  auto etag = headers.get("ETag");
  if (etag.starts_with('"') && headers.has("Accept-Ranges")) headers.set("ETag", "W/" + std::string(etag));
}

}  // namespace

void compress(HttpResponse& response, bool accepts_brotli, bool accepts_gzip) {
  if (response.body.size() <= worth_it_bytes || response.stream) return;
  bool partial = response.status == 206 || response.headers.has("Content-Range");
  if (partial || response.headers.has("Content-Encoding") || !is_text(response.headers.get("Content-Type")))
    return;
  add_vary(response.headers);
  if (!accepts_brotli && !accepts_gzip) return;
  thread_local Gzip gzip;
  std::string encoded;
  bool done = accepts_brotli ? encode_brotli(response.body, encoded) : gzip.encode(response.body, encoded);
  if (!done || encoded.size() >= response.body.size()) return;
  response.body = std::move(encoded);
  response.headers.add("Content-Encoding", accepts_brotli ? "br" : "gzip");
  weaken_etag(response.headers);
}

}  // namespace bramble::http
