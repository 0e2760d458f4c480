import assert from "node:assert/strict";
import { test } from "node:test";
import { SaveQueue } from "./savequeue.js";

/** A queue with a server, a clock and timers in the test's hands. */
function bench(answers = []) {
  const sent = [];
  const told = [];
  const timers = [];
  let ids = 0;
  const state = { now: 0 };
  const queue = new SaveQueue({
    send: async (batch) => {
      sent.push(structuredClone(batch));
      const answer = answers.shift() ?? { kind: "saved", savedAt: "10:42", versions: { a: sent.length } };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    tell: (news) => told.push(news.state),
    newId: () => `save-${(ids += 1)}`,
    later: (work, ms) => timers.push({ work, ms }) && timers.length,
    forget: () => timers.splice(0),
    clock: () => state.now,
  });
  queue.hold("a", "", 0);
  return { queue, sent, told, timers, state };
}

test("typing saves three seconds after it stops and ten seconds after it began", () => {
  const { queue, timers, state } = bench();
  queue.note("a", "x");
  assert.equal(timers.at(-1).ms, 3000);
  state.now = 9000;
  queue.note("a", "xy");
  assert.equal(timers.at(-1).ms, 1000);
});

test("nothing is said to be saved before the server has said so", async () => {
  const { queue, told } = bench([new Error("no network")]);
  queue.note("a", "x");
  await queue.flush();
  assert.deepEqual(told, ["saving", "waiting"]);
  assert.ok(queue.unsaved && queue.offline);
});

test("a save without an answer is repeated unchanged, and later words wait for the next one", async () => {
  const { queue, sent } = bench([{ kind: "retry" }]);
  queue.note("a", "x");
  await queue.flush();
  queue.note("a", "xy");
  await queue.flush();
  await queue.flush();
  assert.deepEqual(sent[1], sent[0]);
  assert.deepEqual(sent[2].answers, { a: { value: "xy", base: 2 } });
  assert.equal(sent[2].page, sent[0].page);
  assert.deepEqual([sent[0].seq, sent[2].seq], [1, 2]);
});

test("waiting grows to half a minute, and longer when the server asks", async () => {
  const { queue, timers } = bench([...Array(6).fill({ kind: "retry" }), { kind: "retry", afterMs: 60000 }]);
  queue.note("a", "x");
  for (let tries = 0; tries < 6; tries += 1) await queue.flush();
  assert.equal(timers.at(-1).ms, 30000);
  await queue.flush();
  assert.equal(timers.at(-1).ms, 60000);
});

test("a refused save keeps the words and is not repeated by itself", async () => {
  const { queue, timers, told } = bench([{ kind: "refused" }]);
  queue.note("a", "x");
  await queue.flush();
  assert.equal(told.at(-1), "refused");
  assert.ok(queue.unsaved);
  assert.equal(timers.length, 0);
});

test("taking a change back leaves nothing to save", () => {
  const { queue } = bench();
  queue.note("a", "x");
  queue.note("a", "");
  assert.equal(queue.unsaved, false);
});

test("leaving the page hands over the travelling save and the newer words", async () => {
  const { queue } = bench([{ kind: "retry" }]);
  queue.note("a", "x");
  await queue.flush();
  queue.note("a", "xy");
  assert.deepEqual(
    queue.lastChance().map((batch) => batch.answers.a.value),
    ["x", "xy"],
  );
});
