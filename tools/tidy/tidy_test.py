#!/usr/bin/python3
"""Each rule of tidy, by a small tree that breaks it and one that does not."""

import sys
import unittest
import xml.etree.ElementTree

sys.dont_write_bytecode = True

import classes  # noqa: E402
import includes  # noqa: E402
import listed_audits  # noqa: E402
import messages  # noqa: E402
import picture  # noqa: E402
import references  # noqa: E402
import services  # noqa: E402
import settings  # noqa: E402
import source  # noqa: E402
import spelling  # noqa: E402
import style  # noqa: E402


def tree(files):
    return [source.Source(path, text) for path, text in files.items()]


def includes_found(path, *targets):
    lines = "\n".join(f"#include {t}" if t.startswith("<") else f'#include "{t}"' for t in targets)
    return len(list(includes.check(tree({path: lines}))))


def rules_found(check, files):
    return sorted(rule for _, _, rule, _ in check(tree(files)))


def style_found(files):
    return rules_found(lambda sources: style.check(sources, source.functions), files)


def messages_found(**changed):
    files = {"gateways/shop/pages/messages/a.ru.txt": "a.b = Да\na.n = {count, plural, one {да} other {#}}\n",
             "gateways/shop/pages/messages/a.en.txt": "a.b = Yes\na.n = {count}\n",
             "gateways/shop/pages/templates/a.html": "<p>[[a.b]]</p>",
             "gateways/shop/pages/a.cpp": 'f(say("a.n", n));'}
    names = {"ru": "messages/a.ru.txt", "en": "messages/a.en.txt", "html": "templates/a.html", "cpp": "a.cpp"}
    files.update({"gateways/shop/pages/" + names[name]: text for name, text in changed.items()})
    return [what for _, _, _, what in messages.check(tree(files))]


class Messages(unittest.TestCase):
    def test_languages_say_the_same(self):
        self.assertEqual([], messages_found())
        self.assertEqual(["a.n is not in en"], messages_found(en="a.b = Yes\n"))
        self.assertEqual(["a.n has other arguments in ru"], messages_found(en="a.b = Yes\na.n = {number}\n"))

    def test_what_is_used_is_there_and_what_is_there_is_used(self):
        html = "[[a.b]] [[a.c]] [[include x.html]]"
        self.assertEqual(["there is no message a.c"], messages_found(html=html))
        self.assertEqual(["there is no message a.c"], messages_found(cpp='say("a.n"); say("a.c");'))
        self.assertEqual(["nothing says a.n"], messages_found(cpp='say("a.b");'))
        self.assertEqual([], messages_found(cpp='say("a." + name);'))


class Classes(unittest.TestCase):
    def found(self, *paths):
        text = "namespace b {\nTask<void> Cart::add(int n) {\n  go();\n}\nvoid wire::go() {}\n}\n"
        files = {path: text for path in paths}
        return rules_found(lambda sources: classes.check(sources, source.functions), files)

    def test_a_class_lies_in_two_sources_at_most(self):
        two = ("services/cart/a.cpp", "services/cart/b.cpp")
        self.assertEqual([], self.found(*two, "services/cart/a_test.cpp"))
        self.assertEqual(["class"], self.found(*two, "services/cart/c.cpp"))

    def test_classes_of_one_name_in_other_folders_are_others(self):
        self.assertEqual([], self.found("services/cart/a.cpp", "services/cart/b.cpp", "services/shop/c.cpp"))


