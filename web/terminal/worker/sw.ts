// The terminal's service worker: the program and the page that it runs in, so that a hand-held that is switched on
// where the Wi-Fi does not reach is still a terminal.
/// <reference lib="webworker" />
import { shellCache, work } from "../../worker/machinery";
import { planFor } from "./plan";

// Given by scripts/root_files.mjs: the address of the program's script.
declare const PROGRAM: string;

const path = "/terminal";
// A connection that hangs is none.
const patienceMs = 4_000;

// The page of another version wants files that are not kept: then the one that is here stays.
async function keepDocument(response: Response): Promise<boolean> {
  const copy = response.clone();
  if (!(await response.text()).includes(`"${PROGRAM}"`)) return false;
  await (await caches.open(shellCache)).put(path, copy);
  return true;
}

async function install(): Promise<void> {
  const response = await fetch(path, { cache: "no-cache" });
  if (!response.ok || !(await keepDocument(response))) throw new Error("the page is of another version");
}

async function fetchInTime(request: Request): Promise<Response> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), patienceMs));
  return Promise.race([fetch(request), late]);
}

async function page(event: FetchEvent): Promise<Response> {
  const kept = (): Promise<Response | undefined> =>
    caches.match(path, { cacheName: shellCache, ignoreVary: true });
  try {
    const response = await fetchInTime(event.request);
    if (response.ok) event.waitUntil(keepDocument(response.clone()));
    // A gateway that is being restarted, or the proxy before it.
    return response.status < 500 ? response : ((await kept()) ?? response);
  } catch (failure) {
    const document = await kept();
    if (document === undefined) throw failure;
    return document;
  }
}

work({ planFor, answers: { document: page }, install });
