// Any beginning of a connection: it is read to an end or refused, and more bytes never change what was read.
#include <string>

#include "engines/http/proxy_header.h"
#include "testing/require.h"

namespace bramble::http {

void try_bytes(std::string_view bytes) {
  auto whole = read_proxy_header(bytes);
  if (whole.state == ProxyHeaderState::complete) {
    require(whole.bytes > 0 && whole.bytes <= bytes.size() && whole.bytes <= longest_proxy_header);
    require(read_proxy_header(bytes.substr(0, whole.bytes)).client == whole.client);
    require(read_proxy_header(bytes.substr(0, whole.bytes - 1)).state != ProxyHeaderState::complete);
  }
  if (whole.state == ProxyHeaderState::incomplete) require(bytes.size() < longest_proxy_header);
  std::string more(bytes);
  more += "GET / HTTP/1.1\r\n";
  if (whole.state != ProxyHeaderState::incomplete) require(read_proxy_header(more).state == whole.state);
}

}  // namespace bramble::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bramble::http::try_bytes({reinterpret_cast<const char*>(data), size});
  return 0;
}
