// One's own second factors: an app for codes, passkeys, and the codes for when neither is at hand.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { accountFailure, isPasswordMissing, type OwnAccount, type Passkey } from "./account";
import { call } from "./api";
import { Failure, PasswordInput } from "./SignInFrame";
import { say } from "./sign_in_texts";
import { makePasskey, passkeysWork, type PasskeyOffer } from "./passkeys";

interface Codes {
  codes?: string[];
}

interface Props {
  own: OwnAccount;
  failureText: (failure: unknown) => string;
  buttonClass: string;
  changed: () => void; // called when new recovery codes, if there were any, have been kept
}

export function Factors({ own, failureText, buttonClass, changed }: Props) {
  const [password, setPassword] = useState("");
  const [codes, setCodes] = useState<string[]>([]);
  const [words, setWords] = useState("");
  const [askedLate, setAskedLate] = useState(false); // the sign-in was fresh when the page was shown
  const has = own.account.second_factor;

  // Answers whether it went well.
  const attempt: Attempt = async (work) => {
    setWords("");
    try {
      const outcome = await work();
      if (outcome === "begun") return true;
      const made = outcome?.codes ?? [];
      if (made.length > 0) setCodes(made);
      else changed();
      return true;
    } catch (failure) {
      if (isPasswordMissing(failure)) setAskedLate(true);
      setWords(accountFailure(failure) ?? failureText(failure));
      return false;
    }
  };
  const drop = (credential?: string): Promise<boolean> =>
    attempt(() =>
      call<void>("POST", "/api/v1/account/factors/drop", {
        password,
        ...(credential === undefined ? {} : { credential_id: credential }),
      }),
    );

  if (codes.length > 0)
    return <NewCodes codes={codes} buttonClass={buttonClass} done={() => (setCodes([]), changed())} />;
  return (
    <div class="sign-in__part" data-testid="factors">
      {(own.password_required || askedLate) && (
        <PasswordInput
          label={say("passwordToChange")}
          name="password"
          complete="current-password"
          value={password}
          onValue={setPassword}
        />
      )}
      <Failure text={words} />
      <App own={own} password={password} attempt={attempt} drop={() => drop()} />
      <Passkeys own={own} password={password} attempt={attempt} drop={drop} />
      {has && (
        <section class="factor">
          <h2 class="factor__title">{say("codesTitle")}</h2>
          <p class="sign-in__hint">
            {say("codesLeft")}: {own.recovery_codes_left}
          </p>
          <button
            type="button"
            class="button button--secondary"
            onClick={() =>
              void attempt(() => call<Codes>("POST", "/api/v1/account/recovery-codes", { password }))
            }
          >
            {say("newCodes")}
          </button>
        </section>
      )}
    </div>
  );
}

type Attempt = (work: () => Promise<Codes | "begun" | void>) => Promise<boolean>;

interface PartProps {
  own: OwnAccount;
  password: string;
  attempt: Attempt;
}

function App({ own, password, attempt, drop }: PartProps & { drop: () => Promise<boolean> }) {
  const [secret, setSecret] = useState<{ secret: string; uri: string } | undefined>(undefined);
  const begin = (): void => {
    void attempt(async () => {
      setSecret(await call("POST", "/api/v1/account/totp", { password }));
      return "begun";
    });
  };
  return (
    <section class="factor" data-testid="totp">
      <h2 class="factor__title">{say("app")}</h2>
      {own.totp && (
        <p class="factor__row">
          <span class="badge badge--success">{say("appOn")}</span>
          <button type="button" class="button button--quiet" onClick={() => void drop()}>
            <Icon name="trash-2" /> {say("remove")}
          </button>
        </p>
      )}
      {!own.totp && <p class="sign-in__hint">{say("appHint")}</p>}
      {!own.totp && secret === undefined && (
        <button type="button" class="button button--secondary" onClick={begin}>
          <Icon name="qr-code" /> {say("setUpApp")}
        </button>
      )}
      {!own.totp && secret !== undefined && <Secret of={secret} attempt={attempt} />}
    </section>
  );
}

