#include "gateways/ops/console/dead_letter_console.h"

#include "base/error.h"
#include "gateways/edge/paging.h"
#include "gateways/ops/console/payloads.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t usual_dead_letters = 200;
constexpr std::int64_t most_dead_letters = 10'000;

DeadLetterRow row_of(const DeadLetter& letter) {
  return {letter.module, letter.kind,     letter.id,         letter.type,
          letter.key,    letter.attempts, letter.last_error, letter.dead_at};
}

}  // namespace

Task<DeadLettersPage> DeadLetterConsole::dead_letters(edge::HttpCall& http, DeadLettersQuery request) {
  auto limit = request.limit.value_or(usual_dead_letters);
  auto first = edge::offset_of(request.page, limit);
  auto wanted = request.module ? most_dead_letters : first + limit;
  auto letters = co_await host_.dead_letters().list(http.call, static_cast<std::size_t>(wanted));
  std::erase_if(letters,
                [&](const auto& letter) { return request.module && letter.module != *request.module; });
  DeadLettersPage page;
  auto end = std::min(std::ssize(letters), first + limit);
  for (auto i = first; i < end; ++i) page.items.push_back(row_of(letters[static_cast<std::size_t>(i)]));
  co_return page;
}

Task<DeadLetterView> DeadLetterConsole::dead_letter(edge::HttpCall& http, DeadLetterQuery request) {
  auto found = co_await host_.dead_letters().find(http.call, request.module, request.kind, request.id);
  if (!found) throw Error(ErrorCode::not_found, "dead_letter_not_found", "there is no such dead letter");
  co_return DeadLetterView{row_of(found->letter), payload_text(found->letter.type, found->payload),
                           trace_id_of(parse_traceparent(found->trace))};
}

// The log names who replayed it, whatever the outcome.
Task<Empty> DeadLetterConsole::replay_dead_letter(edge::HttpCall& http, DeadLetterQuery request) {
  auto log = [&](std::string_view outcome) {
    host_.log().write(LogLevel::info, "dead letter replayed",
                      {{"audit", "dead_letter_replay"},
                       {"by", http.call.caller.id},
                       {"module", request.module},
                       {"kind", request.kind},
                       {"id", request.id},
                       {"outcome", outcome}},
                      &http.call);
  };
  bool found = false;
  try {
    found = co_await host_.dead_letters().replay(http.call, request.module, request.kind, request.id);
  } catch (const Error& error) {
    log(error.reason);
    throw;
  }
  log(found ? "done" : "not_found");
  if (!found) throw Error(ErrorCode::not_found, "dead_letter_not_found", "there is no such dead letter");
  co_return Empty{};
}

}  // namespace bramble::ops
