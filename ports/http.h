// HTTP as the platform sees it: requests and answers as values, a server that calls one handler, a client.
// Server promise: every limit of HttpLimits is enforced before the handler runs, each broken one answered
// with problem+json (408, 413, 414, 431, 400); a handler's exception becomes the answer for its Error and
// never closes the process; accepted requests are finished when the server stops. Every answer, refusals
// too, forbids guessing its type and being framed, and over TLS says so for the future (HSTS).
// Client promise: answers with the whole response, or throws Error: unavailable (not connected, cut off) or
// timeout. It follows no redirects and sends nothing twice but a GET whose kept connection proved dead.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/call.h"
#include "base/ip_address.h"
#include "base/task.h"

namespace bramble {

// What every answer over TLS says: this host is not to be asked in the clear for a year.
constexpr std::string_view http_hsts = "max-age=31536000; includeSubDomains";

// Header fields in order; names compare without case. Values hold no line breaks.
class HttpHeaders {
 public:
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  void set(std::string_view name, std::string value);
  // The first value, or empty.
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const;
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  std::size_t size() const { return fields_.size(); }
  void reserve(std::size_t count) { fields_.reserve(count); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct HttpRequest {
  std::string method;  // "GET"
  std::string path;    // still percent-encoded, without the query
  std::string query;   // after the '?', still encoded
  HttpHeaders headers;
  std::string body;
  std::string remote_address;  // the client's, also behind a trusted proxy: "127.0.0.1"
  bool secure = false;         // the client came over TLS
};

// Where a streamed answer goes. `write` returns when the bytes were handed to the network and throws Error
// unavailable when the client is gone.
class HttpStream {
 public:
  virtual ~HttpStream() = default;
  virtual Task<void> write(std::string bytes) = 0;
  // True once the client has gone or the server is stopping: a source of events then ends its stream.
  virtual bool closed() const = 0;
  // Called once when `closed` becomes true, on the stream's executor; so a source that waits for news can
  // stop waiting.
  virtual void on_closed(std::function<void()> notify) = 0;
};

struct HttpResponse {
  int status = 200;
  HttpHeaders headers;
  std::string body;
  // Set for an answer without an end known now (server-sent events): sent chunked, `body` is then ignored.
  std::function<Task<void>(HttpStream&)> stream;
};

using HttpHandler = std::function<Task<HttpResponse>(HttpRequest)>;

struct HttpLimits {
  std::size_t body_bytes = 1 << 20;
  std::size_t header_bytes = 16 << 10;
  std::size_t url_bytes = 8 << 10;
  int request_ms = 30'000;  // a request not whole by then is answered 408 and the connection closed
  int idle_ms = 75'000;     // a kept-alive connection without a request is closed
  std::size_t connections = 10'000;
  std::size_t connections_per_address = 0;  // of an IPv6 /64 and of an IPv4 address; 0: as many as they like
  // Of the connections, so many are only for requests below `urgent_path`, or for probes; whoever comes last
  // and wants something else is told that there are too many. Streams may have half of the others.
  std::size_t urgent_connections = 0;
  int urgent_ms = 5'000;  // such a request is to be whole by then
};

// The one header that our proxies set; another of that kind is the client's own and means nothing.
enum class ForwardedHeader { x_forwarded_for, forwarded };

struct ProxyRules {
  std::vector<IpNetwork> trusted;  // whose word about their clients is taken
  ForwardedHeader header = ForwardedHeader::x_forwarded_for;
  bool protocol = false;  // every connection begins with the PROXY protocol, and comes from a trusted proxy
};

struct HttpListen {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the system chooses; see HttpServer::port
  HttpLimits limits;
  std::string tls_certificate_file;  // PEM; both or neither
  std::string tls_key_file;
  ProxyRules proxies;
  std::string urgent_path;     // "/hooks/"; empty: none is
  bool limit_loopback = true;  // count this machine's connections, too
  bool compress = true;        // gzip or brotli for text answers over 1 KiB, as the client accepts
};

// What a server has done since it began. Written by its thread only; another may read a slightly old value.
struct HttpServerStats {
  std::uint64_t accepted = 0;      // connections
  std::uint64_t turned_away = 0;   // connections over the limit
  std::uint64_t over_address = 0;  // of them: over the limit of their address
  std::uint64_t made_room = 0;     // idle connections closed to make room for new ones
  std::uint64_t open = 0;          // connections now
  std::uint64_t requests = 0;      // given to the handler
  std::uint64_t refused = 0;       // requests answered by the server itself: malformed, too large, too slow
  std::uint64_t streams = 0;       // streamed answers now
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
};

class HttpServer {
 public:
  virtual ~HttpServer() = default;
  virtual std::uint16_t port() const = 0;
  // Null if it does not count.
  virtual std::shared_ptr<const HttpServerStats> stats() const { return nullptr; }
  // Stops accepting, closes idle connections and streams, and returns when the requests under way were
  // answered or the time is over.
  virtual Task<void> stop(Duration patience) = 0;
};

struct HttpClientRequest {
  std::string method = "GET";
  std::string url;
  HttpHeaders headers;
  std::string body;
  Duration timeout = seconds(10);  // of the whole exchange
};

// What a client has done since it began; as HttpServerStats.
struct HttpClientStats {
  std::uint64_t requests = 0;
  std::uint64_t failed = 0;
  std::uint64_t in_hand = 0;      // under way, or waiting for a connection
  std::uint64_t connections = 0;  // opened since the start
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Null if it does not count.
  virtual std::shared_ptr<const HttpClientStats> stats() const { return nullptr; }
  virtual Task<HttpResponse> send(HttpClientRequest request) = 0;
};

}  // namespace bramble
