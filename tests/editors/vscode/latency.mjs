// How long ghost text takes while somebody types 5 keys a second for a minute, as the editor sees it: on the wire.

import { readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { example, OUT, withEditor } from "./editor.mjs";

const WIRE = join(dirname(fileURLToPath(import.meta.url)), "../wire.py");
/** Milliseconds from key to key. */
const PAUSE = 200;
const KEYS = 300;
/** Milliseconds that somebody looks at what is offered. */
const GLANCE = 600;
const TYPED = ["#pragma omp", "MPI_Allred", "for (int k = 0; k < 3; k++)"];
const CANCELLED = [-32800, -32801, -32802];

/** wave.c, and the same with its functions again under other names until it is as long as `lines`. */
function ofLines(lines) {
  const text = example("wave.c");
  const functions = text.slice(text.indexOf("static double *field"), text.indexOf("int main("));
  const names = [...functions.matchAll(/^static .*?(\w+)\(/gm)].map(([, name]) => name);
  const wanted = Math.round((lines - text.split("\n").length) / functions.split("\n").length);
  let made = "";
  for (let copy = 1; copy <= wanted; copy++) {
    made += names.reduce((left, name) => left.replaceAll(new RegExp(`\\b${name}\\(`, "g"), `${name}_${copy}(`), functions);
  }
  return text.replace("int main(", `${made}int main(`);
}

/** Types, and reads the record of the wire; with hpcls off there is none, only what the keys took. */
async function measured(lines, isOn) {
  const record = join(OUT, `wire-${lines}.jsonl`);
  mkdirSync(OUT, { recursive: true });
  rmSync(record, { force: true });
  const text = ofLines(lines);
  const settings = { "hpcls.path": [WIRE], "hpcls.enable": isOn, "files.autoSave": "off" };
  let seen = {};
  await withEditor({ files: { "typed.c": text }, settings, environment: { WIRE: record } }, async (editor) => {
    await editor.open("typed.c", isOn ? "ready" : "off");
    await editor.page.evaluate(watch);
    await typeForAMinute(editor, text.split("\n"));
    await editor.page.waitForTimeout(3000);
    seen = await editor.page.evaluate(() => globalThis.hpclsSeen);
  });
  const wire = isOn ? ofWire(readFileSync(record, "utf8")) : {};
  return { lines: text.split("\n").length, hpcls: isOn, ...wire, ...ofEditor(seen) };
}

/** On new lines above loops that lie all over the file, each time something else. */
async function typeForAMinute(editor, lines) {
  let typed = 0;
  for (let turn = 0; typed < KEYS; turn++) {
    const from = (turn * 7919) % (lines.length - 60);
    const loop = lines.findIndex((line, at) => at > from && /^    for \(/.test(line));
    const words = TYPED[turn % TYPED.length];
    await editor.typeBelow(loop, "");
    await editor.page.keyboard.type(words, { delay: PAUSE });
    typed += words.length;
    await editor.page.waitForTimeout(GLANCE);
    await editor.press("Escape");
    lines.splice(loop, 0, words);
  }
}

/**
 * In the page: how long each key took until what it did was on the screen (Event Timing), and what kept the editor's main loop
 * busy for 50 ms and more (Long Tasks).
 */
function watch() {
  globalThis.hpclsSeen = { keys: [], blocked: [] };
  const { keys, blocked } = globalThis.hpclsSeen;
  const each = (use) => new PerformanceObserver((list) => list.getEntries().forEach(use));
  each(({ name, duration }) => name === "keydown" && keys.push(duration)).observe({ type: "event", durationThreshold: 16 });
  each(({ duration }) => blocked.push(duration)).observe({ type: "longtask" });
}

function ofWire(record) {
  const all = [];
  let open = new Map();
  let version = 0;
  for (const message of record.trim().split("\n").map((line) => JSON.parse(line))) {
    version = message.version ?? version;
    if (message.method === "initialize") {
      open = new Map(); // a new server counts anew
    } else if (message.cancelled !== undefined && open.has(message.cancelled)) {
      open.get(message.cancelled).isCancelled = true;
    } else if (message.method === "textDocument/inlineCompletion") {
      open.set(message.id, { at: message.t, version, isCancelled: false });
      all.push(open.get(message.id));
    } else if (message.from === "server" && message.method === undefined && open.has(message.id)) {
      take(message, open.get(message.id), version);
      open.delete(message.id);
    }
  }
  const answered = all.filter(({ took, isCancelled }) => took !== undefined && !isCancelled);
  const took = answered.map((request) => request.took).sort((one, other) => one - other);
  return {
    asked: all.length,
    cancelled: all.filter(({ isCancelled }) => isCancelled).length / all.length,
    unanswered: all.filter((request) => request.took === undefined).length,
    shown: answered.filter(({ isShown }) => isShown).length,
    stale: all.filter(({ isStale }) => isStale).length,
    p50: quantile(took, 0.5),
    p95: quantile(took, 0.95),
  };
}

/** Notes what a request's answer was. */
function take(answer, request, version) {
  request.took = 1000 * (answer.t - request.at);
  request.isCancelled ||= CANCELLED.includes(answer.error);
  request.isShown = answer.result === true && !request.isCancelled;
  request.isStale = !request.isCancelled && request.version !== version;
}

function ofEditor({ keys, blocked }) {
  const sorted = [...keys].sort((one, other) => one - other);
  return { keyP95: quantile(sorted, 0.95), keyMost: sorted.at(-1) ?? 0, blockedMost: Math.max(0, ...blocked) };
}

/** In milliseconds; NaN of nothing. */
function quantile(sorted, share) {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
}

const rows = [];
for (const lines of [300, 3000]) {
  rows.push(await measured(lines, false), await measured(lines, true));
}
writeFileSync(join(OUT, "latency.json"), JSON.stringify(rows, undefined, 2));
console.table(rows);
