// Reading something from the server and keeping it fresh while somebody looks at it.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { reachable } from "./api";

export interface Loaded<T> {
  value: T | undefined;
  failure: unknown; // of the last attempt; the value before it stays
  again: () => void;
}

export function useLoaded<T>(read: () => Promise<T>, what: string, everyMs = 0): Loaded<T> {
  const [state, setState] = useState<{ what: string; value: T | undefined; failure: unknown }>({
    what,
    value: undefined,
    failure: undefined,
  });
  const latest = useRef(read);
  latest.current = read;
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((seen) => seen + 1), []);

  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        const value = await latest.current();
        if (!over) setState({ what, value, failure: undefined });
      } catch (failure) {
        const kept = (seen: { what: string; value: T | undefined }): T | undefined =>
          seen.what === what ? seen.value : undefined;
        if (!over) setState((seen) => ({ what, value: kept(seen), failure }));
      }
      clearTimeout(timer);
      if (!over && everyMs > 0) timer = setTimeout(() => void lookIfSeen(), everyMs);
    };
    const lookIfSeen = async (): Promise<void> => {
      if (document.visibilityState === "visible") await look();
    };
    const seenAgain = (): void => void lookIfSeen();
    void look();
    document.addEventListener("visibilitychange", seenAgain);
    const unwatch = reachable.watch((heard) => heard && seenAgain());
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seenAgain);
      unwatch();
    };
  }, [what, everyMs, turn]);

  return { value: state.what === what ? state.value : undefined, failure: state.failure, again };
}