class Includes(unittest.TestCase):
    def test_a_service_sees_its_own_folder_base_ports_and_the_host(self):
        own = ("services/cart/cart_store.h", "base/ids.h", "ports/cache.h", "runtime/module.h",
               "cart_schema.h", "runtime/json/json.h")
        self.assertEqual(0, includes_found("services/cart/cart_service.cpp", *own))

    def test_a_service_sees_nothing_else(self):
        others = ("services/orders/order_store.h", "runtime/config.h", "engines/sqlite/sqlite.h",
                  "gateways/edge/route.h")
        self.assertEqual(len(others), includes_found("services/cart/cart_service.cpp", *others))

    def test_gateways_share_edge_and_not_each_other(self):
        self.assertEqual(0, includes_found("gateways/ops/ops.cpp", "gateways/edge/route.h",
                                           "services/orders/orders.api.h"))
        self.assertEqual(1, includes_found("gateways/ops/ops.cpp", "gateways/storefront/storefront.h"))
        self.assertEqual(1, includes_found("gateways/edge/router.cpp", "gateways/ops/ops.h"))
        self.assertEqual(0, includes_found("gateways/ops/ops.cpp", "gateways/pages/site.h"))
        self.assertEqual(1, includes_found("gateways/edge/router.cpp", "gateways/pages/site.h"))
        self.assertEqual(1, includes_found("gateways/ops/ops.cpp", "<ctemplate/template.h>"))
        self.assertEqual(0, includes_found("sandbox/bank.cpp", "gateways/edge/route.h"))
        self.assertEqual(0, includes_found("gateways/ops/ops.cpp", "gateways/pages/assets.h"))
        self.assertEqual(1, includes_found("gateways/edge/router.cpp", "gateways/pages/assets.h"))
        self.assertEqual(0, includes_found("gateways/pages/assets.cpp", "web/web_files.h"))
        self.assertEqual(1, includes_found("gateways/ops/ops.cpp", "web/web_files.h"))

    def test_lower_layers_do_not_look_up(self):
        self.assertEqual(1, includes_found("base/ids.h", "ports/clock.h"))
        self.assertEqual(1, includes_found("ports/clock.h", "runtime/log.h"))
        self.assertEqual(1, includes_found("runtime/host.cpp", "engines/sqlite/sqlite.h"))
        self.assertEqual(1, includes_found("engines/sqlite/sqlite.cpp", "runtime/log.h"))
        self.assertEqual(1, includes_found("engines/sqlite/sqlite.cpp", "engines/http/http_server.h"))

    def test_app_sees_everything_and_nobody_sees_app(self):
        self.assertEqual(0, includes_found("app/main.cpp", "engines/sqlite/sqlite.h", "gateways/ops/ops.h"))
        self.assertEqual(1, includes_found("testing/world.h", "app/modules.h"))

    def test_heavy_headers_stay_in_their_engine(self):
        self.assertEqual(0, includes_found("engines/sqlite/sqlite.cpp", "<sqlite3.h>"))
        self.assertEqual(1, includes_found("engines/postgres/postgres.cpp", "<sqlite3.h>"))
        self.assertEqual(1, includes_found("services/cart/cart.cpp", "<boost/json.hpp>"))
        self.assertEqual(1, includes_found("runtime/host.h", "<boost/json.hpp>"))
        self.assertEqual(0, includes_found("runtime/host.cpp", "<boost/json.hpp>", "<map>"))

    def test_tests_are_free(self):
        self.assertEqual(0, includes_found("services/cart/cart_test.cpp", "engines/sqlite/sqlite.h",
                                           "testing/run.h"))

    def test_an_include_in_a_comment_is_none(self):
        text = '// #include "app/modules.h"\n/*\n#include "app/modules.h"\n*/\n'
        self.assertEqual([], rules_found(includes.check, {"base/ids.cpp": text}))


def references_found(text, path="docs/a.md", **others):
    """What is wrong with a page of a tree that has a few files."""
    files = {
        "docs/other.md": "# Other\n## What it `is`, [really](other.md)\n", "docs/picture.png": "",
        "services/cart/cart_store.h": "", "services/cart/cart.proto":
            "message CartOrdered {\n}\nservice Cart {\n  rpc Merge(A) returns (B) {}\n}\n",
        "services/cart/cart_test.cpp": "TEST_F(Carts, AreMerged) {  // I2\n}\n",
        "docs/invariants.md": "### I1 Goods\n\n### I2 Stock\n", path: text, **others}
    return [what for where, _, _, what in references.check(tree(files)) if where == path]


