// Whatever the services may send has a word in the console.
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { accountName, codeText, type CodeGroup } from "../../console/code_texts";

const services = resolve(process.cwd(), "../services");

// Types of the messages that a service declares as events or as jobs.
function declared(kind: "event" | "job"): string[] {
  const pattern = new RegExp(`message (\\w+) \\{\\s*option \\(bramble\\.${kind}\\) = true`, "g");
  return readdirSync(services, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(`${services}/${name}`)
        .filter((file) => file.endsWith(".proto"))
        .flatMap((file) => [...readFileSync(`${services}/${name}/${file}`, "utf8").matchAll(pattern)])
        .map(([, type]) => `${name}.${type}`),
    );
}

const codes: [CodeGroup, string[]][] = [
  ["event", declared("event")],
  ["job", declared("job")],
  [
    "module",
    readdirSync(services, { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .map(({ name }) => name),
  ],
  ["document", ["capture", "refund", "accept_late"]],
  ["method", ["card", "sbp"]],
];

// In English a word may be the code itself.
describe("the words for codes", () => {
  beforeEach(() => {
    document.documentElement.lang = "ru";
  });

  it.each(codes)("know every %s", (group, all) => {
    expect(all.length).toBeGreaterThan(1);
    expect(all.filter((code) => codeText(group, code) === code)).toEqual([]);
  });

  it("call an account by whose it is, not by an id", () => {
    expect(accountName("buyer:ord_01")).toBe("Покупатель");
    expect(accountName("psp:sandbox")).toBe("Банк (песочница)");
    expect(accountName("suspense:late_payment")).not.toContain("suspense");
  });
});
