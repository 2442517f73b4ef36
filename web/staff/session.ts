// Who is signed in at this browser. The tokens are in cookies that no script reads; a page knows only whose
// they are, and the CSRF token that goes with them.
import { call, useCsrfToken } from "./api";

export interface Session {
  signed_in: boolean;
  user_id: string;
  roles: string[];
  site_id?: string;
  csrf_token: string;
}

export async function readSession(patienceMs?: number): Promise<Session> {
  const session = await call<Session>("GET", "/session", undefined, patienceMs);
  useCsrfToken(session.csrf_token);
  return session;
}

export async function signIn(login: string, password: string): Promise<Session> {
  await call<void>("POST", "/session", { login, password });
  return readSession();
}

export async function signOut(): Promise<void> {
  await call<void>("DELETE", "/session");
  useCsrfToken("");
}
