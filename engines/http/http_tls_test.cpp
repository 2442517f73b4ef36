#include <gtest/gtest.h>

#include <openssl/ssl.h>

#include "base/error.h"
#include "engines/http/loopback.h"
#include "testing/certificate.h"

namespace bramble::http {
namespace {

HttpListen with(const Certificate& certificate) {
  HttpListen listen;
  listen.tls_certificate_file = certificate.certificate_file();
  listen.tls_key_file = certificate.key_file();
  return listen;
}

// A blocking TLS client over a Peer's socket.
class TlsPeer {
 public:
  explicit TlsPeer(std::uint16_t port, int highest = TLS1_3_VERSION)
      : peer_(port), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_max_proto_version(context_, highest);
    SSL_CTX_set_security_level(context_, 0);
    SSL_CTX_set_alpn_protos(context_, reinterpret_cast<const unsigned char*>("\x02h2\x08http/1.1"), 12);
    session_ = SSL_new(context_);
    SSL_set_fd(session_, peer_.fd());
    connected = SSL_connect(session_) == 1;
  }
  ~TlsPeer() {
    SSL_free(session_);
    SSL_CTX_free(context_);
  }
  void send(std::string_view bytes) { SSL_write(session_, bytes.data(), static_cast<int>(bytes.size())); }
  std::string read_all() {
    std::string text;
    std::array<char, 16384> bytes;
    for (int count; (count = SSL_read(session_, bytes.data(), bytes.size())) > 0;)
      text.append(bytes.data(), count);
    clean_end = SSL_get_error(session_, 0) == SSL_ERROR_ZERO_RETURN;
    return text;
  }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(session_, &name, &length);
    return {reinterpret_cast<const char*>(name), length};
  }
  std::string version() const { return SSL_get_version(session_); }

  bool connected = false;
  bool clean_end = false;

 private:
  Peer peer_;
  SSL_CTX* context_;
  SSL* session_ = nullptr;
};

constexpr std::string_view last_get = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

}  // namespace

TEST(HttpTls, ServesTheSameOverTls) {
  Certificate certificate;
  ServerThread server(with(certificate), [](HttpRequest request) {
    request.query = request.secure ? "secure" : "bare";
    return echo(std::move(request));
  });
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsPeer peer(server.port, version);
    ASSERT_TRUE(peer.connected);
    EXPECT_EQ(peer.version(), version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
    EXPECT_EQ(peer.protocol(), "http/1.1");
    std::string large(200'000, 'x');
    peer.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    peer.send("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(large.size()) + "\r\n\r\n" +
              large);
    peer.send(last_get);
    auto text = peer.read_all();
    EXPECT_NE(text.find("GET /a?secure"), std::string::npos);
    EXPECT_NE(text.find("POST /b?secure " + large), std::string::npos);
    EXPECT_NE(text.find("GET /last?secure"), std::string::npos);
    EXPECT_NE(text.find("Strict-Transport-Security: max-age="), std::string::npos);
    EXPECT_TRUE(peer.clean_end);
  }
}

TEST(HttpTls, SendsLargeAnswersAndStreams) {
  Certificate certificate;
  ServerThread server(with(certificate), [](HttpRequest request) -> Task<HttpResponse> {
    HttpResponse response;
    response.body.assign(5'000'000, 'y');
    if (request.path == "/stream") {
      response.stream = [](HttpStream& stream) -> Task<void> {
        for (int i = 0; i < 20; ++i) co_await stream.write(std::string(100'000, 'z'));
      };
    }
    co_return response;
  });
  TlsPeer whole(server.port);
  whole.send(last_get);
  EXPECT_NE(whole.read_all().find("\r\n\r\n" + std::string(5'000'000, 'y')), std::string::npos);
  TlsPeer stream(server.port);
  stream.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
  auto text = stream.read_all();
  EXPECT_EQ(std::count(text.begin(), text.end(), 'z'), 2'000'000);
  EXPECT_TRUE(text.ends_with("0\r\n\r\n"));
}

TEST(HttpTls, RefusesOldVersionsAndWhatIsNotTls) {
  Certificate certificate;
  auto listen = with(certificate);
  listen.limits.request_ms = 150;
  ServerThread server(listen, echo);
  EXPECT_FALSE(TlsPeer(server.port, TLS1_1_VERSION).connected);
  Peer bare(server.port);
  bare.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(bare.read_all().find("HTTP/1.1"), std::string::npos);
  Peer silent(server.port);
  EXPECT_EQ(silent.read_all(), "");
  EXPECT_TRUE(server.becomes([&] { return server.stats->open == 0; }));
  EXPECT_EQ(server.seen().requests, 0U);
}

TEST(HttpTls, OurClientTrustsOnlyKnownAuthorities) {
  Certificate certificate;
  ServerThread server(with(certificate), echo);
  EventThread thread;
  auto client = thread.call([&] { return make_http_client(thread.executor()); });
  HttpClientRequest request;
  request.url = "https://127.0.0.1:" + std::to_string(server.port) + "/";
  EXPECT_THROW(thread.run(client->send(request)), Error);
  thread.call([&] {
    client = make_http_client(thread.executor(), {.authorities_file = certificate.certificate_file()});
  });
  EXPECT_EQ(thread.run(client->send(request)).status, 200);
  thread.call([&] { client.reset(); });
}

TEST(HttpTls, SaysWhenItsFilesCannotBeUsed) {
  Certificate certificate;
  Certificate other;
  EventThread thread;
  auto wrong_key = with(certificate);
  wrong_key.tls_key_file = other.key_file();
  EXPECT_THROW(listen_http(thread.executor(), wrong_key, echo), Error);
  auto missing = with(certificate);
  missing.tls_certificate_file += ".missing";
  EXPECT_THROW(listen_http(thread.executor(), missing, echo), Error);
  auto half = with(certificate);
  half.tls_certificate_file.clear();
  EXPECT_THROW(listen_http(thread.executor(), half, echo), Error);
}

}  // namespace bramble::http
