#include "engines/http/tls_session.h"

#include <openssl/err.h>

#include "base/error.h"

namespace bramble::http {
namespace {

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned int offered_length, void*) {
  static constexpr unsigned char ours[] = "\x08http/1.1";
  unsigned char* match = nullptr;
  auto found = SSL_select_next_proto(&match, length, ours, sizeof(ours) - 1, offered, offered_length);
  *chosen = match;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

[[noreturn]] void throw_unusable(const std::string& what) {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_get_error(), text.data(), text.size());
  throw Error(ErrorCode::internal, "tls_unusable", what + ": " + text.data());
}

}  // namespace

TlsContext::TlsContext(const std::string& certificate_file, const std::string& key_file)
    : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
  auto* context = context_.get();
  if (!context) throw_unusable("no TLS context");
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  if (SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) throw_unusable("no TLS ciphers");
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  static constexpr unsigned char name[] = "bramble";
  SSL_CTX_set_session_id_context(context, name, sizeof(name) - 1);
  if (SSL_CTX_use_certificate_chain_file(context, certificate_file.c_str()) != 1)
    throw_unusable(certificate_file);
  if (SSL_CTX_use_PrivateKey_file(context, key_file.c_str(), SSL_FILETYPE_PEM) != 1) throw_unusable(key_file);
  if (SSL_CTX_check_private_key(context) != 1) throw_unusable("the key is not the certificate's");
}

TlsSession::TlsSession(const TlsContext& context)
    : session_(SSL_new(context.get()), SSL_free),
      input_(BIO_new(BIO_s_mem())),
      output_(BIO_new(BIO_s_mem())) {
  if (!session_) throw_unusable("no TLS session");
  BIO_set_mem_eof_return(input_, -1);
  BIO_set_mem_eof_return(output_, -1);
  SSL_set_bio(session_.get(), input_, output_);
  SSL_set_accept_state(session_.get());
}

bool TlsSession::receive(std::string_view cipher, InputBuffer& plain) {
  if (!cipher.empty()) BIO_write(input_, cipher.data(), static_cast<int>(cipher.size()));
  std::array<char, 4096> bytes;
  for (;;) {
    ERR_clear_error();
    std::size_t count = 0;
    int done = SSL_read_ex(session_.get(), bytes.data(), bytes.size(), &count);
    if (done != 1) {
      auto why = SSL_get_error(session_.get(), done);
      return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE;
    }
    plain.append({bytes.data(), count});
  }
}

bool TlsSession::send(std::string_view plain) {
  if (plain.empty()) return true;
  ERR_clear_error();
  std::size_t written = 0;
  // The output is memory, so everything is taken at once.
  return SSL_write_ex(session_.get(), plain.data(), plain.size(), &written) == 1 && written == plain.size();
}

void TlsSession::finish() {
  ERR_clear_error();
  if (SSL_is_init_finished(session_.get())) SSL_shutdown(session_.get());
}

void TlsSession::take_output(std::string& cipher) {
  char* bytes = nullptr;
  auto count = BIO_get_mem_data(output_, &bytes);
  if (count > 0) cipher.append(bytes, static_cast<std::size_t>(count));
  (void)BIO_reset(output_);
}

}  // namespace bramble::http
