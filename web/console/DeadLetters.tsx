// Dead letters: what was given up, what it holds, and another try of it.
import type * as ops from "../made/api/ops";
import { useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { call, withQuery } from "../staff/api";
import { pathTo } from "./address";
import type { DeadLetter } from "./api_types";
import {
  Coded,
  EmptyState,
  Facts,
  Failed,
  failureText,
  Id,
  Link,
  Loading,
  Pages,
  Rows,
  When,
} from "./components";
import { isAdmin, useFetched } from "./fetching";
import { pretty } from "./format";
import { t } from "./texts";

type Detail = ops.ConsoleDeadLetterView;

function Replay({ letter, done }: { letter: DeadLetter; done: () => void }) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ good: boolean; text: string } | undefined>(undefined);
  const replay = async (): Promise<void> => {
    setBusy(true);
    setSaid(undefined);
    try {
      await call<void>("POST", "/api/v1/dead-letters/replay", {
        module: letter.module,
        kind: letter.kind,
        id: letter.id,
      });
      setSaid({ good: true, text: t("replayed") });
      done();
    } catch (failure) {
      setSaid({ good: false, text: failureText(failure) });
    } finally {
      setBusy(false);
    }
  };
  if (!isAdmin()) return <p class="quiet">{t("replayAdmin")}</p>;
  return (
    <>
      <button
        type="button"
        class="button button--primary"
        disabled={busy || said?.good === true}
        onClick={() => void replay()}
      >
        <Icon name="rotate-ccw" /> {busy ? t("replaying") : t("replay")}
      </button>
      <p role="status" class={said?.good === false ? "dead-letter__failed" : ""}>
        {said?.text}
      </p>
    </>
  );
}

function DeadLetterDetails({ query, done }: { query: Record<string, string>; done: () => void }) {
  const { value, failure, again } = useFetched<Detail>(
    withQuery("/api/v1/dead-letters/detail", { module: query.module, kind: query.kind, id: query.id }),
  );
  return (
    <section class="panel stack dead-letter" aria-label={t("details")} data-testid="dead-letter">
      {failure !== undefined && value === undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && (
        <>
          <h2>
            <Coded of={value.letter.type} group={value.letter.kind === "job" ? "job" : "event"} />
          </h2>
          <p class="diagnosis__error">{value.letter.last_error}</p>
          <Facts
            of={[
              [t("module"), <Coded of={value.letter.module} group="module" />],
              [t("type"), <code>{value.letter.type}</code>],
              [t("attempts"), value.letter.attempts],
              [t("at"), <When at={value.letter.dead_at} ago />],
              [t("key"), <Id of={value.letter.key} />],
              [t("trace"), <Id of={value.trace_id} />],
            ]}
          />
          {value.payload === "" ? (
            <p class="quiet">{t("payloadHidden")}</p>
          ) : (
            <pre class="payload" tabIndex={0} role="region" aria-label={t("payload")}>
              {pretty(value.payload)}
            </pre>
          )}
        </>
      )}
      <div class="actions__row">
        {value !== undefined && <Replay letter={value.letter} done={done} />}
        <Link to={pathTo("deadLetters")} class="button button--quiet">
          <Icon name="x" /> {t("close")}
        </Link>
      </div>
    </section>
  );
}

export function DeadLetters({ query }: { query: Record<string, string> }) {
  const page = Math.max(1, Number(query.page ?? "1") || 1);
  const { value, failure, again } = useFetched<{ items: DeadLetter[] }>(
    withQuery("/api/v1/dead-letters", { page, limit: 50 }),
  );
  return (
    <>
      <h1>{t("deadLettersTitle")}</h1>
      {query.id !== undefined && <DeadLetterDetails key={query.id} query={query} done={again} />}
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && value.items.length === 0 && (
        <EmptyState title={t("deadLettersEmpty")} hint={t("deadLettersHint")} />
      )}
      {value !== undefined && value.items.length > 0 && (
        <Rows
          caption={t("deadLettersTitle")}
          rows={value.items}
          keyOf={(letter) => letter.module + letter.kind + letter.id}
          columns={[
            { label: t("at"), cell: (letter) => <When at={letter.dead_at} ago /> },
            { label: t("module"), cell: (letter) => <Coded of={letter.module} group="module" /> },
            {
              label: t("type"),
              cell: (letter) => (
                <Link
                  to={pathTo("deadLetters", "", { module: letter.module, kind: letter.kind, id: letter.id })}
                >
                  <Coded of={letter.type} group={letter.kind === "job" ? "job" : "event"} />
                </Link>
              ),
            },
            { label: t("key"), cell: (letter) => <Id of={letter.key} /> },
            { label: t("attempts"), cell: (letter) => letter.attempts, number: true },
            {
              label: t("error"),
              cell: (letter) => <span class="dead-letter__error">{letter.last_error}</span>,
            },
          ]}
        />
      )}
      <Pages
        first={page > 1 ? pathTo("deadLetters") : undefined}
        next={value?.items.length === 50 ? pathTo("deadLetters", "", { page: String(page + 1) }) : undefined}
      />
    </>
  );
}
