// What the status bar says, and which loops the report shows in which order.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileReport, FromView, Loop, Nest, Verdict } from "../src/report/protocol";
import { chosen, EVERYTHING, type Choice } from "../src/report/view/choice";
import { Nests } from "../src/report/view/nests";
import { shown } from "../src/status/state";

function loop(line: number, end_line: number, verdict: Verdict, text: string): Loop {
  const none = { function: null, form: "for", depth: 0, evidence: null, remedy: null, directive: null, silence: null };
  return { ...none, line, column: 5, end_line, verdict, text, reasons: [], assumptions: [], scalars: [] };
}

const FILE: FileReport = {
  uri: "file:///a.c",
  name: "a.c",
  version: 1,
  lines: 40,
  loops: [loop(3, 5, "dependent", "for (i)"), loop(10, 30, "unknown", "while (x)"), loop(32, 34, "independent", "for (j)")],
  suggestions: [
    {
      code: "OMP001", kind: "openmp", line: 32, column: 5, text: "#pragma omp parallel for", evidence: "proved",
      confidence: 0.9, message: "", assumptions: [], edits: [],
    },
  ],
  errors: [],
};

function lines(choice: Partial<Choice>): number[] {
  return chosen(FILE, { ...EVERYTHING, ...choice }).map(({ line }) => line);
}

test("loops are filtered and ordered", () => {
  assert.deepEqual(lines({}), [3, 10, 32]);
  assert.deepEqual(lines({ order: "verdict" }), [32, 10, 3]);
  assert.deepEqual(lines({ order: "length" }), [10, 3, 32]);
  assert.deepEqual(lines({ verdicts: ["dependent", "unknown"] }), [3, 10]);
  assert.deepEqual(lines({ onlySuggested: true }), [32]);
  assert.deepEqual(lines({ words: "WHILE" }), [10]);
  assert.deepEqual(lines({ words: "parallel for" }), [32]);
});

test("the status bar says what is the matter, and where the model runs", () => {
  assert.match(shown({ kind: "error", reason: "no such program" }).tooltip, /no such program/);
  assert.equal(shown({ kind: "error", reason: "" }).severity, "error");
  const models = [{ model: "small", device: "cpu", why: "no GPU" }];
  assert.match(shown({ kind: "ready", version: "0.1.0", models, faults: "" }).tooltip, /small, on: cpu \(no GPU\)/);
  const warned = shown({ kind: "ready", version: "0.1.0", models: [], faults: "hpcls.knd: no such setting" });
  assert.deepEqual([warned.severity, warned.text], ["warning", "$(warning) hpcls"]);
});

test("a nest is asked for once, and an answer about another text is not kept", () => {
  const posted: FromView[] = [];
  const nests = new Nests((message) => posted.push(message));
  const nest: Nest = { version: 1, over: "over (i)", dependences: [], left_out: null, remedies: [], svg: null };
  nests.ask(FILE.uri, FILE.loops[0]!);
  nests.take(FILE, 3, { ...nest, version: 0 });
  assert.equal(nests.of(FILE.uri, 3), undefined);
  nests.take(FILE, 3, nest);
  nests.ask(FILE.uri, FILE.loops[0]!);
  assert.deepEqual(posted, [{ kind: "nest", uri: FILE.uri, line: 3, column: 5 }]);
  assert.equal(nests.of(FILE.uri, 3), nest);
  nests.forget(FILE);
  assert.equal(nests.of(FILE.uri, 3), undefined);
});
