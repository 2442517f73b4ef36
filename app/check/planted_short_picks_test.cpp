// An order of three of which one was not found and refunded, one was damaged and came from another site; and
// single changes that each make one thing of it wrong.
#include "app/check/planted_test.h"

namespace bramble::check {

const char* const sound_stores_of_short_picks = R"sql(
INSERT INTO warehouse.site VALUES ('site_2', 'Site', 'fulfilment_centre', 0, 0, 1, 1, 0);
INSERT INTO warehouse.receipt VALUES ('rcp_2', 'site_2', CAST('1' AS BYTEA), 10);
INSERT INTO warehouse.bin_stock (site_id, sku_id, bin, on_hand, reserved, picked, quarantined) VALUES
  ('site_1', 'sku_3', 'D', 3, 0, 1, 0), ('site_1', 'sku_3', 'QUARANTINE', 1, 0, 0, 1), ('site_2', 'sku_3', 'C', 4, 0, 1, 0);
INSERT INTO warehouse.movement VALUES
  ('mov_31', 'site_1', 'sku_3', 'D', 'received', 5, 'rcp_1', 'anna', 10),
  ('mov_32', 'site_2', 'sku_3', 'C', 'received', 4, 'rcp_2', 'anna', 10),
  ('mov_33', 'site_1', 'sku_3', 'D', 'reserved', 3, 'tsk_short', 'orders', 120),
  ('mov_34', 'site_1', 'sku_3', 'D', 'written_off', 1, 'short-1', 'anna', 205),
  ('mov_35', 'site_1', 'sku_3', 'D', 'moved_out', 1, 'short-2', 'anna', 206),
  ('mov_36', 'site_1', 'sku_3', 'QUARANTINE', 'quarantined', 1, 'short-2', 'anna', 206),
  ('mov_37', 'site_1', 'sku_3', 'D', 'picked', 1, 'tsk_short', 'anna', 207),
  ('mov_38', 'site_2', 'sku_3', 'C', 'reserved', 1, 'tsk_other', 'orders', 208),
  ('mov_39', 'site_2', 'sku_3', 'C', 'picked', 1, 'tsk_other', 'boris', 229);
INSERT INTO warehouse.pick_order (order_id, state) VALUES ('ord_short', 2);
INSERT INTO warehouse.pick_task (task_id, order_id, site_id, status, package_barcode, created_at, parcel) VALUES
  ('tsk_short', 'ord_short', 'site_1', 1, 'PKG2', 120, 1), ('tsk_other', 'ord_short', 'site_2', 1, 'PKG3', 208, 2);
INSERT INTO warehouse.pick_line (task_id, line, sku_id, bin, quantity, picked, missing) VALUES
  ('tsk_short', 0, 'sku_3', 'D', 3, 1, 2), ('tsk_other', 0, 'sku_3', 'C', 1, 1, 0);
INSERT INTO warehouse.pick_short (short_id, task_id, line, order_id, site_id, sku_id, bin, barcode, quantity, reason,
                                  by_whom, at, decided) VALUES
  ('short-1', 'tsk_short', 0, 'ord_short', 'site_1', 'sku_3', 'D', '3', 1, 0, 'anna', 205, 1),
  ('short-2', 'tsk_short', 0, 'ord_short', 'site_1', 'sku_3', 'D', '3', 1, 1, 'anna', 206, 1);

INSERT INTO inventory.site VALUES ('site_2', 'Site', 0, 0, 1, 1);
INSERT INTO inventory.sell_grant VALUES ('site_1', 1, 1, 'sku_3', 5), ('site_2', 1, 1, 'sku_3', 4);
INSERT INTO inventory.stock VALUES ('sku_3', 'site_1', 3, 0, 1), ('sku_3', 'site_2', 4, 0, 1);
INSERT INTO inventory.hold (order_id, attempt, state, version, expires_at, created_at) VALUES ('ord_short', 1, 2, 3, 900, 100);
INSERT INTO inventory.hold_line VALUES ('ord_short', 1, 'sku_3', 'site_1', 1), ('ord_short', 1, 'sku_3', 'site_2', 1);
INSERT INTO inventory.short_pick (order_id, short_id, sku_id, site_id, quantity, at) VALUES
  ('ord_short', 'short-1', 'sku_3', 'site_1', 1, 205), ('ord_short', 'short-2', 'sku_3', 'site_1', 1, 206);
INSERT INTO inventory.short_replacement VALUES ('ord_short', 'short-2', 'site_2', 1);

INSERT INTO orders.purchase (order_id, user_id, status, version, total_minor, currency, pickup_point_id, lat, lon,
                             created_at, expires_at, cancel_requested, cleanup, was_paid, idempotency_key) VALUES
  ('ord_short', 'usr_3', 4, 4, 300, 'RUB', 'pp_1', 0, 0, 100, 900, 0, 0, 1, 'k6');
INSERT INTO orders.item (order_id, item_id, sku_id, product_id, seller_id, title, options, price_minor, price_version,
                         site_id, status, short_id) VALUES
  ('ord_short', 'itm_7', 'sku_3', 'prd_3', 'sel_1', 'C', CAST('1' AS BYTEA), 100, 1, 'site_1', 4, NULL),
  ('ord_short', 'itm_8', 'sku_3', 'prd_3', 'sel_1', 'C', CAST('1' AS BYTEA), 100, 1, 'site_1', 10, 'short-1'),
  ('ord_short', 'itm_9', 'sku_3', 'prd_3', 'sel_1', 'C', CAST('1' AS BYTEA), 100, 1, 'site_2', 4, NULL);
INSERT INTO orders.history (order_id, version, status, at) VALUES
  ('ord_short', 1, 1, 100), ('ord_short', 2, 2, 110), ('ord_short', 3, 3, 200), ('ord_short', 4, 4, 230);
INSERT INTO orders.short_pick (order_id, short_id, sku_id, site_id, quantity, reason, reported_at, state, replaced,
                               cancelled, refund_minor, decided_at) VALUES
  ('ord_short', 'short-1', 'sku_3', 'site_1', 1, 0, 205, 3, 0, 1, 100, 206),
  ('ord_short', 'short-2', 'sku_3', 'site_1', 1, 1, 206, 2, 1, 0, 0, 207);
INSERT INTO orders.idempotency (principal, route, key, digest, reply, created_at) VALUES
  ('usr_3', 'orders.create', 'k6', 'd', CAST('1' AS BYTEA), 100);

INSERT INTO payments.payment (payment_id, order_id, user_id, provider, method, amount_minor, currency, status, wish,
                              late, captured_minor, refunded_minor, session_expires_at, created_at, updated_at,
                              next_check_at) VALUES
  ('pay_8', 'ord_short', 'usr_3', 'sandbox', 'card', 300, 'RUB', 3, 0, 0, 300, 100, 800, 100, 210, NULL);
INSERT INTO payments.refund (payment_id, number, order_id, key, amount_minor, done, created_at) VALUES
  ('pay_8', 1, 'ord_short', 'short-1', 100, 1, 206);
INSERT INTO payments.ledger_entry (entry_id, document, key, order_id, currency, at) VALUES
  ('ent_8', 'capture', 'pay_8', 'ord_short', 'RUB', 110), ('ent_9', 'refund', 'pay_8:100', 'ord_short', 'RUB', 210);
INSERT INTO payments.posting (entry_id, line, account, amount_minor) VALUES
  ('ent_8', 1, 'psp:sandbox', 300), ('ent_8', 2, 'buyer:ord_short', -300),
  ('ent_9', 1, 'buyer:ord_short', 100), ('ent_9', 2, 'psp:sandbox', -100);
INSERT INTO sandbox.bank_payments VALUES
  ('bp_8', 'pay_8', 'ord_short', 0, 2, 300, 300, 300, 100, 'RUB', '', 0, '', '', 800);

INSERT INTO warehouse.outbox (event_id, type, key, payload, trace, created_at, published_at) VALUES
  ('evt_41', 'warehouse.PickShort', 'ord_short', CAST('1' AS BYTEA), '', 205, 206),
  ('evt_42', 'warehouse.PickShort', 'ord_short', CAST('1' AS BYTEA), '', 206, 207),
  ('evt_43', 'warehouse.AssemblyComplete', 'ord_short', CAST('1' AS BYTEA), '', 230, 231);
INSERT INTO orders.inbox VALUES ('orders', 'evt_41', 206), ('orders', 'evt_42', 207), ('orders', 'evt_43', 231);
INSERT INTO orders.outbox (event_id, type, key, payload, trace, created_at, published_at) VALUES
  ('evt_50', 'orders.OrderStatusChanged', 'ord_short', CAST('1' AS BYTEA), '', 110, 111),
  ('evt_51', 'orders.OrderPaid', 'ord_short', CAST('1' AS BYTEA), '', 110, 111),
  ('evt_52', 'orders.OrderStatusChanged', 'ord_short', CAST('1' AS BYTEA), '', 200, 201),
  ('evt_53', 'orders.PickShortDecided', 'ord_short', CAST('1' AS BYTEA), '', 206, 207),
  ('evt_54', 'orders.OrderItemsChanged', 'ord_short', CAST('1' AS BYTEA), '', 206, 207),
  ('evt_55', 'orders.PickShortDecided', 'ord_short', CAST('1' AS BYTEA), '', 207, 208),
  ('evt_56', 'orders.OrderItemsChanged', 'ord_short', CAST('1' AS BYTEA), '', 207, 208),
  ('evt_57', 'orders.OrderItemsChanged', 'ord_short', CAST('1' AS BYTEA), '', 211, 212),
  ('evt_58', 'orders.OrderStatusChanged', 'ord_short', CAST('1' AS BYTEA), '', 230, 231);
INSERT INTO inventory.inbox VALUES ('inventory', 'evt_51', 111);
INSERT INTO warehouse.inbox VALUES ('warehouse', 'evt_51', 111), ('warehouse', 'evt_53', 207), ('warehouse', 'evt_55', 208);
INSERT INTO notifications.inbox VALUES
  ('notifications', 'evt_50', 111), ('notifications', 'evt_52', 201), ('notifications', 'evt_54', 207),
  ('notifications', 'evt_56', 208), ('notifications', 'evt_57', 212), ('notifications', 'evt_58', 231);
INSERT INTO notifications.feed VALUES ('usr_3', 6);
INSERT INTO notifications.notice (user_id, seq, type, order_id, status, at, change, quantity, amount_minor, currency)
VALUES ('usr_3', 1, 'order.status', 'ord_short', 2, 110, NULL, NULL, NULL, NULL),
  ('usr_3', 2, 'order.status', 'ord_short', 3, 200, NULL, NULL, NULL, NULL),
  ('usr_3', 3, 'order.status', 'ord_short', 3, 206, 1, 1, 100, 'RUB'),
  ('usr_3', 4, 'order.status', 'ord_short', 3, 207, 0, 1, 100, 'RUB'),
  ('usr_3', 5, 'order.status', 'ord_short', 3, 211, 2, 1, 100, 'RUB'),
  ('usr_3', 6, 'order.status', 'ord_short', 4, 230, NULL, NULL, NULL, NULL);
)sql";

