// Passkeys as browsers know them, and as the server wants them: binary values travel as base64url.

export interface PasskeyQuestion {
  challenge: string;
  rp_id: string;
  credential_ids?: string[];
}

export interface PasskeyAnswer {
  credential_id: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
}

export interface PasskeyOffer {
  challenge_id: string;
  challenge: string;
  rp_id: string;
  user_handle: string;
  login: string;
  exclude?: string[];
}

const patienceMs = 120_000;
// COSE: ES256, EdDSA, RS256.
const algorithms = [-7, -8, -257];

export function toBytes(text: string): ArrayBuffer {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0)).buffer as ArrayBuffer;
}

export function toText(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function passkeysWork(): boolean {
  return typeof PublicKeyCredential === "function" && window.isSecureContext;
}

// Browsers know no passkeys of bare addresses, and none without TLS; a machine's own name is good for trials.
export function mayEnterByPasskey(): boolean {
  const { protocol, hostname } = window.location;
  const isAddress = /^[0-9.]+$/.test(hostname) || hostname.startsWith("[");
  return passkeysWork() && !isAddress && (protocol === "https:" || hostname === "localhost");
}

const named = (id: string): PublicKeyCredentialDescriptor => ({ type: "public-key", id: toBytes(id) });

// Throws when the reader does not want to, or has none of them. Without a password before it, the
// authenticator has to make sure of who uses it.
export async function answerWithPasskey(question: PasskeyQuestion, alone = false): Promise<PasskeyAnswer> {
  const credential = (await navigator.credentials.get({
    publicKey: {
      challenge: toBytes(question.challenge),
      rpId: question.rp_id,
      allowCredentials: (question.credential_ids ?? []).map(named),
      userVerification: alone ? "required" : "preferred",
      timeout: patienceMs,
    },
  })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    credential_id: toText(credential.rawId),
    client_data: toText(response.clientDataJSON),
    authenticator_data: toText(response.authenticatorData),
    signature: toText(response.signature),
  };
}

export interface MadePasskey {
  challenge_id: string;
  client_data: string;
  authenticator_data: string;
}

export async function makePasskey(offer: PasskeyOffer): Promise<MadePasskey> {
  const credential = (await navigator.credentials.create({
    publicKey: {
      challenge: toBytes(offer.challenge),
      rp: { id: offer.rp_id, name: "Bramble" },
      user: { id: toBytes(offer.user_handle), name: offer.login, displayName: offer.login },
      pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: (offer.exclude ?? []).map(named),
      authenticatorSelection: { userVerification: "preferred", residentKey: "preferred" },
      attestation: "none",
      timeout: patienceMs,
    },
  })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    challenge_id: offer.challenge_id,
    client_data: toText(response.clientDataJSON),
    authenticator_data: toText(response.getAuthenticatorData()),
  };
}
