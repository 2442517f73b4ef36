// What the screen of staff accounts says, in both languages.
import { languageNow } from "../staff/preferences";

const russian = {
  staff: "Сотрудники",
  login: "Логин",
  roles: "Роли",
  site: "Склад",
  noSite: "без склада",
  state: "Состояние",
  lastSignIn: "Последний вход",
  active: "Активен",
  disabled: "Отключён",
  invited: "Ждёт смены пароля",
  demo: "Демо",
  secondFactor: "2 шага",
  add: "Добавить сотрудника",
  adding: "Добавляем…",
  change: "Изменить роли",
  save: "Сохранить",
  disable: "Отключить",
  enable: "Включить",
  resetPassword: "Выдать новый пароль",
  resetFactors: "Снять подтверждение входа",
  sure: "Точно? Все его сеансы закончатся.",
  yes: "Да",
  cancel: "Отмена",
  handed: "Одноразовый пароль",
  handedHint:
    "Передайте его сотруднику лично: больше мы его не покажем. При первом входе он придумает свой. Действует до",
  understood: "Готово",
  adminOnly: "Учётные записи ведёт только администратор.",
  login_taken: "Такой логин уже есть.",
  own_account: "Со своей учётной записью это сделает только другой администратор.",
  last_admin: "Это последний администратор. Сначала назначьте ещё одного.",
  siteNeeded: "Для роли «склад» выберите склад.",
  roleNeeded: "Выберите хотя бы одну роль.",
  badLogin: "Логин: латинские буквы, цифры, точка, дефис и подчёркивание.",
  admin: "администратор",
  support: "поддержка",
  warehouse: "склад",
  supervisor: "старший смены",
};

export type StaffText = keyof typeof russian;

const english: Record<StaffText, string> = {
  staff: "Staff",
  login: "Login",
  roles: "Roles",
  site: "Site",
  noSite: "no site",
  state: "Status",
  lastSignIn: "Last sign-in",
  active: "Active",
  disabled: "Disabled",
  invited: "Must set a password",
  demo: "Demo",
  secondFactor: "2-step",
  add: "Add staff",
  adding: "Adding…",
  change: "Change roles",
  save: "Save",
  disable: "Disable",
  enable: "Enable",
  resetPassword: "Issue a new password",
  resetFactors: "Reset two-step sign-in",
  sure: "Are you sure? They will be signed out everywhere.",
  yes: "Yes",
  cancel: "Cancel",
  handed: "One-time password",
  handedHint:
    "Hand it over in person: it won’t be shown again. They’ll choose their own when they first sign in. Valid until",
  understood: "Done",
  adminOnly: "Only admins manage accounts.",
  login_taken: "That login is taken.",
  own_account: "Another admin has to do this to your account.",
  last_admin: "This is the last admin. Make someone else an admin first.",
  siteNeeded: "Choose a site for the warehouse role.",
  roleNeeded: "Choose at least one role.",
  badLogin: "Use Latin letters, digits, dots, hyphens and underscores for the login.",
  admin: "admin",
  support: "support",
  warehouse: "warehouse",
  supervisor: "supervisor",
};

export function say(key: StaffText): string {
  return (languageNow() === "en" ? english : russian)[key];
}

// A role or a refusal that the page does not know is shown as it came.
export function wordFor(code: string): string {
  return code in russian ? say(code as StaffText) : code;
}
