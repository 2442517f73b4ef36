// What the outside has answered lately, gathered from the calls that are made anyway; nobody is asked for its
// health. From any thread. A failure of long ago that nothing has confirmed since counts no more.
#pragma once

#include <mutex>
#include <string>
#include <vector>

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
  // Known by its name from now on, though it has not been asked yet.
  void expect(const std::string& name);
  // In the order of their names.
  std::vector<DependencyState> states() const;

 private:
  DependencyState& at(const std::string& name);

  const Clock& clock_;
  mutable std::mutex mutex_;
  std::vector<DependencyState> states_;
};

// Sends what is given to it, and notes how that was answered: a refusal is an answer, trouble of the server's
// own is none.
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
