// The services that an import writes to, running in this process on a folder of the test's own.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "app/import/import.h"
#include "runtime/process.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/scratch_folder.h"

namespace bramble::importing {

// "moscow" and "tver" are open.
class Shop {
 public:
  Shop();
  ~Shop() { close(); }

  // Imports, and waits until search has it all; `told` may throw, and the run ends there.
  ImportStanding import(ImportOptions options, std::function<void(const ImportStanding&)> told = {});
  // An import of a file under this name with these lines. A file is kept under its name.
  ImportOptions of_lines(const std::vector<std::string>& lines,
                         const std::string& name = "goods.jsonl") const;
  std::string errors_of(const ImportOptions& options) const;

  catalog::CatalogApi& catalog() { return process_->api<catalog::CatalogApi>(); }
  warehouse::WarehouseApi& warehouse() { return process_->api<warehouse::WarehouseApi>(); }
  template <class T>
  T run(Task<T> task) {
    return process_->run(std::move(task));
  }
  const Call& call() const { return call_; }
  catalog::SearchReply search(const std::string& words);

  // dump_stores of it. The services end.
  std::string dump();

 private:
  void close();

  ScratchFolder folder_;
  QuietLogger logger_;
  Settings settings_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<Process> process_;
  Call call_;
};

// All that the stores in a data folder have, but times and what is numbered by chance.
std::string dump_stores(const std::string& data_folder);

// A row with these members beside source, id, title and price, which they may replace.
std::string row(int number, const std::string& members = "");

}  // namespace bramble::importing
