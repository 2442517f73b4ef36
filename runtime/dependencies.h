// The state of outside dependencies, from the calls that are made anyway; nothing is probed. Thread-safe. A
// failure that nothing has confirmed for a while no longer counts.
#pragma once

#include <string>
#include <vector>

#include "base/mutex.h"
#include "ports/clock.h"
#include "ports/http.h"
#include "ports/search.h"
#include "runtime/observation.h"

namespace bramble {

class Dependencies {
 public:
  explicit Dependencies(const Clock& clock) : clock_(clock) {}

  void answered(const std::string& name);
  void failed(const std::string& name, const std::string& why);
  // Adds a dependency that has not been called yet.
  void expect(const std::string& name);
  // Ordered by name.
  std::vector<DependencyState> states() const;

 private:
  DependencyState& at(const std::string& name) REQUIRES(mutex_);

  const Clock& clock_;
  mutable Mutex mutex_;
  std::vector<DependencyState> states_ GUARDED_BY(mutex_);
};

// Passes requests on and records the outcome. A refusal (4xx) counts as an answer; an error of the server
// counts as a failure.
class WatchedHttpClient final : public HttpClient {
 public:
  WatchedHttpClient(HttpClient& inner, Dependencies& dependencies, std::string name);
  Task<HttpResponse> send(HttpClientRequest request) override;

 private:
  HttpClient& inner_;
  Dependencies& dependencies_;
  std::string name_;
};

class WatchedSearch final : public SearchIndex {
 public:
  WatchedSearch(SearchIndex& inner, Dependencies& dependencies, std::string name);
  SearchStats stats() const override { return inner_.stats(); }
  Task<void> put(const Call& call, std::vector<SearchDocument> documents) override;
  Task<SearchResult> search(const Call& call, SearchQuery query) override;
  Task<std::vector<std::string>> suggest(const Call& call, std::string prefix, std::size_t limit) override;
  Task<std::int64_t> size(const Call& call) override;
  Task<void> rebuild(const Call& call, std::function<Task<void>(SearchIndex&)> fill) override;

 private:
  template <class T>
  Task<T> watched(Task<T> task);

  SearchIndex& inner_;
  Dependencies& dependencies_;
  std::string name_;
};

}  // namespace bramble