std::vector<Plant> short_pick_plants() {
  return {
      {"I1_DamagedGoodsVanish", "I1", "warehouse.movement",
       "Damaged goods that leave a bin come to quarantine.",
       "DELETE FROM warehouse.movement WHERE movement_id = 'mov_36'"},
      {"I1_AShortPickMovesNothing", "I1", "warehouse.pick_short", "A short pick has moved its goods.",
       "DELETE FROM warehouse.movement WHERE movement_id = 'mov_34'"},
      {"I1_WhatIsNotFoundIsQuarantined", "I1", "warehouse.pick_short", "A short pick has moved its goods.",
       "UPDATE warehouse.pick_short SET reason = 0 WHERE short_id = 'short-2'"},
      {"I1_AnUnreportedUnitIsMissing", "I1", "warehouse.pick_line", "Every missing unit was reported.",
       "UPDATE warehouse.pick_line SET missing = 0 WHERE task_id = 'tsk_short'"},
      {"I1_QuarantineIsForgotten", "I1", "warehouse.bin_stock",
       "The numbers of a bin are the sums of its movements.",
       "UPDATE warehouse.bin_stock SET quarantined = 0 WHERE bin = 'QUARANTINE'"},
      {"I2_DamagedGoodsArePromised", "I2", "warehouse.bin_stock", "No number of a bin is below zero.",
       "UPDATE warehouse.bin_stock SET reserved = 1 WHERE bin = 'QUARANTINE'"},
      {"I6_MissingGoodsStayOnSale", "I6", "inventory.short_pick", "Missing goods are not for sale.",
       "DELETE FROM inventory.short_pick WHERE short_id = 'short-1'"},
      {"I6_MissingRightsAreStillGranted", "I6", "inventory.stock",
       "The units granted are the sum of the grants.",
       "UPDATE inventory.stock SET granted = 5 WHERE sku_id = 'sku_3' AND site_id = 'site_1'"},
      {"I6_GoodsAreStruckOffForNothing", "I6", "inventory.short_pick",
       "Inventory strikes off only goods that are missing.",
       "INSERT INTO inventory.short_pick (order_id, short_id, sku_id, site_id, quantity, at) VALUES "
       "('ord_paid', 'short-9', 'sku_1', 'site_1', 1, 205)"},
      {"I6_AReplacementIsNotClaimed", "I6", "inventory.short_pick", "Missing goods are not for sale.",
       "DELETE FROM inventory.short_replacement WHERE short_id = 'short-2'"},
      {"I6_ACancelledUnitIsStillHeld", "I6", "inventory.hold_line",
       "A hold promises exactly the units of its order.",
       "UPDATE inventory.hold_line SET quantity = 2 WHERE order_id = 'ord_short' AND site_id = 'site_1'"},
      {"I6_NobodyPicksTheReplacement", "I6", "warehouse.pick_line",
       "The tasks of an order are for its own units.",
       "DELETE FROM warehouse.pick_line WHERE task_id = 'tsk_other'"},
      {"I11_ACancelledUnitIsNotRefunded", "I11", "payments.refund",
       "Each cancelled unit is refunded once, at its price.",
       "DELETE FROM payments.refund WHERE order_id = 'ord_short'"},
      {"I11_ARefundHasAnotherAmount", "I11", "payments.refund",
       "Each cancelled unit is refunded once, at its price.",
       "UPDATE payments.refund SET amount_minor = 99 WHERE order_id = 'ord_short'"},
      {"I11_ARefundHasNoCancelledUnit", "I11", "payments.refund",
       "Nothing is refunded that was not cancelled.",
       "UPDATE payments.refund SET key = 'short-9' WHERE order_id = 'ord_short'"},
      {"I11_RefundsAskForTooMuch", "I11", "payments.refund",
       "Refunds are at most the captures, and those that are done are at the bank.",
       "UPDATE payments.refund SET amount_minor = 301 WHERE order_id = 'ord_short'"},
      {"I11_ARefundIsDoneThatTheBankHasNotMade", "I11", "payments.refund",
       "Refunds are at most the captures, and those that are done are at the bank.",
       "UPDATE payments.payment SET refunded_minor = 0 WHERE order_id = 'ord_short'"},
      {"I12_AnOrderKeepsLessThanItsUnitsCost", "I12", "orders.purchase",
       "An order in work was captured once and in full.",
       "UPDATE payments.payment SET refunded_minor = 200 WHERE order_id = 'ord_short'"},
      {"I17_ARefundedUnitIsCancelledOnly", "I17", "orders.item",
       "An item has the status of its order, or of its short pick.",
       "UPDATE orders.item SET status = 8 WHERE item_id = 'itm_8'"},
      {"I17_AMissingUnitGoesOn", "I17", "orders.short_pick", "A short pick cancels its own units.",
       "UPDATE orders.item SET short_id = NULL, status = 4 WHERE item_id = 'itm_8'"},
      {"I20_AShortPickIsForgotten", "I20", "orders.short_pick",
       "A short pick is settled, or has a job that settles it.",
       "UPDATE orders.short_pick SET state = 0 WHERE short_id = 'short-2'"},
      {"I20_OrdersDoesNotHearOfAShortPick", "I20", "orders.short_pick",
       "Orders has heard of every short pick of the warehouse.",
       "UPDATE orders.short_pick SET quantity = 2 WHERE short_id = 'short-2'"},
      {"I20_TheWarehouseDoesNotHearTheDecision", "I20", "warehouse.pick_short",
       "The warehouse has heard what orders decided about a short pick.",
       "UPDATE warehouse.pick_short SET decided = 0 WHERE short_id = 'short-1'"},
      {"I20_TheBuyerDoesNotHearOfAShortPick", "I20", "notifications.notice",
       "The buyer hears of each short pick.",
       "UPDATE notifications.notice SET change = 0 WHERE user_id = 'usr_3' AND seq = 3"},
  };
}

}  // namespace bramble::check