class References(unittest.TestCase):
    def test_links_lead_to_files_and_headings(self):
        good = ("[a](other.md) ![p](picture.png) [b](../services/cart) [c](#here) [d](https://nowhere.example/x)\n"
                "[e](other.md#what-it-is-really)\n# Here\n")
        self.assertEqual([], references_found(good))
        self.assertEqual(["gone.md: there is no docs/gone.md"], references_found("[a](gone.md)"))
        self.assertEqual(["other.md#gone: docs/other.md has no heading #gone"],
                         references_found("[a](other.md#gone)"))

    def test_a_link_in_code_is_none(self):
        self.assertEqual([], references_found("`[a](gone.md)`\n```\n[a](gone.md)\n```\n"))

    def test_paths_that_are_named_exist(self):
        for text in ("services/cart/cart_store.h", "services/cart", "cart_store.{h}", "cart/cart_*.h",
                     "other.md", "services/x/x.proto", "services/cart/cart.api.h", "build/release/bramble",
                     "a/b", "NAME.md"):
            self.assertEqual([], references_found(f"`{text}`"), text)
        for text in ("services/cart/gone.h", "services/gone/", "gone.cpp", "cart_store.{h,cpp}",
                     "cart/gone_*.h"):
            what = f"{text}: there is no such file or folder"
            self.assertEqual([what], references_found(f"`{text}`"), text)

    def test_tests_calls_and_messages_that_are_named_exist(self):
        for text in ("Carts.AreMerged", "Cart.Merge", "cart.Merge", "cart.CartOrdered"):
            self.assertEqual([], references_found(f"`{text}`"), text)
        for text in ("Carts.AreLost", "Cart.Split", "cart.CartLost"):
            self.assertEqual([f"{text}: there is no such test, call or message"],
                             references_found(f"`{text}`"), text)

    def test_invariants_that_are_cited_are_listed(self):
        self.assertEqual([], references_found("see I1 and I2"))
        self.assertEqual(["I3 is not in docs/invariants.md"], references_found("see I3"))
        self.assertEqual(["I3 is not in docs/invariants.md"],
                         references_found("int I3;  // I3\n", path="services/cart/a.cpp"))
        self.assertEqual([], references_found("int I3;\n", path="services/cart/a.cpp"))


class ListedAudits(unittest.TestCase):
    def found(self, listed):
        return rules_found(listed_audits.check, {
            "services/a/audits/sums.sql": "-- I1 a.sum\n-- Sums add up.\nSELECT 1;",
            "audits/in.sql": "-- I2 ${consumer}.inbox, for each delivery\n-- A ${event} was taken in.\n",
            "docs/invariants.md": "### I1 One\n  - `a.sum`: Sums add up.\n### I2 Two\n" + listed})

    def test_every_audit_is_listed_and_nothing_else(self):
        right = "  - `*.inbox`: A event was taken in.\n  - `security.entry`: The log is whole.\n"
        self.assertEqual([], self.found(right))
        self.assertEqual(["audit"], self.found(""))
        self.assertEqual(["audit"], self.found(right + "  - `a.sum`: Sums add up.\n"))
        self.assertEqual(["audit"], self.found(right.replace("taken in.", "taken in. All is well.")))


def settings_found(text, path="docs/a.md"):
    files = {
        "services/orders/orders_module.cpp": 'host.setting("hold_ms", 1); host.secret("a_key", 32);',
        "services/orders/schema/0001_orders.sql": "CREATE TABLE purchase (id TEXT);",
        "gateways/ops/ops_module.cpp": "",
        "gateways/edge/gatekeeper.cpp": 'host.setting(name + "_per_s", 1);',
        "app/platform.cpp": 'settings.text("database", "engine", "sqlite");', path: text}
    return [what for where, _, _, what in settings.check(tree(files)) if where == path]


class Settings(unittest.TestCase):
    def test_a_setting_that_a_guide_names_exists(self):
        for text in ("orders.hold_ms", "orders.a_key_file", "[orders] hold_ms = 1", "ops.hook_per_s",
                     "orders.purchase", "database.engine", "orders.proto", "nothing.of_ours"):
            self.assertEqual([], settings_found(f"`{text}`"), text)
        self.assertEqual(["orders.hold_s is neither a setting nor a table"],
                         settings_found("`orders.hold_s`"))
        self.assertEqual(["database.motor is neither a setting nor a table"],
                         settings_found("`[database] motor`"))

    def test_a_setting_that_a_comment_names_exists(self):
        path = "services/orders/a.h"
        self.assertEqual([], settings_found("// orders.hold_ms: how long\nint a = orders.hold_s;\n", path))
        self.assertEqual(["orders.hold_s is neither a setting nor a table"],
                         settings_found("// orders.hold_s: how long\n", path))

    def test_a_variable_of_the_environment_names_a_setting(self):
        self.assertEqual([], settings_found("`BRAMBLE_ORDERS_HOLD_MS=1` `BRAMBLE_BINARY`"))
        self.assertEqual(["BRAMBLE_ORDERS_HOLD_S: orders has no setting hold_s"],
                         settings_found("`BRAMBLE_ORDERS_HOLD_S=1`"))

    def test_the_changelog_names_what_was(self):
        self.assertEqual([], settings_found("`orders.hold_s` is gone", path="CHANGELOG.md"))


