// The reader's choices. The cookies that keep them are shared by all of Bramble and set by the server alone.
import { call } from "./api";
import { Store } from "./store";

export type Theme = "light" | "dark" | "auto";
export type LanguageCode = "ru" | "en";

export function themeNow(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}

// Shown at once; the server is told, and if it does not hear, the choice lasts as long as the page.
export function chooseTheme(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  void call("POST", "/preferences", { theme }).catch(() => undefined);
}

export function languageNow(): LanguageCode {
  return document.documentElement.lang === "en" ? "en" : "ru";
}

// Grows with each change of language: whoever shows text follows it.
export const spoken = new Store(0);

export async function switchLanguage(): Promise<void> {
  const language = languageNow() === "ru" ? "en" : "ru";
  document.documentElement.lang = language;
  spoken.set(spoken.value + 1);
  await call("POST", "/preferences", { language }).catch(() => undefined);
  // What the server names, as titles of goods, comes in the new language from now on.
  spoken.set(spoken.value + 1);
}
