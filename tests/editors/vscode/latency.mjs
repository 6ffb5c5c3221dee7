// How long ghost text takes while somebody types 5 keys a second for a minute, as the editor sees it: on the wire.

import { readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { example, OUT, withEditor } from "./editor.mjs";

const WIRE = join(dirname(fileURLToPath(import.meta.url)), "../wire.py");
const PAUSE = 200;
const KEYS = 300;
const TYPED = ["#pragma omp parallel for", "MPI_Allreduce(&sum", "for (int k = 0; k < 3; k++)"];
const CANCELLED = [-32800, -32801, -32802];

/** wave.c, and the same with its functions again under other names until it is as long as `lines`. */
function ofLines(lines) {
  const text = example("wave.c");
  const functions = text.slice(text.indexOf("static double *field"), text.indexOf("int main("));
  const names = [...functions.matchAll(/^static .*?(\w+)\(/gm)].map(([, name]) => name);
  let made = "";
  for (let copy = 1; (text + made).split("\n").length < lines; copy++) {
    made += names.reduce((left, name) => left.replaceAll(new RegExp(`\\b${name}\\(`, "g"), `${name}_${copy}(`), functions);
  }
  return text.replace("int main(", `${made}int main(`);
}

async function measured(lines) {
  const record = join(OUT, `wire-${lines}.jsonl`);
  mkdirSync(OUT, { recursive: true });
  rmSync(record, { force: true });
  const text = ofLines(lines);
  const settings = { "hpcls.path": [WIRE], "files.autoSave": "off", "editor.quickSuggestions": { other: "off" } };
  const keys = [];
  await withEditor({ files: { "typed.c": text }, settings, environment: { WIRE: record } }, async (editor) => {
    await editor.open("typed.c");
    await editor.page.evaluate(watchKeys);
    const begun = performance.now();
    for (let typed = 0; typed < KEYS; ) {
      const place = text.split("\n").findIndex((line, at) => at > (typed * 7919) % (text.split("\n").length - 60) && /^    for \(/.test(line));
      await editor.typeBelow(place, "");
      const words = TYPED[typed % TYPED.length];
      for (const letter of words) {
        await editor.page.keyboard.press(letter === " " ? "Space" : letter);
        await editor.page.waitForTimeout(Math.max(0, begun + ++typed * PAUSE - performance.now()));
      }
      await editor.press("Escape");
    }
    keys.push(...(await editor.page.evaluate(() => globalThis.hpclsKeys)));
    await editor.page.waitForTimeout(3000);
  });
  return { lines: text.split("\n").length, ...ofWire(readFileSync(record, "utf8")), ...ofKeys(keys) };
}

/** In the page: how long each key took until what it did was on the screen (Event Timing). */
function watchKeys() {
  globalThis.hpclsKeys = [];
  const observer = new PerformanceObserver((list) => {
    globalThis.hpclsKeys.push(...list.getEntries().filter(({ name }) => name === "keydown").map(({ duration }) => duration));
  });
  observer.observe({ type: "event", durationThreshold: 16, buffered: true });
}

function ofWire(record) {
  const asked = new Map();
  const cancelled = new Set();
  let version = 0;
  let stale = 0;
  for (const message of record.trim().split("\n").map((line) => JSON.parse(line))) {
    version = message.version ?? version;
    if (message.cancelled !== undefined) {
      cancelled.add(message.cancelled);
    } else if (message.method === "textDocument/inlineCompletion") {
      asked.set(message.id, { at: message.t, version });
    } else if (message.from === "server" && message.method === undefined && asked.has(message.id)) {
      const request = asked.get(message.id);
      request.took = 1000 * (message.t - request.at);
      request.isCancelled = cancelled.has(message.id) || CANCELLED.includes(message.error);
      request.isShown = message.result === true;
      stale += request.isShown && request.version !== version ? 1 : 0;
    }
  }
  const all = [...asked.values()];
  const answered = all.filter(({ took, isCancelled }) => took !== undefined && !isCancelled);
  const took = answered.map((request) => request.took).sort((one, other) => one - other);
  return {
    asked: all.length,
    cancelled: all.filter(({ isCancelled }) => isCancelled).length / all.length,
    unanswered: all.filter((request) => request.took === undefined).length,
    shown: answered.filter(({ isShown }) => isShown).length,
    stale,
    p50: quantile(took, 0.5),
    p95: quantile(took, 0.95),
  };
}

function ofKeys(keys) {
  const sorted = [...keys].sort((one, other) => one - other);
  return { keyP95: quantile(sorted, 0.95), keyMost: sorted.at(-1) ?? 0 };
}

function quantile(sorted, share) {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
}

const rows = [await measured(300), await measured(3000)];
writeFileSync(join(OUT, "latency.json"), JSON.stringify(rows, undefined, 2));
console.table(rows);
