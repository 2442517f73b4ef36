#include "gateways/edge/path_tree.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/error.h"
#include "base/text.h"

namespace bramble::edge {
namespace {

constexpr std::size_t longest_path = 16;  // segments

using Segments = std::array<std::string_view, longest_path>;

// The segments of "/a/b", or nothing if there are too many.
std::optional<std::size_t> split(std::string_view path, Segments& segments) {
  if (path.empty() || path.front() != '/') return std::nullopt;
  std::size_t count = 0;
  while (!path.empty()) {
    path.remove_prefix(1);
    if (count == longest_path) return std::nullopt;
    auto end = std::min(path.find('/'), path.size());
    segments[count++] = path.substr(0, end);
    path.remove_prefix(end);
  }
  return count;
}

}  // namespace

struct PathTree::Node {
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> literals;  // sorted
  std::unique_ptr<Node> any;
  std::vector<std::pair<std::string, std::size_t>> methods;
  std::vector<std::string> names;  // of the values on the way here, the same for all methods

  const Node* literal(std::string_view segment) const {
    auto at = std::lower_bound(literals.begin(), literals.end(), segment,
                               [](const auto& entry, std::string_view text) { return entry.first < text; });
    return at != literals.end() && at->first == segment ? at->second.get() : nullptr;
  }

  Node& literal_for(std::string_view segment) {
    auto at = std::lower_bound(literals.begin(), literals.end(), segment,
                               [](const auto& entry, std::string_view text) { return entry.first < text; });
    if (at == literals.end() || at->first != segment) {
      at = literals.insert(at, {std::string(segment), std::make_unique<Node>()});
    }
    return *at->second;
  }

  // `values` collects the segments that names stand for.
  const Node* find(std::span<const std::string_view> path, std::vector<std::string_view>& values) const {
    if (path.empty()) return methods.empty() ? nullptr : this;
    if (const auto* next = literal(path.front())) {
      if (const auto* end = next->find(path.subspan(1), values)) return end;
    }
    if (!any || path.front().empty()) return nullptr;
    values.push_back(path.front());
    if (const auto* end = any->find(path.subspan(1), values)) return end;
    values.pop_back();
    return nullptr;
  }
};

PathTree::PathTree() : root_(std::make_unique<Node>()) {}
PathTree::~PathTree() = default;
PathTree::PathTree(PathTree&&) noexcept = default;
PathTree& PathTree::operator=(PathTree&&) noexcept = default;

void PathTree::add(std::string_view method, std::string_view pattern, std::size_t route) {
  auto fail = [&](const char* what) {
    throw Error(ErrorCode::internal, "bad_route",
                std::string(method) + " " + std::string(pattern) + ": " + what);
  };
  Segments segments;
  auto count = split(pattern, segments);
  if (!count) fail("not a path");
  auto* node = root_.get();
  std::vector<std::string> names;
  for (auto segment : std::span(segments).first(*count)) {
    if (segment.starts_with('{') && segment.ends_with('}')) {
      names.emplace_back(segment.substr(1, segment.size() - 2));
      if (!node->any) node->any = std::make_unique<Node>();
      node = node->any.get();
    } else {
      node = &node->literal_for(segment);
    }
  }
  if (!node->methods.empty() && node->names != names) fail("its names differ from those of another method");
  for (const auto& known : node->methods) {
    if (known.first == method) fail("given twice");
  }
  node->names = std::move(names);
  node->methods.emplace_back(method, route);
}

PathMatch PathTree::find(std::string_view path) const {
  PathMatch match;
  Segments segments;
  auto count = split(path, segments);
  if (!count) return match;
  std::array<std::string, longest_path> decoded;
  if (path.find('%') != std::string_view::npos) {
    for (std::size_t i = 0; i < *count; ++i) {
      auto text = percent_decode(segments[i], false);
      if (!text || !is_utf8(*text) || text->find('\0') != std::string::npos) {
        match.malformed = true;
        return match;
      }
      decoded[i] = std::move(*text);
      segments[i] = decoded[i];
    }
  } else if (!is_utf8(path)) {
    match.malformed = true;
    return match;
  }
  std::vector<std::string_view> values;
  const auto* node = root_->find(std::span(segments).first(*count), values);
  if (node == nullptr) return match;
  match.methods = &node->methods;
  for (std::size_t i = 0; i < values.size(); ++i) match.values.emplace(node->names[i], values[i]);
  return match;
}

}  // namespace bramble::edge
