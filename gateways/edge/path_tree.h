// Finds the route of a method and a path. A literal segment wins over a name in braces; names stand for one
// whole segment that is not empty, percent-decoded, so that an encoded slash stays inside its value.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bramble::edge {

struct PathMatch {
  // The route of each method; null: there is no such path.
  const std::vector<std::pair<std::string, std::size_t>>* methods = nullptr;
  // Decoded values of the names in braces.
  std::map<std::string, std::string, std::less<>> values;
  bool malformed = false;  // an escape that is cut off, or bytes that are not UTF-8 text
};

class PathTree {
 public:
  PathTree();
  ~PathTree();
  PathTree(PathTree&&) noexcept;
  PathTree& operator=(PathTree&&) noexcept;

  // Throws Error internal for a path given twice with one method, or a malformed pattern.
  void add(std::string_view method, std::string_view pattern, std::size_t route);
  PathMatch find(std::string_view path) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
};

}  // namespace bramble::edge
