// The bytes of a connection that were received and not yet used; small while the connection idles.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

namespace bramble::http {

class InputBuffer {
 public:
  std::string_view view() const { return {data_.get() + begin_, end_ - begin_}; }
  std::size_t size() const { return end_ - begin_; }
  bool empty() const { return begin_ == end_; }

  void consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  // Free space behind the bytes: at least one byte unless `most` bytes are held; `wanted` is the size to grow
  // to.
  std::pair<char*, std::size_t> room(std::size_t wanted, std::size_t most) {
    if (begin_ > 0 && end_ == capacity_) move_to(capacity_);
    if (end_ == capacity_ || capacity_ < wanted) {
      auto larger = std::min(most, std::max(wanted, end_ == capacity_ ? capacity_ * 2 : capacity_));
      if (larger > capacity_) move_to(larger);
    }
    return {data_.get() + end_, capacity_ - end_};
  }
  void commit(std::size_t count) { end_ += count; }
  void append(std::string_view bytes) {
    if (bytes.empty()) return;
    if (capacity_ - end_ < bytes.size()) move_to(std::max(size() + bytes.size(), capacity_ * 2));
    std::memcpy(data_.get() + end_, bytes.data(), bytes.size());
    end_ += bytes.size();
  }
  // Gives memory back that only a large request needed.
  void shrink(std::size_t usual) {
    if (empty() && capacity_ > usual) {
      data_.reset();
      capacity_ = begin_ = end_ = 0;
    }
  }

 private:
  void move_to(std::size_t capacity) {
    auto count = size();
    if (capacity == capacity_) {
      std::memmove(data_.get(), data_.get() + begin_, count);
    } else {
      std::unique_ptr<char[]> larger(new char[capacity]);
      if (count > 0) std::memcpy(larger.get(), data_.get() + begin_, count);
      data_ = std::move(larger);
      capacity_ = capacity;
    }
    begin_ = 0;
    end_ = count;
  }

  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace bramble::http
