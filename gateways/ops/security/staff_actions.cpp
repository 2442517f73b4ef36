#include "gateways/ops/security/staff_actions.h"

#include "base/error.h"
#include "gateways/edge/csrf.h"
#include "gateways/edge/problem.h"

namespace bramble::ops {
namespace {

constexpr Duration patience = seconds(3);

// Scans are not noted: the warehouse's movements already name the worker.
bool is_noted(const edge::RouteInfo& info, const edge::HttpCall& http) {
  const auto& caller = http.call.caller;
  return info.auth == edge::Auth::staff && edge::is_unsafe(http.request->method) &&
         (caller.has_role("admin") || caller.has_role("support"));
}

// The ids in the path, such as "ord_…".
std::string subject_of(const edge::HttpCall& http) {
  std::string text;
  for (const auto& [name, value] : http.path) text.append(text.empty() ? "" : " ").append(value);
  return text;
}

// The code of the failure, as in the answer.
std::string failure_word(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const edge::Problem& problem) {
    return problem.reason;
  } catch (const Error& error) {
    return error.reason;
  } catch (...) {
    return "internal";
  }
}

}  // namespace

Task<void> StaffActions::note(std::string kind, const edge::RouteInfo& info, const edge::HttpCall& http,
                              std::string detail) {
  auto call = system_call("ops", clock_.now() + patience, http.call.trace);
  call.request_id = http.call.request_id;
  security::NoteRequest request;
  request.sightings.push_back({std::move(kind), http.call.caller.id, http.request->remote_address,
                               subject_of(http), std::string(info.name) + detail, 1});
  co_await log_.note(std::move(call), std::move(request));
}

Task<void> StaffActions::note_outcome(const edge::RouteInfo& info, const edge::HttpCall& http,
                                      std::string outcome) {
  try {
    co_await note("staff_action_done", info, http, ": " + outcome);
  } catch (const std::exception& failure) {
    // The start is already noted, and the effects are in the services' own stores.
    logger_.write(
        LogLevel::error, "the outcome of a staff action was not noted",
        {{"route", info.name}, {"by", http.call.caller.id}, {"outcome", outcome}, {"error", failure.what()}},
        &http.call);
  }
}

Task<HttpResponse> StaffActions::run(const edge::Route& route, edge::HttpCall& http) {
  if (!is_noted(route.info, http)) co_return co_await route.run(http);
  bool noted = true;
  try {
    co_await note("staff_action", route.info, http, "");
  } catch (const Error&) {
    noted = false;
  }
  if (!noted)
    throw Error(ErrorCode::unavailable, "not_logged",
                "Nothing was done: the security log cannot be written.");
  std::optional<HttpResponse> response;
  std::exception_ptr failure;
  try {
    response = co_await route.run(http);
  } catch (...) {
    failure = std::current_exception();
  }
  co_await note_outcome(route.info, http, failure ? failure_word(failure) : std::to_string(response->status));
  if (failure) std::rethrow_exception(failure);
  co_return std::move(*response);
}

}  // namespace bramble::ops
