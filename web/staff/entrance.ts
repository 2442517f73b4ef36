// Asks, as the page starts, who is signed in at this browser.
import { useEffect, useState } from "preact/hooks";
import { Refusal } from "./api";
import { readSession, type Session } from "./session";
import { useStore, type Store } from "./store";

// Asks the server. Cookies of another time stand for nobody; throws when there is no answer.
export async function askWho(session: Store<Session | undefined>, patienceMs?: number): Promise<void> {
  try {
    const found = await readSession(patienceMs);
    session.set(found.signed_in ? found : undefined);
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 401) throw error;
    session.set(undefined);
  }
}

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
    askWho(session, known === undefined ? undefined : shortPatienceMs).then(
      () => setAsked(true),
      (error: unknown) => {
        if (known === undefined) return setFailure(error);
        session.set(known);
        setAsked(true);
      },
    );
  };
  useEffect(again, []);
  return { who, asked, failure, again };
}
