// What the item on the status bar says on hover.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shown, type ModelStatus } from "../src/status/state";

function tooltip(models: readonly ModelStatus[], faults = ""): string[] {
  return shown({ kind: "ready", version: "0.1.0", models, faults }).tooltip.split("\n\n");
}

test("the model and its device, or that there is none", () => {
  const small = { model: "small", device: "cpu", why: "no NVIDIA driver" };
  assert.deepEqual(tooltip([small]), ["**hpcls 0.1.0 is ready**", "model: small, on: cpu (no NVIDIA driver)"]);
  assert.deepEqual(tooltip([]), ["**hpcls 0.1.0 is ready**", "no model: suggestions come from the analysis alone"]);
});

test("what is wrong with the settings stands below", () => {
  assert.equal(tooltip([], "evidense: no such setting").at(-1), "evidense: no such setting");
});
