// Money: payments, the ledger, and the bank's own account of them (services/payments/schema, sandbox/schema).
#include "app/check/audit.h"

namespace bramble::check {
namespace {

// Entry by entry, account by account: what an order's entries say of one account of ours. An order may have
// several attempts to pay for it, so all are told by order.
constexpr const char* psp_sum = R"sql(
SELECT p.order_id, CAST(p.kept AS TEXT), CAST(COALESCE(l.sum, 0) AS TEXT)
  FROM (SELECT order_id, SUM(captured_minor - refunded_minor) AS kept FROM payments.payment GROUP BY order_id) p
  LEFT JOIN (SELECT e.order_id, SUM(o.amount_minor) AS sum
               FROM payments.ledger_entry e JOIN payments.posting o ON o.entry_id = e.entry_id
              WHERE o.account LIKE 'psp:%' GROUP BY e.order_id) l ON l.order_id = p.order_id
 WHERE p.kept <> COALESCE(l.sum, 0))sql";

// Of each order, what was captured lies with the buyer's account or, late, in suspense, or was given back.
constexpr const char* owned_sum = R"sql(
SELECT p.order_id, 'buyer ' || CAST(p.timely AS TEXT) || ' suspense ' || CAST(p.late AS TEXT),
       'buyer ' || CAST(COALESCE(l.buyer, 0) AS TEXT) || ' suspense ' || CAST(COALESCE(l.late, 0) AS TEXT)
       || ' recon ' || CAST(COALESCE(l.recon, 0) AS TEXT)
  FROM (SELECT order_id,
               SUM(CASE WHEN late = 0 THEN captured_minor - refunded_minor ELSE 0 END) AS timely,
               SUM(CASE WHEN late = 1 THEN captured_minor - refunded_minor ELSE 0 END) AS late,
               SUM(CASE WHEN late = 0 THEN captured_minor ELSE 0 END) AS timely_ever,
               MAX(late) AS late_ever
          FROM payments.payment GROUP BY order_id) p
  LEFT JOIN (SELECT e.order_id,
                    -SUM(CASE WHEN o.account = 'buyer:' || e.order_id THEN o.amount_minor ELSE 0 END) AS
                          buyer,
                    -SUM(CASE WHEN o.account = 'suspense:late_payment' THEN o.amount_minor ELSE 0 END) AS
                          late,
                    -SUM(CASE WHEN o.account = 'suspense:recon' THEN o.amount_minor ELSE 0 END) AS recon
               FROM payments.ledger_entry e JOIN payments.posting o ON o.entry_id = e.entry_id
              GROUP BY e.order_id) l ON l.order_id = p.order_id
 WHERE COALESCE(l.buyer, 0) + COALESCE(l.late, 0) + COALESCE(l.recon, 0) <> p.timely + p.late
    OR (p.late_ever = 0 AND COALESCE(l.late, 0) <> 0)
    OR (p.timely_ever = 0 AND COALESCE(l.buyer, 0) <> 0))sql";

constexpr const char* foreign_accounts = R"sql(
SELECT o.entry_id || ' line ' || CAST(o.line AS TEXT), 'an account of the order or a shared one', o.account
  FROM payments.posting o JOIN payments.ledger_entry e ON e.entry_id = o.entry_id
 WHERE (o.account LIKE 'buyer:%' AND o.account <> 'buyer:' || e.order_id)
    OR NOT (o.account LIKE 'psp:%' OR o.account LIKE 'bank:%' OR o.account LIKE 'receivable:%'
         OR o.account LIKE 'buyer:%' OR o.account LIKE 'seller:%' OR o.account LIKE 'point:%'
         OR o.account LIKE 'carrier:%' OR o.account LIKE 'points:%' OR o.account LIKE 'voucher:%'
         OR o.account LIKE 'tax:%' OR o.account LIKE 'income:%' OR o.account LIKE 'expense:%'
         OR o.account IN ('suspense:late_payment', 'suspense:recon', 'suspense:chargeback')))sql";

constexpr const char* ledger_refunds = R"sql(
SELECT l.order_id, 'at most ' || CAST(l.came AS TEXT), CAST(l.went AS TEXT)
  FROM (SELECT e.order_id,
               SUM(CASE WHEN o.amount_minor > 0 THEN o.amount_minor ELSE 0 END) AS came,
               SUM(CASE WHEN o.amount_minor < 0 THEN -o.amount_minor ELSE 0 END) AS went
          FROM payments.ledger_entry e JOIN payments.posting o ON o.entry_id = e.entry_id
         WHERE o.account LIKE 'psp:%' GROUP BY e.order_id) l
 WHERE l.went > l.came)sql";

