// The HTTP ports: requests and responses as values, a server that calls one handler, and a client.
// Server promise: the server enforces every limit of HttpLimits before the handler runs, and answers a
// request over a limit with problem+json (400, 408, 413, 414, 431). An exception of the handler becomes the
// response for its Error and never ends the process. When the server stops, accepted requests are finished.
// Every response has the headers against content sniffing and framing and, over TLS, HSTS. Client promise:
// `send` returns the whole response, or throws Error unavailable (not connected, or cut off) or timeout. It
// follows no redirects. It sends a request twice only if it is a GET on a kept connection that turned out to
// be closed.
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

// HSTS of every response over TLS: browsers use only TLS with this host for a year.
constexpr std::string_view http_hsts = "max-age=31536000; includeSubDomains";

// Header fields in order. Names are compared without case. Values have no line breaks.
class HttpHeaders {
 public:
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  void set(std::string_view name, std::string value);
  // Returns the first value, or an empty text.
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
  std::string path;    // percent-encoded, without the query
  std::string query;   // after the '?', percent-encoded
  HttpHeaders headers;
  std::string body;
  std::string remote_address;  // of the client, not of a trusted proxy: "127.0.0.1"
  bool secure = false;         // the client uses TLS
};

// The body of a streamed response. `write` returns when the bytes were handed to the network. It throws Error
// unavailable when the client is gone.
class HttpStream {
 public:
  virtual ~HttpStream() = default;
  virtual Task<void> write(std::string bytes) = 0;
  // True once the client is gone or the server stops: the handler then ends its stream.
  virtual bool closed() const = 0;
  // `notify` is called once, on the stream's executor, when `closed` becomes true: the handler can then stop
  // waiting for events.
  virtual void on_closed(std::function<void()> notify) = 0;
};

struct HttpResponse {
  int status = 200;
  HttpHeaders headers;
  std::string body;
  // Set for a response without a known end (server-sent events). It is sent chunked, and `body` is ignored.
  std::function<Task<void>(HttpStream&)> stream;
};

using HttpHandler = std::function<Task<HttpResponse>(HttpRequest)>;

struct HttpLimits {
  std::size_t body_bytes = 1 << 20;
  std::size_t header_bytes = 16 << 10;
  std::size_t url_bytes = 8 << 10;
  int request_ms = 30'000;  // for a request to arrive as a whole; then 408, and the connection is closed
  int idle_ms = 75'000;     // for a kept-alive connection without a request; then it is closed
  std::size_t connections = 10'000;
  std::size_t connections_per_address = 0;  // per IPv4 address or IPv6 /64; 0: no limit
  // So many of the connections are reserved for requests below `urgent_path` and for probes. Once only those
  // are left, other requests are refused. Streams may use half of the unreserved connections.
  std::size_t urgent_connections = 0;
  int urgent_ms = 5'000;  // for a request on a reserved connection to arrive as a whole
};

// The header that our proxies set. The other one comes from the client and is ignored.
enum class ForwardedHeader { x_forwarded_for, forwarded };

struct ProxyRules {
  std::vector<IpNetwork> trusted;  // proxies whose headers about their clients are believed
  ForwardedHeader header = ForwardedHeader::x_forwarded_for;
  bool protocol = false;  // every connection comes from a trusted proxy and begins with the PROXY protocol
};

struct HttpListen {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the system chooses one (HttpServer::port)
  HttpLimits limits;
  std::string tls_certificate_file;  // PEM; both files or neither
  std::string tls_key_file;
  ProxyRules proxies;
  std::string urgent_path;     // "/hooks/"; empty: no request is urgent
  bool limit_loopback = true;  // connections_per_address also counts this machine's connections
  bool compress = true;        // brotli or gzip, if the client accepts it, for text responses over 1 KiB
};

// Counters of a server since it started. Only its thread writes them; other threads may read slightly old
// values.
struct HttpServerStats {
  std::uint64_t accepted = 0;      // connections
  std::uint64_t turned_away = 0;   // connections refused over the limit
  std::uint64_t over_address = 0;  // of those: over the limit of their address
  std::uint64_t made_room = 0;     // idle connections closed to make room for new ones
  std::uint64_t open = 0;          // open connections
  std::uint64_t requests = 0;      // passed to the handler
  std::uint64_t refused = 0;       // requests that the server refused: malformed, too large, too slow
  std::uint64_t streams = 0;       // open streams
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
};

class HttpServer {
 public:
  virtual ~HttpServer() = default;
  virtual std::uint16_t port() const = 0;
  // Null if the engine does not count.
  virtual std::shared_ptr<const HttpServerStats> stats() const { return nullptr; }
  // Stops accepting, closes idle connections and streams, and returns when all requests in progress are
  // answered, or after `patience`.
  virtual Task<void> stop(Duration patience) = 0;
};

struct HttpClientRequest {
  std::string method = "GET";
  std::string url;
  HttpHeaders headers;
  std::string body;
  Duration timeout = seconds(10);  // of the whole exchange
};

// Counters of a client since it started, as HttpServerStats.
struct HttpClientStats {
  std::uint64_t requests = 0;
  std::uint64_t failed = 0;
  std::uint64_t in_hand = 0;      // in progress, or waiting for a connection
  std::uint64_t connections = 0;  // opened
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Null if the engine does not count.
  virtual std::shared_ptr<const HttpClientStats> stats() const { return nullptr; }
  virtual Task<HttpResponse> send(HttpClientRequest request) = 0;
};

}  // namespace bramble
