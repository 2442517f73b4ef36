// What the terminal's service worker does with a request. Sessions and answers of the API are never its business:
// who is signed in and what is to be done is asked of the server, or of what the terminal itself keeps.
import { sharedPlan, type Asked, type SharedPlan } from "../../worker/plan";

export type Plan = SharedPlan | "document"; // the page of the program, the same at every address of it

export function planFor(asked: Asked): Plan {
  const shared = sharedPlan(asked);
  if (shared !== undefined) return shared;
  const { pathname } = new URL(asked.url);
  const ours = pathname === "/terminal" || pathname.startsWith("/terminal/");
  return asked.method === "GET" && asked.mode === "navigate" && ours ? "document" : "network";
}
