#include "runtime/json/json_write.h"

namespace bramble {

void write_json(JsonWriter& out, const Money& money) {
  out.begin_object();
  out.raw_name("\"amount_minor\":");
  out.integer(money.amount_minor);
  out.raw_name("\"currency\":");
  out.text(money.currency);
  out.end_object();
}

}  // namespace bramble
