#include "app/check/security_chain.h"

#include <fmt/format.h>

#include "base/digest.h"

namespace bramble::check {
namespace {

constexpr std::size_t page = 1'000;
constexpr std::size_t most_violations = 1'000;

// Columns of a row, in the order that is hashed.
enum Column { prev_hash, seq, at, kind, principal, address, subject, detail, times, hash };

std::string hash_of(const TextRow& row) {
  std::string text;
  for (int column = prev_hash; column <= times; ++column)
    text += fmt::format("{}:{}", row[static_cast<std::size_t>(column)].size(),
                        row[static_cast<std::size_t>(column)]);
  return sha256_hex(text);
}

struct End {
  long long seq = 0;
  std::string hash;
};

class Walk {
 public:
  explicit Walk(Look& look) : look_(look), at_(end("first")) {}

  std::vector<Violation> run() {
    for (bool more = true; more && found_.size() < most_violations;) {
      auto rows = look_.query(
          fmt::format(
              "SELECT prev_hash, CAST(seq AS TEXT), CAST(at AS TEXT), kind, principal, address, subject,"
              " detail, CAST(times AS TEXT), hash FROM security.entry e WHERE e.seq > {} ORDER BY e.seq",
              at_.seq),
          page);
      more = rows.size() == page;
      for (const auto& row : rows) step(row);
    }
    auto last = end("last");
    if (last.seq != at_.seq || last.hash != at_.hash)
      wrong("The log ends where its end says.", fmt::format("entry {}", last.seq), last.hash, at_.hash);
    return std::move(found_);
  }

 private:
  End end(const std::string& name) {
    auto rows =
        look_.query("SELECT CAST(seq AS TEXT), hash FROM security.chain_end WHERE name = '" + name + "'", 2);
    if (rows.size() != 1) {
      wrong("The chain has two ends.", name, "1", std::to_string(rows.size()));
      return {};
    }
    return {std::stoll(rows[0][0]), rows[0][1]};
  }

  void step(const TextRow& row) {
    auto key = "entry " + row[seq];
    auto number = std::stoll(row[seq]);
    if (number != at_.seq + 1)
      wrong("Entries are numbered without a gap.", key, std::to_string(at_.seq + 1), row[seq]);
    if (row[prev_hash] != at_.hash)
      wrong("An entry holds the hash of the one before.", key, at_.hash, row[prev_hash]);
    if (auto right = hash_of(row); right != row[hash])
      wrong("An entry is what was hashed.", key, right, row[hash]);
    at_ = {number, row[hash]};
  }

  void wrong(std::string rule, std::string key, std::string expected, std::string found) {
    found_.push_back(
        {"I25", "security.entry", std::move(rule), std::move(key), std::move(expected), std::move(found)});
  }

  Look& look_;
  std::vector<Violation> found_;
  End at_;
};

}  // namespace

std::vector<Violation> security_chain_violations(Stores& stores) {
  if (!stores.modules().contains("security")) return {};
  auto look = stores.look_at({"security"});
  return Walk(*look).run();
}

}  // namespace bramble::check
