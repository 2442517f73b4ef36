// A TCP connection that does not block: bytes out in order, bytes in as they come.
#pragma once

#include <string>
#include <string_view>

#include "bench/load/address.h"
#include "bench/load/loop.h"

namespace bramble::load {

class Socket : public Ready {
 public:
  Socket(Loop& loop, Endpoint endpoint) : loop_(loop), endpoint_(std::move(endpoint)) {}
  ~Socket() override { hang_up(); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  const std::string& authority() const { return endpoint_.authority; }

 protected:
  // Called with what was read; the bytes hold until it returns.
  virtual void on_bytes(std::string_view bytes) = 0;
  // The connection is gone: the peer closed it (`why` is empty), or something failed.
  virtual void on_closed(std::string_view why) = 0;

  bool connected() const { return fd_ >= 0; }
  // Connects first where there is no connection. A failure calls on_closed, maybe before this returns.
  void write(std::string_view bytes);
  void hang_up();

  Loop& loop_;

 private:
  void on_ready(std::uint32_t events) final;
  bool open();
  void flush();
  void read();
  void fail(std::string_view doing, int error);

  Endpoint endpoint_;
  int fd_ = -1;
  bool connecting_ = false;
  bool waiting_to_write_ = false;
  std::string out_;  // what the kernel has not taken yet
};

}  // namespace bramble::load
