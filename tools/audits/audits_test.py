#!/usr/bin/python3
"""What tools/audits makes of a small tree and what it refuses, and what CMake does about missing audits."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

TOOL = os.path.join(os.path.dirname(os.path.realpath(__file__)), "audits")
CMAKE = os.path.join(os.path.dirname(TOOL), "..", "..", "cmake")

HEADER = "-- I13 orders.purchase\n-- The total is right.\n"
QUERY = "SELECT p.order_id, 'x', 'y' FROM orders.purchase p WHERE "

TREE = {
    "services/orders/orders.proto": """
        // enum OrderStatus { ORDER_STATUS_GONE = 77; }
        enum OrderStatus {
          option (bramble.lower) = true;
          ORDER_STATUS_NEW = 0;  // being created
          ORDER_STATUS_PAID = 2 [deprecated = true];
        }
        enum BankStatus { BANK_STATUS_OPEN = 4; }""",
    "services/orders/schema/0001_orders.sql": "CREATE TABLE purchase_by_key (a TEXT); "
                                              "ALTER TABLE purchase_by_key RENAME TO purchase;",
    "services/orders/saga/short_store.h": """
        enum class ShortState : std::int64_t { open, decided = 5, settled };
        enum class Twice { a };
        enum class Mask { a = 1 << 3 };""",
    "services/orders/short_test.cpp": "host.consume<stock::Nothing>(",
    "services/orders/other.h": "enum class Twice { b };",
    "services/orders/orders_module.cpp": "host.consume<stock::GoodsGone>(  // host.consume<nobody::Speaks>",
    "services/stock/schema/0001_stock.sql": "CREATE TABLE hold (order_id TEXT);",
    "services/stock/rules.h": "enum class BankStatus { open };",
    "services/stock/stock_module.cpp": "host.consume<bramble::orders::OrderPaid>(\n",
    "services/orders/audits/first.sql": HEADER + QUERY + "p.status = ${OrderStatus.PAID};",
}


class Tool(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)
        self.write(TREE)
        for module in ("services/orders", "services/stock", "."):
            os.makedirs(f"{self.root}/{module}/audits", exist_ok=True)

    def write(self, files):
        for path, text in files.items():
            os.makedirs(os.path.dirname(f"{self.root}/{path}"), exist_ok=True)
            with open(f"{self.root}/{path}", "w", encoding="utf-8") as file:
                file.write(text)

    def run_tool(self, files, stores=("orders", "stock")):
        """(what it made, what it printed)"""
        self.write(files)
        out = f"{self.root}/made.cpp"
        if os.path.exists(out):
            os.remove(out)
        done = subprocess.run([TOOL, "--root", self.root, "--out", out,
                               *(f"{name}=services/{name}" for name in stores)],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            self.assertFalse(os.path.exists(out))
            return "", done.stderr
        with open(out, encoding="utf-8") as file:
            return file.read(), done.stderr

    def made(self, query, path="services/orders/audits/second.sql",
             header="-- I1 orders.purchase\n-- It is so.\n"):
        made, said = self.run_tool({path: header + query})
        self.assertEqual("", said)
        return made

    def refused(self, text, path="services/orders/audits/second.sql"):
        made, said = self.run_tool({path: text})
        self.assertEqual("", made)
        return said

    def test_an_audit_is_its_header_and_its_query(self):
        made, said = self.run_tool({})
        self.assertEqual("", said)
        self.assertIn('{"I13", "orders.purchase", "The total is right.", {"orders"}, R"audit(', made)
        self.assertIn("WHERE p.status = 2)audit", made)
        self.assertIn('modules = {"orders", "stock"};', made)

    def test_comments_and_strings_are_left_alone(self):
        made = self.made("-- An order's; stock.hold\nSELECT '--;', 'stock.hold', ';''' FROM orders.purchase;")
        self.assertIn("SELECT '--;', 'stock.hold', ';''' FROM orders.purchase)audit", made)
        self.assertIn('"It is so.", {"orders"}', made)

    def test_common_tables_have_no_module(self):
        made = self.made("WITH late(id) AS (VALUES (1)), early AS (SELECT 2 AS id)\n"
                         "SELECT '', '', '' FROM orders.purchase p JOIN late l ON p.a IS DISTINCT FROM l.id"
                         " JOIN Early e;")
        self.assertIn('"It is so.", {"orders"}', made)

    def test_states_of_headers_and_contracts_have_names(self):
        made = self.made(QUERY + "p.s IN (${ShortState.OPEN}, ${ShortState.DECIDED}, ${ShortState.SETTLED});")
        self.assertIn("IN (0, 5, 6)", made)
        self.assertIn("CASE p.s WHEN 0 THEN 'NEW' WHEN 2 THEN 'PAID' ELSE CAST(p.s AS TEXT) END",
                      self.made("SELECT '', '', ${OrderStatus(p.s)} FROM orders.purchase p;"))
        self.assertIn("CASE COALESCE(p.s, 0) WHEN 0",
                      self.made("SELECT '', '', ${OrderStatus(COALESCE(p.s, ${OrderStatus.NEW}))}"
                                " FROM orders.purchase p;"))

    def test_what_is_wrong_is_named_with_file_and_line(self):
        for where, text, what in (
                ("2.sql:1", "SELECT 1;", "begins with its invariant"),
                ("2.sql:2", "-- I1 orders.purchase\nSELECT 1;", "second line is the rule"),
                ("2.sql:2", "-- I1 orders.purchase\n-- no sentence\nSELECT 1;", "second line is the rule"),
                ("2.sql:1", HEADER.replace("purchase", "bag") + QUERY + "1 = 1;", "no table orders.bag"),
                ("2.sql:4", HEADER + "SELECT '', '', ''\n FROM orders.basket;", "orders has no table basket"),
                ("2.sql:3", HEADER + "SELECT '', '', '' FROM basket.line;", "there is no module basket"),
                ("2.sql:3", HEADER + "SELECT '', '', '' FROM purchase;", "name the module of the table"),
                ("2.sql:4", HEADER + QUERY + "\n p.status = ${OrderStatus.PAYED};",
                 "${OrderStatus.PAYED}: OrderStatus has no value PAYED; it has NEW, PAID"),
                ("2.sql:3", HEADER + QUERY + "p.status = ${OrderState.PAID};", "has an enum OrderState"),
                ("2.sql:3", HEADER + QUERY + "p.status = ${HoldState.HELD};", "has an enum HoldState"),
                ("2.sql:3", HEADER + QUERY + "p.status = ${shop.OrderStatus.NEW};", "no module shop"),
                ("2.sql:3", HEADER + QUERY + "p.status = ${Twice.A};", "several enums Twice"),
                ("2.sql:3", HEADER + QUERY + "p.status = ${Mask.A};", "computed"),
                ("2.sql:3", HEADER + QUERY + "p.status = ${paid};", "write ${Enum.VALUE}"),
                ("2.sql:3", HEADER + QUERY + "p.status = ${OrderStatus.PAID;", "${ without its }"),
                ("2.sql:3", HEADER + QUERY + "p.status = 2;", "a number for a state"),
                ("2.sql:3", HEADER + QUERY + "p.status NOT IN (2, 3);", "a number for a state"),
                ("2.sql:3", HEADER + QUERY + "'' = CASE p.kind WHEN 1 THEN '' END;", "a number for a state"),
                ("2.sql:4", HEADER + QUERY + "1 = 1\n  OR 2 = 2", "semicolon"),
                ("2.sql:3", HEADER + QUERY + "1 = 1; DELETE FROM orders.purchase;", "one query"),
                ("2.sql:1", HEADER + QUERY + "EXISTS (SELECT 1 FROM stock.hold);", "it belongs in audits/"),
                ("2.sql:1", HEADER.replace("purchase", "purchase, for each module") + QUERY + "1 = 1;",
                 "belongs in audits/")):
            said = self.refused(text, "services/orders/audits/2.sql")
            self.assertIn(f"services/orders/audits/{where}: ", said, text)
            self.assertIn(what, said, text)

    def test_audits_that_span_modules_lie_in_the_root(self):
        spanning = "SELECT '', '', '' FROM stock.hold h JOIN orders.purchase p ON TRUE WHERE h.bank = "
        made = self.made(spanning + "${stock.BankStatus.OPEN};", "audits/money.sql")
        self.assertIn('"It is so.", {"stock", "orders"}', made)
        self.assertIn("h.bank = 0", made)
        self.assertIn("say whose: stock.BankStatus or orders.BankStatus",
                      self.refused(HEADER + spanning + "${BankStatus.OPEN};", "audits/money.sql"))
        self.assertIn("it belongs in services/orders/audits/",
                      self.refused(HEADER + QUERY + "1 = 1;", "audits/money.sql"))

    def test_an_audit_is_made_for_each_delivery(self):
        made = self.made("SELECT '${event}', '', '' FROM ${publisher}.outbox, ${consumer}.inbox;",
                         "audits/taken_in.sql",
                         "-- I20 ${consumer}.inbox, for each delivery\n-- ${event} was taken in.\n")
        self.assertIn('"orders.inbox", "stock.GoodsGone was taken in.", {"stock", "orders"}', made)
        self.assertIn('"stock.inbox", "orders.OrderPaid was taken in.", {"orders", "stock"}', made)
        self.assertEqual(3, made.count('R"audit('))

    def test_an_audit_is_made_for_each_module(self):
        made = self.made("SELECT key, '', '' FROM ${module}.dead_events;", "audits/given_up.sql",
                         "-- I20 ${module}.dead_events, for each module\n-- No event is given up.\n")
        self.assertIn('"orders.dead_events", "No event is given up.", {"orders"}', made)
        self.assertIn('"stock.dead_events", "No event is given up.", {"stock"}', made)

    def test_the_time_of_the_check_is_left_open(self):
        self.assertIn("WHERE p.at < ${now} - 5)audit", self.made(QUERY + "p.at < ${now} - 5;"))

    def test_a_delivery_that_cannot_be_read_is_refused(self):
        _, said = self.run_tool({"services/orders/news.cpp": "\nhost.consume<OrderPaid>("})
        self.assertIn("services/orders/news.cpp:2: consume<OrderPaid>: name the event with its service", said)

    def test_an_audit_reads_at_most_ten_stores(self):
        stores = [f"m{number}" for number in range(11)]
        for name in stores:
            self.write({f"services/{name}/schema/0001_a.sql": "CREATE TABLE a (x TEXT);",
                        f"services/{name}/audits/none.txt": ""})

        def tell(count):
            return {"audits/all.sql": "-- I1 m0.a\n-- It is so.\nSELECT '', '', '' FROM "
                                      + ", ".join(f"m{number}.a x{number}" for number in range(count)) + ";"}

        self.assertEqual("", self.run_tool(tell(10), stores)[1])
        self.assertIn("it reads 11 stores; SQLite attaches at most 10", self.run_tool(tell(11), stores)[1])

    def test_two_audits_say_different_things(self):
        self.assertIn("two audits of I13 orders.purchase say: The total is right.",
                      self.refused(TREE["services/orders/audits/first.sql"]))


class Configure(unittest.TestCase):
    """A project of one module with a schema."""

    def configure(self, files):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(f"{root}/services/pets/audits")
            shutil.copytree(CMAKE, f"{root}/cmake")
            files = {"CMakeLists.txt": "cmake_minimum_required(VERSION 3.25)\nproject(shop LANGUAGES NONE)\n"
                                       "include(cmake/stores.cmake)\nadd_subdirectory(services/pets)\n",
                     "services/pets/CMakeLists.txt": "add_custom_target(pets)\nbramble_schema(pets pets)\n",
                     "services/pets/schema/0001_pets.sql": "CREATE TABLE pet (name TEXT);", **files}
            os.makedirs(f"{root}/services/pets/schema")
            for path, text in files.items():
                with open(f"{root}/{path}", "w", encoding="utf-8") as file:
                    file.write(text)
            done = subprocess.run(["cmake", "-G", "Ninja", "-S", root, "-B", f"{root}/build"],
                                  capture_output=True, text=True, check=False)
            return done.returncode, " ".join(done.stderr.split())

    def test_a_module_without_audits_does_not_configure(self):
        code, said = self.configure({})
        self.assertNotEqual(0, code)
        self.assertIn("module pets has a schema and no audits", said)
        self.assertEqual((0, ""), self.configure({"services/pets/audits/a_rule.sql": ""}))
        self.assertEqual((0, ""), self.configure({"services/pets/audits/none.txt": "Pets are always right."}))


if __name__ == "__main__":
    unittest.main()
