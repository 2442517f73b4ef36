#include "services/notifications/notifications_service.h"

#include "base/error.h"
#include "services/notifications/notice_text.h"

namespace bramble::notifications {
namespace {

constexpr std::int64_t most_notices = 100;
constexpr const char* order_status = "order.status";
constexpr std::int64_t longest_wait_ms = 30'000;

#define NOTICE_COLUMNS "seq, type, order_id, status, at, language, change, quantity, amount_minor, currency"

// In the reader's language; if that is empty, in the language of the order.
Notice notice_of(const Row& row, const std::string& lang) {
  auto status = row.get<orders::OrderStatus>(3);
  auto language = lang.empty() ? row.get<std::string>(5) : lang;
  auto change = row.get<std::optional<std::int64_t>>(6);
  std::string text;
  if (!change) {
    text = notice_text(status, language);
  } else if (NoticeChange(*change) == NoticeChange::cancel_refused) {
    text = cancel_refused_text(language);
  } else if (NoticeChange(*change) == NoticeChange::payment_declined) {
    text = payment_declined_text(language);
  } else {
    text = items_text(static_cast<orders::ItemsChange>(*change), row.get<std::int64_t>(7),
                      Money{row.get<std::int64_t>(8), row.get<std::string>(9)}, language);
  }
  return {row.get<std::int64_t>(0),       row.get<std::string>(1), row.get<OrderId>(2),
          std::string(to_string(status)), row.get<Time>(4),        std::move(text)};
}

}  // namespace

Task<Empty> NotificationsService::send_sms(Call, SendSmsRequest request) {
  co_await sms_->send({std::move(request.message_id), std::move(request.phone), std::move(request.text)});
  co_return Empty{};
}

NoticesReply NotificationsService::read(Tx& tx, const NoticesRequest& request) const {
  NoticesReply reply;
  auto last = tx.query("SELECT last_seq FROM feed WHERE user_id = $1", request.user_id);
  reply.last_seq = last.empty() ? 0 : last.front().get<std::int64_t>(0);
  if (request.after_seq < 0 || request.after_seq >= reply.last_seq) return reply;
  auto rows =
      tx.query("SELECT " NOTICE_COLUMNS " FROM notice WHERE user_id = $1 AND seq > $2"
               " ORDER BY seq LIMIT $3",
               request.user_id, request.after_seq, std::clamp<std::int64_t>(request.limit, 1, most_notices));
  for (auto row : rows) reply.items.push_back(notice_of(row, request.lang));
  return reply;
}

Task<OrderNoticesReply> NotificationsService::order_notices(Call call, OrderNoticesRequest request) {
  if (call.caller.kind != CallerKind::staff && call.caller.kind != CallerKind::system) {
    throw Error(ErrorCode::forbidden, "not_staff", "only staff may do this");
  }
  co_return co_await database_.read(call, request.user_id.text(), [&](Tx& tx) {
    OrderNoticesReply reply;
    auto rows = tx.query("SELECT " NOTICE_COLUMNS " FROM notice WHERE user_id = $1 AND order_id = $2"
                         " ORDER BY seq LIMIT $3",
                         request.user_id, request.order_id, most_notices);
    for (auto row : rows) reply.items.push_back(notice_of(row, request.lang));
    return reply;
  });
}

Task<NoticesReply> NotificationsService::notices(Call call, NoticesRequest request) {
  const auto& user = request.user_id;
  auto until = clock_.now() + milliseconds(std::clamp<std::int64_t>(request.wait_ms, 0, longest_wait_ms));
  for (;;) {
    bool waits = request.wait_ms > 0 && clock_.now() < until;
    // Registered before reading, so that no notice between the two is missed. A wait is removed before it is
    // woken. The wait holds this coroutine, so the coroutine must not hold the wait.
    std::weak_ptr<Wait> wait;
    auto brought = std::make_shared<std::optional<Notice>>();
    if (waits) {
      wait = waits_[user].emplace_back(
          std::make_shared<Wait>(Wait{request.after_seq, request.lang, until, brought, nullptr}));
    }
    const auto* read_to = read_to_.find(user);
    bool has_read_all = waits && read_to != nullptr && *read_to == request.after_seq;
    if (!has_read_all) {
      auto reply = co_await database_.read(call, user.text(), [&](Tx& tx) { return read(tx, request); });
      if (!waits || !wait.expired()) remember_read(user, request, reply);
      bool nothing = reply.items.empty() && request.after_seq >= 0;
      if (!nothing || !waits) co_return reply;
    }
    if (!wait.expired()) {
      co_await suspend([wait](Resume resume) { wait.lock()->resume = std::move(resume); });
    }
    if (*brought) {
      auto seq = (*brought)->seq;
      co_return NoticesReply{{std::move(**brought)}, seq};
    }
  }
}

// A reader that asks for what follows the last notice can wait without reading the database.
void NotificationsService::remember_read(const UserId& user, const NoticesRequest& request,
                                         const NoticesReply& reply) {
  auto seen = reply.items.empty() ? request.after_seq : reply.items.back().seq;
  if (request.wait_ms > 0 && seen == reply.last_seq) read_to_.put(user, seen);
}

std::int64_t NotificationsService::next_seq(Tx& tx, const UserId& user) const {
  return tx
      .query("INSERT INTO feed (user_id, last_seq) VALUES ($1, 1)"
             " ON CONFLICT (user_id) DO UPDATE SET last_seq = feed.last_seq + 1 RETURNING last_seq",
             user)
      .front()
      .get<std::int64_t>(0);
}

void NotificationsService::on_order_status(Tx& tx, const orders::OrderStatusChanged& event) {
  auto seq = next_seq(tx, event.user_id);
  tx.send("INSERT INTO notice (user_id, seq, type, order_id, status, at, language)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7)",
          event.user_id, seq, order_status, event.order_id, event.status, event.at, event.language);
  std::lock_guard lock(numbers_mutex_);
  numbers_.put({event.order_id, event.version}, seq);
}

void NotificationsService::on_order_items(Tx& tx, const orders::OrderItemsChanged& event) {
  tx.send("INSERT INTO notice (user_id, seq, type, order_id, status, at, language, change, quantity,"
          " amount_minor, currency) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
          event.user_id, next_seq(tx, event.user_id), order_status, event.order_id, event.status, event.at,
          event.language, event.change, event.quantity, event.amount.amount_minor, event.amount.currency);
}

void NotificationsService::on_cancel_refused(Tx& tx, const orders::OrderCancelRefused& event) {
  tx.send("INSERT INTO notice (user_id, seq, type, order_id, status, at, language, change)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
          event.user_id, next_seq(tx, event.user_id), order_status, event.order_id, event.status, event.at,
          event.language, NoticeChange::cancel_refused);
}

void NotificationsService::on_payment_declined(Tx& tx, const orders::OrderPaymentDeclined& event) {
  tx.send("INSERT INTO notice (user_id, seq, type, order_id, status, at, language, change)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
          event.user_id, next_seq(tx, event.user_id), order_status, event.order_id,
          orders::OrderStatus::pending_payment, event.at, event.language, NoticeChange::payment_declined);
}

// A reader that has not suspended yet sees that its wait is gone.
void NotificationsService::resume_all(const Waits& waits) {
  for (const auto& wait : waits) {
    if (wait->resume) wait->resume();
  }
}

NotificationsService::Waits NotificationsService::take_waits(const UserId& user) {
  read_to_.forget(user);
  auto found = waits_.extract(user);
  return found.empty() ? Waits() : std::move(found.mapped());
}

void NotificationsService::wake(const UserId& user) { resume_all(take_waits(user)); }

// A reader that has read every earlier notice gets this one without reading the database.
void NotificationsService::deliver(const orders::OrderStatusChanged& event) {
  std::optional<std::int64_t> seq;
  {
    std::lock_guard lock(numbers_mutex_);
    seq = numbers_.take({event.order_id, event.version});
  }
  auto waits = take_waits(event.user_id);
  for (auto& wait : waits) {
    if (!seq || wait->after_seq + 1 != *seq) continue;
    const auto& language = wait->lang.empty() ? event.language : wait->lang;
    *wait->brought = Notice{*seq,           order_status,
                            event.order_id, std::string(to_string(event.status)),
                            event.at,       std::string(notice_text(event.status, language))};
    read_to_.put(event.user_id, *seq);
  }
  resume_all(waits);
}

// Readers whose time is over read once more and answer what there is.
Task<void> NotificationsService::end_waits(Call) {
  auto now = clock_.now();
  Waits over;
  for (auto at = waits_.begin(); at != waits_.end();) {
    auto before = over.size();
    std::erase_if(at->second, [&](auto& wait) {
      if (wait->until > now) return false;
      over.push_back(std::move(wait));
      return true;
    });
    // They read the database: another process may have stored a notice.
    if (over.size() > before) read_to_.forget(at->first);
    at = at->second.empty() ? waits_.erase(at) : std::next(at);
  }
  resume_all(over);
  co_return;
}

}  // namespace bramble::notifications
