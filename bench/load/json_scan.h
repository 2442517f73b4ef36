// Takes single fields out of JSON text without building anything: what a load client needs of an answer.
// All views are into the text given. White space and the order of members do not matter; what is not JSON
// gives nothing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bramble::load {

// The value of the member `key` of an object, as it is written; empty if the text is no object or has no such
// member.
std::string_view json_member(std::string_view object, std::string_view key);

// The same down a path of members.
std::string_view json_at(std::string_view object, std::initializer_list<std::string_view> path);

// The items of an array, as they are written; none if the text is no array.
std::vector<std::string_view> json_items(std::string_view array);

// The text of a JSON string, unescaped. Nothing for any other value.
std::optional<std::string> json_text(std::string_view value);

// A whole number that fits 64 bits. Nothing for any other value.
std::optional<std::int64_t> json_integer(std::string_view value);

}  // namespace bramble::load