class Spelling(unittest.TestCase):
    def found(self, files):
        return [(path, line) for path, line, _, _ in spelling.Check(tree(files)).found()]

    def test_english_is_checked_in_documents_and_contracts(self):
        wrong = "Good.\nWe rec" + "ieve it.\n"
        self.assertEqual([("a.md", 2), ("b/b.proto", 2)],
                         self.found({"a.md": wrong, "b/b.proto": wrong, "c.cpp": wrong, "d.md": "Good.\n"}))

    def test_russian_is_checked_in_texts(self):
        wrong = "a = Заказ\nb = Зак" + "каз\n"
        self.assertEqual([("x/messages/a.ru.txt", 2)],
                         self.found({"x/messages/a.ru.txt": wrong, "a_test.cpp": wrong}))
        self.assertEqual([], self.found({"a.md": "из-за СМС, пин-код\n"}))


CART_CALLS = 'Module{.name = "cart", .calls = {"catalog"}};\n'


class Services(unittest.TestCase):
    def test_a_call_is_declared(self):
        user = '#include "services/catalog/catalog.api.h"\n'
        catalog = {"services/catalog/catalog_module.cpp": ""}
        self.assertEqual(["calls"], rules_found(services.check, {"services/cart/a.h": user, **catalog}))
        self.assertEqual([], rules_found(services.check, {
            "services/cart/a.h": user, "services/cart/cart_module.cpp": CART_CALLS, **catalog}))
        self.assertEqual([], rules_found(services.check, {
            "services/cart/a.h": user,
            "services/cart/cart_module.cpp": "host.consume<catalog::PriceChanged>(x);", **catalog}))

    def test_a_declared_call_is_made_and_exists(self):
        self.assertEqual(["calls"], rules_found(services.check, {
            "services/cart/cart_module.cpp": CART_CALLS, "services/catalog/catalog_module.cpp": ""}))
        self.assertEqual(["calls"], rules_found(services.check, {
            "services/cart/cart_module.cpp": CART_CALLS}))

    def test_calls_go_one_way(self):
        found = rules_found(services.check, {
            "services/cart/cart_module.cpp": '#include "services/catalog/catalog.api.h"\n' + CART_CALLS,
            "services/catalog/catalog_module.cpp":
                '#include "services/cart/cart.api.h"\nModule{.calls = {"cart"}};\n'})
        self.assertEqual(["cycle"], found)

    def test_tables_are_private(self):
        files = {"services/orders/schema/0001_orders.sql": "CREATE TABLE purchase (id TEXT);"}
        reader = 'tx.query("SELECT 1 FROM purchase");'
        self.assertEqual(["tables"], rules_found(services.check, {**files, "services/cart/a.cpp": reader}))
        self.assertEqual([], rules_found(services.check, {**files, "services/orders/a.cpp": reader}))
        self.assertEqual([], rules_found(services.check, {**files, "services/cart/a.cpp": "// " + reader}))
        self.assertEqual([], rules_found(services.check, {**files, "app/check/orders.cpp": reader}))

    def test_the_map_shows_calls_and_events(self):
        text = services.service_map(tree({
            "services/cart/cart_module.cpp": CART_CALLS + "host.consume<orders::OrderPlaced>(x);"}))
        self.assertEqual("cart  calls catalog\n      hears orders: OrderPlaced", text)


class Picture(unittest.TestCase):
    def setUp(self):
        self.drawn = xml.etree.ElementTree.fromstring(picture.draw(services.collect(tree({
            "services/cart/cart_module.cpp": 'Module{.calls = {"catalog", "stock"}};\n',
            "services/stock/stock_module.cpp":
                'Module{.calls = {"catalog"}};\nhost.consume<cart::Taken>(x); host.watch<cart::Left>(x);',
            "services/catalog/catalog_module.cpp": "host.consume<stock::Turned>(x);"}))))

    def found(self, name, kind):
        return [one for one in self.drawn.iter("{http://www.w3.org/2000/svg}" + name)
                if kind in one.get("class", "")]

    def test_it_has_a_box_for_each_service_and_none_on_another(self):
        boxes = [(int(one.get("x")), int(one.get("y"))) for one in self.found("rect", "box")]
        self.assertEqual(3, len(boxes))
        self.assertEqual(3, len({y for _, y in boxes}), "each below its caller")

    def test_it_has_a_line_for_the_calls_and_one_for_the_events_of_a_pair(self):
        said = sorted(one[0].text for one in self.found("path", "line") if len(one))
        self.assertEqual(["cart calls catalog", "cart calls stock", "catalog hears Turned",
                          "stock calls catalog", "stock hears Left, Taken"], said)

    def test_it_is_the_same_each_time(self):
        cart = tree({"services/cart/cart_module.cpp": ""})
        self.assertEqual(picture.draw(services.collect(cart)), picture.draw(services.collect(cart)))
        self.assertIn("</svg>", picture.draw({}))


