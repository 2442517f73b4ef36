// What staff do to an order. [Russian, English].
export const actions = {
  actions: ["Действия", "Actions"],
  actAskBank: ["Спросить банк", "Ask the bank"],
  actAskBankHint: [
    "Спросим банк о платеже прямо сейчас, не дожидаясь очередной проверки.",
    "Ask the bank about the payment now instead of waiting for the next check.",
  ],
  actCancel: ["Отменить заказ", "Cancel order"],
  actCancelHint: [
    "Заказ отменится, если его ещё не упаковали. Товар вернётся в продажу.",
    "The order is cancelled unless it is already packed. Its items go back on sale.",
  ],
  actMoneyBack: ["Покупателю вернётся", "The buyer gets back"],
  actRefund: ["Вернуть деньги за часть", "Refund items"],
  actRefundHint: [
    "Выбранные товары не поедут к покупателю, деньги за них вернутся. Остальной заказ продолжится.",
    "The chosen items are not sent and their price is refunded. The rest of the order goes on.",
  ],
  actRelease: ["Снять резерв", "Release hold"],
  actReleaseHint: [
    "Заказ закрыт, а товар всё ещё отложен. Он вернётся в продажу.",
    "The order is closed but its items are still on hold. They go back on sale.",
  ],
  actResend: ["Напомнить по SMS", "Resend by SMS"],
  actResendHint: [
    "Последнее сообщение о заказе уйдёт покупателю по SMS ещё раз.",
    "The latest message about the order is sent to the buyer once more, by SMS.",
  ],
  actReason: ["Причина", "Reason"],
  actReasonHint: [
    "Останется в истории заказа вместе с вашим именем.",
    "Kept in the order’s history together with your name.",
  ],
  actNeedsReason: ["Укажите причину.", "Enter a reason."],
  actNeedsUnits: ["Выберите, за что вернуть деньги.", "Choose the items to refund."],
  actUnits: ["Сколько вернуть", "Items to refund"],
  actBack: ["Не надо", "Keep as is"],
  actBusy: ["Выполняем…", "Working…"],
  actDone: ["готово", "done"],
  actUnderWay: ["принято, выполняется", "accepted, in progress"],
  actMoved: [
    "Заказ успел измениться. Закройте окно, посмотрите на него ещё раз и решите заново.",
    "The order has changed in the meantime. Close this window, look again and decide anew.",
  ],
  actFailed: ["не удалось, попробуйте позже", "failed, try again later"],
  actPacked: ["Поздно: товар уже собран или упакован.", "Too late: the goods are already picked or packed."],
  actNotPossible: [
    "Сейчас это сделать нельзя: посмотрите на состояние заказа.",
    "This is not possible right now: check the state of the order.",
  ],
  actNoNotice: ["Покупателю ещё ничего не сообщали.", "The buyer has not been told anything yet."],
} as const;
