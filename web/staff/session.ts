// Who is signed in at this browser. The tokens are in cookies that no script reads; a page knows only whose
// they are, and the CSRF token that goes with them.
import { call, ApiError, useCsrfToken } from "./api";
import { answerWithPasskey, type PasskeyAnswer, type PasskeyQuestion } from "./passkeys";

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

// What has to be done before the session is good for anything else.
export function isIncomplete(who: Session): boolean {
  return who.roles.some((role) => role.startsWith("must_"));
}

// What is asked after the password.
export interface SecondStep {
  challenge_id: string;
  methods: string[];
  passkey?: PasskeyQuestion;
}

export function secondStepOf(failure: unknown): SecondStep | undefined {
  const asked = failure instanceof ApiError && failure.code === "second_factor_required";
  return asked ? (failure.members as unknown as SecondStep) : undefined;
}

export async function prove(
  step: SecondStep,
  proof: { code: string } | { passkey: PasskeyAnswer },
): Promise<Session> {
  await call<void>("POST", "/session/second-factor", { challenge_id: step.challenge_id, ...proof });
  return readSession();
}

export async function signIn(login: string, password: string): Promise<Session> {
  await call<void>("POST", "/session", { login, password });
  return readSession();
}

export async function signInByPasskey(): Promise<Session> {
  const question = await call<PasskeyQuestion>("POST", "/session/passkey-question", {});
  const passkey = await answerWithPasskey(question, true);
  await call<void>("POST", "/session/passkey", { challenge: question.challenge, passkey });
  return readSession();
}

export async function signOut(): Promise<void> {
  await call<void>("DELETE", "/session");
  useCsrfToken("");
}
