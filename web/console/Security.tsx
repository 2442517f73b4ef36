// The security log: filters, and the entries from the newest on.
import type * as ops from "../made/api/ops";
import { withQuery } from "../staff/api";
import { go, pathTo } from "./address";
import type { Names } from "./api_types";
import { Copy, EmptyState, Failed, Id, Link, Loading, Named, Pages, Rows, When } from "./components";
import { isAdmin, useFetched } from "./fetching";
import { inReadersWords, kindName, say, securityKinds } from "./security_texts";
import { t } from "./texts";
import { codeText } from "./code_texts";

type Entry = ops.SecurityEntry;

const fields = ["principal", "address", "subject"] as const;
const warnings = new Set([
  "sign_in_failed",
  "code_ended",
  "throttled",
  "unauthenticated",
  "forbidden",
  "overflow",
]);

function tone(kind: string): string {
  if (kind === "token_reused") return "error";
  return warnings.has(kind) ? "warning" : "info";
}

function Filters({ query }: { query: Record<string, string> }) {
  const show = (form: HTMLFormElement): void => {
    const chosen = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
    go(pathTo("security", "", Object.fromEntries(chosen) as Record<string, string>));
  };
  return (
    <form
      class="filter-form"
      key={JSON.stringify(query)}
      onSubmit={(event) => {
        event.preventDefault();
        show(event.currentTarget);
      }}
    >
      <label class="field">
        <span class="field__label">{say("kind")}</span>
        <span class="select">
          <select class="select__input" name="kind">
            <option value="">{say("anyKind")}</option>
            {securityKinds.map((kind) => (
              <option key={kind} value={kind} selected={query.kind === kind}>
                {kindName(kind)}
              </option>
            ))}
          </select>
        </span>
      </label>
      {fields.map((name) => (
        <label class="field" key={name}>
          <span class="field__label">{say(name)}</span>
          <input
            class="field__input"
            name={name}
            defaultValue={query[name] ?? ""}
            placeholder={name === "principal" ? "usr_…" : undefined}
            maxLength={100}
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
          />
        </label>
      ))}
      <div class="filter-form__buttons">
        <button type="submit" class="button button--primary">
          {t("filter")}
        </button>
        <Link to={pathTo("security")} class="button button--quiet">
          {t("clear")}
        </Link>
      </div>
    </form>
  );
}

// Staff by their logins; buyers have no name, only the end of their id.
function Principal({ of, names }: { of: string; names: Names }) {
  if (of === "") return <span class="quiet">{say("stranger")}</span>;
  const service = codeText("module", of);
  const shown = names[of] ?? (of.startsWith("usr_") ? `${say("buyer")} …${of.slice(-8)}` : service);
  return (
    <span class="id" title={of}>
      <Link to={pathTo("security", "", { principal: of })}>{shown}</Link>
      <Copy text={of} />
    </span>
  );
}

function Subject({ of, names }: { of: string; names: Names }) {
  return /^[a-z]{2,4}_\w+$/.test(of) ? <Named of={of} names={names} /> : <>{inReadersWords(of)}</>;
}

function Entries({ rows, names }: { rows: Entry[]; names: Names }) {
  return (
    <Rows
      caption={say("title")}
      rows={rows}
      keyOf={(row) => String(row.seq)}
      columns={[
        { label: "№", cell: (row) => row.seq, number: true },
        { label: say("at"), cell: (row) => <When at={row.at} precise /> },
        {
          label: say("kind"),
          cell: (row) => <span class={`badge badge--${tone(row.kind)}`}>{kindName(row.kind)}</span>,
        },
        { label: say("principal"), cell: (row) => <Principal of={row.principal} names={names} /> },
        { label: say("address"), cell: (row) => <code>{row.address}</code> },
        { label: say("subject"), cell: (row) => <Subject of={row.subject} names={names} /> },
        { label: say("detail"), cell: (row) => inReadersWords(row.detail) },
        { label: say("times"), cell: (row) => row.times, number: true },
        { label: say("hash"), cell: (row) => <Id of={row.hash} /> },
      ]}
    />
  );
}

export function Security({ query }: { query: Record<string, string> }) {
  const { value, failure, again } = useFetched<{ items: Entry[]; next?: number; names: Names }>(
    isAdmin()
      ? withQuery("/api/v1/security/events", {
          kind: query.kind,
          ...Object.fromEntries(fields.map((name) => [name, query[name]])),
          before: query.before,
          limit: 50,
        })
      : undefined,
  );
  if (!isAdmin()) return <EmptyState title={say("onlyAdmins")} />;
  const next =
    value?.next === undefined ? undefined : pathTo("security", "", { ...query, before: String(value.next) });
  return (
    <>
      <h1>{say("title")}</h1>
      <p class="quiet">{say("hint")}</p>
      <Filters query={query} />
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && value.items.length === 0 && <EmptyState title={say("empty")} icon="search" />}
      {value !== undefined && value.items.length > 0 && <Entries rows={value.items} names={value.names} />}
      <Pages
        first={
          query.before === undefined ? undefined : pathTo("security", "", { ...query, before: undefined })
        }
        next={next}
      />
    </>
  );
}
