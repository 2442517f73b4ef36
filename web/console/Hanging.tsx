// Orders that have not moved for so long, and why: the first thing that the person on call sees.
import { Icon } from "../design/Icon";
import { withQuery } from "../staff/api";
import { go, pathTo } from "./address";
import type { HangingPage } from "./api_types";
import { Amount, EmptyState, Failed, Id, Link, Loading, Pages, Rows, Status } from "./components";
import { useFetched } from "./fetching";
import { span } from "./format";
import { t } from "./texts";
import { codeText } from "./code_texts";

const choices = [1, 5, 15, 60, 240, 1440];
const usual = "15";

type Row = HangingPage["items"][number];

function Waits({ row }: { row: Row }) {
  const { verdict } = row;
  const kind = verdict.waits_for === "DEAD_LETTER" ? "error" : verdict.late ? "warning" : "info";
  const progress = verdict.total > 0 ? ` ${verdict.done}/${verdict.total}` : "";
  return (
    <span class="waits">
      <span class={`badge badge--${kind}`}>
        {codeText("short", verdict.waits_for)}
        {progress}
      </span>
      {verdict.last_error !== "" && <span class="waits__error">{verdict.last_error}</span>}
    </span>
  );
}

export function Hanging({ query }: { query: Record<string, string> }) {
  const minutes = query.minutes ?? usual;
  const late = query.late === "1";
  const { value, failure, again } = useFetched<HangingPage>(
    withQuery("/api/v1/hanging-orders", { minutes, after: query.after, limit: 25 }),
  );
  const to = (change: Record<string, string | undefined>): string =>
    pathTo("hanging", "", { ...query, after: undefined, ...change });
  const rows = (value?.items ?? []).filter((row) => !late || row.verdict.late);
  return (
    <>
      <div class="screen__head">
        <h1>{t("hangingTitle")}</h1>
        <label class="pick">
          {t("hangingHint")}
          <span class="select">
            <select
              class="select__input"
              value={minutes}
              onChange={(event) => go(to({ minutes: event.currentTarget.value }))}
            >
              {choices.map((choice) => (
                <option key={choice} value={String(choice)}>
                  {span(choice * 60_000)}
                </option>
              ))}
            </select>
          </span>
        </label>
        <Link to={to({ late: late ? undefined : "1" })} class="chip">
          <Icon name={late ? "check" : "triangle-alert"} /> {t("onlyLate")}
        </Link>
      </div>
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && value.items.length === 0 && (
        <EmptyState title={t("hangingEmpty")} hint={t("hangingEmptyHint")} />
      )}
      {value !== undefined && value.items.length > 0 && rows.length === 0 && (
        <EmptyState title={t("noneLate")} />
      )}
      {rows.length > 0 && (
        <Rows
          caption={t("hangingTitle")}
          rows={rows}
          keyOf={(row) => row.order.order_id}
          columns={[
            { label: t("order"), cell: (row) => <Id of={row.order.order_id} /> },
            { label: t("waits"), cell: (row) => <Waits row={row} /> },
            {
              label: t("standsFor"),
              cell: (row) => span(Date.now() - new Date(row.verdict.since || row.order.changed_at).getTime()),
            },
            { label: t("status"), cell: (row) => <Status of={row.order.status} group="status" /> },
            { label: t("units"), cell: (row) => row.order.item_count, number: true },
            { label: t("sum"), cell: (row) => <Amount of={row.order.total} />, number: true },
          ]}
        />
      )}
      <Pages
        first={query.after === undefined ? undefined : to({})}
        next={value?.next === undefined ? undefined : to({ after: value.next })}
      />
    </>
  );
}
