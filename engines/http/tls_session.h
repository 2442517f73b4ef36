// TLS between the socket's bytes and HTTP's bytes. It does no I/O itself: what arrives is given to it, what
// is to be sent is taken from it.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

#include "engines/http/input_buffer.h"

namespace bramble::http {

// A server's certificate and rules: TLS 1.2 and later, forward-secret AEAD ciphers, ALPN http/1.1.
class TlsContext {
 public:
  // Throws Error internal when the files cannot be used.
  TlsContext(const std::string& certificate_file, const std::string& key_file);
  SSL_CTX* get() const { return context_.get(); }

 private:
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
};

class TlsSession {
 public:
  explicit TlsSession(const TlsContext& context);

  // Takes bytes from the network and appends what they say. False: the session has ended or is broken.
  bool receive(std::string_view cipher, InputBuffer& plain);
  // Encrypts; false when the session is broken.
  bool send(std::string_view plain);
  // Says to the other side that nothing more will come.
  void finish();
  // Appends what is to be sent over the network: handshake and encrypted bytes.
  void take_output(std::string& cipher);

 private:
  std::unique_ptr<SSL, void (*)(SSL*)> session_;
  BIO* input_;   // owned by the session
  BIO* output_;  // owned by the session
};

}  // namespace bramble::http
