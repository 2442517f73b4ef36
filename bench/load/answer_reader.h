// Reads HTTP/1.1 answers from bytes as they come: status, and a body by length, in chunks or until the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bramble::load {

struct AnswerHead {
  int status = 0;
  std::optional<std::uint64_t> length;
  bool chunked = false;
  bool close = false;
};

// `text` is everything before the empty line. Nothing if it is not the head of an HTTP/1.x answer.
std::optional<AnswerHead> parse_head(std::string_view text);

// The value of a header in the text of a head, by its lower-case name; empty if it is not there.
std::string_view header_value(std::string_view head, std::string_view lower_name);

// Takes the chunks' data out of a chunked body.
class ChunkReader {
 public:
  // Appends the data in `bytes` to `body`. False: not a chunked body.
  bool feed(std::string_view bytes, std::string& body);
  bool done() const { return part_ == Part::end; }

 private:
  enum class Part { size, extension, data, data_end, trailer, end };
  bool feed_size(char c);

  Part part_ = Part::size;
  std::uint64_t left_ = 0;
  int digits_ = 0;
  bool line_empty_ = true;
};

// One answer after another. After `done` the views hold until the next `feed` or `reset`.
class AnswerReader {
 public:
  enum class State { reading, done, broken };

  State feed(std::string_view bytes);
  // The connection has ended: completes a body that goes until then.
  State finish();
  void reset();

  bool started() const { return started_; }
  const AnswerHead& head() const { return head_; }
  std::string_view head_text() const { return head_text_; }
  std::string_view body() const { return body_view_; }

 private:
  State read_head(std::string_view data);
  State read_body(std::string_view bytes);

  bool started_ = false;
  bool in_body_ = false;
  AnswerHead head_;
  std::string held_;       // bytes of a head that is not complete
  std::string head_copy_;  // the head, when the body came later than it
  std::string body_;
  std::string_view head_text_;
  std::string_view body_view_;
  ChunkReader chunks_;
};

}  // namespace bramble::load
