import assert from "node:assert/strict";
import { test } from "node:test";
import { holds, pathFrom } from "./conditions.js";

const answers = { care: "now", needs: ["a", "b"], pct: "94.5%", blank: " " };
const answer = (id) => answers[id];

test("conditions hold as the form's definition says", () => {
  assert.equal(holds({ equals: ["care", "now", "past"] }, answer), true);
  assert.equal(holds({ includes: ["needs", "c"] }, answer), false);
  assert.equal(holds({ under: ["pct", 95] }, answer), true);
  assert.equal(holds({ answered: "blank" }, answer), false);
  assert.equal(holds({ not: { any: [{ answered: "blank" }, { answered: "care" }] } }, answer), false);
});

test("what the page cannot know never hides a question", () => {
  assert.equal(holds({ fact: ["person", "yp"] }, answer), undefined);
  assert.equal(holds({ all: [{ fact: ["person", "yp"] }, { answered: "care" }] }, answer), undefined);
  assert.equal(holds({ all: [{ fact: ["person", "yp"] }, { answered: "blank" }] }, answer), false);
  assert.equal(holds({ any: [{ equals: ["elsewhere", "x"] }, { answered: "care" }] }, answer), true);
});

test("inside a row a question looks at its own row", () => {
  assert.equal(pathFrom("pr[].phone", "pr[r1].email"), "pr[r1].phone");
  assert.equal(pathFrom("care", "pr[r1].email"), "care");
});
