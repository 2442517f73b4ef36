// A new account, or the roles of one that there is.
import { useState } from "preact/hooks";
import type { Site, StaffAccount } from "./Staff";
import { say } from "./staff_texts";

export interface StaffWish {
  login?: string;
  roles: string[];
  site_id?: string;
}

interface Props {
  of?: StaffAccount;
  sites: Site[] | undefined;
  save: (wish: StaffWish) => Promise<boolean>;
  cancel?: () => void;
}

const allRoles = ["admin", "support", "warehouse", "supervisor"] as const;

export function StaffForm({ of, sites, save, cancel }: Props) {
  const [busy, setBusy] = useState(false);

  const submit = async (form: HTMLFormElement): Promise<void> => {
    if (busy) return;
    const fields = new FormData(form);
    const site = String(fields.get("site") ?? "");
    const login = String(fields.get("login") ?? "").trim();
    setBusy(true);
    const done = await save({
      ...(of === undefined ? { login } : {}),
      roles: fields.getAll("role").map(String),
      ...(site === "" ? {} : { site_id: site }),
    });
    setBusy(false);
    if (done && of === undefined) form.reset();
  };
  return (
    <form
      class="panel stack staff-form"
      data-testid="staff-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <h2>{of === undefined ? say("add") : `${say("change")}: ${of.login}`}</h2>
      {of === undefined && (
        <label class="field">
          <span class="field__label">{say("login")}</span>
          <input
            class="field__input"
            name="login"
            required
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
          />
        </label>
      )}
      <fieldset class="staff-roles">
        <legend class="field__label">{say("roles")}</legend>
        {allRoles.map((role) => (
          <label key={role} class="staff-role">
            <input
              type="checkbox"
              name="role"
              value={role}
              defaultChecked={of?.roles.includes(role) === true}
            />{" "}
            {say(role)}
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span class="field__label">{say("site")}</span>
        <select class="field__input" name="site" key={sites?.length ?? 0}>
          <option value="">{say("noSite")}</option>
          {(sites ?? []).map((site) => (
            <option key={site.site_id} value={site.site_id} selected={site.site_id === of?.site_id}>
              {site.title}
            </option>
          ))}
        </select>
      </label>
      <p class="staff-actions">
        <button type="submit" class="button button--primary" disabled={busy}>
          {busy ? say("adding") : say(of === undefined ? "add" : "save")}
        </button>
        {cancel !== undefined && (
          <button type="button" class="button button--quiet" onClick={cancel}>
            {say("cancel")}
          </button>
        )}
      </p>
    </form>
  );
}
