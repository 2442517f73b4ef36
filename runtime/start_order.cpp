#include "runtime/start_order.h"

#include <set>

#include "runtime/nearest.h"

namespace bramble {
namespace {

[[noreturn]] void refuse(const std::string& reason, const std::string& message) {
  throw Error(ErrorCode::invalid, reason, message);
}

class Sorting {
 public:
  Sorting(const std::vector<Module>& modules, const std::vector<std::string>& roles) : modules_(modules) {
    for (std::size_t i = 0; i < modules.size(); ++i) {
      names_.push_back(modules[i].name);
      if (!places_.emplace(modules[i].name, i).second)
        refuse("module_twice", "two modules are named " + names_.back());
    }
    for (const auto& role : roles) selected_.insert(place_of(role, "--roles names '" + role + "'"));
    if (roles.empty()) {
      for (std::size_t i = 0; i < modules.size(); ++i) selected_.insert(i);
    }
  }

  std::vector<std::size_t> run() {
    marks_.resize(modules_.size());
    for (auto place : selected_) visit(place);
    return std::move(order_);
  }

 private:
  enum class Mark { fresh, open, done };

  std::size_t place_of(const std::string& name, const std::string& who) const {
    if (auto it = places_.find(name); it != places_.end()) return it->second;
    auto near = nearest_word(name, names_);
    refuse("unknown_module", who + ", which is no module" + (near.empty() ? "" : "; the nearest is " + near));
  }

  void visit(std::size_t place) {
    const auto& module = modules_[place];
    if (marks_[place] == Mark::done) return;
    path_.push_back(module.name);
    if (marks_[place] == Mark::open) refuse_cycle();
    marks_[place] = Mark::open;
    for (const auto& name : module.calls) {
      auto callee = place_of(name, module.name + " calls '" + name + "'");
      if (!selected_.contains(callee)) {
        refuse("role_missing",
               module.name + " calls " + name + ", which is not among the --roles: add " + name +
                   " to --roles, since in this version a service is called only inside one process");
      }
      if (module.own_loop || modules_[callee].own_loop) {
        refuse("own_loop", module.name + " calls " + name +
                               ", but a module on a loop of its own neither calls nor is called");
      }
      visit(callee);
    }
    marks_[place] = Mark::done;
    path_.pop_back();
    order_.push_back(place);
  }

  [[noreturn]] void refuse_cycle() const {
    auto begin = std::find(path_.begin(), path_.end(), path_.back());
    std::string cycle = *begin;
    for (auto it = begin + 1; it != path_.end(); ++it) cycle += " → " + *it;
    refuse("call_cycle", "modules call each other in a circle: " + cycle);
  }

  const std::vector<Module>& modules_;
  std::vector<std::string> names_;
  std::map<std::string, std::size_t> places_;
  std::set<std::size_t> selected_;
  std::vector<Mark> marks_;
  std::vector<std::string> path_;
  std::vector<std::size_t> order_;
};

}  // namespace

std::vector<std::size_t> start_order(const std::vector<Module>& modules,
                                     const std::vector<std::string>& roles) {
  return Sorting(modules, roles).run();
}

}  // namespace bramble
