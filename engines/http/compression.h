// Makes a text answer smaller, if it is worth it and the client can read it.
#pragma once

#include "ports/http.h"

namespace bramble::http {

// Only text, only over 1 KiB, only whole answers that are not encoded yet. Where the answer could be encoded
// for some client it says so in Vary, whether it was or not.
void compress(HttpResponse& response, bool accepts_brotli, bool accepts_gzip);

}  // namespace bramble::http
