// What is set rarely: the site, sound, appearance, language; the keys, for who wants them; the way out.
import { useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { say } from "../staff/sign_in_texts";
import { chooseTheme, languageNow, switchLanguage, themeNow, type Theme } from "../staff/preferences";
import { signOut } from "../staff/session";
import { useStore } from "../staff/store";
import { showToast } from "./toast";
import { Dialog, failureText } from "./components";
import { isMuted, mute, sound } from "./sounds";
import { t, type TextKey } from "./texts";
import { session, site, sites, workAt } from "./work";

const themes: { theme: Theme; text: TextKey; icon: string }[] = [
  { theme: "auto", text: "themeAuto", icon: "monitor" },
  { theme: "light", text: "themeLight", icon: "sun" },
  { theme: "dark", text: "themeDark", icon: "moon" },
];

export function Menu({ onClose }: { onClose: () => void }) {
  const known = useStore(sites);
  const at = useStore(site);
  const who = useStore(session);

  const leave = (): void => {
    signOut().then(
      () => session.set(undefined),
      (failure: unknown) => showToast("wrong", failureText(failure)),
    );
  };

  return (
    <Dialog title={t("menu")} onClose={onClose} testid="menu">
      <div class="menu">
        <label class="menu__row">
          <Icon name="warehouse" />
          <span>{t("site")}</span>
          <select value={at} data-testid="site" onChange={(event) => workAt(event.currentTarget.value)}>
            {known.map((item) => (
              <option key={item.site_id} value={item.site_id}>
                {item.title}
              </option>
            ))}
          </select>
        </label>
        <SoundSwitch />
        <ThemeChoice />
        <button
          type="button"
          class="menu__row"
          lang={languageNow() === "ru" ? "en" : "ru"}
          data-testid="language"
          onClick={() => void switchLanguage()}
        >
          <Icon name="languages" />
          <span>{t("language_name")}</span>
        </button>
        <KeyTable />
        {who !== undefined && (
          <a class="menu__row" href="/console/account" data-testid="account">
            <Icon name="lock" />
            <span>{say("accountTitle")}</span>
          </a>
        )}
        {who !== undefined && (
          <button type="button" class="menu__row menu__row--out" data-testid="sign-out" onClick={leave}>
            <Icon name="log-out" />
            <span>{t("signOut")}</span>
          </button>
        )}
      </div>
    </Dialog>
  );
}

function SoundSwitch() {
  const [quiet, setQuiet] = useState(isMuted());
  return (
    <button
      type="button"
      class="menu__row"
      role="switch"
      aria-checked={!quiet}
      data-testid="sound"
      onClick={() => {
        mute(!quiet);
        setQuiet(!quiet);
        if (quiet) sound("right");
      }}
    >
      <Icon name={quiet ? "volume-x" : "volume-2"} />
      <span>{t("sound")}</span>
      <span class="switch" aria-hidden="true" />
    </button>
  );
}

function ThemeChoice() {
  const [theme, setTheme] = useState(themeNow());
  return (
    <div class="menu__row menu__row--themes" role="radiogroup" aria-label={t("theme")}>
      {themes.map((choice) => (
        <label
          class={`reason reason--small${theme === choice.theme ? " reason--chosen" : ""}`}
          key={choice.theme}
        >
          <input
            type="radio"
            name="theme"
            checked={theme === choice.theme}
            onChange={() => {
              chooseTheme(choice.theme);
              setTheme(choice.theme);
            }}
          />
          <Icon name={choice.icon} />
          <span>{t(choice.text)}</span>
        </label>
      ))}
    </div>
  );
}

const keyRows: [string, TextKey[]][] = [
  ["F1", ["menu"]],
  ["F2", ["tasks"]],
  ["F3", ["receiving"]],
  ["F4", ["stock"]],
  ["F6", ["nextTask"]],
  ["F7", ["short"]],
  ["F8", ["printLabel"]],
  ["F9", ["complete", "putOnShelf"]],
  ["Esc", ["back"]],
];

function KeyTable() {
  return (
    <details class="menu__keys">
      <summary class="menu__row">
        <Icon name="keyboard" />
        <span>{t("keys")}</span>
        <Icon name="chevron-down" />
      </summary>
      <p>{t("keysHint")}</p>
      <dl>
        {keyRows.map(([key, texts]) => (
          <div key={key}>
            <dt>
              <kbd class="key">{key}</kbd>
            </dt>
            <dd>{texts.map((text) => t(text)).join(" / ")}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
