// The frame of every screen: search, navigation, preferences.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { chooseTheme, languageNow, switchLanguage, themeNow, type Theme } from "../staff/preferences";
import { call } from "../staff/api";
import { useLoaded } from "../staff/loading";
import { signOut } from "../staff/session";
import { useStore } from "../staff/store";
import { address, follow, go, pathTo, type Screen } from "./address";
import type { Counts } from "./api_types";
import { placeOf } from "./find";
import { isAdmin, refreshes, session, setRefreshes } from "./fetching";
import { t, type TextKey } from "./texts";

const screens: {
  screen: Screen;
  icon: string;
  name: TextKey;
  count?: Exclude<keyof Counts, "missing">; // of what waits for a person there
  also?: Screen;
  admin?: boolean;
}[] = [
  { screen: "hanging", icon: "clock", name: "hanging", count: "hanging" },
  { screen: "orders", icon: "receipt", name: "orders", also: "order" },
  { screen: "stock", icon: "boxes", name: "stock", also: "sku" },
  { screen: "payments", icon: "credit-card", name: "payments" },
  { screen: "webhooks", icon: "bell", name: "webhooks", count: "webhooks" },
  { screen: "suspense", icon: "wallet", name: "suspense", count: "suspense" },
  { screen: "deadLetters", icon: "circle-x", name: "deadLetters", count: "letters" },
  { screen: "queues", icon: "shield-check", name: "queues" },
  { screen: "security", icon: "lock", name: "security", admin: true },
  { screen: "staff", icon: "users", name: "staff", admin: true },
];

function Search() {
  const field = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  const find = (): void => {
    const input = field.current;
    if (input === null || input.value.trim() === "") return;
    const place = placeOf(input.value);
    setWrong(place === undefined);
    if (place === undefined) return;
    input.value = "";
    input.blur();
    go(place);
  };

  return (
    <form
      class="finder"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        find();
      }}
    >
      <label class="visually-hidden" for="finder">
        {t("search")}
      </label>
      <input
        id="finder"
        ref={field}
        class="finder__input"
        type="search"
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        maxLength={200}
        placeholder={t("search")}
        title={t("searchHint")}
        aria-keyshortcuts="/"
        aria-invalid={wrong}
        aria-describedby="finder-wrong"
        onInput={() => setWrong(false)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <kbd class="finder__key" aria-hidden="true">
        /
      </kbd>
      <button type="submit" class="finder__button" aria-label={t("find")}>
        <Icon name="search" />
      </button>
      <p id="finder-wrong" class="finder__wrong" role="alert" hidden={!wrong}>
        {wrong && t("notUnderstood")}
      </p>
    </form>
  );
}

const nextTheme: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" };
const themeIcon: Record<Theme, string> = { auto: "monitor", light: "sun", dark: "moon" };
const themeName: Record<Theme, TextKey> = { auto: "themeAuto", light: "themeLight", dark: "themeDark" };

function Choices() {
  const again = useStore(refreshes);
  const [theme, setTheme] = useState(themeNow());
  const leave = (): void => {
    void signOut()
      .catch(() => undefined)
      .then(() => session.set(undefined));
  };
  return (
    <div class="choices">
      <button
        type="button"
        class="tool"
        aria-pressed={again}
        aria-label={t("refresh")}
        title={t("refresh")}
        onClick={() => setRefreshes(!again)}
      >
        <Icon name="refresh-cw" />
      </button>
      <button
        type="button"
        class="tool"
        aria-label={t(themeName[theme])}
        title={t(themeName[theme])}
        onClick={() => {
          chooseTheme(nextTheme[theme]);
          setTheme(nextTheme[theme]);
        }}
      >
        <Icon name={themeIcon[theme]} />
      </button>
      <button
        type="button"
        class="tool"
        lang={languageNow() === "ru" ? "en" : "ru"}
        aria-label={t("language_name")}
        title={t("language_name")}
        onClick={() => void switchLanguage()}
      >
        <Icon name="languages" />
      </button>
      <a
        class="tool"
        href={pathTo("account")}
        onClick={follow}
        aria-label={t("account_screen")}
        title={t("account_screen")}
      >
        <Icon name="user" />
      </a>
      <button type="button" class="tool" aria-label={t("signOut")} title={t("signOut")} onClick={leave}>
        <Icon name="log-out" />
      </button>
    </div>
  );
}

const mostCounted = 100; // the server counts no further
const countedAgainMs = 30_000;

function useCounts(): Counts | undefined {
  return useLoaded<Counts>(() => call<Counts>("GET", "/api/v1/counts"), "counts", countedAgainMs).value;
}

function Count({ of }: { of: number | undefined }) {
  if (of === undefined || of === 0) return null;
  const text = of >= mostCounted ? `${mostCounted - 1}+` : String(of);
  return (
    <span class="screens__count" aria-label={`${t("waiting")}: ${text}`}>
      {text}
    </span>
  );
}

export function Frame({ children }: { children: ComponentChildren }) {
  const where = useStore(address);
  const counts = useCounts();
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => current.current?.scrollIntoView({ block: "nearest", inline: "center" }), [where.screen]);
  return (
    <>
      <a class="skip-link" href="#content">
        {t("skip")}
      </a>
      <header class="top">
        <div class="top__row">
          <a class="top__name" href={pathTo("hanging")} onClick={follow}>
            Bramble <span class="top__what">{t("title")}</span>
          </a>
          <Search />
          <Choices />
        </div>
        <nav class="screens" aria-label={t("screens")}>
          {screens
            .filter(({ admin }) => admin !== true || isAdmin())
            .map(({ screen, icon, name, count, also }) => {
              const here = where.screen === screen || where.screen === also;
              return (
                <a
                  key={screen}
                  {...(here ? { ref: current } : {})}
                  href={pathTo(screen)}
                  onClick={follow}
                  class="screens__link"
                  aria-current={here ? "page" : undefined}
                >
                  <Icon name={icon} /> {t(name)}
                  <Count of={count && counts?.[count]} />
                </a>
              );
            })}
        </nav>
      </header>
      <main class="screen" id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
