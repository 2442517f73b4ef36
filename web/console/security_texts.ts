// The words of the security log: [Russian, English].
import { languageNow } from "../staff/preferences";
import { wordFor } from "./staff_texts";

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
  done: ["выполнено", "done"],
  roles: ["роли", "roles"],
  buyer: ["покупатель", "buyer"],
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

const details: Record<string, string> = {
  "by code": "по коду из СМС",
  "by password": "по паролю",
  "by password and second factor": "по паролю и второму шагу",
  "by password and a recovery code": "по паролю и коду восстановления",
  "a wrong code": "неверный код",
  "the fifth wrong code": "пятый неверный код",
  "a wrong second factor": "неверный второй шаг",
  "a wrong password, or an account that may not sign in": "неверный пароль, или учётной записи вход закрыт",
  "a refresh token came again; the session was ended": "токен пришёл второй раз; сеанс завершён",
  "changed the password": "сменил пароль",
  "set up an app for codes": "подключил приложение с кодами",
  "set up a passkey": "подключил ключ доступа",
  "took a second factor away": "отключил второй шаг",
  "renewed the recovery codes": "обновил коды восстановления",
  "the first admin": "первый администратор",
  disabled: "отключён",
  enabled: "включён",
  "the password was reset": "пароль сброшен",
  "second factors were taken away": "второй шаг снят",
};

// The log is written in English, once for all readers; what it says often is said in theirs.
const beginnings: readonly (readonly [RegExp, string])[] = [
  [/^phone /, "телефон "],
  [/^unknown login$/, "неизвестный логин"],
  [/^login /, "логин "],
  [/^session /, "сеанс "],
];

// Routes that staff change something by, as the log names them.
const deeds: Record<string, readonly [string, string]> = {
  act_on_order: ["действие с заказом", "action on an order"],
  add_passkey: ["новый ключ доступа", "new passkey"],
  add_staff: ["новый сотрудник", "new staff account"],
  begin_passkey: ["начало настройки ключа доступа", "passkey set-up begun"],
  begin_totp: ["начало настройки приложения с кодами", "authenticator set-up begun"],
  change_password: ["смена своего пароля", "own password change"],
  check_payment: ["вопрос банку о платеже", "bank asked about a payment"],
  complete: ["упаковка", "packing"],
  confirm_totp: ["подключение приложения с кодами", "authenticator set up"],
  disable_staff: ["отключение сотрудника", "account disabled"],
  drop_factor: ["отключение второго шага", "second factor removed"],
  enable_staff: ["включение сотрудника", "account enabled"],
  put_bins: ["ячейки склада", "bins of a site"],
  receive: ["приёмка", "receiving"],
  release_task: ["возврат задания", "task given back"],
  renew_recovery_codes: ["новые коды восстановления", "new recovery codes"],
  replay_dead_letter: ["повтор сообщения", "message retried"],
  report_short: ["нехватка при сборке", "shortage reported"],
  reset_staff_factors: ["сброс второго шага сотрудника", "two-step sign-in reset"],
  reset_staff_password: ["новый пароль сотруднику", "password reset"],
  scan: ["сборка", "picking"],
  set_staff_roles: ["смена ролей", "roles changed"],
  take_task: ["взято задание", "task taken"],
  undo_receipt: ["отмена приёмки", "receipt undone"],
};

function deedText(text: string): string | undefined {
  const [, name = "", outcome] = /^([a-z_]+)(?:: (\S+))?$/.exec(text) ?? [];
  const deed = deeds[name]?.[at()];
  if (deed === undefined || outcome === undefined) return deed;
  const done = /^2\d\d$/.test(outcome) ? say("done") : outcome;
  return `${deed}: ${done}`;
}

function inRussian(text: string): string {
  const found = beginnings.find(([beginning]) => beginning.test(text));
  return details[text] ?? (found === undefined ? text : text.replace(found[0], found[1]));
}

export function inReadersWords(text: string): string {
  const roles = /^roles: (.+)$/.exec(text)?.[1];
  if (roles !== undefined) return `${say("roles")}: ${roles.split(" ").map(wordFor).join(", ")}`;
  return deedText(text) ?? (languageNow() === "ru" ? inRussian(text) : text);
}

const at = (): 0 | 1 => (languageNow() === "en" ? 1 : 0);

export const securityKinds = Object.keys(kinds) as (keyof typeof kinds)[];

export function say(key: keyof typeof words): string {
  return words[key][at()];
}

export function kindName(kind: string): string {
  return kind in kinds ? kinds[kind as keyof typeof kinds][at()] : kind;
}
