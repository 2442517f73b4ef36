// The sockets of curl in our epoll set.
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engines/http/curl_engine.h"

namespace bramble::http {
namespace asio = boost::asio;

namespace {

constexpr int events_at_once = 128;

}  // namespace

CurlEngine::Descriptor& CurlEngine::descriptor(curl_socket_t fd) {
  auto index = static_cast<std::size_t>(fd);
  if (index >= descriptors_.size()) descriptors_.resize(index + 64);
  return descriptors_[index];
}

curl_socket_t CurlEngine::on_open(void* self, curlsocktype, curl_sockaddr* address) {
  auto& engine = *static_cast<CurlEngine*>(self);
  int fd = ::socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address->protocol);
  if (fd < 0) return CURL_SOCKET_BAD;
  engine.descriptor(fd) = {.ours = true};
  ++engine.stats_->connections;
  return fd;
}

int CurlEngine::on_close(void* self, curl_socket_t fd) {
  static_cast<CurlEngine*>(self)->descriptor(fd) = {};  // closing takes it out of the epoll set
  return ::close(fd);
}

int CurlEngine::on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) {
  auto& engine = *static_cast<CurlEngine*>(self);
  auto& known = engine.descriptor(fd);
  known.wanted = what == CURL_POLL_IN      ? EPOLLIN
                 : what == CURL_POLL_OUT   ? EPOLLOUT
                 : what == CURL_POLL_INOUT ? EPOLLIN | EPOLLOUT
                                           : 0U;
  if (known.wanted != 0) {
    engine.watch(fd, known.wanted);
  } else if (!known.ours) {
    engine.watch(fd, 0);
    known = {};
  } else if (known.registered != EPOLLIN) {
    engine.watch(fd, EPOLLIN);  // kept for the next request; until then only its end can be heard
  }
  return 0;
}

void CurlEngine::watch(curl_socket_t fd, std::uint32_t events) {
  auto& known = descriptor(fd);
  if (known.registered == events) return;
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  int set = epoll_.native_handle();
  if (events == 0) {
    ::epoll_ctl(set, EPOLL_CTL_DEL, fd, nullptr);
  } else if (::epoll_ctl(set, known.registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &event) != 0) {
    ::epoll_ctl(set, errno == EEXIST ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event);
  }
  known.registered = events;
}

int CurlEngine::on_timer(CURLM*, long timeout_ms, void* self) {
  auto& engine = *static_cast<CurlEngine*>(self);
  engine.timer_due_ = timeout_ms == 0;
  engine.timer_at_ =
      timeout_ms < 0 ? Steady::time_point::max() : Steady::now() + std::chrono::milliseconds(timeout_ms);
  return 0;
}

void CurlEngine::wait_for_events() {
  if (waiting_ || closed_) return;
  waiting_ = true;
  epoll_.async_wait(asio::posix::stream_descriptor::wait_read,
                    [self = shared_from_this()](boost::system::error_code failure) {
                      self->waiting_ = false;
                      if (self->closed_ || (failure && !self->ticking_)) return;
                      self->on_events();
                    });
}

void CurlEngine::on_events() {
  std::array<epoll_event, events_at_once> events;
  int count = ::epoll_wait(epoll_.native_handle(), events.data(), events_at_once, 0);
  for (int i = 0; i < count; ++i) {
    const auto& event = events.at(static_cast<std::size_t>(i));
    auto& known = descriptor(event.data.fd);
    if (known.registered == 0) continue;  // closed by what came before it in this round
    if (known.wanted == 0) {
      watch(event.data.fd,
            0);  // the other side closed an idle connection; curl finds out when it wants it again
      continue;
    }
    int what = ((event.events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
               ((event.events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
               ((event.events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
    act(event.data.fd, what);
  }
  wait_for_events();
  resume_done();
}

}  // namespace bramble::http
