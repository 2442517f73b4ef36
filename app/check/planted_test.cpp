#include "app/check/planted_test.h"

#include <algorithm>
#include <string_view>

#include "app/check/audit.h"

namespace bramble::check {

const char* const two_hours_of_work =
    "INSERT INTO orders.outbox (event_id, type, key, payload, trace, created_at, published_at) VALUES"
    " ('evt_late_1', 'a.Type', 'key', CAST('1' AS BYTEA), '', 4000000000, 4000000001),"
    " ('evt_late_2', 'a.Type', 'key', CAST('1' AS BYTEA), '', 7200000000, 7200000001)";

const char* const sound_stores = R"sql(
INSERT INTO catalog.price (sku_id, version, price_minor, old_price_minor, currency, since) VALUES
  ('sku_1', 1, 100, NULL, 'RUB', 1), ('sku_2', 1, 250, NULL, 'RUB', 1), ('sku_2', 2, 300, NULL, 'RUB', 900),
  ('sku_3', 1, 100, NULL, 'RUB', 1);

INSERT INTO warehouse.site VALUES ('site_1', 'Site', 'fulfilment_centre', 0, 0, 1, 2, 0);
INSERT INTO warehouse.receipt VALUES ('rcp_1', 'site_1', CAST('1' AS BYTEA), 10),
  ('rcp_wrong', 'site_1', CAST('1' AS BYTEA), 20);
INSERT INTO warehouse.receipt_undo (receipt_id, done, by_whom, at) VALUES ('rcp_wrong', 1, 'anna', 40);
INSERT INTO warehouse.task_claim VALUES ('tsk_ready', 1, 'usr_7', 121, 122, 125), ('tsk_ready', 2, 'usr_8', 125, 130, NULL);
INSERT INTO warehouse.bin_stock (site_id, sku_id, bin, on_hand, reserved, picked) VALUES
  ('site_1', 'sku_1', 'A', 10, 2, 0), ('site_1', 'sku_2', 'B', 5, 0, 1);
INSERT INTO warehouse.movement VALUES
  ('mov_1', 'site_1', 'sku_1', 'A', 'received', 10, 'rcp_1', 'anna', 10),
  ('mov_2', 'site_1', 'sku_2', 'B', 'received', 5, 'rcp_1', 'anna', 10),
  ('mov_3', 'site_1', 'sku_1', 'A', 'reserved', 2, 'tsk_paid', 'orders', 120),
  ('mov_4', 'site_1', 'sku_2', 'B', 'reserved', 1, 'tsk_ready', 'orders', 120),
  ('mov_5', 'site_1', 'sku_2', 'B', 'picked', 1, 'tsk_ready', 'anna', 130),
  ('mov_6', 'site_1', 'sku_1', 'A', 'reserved', 1, 'tsk_gone', 'orders', 140),
  ('mov_7', 'site_1', 'sku_1', 'A', 'unreserved', 1, 'tsk_gone', 'orders', 150),
  ('mov_8', 'site_1', 'sku_1', 'A', 'received', 3, 'rcp_wrong', 'anna', 20),
  ('mov_99', 'site_1', 'sku_1', 'A', 'receipt_undone', 3, 'rcp_wrong', 'anna', 40);
INSERT INTO warehouse.pick_order (order_id, state) VALUES ('ord_paid', 0), ('ord_ready', 2), ('ord_gone', 3);
INSERT INTO warehouse.pick_task (task_id, order_id, site_id, status, package_barcode, created_at, parcel) VALUES
  ('tsk_paid', 'ord_paid', 'site_1', 0, NULL, 120, NULL), ('tsk_ready', 'ord_ready', 'site_1', 1, 'PKG1', 120, 1),
  ('tsk_gone', 'ord_gone', 'site_1', 2, NULL, 140, NULL);
INSERT INTO warehouse.pick_line (task_id, line, sku_id, bin, quantity, picked) VALUES
  ('tsk_paid', 0, 'sku_1', 'A', 2, 0), ('tsk_ready', 0, 'sku_2', 'B', 1, 1), ('tsk_gone', 0, 'sku_1', 'A',
        1, 0);

INSERT INTO inventory.site VALUES ('site_1', 'Site', 0, 0, 1, 2);
INSERT INTO inventory.withdrawal (site_id, document, sku_id, quantity, at) VALUES ('site_1', 'rcp_wrong', 'sku_1', 3, 35);
INSERT INTO inventory.stock VALUES ('sku_1', 'site_1', 10, 0, 2), ('sku_2', 'site_1', 5, 1, 1);
INSERT INTO inventory.sell_grant VALUES ('site_1', 1, 1, 'sku_1', 10), ('site_1', 1, 1, 'sku_2', 5),
  ('site_1', 1, 2, 'sku_1', 3);
INSERT INTO inventory.hold (order_id, attempt, state, version, expires_at, created_at) VALUES
  ('ord_paid', 1, 2, 3, 900, 100), ('ord_ready', 1, 2, 3, 900, 100), ('ord_gone', 1, 4, 4, 900, 100),
  ('ord_late', 1, 3, 2, 900, 100), ('ord_waiting', 1, 0, 1, 900, 100);
INSERT INTO inventory.hold_line VALUES
  ('ord_paid', 1, 'sku_1', 'site_1', 2), ('ord_ready', 1, 'sku_2', 'site_1', 1),
  ('ord_gone', 1, 'sku_1', 'site_1', 1), ('ord_late', 1, 'sku_1', 'site_1', 1),
  ('ord_waiting', 1, 'sku_2', 'site_1', 1);

INSERT INTO orders.purchase (order_id, user_id, status, version, total_minor, currency, pickup_point_id,
      lat, lon,
                             created_at, expires_at, cancel_requested, cleanup, was_paid, idempotency_key)
                                   VALUES
  ('ord_paid', 'usr_1', 2, 2, 200, 'RUB', 'pp_1', 0, 0, 100, 900, 0, 0, 1, 'k1'),
  ('ord_ready', 'usr_1', 4, 4, 250, 'RUB', 'pp_1', 0, 0, 100, 900, 0, 0, 1, 'k2'),
  ('ord_gone', 'usr_2', 10, 4, 100, 'RUB', 'pp_1', 0, 0, 100, 900, 0, 0, 1, 'k3'),
  ('ord_late', 'usr_2', 9, 2, 100, 'RUB', 'pp_1', 0, 0, 100, 900, 0, 0, 0, 'k4'),
  ('ord_waiting', 'usr_2', 1, 1, 250, 'RUB', 'pp_1', 0, 0, 100, 900, 0, 0, 0, 'k5');
UPDATE orders.purchase SET look_at = expires_at WHERE status = 1;
INSERT INTO orders.item (order_id, item_id, sku_id, product_id, seller_id, title, options, price_minor,
      price_version,
                         site_id, status) VALUES
  ('ord_paid', 'itm_1', 'sku_1', 'prd_1', 'sel_1', 'A', CAST('1' AS BYTEA), 100, 1, 'site_1', 2),
  ('ord_paid', 'itm_2', 'sku_1', 'prd_1', 'sel_1', 'A', CAST('1' AS BYTEA), 100, 1, 'site_1', 2),
  ('ord_ready', 'itm_3', 'sku_2', 'prd_2', 'sel_1', 'B', CAST('1' AS BYTEA), 250, 1, 'site_1', 4),
  ('ord_gone', 'itm_4', 'sku_1', 'prd_1', 'sel_1', 'A', CAST('1' AS BYTEA), 100, 1, 'site_1', 10),
  ('ord_late', 'itm_5', 'sku_1', 'prd_1', 'sel_1', 'A', CAST('1' AS BYTEA), 100, 1, 'site_1', 9),
  ('ord_waiting', 'itm_6', 'sku_2', 'prd_2', 'sel_1', 'B', CAST('1' AS BYTEA), 250, 1, 'site_1', 1);
INSERT INTO orders.history (order_id, version, status, at) VALUES
  ('ord_paid', 1, 1, 100), ('ord_paid', 2, 2, 110),
  ('ord_ready', 1, 1, 100), ('ord_ready', 2, 2, 110), ('ord_ready', 3, 3, 130), ('ord_ready', 4, 4, 140),
  ('ord_gone', 1, 1, 100), ('ord_gone', 2, 2, 110), ('ord_gone', 3, 8, 150), ('ord_gone', 4, 10, 160),
  ('ord_late', 1, 1, 100), ('ord_late', 2, 9, 900), ('ord_waiting', 1, 1, 100);
INSERT INTO orders.idempotency (principal, route, key, digest, reply, created_at) VALUES
  ('usr_1', 'orders.create', 'k1', 'd', CAST('1' AS BYTEA), 100),
  ('usr_1', 'orders.create', 'k2', 'd', CAST('1' AS BYTEA), 100),
  ('usr_2', 'orders.create', 'k3', 'd', CAST('1' AS BYTEA), 100),
  ('usr_2', 'orders.create', 'k4', 'd', CAST('1' AS BYTEA), 100),
  ('usr_2', 'orders.create', 'k5', 'd', CAST('1' AS BYTEA), 100);

INSERT INTO payments.payment (payment_id, order_id, user_id, provider, method, amount_minor, currency,
      status, wish,
                              late, captured_minor, refunded_minor, session_expires_at, created_at,
                                    updated_at,
                              next_check_at) VALUES
  ('pay_1', 'ord_paid', 'usr_1', 'sandbox', 'card', 200, 'RUB', 3, 0, 0, 200, 0, 800, 100, 110, NULL),
  ('pay_2', 'ord_ready', 'usr_1', 'sandbox', 'card', 250, 'RUB', 3, 0, 0, 250, 0, 800, 100, 110, NULL),
  ('pay_3', 'ord_gone', 'usr_2', 'sandbox', 'card', 100, 'RUB', 6, 0, 0, 100, 100, 800, 100, 160, NULL),
  ('pay_4', 'ord_late', 'usr_2', 'sandbox', 'card', 100, 'RUB', 5, 0, 0, 0, 0, 800, 100, 900, NULL),
  ('pay_5', 'ord_waiting', 'usr_2', 'sandbox', 'card', 250, 'RUB', 1, 0, 0, 0, 0, 800, 100, 100, 200);
INSERT INTO payments.ledger_entry (entry_id, document, key, order_id, currency, at) VALUES
  ('ent_1', 'capture', 'pay_1', 'ord_paid', 'RUB', 110), ('ent_2', 'capture', 'pay_2', 'ord_ready', 'RUB',
        110),
  ('ent_3', 'capture', 'pay_3', 'ord_gone', 'RUB', 110), ('ent_4', 'refund', 'pay_3:100', 'ord_gone', 'RUB',
        160);
INSERT INTO payments.posting (entry_id, line, account, amount_minor) VALUES
  ('ent_1', 1, 'psp:sandbox', 200), ('ent_1', 2, 'buyer:ord_paid', -200),
  ('ent_2', 1, 'psp:sandbox', 250), ('ent_2', 2, 'buyer:ord_ready', -250),
  ('ent_3', 1, 'psp:sandbox', 100), ('ent_3', 2, 'buyer:ord_gone', -100),
  ('ent_4', 1, 'buyer:ord_gone', 100), ('ent_4', 2, 'psp:sandbox', -100);
INSERT INTO sandbox.bank_payments VALUES
  ('bp_1', 'pay_1', 'ord_paid', 0, 2, 200, 200, 200, 0, 'RUB', '', 0, '', '', 800),
  ('bp_2', 'pay_2', 'ord_ready', 0, 2, 250, 250, 250, 0, 'RUB', '', 0, '', '', 800),
  ('bp_3', 'pay_3', 'ord_gone', 0, 2, 100, 100, 100, 100, 'RUB', '', 0, '', '', 800),
  ('bp_4', 'pay_4', 'ord_late', 0, 3, 100, 0, 0, 0, 'RUB', '', 0, '', '', 800),
  ('bp_5', 'pay_5', 'ord_waiting', 0, 0, 250, 0, 0, 0, 'RUB', '', 0, '', '', 800);

INSERT INTO warehouse.outbox (event_id, type, key, payload, trace, created_at, published_at) VALUES
  ('evt_1', 'warehouse.SellRightsGranted', 'site_1', CAST('1' AS BYTEA), '', 10, 11),
  ('evt_2', 'warehouse.AssemblyComplete', 'ord_ready', CAST('1' AS BYTEA), '', 140, 141);
INSERT INTO orders.outbox (event_id, type, key, payload, trace, created_at, published_at) VALUES
  ('evt_10', 'orders.OrderStatusChanged', 'ord_paid', CAST('1' AS BYTEA), '', 110, 111),
  ('evt_11', 'orders.OrderPaid', 'ord_paid', CAST('1' AS BYTEA), '', 110, 111),
  ('evt_12', 'orders.OrderStatusChanged', 'ord_ready', CAST('1' AS BYTEA), '', 110, 111),
  ('evt_13', 'orders.OrderPaid', 'ord_ready', CAST('1' AS BYTEA), '', 110, 111),
  ('evt_14', 'orders.OrderStatusChanged', 'ord_ready', CAST('1' AS BYTEA), '', 130, 131),
  ('evt_15', 'orders.OrderStatusChanged', 'ord_ready', CAST('1' AS BYTEA), '', 140, 141),
  ('evt_16', 'orders.OrderStatusChanged', 'ord_gone', CAST('1' AS BYTEA), '', 110, 111),
  ('evt_17', 'orders.OrderPaid', 'ord_gone', CAST('1' AS BYTEA), '', 110, 111),
  ('evt_18', 'orders.OrderStatusChanged', 'ord_gone', CAST('1' AS BYTEA), '', 150, 151),
  ('evt_19', 'orders.PaidOrderCancelled', 'ord_gone', CAST('1' AS BYTEA), '', 150, 151),
  ('evt_20', 'orders.OrderStatusChanged', 'ord_gone', CAST('1' AS BYTEA), '', 160, 161),
  ('evt_21', 'orders.OrderStatusChanged', 'ord_late', CAST('1' AS BYTEA), '', 900, 901);
INSERT INTO inventory.inbox VALUES
  ('inventory', 'evt_1', 11), ('inventory', 'evt_11', 111), ('inventory', 'evt_13', 111), ('inventory',
        'evt_17', 111),
  ('inventory', 'evt_19', 151);
INSERT INTO warehouse.inbox VALUES ('warehouse', 'evt_11', 111), ('warehouse', 'evt_13', 111),
  ('warehouse', 'evt_17', 111);
INSERT INTO orders.inbox VALUES ('orders', 'evt_2', 141);
INSERT INTO notifications.inbox VALUES
  ('notifications', 'evt_10', 111), ('notifications', 'evt_12', 111), ('notifications', 'evt_14', 131),
  ('notifications', 'evt_15', 141), ('notifications', 'evt_16', 111), ('notifications', 'evt_18', 151),
  ('notifications', 'evt_20', 161), ('notifications', 'evt_21', 901);
INSERT INTO notifications.feed VALUES ('usr_1', 4), ('usr_2', 4);
INSERT INTO notifications.notice (user_id, seq, type, order_id, status, at) VALUES
  ('usr_1', 1, 'order.status', 'ord_paid', 2, 110), ('usr_1', 2, 'order.status', 'ord_ready', 2, 110),
  ('usr_1', 3, 'order.status', 'ord_ready', 3, 130), ('usr_1', 4, 'order.status', 'ord_ready', 4, 140),
  ('usr_2', 1, 'order.status', 'ord_gone', 2, 110), ('usr_2', 2, 'order.status', 'ord_gone', 8, 150),
  ('usr_2', 3, 'order.status', 'ord_gone', 10, 160), ('usr_2', 4, 'order.status', 'ord_late', 9, 900);
)sql";

