// Asks, as the page starts, who is signed in at this browser.
import { useEffect, useState } from "preact/hooks";
import { Refusal } from "./api";
import { readSession, type Session } from "./session";
import { useStore, type Store } from "./store";

export interface Entrance {
  who: Session | undefined;
  asked: boolean; // `who` is known, even if it is nobody
  failure: unknown;
  again: () => void;
}

const shortPatienceMs = 4_000;

// `standIn`: who was here last, for a program that goes on without a connection.
export function useEntrance(
  session: Store<Session | undefined>,
  standIn: () => Session | undefined = () => undefined,
): Entrance {
  const who = useStore(session);
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);

  const again = (): void => {
    setFailure(undefined);
    const known = standIn();
    readSession(known === undefined ? undefined : shortPatienceMs).then(
      (found) => {
        session.set(found.signed_in ? found : undefined);
        setAsked(true);
      },
      (error: unknown) => {
        // Cookies of another time stand for nobody.
        const nobody = error instanceof Refusal && error.status === 401;
        if (!nobody && known === undefined) return setFailure(error);
        session.set(nobody ? undefined : known);
        setAsked(true);
      },
    );
  };
  useEffect(again, []);
  return { who, asked, failure, again };
}
