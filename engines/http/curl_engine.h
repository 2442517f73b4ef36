// Drives curl's multi handle from an asio executor: its sockets in one epoll set that asio waits on, its
// timers by a coarse tick. Descriptors stay registered as long as their connection lives.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <unordered_set>
#include <vector>

#include "engines/http/transfer.h"

namespace bramble::http {

class CurlEngine : public std::enable_shared_from_this<CurlEngine> {
 public:
  CurlEngine(boost::asio::any_io_executor executor, HttpClientLimits limits,
             std::shared_ptr<HttpClientStats> stats);
  ~CurlEngine();

  // A prepared transfer from the pool; throws Error unavailable when too many are under way.
  std::unique_ptr<Transfer> take(const HttpClientRequest& request);
  // Sets it going; its waiter is resumed once it is done, never from inside this call.
  void start(Transfer* transfer);
  // Gives it back, cutting it off if it is under way.
  void give_back(std::unique_ptr<Transfer> transfer);
  // Fails everything under way. Nothing may be started afterwards.
  void close();
  std::shared_ptr<const HttpClientStats> stats() const { return stats_; }

 private:
  struct Descriptor {
    bool ours = false;  // a connection's: opened and closed through our callbacks
    std::uint32_t registered = 0;
    std::uint32_t wanted = 0;
  };
  using Steady = Transfer::Steady;

  static int on_socket(CURL*, curl_socket_t fd, int what, void* self, void*);
  static int on_timer(CURLM*, long timeout_ms, void* self);
  static curl_socket_t on_open(void* self, curlsocktype, curl_sockaddr* address);
  static int on_close(void* self, curl_socket_t fd);

  Descriptor& descriptor(curl_socket_t fd);
  void watch(curl_socket_t fd, std::uint32_t events);
  void kick();
  void wait_for_events();
  void on_events();
  void act(curl_socket_t fd, int events);
  void collect();
  void resume_done();
  void begin_ticking();
  void tick();
  void detach(Transfer* transfer);

  boost::asio::any_io_executor executor_;
  HttpClientLimits limits_;
  std::shared_ptr<HttpClientStats> stats_;
  CURLM* multi_;
  boost::asio::posix::stream_descriptor epoll_;
  boost::asio::steady_timer ticker_;
  std::vector<Descriptor> descriptors_;
  std::vector<std::unique_ptr<Transfer>> idle_;
  std::unordered_set<Transfer*> active_;
  std::vector<Transfer*> starting_;
  std::vector<Transfer*> finished_;
  Steady::time_point timer_at_ = Steady::time_point::max();
  bool timer_due_ = false;
  bool kick_posted_ = false;
  bool waiting_ = false;
  bool ticking_ = false;
  bool closed_ = false;
  int quiet_ticks_ = 0;
};

}  // namespace bramble::http
