// The words of the security log: [Russian, English].
import { languageNow } from "../staff/preferences";

const words = {
  title: ["Журнал безопасности", "Security log"],
  hint: [
    "Кто вошёл, кому отказано, что сделали сотрудники. Записи связаны хешами: изменить или удалить одну незаметно нельзя.",
    "Who came in, who was refused, what staff did. Entries are chained by hashes: none can be changed or removed unseen.",
  ],
  kind: ["Событие", "Event"],
  anyKind: ["Любое событие", "Any event"],
  at: ["Когда", "When"],
  principal: ["Кто", "Who"],
  address: ["Адрес", "Address"],
  subject: ["К чему относится", "About"],
  detail: ["Подробности", "Details"],
  times: ["Раз", "Times"],
  hash: ["Хеш", "Hash"],
  stranger: ["неизвестно", "unknown"],
  empty: ["Таких записей нет.", "No such entries."],
  onlyAdmins: ["Журнал открыт только для роли admin.", "Only the admin role may read this log."],
} as const;

const kinds = {
  sign_in: ["Вход", "Sign-in"],
  sign_in_failed: ["Неудачный вход", "Failed sign-in"],
  code_ended: ["Код исчерпан: пять ошибок", "Code ended: five wrong tries"],
  token_reused: ["Токен использован повторно", "Refresh token reused"],
  sign_out: ["Выход", "Sign-out"],
  sessions_ended: ["Все сеансы завершены", "All sessions ended"],
  throttled: ["Слишком часто", "Throttled"],
  unauthenticated: ["Отказ: вход не подтверждён", "Refused: not authenticated"],
  forbidden: ["Отказ: нет прав", "Refused: not allowed"],
  staff_added: ["Добавлен сотрудник", "Staff account added"],
  staff_changed: ["Изменён сотрудник", "Staff account changed"],
  staff_disabled: ["Сотрудник отключён", "Staff account disabled"],
  password_changed: ["Сменён пароль", "Password changed"],
  staff_action: ["Действие сотрудника", "Staff action"],
  staff_action_done: ["Итог действия", "Outcome of the action"],
  order_action: ["Действие с заказом", "Action on an order"],
  order_action_ended: ["Итог действия с заказом", "Outcome of an action on an order"],
  overflow: ["Отказов больше, чем перечислено", "More refusals than listed"],
} as const;

const at = (): 0 | 1 => (languageNow() === "en" ? 1 : 0);

export const securityKinds = Object.keys(kinds) as (keyof typeof kinds)[];

export function say(key: keyof typeof words): string {
  return words[key][at()];
}

export function kindName(kind: string): string {
  return kind in kinds ? kinds[kind as keyof typeof kinds][at()] : kind;
}
