// A suggestion that was applied can be rolled back, whatever is typed around it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { recorded, shifted, type Change, type Span } from "../src/report/spans";

function changed(text: string, { offset, length, text: inserted }: Change): string {
  return text.slice(0, offset) + inserted + text.slice(offset + length);
}

function rolledBack(text: string, spans: readonly Span[]): string {
  return [...spans].sort((one, other) => other.start - one.start)
    .reduce((left, { start, end, old }) => left.slice(0, start) + old + left.slice(end), text);
}

const BEFORE = "int a;\nfor (;;) {}\nint b;\n";
const APPLIED: readonly Change[] = [
  { offset: 19, length: 3, text: "long" },
  { offset: 7, length: 0, text: "#pragma omp parallel for\n" },
];

test("what was recorded takes the text back to what it was", () => {
  const after = APPLIED.reduce(changed, BEFORE);
  assert.equal(after, "int a;\n#pragma omp parallel for\nfor (;;) {}\nlong b;\n");
  assert.equal(rolledBack(after, recorded(BEFORE, APPLIED)), BEFORE);
});

test("changes around it, at random, are kept when it is rolled back", () => {
  let seed = 1;
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let run = 0; run < 2000; run++) {
    let text = APPLIED.reduce(changed, BEFORE);
    let plain = BEFORE;
    let spans = recorded(BEFORE, APPLIED);
    for (let step = 0; step < 5; step++) {
      const letter = "xyz"[random(3)]!;
      const offset = random(text.length + 1);
      const change = { offset, length: 0, text: letter };
      if (spans.some(({ start, end }) => start < offset && offset < end)) {
        continue; // touches what was applied: another test's affair
      }
      const shift = spans.filter(({ end }) => end <= offset).reduce((sum, { start, end, old }) => sum + old.length - (end - start), 0);
      plain = changed(plain, { ...change, offset: offset + shift });
      text = changed(text, change);
      spans = spans.flatMap((span) => shifted(span, change) ?? []);
    }
    assert.equal(rolledBack(text, spans), plain);
  }
});

test("a change within it, or undoing it, ends the chance to roll it back", () => {
  const [span] = recorded("", [{ offset: 0, length: 0, text: "#pragma\n" }]);
  assert.equal(shifted(span!, { offset: 3, length: 0, text: "x" }), undefined);
  assert.equal(shifted(span!, { offset: 0, length: 8, text: "" }), undefined);
  assert.deepEqual(shifted(span!, { offset: 0, length: 0, text: "ab" }), { start: 2, end: 10, old: "" });
});
