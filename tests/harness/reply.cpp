#include "tests/harness/reply.h"

#include <stdexcept>

namespace bramble::harness {
namespace {

JsonDocument json_of(const std::string& body) {
  if (!body.starts_with('{') && !body.starts_with('[')) return JsonDocument::empty_object();
  try {
    return JsonDocument::parse(body);
  } catch (const Error&) {
    return JsonDocument::empty_object();
  }
}

}  // namespace

Reply::Reply(int status_code, HttpHeaders header_fields, std::string text)
    : status(status_code), headers(std::move(header_fields)), body(std::move(text)), json_(json_of(body)) {}

std::string Reply::head() const {
  std::string lines;
  for (const auto& [name, value] : headers) lines += name + ": " + value + "\r\n";
  return lines;
}

void require(const Reply& reply, int wanted, const std::string& what) {
  if (reply.status == wanted) return;
  throw std::runtime_error(what + ": " + std::to_string(wanted) + " expected, but it was " +
                           std::to_string(reply.status) + " " + reply.body);
}

std::string first_of(const Reply& reply, std::string_view member) {
  require(reply, 200, std::string(member));
  if (reply["items"].size() == 0) throw std::runtime_error("there is no " + std::string(member));
  return std::string((*reply["items"].begin())[member].text());
}

}  // namespace bramble::harness
