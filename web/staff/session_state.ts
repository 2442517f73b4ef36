// Loads the session when the page starts.
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "./api";
import { readSession, type Session } from "./session";
import { useStore, type Store } from "./store";

// Asks the server. Expired cookies mean that nobody is signed in; throws when there is no answer.
export async function loadSession(session: Store<Session | undefined>, patienceMs?: number): Promise<void> {
  try {
    const found = await readSession(patienceMs);
    session.set(found.signed_in ? found : undefined);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    session.set(undefined);
  }
}

export interface SessionState {
  who: Session | undefined;
  asked: boolean; // `who` is known, even if it is nobody
  failure: unknown;
  again: () => void;
}

const shortPatienceMs = 4_000;

// `standIn` gives the last session, for a program that works without a connection.
export function useSessionState(
  session: Store<Session | undefined>,
  standIn: () => Session | undefined = () => undefined,
): SessionState {
  const who = useStore(session);
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);

  const again = (): void => {
    setFailure(undefined);
    const known = standIn();
    loadSession(session, known === undefined ? undefined : shortPatienceMs).then(
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
