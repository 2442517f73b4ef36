// The accounts of staff, for an admin: who there is, with which roles, and what can be done about it.
import type * as ops from "../made/api/ops";
import { useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { call, ApiError } from "../staff/api";
import { Failed, failureText, Loading, Rows, When } from "./components";
import { isAdmin, session, useFetched } from "./fetching";
import { StaffForm, type StaffWish } from "./StaffForm";
import { say, wordFor, type StaffText } from "./staff_texts";

export type StaffAccount = ops.StaffStaffAccount;

export type Site = ops.WarehouseSite;

export type Handed = ops.StaffHandedPassword;

function refusalText(failure: unknown): string {
  if (!(failure instanceof ApiError)) return failureText(failure);
  const field = failure.fields[0]?.field;
  if (field === "login") return say("badLogin");
  if (field === "site_id") return say("siteNeeded");
  if (field === "roles") return say("roleNeeded");
  const known = wordFor(failure.code);
  return known === failure.code ? failureText(failure) : known;
}

const path = (account: StaffAccount, action: string): string => `/api/v1/staff/${account.user_id}/${action}`;

export function Staff() {
  const { value, failure, again } = useFetched<{ items: StaffAccount[] }>(
    isAdmin() ? "/api/v1/staff" : undefined,
  );
  const sites = useFetched<{ items: Site[] }>(isAdmin() ? "/api/v1/warehouse/sites" : undefined).value?.items;
  const [handed, setHanded] = useState<Handed | undefined>(undefined);
  const [words, setWords] = useState("");
  const [changing, setChanging] = useState<StaffAccount | undefined>(undefined);

  const siteOf = (account: StaffAccount) => {
    if (account.site_id === undefined) return "—";
    const site = sites?.find(({ site_id }) => site_id === account.site_id);
    return <span title={account.site_id}>{site?.title ?? account.site_id}</span>;
  };

  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    setWords("");
    try {
      const made = (await work()) as Partial<Handed> | undefined;
      if (made?.password !== undefined) setHanded(made as Handed);
      again();
      return true;
    } catch (error) {
      setWords(refusalText(error));
      return false;
    }
  };
  const add = (wish: StaffWish): Promise<boolean> => act(() => call("POST", "/api/v1/staff", wish));
  const change = async (wish: StaffWish): Promise<boolean> => {
    const done = await act(() => call("PUT", path(changing!, "roles"), wish));
    if (done) setChanging(undefined);
    return done;
  };

  if (!isAdmin()) return <p class="quiet">{say("adminOnly")}</p>;
  return (
    <>
      <h1>{say("staff")}</h1>
      {handed !== undefined && <HandedPassword of={handed} done={() => setHanded(undefined)} />}
      {words !== "" && (
        <p class="notice notice--error" role="alert">
          <Icon name="circle-alert" /> {words}
        </p>
      )}
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && (
        <Rows
          caption={say("staff")}
          rows={value.items}
          keyOf={(account) => account.user_id}
          columns={[
            { label: say("login"), cell: (account) => <b translate={false}>{account.login}</b> },
            { label: say("roles"), cell: (account) => account.roles.map(wordFor).join(", ") },
            { label: say("site"), cell: (account) => siteOf(account) },
            { label: say("state"), cell: (account) => <State of={account} /> },
            { label: say("lastSignIn"), cell: (account) => <When at={account.signed_in_at} ago /> },
            {
              label: "",
              cell: (account) => <Actions of={account} act={act} change={() => setChanging(account)} />,
            },
          ]}
        />
      )}
      {changing === undefined ? (
        <StaffForm key="add" sites={sites} save={add} />
      ) : (
        <StaffForm
          key={changing.user_id}
          of={changing}
          sites={sites}
          save={change}
          cancel={() => setChanging(undefined)}
        />
      )}
    </>
  );
}

function State({ of }: { of: StaffAccount }) {
  const kind = of.disabled ? "error" : of.invited ? "warning" : "success";
  const word: StaffText = of.disabled ? "disabled" : of.invited ? "invited" : "active";
  return (
    <span class="staff-state">
      <span class={`badge badge--${kind}`}>{say(word)}</span>
      {of.second_factor && <span class="badge badge--info">{say("secondFactor")}</span>}
      {of.demo && <span class="badge badge--warning">{say("demo")}</span>}
    </span>
  );
}

interface ActionsProps {
  of: StaffAccount;
  act: (work: () => Promise<unknown>) => Promise<boolean>;
  change: () => void;
}

// What ends somebody's sessions is asked about once more.
function Actions({ of, act, change }: ActionsProps) {
  const [asked, setAsked] = useState<string | undefined>(undefined);
  const run = (action: string): void => {
    setAsked(undefined);
    void act(() => call("POST", path(of, action)));
  };
  if (of.user_id === session.value?.user_id) return null;
  if (asked !== undefined) {
    return (
      <span class="staff-actions" role="group" aria-label={of.login}>
        {say("sure")}
        <button type="button" class="button button--primary" autoFocus onClick={() => run(asked)}>
          {say("yes")}
        </button>
        <button type="button" class="button button--quiet" onClick={() => setAsked(undefined)}>
          {say("cancel")}
        </button>
      </span>
    );
  }
  const ask = (action: string, name: StaffText) => (
    <button
      type="button"
      class="button button--quiet"
      aria-label={`${say(name)}: ${of.login}`}
      onClick={() => setAsked(action)}
    >
      {say(name)}
    </button>
  );
  return (
    <span class="staff-row">
      <button
        type="button"
        class="button button--quiet"
        onClick={change}
        aria-label={`${say("change")}: ${of.login}`}
      >
        {say("change")}
      </button>
      {ask("reset-password", "resetPassword")}
      {of.second_factor && ask("reset-factors", "resetFactors")}
      {of.disabled ? (
        <button type="button" class="button button--quiet" onClick={() => run("enable")}>
          {say("enable")}
        </button>
      ) : (
        ask("disable", "disable")
      )}
    </span>
  );
}

function HandedPassword({ of, done }: { of: Handed; done: () => void }) {
  return (
    <div class="notice notice--success" role="status" data-testid="handed">
      <Icon name="lock" />
      <div class="notice__text">
        <strong class="notice__title">
          {say("handed")}: <span translate={false}>{of.login}</span>
        </strong>
        <code class="staff-password">{of.password}</code>
        <p>
          {say("handedHint")} <When at={of.expires_at} />.
        </p>
        <div class="notice__actions">
          <button type="button" class="button button--secondary" onClick={done}>
            {say("understood")}
          </button>
        </div>
      </div>
    </div>
  );
}