class Style(unittest.TestCase):
    def test_long_files_lines_and_functions(self):
        self.assertEqual(["length"], style_found({"base/a.cpp": "\n" * 501}))
        self.assertEqual(["length"], style_found({"base/a.cpp": "int a;" + " " * 110 + "\n"}))
        self.assertEqual(["length"], style_found({"base/a.cpp": "int f(int a) {" + "\n" * 70 + "}\n"}))
        self.assertEqual([], style_found({"base/a.cpp": "int f(int a) {" + "\n" * 69 + "}\n"}))

    def test_raw_strings_and_addresses_may_be_long(self):
        self.assertEqual([], style_found({"base/a.cpp": 'auto a = R"(' + "x" * 120 + ')";\n'}))
        self.assertEqual([], style_found({"base/a.cpp": "// https://" + "x" * 120 + "\n"}))

    def test_headers_open_with_a_comment(self):
        self.assertEqual(["header"], style_found({"base/a.h": "#pragma once\n"}))
        self.assertEqual([], style_found({"base/a.h": "// What it is.\n#pragma once\n"}))

    def test_names_say_something(self):
        self.assertEqual(["name"], style_found({"base/string_" + "util.cpp": ""}))
        self.assertEqual(["name"], style_found({"base/" + "common/a.cpp": ""}))

    def test_time_chance_and_threads_come_from_ports(self):
        use = "auto now = std::chrono::system_clock::now();\n"
        self.assertEqual(["port"], style_found({"gateways/edge/a.cpp": use}))
        self.assertEqual([], style_found({"engines/clock/a.cpp": use}))
        self.assertEqual([], style_found({"gateways/edge/a_test.cpp": use}))
        self.assertEqual([], style_found({"base/a.cpp": 'auto a = "std::thread";  // rand()\n'}))

    def test_schemas_are_numbered_forward(self):
        readme = {"services/a/README.md": ""}
        self.assertEqual([], style_found({
            "services/a/schema/0001_a.sql": "", "services/a/schema/0002_b.sqlite.sql": "", **readme}))
        self.assertEqual(["schema"], style_found({"services/a/schema/0001_a.sql": "",
                                                  "services/a/schema/0003_b.sql": "", **readme}))
        self.assertEqual([], style_found({"services/a/audits/a_rule.sql": "", **readme}))
        self.assertEqual(["schema"], style_found({"services/a/tables.sql": "", **readme}))
        self.assertEqual(["schema"], style_found({"services/a/schema/0001_a.oracle.sql": "", **readme}))

    def test_a_service_has_a_short_readme(self):
        self.assertEqual(["readme"], style_found({"services/a/a.cpp": ""}))
        self.assertEqual(["readme"], style_found({"services/a/README.md": "\n" * 61}))

    def test_nothing_is_left_for_later(self):
        self.assertEqual(["unfinished"], style_found({"base/a.cpp": "// TO" + "DO: more\n"}))


class Functions(unittest.TestCase):
    def names(self, code):
        return [name for name, _, _ in source.functions(source.Source("a.cpp", code).code)]

    def test_functions_are_found_in_namespaces_and_classes(self):
        self.assertEqual(["f", "A::g"], self.names(
            "namespace a {\nclass B : public C {\n int f() const { return 1'000; }\n};\n}\nint A::g() {}\n"))

    def test_initialisers_are_not_bodies(self):
        self.assertEqual(["A"], self.names("struct A {\n A(int a) : a_{a}, b_(a) {\n }\n int a_{0};\n};\n"))
        self.assertEqual([], self.names("constexpr int a[] = {f(1), f(2)};\nint b{g(1)};\n"))

    def test_templates_lambdas_and_braces_in_text_do_not_confuse(self):
        self.assertEqual(["f", "g"], self.names(
            'template <class T>\nT f(T t) { auto a = [&] { return "}"; }; return a(); }\n'
            "auto g() -> int { if (true) { } else { } return '{'; }\n"))


if __name__ == "__main__":
    unittest.main()
