// One connection of a server: reads requests, has them handled one after another, writes the answers in
// order. Everything happens on the server's thread. A handler that has begun is never cut short, whatever the
// client does.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "engines/http/answer_text.h"
#include "engines/http/http_server.h"
#include "engines/http/input_buffer.h"
#include "engines/http/request_reader.h"
#include "engines/http/tls_session.h"

namespace bramble::http {

class Connection;

// What the connections of a server share.
struct ServerState {
  HttpListen listen;
  HttpHandler handler;
  std::shared_ptr<HttpServerStats> stats;
  std::shared_ptr<TlsContext> tls;
  std::list<Connection*> connections;  // but for those in `idle`
  std::list<Connection*> idle;         // waiting for another request; the longest first
  std::unordered_map<std::string, std::size_t> by_address;
  std::function<void()> on_empty;  // called when the last connection has gone
  std::int64_t now_ms = 0;         // of the steady clock, as of the last tick
  // In this tick there was nobody with more connections than one who had so many.
  std::int64_t fair_at_ms = -1;
  std::size_t fair_to = 0;
  std::string date;
  std::string spare_output;  // memory for the next answer, wherever it comes from
  bool stopping = false;

  bool empty() const { return connections.empty() && idle.empty(); }
  // How many a peer has whose connections are limited.
  std::size_t connections_of(const IpAddress& peer) const { return connections_of(name_of(peer)); }
  std::size_t connections_of(const std::string& name) const;
  // In `by_address`; empty for one that is not counted.
  std::string name_of(const IpAddress& peer) const;
  // Whose place a newcomer gets when all are taken; nobody's if they all have a better right to it.
  Connection* who_gives_way(const IpAddress& newcomer);
  bool is_urgent(std::string_view path) const;
  std::size_t most_streams() const;
};

class Connection : public std::enable_shared_from_this<Connection>, private HttpStream {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  Connection(std::shared_ptr<ServerState> server, Socket socket, const IpAddress& peer);
  ~Connection() override;

  // The whole life of the connection. Of one that has come into the room of urgent requests: it may make one
  // such request.
  Task<void> run(bool urgent_only);
  // The whole life of one connection too many: is told so, and closed.
  Task<void> turn_away();
  // Ends it for somebody else; not while an answer is being made.
  void give_way();
  bool may_give_way() const;
  const std::string& counted_as() const { return counted_as_; }

  // Ends what has lasted too long.
  void sweep(std::int64_t now_ms);
  // Ends an idle connection and lets a busy one end after its answer.
  void begin_stop();
  void abort();

 private:
  enum class Phase { waiting, reading, handling, writing, streaming, closing };

  Task<bool> read_proxy_header();
  Task<bool> read_request();
  Task<void> refuse(RequestError refusal);
  Task<void> answer();
  Task<void> answer_stream(HttpResponse response);
  Task<void> close_gently();
  void close_now();
  Task<bool> fill();
  bool take_received(std::size_t count);
  bool take(std::string_view bytes);

  // Sends `out_` and then `tail` as far as the socket takes them now. True: everything was taken, or never
  // will be.
  bool send_now(std::string_view& tail);
  Task<void> send_rest(std::string_view tail);
  void encrypt(std::string_view& tail);
  void flush_while_handling();
  void borrow_output();
  void set_peer(const IpAddress& peer);
  void leave_address();
  void become_idle(bool idle);
  void say_who_asks(HttpRequest& request);
  void set_deadline(std::int64_t ms) { deadline_ms_ = server_->now_ms + ms; }
  AnswerForm form(bool keep_alive) const;

  // HttpStream
  Task<void> write(std::string bytes) override;
  bool closed() const override { return client_gone_ || broken_ || server_->stopping; }
  void on_closed(std::function<void()> notify) override;
  void watch_client();
  bool watch_tls(std::size_t count);
  void notify_closed();

  std::shared_ptr<ServerState> server_;
  std::list<Connection*>::iterator place_;
  Socket socket_;
  IpAddress peer_;  // behind a proxy that speaks the PROXY protocol: its client
  std::string remote_address_;
  bool peer_is_proxy_ = false;  // a trusted one
  std::string counted_as_;      // in ServerState::by_address; empty: it is not
  RequestReader reader_;
  InputBuffer in_;
  std::string out_;       // answers not yet sent
  std::string wire_;      // with TLS: the same, encrypted
  std::size_t sent_ = 0;  // how much of the one that goes to the socket is sent
  std::unique_ptr<TlsSession> tls_;
  std::unique_ptr<char[]> cipher_in_;
  std::unique_ptr<char[]> watched_;
  std::function<void()> notify_closed_;
  std::int64_t deadline_ms_ = 0;  // 0: none
  Phase phase_ = Phase::waiting;
  bool served_ = false;
  bool secure_ = false;  // the client of the request at hand came over TLS
  bool urgent_only_ = false;
  bool idle_ = false;  // in ServerState::idle
  bool leaving_ = false;
  bool timed_out_ = false;
  bool ended_ = false;        // the client sends no more
  bool client_gone_ = false;  // while streaming
  bool broken_ = false;       // nothing can be sent any more
  bool close_ = false;        // after this answer
  bool sending_ = false;
  bool chunked_ = false;  // the stream's framing
  bool flush_posted_ = false;
};

}  // namespace bramble::http