// Where the payment still waits for news of the bank, or a job is to ask it, the two may differ for a while.
constexpr const char* bank_differs = R"sql(
SELECT b.payment_id,
       'captured ' || CAST(b.captured_minor AS TEXT) || ' refunded ' || CAST(b.refunded_minor AS TEXT),
       COALESCE('captured ' || CAST(p.captured_minor AS TEXT) || ' refunded ' || CAST(p.refunded_minor AS
             TEXT),
                'no payment')
  FROM sandbox.bank_payments b LEFT JOIN payments.payment p ON p.payment_id = b.payment_id
 WHERE (p.payment_id IS NULL OR b.captured_minor <> p.captured_minor OR b.refunded_minor <> p.refunded_minor)
   AND p.next_check_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM sandbox.bank_webhooks w WHERE w.body LIKE '%' || b.payment_id || '%')
   AND NOT EXISTS (SELECT 1 FROM payments.jobs j WHERE j.dead_at IS NULL AND j.key IN (b.payment_id,
         b.order_id)))sql";

// Where the bank is not the sandbox, that knows nothing of anything.
constexpr const char* bank_lacks = R"sql(
SELECT p.payment_id, 'a payment at the bank', 'none'
  FROM payments.payment p LEFT JOIN sandbox.bank_payments b ON b.payment_id = p.payment_id
 WHERE p.captured_minor > 0 AND p.provider = 'sandbox' AND b.payment_id IS NULL
   AND EXISTS (SELECT 1 FROM sandbox.bank_payments))sql";

constexpr const char* amount_differs = R"sql(
SELECT p.payment_id, CAST(o.total_minor AS TEXT) || ' ' || o.currency,
       CAST(p.amount_minor AS TEXT) || ' ' || p.currency
  FROM payments.payment p JOIN orders.purchase o ON o.order_id = p.order_id
 WHERE p.amount_minor <> o.total_minor OR p.currency <> o.currency)sql";

// Fulfilled means paid for, but for the units that were cancelled as missing and whose money is back; ended
// means that nothing is kept, once what is to be given back is back.
constexpr const char* paid_without_money = R"sql(
SELECT o.order_id, 'kept ' || CAST(o.total_minor - COALESCE(i.refunded, 0) AS TEXT),
       COALESCE('captured ' || CAST(p.captured AS TEXT) || ' refunded ' || CAST(p.refunded AS TEXT),
                'no payment')
  FROM orders.purchase o
  LEFT JOIN (SELECT order_id, SUM(captured_minor) AS captured, SUM(refunded_minor) AS refunded
               FROM payments.payment GROUP BY order_id) p ON p.order_id = o.order_id
  LEFT JOIN (SELECT order_id, SUM(price_minor) AS refunded FROM orders.item
              WHERE short_id IS NOT NULL AND status = 10 GROUP BY order_id) i ON i.order_id = o.order_id
 WHERE o.status IN (2, 3, 4, 5, 6, 7)
   AND COALESCE(p.captured - p.refunded, 0) <> o.total_minor - COALESCE(i.refunded, 0)
   AND NOT EXISTS (SELECT 1 FROM payments.payment q JOIN payments.jobs j ON j.key = q.payment_id
                    WHERE q.order_id = o.order_id AND q.late = 1 AND j.dead_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM payments.outbox m WHERE m.published_at IS NULL AND m.key = o.order_id))sql";

// An attempt after which another was begun is over for good, here and at the bank; money that came of it all
// the same is late and goes back.
constexpr const char* attempt_goes_on = R"sql(
SELECT p.payment_id, 'declined, cancelled or going back', 'status ' || CAST(p.status AS TEXT)
  FROM payments.payment p
 WHERE p.status NOT IN (4, 5) AND NOT (p.late = 1 AND p.wish = 1)
   AND EXISTS (SELECT 1 FROM payments.payment q WHERE q.order_id = p.order_id AND q.number > p.number))sql";

constexpr const char* attempt_open_at_bank = R"sql(
SELECT p.payment_id, 'ended at the bank', 'status ' || CAST(b.status AS TEXT)
  FROM payments.payment p JOIN sandbox.bank_payments b ON b.payment_id = p.payment_id
 WHERE b.status IN (0, 1)
   AND EXISTS (SELECT 1 FROM payments.payment q WHERE q.order_id = p.order_id AND q.number > p.number)
   AND NOT EXISTS (SELECT 1 FROM payments.jobs j WHERE j.key = p.payment_id AND j.dead_at IS NULL))sql";

constexpr const char* kept_for_nothing = R"sql(
SELECT o.order_id, 'nothing kept', CAST(p.captured_minor - p.refunded_minor AS TEXT)
  FROM orders.purchase o JOIN payments.payment p ON p.order_id = o.order_id
 WHERE o.status IN (8, 9, 10) AND o.cleanup = 0 AND p.captured_minor > p.refunded_minor AND p.late = 0 AND
       p.wish = 0
   AND NOT EXISTS (SELECT 1 FROM orders.jobs j WHERE j.key = o.order_id AND j.dead_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM payments.jobs j WHERE j.key IN (p.payment_id, o.order_id) AND j.dead_at IS
         NULL)
   AND NOT EXISTS (SELECT 1 FROM payments.outbox m WHERE m.published_at IS NULL AND m.key = o.order_id))sql";

