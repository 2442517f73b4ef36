#include "app/doctor/finding.h"

#include <fmt/format.h>

namespace bramble::doctor {
namespace {

const char* word(Grade grade) {
  switch (grade) {
    case Grade::ok: return "ok";
    case Grade::warn: return "warn";
    case Grade::fail: return "fail";
  }
  return "fail";
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

}  // namespace

bool any_failed(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.grade == Grade::fail; });
}

std::string to_text(const Findings& findings) {
  std::size_t width = 0;
  for (const auto& finding : findings) width = std::max(width, finding.what.size());
  std::string out;
  for (const auto& finding : findings) {
    out += fmt::format("{:4}  {:{}}  — {}\n", word(finding.grade), finding.what, width, finding.detail);
  }
  return out;
}

std::string to_json(const Findings& findings) {
  std::string items;
  for (const auto& finding : findings) {
    if (!items.empty()) items += ",";
    items += fmt::format(R"({{"grade":"{}","what":{},"detail":{}}})", word(finding.grade),
                         quoted(finding.what), quoted(finding.detail));
  }
  return fmt::format(R"({{"ok":{},"items":[{}]}})", !any_failed(findings), items);
}

}  // namespace bramble::doctor
