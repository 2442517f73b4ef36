#include "engines/postgres/pg_errors.h"

namespace bramble::postgres {

void throw_state(std::string_view state, const std::string& message) {
  std::string_view kind = state.substr(0, 2);
  if (state == "40001" || state == "40P01") throw Conflict(message);
  if (state == "0A000" && message.find("cached plan") != std::string::npos) throw StalePlan(message);
  if (state == "25006") throw Error(ErrorCode::internal, "read_only", message);
  if (state == "22021") throw Error(ErrorCode::invalid, "bad_text", message);
  if (kind == "23") throw Error(ErrorCode::conflict, "constraint", message);
  // 57P01 to 57P05: the connection was ended by the server; 08: it was lost in between. 08P01 is a mistake of
  // ours: too few parameters.
  if (state.substr(0, 3) == "57P" || (kind == "08" && state != "08P01")) throw ConnectionLost(message);
  if (kind == "53" || kind == "57" || kind == "58" || kind == "XX" || state == "55P03") {
    throw Error(ErrorCode::unavailable, "database_unavailable", message);
  }
  throw Error(ErrorCode::internal, "sql", message);
}

}  // namespace bramble::postgres
