#include "bench/load/answer_reader.h"

#include <charconv>

namespace bramble::load {
namespace {

constexpr std::size_t largest_head = 64 * 1024;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same_name(std::string_view name, std::string_view lower_name) {
  if (name.size() != lower_name.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (lower(name[i]) != lower_name[i]) return false;
  }
  return true;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Calls `visit(name, value)` for each header line of a head.
template <class Visit>
void each_header(std::string_view head, Visit visit) {
  auto at = head.find("\r\n");
  while (at != std::string_view::npos) {
    at += 2;
    auto end = head.find("\r\n", at);
    auto line = head.substr(at, end == std::string_view::npos ? end : end - at);
    if (auto colon = line.find(':'); colon != std::string_view::npos) {
      visit(line.substr(0, colon), trim(line.substr(colon + 1)));
    }
    at = end;
  }
}

}  // namespace

std::optional<AnswerHead> parse_head(std::string_view text) {
  if (text.size() < 12 || text.substr(0, 7) != "HTTP/1." || text[8] != ' ') return std::nullopt;
  AnswerHead head;
  auto [end, error] = std::from_chars(text.data() + 9, text.data() + 12, head.status);
  if (error != std::errc() || end != text.data() + 12 || head.status < 100) return std::nullopt;
  head.close = text[7] == '0';
  bool good = true;
  each_header(text, [&](std::string_view name, std::string_view value) {
    if (same_name(name, "content-length")) {
      std::uint64_t length = 0;
      auto [stop, wrong] = std::from_chars(value.data(), value.data() + value.size(), length);
      if (value.empty() || wrong != std::errc() || stop != value.data() + value.size()) good = false;
      head.length = length;
    } else if (same_name(name, "transfer-encoding")) {
      head.chunked = same_name(value, "chunked");
    } else if (same_name(name, "connection")) {
      head.close = same_name(value, "close");
    }
  });
  if (!good) return std::nullopt;
  return head;
}

std::string_view header_value(std::string_view head, std::string_view lower_name) {
  std::string_view found;
  each_header(head, [&](std::string_view name, std::string_view value) {
    if (same_name(name, lower_name)) found = value;
  });
  return found;
}

bool ChunkReader::feed_size(char c) {
  int digit = c >= '0' && c <= '9' ? c - '0' : lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
  if (digit >= 0) {
    left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
    return ++digits_ <= 15;
  }
  if (digits_ == 0) return false;
  if (c == '\n') {
    part_ = left_ > 0 ? Part::data : Part::trailer;
    line_empty_ = true;
  } else {
    part_ = c == '\r' ? Part::size : Part::extension;
  }
  return true;
}

bool ChunkReader::feed(std::string_view bytes, std::string& body) {
  std::size_t at = 0;
  while (at < bytes.size() && part_ != Part::end) {
    char c = bytes[at];
    switch (part_) {
      case Part::size:
        if (!feed_size(c)) return false;
        ++at;
        break;
      case Part::extension:
        if (c == '\n') part_ = left_ > 0 ? Part::data : Part::trailer;
        ++at;
        break;
      case Part::data: {
        auto take = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - at));
        body.append(bytes.substr(at, take));
        at += take;
        left_ -= take;
        if (left_ == 0) part_ = Part::data_end;
        break;
      }
      case Part::data_end:
        if (c != '\r' && c != '\n') return false;
        if (c == '\n') {
          part_ = Part::size;
          digits_ = 0;
        }
        ++at;
        break;
      case Part::trailer:
        if (c == '\n') {
          if (line_empty_) part_ = Part::end;
          line_empty_ = true;
        } else if (c != '\r') {
          line_empty_ = false;
        }
        ++at;
        break;
      case Part::end: break;
    }
  }
  return at == bytes.size();
}

AnswerReader::State AnswerReader::feed(std::string_view bytes) {
  started_ = true;
  if (in_body_) return read_body(bytes);
  if (held_.empty()) return read_head(bytes);
  held_.append(bytes);
  return read_head(held_);
}

AnswerReader::State AnswerReader::read_head(std::string_view data) {
  for (;;) {
    auto end = data.find("\r\n\r\n");
    if (end == std::string_view::npos) {
      if (data.size() > largest_head) return State::broken;
      if (data.data() != held_.data()) {
        held_.assign(data);
      }
      return State::reading;
    }
    head_text_ = data.substr(0, end);
    auto head = parse_head(head_text_);
    if (!head) return State::broken;
    head_ = *head;
    data.remove_prefix(end + 4);
    if (head_.status >= 200) break;
    if (!held_.empty()) {  // an interim answer: what follows is kept from its own beginning
      held_.erase(0, held_.size() - data.size());
      data = held_;
    }
  }
  if (head_.status == 204 || head_.status == 304) head_.length = 0;
  if (!head_.chunked && head_.length && data.size() >= *head_.length) {
    body_view_ = data;
    return data.size() == *head_.length ? State::done : State::broken;
  }
  in_body_ = true;
  head_copy_.assign(head_text_);
  head_text_ = head_copy_;
  return read_body(data);
}

AnswerReader::State AnswerReader::read_body(std::string_view bytes) {
  if (head_.chunked) {
    if (!chunks_.feed(bytes, body_)) return State::broken;
    body_view_ = body_;
    return chunks_.done() ? State::done : State::reading;
  }
  body_.append(bytes);
  body_view_ = body_;
  if (!head_.length) return State::reading;
  if (body_.size() > *head_.length) return State::broken;
  return body_.size() == *head_.length ? State::done : State::reading;
}

AnswerReader::State AnswerReader::finish() {
  return in_body_ && !head_.chunked && !head_.length ? State::done : State::broken;
}

void AnswerReader::reset() {
  started_ = false;
  in_body_ = false;
  head_ = {};
  held_.clear();
  body_.clear();
  head_text_ = {};
  body_view_ = {};
  chunks_ = {};
}

}  // namespace bramble::load
