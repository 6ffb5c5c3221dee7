// Which hpcls is run, how often it is started again, and when ghost text is asked for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { candidates, type Choices } from "../src/server/candidates";
import { rested } from "../src/server/debounce";
import { ServerProcess } from "../src/server/process";
import { MOST, Restarts } from "../src/server/restarts";

const NOTHING: Choices = {
  path: [],
  interpreter: [],
  importStrategy: "fromEnvironment",
  chosenInterpreter: undefined,
  bundled: undefined,
  isWindows: false,
};

function commands(choices: Partial<Choices>): string[] {
  return candidates({ ...NOTHING, ...choices }).map(({ command, args }) => [command, ...args].join(" "));
}

test("without settings: the chosen interpreter, the PATH, then what is carried", () => {
  assert.deepEqual(commands({}), ["hpcls"]);
  assert.deepEqual(commands({ chosenInterpreter: "/venv/python", bundled: "/ext/start.py" }), [
    "/venv/python -m hpcls",
    "hpcls",
    "/venv/python /ext/start.py",
  ]);
});

test("what the user named is run, or nothing", () => {
  assert.deepEqual(commands({ path: ["/a/hpcls"], interpreter: ["/b/python"], bundled: "/ext/start.py" }), [
    "/a/hpcls",
    "/b/python -m hpcls",
  ]);
});

test("useBundled runs nothing else, whatever is named", () => {
  const choices = { importStrategy: "useBundled", path: ["/a/hpcls"], interpreter: ["/b/python"] } as const;
  assert.deepEqual(commands({ ...choices, bundled: "/ext/start.py" }), ["/b/python /ext/start.py"]);
  assert.deepEqual(commands(choices), []);
});

test("a server that keeps dying is left alone; one that died long ago is forgiven", () => {
  const restarts = new Restarts();
  const allowed = Array.from({ length: MOST + 1 }, (_, index) => restarts.allowed(index * 1000));
  assert.deepEqual(allowed, [...Array<boolean>(MOST).fill(true), false]);
  assert.equal(restarts.allowed(10 * 60_000), true);
});

test("a process that dies says of what", async () => {
  const script = "console.error('no model here'); process.exit(3)";
  const dying = new ServerProcess({ command: process.execPath, args: ["-e", script, "--"], from: "test" }, [], ".");
  assert.equal(await dying.reasonOfEnd(), "it ended with status 3: no model here");
  const missing = new ServerProcess({ command: "/no/such/program", args: [], from: "test" }, [], ".");
  assert.match((await missing.reasonOfEnd()) ?? "", /ENOENT/);
});

function token(): { isCancellationRequested: boolean; onCancellationRequested: (listener: () => void) => { dispose(): void }; cancel(): void } {
  let cancel = () => {};
  return {
    isCancellationRequested: false,
    onCancellationRequested: (listener) => {
      cancel = listener;
      return { dispose: () => {} };
    },
    cancel: () => cancel(),
  };
}

test("a further key ends the wait", async () => {
  assert.equal(await rested(1, token()), true);
  const cancelled = token();
  const waiting = rested(60_000, cancelled);
  cancelled.cancel();
  assert.equal(await waiting, false);
  assert.equal(await rested(60_000, { ...token(), isCancellationRequested: true }), false);
});
