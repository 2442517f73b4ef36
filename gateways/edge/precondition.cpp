#include "gateways/edge/precondition.h"

#include <charconv>

#include "gateways/edge/problem.h"

namespace bramble::edge {
namespace {

constexpr std::size_t most_versions = 20;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string etag_of(std::int64_t version) { return '"' + std::to_string(version) + '"'; }

std::vector<std::int64_t> versions_in_if_match(std::string_view header) {
  header = trimmed(header);
  std::vector<std::int64_t> versions;
  if (header.empty() || header == "*") return versions;
  while (!header.empty() && versions.size() < most_versions) {
    auto end = header.find(',');
    auto tag = trimmed(header.substr(0, end));
    header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
    if (tag.size() < 3 || !tag.starts_with('"') || !tag.ends_with('"')) continue;
    tag = tag.substr(1, tag.size() - 2);
    std::int64_t version = 0;
    auto [after, failure] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    if (failure == std::errc() && after == tag.data() + tag.size()) versions.push_back(version);
  }
  if (versions.empty())
    throw Problem(412, "precondition_failed",
                  "If-Match names no version. Take it from the ETag of the object.");
  return versions;
}

}  // namespace bramble::edge