namespace {

std::vector<Plant> warehouse_plants() {
  return {
      {"I1_AUnitVanishesFromABin", "I1", "warehouse.bin_stock",
       "The numbers of a bin are the sums of its movements.",
       "UPDATE warehouse.bin_stock SET on_hand = 9 WHERE sku_id = 'sku_1'"},
      {"I1_AMovementIsLost", "I1", "warehouse.bin_stock",
       "The numbers of a bin are the sums of its movements.",
       "DELETE FROM warehouse.movement WHERE movement_id = 'mov_2'"},
      {"I1_GoodsAreReservedForNobody", "I1", "warehouse.bin_stock",
       "Goods are reserved and picked only for tasks.",
       "UPDATE warehouse.pick_task SET status = 2 WHERE task_id = 'tsk_paid'"},
      {"I1_GoodsMoveInAnUnknownWay", "I1", "warehouse.movement", "Goods move only in known ways.",
       "INSERT INTO warehouse.movement VALUES ('mov_x', 'site_1', 'sku_1', 'A', 'vanished', 1, 'd', 'x', "
       "200)"},
      {"I1_GoodsComeWithoutAReceipt", "I1", "warehouse.movement",
       "Goods that were received have their receipt.",
       "UPDATE warehouse.movement SET document = 'rcp_x' WHERE movement_id = 'mov_1'"},
      {"I5_AParcelHasTheCodeOfGoods", "I5", "warehouse.pick_task", "No goods carry the barcode of a parcel.",
       "INSERT INTO warehouse.label VALUES ('sku_2', 'PKG1')"},
      {"I5_TwoSkusHaveOneArticle", "I5", "catalog.sku",
       "A barcode belongs to one SKU, however it is written.",
       "INSERT INTO catalog.sku (sku_id, product_id, position, options, barcode, weight_g, price_minor, "
       "currency,"
       " price_version) VALUES ('sku_9', 'prd_9', 0, '', '0036000291452', 0, 100, 'RUB', 1)"},
      {"I5_TwoParcelsHaveOneNumber", "I5", "warehouse.pick_task",
       "Each parcel of an order has a number of its own.",
       "UPDATE warehouse.pick_task SET parcel = 1 WHERE task_id = 'tsk_other'"},
      {"I5_TwoWorkersHaveATask", "I5", "warehouse.task_claim", "A task belongs to one worker at a time.",
       "UPDATE warehouse.task_claim SET since = 123 WHERE number = 2"},
  };
}

std::vector<Plant> stock_plants() {
  return {
      {"I6_WhatWasUndoneIsStillForSale", "I6", "inventory.withdrawal",
       "Goods of an undone receipt are not for sale.", "DELETE FROM inventory.withdrawal"},
      {"I6_WhatAnotherReceiptBroughtIsSoldNoMore", "I6", "inventory.withdrawal",
       "Goods of an undone receipt are not for sale.", "UPDATE inventory.withdrawal SET document = 'rcp_1'"},
      {"I2_MoreIsHeldThanGranted", "I2", "inventory.stock", "No number of sell rights is below zero.",
       "UPDATE inventory.stock SET granted = 1 WHERE sku_id = 'sku_1'"},
      {"I2_ABinIsBelowZero", "I2", "warehouse.bin_stock", "No number of a bin is below zero.",
       "UPDATE warehouse.bin_stock SET on_hand = 0 WHERE sku_id = 'sku_2'"},
      {"I3_HeldIsNotTheSumOfTheHolds", "I3", "inventory.stock",
       "The units held are the sum of the active holds.",
       "UPDATE inventory.stock SET held = 2 WHERE sku_id = 'sku_2'"},
      {"I3_AnOrderHasTwoActiveHolds", "I3", "inventory.hold", "An order has at most one active hold.",
       "INSERT INTO inventory.hold (order_id, attempt, state, version, expires_at, created_at) VALUES "
       "('ord_waiting', 2, 0, 1, 900, 100)"},
      {"I3_AClosedOrderKeepsItsGoods", "I3", "inventory.hold",
       "A closed order that was not paid holds nothing.",
       "UPDATE inventory.hold SET state = 1 WHERE order_id = 'ord_late'"},
      {"I3_AHoldHasNoOrder", "I3", "inventory.hold", "Every hold has its order.",
       "INSERT INTO inventory.hold (order_id, attempt, state, version, expires_at, created_at) VALUES "
       "('ord_nobody', 1, 3, 2, 900, 100)"},
      {"I3_APartOfAHoldHasNoHold", "I3", "inventory.hold_line", "Every line of a hold has its hold.",
       "DELETE FROM inventory.hold WHERE order_id = 'ord_late'"},
      {"I6_AUnitIsSpentTwice", "I6", "inventory.stock", "The units spent are the sum of the claimed holds.",
       "UPDATE inventory.stock SET spent = 3 WHERE sku_id = 'sku_1'"},
      {"I6_RightsComeFromNoGrant", "I6", "inventory.stock", "The units granted are the sum of the grants.",
       "UPDATE inventory.stock SET granted = 11 WHERE sku_id = 'sku_1'"},
      {"I6_RightsExceedTheGoods", "I6", "inventory.sell_grant", "Goods that may be sold were received.",
       "INSERT INTO inventory.sell_grant VALUES ('site_1', 1, 3, 'sku_1', 1)"},
      {"I6_AHoldPromisesMoreThanTheOrder", "I6", "inventory.hold_line",
       "A hold promises exactly the units of its order.",
       "UPDATE inventory.hold_line SET quantity = 3 WHERE order_id = 'ord_paid'"},
      {"I6_APaidOrderHasNoGoods", "I6", "orders.purchase", "A paid order has claimed its goods.",
       "UPDATE inventory.hold SET state = 3 WHERE order_id = 'ord_paid'"},
      {"I6_ATaskPicksForAnotherOrder", "I6", "warehouse.pick_line",
       "The tasks of an order are for its own units.",
       "UPDATE warehouse.pick_line SET sku_id = 'sku_2' WHERE task_id = 'tsk_paid'"},
      {"I6_SomebodyPicksForAClosedOrder", "I6", "warehouse.pick_order", "Nobody picks for a closed order.",
       "UPDATE warehouse.pick_order SET state = 0 WHERE order_id = 'ord_gone'"},
      {"I6_ATaskIsOpenForACancelledOrder", "I6", "warehouse.pick_task",
       "No task is open once the work on its order is over.",
       "UPDATE warehouse.pick_order SET state = 3 WHERE order_id = 'ord_paid'"},
      // As a cancel left it that closed a paid order behind the warehouse's back.
      {"I4_GoodsOnATaskAreOnSaleAgain", "I4", "inventory.stock", "Goods that may be sold lie free in a bin.",
       "UPDATE inventory.hold SET state = 4, version = 4 WHERE order_id = 'ord_paid';"
       "UPDATE inventory.stock SET spent = 0 WHERE sku_id = 'sku_1'"},
      {"I7_AReleasedHoldIsClaimed", "I7", "inventory.hold",
       "Nobody claims an ended hold, and nobody releases a claimed one.",
       "UPDATE inventory.hold SET state = 2, version = 4 WHERE order_id = 'ord_late'"},
      {"I7_AnUnpaidOrderClaims", "I7", "inventory.hold", "Only a paid order claims goods.",
       "UPDATE inventory.hold SET state = 2, version = 3 WHERE order_id = 'ord_waiting'"},
      {"I7_GoodsAreHeldTwice", "I7", "inventory.hold",
       "An order holds goods again only after its hold before was released.",
       "INSERT INTO inventory.hold (order_id, attempt, state, version, expires_at, created_at) VALUES "
       "('ord_gone', 2, 3, 2, 900, 100)"},
  };
}

// Another attempt, pay_7, to pay for the order of that one.
std::string another_attempt_after(const std::string& payment, int number) {
  return "INSERT INTO payments.payment SELECT 'pay_7', order_id, user_id, provider, method, amount_minor, "
         "currency,"
         " 5, 0, 0, NULL, NULL, NULL, 0, 0, session_expires_at, created_at, updated_at, NULL, 0, " +
         std::to_string(number) + ", 'key', NULL, NULL FROM payments.payment WHERE payment_id = '" + payment +
         "'";
}

std::vector<Plant> money_plants() {
  return {
      {"I8_AnEntryDoesNotBalance", "I8", "payments.posting", "Every ledger entry balances.",
       "UPDATE payments.posting SET amount_minor = -199 WHERE entry_id = 'ent_1' AND line = 2"},
      {"I8_APostingHasNoEntry", "I8", "payments.posting", "Every posting has its ledger entry.",
       "INSERT INTO payments.posting VALUES ('ent_x', 1, 'psp:sandbox', 1)"},
      {"I8_MoneyComesFromNowhere", "I8", "payments.posting", "All accounts of a currency sum to zero.",
       "INSERT INTO payments.posting VALUES ('ent_1', 3, 'psp:sandbox', 1)"},
      {"I9_MoneyLiesInAnothersAccount", "I9", "payments.posting",
       "Money lies only in accounts of its own order or in named ones.",
       "UPDATE payments.posting SET account = 'buyer:ord_gone' WHERE entry_id = 'ent_1' AND line = 2"},
      {"I9_MoneyLiesInAnUnknownAccount", "I9", "payments.posting",
       "Money lies only in accounts of its own order or in named ones.",
       "UPDATE payments.posting SET account = 'pocket' WHERE entry_id = 'ent_2' AND line = 2"},
      {"I9_LateMoneyIsCountedOn", "I9", "payments.payment", "Captured money lies in one named account.",
       "UPDATE payments.payment SET late = 1 WHERE payment_id = 'pay_2'"},
      {"I9_AnEndedOrderKeepsMoney", "I9", "orders.purchase", "An ended order keeps no money.",
       "UPDATE payments.payment SET captured_minor = 100 WHERE payment_id = 'pay_4'"},
      {"I10_OurAccountIsNotCapturesLessRefunds", "I10", "payments.payment",
       "Our account with the bank is captures less refunds.",
       "DELETE FROM payments.posting WHERE entry_id = 'ent_2'"},
      {"I10_TheBankTookMoreThanWeKnow", "I10", "sandbox.bank_payments",
       "The bank's account of a payment is ours.",
       "UPDATE sandbox.bank_payments SET captured_minor = 100 WHERE payment_id = 'pay_4'"},
      {"I10_TheBankDoesNotKnowAPayment", "I10", "payments.payment", "The bank knows every captured payment.",
       "DELETE FROM sandbox.bank_payments WHERE payment_id = 'pay_1'"},
      {"I11_MoreIsRefundedThanCaptured", "I11", "payments.payment",
       "The refunds of a payment are at most its captures.",
       "UPDATE payments.payment SET refunded_minor = 101 WHERE payment_id = 'pay_3'"},
      {"I11_TheLedgerRefundsTooMuch", "I11", "payments.ledger_entry",
       "The refunds of an order are at most its captures.",
       "UPDATE payments.posting SET amount_minor = -150 WHERE entry_id = 'ent_4' AND line = 2"},
      {"I11_ARefundIsEnteredTwice", "I11", "payments.ledger_entry",
       "The ledger has one entry per document and key.",
       "INSERT INTO payments.ledger_entry VALUES ('ent_5', 'refund', 'pay_3:100', 'ord_gone', 'RUB', 160)"},
      {"I12_AnOrderIsCapturedTwice", "I12", "payments.ledger_entry",
       "Every capture in the ledger has a payment that was captured.",
       "INSERT INTO payments.ledger_entry VALUES ('ent_6', 'capture', 'pay_1b', 'ord_paid', 'RUB', 160)"},
      {"I12_TheBankCapturesTwice", "I12", "sandbox.bank_payments", "The bank captures an order at most once.",
       "INSERT INTO sandbox.bank_payments VALUES"
       " ('bp_6', 'pay_6', 'ord_paid', 0, 2, 200, 200, 200, 0, 'RUB', '', 0, '', '', 800)"},
      {"I12_AnOrderIsFulfilledWithoutMoney", "I12", "orders.purchase",
       "An order in work was captured once and in full.",
       "UPDATE payments.payment SET captured_minor = 0 WHERE payment_id = 'pay_2'"},
      {"I12_AnAttemptGoesOnBesideTheNext", "I12", "payments.payment",
       "Only the last attempt of an order can go on.", another_attempt_after("pay_1", 2)},
      {"I12_AnAttemptIsMissing", "I12", "payments.payment",
       "The attempts of an order are numbered from 1 and are at most 5.", another_attempt_after("pay_4", 3)},
      {"I12_AnAttemptIsOpenAtTheBankBesideTheNext", "I12", "sandbox.bank_payments",
       "An attempt is over at the bank before the next one begins.",
       another_attempt_after("pay_4", 2) +
           "; UPDATE sandbox.bank_payments SET status = 1 WHERE payment_id = 'pay_4'"},
      {"I12_TwoAttemptsAreCaptured", "I12", "payments.payment",
       "At most one of an order's attempts is captured in time.",
       another_attempt_after("pay_1", 2) +
           "; UPDATE payments.payment SET captured_minor = amount_minor WHERE payment_id = 'pay_7'"},
      {"I13_TheTotalIsNotTheSumOfTheItems", "I13", "orders.purchase", "The total is the sum of the items.",
       "UPDATE orders.purchase SET total_minor = 199 WHERE order_id = 'ord_paid'"},
      {"I13_AnItemIsSoldAtAnotherPrice", "I13", "orders.item",
       "An item was sold at its price of the version it names.",
       "UPDATE orders.item SET price_version = 2 WHERE item_id = 'itm_6'"},
      {"I13_TheBankIsAskedForAnotherAmount", "I13", "payments.payment",
       "The bank is asked for the total of the order.",
       "UPDATE payments.payment SET amount_minor = 251 WHERE payment_id = 'pay_5'"},
  };
}

std::vector<Plant> order_plants() {
  return {
      {"I17_AnOrderGoesAnUndeclaredWay", "I17", "orders.history",
       "The status moves only along declared edges.",
       "UPDATE orders.history SET status = 7 WHERE order_id = 'ord_paid' AND version = 2"},
      {"I17_AVersionIsMissing", "I17", "orders.history", "The version grows by one.",
       "DELETE FROM orders.history WHERE order_id = 'ord_ready' AND version = 3"},
      {"I17_TheHistoryTellsAnotherState", "I17", "orders.purchase", "The history rebuilds the order.",
       "UPDATE orders.purchase SET status = 3 WHERE order_id = 'ord_paid'"},
      {"I16_AWishToCancelIsNeverAnswered", "I16", "orders.purchase",
       "No packed or closed order has an unanswered wish to cancel.",
       "UPDATE orders.purchase SET cancel_requested = 1, look_at = 900 WHERE order_id = 'ord_late'"},
      {"I16_NobodyLooksAtAnOrderThatWaits", "I16", "orders.purchase",
       "An order that waits for something has a time at which it is looked at.",
       "UPDATE orders.purchase SET look_at = NULL WHERE order_id = 'ord_waiting'"},
      {"I16_AnOrderWaitsForeverForItsPayment", "I16", "orders.purchase",
       "No order waits for its payment long after its time to pay.", two_hours_of_work},
      {"I16_NobodyFinishesWhatStaffBegan", "I16", "orders.staff_action",
       "An action that staff began has a job until it ends.",
       "INSERT INTO orders.staff_action VALUES ('act_1', 'ord_paid', 1, 0, CAST('1' AS BYTEA), 'why', "
       "'usr_9', 120,"
       " 'key', 'd', 0)"},
      {"I17_AnItemGoesItsOwnWay", "I17", "orders.item",
       "An item has the status of its order, or of its short pick.",
       "UPDATE orders.item SET status = 3 WHERE item_id = 'itm_1'"},
      {"I17_AHistoryHasNoOrder", "I17", "orders.history", "Every history and every item has its order.",
       "INSERT INTO orders.history (order_id, version, status, at) VALUES ('ord_nobody', 1, 1, 100)"},
      {"I19_OneKeyMakesTwoOrders", "I19", "orders.purchase",
       "One key makes at most one order that can be paid.",
       "UPDATE orders.purchase SET idempotency_key = 'k1' WHERE order_id = 'ord_ready'"},
      {"I19_AnOrderHasNoKeptAnswer", "I19", "orders.idempotency",
       "An order and its answer are kept together.",
       "UPDATE orders.idempotency SET reply = NULL WHERE key = 'k5'"},
  };
}

std::vector<Plant> message_plants() {
  return {
      {"I20_AChangeIsNotTold", "I20", "orders.outbox", "Every change of an order is told.",
       "DELETE FROM orders.outbox WHERE event_id = 'evt_15'"},
      {"I20_APaymentIsNotTold", "I20", "orders.outbox", "Every payment of an order is told.",
       "DELETE FROM orders.outbox WHERE event_id = 'evt_11'"},
      {"I20_AStatusIsToldThatNeverWas", "I20", "orders.outbox", "No change is told that did not happen.",
       "INSERT INTO orders.outbox (event_id, type, key, payload, trace, created_at, published_at) VALUES"
       " ('evt_y', 'orders.OrderStatusChanged', 'ord_waiting', CAST('1' AS BYTEA), '', 110, NULL)"},
      {"I20_AChangeIsToldThatDidNotHappen", "I20", "orders.outbox", "No payment is told that did not happen.",
       "INSERT INTO orders.outbox (event_id, type, key, payload, trace, created_at, published_at) VALUES"
       " ('evt_x', 'orders.OrderPaid', 'ord_waiting', CAST('1' AS BYTEA), '', 110, NULL)"},
      {"I20_APaidOrderNeverCameToTheWarehouse", "I20", "warehouse.pick_order",
       "A paid order has come to the warehouse.",
       "DELETE FROM warehouse.pick_order WHERE order_id = 'ord_paid'"},
      {"I20_TheGoodsOfACancelledOrderAreNotBack", "I20", "inventory.hold",
       "The goods of a paid order that was cancelled are back.",
       "UPDATE inventory.hold SET state = 2, version = 3 WHERE order_id = 'ord_gone'"},
      {"I20_APackedOrderIsNotReady", "I20", "orders.purchase", "A packed order is ready to ship.",
       "UPDATE orders.purchase SET status = 3 WHERE order_id = 'ord_ready'"},
      {"I20_AChangeIsNoticedTwice", "I20", "notifications.notice", "Each change of an order is one notice.",
       "INSERT INTO notifications.notice (user_id, seq, type, order_id, status, at) VALUES"
       " ('usr_1', 5, 'order.status', 'ord_ready', 4, 140)"},
      {"I20_NoticesComeOutOfOrder", "I20", "notifications.notice",
       "The notices of an order come in the order of its changes.",
       "UPDATE notifications.notice SET status = CASE seq WHEN 3 THEN 4 ELSE 3 END"
       " WHERE user_id = 'usr_1' AND seq IN (3, 4)"},
      {"I20_ABuyerIsNotToldThatTheCancelCameTooLate", "I20", "notifications.notice",
       "The buyer hears of a cancel that came too late.",
       "UPDATE orders.purchase SET cancel_refused = 1 WHERE order_id = 'ord_ready'"},
      {"I20_ANoticeIsMissing", "I20", "notifications.feed",
       "The notices of a buyer are numbered without a gap.",
       "DELETE FROM notifications.notice WHERE user_id = 'usr_2' AND seq = 2"},
  };
}

// Of audits that are made from a list, each its own.
std::vector<Plant> listed_plants() {
  constexpr std::string_view published = "A published ";
  std::vector<Plant> made;
  for (const auto& audit : written_audits()) {
    const auto& module = audit.modules.front();
    Plant plant{"I20_" + audit.table, audit.invariant, audit.table, audit.rule, ""};
    if (audit.rule.starts_with(published)) {
      auto type = audit.rule.substr(published.size(), audit.rule.find(" was ") - published.size());
      plant.name += "_lacks_" + type;
      plant.sql = "INSERT INTO " + module +
                  ".outbox (event_id, type, key, payload, trace, created_at, published_at)"
                  " VALUES ('evt_lost', '" +
                  type + "', 'key', CAST('1' AS BYTEA), '', 1000, 1001)";
    } else if (audit.table == module + ".dead_events") {
      plant.name += "_HasAnEventThatWasGivenUp";
      plant.sql = "INSERT INTO " + audit.table + " VALUES ('" + module +
                  "', 'evt_9', 'a.Type', 'key', CAST('1' AS BYTEA), '', 20, 'why', 200)";
    } else {
      continue;
    }
    std::replace(plant.name.begin(), plant.name.end(), '.', '_');
    made.push_back(std::move(plant));
  }
  return made;
}

}  // namespace

const std::vector<Plant>& plants() {
  static const std::vector<Plant> all = [] {
    std::vector<Plant> sum;
    for (auto* part : {warehouse_plants, stock_plants, money_plants, order_plants, message_plants,
                       short_pick_plants, security_plants, staff_plants, listed_plants}) {
      for (auto& plant : part()) sum.push_back(std::move(plant));
    }
    return sum;
  }();
  return all;
}

}  // namespace bramble::check
