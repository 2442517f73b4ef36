#include "app/import/import.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/import/card_writer.h"
#include "app/import/digest.h"
#include "app/import/error_file.h"
#include "app/import/product_file.h"
#include "base/error.h"

namespace bramble::importing {
namespace {

constexpr std::size_t lines_a_receipt = 1'000;
constexpr std::uint32_t aisles = 60;
constexpr std::uint32_t shelves = 6;
constexpr int format_version = 2;  // another one makes other cards of the same rows

// All that decides what becomes of a row.
std::string fingerprint(const ImportOptions& options) {
  auto text = fmt::format("{} {} stock {}", format_version, options.mapping.text(), options.stock);
  for (const auto& site : options.sites) text += "\n" + site.text();
  return digest_of(text);
}

// The same place for the same goods.
std::string bin_of(const SkuId& sku) {
  auto number = bucket_of(sku.text());
  return fmt::format("I-{:02}-{}", number % aisles + 1, number / aisles % shelves + 1);
}

// Named by its contents: the same goods again are the same receipt.
warehouse::ReceiveRequest receipt_of(const SiteId& site, std::vector<warehouse::ReceiptLine> lines) {
  warehouse::ReceiveRequest request{"", site, std::move(lines), true};
  request.receipt_id = "import-" + digest_of(request.encode(), 40);
  return request;
}

// One run. Lives in import_products' frame, which waits for all that is started here.
class ImportRun {
 public:
  ImportRun(const ImportOptions& options, ImportTargets targets, Call call,
            std::function<void(const ImportStanding&)> told)
      : options_(options),
        to_(targets),
        call_(call),
        told_(std::move(told)),
        writer_(targets.catalog, std::move(call)) {
    progress_.options = fingerprint(options);
  }

  // While the stock of one chunk is received, the next one's cards are put, and the one after is read.
  Task<ImportStanding> run() {
    co_await resume();
    std::optional<Chunk> put;
    auto read = file_->next_chunk(options_.rows_a_chunk);
    while (put || !read.rows.empty()) {
      std::optional<Chunk> next;
      std::vector<Task<void>> work;
      if (!read.rows.empty()) work.push_back(writer_.put(read));
      if (put) work.push_back(finish(*put));
      if (!read.rows.empty()) work.push_back(read_next(next));
      co_await all(std::move(work));
      put.reset();
      if (!read.rows.empty()) put = std::move(read);
      read = next ? std::move(*next) : Chunk();
    }
    co_return standing_;
  }

 private:
  // Goes on after what an earlier run has done, if this is the same file, to be treated the same way, and the
  // stores have what that run did.
  Task<void> resume() {
    auto earlier = read_progress(options_.progress_path);
    if (earlier && earlier->options == progress_.options &&
        ErrorFile::reaches(options_.errors_path, earlier->error_bytes)) {
      file_.emplace(options_.file, options_.mapping);
      auto last = file_->pass_over(earlier->lines);
      bool is_same = file_->lines() == earlier->lines && file_->digest() == earlier->digest;
      if (is_same && (!last || co_await is_stored(*last))) {
        progress_ = *earlier;
        standing_.counts = earlier->counts;
        standing_.resumed_rows = earlier->counts.rows;
        standing_.share_of_file = file_->share_read();
        standing_.categories = file_->categories();
        standing_.respelled_categories = file_->respelled_categories();
        errors_.emplace(options_.errors_path, earlier->error_bytes);
        co_return;
      }
    }
    file_.emplace(options_.file, options_.mapping);
    errors_.emplace(options_.errors_path, 0);
  }

  Task<bool> is_stored(ProductId product) {
    try {
      co_await to_.catalog.get_product(call_, {std::move(product)});
      co_return true;
    } catch (const Error& failure) {
      if (failure.code != ErrorCode::not_found) throw;
    }
    co_return false;
  }

  Task<void> read_next(std::optional<Chunk>& next) {
    next = file_->next_chunk(options_.rows_a_chunk);
    co_return;
  }

  // Everything of a chunk that is left when its cards are put; last of all it counts as done.
  Task<void> finish(Chunk& chunk) {
    auto skus = static_cast<std::int64_t>(chunk.skus.size());
    if (options_.stock > 0) {
      std::vector<Task<void>> receipts;
      for (const auto& site : options_.sites) receipts.push_back(receive(site, chunk.skus));
      co_await all(std::move(receipts));
      standing_.counts.units += skus * options_.stock * static_cast<std::int64_t>(options_.sites.size());
    }
    standing_.counts.rows += static_cast<std::int64_t>(chunk.rows.size());
    standing_.counts.cards += skus;
    standing_.counts.written += chunk.written;
    for (const auto& row : chunk.rows) tell_problems(row);
    standing_.share_of_file = chunk.share_of_file;
    standing_.categories = file_->categories();
    standing_.respelled_categories = file_->respelled_categories();
    progress_.lines = chunk.lines;
    progress_.digest = chunk.digest;
    progress_.error_bytes = errors_->sync();
    progress_.counts = standing_.counts;
    write_progress(options_.progress_path, progress_);
    if (told_) told_(standing_);
  }

  Task<void> receive(SiteId site, const std::vector<SkuId>& skus) {
    for (std::size_t at = 0; at < skus.size(); at += lines_a_receipt) {
      std::vector<warehouse::ReceiptLine> lines;
      for (auto i = at; i < std::min(at + lines_a_receipt, skus.size()); ++i)
        lines.push_back({skus[i], options_.stock, bin_of(skus[i])});
      co_await to_.warehouse.receive(call_, receipt_of(site, std::move(lines)));
    }
  }

  void tell_problems(const ChunkRow& row) {
    for (const auto& problem : row.problems) errors_->add(row.line, row.source, row.id, problem);
    if (is_skipped(row.problems)) ++standing_.counts.skipped;
    else if (!row.problems.empty()) ++standing_.counts.noted;
  }

  const ImportOptions& options_;
  ImportTargets to_;
  Call call_;
  std::function<void(const ImportStanding&)> told_;
  CardWriter writer_;
  std::optional<ProductFile> file_;
  std::optional<ErrorFile> errors_;
  ImportProgress progress_;
  ImportStanding standing_;
};

}  // namespace

Task<ImportStanding> import_products(ImportOptions options, ImportTargets targets, Call call,
                                     std::function<void(const ImportStanding&)> told) {
  ImportRun run(options, targets, std::move(call), std::move(told));
  co_return co_await run.run();
}

void forget_progress(const std::string& progress_path) {
  std::error_code is_gone_anyway;
  std::filesystem::remove(progress_path, is_gone_anyway);
}

}  // namespace bramble::importing
