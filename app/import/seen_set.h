// Which keys there were already, eight bytes each: a table of their 64-bit hashes that doubles as it fills.
#pragma once

#include <cstdint>
#include <vector>

namespace bramble::importing {

class SeenSet {
 public:
  // False if it was there already.
  bool insert(std::uint64_t hash) {
    if (hash == 0) hash = 1;  // 0 marks an empty place
    if ((count_ + 1) * 2 > places_.size()) grow();
    auto& place = place_of(places_, hash);
    if (place == hash) return false;
    place = hash;
    ++count_;
    return true;
  }

  std::size_t size() const { return count_; }

 private:
  static std::uint64_t& place_of(std::vector<std::uint64_t>& places, std::uint64_t hash) {
    auto at = (hash * 0x9E3779B97F4A7C15U) & (places.size() - 1);
    while (places[at] != 0 && places[at] != hash) at = (at + 1) & (places.size() - 1);
    return places[at];
  }

  void grow() {
    std::vector<std::uint64_t> wider(places_.empty() ? 1'024 : places_.size() * 2);
    for (auto hash : places_) {
      if (hash != 0) place_of(wider, hash) = hash;
    }
    places_ = std::move(wider);
  }

  std::vector<std::uint64_t> places_;
  std::size_t count_ = 0;
};

}  // namespace bramble::importing
