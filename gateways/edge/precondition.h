// `ETag` and `If-Match` of objects that have a version: a change names the version that it is based on, and
// 412 answers if somebody else was faster (RFC 9110, 13.1.1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bramble::edge {

std::string etag_of(std::int64_t version);

// The versions that a value of `If-Match` lists; none where any version will do: no header, or "*". Tags that
// are not ours match nothing. Throws Problem 412 "precondition_failed" if no tag is ours.
std::vector<std::int64_t> versions_in_if_match(std::string_view header);

}  // namespace bramble::edge
