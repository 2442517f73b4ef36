#include "engines/http/curl_engine.h"

#include <sys/epoll.h>
#include <unistd.h>
#include <boost/asio/post.hpp>

namespace bramble::http {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds tick_length(20);
constexpr int quiet_ticks_before_sleep = 50;
constexpr int rounds_at_once = 16;
constexpr std::size_t pooled_transfers = 512;

void initialise_curl() {
  static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (done != CURLE_OK) throw Error(ErrorCode::internal, "internal", "curl cannot be used");
}

int make_epoll() {
  int fd = ::epoll_create1(EPOLL_CLOEXEC);
  if (fd < 0) throw Error(ErrorCode::internal, "internal", "no epoll descriptor");
  return fd;
}

}  // namespace

CurlEngine::CurlEngine(asio::any_io_executor executor, HttpClientLimits limits,
                       std::shared_ptr<HttpClientStats> stats)
    : executor_(executor),
      limits_(limits),
      stats_(stats ? std::move(stats) : std::make_shared<HttpClientStats>()),
      multi_((initialise_curl(), curl_multi_init())),
      epoll_(executor, make_epoll()),
      ticker_(executor) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlEngine::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlEngine::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, limits.connections);
  curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.connections);
  curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, limits.connections_per_host);
}

CurlEngine::~CurlEngine() {
  for (auto* transfer : active_) {
    if (transfer->in_curl) curl_multi_remove_handle(multi_, transfer->easy());
  }
  idle_.clear();
  curl_multi_cleanup(multi_);
}

std::unique_ptr<Transfer> CurlEngine::take(const HttpClientRequest& request) {
  if (closed_) throw Error(ErrorCode::unavailable, "http_client_closed", "The HTTP client is closed.");
  if (active_.size() >= limits_.requests) {
    throw Error(ErrorCode::unavailable, "http_client_busy", "Too many HTTP requests are under way.");
  }
  std::unique_ptr<Transfer> transfer;
  if (idle_.empty()) {
    transfer = std::make_unique<Transfer>();
    curl_easy_setopt(transfer->easy(), CURLOPT_OPENSOCKETFUNCTION, &CurlEngine::on_open);
    curl_easy_setopt(transfer->easy(), CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(transfer->easy(), CURLOPT_CLOSESOCKETFUNCTION, &CurlEngine::on_close);
    curl_easy_setopt(transfer->easy(), CURLOPT_CLOSESOCKETDATA, this);
    if (!limits_.authorities_file.empty())
      curl_easy_setopt(transfer->easy(), CURLOPT_CAINFO, limits_.authorities_file.c_str());
  } else {
    transfer = std::move(idle_.back());
    idle_.pop_back();
  }
  transfer->prepare(request, limits_);
  transfer->deadline = Steady::now() + std::chrono::microseconds(request.timeout.us);
  active_.insert(transfer.get());
  ++stats_->requests;
  stats_->in_hand = active_.size();
  return transfer;
}

void CurlEngine::start(Transfer* transfer) {
  starting_.push_back(transfer);
  if (kick_posted_) return;
  kick_posted_ = true;
  asio::post(executor_, [self = shared_from_this()] { self->kick(); });
}

// Several requests made in one turn of the loop enter curl together.
void CurlEngine::kick() {
  kick_posted_ = false;
  auto starting = std::exchange(starting_, {});
  for (auto* transfer : starting) {
    if (transfer->done) continue;
    if (curl_multi_add_handle(multi_, transfer->easy()) == CURLM_OK) {
      transfer->in_curl = true;
    } else {
      transfer->finish(CURLE_FAILED_INIT);
      finished_.push_back(transfer);
    }
  }
  wait_for_events();
  begin_ticking();
  act(CURL_SOCKET_TIMEOUT, 0);
  resume_done();
}

void CurlEngine::detach(Transfer* transfer) {
  std::erase(starting_, transfer);
  std::erase(finished_, transfer);
  if (transfer->in_curl) curl_multi_remove_handle(multi_, transfer->easy());
  transfer->in_curl = false;
}

void CurlEngine::give_back(std::unique_ptr<Transfer> transfer) {
  if (!transfer->done) detach(transfer.get());
  active_.erase(transfer.get());
  stats_->in_hand = active_.size();
  if (transfer->failure || !transfer->done) ++stats_->failed;
  transfer->clear();
  if (!closed_ && idle_.size() < pooled_transfers) idle_.push_back(std::move(transfer));
}

void CurlEngine::close() {
  closed_ = true;
  for (auto* transfer : active_) {
    if (transfer->done) continue;
    detach(transfer);
    transfer->finish(CURLE_ABORTED_BY_CALLBACK);
    asio::post(executor_,
               [waiter = std::shared_ptr<Waiter>(std::move(transfer->waiter))] { waiter->resume(); });
  }
  boost::system::error_code ignored;
  epoll_.cancel(ignored);
  ticker_.cancel();
}

void CurlEngine::act(curl_socket_t fd, int events) {
  int running = 0;
  if (fd == CURL_SOCKET_TIMEOUT) {
    timer_at_ = Steady::time_point::max();
    timer_due_ = false;
  }
  curl_multi_socket_action(multi_, fd, events, &running);
}

// Takes what has ended out of curl. Nobody is resumed here, so curl is never entered twice.
void CurlEngine::collect() {
  int left = 0;
  while (auto* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    char* self = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
    auto* transfer = reinterpret_cast<Transfer*>(self);
    transfer->finish(message->data.result);
    curl_multi_remove_handle(multi_, transfer->easy());
    transfer->in_curl = false;
    finished_.push_back(transfer);
  }
}

void CurlEngine::resume_done() {
  auto self = shared_from_this();  // a resumed coroutine may drop the client
  collect();
  // A connection that became free lets a waiting request go on.
  for (int round = 0; timer_due_ && round < rounds_at_once; ++round) {
    act(CURL_SOCKET_TIMEOUT, 0);
    collect();
  }
  while (!finished_.empty()) {
    auto* transfer = finished_.back();
    finished_.pop_back();
    if (auto waiter = std::move(transfer->waiter)) waiter->resume();
  }
}

void CurlEngine::begin_ticking() {
  quiet_ticks_ = 0;
  if (ticking_ || closed_) return;
  ticking_ = true;
  tick();
}

void CurlEngine::tick() {
  ticker_.expires_after(tick_length);
  ticker_.async_wait([self = shared_from_this()](boost::system::error_code) {
    if (self->closed_) return;
    auto now = Steady::now();
    for (auto* transfer : self->active_) {
      if (transfer->done || now < transfer->deadline) continue;
      self->detach(transfer);
      transfer->expire();
      self->finished_.push_back(transfer);
    }
    if (now >= self->timer_at_) self->act(CURL_SOCKET_TIMEOUT, 0);
    self->resume_done();
    if (self->closed_) return;
    self->quiet_ticks_ = self->active_.empty() ? self->quiet_ticks_ + 1 : 0;
    if (self->quiet_ticks_ < quiet_ticks_before_sleep) return self->tick();
    // With nothing to wait for, nothing is left that would keep the executor running.
    self->ticking_ = false;
    boost::system::error_code ignored;
    self->epoll_.cancel(ignored);
  });
}

}  // namespace bramble::http
