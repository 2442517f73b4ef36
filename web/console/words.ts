// The words for what the server names by codes: [Russian, English].
import { languageNow } from "../staff/preferences";

type Words = Record<string, readonly [string, string]>;

const words = {
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
    HELD: ["Держит", "Held"],
    PAYING: ["Оплачивается", "Being paid"],
    CLAIMED: ["Продано", "Claimed"],
    RELEASED: ["Отпущен", "Released"],
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
    dead: ["оставлено", "dead"],
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
  },
  kind: {
    state: ["Статусы", "Statuses"],
    hold: ["Резервы", "Holds"],
    payment: ["Платежи", "Payments"],
    webhook: ["Вебхуки", "Webhooks"],
    ledger: ["Книга", "Ledger"],
    task: ["Задания", "Tasks"],
    scan: ["Сканы", "Scans"],
    movement: ["Движения", "Movements"],
    event: ["События", "Events"],
    job: ["Работы", "Jobs"],
    notice: ["Сообщения", "Notices"],
  },
  part: {
    order: ["заказ", "the order"],
    payments: ["деньги", "money"],
    holds: ["резервы", "holds"],
    warehouse: ["склад", "the warehouse"],
    messages: ["сообщения сервисов", "messages of services"],
    view: ["вид покупателя", "the buyer's view"],
    notices: ["сообщения покупателю", "what the buyer was told"],
    card: ["карточка товара", "the product card"],
    rights: ["права на продажу", "sell rights"],
    goods: ["товар в ячейках", "goods by bin"],
    grants: ["выданные права", "grants"],
    sites: ["склады", "sites"],
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
  },
  waits: {
    NOTHING: ["Ничего не ждёт: история закончена", "Nothing: it is at its end"],
    CREATION: [
      "Оформления: запрос ещё выполняется или был оборван",
      "Its creation: the request still runs, or was cut off",
    ],
    PAYMENT_START: ["Начала платежа: у заказа его ещё нет", "The start of its payment: there is none yet"],
    BANK_ANSWER: [
      "Ответа банка: неизвестно, как обстоит дело с платежом",
      "The bank's answer: nobody knows how the payment stands",
    ],
    BUYER: [
      "Покупателя: он должен подтвердить оплату на странице банка (3-D Secure)",
      "The buyer: to confirm on the bank's page (3-D Secure)",
    ],
    ANOTHER_PAYMENT: [
      "Покупателя: оплата не прошла, он может заплатить иначе, пока держится заказ",
      "The buyer: the payment did not go through; another may be tried while the order is held",
    ],
    EXPIRY: ["Закрытия: время на оплату вышло", "Its closing: the time to pay is over"],
    GOODS: [
      "Товара: деньги авторизованы, резерв ещё не закреплён",
      "The goods: the money is authorised, the hold is not claimed yet",
    ],
    CAPTURE: [
      "Списания: банк держит деньги, их ещё надо списать",
      "The capture: the bank holds the money, it is still to be taken",
    ],
    ORDER_JOB: [
      "Шага заказа: платёж уже изменился, заказ ещё нет",
      "The order's own step: the payment has moved, the order has not",
    ],
    CANCEL_DECISION: ["Решения об отмене", "A decision about its cancellation"],
    WAREHOUSE_NEWS: [
      "Склада: событие об оплате до него не дошло",
      "The warehouse: the news of the payment has not come there",
    ],
    PICK: ["Сборки: товар берут с полок", "The pick: goods are taken from the shelves"],
    PACK: ["Упаковки: всё собрано", "The packing: all is picked"],
    ORDER_NEWS: ["Новости: событие уже в пути к заказу", "The news: the event is on its way to the order"],
    RELEASE: [
      "Снятия резерва: заказ закрыт, товар ещё держится",
      "The release: it is closed, its goods are still held",
    ],
    VOID: ["Отмены платежа в банке", "The bank to end the payment"],
    REFUND: ["Возврата денег", "The refund"],
    LATE_MONEY: [
      "Решения о деньгах, которые пришли после конца",
      "A decision about money that came after the end",
    ],
    SHIPMENT: ["Отправки: заказ собран и упакован", "The shipment: it is picked and packed"],
    DELIVERY: ["Доставки до пункта выдачи", "The delivery to the pickup point"],
    COLLECTION: ["Покупателя в пункте выдачи", "The buyer, at the pickup point"],
    DEAD_LETTER: [
      "Человека: сообщение не удалось обработать, его надо повторить",
      "A person: a message was given up and is to be replayed",
    ],
    SHORT_DECISION: [
      "Решения о товаре, которого не нашли на складе",
      "A decision about goods that the warehouse did not find",
    ],
    UNKNOWN: [
      "Неизвестно: часть сведений сейчас не читается",
      "Unknown: a part of the facts cannot be read now",
    ],
  },
  short: {
    NOTHING: ["Ничего", "Nothing"],
    CREATION: ["Оформление", "Creation"],
    PAYMENT_START: ["Начало платежа", "Payment start"],
    BANK_ANSWER: ["Ответ банка", "Bank answer"],
    BUYER: ["3-D Secure покупателя", "Buyer's 3-D Secure"],
    ANOTHER_PAYMENT: ["Другая оплата", "Another payment"],
    EXPIRY: ["Закрытие по времени", "Expiry"],
    GOODS: ["Закрепление товара", "Claim of goods"],
    CAPTURE: ["Списание", "Capture"],
    ORDER_JOB: ["Шаг заказа", "Order's step"],
    CANCEL_DECISION: ["Решение об отмене", "Cancel decision"],
    WAREHOUSE_NEWS: ["Склад не узнал", "Warehouse news"],
    PICK: ["Сборка", "Pick"],
    PACK: ["Упаковка", "Packing"],
    ORDER_NEWS: ["Событие в пути", "Event on its way"],
    RELEASE: ["Снятие резерва", "Release"],
    VOID: ["Отмена в банке", "Void"],
    REFUND: ["Возврат денег", "Refund"],
    LATE_MONEY: ["Решение об опоздавших деньгах", "Late money"],
    SHIPMENT: ["Отправка", "Shipment"],
    DELIVERY: ["Доставка", "Delivery"],
    COLLECTION: ["Выдача", "Collection"],
    DEAD_LETTER: ["Повтор сообщения", "Replay of a message"],
    SHORT_DECISION: ["Решение о нехватке", "Decision on a shortage"],
    UNKNOWN: ["Неизвестно", "Unknown"],
  },
} satisfies Record<string, Words>;

export type WordGroup = keyof typeof words;

// A code that is newer than this page is shown as it came.
export function wordOf(group: WordGroup, code: string): string {
  const found = (words[group] as Words)[code];
  return found === undefined ? code : found[languageNow() === "en" ? 1 : 0];
}
