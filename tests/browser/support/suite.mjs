// One browser and one shop for all tests of a file.
import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach } from "node:test";
import { openBrowser, person } from "./browser.mjs";
import { Instance } from "./instance.mjs";

// `suite.instance` is the shop; `suite.person(options)` a new person, who is gone after the test and must not
// have met a failing script or a breach of the pages' policy.
export function suite(settings = []) {
  const own = { people: [] };
  before(async () => {
    own.instance = await Instance.start(settings);
    own.browser = await openBrowser();
  });
  after(async () => {
    await own.browser?.close();
    await own.instance?.stop();
  });
  beforeEach(() => own.instance.misbehave({}));
  afterEach(async () => {
    const people = own.people.splice(0);
    for (const { context } of people) await context.close();
    assert.deepEqual(
      people.flatMap(({ complaints }) => complaints),
      [],
    );
  });
  own.person = async (options) => {
    const made = await person(own.browser, options);
    own.people.push(made);
    return made;
  };
  return own;
}