function Secret({ of, attempt }: { of: { secret: string; uri: string }; attempt: Attempt }) {
  const square = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let over = false;
    void import("./qr").then(({ qr }) => {
      if (!over) square.current?.replaceChildren(qr(of.uri));
    });
    return () => {
      over = true;
    };
  }, [of.uri]);
  return (
    <form
      class="sign-in__part"
      onSubmit={(event) => {
        event.preventDefault();
        const code = String(new FormData(event.currentTarget).get("code") ?? "");
        void attempt(() => call<Codes>("POST", "/api/v1/account/totp/confirm", { code }));
      }}
    >
      <p class="sign-in__hint">{say("scanQr")}</p>
      <div class="factor__qr" ref={square} />
      <p class="sign-in__hint">
        {say("orType")} <code class="factor__secret">{of.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </p>
      <label class="field">
        <span class="field__label">{say("code")}</span>
        <input
          class="field__input"
          name="code"
          required
          inputMode="numeric"
          maxLength={16}
          autoComplete="one-time-code"
        />
      </label>
      <button type="submit" class="button button--primary">
        {say("confirm")}
      </button>
    </form>
  );
}

function Passkeys({ own, password, attempt, drop }: PartProps & { drop: (id: string) => Promise<boolean> }) {
  const add = async (form: HTMLFormElement): Promise<void> => {
    const name = String(new FormData(form).get("name") ?? "");
    const done = await attempt(async () => {
      const offer = await call<PasskeyOffer>("POST", "/api/v1/account/passkeys/offer", { password });
      return call<Codes>("POST", "/api/v1/account/passkeys", { name, ...(await makePasskey(offer)) });
    });
    if (done) form.reset();
  };
  return (
    <section class="factor" data-testid="passkeys">
      <h2 class="factor__title">{say("passkeys")}</h2>
      {(own.passkeys ?? []).map((one) => (
        <PasskeyLine key={one.credential_id} of={one} drop={drop} />
      ))}
      {own.passkeys_available && passkeysWork() ? (
        <form
          class="sign-in__part"
          onSubmit={(event) => {
            event.preventDefault();
            void add(event.currentTarget);
          }}
        >
          <p class="sign-in__hint">{say("passkeysHint")}</p>
          <label class="field">
            <span class="field__label">{say("passkeyName")}</span>
            <input class="field__input" name="name" required maxLength={60} autoComplete="off" />
          </label>
          <button type="submit" class="button button--secondary">
            <Icon name="plus" /> {say("addPasskey")}
          </button>
        </form>
      ) : (
        <p class="sign-in__hint">{say("passkeysUnavailable")}</p>
      )}
    </section>
  );
}

function PasskeyLine({ of, drop }: { of: Passkey; drop: (id: string) => Promise<boolean> }) {
  const used = of.used_at === undefined ? say("neverUsed") : `${say("lastUsed")} ${of.used_at.slice(0, 10)}`;
  return (
    <p class="factor__row">
      <span>
        {of.name} <span class="sign-in__hint">{used}</span>
      </span>
      <button
        type="button"
        class="button button--quiet"
        aria-label={`${say("remove")}: ${of.name}`}
        onClick={() => void drop(of.credential_id)}
      >
        <Icon name="trash-2" /> {say("remove")}
      </button>
    </p>
  );
}

function NewCodes({ codes, buttonClass, done }: { codes: string[]; buttonClass: string; done: () => void }) {
  return (
    <div class="sign-in__part" data-testid="recovery-codes">
      <h2 class="factor__title">{say("codesTitle")}</h2>
      <p class="sign-in__hint">{say("codesOnce")}</p>
      <ul class="factor__codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <button type="button" class={buttonClass} onClick={done}>
        {say("codesSaved")}
      </button>
    </div>
  );
}
