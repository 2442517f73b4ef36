// Texts for the codes of the server: [Russian, English].
import { languageNow } from "../staff/preferences";
import { messageTexts } from "./message_texts";

type Words = Record<string, readonly [string, string]>;

const words = {
  ...messageTexts,
  status: {
    NEW: ["Создаётся", "Being created"],
    PENDING_PAYMENT: ["Ждёт оплаты", "Awaiting payment"],
    PAID: ["Оплачен", "Paid"],
    ASSEMBLING: ["Собирается", "Being packed"],
    READY_TO_SHIP: ["Готов к отправке", "Ready to ship"],
    IN_TRANSIT: ["В пути", "In transit"],
    AT_PICKUP_POINT: ["В пункте выдачи", "At the pickup point"],
    DELIVERED: ["Вручён", "Delivered"],
    CANCELLED: ["Отменён", "Cancelled"],
    EXPIRED: ["Истёк", "Expired"],
    REFUNDED: ["Деньги возвращены", "Refunded"],
    RETURNED: ["Возвращён", "Returned"],
  },
  payment: {
    PROCESSING: ["Ответа банка нет", "No answer yet"],
    REQUIRES_ACTION: ["Ждёт покупателя", "Needs the buyer"],
    AUTHORISED: ["Авторизован", "Authorised"],
    CAPTURED: ["Списан", "Captured"],
    DECLINED: ["Отклонён", "Declined"],
    CANCELLED: ["Отменён", "Cancelled"],
    REFUNDED: ["Возвращён", "Refunded"],
  },
  hold: {
    HELD: ["Удерживается", "Held"],
    PAYING: ["Оплачивается", "Being paid"],
    CLAIMED: ["Продано", "Claimed"],
    RELEASED: ["Снят", "Released"],
    RETURNED: ["Возвращён в продажу", "Returned"],
    NONE: ["Нет", "None"],
  },
  task: {
    open: ["открыто", "open"],
    done: ["готово", "done"],
    cancelled: ["отменено", "cancelled"],
  },
  receipt: {
    waiting: ["ждёт", "waiting"],
    taken: ["приняло", "taken"],
    dead: ["не доставлено", "failed"],
  },
  movement: {
    received: ["Поступило", "Received"],
    reserved: ["Отложено под заказ", "Reserved"],
    unreserved: ["Возвращено в доступные", "Unreserved"],
    picked: ["Собрано", "Picked"],
    unpicked: ["Разобрано обратно", "Unpicked"],
    written_off: ["Списано: нет на месте", "Written off: not there"],
    moved_out: ["Убрано с полки", "Taken off the shelf"],
    quarantined: ["В карантин", "Into quarantine"],
    receipt_undone: ["Приёмка отменена", "Receipt undone"],
  },
  places: {
    received: ["приёмка → доступно", "receipt → available"],
    reserved: ["доступно → под заказ", "available → reserved"],
    unreserved: ["под заказ → доступно", "reserved → available"],
    picked: ["под заказ → собрано", "reserved → picked"],
    unpicked: ["собрано → доступно", "picked → available"],
    written_off: ["под заказ → списано", "reserved → written off"],
    moved_out: ["под заказ → карантин", "reserved → quarantine"],
    quarantined: ["полка → карантин", "shelf → quarantine"],
    receipt_undone: ["доступно → нет", "available → gone"],
  },
  action: {
    cancel: ["Запрошена отмена заказа", "Cancellation requested"],
    refund_items: ["Запрошен возврат денег за товары", "Refund of items requested"],
    release_hold: ["Запрошено снятие резерва", "Release of the hold requested"],
    resend_notice: ["Запрошена повторная отправка сообщения", "Resending of the notice requested"],
    ask_bank: ["Запрошена проверка платежа в банке", "Bank check requested"],
  },
  actionState: {
    refused: ["отказано: слишком поздно", "refused: too late"],
    failed: ["не удалось", "failed"],
  },
  kind: {
    action: ["Действия поддержки", "Staff actions"],
    state: ["Статусы", "Statuses"],
    hold: ["Резервы", "Holds"],
    payment: ["Платежи", "Payments"],
    webhook: ["Вебхуки", "Webhooks"],
    ledger: ["Проводки", "Ledger"],
    task: ["Задания", "Tasks"],
    scan: ["Сканы", "Scans"],
    movement: ["Движения", "Movements"],
    event: ["События", "Events"],
    notice: ["Сообщения", "Notices"],
  },
  part: {
    order: ["заказ", "the order"],
    payments: ["деньги", "money"],
    holds: ["резервы", "holds"],
    warehouse: ["склад", "the warehouse"],
    messages: ["сообщения между сервисами", "messages between services"],
    view: ["вид покупателя", "the buyer's view"],
    notices: ["сообщения покупателю", "what the buyer was told"],
    card: ["карточка товара", "the product card"],
    rights: ["права на продажу", "sell rights"],
    goods: ["товар в ячейках", "goods by bin"],
    grants: ["выданные права", "grants"],
    sites: ["склады", "sites"],
    points: ["пункты выдачи", "pickup points"],
    names: ["имена", "names"],
  },
  site: {
    fulfilment_centre: ["склад", "fulfilment centre"],
  },
  outside: {
    bank: ["Банк", "The bank"],
    SMS: ["Провайдер СМС", "The SMS provider"],
    search: ["Поиск", "The search"],
  },
  reason: {
    not_found: ["не нашли", "not found"],
    damaged: ["повреждён", "damaged"],
    wrong_goods_in_bin: ["в ячейке другой товар", "other goods in the bin"],
    called_off: ["больше не нужен покупателю", "no longer wanted"],
  },
  waits: {
    NOTHING: ["Ничего: заказ завершён", "Nothing: it’s complete"],
    CREATION: [
      "Оформления: запрос ещё выполняется или был оборван",
      "The order to be created: the request is still running, or was cut off",
    ],
    PAYMENT_START: ["Начала платежа: у заказа его ещё нет", "Its payment to start: there isn’t one yet"],
    BANK_ANSWER: [
      "Ответа банка: неизвестно, как обстоит дело с платежом",
      "The bank’s answer: the state of the payment is unknown",
    ],
    BUYER: [
      "Покупателя: он должен подтвердить оплату на странице банка (3-D Secure)",
      "The buyer to confirm on the bank’s page (3-D Secure)",
    ],
    ANOTHER_PAYMENT: [
      "Покупателя: оплата не прошла, он может заплатить иначе, пока держится заказ",
      "The buyer: the payment failed; they can pay another way while the order is held",
    ],
    EXPIRY: ["Закрытия: время на оплату вышло", "The order to close: the time to pay has run out"],
    GOODS: [
      "Товара: деньги авторизованы, резерв ещё не закреплён",
      "The items: the payment is authorised, the hold isn’t claimed yet",
    ],
    CAPTURE: [
      "Списания: банк держит деньги, их ещё надо списать",
      "The capture: the bank has reserved the money but hasn’t charged it yet",
    ],
    ORDER_JOB: [
      "Шага заказа: платёж уже изменился, заказ ещё нет",
      "The order’s next step: the payment has moved on, the order hasn’t yet",
    ],
    CANCEL_DECISION: ["Решения об отмене", "A decision on the cancellation request"],
    WAREHOUSE_NEWS: [
      "Склада: событие об оплате до него не дошло",
      "The warehouse: it hasn’t received the news of the payment",
    ],
    PICK: ["Сборки: товар берут с полок", "Picking: items are being taken from the shelves"],
    PACK: ["Упаковки: всё собрано", "Packing: everything is picked"],
    ORDER_NEWS: ["События: оно уже в пути к заказу", "News: the event is on its way to the order"],
    RELEASE: [
      "Снятия резерва: заказ закрыт, товар ещё держится",
      "The hold to be released: the order is closed but its items are still held",
    ],
    VOID: ["Отмены платежа в банке", "The bank to cancel the payment"],
    REFUND: ["Возврата денег", "The refund"],
    LATE_MONEY: [
      "Решения о деньгах, которые пришли после конца",
      "A decision about money that arrived after the order closed",
    ],
    SHIPMENT: ["Отправки: заказ собран и упакован", "Shipping: it’s picked and packed"],
    DELIVERY: ["Доставки до пункта выдачи", "Delivery to the pickup point"],
    COLLECTION: ["Покупателя в пункте выдачи", "The buyer to collect it from the pickup point"],
    DEAD_LETTER: [
      "Человека: сообщение не удалось обработать, его надо повторить",
      "A person: a message could not be processed and has to be retried",
    ],
    SHORT_DECISION: [
      "Решения о товаре, которого не нашли на складе",
      "A decision about items the warehouse didn’t find",
    ],
    UNKNOWN: [
      "Неизвестно: часть сведений сейчас не читается",
      "Unknown: some of the facts can’t be read right now",
    ],
  },
  short: {
    NOTHING: ["Ничего", "Nothing"],
    CREATION: ["Оформление", "Creation"],
    PAYMENT_START: ["Начало платежа", "Payment start"],
    BANK_ANSWER: ["Ответ банка", "Bank’s answer"],
    BUYER: ["3-D Secure покупателя", "Buyer’s 3-D Secure"],
    ANOTHER_PAYMENT: ["Другая оплата", "Another payment"],
    EXPIRY: ["Закрытие по времени", "Expiry"],
    GOODS: ["Закрепление товара", "Claiming items"],
    CAPTURE: ["Списание", "Capture"],
    ORDER_JOB: ["Шаг заказа", "Order’s next step"],
    CANCEL_DECISION: ["Решение об отмене", "Cancellation decision"],
    WAREHOUSE_NEWS: ["Склад не узнал", "News at the warehouse"],
    PICK: ["Сборка", "Picking"],
    PACK: ["Упаковка", "Packing"],
    ORDER_NEWS: ["Событие в пути", "Event on its way"],
    RELEASE: ["Снятие резерва", "Hold release"],
    VOID: ["Отмена в банке", "Void at the bank"],
    REFUND: ["Возврат денег", "Refund"],
    LATE_MONEY: ["Решение об опоздавших деньгах", "Late money"],
    SHIPMENT: ["Отправка", "Shipment"],
    DELIVERY: ["Доставка", "Delivery"],
    COLLECTION: ["Выдача", "Collection"],
    DEAD_LETTER: ["Повтор сообщения", "Retry of a message"],
    SHORT_DECISION: ["Решение о нехватке", "Decision on a shortage"],
    UNKNOWN: ["Неизвестно", "Unknown"],
  },
} satisfies Record<string, Words>;

export type CodeGroup = keyof typeof words;

// "buyer:ord_…" and "psp:…" are the accounts of many; the others are one each.
export function accountName(account: string): string {
  const [group = "", of = ""] = account.split(":");
  if (group === "psp") return `${codeText("account", group)} (${codeText("provider", of)})`;
  return codeText("account", group === "buyer" ? group : account);
}

// A code that is newer than this page is shown as it came.
export function codeText(group: CodeGroup, code: string): string {
  const found = (words[group] as Words)[code];
  return found === undefined ? code : found[languageNow() === "en" ? 1 : 0];
}