std::vector<Audit> ledger_audits() {
  return {
      {"I8",
       "payments.posting",
       "every entry balances",
       {"payments"},
       "SELECT e.entry_id, '0', CAST(COALESCE(SUM(o.amount_minor), 0) AS TEXT) FROM payments.ledger_entry e"
       " LEFT JOIN payments.posting o ON o.entry_id = e.entry_id GROUP BY e.entry_id"
       " HAVING COALESCE(SUM(o.amount_minor), 0) <> 0 OR COUNT(o.line) < 2"},
      {"I8",
       "payments.posting",
       "all accounts of a currency sum to zero",
       {"payments"},
       "SELECT e.currency, '0', CAST(SUM(o.amount_minor) AS TEXT) FROM payments.ledger_entry e"
       " JOIN payments.posting o ON o.entry_id = e.entry_id GROUP BY e.currency HAVING SUM(o.amount_minor) "
       "<> 0"},
      {"I8",
       "payments.posting",
       "no posting without its entry",
       {"payments"},
       "SELECT o.entry_id || ' line ' || CAST(o.line AS TEXT), 'an entry', 'none' FROM payments.posting o"
       " LEFT JOIN payments.ledger_entry e ON e.entry_id = o.entry_id WHERE e.entry_id IS NULL"},
      {"I9", "payments.payment", "what was captured lies in one named account", {"payments"}, owned_sum},
      {"I9",
       "payments.posting",
       "money lies only in accounts of its own order or in named ones",
       {"payments"},
       foreign_accounts},
      {"I9", "orders.purchase", "an ended order keeps no money", {"orders", "payments"}, kept_for_nothing},
  };
}

std::vector<Audit> attempt_audits() {
  return {
      {"I12",
       "payments.payment",
       "of an order's attempts at most one is captured in time",
       {"payments"},
       "SELECT order_id, '1', CAST(COUNT(*) AS TEXT) FROM payments.payment WHERE captured_minor > 0 AND late "
       "= 0"
       " GROUP BY order_id HAVING COUNT(*) > 1"},
      {"I12",
       "payments.ledger_entry",
       "a capture is of a payment that was captured",
       {"payments"},
       "SELECT e.entry_id, 'a captured payment', e.key FROM payments.ledger_entry e"
       " LEFT JOIN payments.payment p ON p.payment_id = e.key AND p.captured_minor > 0"
       " WHERE e.document = 'capture' AND p.payment_id IS NULL"},
      {"I12", "payments.payment", "only an order's last attempt can go on", {"payments"}, attempt_goes_on},
      {"I12",
       "sandbox.bank_payments",
       "an attempt is over at the bank before the next",
       {"payments", "sandbox"},
       attempt_open_at_bank},
      {"I12",
       "payments.payment",
       "an order's attempts are numbered from 1 and at most 5",
       {"payments"},
       "SELECT order_id, 'numbers 1 to ' || CAST(COUNT(*) AS TEXT), CAST(MIN(number) AS TEXT) || ' to ' ||"
       " CAST(MAX(number) AS TEXT) FROM payments.payment GROUP BY order_id"
       " HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*) OR COUNT(*) > 5"},
      {"I12",
       "sandbox.bank_payments",
       "the bank captured an order at most once",
       {"sandbox"},
       "SELECT order_id, '1', CAST(COUNT(*) AS TEXT) FROM sandbox.bank_payments WHERE captured_minor > 0"
       " GROUP BY order_id HAVING COUNT(*) > 1"},
      {"I12",
       "orders.purchase",
       "what is being fulfilled was captured once and in full",
       {"orders", "payments"},
       paid_without_money},
  };
}

std::vector<Audit> bank_audits() {
  return {
      {"I10",
       "payments.payment",
       "our account with the bank is captures less refunds",
       {"payments"},
       psp_sum},
      {"I10",
       "sandbox.bank_payments",
       "the bank's account of a payment is ours",
       {"sandbox", "payments"},
       bank_differs},
      {"I10",
       "payments.payment",
       "the bank knows every captured payment",
       {"payments", "sandbox"},
       bank_lacks},
      {"I11",
       "payments.payment",
       "refunds are at most the captures",
       {"payments"},
       "SELECT payment_id, 'at most ' || CAST(captured_minor AS TEXT), CAST(refunded_minor AS TEXT)"
       " FROM payments.payment WHERE refunded_minor > captured_minor OR refunded_minor < 0"},
      {"I11",
       "payments.ledger_entry",
       "an order's refunds are at most its captures",
       {"payments"},
       ledger_refunds},
      {"I11",
       "payments.ledger_entry",
       "one entry a document and key",
       {"payments"},
       "SELECT document || ' ' || key, '1', CAST(COUNT(*) AS TEXT) FROM payments.ledger_entry"
       " GROUP BY document, key HAVING COUNT(*) > 1"},
      {"I13",
       "payments.payment",
       "what is asked of the bank is the order's total",
       {"payments", "orders"},
       amount_differs},
  };
}

}  // namespace

std::vector<Audit> money_audits() {
  auto audits = ledger_audits();
  for (auto* part : {bank_audits, attempt_audits}) {
    for (auto& audit : part()) audits.push_back(std::move(audit));
  }
  return audits;
}

}  // namespace bramble::check
