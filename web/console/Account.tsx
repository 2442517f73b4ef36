// One's own account: the password, and what is asked besides it.
import { useState } from "preact/hooks";
import { readAccount, type OwnAccount } from "../staff/account";
import { say } from "../staff/sign_in_texts";
import { Factors } from "../staff/Factors";
import { useLoaded } from "../staff/loading";
import { PasswordForm } from "../staff/PasswordForm";
import { Failed, failureText, Loading } from "./components";

const buttonClass = "button button--primary";

export function Account() {
  const { value, failure, again } = useLoaded<OwnAccount>(readAccount, "account");
  const [changed, setChanged] = useState(false);
  if (value === undefined)
    return failure === undefined ? <Loading /> : <Failed failure={failure} again={again} />;
  return (
    <div class="account">
      <h1>
        {say("accountTitle")} · <span translate={false}>{value.account.login}</span>
      </h1>
      <section class="panel stack">
        <h2>{say("changePassword")}</h2>
        <PasswordForm failureText={failureText} buttonClass={buttonClass} done={() => setChanged(true)} />
        <p role="status">{changed && say("passwordChanged")}</p>
      </section>
      <section class="panel stack">
        <Factors own={value} failureText={failureText} buttonClass={buttonClass} changed={again} />
      </section>
    </div>
  );
}
