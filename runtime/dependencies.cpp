#include "runtime/dependencies.h"

#include <algorithm>

#include "base/error.h"
#include "runtime/failure_text.h"

namespace bramble {
namespace {

constexpr Duration unconfirmed = minutes(10);

bool is_trouble(int status) { return status >= 500 || status == 429 || status == 408; }

}  // namespace

DependencyState& Dependencies::at(const std::string& name) {
  auto place = std::lower_bound(states_.begin(), states_.end(), name,
                                [](const DependencyState& state, const std::string& name) {
                                  return state.name < name;
                                });
  if (place != states_.end() && place->name == name) return *place;
  return *states_.insert(place, DependencyState{.name = name});
}

void Dependencies::expect(const std::string& name) {
  MutexLock lock(mutex_);
  at(name);
}

void Dependencies::answered(const std::string& name) {
  auto now = clock_.now();
  MutexLock lock(mutex_);
  auto& state = at(name);
  state.answered_at = now;
  state.failing_since = std::nullopt;
  state.failures = 0;
}

void Dependencies::failed(const std::string& name, const std::string& why) {
  auto now = clock_.now();
  MutexLock lock(mutex_);
  auto& state = at(name);
  bool old = state.failed_at && *state.failed_at + unconfirmed < now;
  if (!state.failing_since || old) {
    state.failing_since = now;
    state.failures = 0;
  }
  state.failed_at = now;
  state.last_error = why;
  ++state.failures;
}

std::vector<DependencyState> Dependencies::states() const {
  auto now = clock_.now();
  MutexLock lock(mutex_);
  auto states = states_;
  for (auto& state : states) {
    if (state.failed_at && *state.failed_at + unconfirmed < now) state.failing_since = std::nullopt;
  }
  return states;
}

WatchedHttpClient::WatchedHttpClient(HttpClient& inner, Dependencies& dependencies, std::string name)
    : inner_(inner), dependencies_(dependencies), name_(std::move(name)) {
  dependencies_.expect(name_);
}

Task<HttpResponse> WatchedHttpClient::send(HttpClientRequest request) {
  std::exception_ptr failure;
  try {
    auto response = co_await inner_.send(std::move(request));
    if (is_trouble(response.status)) {
      dependencies_.failed(name_, "it answered " + std::to_string(response.status));
    } else {
      dependencies_.answered(name_);
    }
    co_return response;
  } catch (const std::exception& thrown) {
    dependencies_.failed(name_, failure_text(thrown));
    failure = std::current_exception();
  }
  std::rethrow_exception(failure);
}

WatchedSearch::WatchedSearch(SearchIndex& inner, Dependencies& dependencies, std::string name)
    : inner_(inner), dependencies_(dependencies), name_(std::move(name)) {
  dependencies_.expect(name_);
}

// Whoever asked in a wrong way, or had no time left, says nothing about the index.
template <class T>
Task<T> WatchedSearch::watched(Task<T> task) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(task);
      dependencies_.answered(name_);
      co_return;
    } else {
      auto result = co_await std::move(task);
      dependencies_.answered(name_);
      co_return result;
    }
  } catch (const Error& error) {
    if (error.code == ErrorCode::unavailable || error.code == ErrorCode::internal)
      dependencies_.failed(name_, failure_text(error));
    throw;
  } catch (const std::exception& thrown) {
    dependencies_.failed(name_, failure_text(thrown));
    throw;
  }
}

Task<void> WatchedSearch::put(const Call& call, std::vector<SearchDocument> documents) {
  return watched(inner_.put(call, std::move(documents)));
}

Task<SearchResult> WatchedSearch::search(const Call& call, SearchQuery query) {
  return watched(inner_.search(call, std::move(query)));
}

Task<std::vector<std::string>> WatchedSearch::suggest(const Call& call, std::string prefix,
                                                      std::size_t limit) {
  return watched(inner_.suggest(call, std::move(prefix), limit));
}

Task<std::int64_t> WatchedSearch::size(const Call& call) { return watched(inner_.size(call)); }

Task<void> WatchedSearch::rebuild(const Call& call, std::function<Task<void>(SearchIndex&)> fill) {
  return watched(inner_.rebuild(call, std::move(fill)));
}

}  // namespace bramble
