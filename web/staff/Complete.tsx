// Before the rooms of somebody whose account is not complete: a password of their own, then a second factor.
import { useEffect, useState } from "preact/hooks";
import { readAccount, type OwnAccount } from "./account";
import { SignInFrame } from "./SignInFrame";
import { say } from "./sign_in_texts";
import { Factors } from "./Factors";
import { PasswordForm } from "./PasswordForm";
import { readSession, signOut, type Session } from "./session";
import type { Store } from "./store";

interface Props {
  session: Store<Session | undefined>;
  who: Session;
  failureText: (failure: unknown) => string;
  icon: string;
  buttonClass: string;
}

export function Complete({ session, who, failureText, icon, buttonClass }: Props) {
  const again = (): void => void readSession().then((found) => session.set(found));
  const leave = (): void =>
    void signOut()
      .catch(() => undefined)
      .then(() => session.set(undefined));
  const password = who.roles.includes("must_change_password");
  return (
    <SignInFrame icon={icon} title={say(password ? "passwordTitle" : "factorTitle")} testid="complete">
      <p class="sign-in__hint">{say(password ? "passwordGiven" : "factorNeeded")}</p>
      {password ? (
        <PasswordForm failureText={failureText} buttonClass={buttonClass} done={again} />
      ) : (
        <FirstFactor failureText={failureText} buttonClass={buttonClass} done={again} />
      )}
      <button type="button" class="sign-in__language" onClick={leave}>
        {say("signOut")}
      </button>
    </SignInFrame>
  );
}

function FirstFactor({
  failureText,
  buttonClass,
  done,
}: {
  failureText: (failure: unknown) => string;
  buttonClass: string;
  done: () => void;
}) {
  const [own, setOwn] = useState<OwnAccount | undefined>(undefined);
  const [failure, setFailure] = useState("");
  const look = async (): Promise<void> => {
    try {
      const found = await readAccount();
      setOwn(found);
      if (found.account.second_factor) done();
    } catch (error) {
      setFailure(failureText(error));
    }
  };
  useEffect(() => void look(), []);
  if (own === undefined) return <p role="status">{failure}</p>;
  return (
    <Factors own={own} failureText={failureText} buttonClass={buttonClass} changed={() => void look()} />
  );
}
