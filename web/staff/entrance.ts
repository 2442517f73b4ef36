// Asks once, as the page starts, who is signed in at this browser.
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

export function useEntrance(session: Store<Session | undefined>): Entrance {
  const who = useStore(session);
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);

  const again = (): void => {
    setFailure(undefined);
    readSession().then(
      (found) => {
        session.set(found.signed_in ? found : undefined);
        setAsked(true);
      },
      (error: unknown) => {
        // Cookies of another time stand for nobody.
        if (error instanceof Refusal && error.status === 401) setAsked(true);
        else setFailure(error);
      },
    );
  };
  useEffect(again, []);
  return { who, asked, failure, again };
}
