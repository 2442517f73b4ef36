// What an order waits for, in one sentence and the figures behind it.
import { Icon } from "../design/Icon";
import { pathTo } from "./address";
import type { OrderDiagnosis } from "./api_types";
import { Coded, Link, When } from "./components";
import { age, isTime, span } from "./format";
import { t } from "./texts";
import { codeText } from "./code_texts";

function iconOf(diagnosis: OrderDiagnosis): string {
  if (diagnosis.waits_for === "NOTHING") return "circle-check";
  if (diagnosis.waits_for === "DEAD_LETTER") return "circle-x";
  if (diagnosis.waits_for === "UNKNOWN") return "circle-help";
  return diagnosis.late || diagnosis.failing.length > 0 ? "triangle-alert" : "clock";
}

function kindOf(diagnosis: OrderDiagnosis): string {
  if (diagnosis.waits_for === "NOTHING") return "success";
  if (diagnosis.waits_for === "DEAD_LETTER") return "error";
  const troubled = diagnosis.late || diagnosis.failing.length > 0;
  return troubled || diagnosis.waits_for === "UNKNOWN" ? "warning" : "info";
}

export function DiagnosisBox({ diagnosis }: { diagnosis: OrderDiagnosis }) {
  const stands = diagnosis.waits_for !== "NOTHING" && isTime(diagnosis.since);
  return (
    <section
      class={`notice notice--${kindOf(diagnosis)} diagnosis`}
      aria-label={t("diagnosis")}
      data-testid="diagnosis"
    >
      <Icon name={iconOf(diagnosis)} />
      <div class="notice__text">
        {diagnosis.waits_for !== "NOTHING" && <p class="diagnosis__lead">{t("diagnosis")}</p>}
        <p class="diagnosis__what">{codeText("waits", diagnosis.waits_for)}</p>
        <ul class="diagnosis__facts">
          {stands && (
            <li title={diagnosis.since}>
              {t("waitingFor")} <strong>{span(Date.now() - new Date(diagnosis.since).getTime())}</strong>
              {" · "}
              {diagnosis.late ? t("late") : t("onTime")}
            </li>
          )}
          {diagnosis.total > 0 && (
            <li>
              {t("picked")} <strong>{`${diagnosis.done} / ${diagnosis.total}`}</strong>
            </li>
          )}
          {isTime(diagnosis.until) && (
            <li>
              {t("dueUntil")} <When at={diagnosis.until} /> ({age(diagnosis.until)})
            </li>
          )}
          {isTime(diagnosis.next_try_at) && (
            <li>
              {t("nextTry")} <When at={diagnosis.next_try_at} /> ({age(diagnosis.next_try_at)})
            </li>
          )}
          {diagnosis.attempts > 0 && (
            <li>
              {t("attempts")} <strong>{diagnosis.attempts}</strong>
            </li>
          )}
          {diagnosis.instead_of !== undefined && (
            <li>
              {t("insteadOf")}: {codeText("short", diagnosis.instead_of)}
            </li>
          )}
        </ul>
        {diagnosis.failing.map((outside) => (
          <p key={outside.name} class="diagnosis__error" data-testid="failing">
            {codeText("outside", outside.name)} {t("doesNotAnswerSince")} <When at={outside.since} /> (
            {age(outside.since)}): <code>{outside.last_error}</code>
          </p>
        ))}
        {diagnosis.last_error !== "" && (
          <p class="diagnosis__error">
            {t("lastError")}: <code>{diagnosis.last_error}</code>
          </p>
        )}
        {diagnosis.dead_letters.map((letter) => (
          <p key={letter.id} class="diagnosis__error">
            <Coded of={letter.type} group={letter.kind === "job" ? "job" : "event"} />
            {": "}
            {letter.last_error}{" "}
            <Link to={pathTo("deadLetters", "", { module: letter.module, kind: letter.kind, id: letter.id })}>
              {t("openDeadLetter")}
            </Link>
          </p>
        ))}
      </div>
    </section>
  );
}
