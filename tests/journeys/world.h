// The world of a journey: an instance with demo data of its own, its buyers, its bank and its goods.
// `expect_consistent` at the end of a journey proves the invariants over the stores that it left.
#pragma once

#include "tests/harness/bank.h"
#include "tests/harness/worker.h"

namespace bramble::journeys {

using namespace harness;

struct Goods {
  std::string sku_id;
  std::string product_id;
  std::string site_id;  // that has it, or had it
  std::int64_t price_minor = 0;
};

// What a fresh world starts from: the data folder to copy, the database to copy if it is on PostgreSQL, and
// its goods.
struct Demo {
  std::string data;
  std::string database;  // empty: on SQLite
  std::string pickup_point;
  std::vector<Goods> plenty;    // hundreds of each
  std::vector<Goods> sold_out;  // none of each
};

// Made once in a test program.
const Demo& demo_on_sqlite();
const Demo& demo_on_postgres();
// On SQLite; on PostgreSQL when the program was started with BRAMBLE_TEST_DATABASE=postgres.
const Demo& demo_of_this_run();

// A database of one world, on the server that the program starts once. It goes with this object. A demo on
// SQLite has none.
class WorldDatabase {
 public:
  explicit WorldDatabase(const Demo& demo);
  ~WorldDatabase();
  WorldDatabase(const WorldDatabase&) = delete;

  const std::string& conninfo() const { return conninfo_; }  // empty: SQLite
  // While nobody is connected: a copy of it that stays.
  void keep_as(const std::string& name) const;

 private:
  std::string name_;
  std::string conninfo_;
};

// On PostgreSQL its services call each other encoded, and each repeatable call is made twice.
class World {
 public:
  explicit World(std::vector<std::string> settings = {}, const Demo& demo = demo_of_this_run(),
                 bool same_ports = false);

  std::vector<Buyer> buyers(std::size_t count);
  Buyer buyer() { return buyers(1).front(); }
  // Signs in once a role: each sign-in costs an Argon2.
  const Worker& staff(const std::string& role) {
    return staff_.try_emplace(role, client, instance, role).first->second;
  }

  // Hundreds of it; another each time.
  const Goods& plenty() { return demo_.plenty.at(plenty_used_++ % demo_.plenty.size()); }
  // Exactly so many of it are on sale when this returns; another each time.
  const Goods& only(int quantity);
  std::int64_t available(const Goods& goods);

  // Orders, and expects that it was accepted.
  Reply order(const Buyer& buyer, const OrderSpec& spec);
  // The status of each order.
  std::vector<std::string> statuses(const Buyer& buyer, const std::vector<std::string>& orders);

  // Waits until the bank's money is what the statuses of the orders say it is: paid for once, or given back,
  // or never taken (I10, I12, I18).
  void expect_money_follows(const Buyer& buyer, const std::vector<std::string>& orders);
  // No event or job was given up, `bramble check` finds nothing, and the process ends cleanly.
  void expect_consistent();

  // SQL on the stores of a module, while the instance is stopped.
  void plant(const std::string& module, const std::string& sql);

  WorldDatabase database;
  Client client;
  Instance instance;
  Bank bank;

 private:
  const Demo& demo_;
  std::map<std::string, Worker> staff_;
  std::size_t plenty_used_ = 0;
  std::size_t sold_out_used_ = 0;
};

// "" if the bank's rows of an order are what its status says; else what is wrong.
std::string money_complaint(const std::string& status, std::int64_t total_minor,
                            const std::vector<BankRow>& rows);

}  // namespace bramble::journeys
