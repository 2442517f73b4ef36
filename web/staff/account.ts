// One's own account as the server keeps it.
import type * as ops from "../made/api/ops";
import { call, ApiError, ConnectionError } from "./api";
import { say, type AccountText } from "./sign_in_texts";

export type Passkey = ops.StaffPasskeyView;

export type OwnAccount = ops.StaffOwnAccount;

export const readAccount = (): Promise<OwnAccount> => call<OwnAccount>("GET", "/api/v1/account");

const wordsByField: Record<string, AccountText> = {
  "new_password too_short": "passwordShort",
  "new_password too_common": "passwordCommon",
  "new_password not_allowed": "passwordSame",
  "current_password wrong": "passwordWrong",
  "password wrong": "passwordWrong",
  "password required": "passwordNeeded",
  "code wrong": "wrongCode",
};

const wordsByCode: Record<string, AccountText> = {
  wrong_second_factor: "wrongCode",
  challenge_ended: "stepEnded",
  last_factor: "lastFactor",
  totp_exists: "exists",
  passkeys_unavailable: "passkeysUnavailable",
  passkey_refused: "passkeyFailed",
  wrong_passkey: "passkeyUnknown",
};

export function isPasswordMissing(failure: unknown): boolean {
  if (!(failure instanceof ApiError)) return false;
  return failure.fields.some((one) => one.field === "password" && one.code === "required");
}

// In the reader's words; nothing where only the program knows them.
export function accountFailure(failure: unknown): string | undefined {
  if (failure instanceof DOMException) return say("passkeyFailed");
  if (failure instanceof ConnectionError && failure.status === 429) return say("tooMany");
  if (!(failure instanceof ApiError)) return undefined;
  const field = failure.fields[0];
  const word = field ? wordsByField[`${field.field} ${field.code}`] : wordsByCode[failure.code];
  return word === undefined ? undefined : say(word);
}
