// The reader's choices. The cookies that keep them are shared by all of Bramble and set by the server alone.
import { call } from "./api";

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

export async function chooseLanguage(language: LanguageCode): Promise<void> {
  document.documentElement.lang = language;
  await call("POST", "/preferences", { language }).catch(() => undefined);
}
