#include "tests/harness/event_stream.h"

#include <sstream>

namespace bramble::harness {
namespace {

std::uint16_t port_of(const std::string& address) {
  return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

}  // namespace

EventStream::EventStream(const std::string& storefront, const std::string& access_token,
                         const std::string& last_event_id)
    : peer_(port_of(storefront)) {
  std::string request =
      "GET /api/v1/events HTTP/1.1\r\nHost: " + storefront.substr(storefront.rfind('/') + 1) +
      "\r\nAccept-Language: en\r\nAuthorization: Bearer " + access_token + "\r\n";
  if (!last_event_id.empty()) request += "Last-Event-ID: " + last_event_id + "\r\n";
  peer_.send(request + "\r\n");
  status_ = peer_.read_answer(false).status;
  // The first comment says that the stream is open.
  if (status_ == 200) peer_.read_until("\n\n");
}

ServerEvent EventStream::next() {
  for (;;) {
    auto block = peer_.read_until("\n\n");
    if (block.empty()) throw std::runtime_error("the stream of events has ended");
    // Between events there are the marks of the chunks; they are no lines of an event.
    ServerEvent event;
    std::istringstream lines(block);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("event: ")) event.type = line.substr(7);
      if (line.starts_with("id: ")) event.id = line.substr(4);
      if (line.starts_with("data: ")) event.data = line.substr(6);
    }
    if (!event.data.empty()) return event;
  }
}

}  // namespace bramble::harness
