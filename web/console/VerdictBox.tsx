// What an order waits for, in one sentence and the figures behind it.
import { Icon } from "../design/Icon";
import { pathTo } from "./address";
import type { Verdict } from "./facts";
import { Coded, Link, When } from "./parts";
import { age, isTime, span } from "./shown";
import { t } from "./texts";
import { wordOf } from "./words";

function iconOf(verdict: Verdict): string {
  if (verdict.waits_for === "NOTHING") return "circle-check";
  if (verdict.waits_for === "DEAD_LETTER") return "circle-x";
  if (verdict.waits_for === "UNKNOWN") return "circle-help";
  return verdict.late || verdict.failing.length > 0 ? "triangle-alert" : "clock";
}

function kindOf(verdict: Verdict): string {
  if (verdict.waits_for === "NOTHING") return "success";
  if (verdict.waits_for === "DEAD_LETTER") return "error";
  const troubled = verdict.late || verdict.failing.length > 0;
  return troubled || verdict.waits_for === "UNKNOWN" ? "warning" : "info";
}

export function VerdictBox({ verdict }: { verdict: Verdict }) {
  const stands = verdict.waits_for !== "NOTHING" && isTime(verdict.since);
  return (
    <section
      class={`notice notice--${kindOf(verdict)} verdict`}
      aria-label={t("verdict")}
      data-testid="verdict"
    >
      <Icon name={iconOf(verdict)} />
      <div class="notice__text">
        {verdict.waits_for !== "NOTHING" && <p class="verdict__lead">{t("verdict")}</p>}
        <p class="verdict__what">{wordOf("waits", verdict.waits_for)}</p>
        <ul class="verdict__facts">
          {stands && (
            <li title={verdict.since}>
              {t("waitingFor")} <strong>{span(Date.now() - new Date(verdict.since).getTime())}</strong>
              {" · "}
              {verdict.late ? t("late") : t("onTime")}
            </li>
          )}
          {verdict.total > 0 && (
            <li>
              {t("picked")} <strong>{`${verdict.done} / ${verdict.total}`}</strong>
            </li>
          )}
          {isTime(verdict.until) && (
            <li>
              {t("dueUntil")} <When at={verdict.until} /> ({age(verdict.until)})
            </li>
          )}
          {isTime(verdict.next_try_at) && (
            <li>
              {t("nextTry")} <When at={verdict.next_try_at} /> ({age(verdict.next_try_at)})
            </li>
          )}
          {verdict.attempts > 0 && (
            <li>
              {t("attempts")} <strong>{verdict.attempts}</strong>
            </li>
          )}
          {verdict.instead_of !== undefined && (
            <li>
              {t("insteadOf")}: {wordOf("short", verdict.instead_of)}
            </li>
          )}
        </ul>
        {verdict.failing.map((outside) => (
          <p key={outside.name} class="verdict__error" data-testid="failing">
            {wordOf("outside", outside.name)} {t("doesNotAnswerSince")} <When at={outside.since} /> (
            {age(outside.since)}): <code>{outside.last_error}</code>
          </p>
        ))}
        {verdict.last_error !== "" && (
          <p class="verdict__error">
            {t("lastError")}: <code>{verdict.last_error}</code>
          </p>
        )}
        {verdict.dead_letters.map((letter) => (
          <p key={letter.id} class="verdict__error">
            <Coded of={letter.type} group={letter.kind === "job" ? "job" : "event"} />
            {": "}
            {letter.last_error}{" "}
            <Link to={pathTo("letters", "", { module: letter.module, kind: letter.kind, id: letter.id })}>
              {t("openLetter")}
            </Link>
          </p>
        ))}
      </div>
    </section>
  );
}
