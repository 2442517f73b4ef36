#include "bench/load/event_reader.h"

namespace bramble::load {

void EventReader::feed(std::string_view bytes, const std::function<void(const StreamEvent&)>& visit) {
  while (!bytes.empty()) {
    if (after_cr_ && bytes.front() == '\n') bytes.remove_prefix(1);
    after_cr_ = false;
    auto end = bytes.find_first_of("\r\n");
    if (end == std::string_view::npos) {
      line_.append(bytes);
      return;
    }
    after_cr_ = bytes[end] == '\r';
    if (line_.empty()) {
      take_line(bytes.substr(0, end), visit);
    } else {
      line_.append(bytes.substr(0, end));
      take_line(line_, visit);
      line_.clear();
    }
    bytes.remove_prefix(end + 1);
  }
}

void EventReader::take_line(std::string_view line, const std::function<void(const StreamEvent&)>& visit) {
  if (line.empty()) {
    if (has_data_) {
      if (event_.type.empty()) event_.type = "message";
      visit(event_);
    }
    event_.type.clear();
    event_.data.clear();
    has_data_ = false;
    return;
  }
  auto colon = line.find(':');
  auto name = line.substr(0, colon);
  auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  if (name == "data") {
    if (has_data_) event_.data.push_back('\n');
    event_.data.append(value);
    has_data_ = true;
  } else if (name == "event") {
    event_.type.assign(value);
  } else if (name == "id") {
    event_.id.assign(value);
  }
}

void EventReader::restart() {
  line_.clear();
  after_cr_ = false;
  has_data_ = false;
  event_.type.clear();
  event_.data.clear();
}

}  // namespace bramble::load
