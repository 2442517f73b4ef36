#include "testing/fakes/trouble.h"

namespace bramble {

void Trouble::next(const std::string& method, When when, int times) {
  due_[method].insert(due_[method].end(), times, when);
}

void Trouble::meanwhile(const std::string& method, When when, std::function<void()> other_side) {
  meanwhile_[{method, when}] = std::move(other_side);
}

Trouble::Guard Trouble::meet(const std::string& method) {
  ++calls[method];
  auto& waiting = due_[method];
  if (waiting.empty()) return Guard(*this, method, When::never);
  auto when = waiting.front();
  waiting.pop_front();
  return Guard(*this, method, when);
}

void Trouble::act(const std::string& method, When when) {
  auto found = meanwhile_.extract({method, when});
  if (!found.empty()) found.mapped()();
}

}  // namespace bramble
